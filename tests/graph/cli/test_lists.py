"""`pankenetz import` and `pankenetz template`, from the keyboard's side."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook, load_workbook

from graph.cli.words import ENGLISH, speak
from webapp.cli import main

if TYPE_CHECKING:
    from pathlib import Path

LIST = "Projekt;Träger;Partner;Laufzeit;Summe\nSommerfest;Verein Süd e.V.;Kita Sonne;2021;{amount}\n"


@pytest.fixture
def run(tmp_path: Path, capsys):
    """Run a command on a data directory of its own: run("import", "a.csv") → exit status, output, errors."""

    def ran(*words: object) -> tuple[int, str, str]:
        status = main(["--data", str(tmp_path / "data"), *map(str, words)], standalone_mode=False)
        said = capsys.readouterr()
        speak("de")
        return status, said.out, said.err

    return ran


@pytest.fixture
def path(tmp_path: Path) -> Path:
    target = tmp_path / "liste.csv"
    target.write_text(LIST.format(amount="500 €"), encoding="utf-8")
    return target


def test_a_dry_run_shows_everything_and_writes_nothing(run, path, tmp_path: Path):
    status, out, _ = run("import", path, "--dry-run")
    assert status == 0
    assert "neu · pn:Project · Sommerfest (liste.csv · A2)" in out
    assert "pn:Involvement · traeger · Verein Süd e.V. → Sommerfest (liste.csv!B2)" in out
    assert not (tmp_path / "data").exists()


def test_what_is_printed_as_json_is_one_document(run, path):
    _, out, _ = run("import", path, "--dry-run", "--format", "json")
    assert {entity["label"] for entity in json.loads(out)["entities"]} == {
        "Sommerfest",
        "Verein Süd e.V.",
        "Kita Sonne",
    }


def test_an_import_is_in_the_history_and_a_second_one_is_none(run, path):
    assert "Übernommen als Änderung 1" in run("import", path)[2]
    assert "Nichts zu tun" in run("import", path)[2]
    assert run("history")[1].count("liste.csv") == 1


def test_a_mapping_is_written_first_and_obeyed_then(run, path, tmp_path: Path):
    mapping = tmp_path / "spalten.json"
    run("import", path, "--dry-run", "--mapping", mapping)
    mapping.write_text(mapping.read_text().replace('"link:partner"', '"link:auftraggeber"'))
    _, out, _ = run("import", path, "--dry-run", "--mapping", mapping)
    assert "pn:Involvement · auftraggeber · Kita Sonne" in out


def test_a_row_to_mend_stops_the_list_with_its_cell(run, path):
    path.write_text(LIST.format(amount="$ 500"), encoding="utf-8")
    status, _, err = run("import", path)
    assert (status, "liste.csv · E2: „$ 500“ ist kein Betrag in Euro" in err) == (1, True)
    assert "Noch keine Änderung" in run("history")[2]


def test_rows_to_mend_can_be_left_out_and_come_back_as_a_workbook(run, path, tmp_path: Path):
    path.write_text(LIST.format(amount="$ 500") + "Hofkonzert;Verein Süd e.V.;;2022;90\n", encoding="utf-8")
    assert run("import", path, "--leave-out", tmp_path / "mend.xlsx")[0] == 0
    (page,) = load_workbook(tmp_path / "mend.xlsx").worksheets
    rows = list(page.iter_rows(values_only=True))
    assert [row[0] for row in rows] == ["Projekt", "Sommerfest"]
    assert "Euro" in rows[1][-1]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("fehlt.xlsx", None, "Die Datei fehlt.xlsx gibt es nicht"),
        ("leer.csv", b"", "ist leer"),
        ("alt.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "altes Format"),
        ("bild.xlsx", b"\x89PNG\r\n\x1a\n", "ist keine Liste"),
        ("falsch.ttl", b"<a> <b> .", "Zeile 1"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_sentence_and_status_1(run, tmp_path: Path, name, content, sentence):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    status, out, err = run("import", tmp_path / name)
    assert (status, out, err.count("\n"), sentence in err) == (1, "", 1, True)


def test_the_template_has_a_sheet_for_each_table_with_choices_and_help(run, tmp_path: Path):
    assert run("template", tmp_path / "v.xlsx")[0] == 0
    page = load_workbook(tmp_path / "v.xlsx")["Projekte"]
    headings = [cell.value for cell in page[1]]
    assert headings[:2] == ["Kennung", "Name"]
    assert page.cell(1, 2).comment.text
    assert any("Auswahl" in rule.formula1 for rule in page.data_validations.dataValidation)


def test_a_template_filled_in_by_hand_is_understood(run, tmp_path: Path):
    run("template", tmp_path / "v.xlsx")
    book: Workbook = load_workbook(tmp_path / "v.xlsx")
    for sheet, cells in {
        "Akteure": {"Klasse": "Akteur", "Name": "Verein Süd e.V.", "Art": "Verein"},
        "Projekte": {"Name": "Sommerfest", "Beginn": "2021"},
        "Beteiligungen": {"Akteur": "Verein Süd e.V.", "Projekt oder Veranstaltung": "Sommerfest", "Rolle": "Träger"},
    }.items():
        columns = {cell.value: cell.column for cell in book[sheet][1]}
        for heading, text in cells.items():
            book[sheet].cell(2, columns[heading], text)
    book.save(tmp_path / "v.xlsx")
    status, out, _ = run("import", tmp_path / "v.xlsx")
    assert (status, "pn:Involvement · traeger · Verein Süd e.V. → Sommerfest" in out) == (0, True)


def test_what_goes_out_comes_in_again(run, path, tmp_path: Path):
    run("import", path, "--source", "liste")
    for name in ("out.trig", "out.xlsx", "out.zip"):
        run("export", tmp_path / name)
        _, out, _ = run("import", tmp_path / name, "--source", "liste", "--dry-run", "--format", "json")
        answer = json.loads(out)
        assert {entity["action"] for entity in answer["entities"]} == {"same"}
        assert len(answer["links"]) == 3 - 1


def test_every_german_sentence_of_the_command_has_its_english(run, path):
    status, out, err = run("--lang", "en", "import", path)
    assert (status, "new · pn:Project" in out, "Taken over as change 1" in err) == (0, True, True)
    assert all(ENGLISH.values())
