"""The Word file as Word and LibreOffice take it: styles, heads of tables, fields, alternative texts, clean pages."""

from __future__ import annotations

import io
import shutil
import subprocess
from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from docx import Document
from docx.oxml.ns import qn
from pypdf import PdfReader

from graph import briefing
from graph.briefing.chapter import chapter as written_chapter
from tests.graph.briefing.conftest import TODAY

if TYPE_CHECKING:
    from pathlib import Path

    from docx.document import Document as WordDocument

    from graph.store import Store


@pytest.fixture(scope="module")
def word(example: Store) -> WordDocument:
    """The file of the example."""
    return Document(io.BytesIO(briefing.content(example, "2022", "docx", today=TODAY)))


def test_nothing_is_formatted_by_hand(word: WordDocument) -> None:
    """Paragraphs and runs have styles, and no look of their own but where a text runs from right to left."""
    looks = {child.tag for look in word.element.iter(qn("w:rPr")) for child in look}
    assert looks <= {qn("w:rStyle"), qn("w:rtl")}
    forms = {child.tag for look in word.element.iter(qn("w:pPr")) for child in look}
    assert forms <= {qn("w:pStyle"), qn("w:keepNext")}


def test_every_table_has_our_style_a_repeated_head_and_the_width_of_the_page(word: WordDocument) -> None:
    section = word.sections[0]
    room = (section.page_width - section.left_margin - section.right_margin) / 635
    assert word.tables
    for table in word.tables:
        assert table.style is not None
        assert table.style.name == "Vernetzung Tabelle"
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert sum(int(one.get(qn("w:w"))) for one in table._tbl.tblGrid) == pytest.approx(room, abs=10)


def test_pictures_have_an_alternative_text(word: WordDocument) -> None:
    texts = [one.get("descr", "") for one in word.element.iter(qn("wp:docPr"))]
    assert len(texts) == 1
    assert texts[0].startswith("Netzbild. Das Bild zeigt")


def test_the_language_is_german_and_the_properties_say_what_it_is(word: WordDocument) -> None:
    assert {one.get(qn("w:val")) for one in word.styles.element.iter(qn("w:lang"))} == {"de-DE"}
    known = word.core_properties
    assert (known.title, known.author, known.language) == ("Vernetzung: IHEK 2022", "Pankenetz", "de-DE")
    assert known.created == datetime.fromisoformat("2024-12-31T00:00:00+00:00")
    assert known.comments == ""


def test_pages_are_numbered_and_the_contents_lead_to_every_section(word: WordDocument) -> None:
    fields = [one.text for one in word.sections[0].footer._element.iter(qn("w:instrText"))]
    assert fields == [" PAGE ", " NUMPAGES "]
    marks = {one.get(qn("w:name")) for one in word.element.iter(qn("w:bookmarkStart"))}
    links = [one.get(qn("w:anchor")) for one in word.element.iter(qn("w:hyperlink")) if one.get(qn("w:anchor"))]
    assert len(links) >= 9
    assert set(links) <= marks


@pytest.mark.parametrize("store", ["example", "hostile"])
def test_libreoffice_opens_it_and_shows_all_of_it(request: pytest.FixtureRequest, tmp_path: Path, store: str) -> None:
    chapter = request.getfixturevalue(store)
    file = tmp_path / "vernetzung.docx"
    file.write_bytes(briefing.content(chapter, "2022", "docx", today=TODAY))
    program = shutil.which("soffice") or shutil.which("libreoffice")
    assert program, "libreoffice-writer-nogui is missing; tests/run.py installs it"
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(
        [program, profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, file],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    pages = PdfReader(tmp_path / "vernetzung.pdf").pages
    text = "".join(page.extract_text() for page in pages).replace("\n", " ")
    document = written_chapter(chapter, "2022", today=TODAY)
    assert [one.text for one in document.headings if one.level == 1 and one.text not in text] == []
    assert f"Seite 1 von {len(pages)}" in text
    assert len(pages) < 60
