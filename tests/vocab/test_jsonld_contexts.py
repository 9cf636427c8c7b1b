"""Pinned contexts: known by every address, checked against their hash."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from vocab import jsonld_contexts
from vocab.errors import VocabError
from vocab.jsonld_contexts import FOLDER, index, known, terms_at
from vocab.namespaces import AS_CONTEXT, SECURITY_CONTEXT


@pytest.mark.parametrize("pinned", index(), ids=lambda pinned: pinned.file)
def test_every_context_is_the_one_that_was_pinned(pinned: jsonld_contexts.Pinned) -> None:
    assert hashlib.sha256((FOLDER / pinned.file).read_bytes()).hexdigest() == pinned.sha256
    assert terms_at(pinned.addresses[0])
    assert pinned.origin in {"copy", "abridged", "own"}


def test_every_file_is_in_the_index() -> None:
    assert {path.name for path in FOLDER.glob("*.jsonld")} == {pinned.file for pinned in index()}


def test_contexts_are_known_by_all_their_addresses() -> None:
    assert known("http://www.w3.org/ns/activitystreams") == AS_CONTEXT
    assert known(SECURITY_CONTEXT) == SECURITY_CONTEXT
    assert known("https://greenish.example/schemas/litepub-0.1.jsonld") == known("https://litepub.social/context.jsonld")
    assert known("https://x.example/context") is None
    assert known("/schemas/litepub-0.1.jsonld") is None


def test_a_changed_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "activitystreams.jsonld").write_text('{"@context": {"actor": "http://evil.example/"}}', encoding="utf-8")
    monkeypatch.setattr(jsonld_contexts, "FOLDER", tmp_path)
    with pytest.raises(VocabError, match="hash"):
        terms_at.__wrapped__(AS_CONTEXT)
