"""All four files say the same, whatever stands in the data, and are the same bytes each time."""

from __future__ import annotations

import io
import re
import zipfile
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from docx import Document as WordDocument
from openpyxl import load_workbook
from pypdf import PdfReader

from graph import briefing
from graph.briefing.document import Document, Heading, Table
from graph.errors import BadInput
from tests.graph.briefing.conftest import HOSTILE, TODAY

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from graph.store import Store

    ChapterOf = Callable[[Store, str], Document]


def made(store: Store, format_: str) -> bytes:
    """The file of the round of 2022."""
    return briefing.content(store, "2022", format_, today=TODAY)


class _Page(HTMLParser):
    """Headings and tables of a page, as texts; addresses and tags that would call elsewhere."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.headings: list[str] = []
        self.tables: list[list[list[str]]] = []
        self.tags: set[str] = set()
        self._at: list[str] | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.tables[-1][-1].append("")
            self._at = self.tables[-1][-1]
        elif tag == "p" and self._at and self._at[-1]:
            self._at[-1] += "\n"
        elif tag in ("h2", "h3", "h4") and ("class", "contents") not in attrs:
            self.headings.append("")
            self._at = self.headings

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "h2", "h3", "h4"):
            self._at = None

    def handle_data(self, data: str) -> None:
        if self._at is not None:
            self._at[-1] += data


def as_texts(table: Table) -> list[list[str]]:
    """A table as all formats show it."""
    return [list(table.headings), *([str(cell) for cell in row] for row in table.rows)]


@pytest.fixture(params=["example", "hostile"])
def store(request: pytest.FixtureRequest) -> Store:
    """An ordinary Quartier, and one whose names try everything."""
    return request.getfixturevalue(request.param)


def test_word_says_what_the_document_says(store: Store, chapter_of: ChapterOf) -> None:
    document, word = chapter_of(store, "2022"), WordDocument(io.BytesIO(made(store, "docx")))
    assert [[[cell.text for cell in row.cells] for row in one.rows] for one in word.tables] == [
        as_texts(one) for one in document.tables
    ]
    headings = [one for one in word.paragraphs if re.match(r"Heading \d", one.style.name)]
    assert [(one.text, int(one.style.name[-1])) for one in headings] == [
        (one.text, one.level) for one in document.headings
    ]


def test_the_page_says_what_the_document_says_and_calls_nobody(store: Store, chapter_of: ChapterOf) -> None:
    document, text = chapter_of(store, "2022"), made(store, "html").decode()
    page = _Page(text)
    assert page.tables == [as_texts(one) for one in document.tables]
    assert page.headings == [one.text for one in document.headings]
    assert not page.tags & {"script", "iframe", "object", "form", "svg", "base"}
    assert not re.search(r'(src|action)="(?!data:)|<link[^>]+href="(?!data:)|url\(|@import', text)


def test_the_workbook_says_what_the_document_says(store: Store, chapter_of: ChapterOf) -> None:
    document = chapter_of(store, "2022")
    book = load_workbook(io.BytesIO(made(store, "xlsx")))
    text, *sheets = book.worksheets
    assert [[[str(cell.value) for cell in row] for row in sheet] for sheet in sheets] == [
        as_texts(one) for one in document.tables
    ]
    lines = [row[0].value for row in text.iter_rows()]
    assert [one.text for one in document.headings if one.text not in lines] == []
    assert all(cell.data_type in "sn" for sheet in sheets for row in sheet for cell in row)
    assert all(sheet.freeze_panes == "B2" for sheet in sheets)


def test_the_pdf_says_what_the_document_says(hostile: Store, chapter_of: ChapterOf) -> None:
    """The one of the example, which takes longer, is looked into in `test_pdf`."""
    reader = PdfReader(io.BytesIO(made(hostile, "pdf")))
    found = re.sub(r"[\s\0]+", "", "".join(page.extract_text() for page in reader.pages))
    document = chapter_of(hostile, "2022")
    wanted = [one.text for one in document.headings] + [str(row[0]) for one in document.tables for row in one.rows]
    latin = [text for text in wanted if text.isascii() and len(text) < 60]
    assert [text for text in latin if re.sub(r"\s+", "", text) not in found] == []


@pytest.mark.parametrize("format_", briefing.FORMATS)
def test_the_same_data_give_the_same_bytes(hostile: Store, format_: str) -> None:
    assert made(hostile, format_) == made(hostile, format_)


@pytest.mark.parametrize("format_", ["docx", "xlsx"])
def test_no_file_tells_the_minute_it_was_made_in(hostile: Store, format_: str) -> None:
    with zipfile.ZipFile(io.BytesIO(made(hostile, format_))) as archive:
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = archive.read("docProps/core.xml").decode()
    assert "2024-12-31T00:00:00Z" in core
    assert str(TODAY.year) not in core


def test_turning_marks_and_line_ends_of_names_are_gone(hostile: Store, chapter_of: ChapterOf) -> None:
    document = chapter_of(hostile, "2022")
    names = {str(row[0]) for one in document.tables if one.caption.startswith("Akteure:") for row in one.rows}
    assert "Turnverein gro.live e.V." in names
    assert "{{ 7*7 }}{% raise %}" in names
    assert "Zeile eins Zeile zwei" in names
    assert len(names) == len(HOSTILE)
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00-\x08]", str(document))


def test_a_wide_table_is_cut_into_parts_with_the_same_first_column() -> None:
    headings = tuple(f"H{number}" for number in range(20))
    wide = Table("T", "Breit", headings, (tuple(range(20)), tuple(range(20))))
    parts = Document.of("T", "", TODAY, "", [wide]).tables
    assert [len(part.headings) for part in parts] == [7, 7, 7, 2]
    assert {part.headings[0] for part in parts} == {"H0"}
    assert [one for part in parts for one in part.headings[1:]] == list(headings[1:])


def test_a_thousand_lines_are_a_thousand_lines() -> None:
    rows = tuple((f"Vorschlag {number}", ("Grund",) * 3, number) for number in range(1000))
    document = Document.of("T", "", TODAY, "", [Heading("H"), Table("T", "T", ("a", "b", "c"), rows)])
    from graph.briefing.docx import docx

    (table,) = WordDocument(io.BytesIO(docx(document))).tables
    assert len(table._tbl.tr_lst) == 1001


@pytest.mark.parametrize("name", ["x.doc", "x", "docx"])
def test_another_ending_is_refused_and_nothing_written(hostile: Store, tmp_path: Path, name: str) -> None:
    with pytest.raises(BadInput):
        briefing.write(hostile, "2022", tmp_path / name)
    assert list(tmp_path.iterdir()) == []
