"""maillage serve: what stands in its way is one line."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from kit.live import ROOT, free_port, until
from kit.shell import Shell

pytestmark = pytest.mark.enable_socket


@pytest.mark.parametrize("bind", ["nowhere", "127.0.0.1", "127.0.0.1:99999", "127.0.0.1:http", "127.0.0.1:²"])
def test_what_is_no_address(maillage: Shell, bind: str) -> None:
    assert "is not HOST:PORT" in maillage.fails("serve", "--bind", bind)


@pytest.mark.parametrize(("bind", "helps"), [("192.0.2.1:8000", "a proxy"), ("[zz]:8000", "say one with --bind")])
def test_an_address_that_is_not_ours(maillage: Shell, bind: str, helps: str) -> None:
    assert helps in maillage.fails("serve", "--bind", bind)


def test_a_port_that_is_taken_is_told_before_a_key_is_made_for_the_first_day(maillage: Shell, tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.11", 0))
        other.listen()
        bind = f"127.0.0.11:{other.getsockname()[1]}"
        assert "address already in use; stop what listens there" in maillage.fails("serve", "--bind", bind)
        new = tmp_path / "new"
        assert "in use" in maillage.fails("serve", "--trial", "--url", f"http://{bind}", data=new)
        assert not new.exists()  # or the next attempt, with another address, would find a node of this one


def test_another_address_is_not_passed_over_in_silence(maillage: Shell) -> None:
    assert "leave --url away" in maillage.fails("serve", "--url", "https://autre.example")


def test_settings_for_trials_are_not_on_in_silence(maillage: Shell) -> None:
    maillage.monkeypatch.setenv("MAILLAGE_FEDERATION__ALLOW_HTTP", "true")
    command = [sys.executable, "-m", "node", "serve", "--bind", "127.0.0.11:0", "--data", str(maillage.folder)]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        assert "for trials on one machine only" in process.stderr.readline()
        assert "listening" in process.stderr.readline()
        process.terminate()


def test_one_command_makes_a_node_prints_its_key_and_serves(tmp_path: Path) -> None:
    port = free_port("127.0.0.11")
    url = f"http://127.0.0.11:{port}"
    command = [sys.executable, "-m", "node", "serve", "--trial", "--url", url, "--data", str(tmp_path / "new")]
    for said in ("Essai", "Essai"):  # the second time it is there already, and its first day not over
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            printed = next(line for line in process.stdout if "cle=" in line)
            assert printed.strip().startswith(f"{url}/premiers-pas?cle=")
            until(lambda: answers(f"{url}/sante"))
            with urllib.request.urlopen(printed.strip(), timeout=60) as page:
                assert said in page.read().decode()
            process.terminate()


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=60) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def test_it_answers_and_stops_when_asked(maillage: Shell) -> None:
    port = free_port("127.0.0.11")
    command = [sys.executable, "-m", "node", "serve", "--bind", f"127.0.0.11:{port}", "--data", str(maillage.folder)]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE) as process:

        def is_answering() -> bool:
            try:
                with urllib.request.urlopen(f"http://127.0.0.11:{port}/sante", timeout=60) as answer:
                    return bool(answer.status == 200)
            except OSError:
                return False

        until(is_answering)
        process.terminate()
        assert process.wait(90) == 0


def test_a_first_start_that_was_interrupted_is_gone_on_with(maillage: Shell, tmp_path: Path) -> None:
    data, url = tmp_path / "new", f"http://127.0.0.11:{free_port('127.0.0.11')}"
    maillage("init", "--trial", "--url", url, data=data)
    (data / "maillage.toml").unlink()  # what is written last
    command = [sys.executable, "-m", "node", "serve", "--trial", "--url", url, "--data", str(data)]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE) as process:
        until(lambda: answers(f"{url}/sante"))
        process.terminate()
        assert process.wait(90) == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_without_a_word_whenever_it_is_asked_to(maillage: Shell, number: signal.Signals) -> None:
    command = [sys.executable, "-m", "node", "serve", "--bind", "127.0.0.11:0", "--data", str(maillage.folder)]
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, stdout=subprocess.PIPE)
    process.send_signal(number)  # while it is being loaded, wherever that is by now
    _, said = process.communicate(timeout=90)
    assert process.returncode in {0, 130, -number}
    assert b"Traceback" not in said


@pytest.mark.parametrize("closed", ["<&-", ">&-", "<&- >&- 2>&-"])
def test_a_command_that_was_given_no_input_or_output_does_its_work(maillage: Shell, closed: str) -> None:
    given = f"{sys.executable} -m node letter --data {maillage.folder} {closed}"
    done = subprocess.run(["sh", "-c", given], cwd=ROOT, input="", capture_output=True, text=True, check=False, timeout=90)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.postgres
def test_the_first_start_makes_a_node_on_a_server_once(
    postgresql_address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", postgresql_address)
    url = f"http://127.0.0.11:{free_port('127.0.0.11')}"
    for folder in ("first", "lost"):  # the second time the rows are there, and the settings are not
        command = [sys.executable, "-m", "node", "serve", "--trial", "--url", url, "--data", str(tmp_path / folder)]
        with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE) as process:
            until(lambda: answers(f"{url}/sante"))
            process.terminate()
            assert process.wait(90) == 0
    other = [sys.executable, "-m", "node", "serve", "--trial", "--url", "http://127.0.0.11:8", "--data", str(tmp_path / "other")]
    done = subprocess.run(other, cwd=ROOT, capture_output=True, text=True, check=False, timeout=90)
    assert done.returncode == 1
    assert f"make it with --url {url}" in done.stderr
