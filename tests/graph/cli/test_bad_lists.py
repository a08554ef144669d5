"""Every kind of bad list at the command line: one sentence with its place and what to do, and nothing written."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

import graph
from graph.cli.words import speak
from webapp.cli import main

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
HEAD = "Projekt;Träger;Beginn;Ende;Summe\n"
PREFIXES = """@prefix pn: <https://w3id.org/pankenetz/ns#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix org: <http://www.w3.org/ns/org#> . @prefix schema: <https://schema.org/> . @prefix x: <http://x/> .
@prefix actor: <https://w3id.org/pankenetz/id/actor/> . @prefix s: <https://w3id.org/pankenetz/scheme/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def body(name: str, more: str = "") -> str:
    sorts = r"pn:kind s:actor-kind\/verein ; pn:sector s:sector\/kultur"
    return f'actor:{name} a pn:Actor ; skos:prefLabel "{name}"@de ; {sorts} {more} .\n'


def book(*rows: list[object]) -> bytes:
    target, made = io.BytesIO(), Workbook()
    for row in rows:
        made.active.append(row)
    made.save(target)
    return target.getvalue()


def zipped(**parts: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return target.getvalue()


def overlapping(times: int = 5000) -> bytes:
    """An archive whose directory names the same nine megabytes thousands of times."""
    content = zipped(xl__workbook_xml=b"<workbook/>", a=b"0" * 9_000_000)
    end, start = content.rfind(b"PK\x05\x06"), content.find(b"PK\x01\x02")
    entries = content[start:end]
    last = entries[entries.find(b"PK\x01\x02", 4) :]
    tail = bytearray(content[end:])
    tail[8:16] = struct.pack("<HHI", times + 2, times + 2, len(entries) + len(last) * times)
    return content[:start] + entries + last * times + tail


@pytest.fixture
def run(tmp_path: Path, capsys):
    """Import files: run("a.csv") → exit status, what is said, on standard output only if it is taken."""

    def ran(*words: object) -> tuple[int, str]:
        named = [tmp_path / word if str(word)[0] != "-" else word for word in words]
        status = main(["--data", str(tmp_path / "data"), "import", *map(str, named)], standalone_mode=False)
        speak("de")
        said = capsys.readouterr()
        return status, said.err + (said.out if status == 0 else "")

    return ran


def version(folder: Path) -> int:
    if not (folder / "data").exists():
        return 0
    with graph.open(folder / "data") as store:
        return store.version


UNREADABLE = {
    "geheim.xlsx": (OLE + "EncryptedPackage".encode("utf-16-le"), "Kennwort"),
    "alt.xls": (OLE + "Workbook".encode("utf-16-le"), "als .xlsx speichern"),
    "halb.xlsx": (book(["Projekt"])[:2000], "beschädigt"),
    "leer.xlsx": (b"", "ist leer"),
    "blank.csv": (b" \n\n", "ist leer"),
    "leeres-blatt.xlsx": (book([]), "ist leer"),
    "nur-kopf.xlsx": (book(["Projekt", "Träger"]), "Überschriften prüfen"),
    "bombe.xlsx": (zipped(xl__workbook_xml=b"<w/>", xl__worksheets__sheet1_xml=bytes(200_000_000)), "zu groß"),
    "überlappt.xlsx": (overlapping(), "zu groß"),
    "geschachtelt.xlsx": (zipped(innen=zipped(innen=zipped(a=bytes(9_000_000)))), "beschädigt"),
    "breit.csv": (b"Projekt;" + b"x;" * 16_383 + b"\nFest\n", "1000 Spalten"),
    "zeichen.csv": ("Projekt;Träger\nFest;Süd".encode() + bytes((0xFF, 0x81, 0, 1)), "beschädigt"),
    "brief.xlsx": (b"%PDF-1.7\n", "keine Liste"),
    "brief.csv": (b"%PDF-1.7\n", "keine Liste"),
    "falsch.ttl": (b"<a> <b> <c> .\n<a> <b>\n<c> <d> .", "falsch.ttl, Zeile 3"),
    "falsch.jsonld": (b'{"@id": "x",\n "a": }', "falsch.jsonld, Zeile 2"),
}
REFUSED = {
    "ende.csv": (HEAD + "Fest;Verein A;2021;2019;\n", "ende.csv · C2", "vor dem Beginn"),
    "dollar.csv": (HEAD + "Fest;Verein A;;;$ 500\nHof;Verein A;;;300 USD\n", "dollar.csv · E2", "umrechnen"),
    "kreis.csv": (
        "Einrichtung;Art;Gehört zu\nAlpha e.V.;Verein;Beta e.V.\nBeta e.V.;Verein;Alpha e.V.\n",
        "kreis.csv · C2",
        "im Kreis",
    ),
    "kreis.ttl": (
        PREFIXES + body("A", "; org:subOrganizationOf actor:B") + body("B", "; org:subOrganizationOf actor:A"),
        "A: ",
        "im Kreis",
    ),
    "ins-leere.ttl": (
        PREFIXES + "x:i a pn:Involvement ; pn:actor actor:weg ; pn:in x:p ; pn:role s:role\\/traeger .",
        "http://x/i",
        "eingetragenen Akteur",
    ),
    "verwechselt.ttl": (
        PREFIXES + body("A") + "x:i a pn:Involvement ; pn:actor actor:A ; pn:in actor:A ; pn:role s:role\\/traeger .",
        "http://x/i",
        "genau einen Eintrag nennen, den es gibt",
    ),
    "ende.ttl": (
        PREFIXES + body("A", '; schema:startDate "2021"^^xsd:gYear ; schema:endDate "2019"^^xsd:gYear'),
        "A: ",
        "vor dem Beginn",
    ),
    "tag.ttl": (PREFIXES + body("A", '; schema:startDate "gestern"^^xsd:date'), "A: ", "(2024-05-17)"),
}  # fmt: skip


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_file_nobody_can_read_is_one_sentence_about_it(run, tmp_path: Path, name: str) -> None:
    content, words = UNREADABLE[name]
    (tmp_path / name).write_bytes(content)
    status, said = run(name)
    assert (status, said.count("\n")) == (1, 1), said
    assert words in said
    assert name in said or "Dateien" in said
    assert version(tmp_path) == 0


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_right_names_its_place_and_nothing_is_written(run, tmp_path: Path, name: str) -> None:
    text, place, words = REFUSED[name]
    (tmp_path / name).write_text(text, encoding="utf-8")
    status, said = run(name)
    assert status == 1
    assert any(place in line and words in line for line in said.splitlines()), said
    assert "Finding" not in said
    assert version(tmp_path) == 0


def test_a_hundred_megabytes_are_refused_unread(run, tmp_path: Path) -> None:
    with (tmp_path / "gross.csv").open("wb") as file:
        file.truncate(100_000_001)
    status, said = run("gross.csv")
    assert (status, "gross.csv ist zu groß" in said) == (1, True)


def test_a_folder_is_called_one(run, tmp_path: Path) -> None:
    for name in ("ordner", "ordner.xlsx", "ordner.ttl"):
        (tmp_path / name).mkdir()
        assert run(name) == (1, f"{name} ist ein Ordner; bitte die Dateien darin nennen.\n")


def test_a_file_one_may_not_read_says_so(run, tmp_path: Path, monkeypatch) -> None:
    (tmp_path / "a.csv").write_text(HEAD)

    def refuse(_path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    status, said = run("a.csv")
    assert (status, "a.csv lässt sich nicht öffnen (der Zugriff ist nicht erlaubt)" in said) == (1, True)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("eigentlich-xlsx.csv", book(["Projekt", "Träger"], ["Fest", "Verein Süd e.V."])),
        ("eigentlich-csv.xlsx", "Projekt;Träger\nFest;Verein Süd e.V.\n".encode("cp1252")),
        ("breit.csv", "Projekt;Träger\nFest;Verein Süd e.V.\n".encode("utf-16")),
    ],
)
def test_the_content_decides_not_the_ending(run, tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    assert run(name)[0] == 0
    with graph.open(tmp_path / "data") as store:
        assert "Verein Süd e.V." in {getattr(quad.object, "value", "") for quad in store.quads()}


def test_macros_are_left_alone(run, tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(book(["Projekt", "Träger"], ["Fest", "Verein A"]))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(tmp_path / "makro.xlsm", "w") as archive:
        for name, part in {**parts, "xl/vbaProject.bin": OLE + b"Auto_Open"}.items():
            archive.writestr(name, part)
    assert run("makro.xlsm")[0] == 0


def test_formulas_without_a_stored_value_are_said(run, tmp_path: Path) -> None:
    (tmp_path / "f.xlsx").write_bytes(book(["Projekt", "Träger", "Summe"], ["Fest", "Verein A", "=250+250"]))
    assert "f.xlsx · Sheet · C2: 1 Formeln haben keinen gespeicherten Wert, hier „=250+250“" in run("f.xlsx")[1]


def test_foreign_vocabulary_is_kept_and_listed(run, tmp_path: Path) -> None:
    (tmp_path / "f.ttl").write_text(PREFIXES + body("A", '; x:nick "y"'))
    assert "f.ttl: 1 Aussagen mit „http://x/nick“" in run("f.ttl")[1]
    with graph.open(tmp_path / "data") as store:
        assert any(quad.predicate.value == "http://x/nick" for quad in store.quads())


def test_an_unknown_handlungsfeld_is_kept_in_words_and_said(run, tmp_path: Path) -> None:
    (tmp_path / "hf.csv").write_text("Projekt;Träger;Handlungsfeld\nFest;Verein A;HF 99\n")
    assert "hf.csv · C2: „HF 99“" in run("hf.csv")[1]


def test_what_only_begins_like_an_address_is_kept_in_words(run, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Einrichtung;Website;Quelle\nA e.V.;http://[;http://[x\nB e.V.;http://[::1;\n")
    assert run("a.csv")[0] == 0
    with graph.open(tmp_path / "data") as store:
        assert "Quelle: http://[x" in str([quad.object for quad in store.quads(graph=store.graphs.data("a"))])


def test_one_bad_file_of_two_stops_both(run, tmp_path: Path) -> None:
    (tmp_path / "gut.csv").write_text("Projekt;Träger\nFest;Verein A\n")
    (tmp_path / "schlecht.xlsx").write_bytes(b"PK\x03\x04kaputt")
    status, said = run("gut.csv", "schlecht.xlsx")
    assert (status, "schlecht.xlsx ist beschädigt" in said, version(tmp_path)) == (1, True, 0)


@pytest.mark.parametrize("ending", ["csv", "ttl"])
def test_a_circle_that_closes_in_a_second_import_is_seen(run, tmp_path: Path, ending: str) -> None:
    first = "Einrichtung;Art;Gehört zu\nA e.V.;Verein;B e.V.\nB e.V.;Verein;\n"
    second = "Einrichtung;Art;Gehört zu\nB e.V.;Verein;A e.V.\n"
    if ending == "ttl":
        first = PREFIXES + body("A", "; org:subOrganizationOf actor:B") + body("B")
        second = PREFIXES + "actor:B org:subOrganizationOf actor:A ."
    for name, text in (("eins", first), ("zwei", second)):
        (tmp_path / f"{name}.{ending}").write_text(text, encoding="utf-8")
    assert run(f"eins.{ending}")[0] == 0
    status, said = run(f"zwei.{ending}")
    assert (status, "im Kreis" in said, version(tmp_path)) == (1, True, 1)


def test_an_end_before_the_start_another_list_gave_is_seen(run, tmp_path: Path) -> None:
    (tmp_path / "eins.csv").write_text("Projekt;Träger;Beginn\nFest;Verein A;2022\n")
    (tmp_path / "zwei.csv").write_text("Projekt;Träger;Ende\nFest;Verein A;2019\n")
    assert run("eins.csv")[0] == 0
    status, said = run("zwei.csv")
    assert (status, "zwei.csv" in said, "vor dem Beginn" in said, version(tmp_path)) == (1, True, True, 1)


BAD_ROWS = {
    "dollar": (HEAD + "Fest;Verein A;;;$ 500\nHof;Verein A;;;90\n", "$ 500", "470 €"),
    "ende": (HEAD + "Fest;Verein A;2021;2019;\nHof;Verein A;;;90\n", "2019", "2022"),
}


@pytest.mark.parametrize("kind", BAD_ROWS)
def test_rows_left_out_come_back_mended(run, tmp_path: Path, kind: str) -> None:
    text, wrong, right = BAD_ROWS[kind]
    (tmp_path / "liste.csv").write_text(text, encoding="utf-8")
    mend = tmp_path / "mend.xlsx"
    status, _ = run("liste.csv", "--leave-out", mend)
    assert status == 0
    workbook = load_workbook(mend)
    rows = list(workbook.worksheets[0].iter_rows())
    assert [row[0].value for row in rows] == ["Projekt", "Fest"]
    for cell in rows[1][:-1]:
        cell.value = right if cell.value == wrong else cell.value
    workbook.save(mend)
    assert run("mend.xlsx")[0] == 0
    with graph.open(tmp_path / "data") as store:
        said = {
            getattr(quad.object, "value", "") for name in store.graphs.all_data() for quad in store.quads(graph=name)
        }
    assert {"Fest", "Hof"} <= said
    assert not any("ericht" in text or "Euro" in text or "vor dem" in text for text in said)
