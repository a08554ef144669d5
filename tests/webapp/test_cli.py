"""The command `pankenetz` as a process: exit statuses, languages, and the server from start to end."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

import graph
from webapp.cli import main

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(graph.__file__).parents[1]
START = [sys.executable, "-c", "import sys; sys.argv[0] = 'pankenetz'; from webapp.cli import main; main()"]


def _pankenetz(*words: object, text: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*START, *map(str, words)],
        input=text,
        capture_output=True,
        encoding="utf-8",
        cwd=ROOT,
        env={**os.environ, **environment},
        timeout=60,
        check=False,
    )


@contextmanager
def _served(data: Path, *words: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """A server's address and process; killed at the end if it still runs."""
    command = [*START, "--data", str(data), "serve", "--port", "0", *words]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", cwd=ROOT
    ) as process:
        try:
            assert process.stdout
            line = process.stdout.readline()
            assert line.startswith("Pankenetz: http://127.0.0.1:"), process.stderr and process.stderr.read()
            yield line.split(": ", 1)[1].strip(), process
        finally:
            process.kill()


def _page(address: str) -> str:
    with urllib.request.urlopen(address, timeout=30) as answer:
        return str(answer.read().decode())


@pytest.mark.parametrize("proxies", [0, 1])
def test_the_server_in_front_is_believed_only_when_there_is_one(tmp_path: Path, proxies: int) -> None:
    _pankenetz("--data", tmp_path / "data", "account", "add", "Ada", "--role", "admin", text="ein langes Passwort\n")
    told = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7"}
    with _served(tmp_path / "data", "--public", "--proxy", str(proxies)) as (address, _):
        asked = urllib.request.Request(f"{address}?lang=en", headers=told)
        with urllib.request.urlopen(asked, timeout=30) as answer:
            assert ("Secure" in answer.headers["Set-Cookie"]) == bool(proxies)


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_serve_loads_the_example_answers_and_ends_cleanly(tmp_path: Path, stop: signal.Signals) -> None:
    with _served(tmp_path / "data", "--example") as (address, process):
        assert "silent green" in _page(f"{address}actors?q=silent+green")
        assert json.loads(_page(f"{address}healthz"))["data_version"] == 1
        process.send_signal(stop)
        assert process.wait(timeout=20) == 0
        assert process.stderr
        said = process.stderr.read()
        assert "Beispiel Pankstraße ist geladen" in said
        assert "Traceback" not in said
    with graph.open(tmp_path / "data") as store:
        assert store.version == 1


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("moment", [0, 0.3, 0.9])
def test_a_signal_ends_it_cleanly_whatever_it_does(tmp_path: Path, stop: signal.Signals, moment: float) -> None:
    command = [*START, "--data", str(tmp_path / "data"), "serve", "--port", "0", "--example"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=ROOT) as process:
        while not (tmp_path / "data").exists():
            time.sleep(0.01)
        time.sleep(moment)
        process.send_signal(stop)
        process.send_signal(stop)  # people press Ctrl-C more than once
        assert process.wait(timeout=20) == 0
        assert process.stderr
        assert b"Traceback" not in process.stderr.read()
    with graph.open(tmp_path / "data") as store:
        assert store.version in {0, 1}


def test_a_signal_ends_it_while_queries_run(tmp_path: Path) -> None:
    query = urllib.parse.quote("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
    with _served(tmp_path / "data", "--example") as (address, process), ExitStack() as stack:
        place = urllib.parse.urlsplit(address)
        for _ in range(4):  # two run, two wait
            asker = stack.enter_context(socket.create_connection((place.hostname, place.port)))
            asker.sendall(f"GET /sparql?query={query} HTTP/1.1\r\nHost: {place.netloc}\r\n\r\n".encode())
        time.sleep(1)
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=15) == 0
        assert process.stderr
        assert "Traceback" not in process.stderr.read()


def test_the_example_never_replaces_what_is_there(tmp_path: Path) -> None:
    assert "geladen" in _first_words(tmp_path)
    assert "bleibt, wie er ist" in _first_words(tmp_path)


def _first_words(tmp_path: Path) -> str:
    with _served(tmp_path / "data", "--example") as (_, process):
        process.terminate()
        assert process.stderr
        return process.stderr.read()


def test_a_second_process_is_told_which_one_has_the_data(tmp_path: Path) -> None:
    with _served(tmp_path / "data") as (_, process):
        result = _pankenetz("--data", tmp_path / "data", "history")
        assert result.returncode == 3
        assert str(process.pid) in result.stderr
        assert "Traceback" not in result.stderr


def test_a_port_in_use_is_one_sentence_and_no_data_directory_is_made(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        result = _pankenetz("--data", tmp_path / "data", "serve", "--port", port)
    assert result.returncode == 1
    assert str(port) in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "example.org", "::"])  # noqa: S104 - they must be refused
def test_only_this_machine_is_served_as_long_as_there_are_no_accounts(tmp_path: Path, host: str) -> None:
    result = CliRunner().invoke(main, ["--data", str(tmp_path), "serve", "--host", host])
    assert result.exit_code == 1
    assert host in result.stderr


@pytest.mark.parametrize(
    ("words", "text", "status", "expected"),
    [
        (("query", "--format", "csv"), "SELECT (1 AS ?x) {}", 0, ""),
        (("query",), "SELECT", 1, "Zeile 1"),
        (("--lang", "en", "query"), "SELECT", 1, "line 1"),
        (("--lang=en", "gaps", "--kind", "friends"), "", 2, "Possible are: table, coverage"),
        (("serve", "--port", "70000"), "", 2, "65535"),
        (("--lang", "fr", "check"), "", 2, "de, en"),
        ((), "", 2, "pankenetz serve --example"),
    ],
)
def test_exit_status_and_language_of_the_real_command(
    tmp_path: Path, words: tuple[str, ...], text: str, status: int, expected: str
) -> None:
    result = _pankenetz(*words, text=text, PANKENETZ_DATA=str(tmp_path / "data"))
    assert result.returncode == status
    assert expected in result.stderr
    assert (result.stdout != "") == (status == 0)


def test_the_data_directory_and_the_store_may_come_from_the_environment(tmp_path: Path) -> None:
    (tmp_path / "fremd.txt").touch()
    assert "fremd.txt" in _pankenetz("check", PANKENETZ_DATA=str(tmp_path)).stderr
    assert "127.0.0.1:1" in _pankenetz("check", PANKENETZ_STORE="http://127.0.0.1:1/").stderr


def test_a_terminal_without_utf8_gets_the_sentence_all_the_same(tmp_path: Path) -> None:
    result = _pankenetz("--data", tmp_path / "data", "history", PYTHONIOENCODING="ascii")
    assert result.returncode == 0
    assert "Noch keine" in result.stderr


def test_json_stays_utf8_on_a_terminal_without_it(tmp_path: Path) -> None:
    query = "SELECT ?x { BIND('Pankstraße' AS ?x) }"
    result = _pankenetz(
        "--data", tmp_path / "data", "query", "--format", "json", text=query, PYTHONIOENCODING="ascii:strict"
    )
    assert json.loads(result.stdout)["results"]["bindings"][0]["x"]["value"] == "Pankstraße"


def test_a_reader_who_has_enough_is_no_error(tmp_path: Path) -> None:
    query = "SELECT ?x { ?s ?p ?x . ?t ?q ?x } LIMIT 50000"
    line = " ".join([f"'{START[0]}' -c \"{START[2]}\"", "--data", f"'{tmp_path}/data'", "query", "--format", "tsv"])
    result = subprocess.run(
        ["sh", "-c", f'echo "{query}" | {line} | head -n 1'], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert result.stdout.strip() == "?x"
    assert "Broken" not in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("redirection", "status", "expected"),
    [
        ("> /dev/full", 1, "Datenträger ist voll"),
        ("< /dev/null > /dev/full", 1, "Datenträger ist voll"),
        (">&-", 0, "noch leer"),
        ("<&-", 0, "noch leer"),
        ("2>&-", 0, ""),
    ],
)
def test_standard_streams_may_be_full_or_closed(tmp_path: Path, redirection: str, status: int, expected: str) -> None:
    line = " ".join([f"'{START[0]}' -c \"{START[2]}\"", "--data", f"'{tmp_path}/data'", "measures", redirection])
    result = subprocess.run(["sh", "-c", line], capture_output=True, text=True, cwd=ROOT, check=False)
    assert result.returncode == status
    assert expected in result.stderr
    assert "Traceback" not in result.stderr
    assert "Exception" not in result.stderr


@pytest.mark.parametrize("command", [[], *([name] for name in main.commands)])
def test_help_speaks_both_languages(command: list[str]) -> None:
    german, english = (CliRunner().invoke(main, ["--lang", code, *command, "--help"]).stdout for code in ("de", "en"))
    assert "Zeigt diese Hilfe." in german
    assert "Shows this help." in english
    assert "Beispiel:" in german
    assert "Example:" in english


def test_all_commands_of_the_contract_are_there() -> None:
    assert set(main.commands) >= {"serve", "query", "gaps", "measures", "check", "export", "view", "history"}


def test_the_command_line_starts_without_the_heavy_libraries() -> None:
    heavy = {"scipy", "sklearn", "networkx", "pyshacl", "rdflib", "igraph"}
    code = f"import sys, webapp.cli; print({heavy} & set(sys.modules))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert result.stdout.strip() == "set()"
