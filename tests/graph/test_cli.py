"""The data commands: what they print, what they refuse, and with which exit status."""

from __future__ import annotations

import ast
import csv
import io
import json
import string
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result
from pyoxigraph import NamedNode, Quad
from rdflib import XSD, Graph, Literal, URIRef

import graph
import graph.cli
import graph.example
from builders import Quartier
from graph import changes
from graph.cli import COMMANDS, Commands, Settings
from graph.cli.words import ENGLISH
from ontology.terms import SH

if TYPE_CHECKING:
    from collections.abc import Callable

    import click

    Run = Callable[..., Result]

ALL = Commands("pankenetz", commands={command.name or "": command for command in COMMANDS})


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with the example; commands open and close it one after the other."""
    path = tmp_path_factory.mktemp("cli") / "data"
    with graph.open(path) as store:
        graph.example.load(store)
    return path


@pytest.fixture
def run(data: Path) -> Run:
    """Run one command on the example."""

    def invoke(*words: str, text: str | None = None, path: Path = data, **more: Any) -> Result:
        return CliRunner().invoke(ALL, words, input=text, obj=Settings(path, **more))

    return invoke


def _said(result: Result, status: int) -> str:
    """Standard error of a command that ended with that status, and not in a stack trace."""
    assert result.exit_code == status, result.stderr
    assert "Traceback" not in result.stderr
    return result.stderr


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_has_help_with_one_example(run: Run, command: click.Command) -> None:
    result = run(command.name, "--help")
    assert result.exit_code == 0
    assert f"pankenetz {command.name}" in result.stdout.split("Beispiel:\n", 1)[1]


def test_a_select_prints_an_aligned_table_with_short_names(run: Run) -> None:
    result = run("query", text="SELECT ?a { ?a a <https://w3id.org/pankenetz/ns#Network> } ORDER BY ?a LIMIT 1")
    assert result.stdout.splitlines()[0].rstrip() == "a"
    assert result.stdout.splitlines()[2].startswith("actor/")
    assert "Zeilen: 1 " in _said(result, 0)


@pytest.mark.parametrize(
    ("form", "name", "begin"),
    [
        ("SELECT ?s { ?s a ?c } LIMIT 1", "json", '{"head"'),
        ("SELECT ?s { ?s a ?c } LIMIT 1", "csv", "s"),
        ("SELECT ?s { ?s a ?c } LIMIT 1", "tsv", "?s"),
        ("ASK {}", "xml", "<?xml"),
        ("ASK {}", "table", "ja"),
        ("CONSTRUCT { ?s a ?c } { ?s a ?c FILTER (isIRI(?s)) } LIMIT 1", "ttl", "<http"),
        ("CONSTRUCT { ?s a ?c } { ?s a ?c } LIMIT 1", "jsonld", "["),
    ],
)
def test_an_answer_comes_in_the_format_asked_for(run: Run, form: str, name: str, begin: str) -> None:
    result = run("query", "--format", name, text=form)
    assert _said(result, 0) == ""
    assert result.stdout.startswith(begin)


def test_a_query_may_come_from_a_file(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "frage.rq"
    file.write_text("ASK { ?s ?p 'gibt es nicht' }", encoding="utf-8")
    assert run("query", str(file)).stdout == "nein\n"


@pytest.mark.parametrize(
    ("words", "text", "expected"),
    [
        (("query",), "SELECT ?s {\n ?s ?p }", "Zeile 2, Spalte"),
        (("query",), "SELECT ?s { ?s pn:x ?o }", "PREFIX pn: <https://w3id.org/pankenetz/ns#>"),
        (("query",), "Wer?", "SELECT, ASK, CONSTRUCT, DESCRIBE"),
        (("query",), "INSERT DATA { <a:b> <a:b> <a:b> }", "nur gelesen"),
        (("query",), "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", "keine anderen Rechner"),
        (("query", "--format", "ttl"), "ASK {}", "table, json, xml, csv, tsv"),
        (("query", "/gibt/es/nicht.rq"), None, "/gibt/es/nicht.rq"),
        (("gaps", "--actor", "silent-gren"), None, "silent-green-a"),
        (("gaps", "--handlungsfeld", "2022-9"), None, "2022-1"),
        (("gaps", "--place", "nettelbekplatz"), None, "nettelbeckplatz"),
        (("view", "x.html", "--actor", "quando"), None, "quando-quando"),
        (("view", "/gibt/es/nicht/x.html"), None, "/gibt/es/nicht"),
        (("export", "x.doc"), None, ".trig"),
        (("briefing", "x.doc", "--round", "2022"), None, ".docx, .pdf, .html, .xlsx"),
        (("briefing", "x.docx", "--round", "2202"), None, "2022"),
        (("briefing", "/gibt/es/nicht/x.docx", "--round", "2022"), None, "/gibt/es/nicht"),
        (("export", "/gibt/es/nicht/x.ttl"), None, "/gibt/es/nicht"),
    ],
)
def test_a_mistake_is_refused_with_a_sentence_and_nothing_is_printed(
    run: Run, words: tuple[str, ...], text: str | None, expected: str
) -> None:
    result = run(*words, text=text)
    assert expected in _said(result, 1)
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("gaps", "--kind", "freunde"), "introduce"),
        (("gaps", "--as-of", "2024-02-30"), "2024-05-31"),
        (("gaps", "--limit", "0"), "von 1"),
        (("gaps", "--limt", "3"), "--limit"),
        (("gaps", "viel", "zu"), "viel zu"),
        (("measures", "--format", "pdf"), "table, json, csv"),
        (("query", "--timeout", "lange"), "höchstens 3600"),
        (("view",), "FILE"),
        (("view", "x.html", "--steps", "4", "--actor", "x"), "von 1 bis 3"),
        (("view", "x.html", "--steps", "2"), "--actor"),
        (("history", "--limit"), "--limit"),
        (("geschichte",), "history"),
    ],
)
def test_wrong_usage_is_named_with_what_is_possible(run: Run, words: tuple[str, ...], expected: str) -> None:
    assert expected in _said(run(*words), 2)


def test_a_runaway_query_ends_at_its_deadline(run: Run) -> None:
    result = run("query", "--timeout", "0.3", text="SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
    assert "0.3 Sekunden" in _said(result, 1)


def test_gaps_as_json_carry_what_the_contract_promises(run: Run) -> None:
    found = json.loads(run("gaps", "--kind", "introduce", "--limit", "3", "--format", "json").stdout)
    assert len(found) == 3
    promised = {"id", "kind", "actors", "subject", "score", "reasons", "introducers", "cautions", "state"}
    for gap in found:
        assert promised <= set(gap)
        assert [set(actor) for actor in gap["actors"]] == [{"iri", "label"}] * 2
        assert all(set(reason["text"]) == {"de", "en"} and reason["evidence"] for reason in gap["reasons"])


def test_a_backtest_names_the_same_methods_for_eyes_and_for_programs(run: Run) -> None:
    document = json.loads(run("backtest", "--format", "json").stdout)
    lines = run("backtest").stdout.splitlines()
    for kind in ("introduce", "table"):
        methods = document[kind]["methods"]
        assert [line.split()[0] for line in lines[lines.index(f"{kind}:") + 3 :]][: len(methods)] == list(methods)
        assert all(low <= value <= high for found in methods.values() for value, low, high in found.values())


def test_gaps_about_an_actor_all_name_it(run: Run) -> None:
    found = json.loads(run("gaps", "--actor", "ag-urban", "--limit", "4", "--format", "json").stdout)
    assert found
    assert all("ag-urban" in gap["id"].split("~") for gap in found)


@pytest.mark.parametrize("command", ["gaps", "measures"])
def test_csv_has_as_many_cells_as_columns_in_every_line(run: Run, command: str) -> None:
    lines = list(csv.reader(io.StringIO(run(command, "--format", "csv").stdout)))
    assert len(lines) > 5
    assert {len(line) for line in lines} == {len(lines[0])}


def test_measures_count_the_same_in_json_and_csv(run: Run) -> None:
    document = json.loads(run("measures", "--format", "json", "--as-of", "2020").stdout)
    lines = list(csv.DictReader(io.StringIO(run("measures", "--format", "csv", "--as-of", "2020").stdout)))
    assert document["as_of"] == "2020-12-31"
    assert document["network"]["actors"] == len(document["actors"]) == len(lines)


@pytest.fixture
def school(tmp_path: Path) -> Path:
    """A data directory with one school that has a name and no address: a warning, no violation."""
    quartier = Quartier()
    quartier.actor("Schule", sector="bildung")
    with graph.open(tmp_path / "data") as store:
        store.apply([], quartier.quads)
    return tmp_path / "data"


def test_warnings_do_not_fail_the_check_and_are_the_same_in_every_format(run: Run, school: Path) -> None:
    text, document, turtle = (run("check", "--format", name, path=school) for name in ("text", "json", "ttl"))
    found = json.loads(document.stdout)
    assert "0 Fehler" in _said(text, 0)
    assert {one["severity"] for one in found} == {"warning"}
    assert len(text.stdout.splitlines()) == len(found)
    report = Graph().parse(data=turtle.stdout, format="turtle")
    assert len(list(report.subjects(URIRef(SH.focusNode)))) == len(found)
    assert list(report.objects(None, URIRef(SH.conforms))) == [Literal("true", datatype=XSD.boolean)]


def test_a_violation_makes_check_end_with_1(run: Run, tmp_path: Path) -> None:
    import pyoxigraph as ox

    from ontology.terms import PN, RDF

    with graph.open(tmp_path / "data") as store:
        nameless = ox.NamedNode(f"{store.base_iri}actor/ohne-namen")
        kind = ox.Quad(nameless, ox.NamedNode(RDF.type), ox.NamedNode(PN.Actor), store.graphs.data("test"))
        store.apply([], [kind])
    result = run("check", path=tmp_path / "data")
    assert "Fehler: actor/ohne-namen" in result.stdout
    _said(result, 1)


def test_a_picture_is_one_file_with_the_actor_in_it(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "bild.html"
    assert str(file) in _said(run("view", str(file), "--actor", "silent-green-a", "--steps", "2"), 0)
    assert "silent green" in file.read_text(encoding="utf-8")


def test_a_chapter_is_written_where_it_was_asked_for(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "kapitel.html"
    _said(run("briefing", str(file), "--round", "2008"), 0)
    assert file.read_text("utf-8").startswith("<!doctype html>")


@pytest.mark.parametrize("ending", ["trig", "ttl", "zip"])
def test_an_export_is_written_where_it_was_asked_for(run: Run, tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"quartier.{ending}"
    _said(run("export", str(file)), 0)
    assert file.stat().st_size > 10_000


def test_a_file_is_written_through_a_link_and_a_device_is_no_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "link.html").symlink_to(tmp_path / "real.html")
    _said(run("view", str(tmp_path / "link.html")), 0)
    assert (tmp_path / "link.html").is_symlink()
    assert (tmp_path / "real.html").read_text("utf-8").startswith("<!doctype html>")
    (tmp_path / "full.html").symlink_to("/dev/full")
    assert "voll" in _said(run("view", str(tmp_path / "full.html")), 1)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["full.html", "link.html", "real.html"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("view", "picture.png"), ".html"),
        (("view", "no/folder.html"), "Den Ordner"),
        (("view", "x" * 300 + ".html"), "der Name ist zu lang"),
        (("export", "x" * 300 + ".ttl"), "der Name ist zu lang"),
    ],
)
def test_a_file_that_cannot_be_written_is_named_and_nothing_is_left(
    run: Run, tmp_path: Path, words: tuple[str, str], expected: str
) -> None:
    assert expected in _said(run(words[0], str(tmp_path / words[1])), 1)
    assert list(tmp_path.iterdir()) == []


def test_history_names_the_loading_of_the_example(run: Run) -> None:
    result = run("history")
    assert "Beispiel Pankstraße geladen" in result.stdout
    assert "273 Akteure" in result.stdout


def test_undo_takes_a_change_back_and_its_own_number_brings_it_again(run: Run, tmp_path: Path) -> None:
    with graph.open(tmp_path) as store:
        changes.commit(store, added=_school(), author="Ada", reason="Anfang")
    assert run("undo", "1", path=tmp_path).stdout == "Schule – entfernt\n"
    assert "zurückgenommen von Änderung 2" in run("history", path=tmp_path).stdout
    assert run("undo", "2", path=tmp_path).stdout == "Schule – neu angelegt\n"


def test_undo_is_refused_with_every_later_change_that_stands_against_it(run: Run, tmp_path: Path) -> None:
    with graph.open(tmp_path) as store:
        changes.commit(store, added=_school(), author="Ada", reason="Anfang")
        for reason in ("Hoffest", "Lesefest"):
            quartier = Quartier()
            quartier.project(reason, traeger=[f"{store.base_iri}actor/schule"])
            quads = [q if "involvement/1" not in str(q.subject) else _renamed(q, reason) for q in quartier.quads]
            changes.commit(store, added=quads, author="Bo", reason=reason)
    said = _said(run("undo", "1", path=tmp_path), 1)
    assert said.index("\n3 · ") < said.index("Schule ist Träger von Lesefest") < said.index("\n2 · ")
    assert said.index("\n2 · ") < said.index("Schule ist Träger von Hoffest") < said.index("Nichts wurde geändert.")
    assert "„9“ gibt es nicht" in _said(run("undo", "9", path=tmp_path), 1)


def _school() -> list[Quad]:
    quartier = Quartier()
    quartier.actor("Schule", sector="bildung")
    return quartier.quads


def _renamed(quad: Quad, name: str) -> Quad:
    return Quad(NamedNode(f"{quad.subject.value}-{name.lower()}"), quad.predicate, quad.object, quad.graph_name)


def test_reading_where_nothing_is_leaves_no_traces(run: Run, tmp_path: Path) -> None:
    result = run("query", text="ASK {}", path=tmp_path / "neu")
    assert "noch leer" in _said(result, 0)
    assert not (tmp_path / "neu").exists()


def test_a_foreign_directory_is_named_and_not_touched(run: Run, tmp_path: Path) -> None:
    (tmp_path / "urlaub.jpg").write_bytes(b"x")
    assert "urlaub.jpg" in _said(run("check", path=tmp_path), 1)
    assert [path.name for path in tmp_path.iterdir()] == ["urlaub.jpg"]


def test_a_store_in_use_ends_with_3(run: Run, tmp_path: Path) -> None:
    with graph.open(tmp_path / "data"):
        assert "einem anderen Programm" in _said(run("history", path=tmp_path / "data"), 3)


def test_a_server_elsewhere_that_does_not_answer_ends_with_3(run: Run) -> None:
    assert "http://127.0.0.1:9/query" in _said(run("check", store_url="http://127.0.0.1:9/query"), 3)


def test_control_characters_in_what_was_typed_do_not_reach_the_terminal(run: Run) -> None:
    assert "„x]0;y“" in _said(run("gaps", "--actor", "x\x1b]0;y\x07\u202e"), 1)


def test_control_characters_of_data_do_not_reach_the_terminal(run: Run) -> None:
    result = run("query", text="SELECT ?x { BIND('rot\\u001B[31m\\u202Eumgedreht' AS ?x) }")
    assert "rot[31mumgedreht" in result.stdout


def _texts(path: Path) -> tuple[set[str], set[str]]:
    """What a module says or gives as help; and all its strings."""
    said: set[str] = set()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        spoken = call.args[:1] if getattr(call.func, "id", "") == "said" else []
        helped = [word.value for word in call.keywords if word.arg == "help"]
        said |= {one.value for one in [*spoken, *helped] if isinstance(one, ast.Constant)}
    strings = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))
    return said, {text.split("|")[0] for text in strings}


def test_every_sentence_has_its_english_and_no_english_is_left_over() -> None:
    import webapp.account_cli
    import webapp.serving  # noqa: F401 - both add their sentences

    root = Path(graph.__file__).parents[1]
    modules = [
        *(root / "graph" / "cli").glob("*.py"),
        *(root / "webapp").glob("*cli.py"),
        root / "webapp" / "server.py",
        root / "webapp" / "serving.py",
    ]
    texts = [_texts(module) for module in modules if module.name != "words.py"]
    assert set().union(*(said for said, _ in texts)) - set(ENGLISH) == set()
    assert set(ENGLISH) - set().union(*(strings for _, strings in texts)) == set()


@pytest.mark.parametrize(("german", "english"), ENGLISH.items())
def test_a_translation_has_the_same_places(german: str, english: str) -> None:
    assert _places(german) == _places(english)


def _places(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}
