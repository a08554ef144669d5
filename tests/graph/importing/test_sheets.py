"""Files become grids, in any usual format, encoding and separator; nothing broken or hostile gets further."""

# ruff: noqa: E501  # XML is easier to read unbroken

from __future__ import annotations

import datetime as dt
import io
import zipfile
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font

from graph.errors import BadFile
from graph.importing import sheets
from graph.importing.delimited import decoded
from graph.importing.grids import position, reference

if TYPE_CHECKING:
    from pathlib import Path

TABLE = "Projekt;Träger;Mittel\r\nHoffest;Kita „Süd“;1.200,50\r\n"


def texts(path: Path) -> list[list[str]]:
    return [[cell.text for cell in row] for row in sheets.read(path)[0].rows]


def workbook(path: Path, fill) -> Path:
    book = Workbook()
    fill(book.active)
    book.save(path)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_umlauts_and_quotation_marks_arrive_whatever_the_encoding(tmp_path, encoding) -> None:
    (tmp_path / "a.csv").write_bytes(TABLE.encode(encoding))
    assert texts(tmp_path / "a.csv")[1] == ["Hoffest", "Kita „Süd“", "1.200,50"]


@pytest.mark.parametrize("encoding", ["mac_roman", "cp850"])
def test_the_old_codes_of_mac_and_dos_are_told_apart_by_their_umlauts(encoding) -> None:
    text = "Träger;Straße\nFörderverein Südöstliche Höfe;Große Müllerstraße\n"
    assert decoded("a.csv", text.encode(encoding)) == text


def test_text_that_was_once_read_in_the_wrong_code_is_mended(tmp_path) -> None:
    (tmp_path / "a.csv").write_text("Träger;Straße\nCafé;Müller\n".encode().decode("cp1252"), encoding="utf-8")
    assert texts(tmp_path / "a.csv") == [["Träger", "Straße"], ["Café", "Müller"]]


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_the_separator_is_the_one_that_makes_a_table(tmp_path, separator) -> None:
    """Commas and semicolons inside the cells do not mislead."""
    rows = [
        ["Projekt", "Träger", "Partner"],
        ["Hoffest, Teil 1", "AWO", "Kita; Schule"],
        ["Lesezelt", "VHS", "a, b, c"],
    ]
    lines = (separator.join(f'"{cell}"' if separator in cell else cell for cell in row) for row in rows)
    (tmp_path / "liste.csv").write_text("\n".join(lines), encoding="utf-8")
    assert texts(tmp_path / "liste.csv") == rows


def test_a_title_above_and_a_line_that_names_the_separator_do_no_harm(tmp_path) -> None:
    (tmp_path / "a.csv").write_text("sep=;\nProjekte, Stand 2023\n\nProjekt;Träger\nA;B\n", encoding="utf-8")
    assert texts(tmp_path / "a.csv")[-1] == ["A", "B"]
    assert sheets.read(tmp_path / "a.csv")[0].rows[-1][1].ref == "B5"


def test_line_breaks_in_quotes_stay_in_their_cell_and_a_stray_quote_swallows_no_line(tmp_path) -> None:
    (tmp_path / "a.csv").write_text('Projekt;Partner\nA;"Kita\nSchule"\n', encoding="utf-8")
    assert texts(tmp_path / "a.csv")[1] == ["A", "Kita\nSchule"]
    (tmp_path / "b.csv").write_text('Projekt;Partner\nA;"Kita\nB;Schule\nC;Amt\n', encoding="utf-8")
    assert [row[0] for row in texts(tmp_path / "b.csv")] == ["Projekt", "A", "B", "C"]


@given(st.lists(st.lists(st.text("aäß;,\t\"\n 1|'", max_size=6), min_size=2, max_size=4), min_size=1, max_size=5))
@settings(max_examples=60, deadline=None)
def test_any_text_is_read_or_refused_but_never_a_crash(tmp_path_factory, rows) -> None:
    path = tmp_path_factory.getbasetemp() / "wirr.csv"
    path.write_text("\n".join(";".join(row) for row in rows), encoding="utf-8", newline="")
    with suppress(BadFile):
        assert sheets.read(path)[0].rows


def test_numbers_and_days_are_as_people_see_them_with_their_values_beside(tmp_path) -> None:
    def fill(sheet) -> None:
        sheet.append(
            [dt.date(2021, 3, 1), 12500.5, 1309, 0.25, True, dt.datetime.fromisoformat("2022-05-06T18:30"), 40]
        )
        for column, shown in enumerate(
            ["DD.MM.YYYY", '#,##0.00 "€"', "00000", "0%", "General", "DD.MM.YY HH:MM", '0 "T€"']
        ):
            sheet.cell(1, column + 1).number_format = shown

    row = sheets.read(workbook(tmp_path / "a.xlsx", fill))[0].rows[0]
    assert [cell.text for cell in row] == [
        "01.03.2021",
        "12500,5 €",
        "01309",
        "25 %",
        "ja",
        "06.05.2022 18:30",
        "40 T€",
    ]
    assert row[0].value == dt.date(2021, 3, 1)
    assert row[1].value == 12500.5


@pytest.mark.parametrize(("shown", "text"), [("MM/YYYY", "05.2021"), ("YYYY", "2021"), ("MMM YY", "05.2021")])
def test_a_day_that_is_not_shown_was_not_meant(tmp_path, shown, text) -> None:
    def fill(sheet) -> None:
        sheet["A1"] = dt.date(2021, 5, 1)
        sheet["A1"].number_format = shown

    cell = sheets.read(workbook(tmp_path / "a.xlsx", fill))[0].rows[0][0]
    assert (cell.text, cell.value) == (text, None)


def test_merged_values_hold_for_each_row_and_comments_links_and_bold_are_kept(tmp_path) -> None:
    def fill(sheet) -> None:
        for row in (["Projekt", "Partner"], ["Hoffest", "Kita"], [None, "Schule"], ["quer", None]):
            sheet.append(row)
        sheet.merge_cells("A2:A3")
        sheet.merge_cells("A4:B4")
        sheet["A1"].font = Font(bold=True)
        sheet["B2"].comment = Comment("seit 2020", "QM")
        sheet["B3"].hyperlink = "https://schule.example/"

    sheet = sheets.read(workbook(tmp_path / "a.xlsx", fill))[0]
    assert [[cell.text for cell in row] for row in sheet.rows[1:]] == [
        ["Hoffest", "Kita"],
        ["Hoffest", "Schule"],
        ["quer", ""],
    ]
    assert sheet.rows[0][0].bold
    assert not sheet.rows[1][0].bold
    assert (sheet.rows[1][1].note, sheet.rows[2][1].note) == ("seit 2020", "https://schule.example/")


def test_hidden_sheets_are_read_and_flagged(tmp_path) -> None:
    book = Workbook()
    book.active["A1"] = "offen"
    hidden = book.create_sheet("alt")
    hidden["A1"], hidden.sheet_state = "verborgen", "hidden"
    book.save(tmp_path / "a.xlsx")
    assert [(sheet.name, sheet.hidden, sheet.rows[0][0].text) for sheet in sheets.read(tmp_path / "a.xlsx")] == [
        ("Sheet", False, "offen"),
        ("alt", True, "verborgen"),
    ]


def test_a_column_formatted_to_the_last_row_costs_nothing(tmp_path) -> None:
    def fill(sheet) -> None:
        sheet["A1"] = "Projekt"
        sheet.cell(1_048_576, 3).font = Font(bold=True)

    assert len(sheets.read(workbook(tmp_path / "a.xlsx", fill))[0].rows) == 1


def test_formulas_are_their_stored_values_and_one_without_says_so(tmp_path) -> None:
    cell = sheets.read(workbook(tmp_path / "a.xlsx", lambda sheet: sheet.append(["Summe", "=1+1"])))[0].rows[0][1]
    assert (cell.text, cell.note) == ("", "=1+1")


def test_open_document_cells_are_read_as_shown_with_spans_repeats_and_hidden_sheets(tmp_path) -> None:
    sheet, alt = sheets.read(ods(tmp_path / "a.ods"))
    assert [[cell.text for cell in row] for row in sheet.rows] == [
        ["Projekt", "Partner", ""],
        ["Hof fest", "Kita\nSchule", "1.200,00 €"],
        ["Hof fest", "", ""],
        ["x", "x", ""],
        ["x", "x", ""],
    ]
    assert sheet.rows[1][2].value == 1200
    assert sheet.rows[1][1].note == "neu"
    assert (alt.name, alt.hidden) == ("alt", True)


def ods(path: Path) -> Path:
    content = """<?xml version="1.0" encoding="UTF-8"?>
    <d:c xmlns:d="office" xmlns:t="table" xmlns:x="text" xmlns:s="style"><s:style s:name="h"><s:tp t:display="false"/></s:style>
    <t:table t:name="Projekte">
    <t:table-row><t:table-cell><x:p>Projekt</x:p></t:table-cell><t:table-cell><x:p>Partner</x:p></t:table-cell></t:table-row>
    <t:table-row><t:table-cell t:number-rows-spanned="2"><x:p>Hof<x:s/>fest</x:p></t:table-cell><t:table-cell><x:p>Kita</x:p>
    <x:p>Schule</x:p><d:annotation><x:p>neu</x:p></d:annotation></t:table-cell>
    <t:table-cell d:value-type="currency" d:value="1200"><x:p>1.200,00 €</x:p></t:table-cell></t:table-row>
    <t:table-row><t:covered-table-cell/><t:table-cell t:number-columns-repeated="1000"/></t:table-row>
    <t:table-row t:number-rows-repeated="2"><t:table-cell t:number-columns-repeated="2"><x:p>x</x:p></t:table-cell></t:table-row>
    <t:table-row t:number-rows-repeated="1000000"><t:table-cell/></t:table-row></t:table>
    <t:table t:name="alt" t:style-name="h"><t:table-row><t:table-cell><x:p>a</x:p></t:table-cell></t:table-row></t:table></d:c>"""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    return path


def zipped(**parts: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return buffer.getvalue()


@cache
def good() -> bytes:
    buffer = io.BytesIO()
    book = Workbook()
    book.active.append(["Projekt", "Träger"])
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("leer.csv", b"", "empty"),
        ("leer.xlsx", zipped(xl__workbook_xml="<workbook/>"), "empty"),
        ("alt.xls", b"\xd0\xcf\x11\xe0" + bytes(600), "old format"),
        ("alt.xlsb", zipped(xl__workbook_bin="x"), "old format"),
        ("geheim.xlsx", b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "password"),
        ("halb.xlsx", good()[:900], "broken"),
        ("bild.csv", b"\x89PNG\r\n\x1a\n", "type"),
        ("brief.xlsx", b"%PDF-1.7", "type"),
        ("brief.docx", zipped(word__document_xml="<d/>"), "type"),
        ("muell.csv", bytes(range(256)), "broken"),
        ("bombe.xlsx", zipped(xl__workbook_xml="<workbook/>", xl__worksheets__sheet1_xml="x" * 101_000_000), "too big"),
        ("lachen.xlsx", zipped(xl__workbook_xml='<!DOCTYPE b [<!ENTITY a "ha">]><workbook>&a;</workbook>'), "broken"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_its_reason(tmp_path, name, content, what) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(BadFile) as caught:
        sheets.read(tmp_path / name)
    assert (caught.value.file, caught.value.what) == (name, what)


def test_missing_files_and_folders_are_refused(tmp_path) -> None:
    for name, what in (("weg.csv", "missing"), (".", "unreadable")):
        with pytest.raises(BadFile) as caught:
            sheets.read(tmp_path / name)
        assert caught.value.what == what


def test_the_content_decides_not_the_ending(tmp_path) -> None:
    (tmp_path / "a.csv").write_bytes(good())
    (tmp_path / "b.xlsx").write_text("Projekt;Träger\nA;B\n", encoding="utf-8")
    assert texts(tmp_path / "a.csv") == [["Projekt", "Träger"]]
    assert texts(tmp_path / "b.xlsx")[1] == ["A", "B"]


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_a_damaged_workbook_is_read_or_refused(tmp_path_factory, data) -> None:
    content = bytearray(good())
    for _ in range(data.draw(st.integers(1, 20))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.getbasetemp() / "kaputt.xlsx"
    path.write_bytes(content)
    with suppress(BadFile):
        assert any(sheet.rows for sheet in sheets.read(path))


@given(st.integers(0, 1_048_575), st.integers(0, 16_383))
def test_an_address_names_its_row_and_column(row, column) -> None:
    assert position(reference(row, column)) == (row, column)
