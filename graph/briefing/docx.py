"""The chapter as a Word file: real styles, real headings, tables with repeated heads, so that the team can edit it."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

import docx as word_files
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm

from graph.briefing import docx_styles as styles
from graph.briefing.document import Bullets, Heading, Paragraph, Picture, Table
from graph.briefing.docx_xml import element, field_begin, field_char, run, runs, text_runs
from graph.briefing.raster import png

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docx.document import Document as WordDocument

    from graph.briefing.document import Block, Cell, Document

_PAGE: Final = (21.0, 29.7)
_MARGIN: Final = 2.2
WIDTH: Final = _PAGE[0] - 2 * _MARGIN
"""Of the text, in centimetres."""

_TWIPS: Final = 567
"""Twentieths of a point in a centimetre."""

_DOTS: Final = 1440
"""Pixels across a picture: 220 to the inch, as Word keeps them."""

_STYLES: Final = {"text": "Normal", "lead": styles.LEAD, "note": styles.NOTE}
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"]+")
_HINT: Final = "Seitenzahlen: in das Verzeichnis klicken und F9 drücken."
_LISTED: Final = 2
"""Levels of headings in the table of contents."""


def docx(document: Document) -> bytes:
    """The file, the same bytes for the same document."""
    word = word_files.Document()
    styles.install(word)
    _set_up(word, document)
    writer = _Writer(word)
    word.add_paragraph(document.title, "Title")
    word.add_paragraph(document.subtitle, "Subtitle")
    writer.contents(document.headings)
    for block in document.blocks:
        writer.write(block)
    target = io.BytesIO()
    word.save(target)
    return _dateless(target)


class _Writer:
    """Adds blocks to a Word document, and numbers what must be told apart in it."""

    def __init__(self, word: WordDocument) -> None:
        self._word = word
        self._headings = 0
        self._cell, self._number = (str(word.styles[name].style_id) for name in (styles.CELL, styles.NUMBER))

    def write(self, block: Block) -> None:
        if isinstance(block, Heading):
            self._heading(block)
        elif isinstance(block, Paragraph):
            runs(self._word.add_paragraph(style=_STYLES[block.style])._p, block.text)  # noqa: SLF001  # see `docx_xml`
        elif isinstance(block, Bullets):
            for item in block.items:
                runs(self._word.add_paragraph(style="List Bullet")._p, item)  # noqa: SLF001  # see `docx_xml`
        elif isinstance(block, Table):
            self._table(block)
        else:
            self._picture(block)

    def contents(self, headings: Iterable[Heading]) -> None:
        """The table of contents: a field that Word renews, filled with links for those who do not renew it."""
        word = self._word
        word.add_paragraph("Inhalt", "TOC Heading")
        listed = [(number, one) for number, one in enumerate(headings, 1) if one.level <= _LISTED]
        for place, (number, heading) in enumerate(listed):
            paragraph = word.add_paragraph(style=styles.CONTENTS[heading.level - 1])._p  # noqa: SLF001  # see `docx_xml`
            if place == 0:
                paragraph.extend(field_begin(rf'TOC \o "1-{_LISTED}" \h \z \u'))
            link = element("w:hyperlink", anchor=_bookmark(number), history="1")
            runs(link, heading.text)
            paragraph.append(link)
        # Only Word knows the pages. The hint is part of the field and goes when it is renewed.
        hint = word.add_paragraph(style=styles.NOTE)._p  # noqa: SLF001  # see `docx_xml`
        runs(hint, _HINT)
        hint.append(field_char("end"))

    def _heading(self, heading: Heading) -> None:
        self._headings += 1
        paragraph = self._word.add_paragraph(style=f"Heading {heading.level}")._p  # noqa: SLF001  # see `docx_xml`
        number, name = str(self._headings), _bookmark(self._headings)
        paragraph.append(element("w:bookmarkStart", id=number, name=name))
        runs(paragraph, heading.text)
        paragraph.append(element("w:bookmarkEnd", id=number))

    def _table(self, table: Table) -> None:
        runs(self._word.add_paragraph(style="Caption")._p, table.caption)  # noqa: SLF001  # see `docx_xml`
        widths = [round(share * WIDTH * _TWIPS) for share in table.shares]
        drawn = OxmlElement("w:tbl")
        drawn.append(_table_look(table, sum(widths)))
        grid = element("w:tblGrid")
        grid.extend(element("w:gridCol", w=str(width)) for width in widths)
        drawn.append(grid)
        numbers = [all(isinstance(row[at], int) for row in table.rows) for at in range(len(widths))]
        drawn.append(self._row(table.headings, widths, numbers, is_head=True))
        drawn.extend(self._row(row, widths, numbers) for row in table.rows)
        body = self._word.element.body
        body.insert_element_before(drawn, "w:sectPr")
        # Two tables in a row would become one.
        self._word.add_paragraph(style=styles.CELL)

    def _row(self, cells: Iterable[Cell], widths: list[int], numbers: list[bool], *, is_head: bool = False) -> Any:
        row = OxmlElement("w:tr")
        look = element("w:trPr")
        look.append(element("w:cantSplit"))
        if is_head:
            look.append(element("w:tblHeader"))
        row.append(look)
        for at, cell in enumerate(cells):
            held = OxmlElement("w:tc")
            size = element("w:tcPr")
            size.append(element("w:tcW", w=str(widths[at]), type="dxa"))
            held.append(size)
            style = self._number if numbers[at] else self._cell
            held.extend(self._cell_paragraph(text, style) for text in str(cell).split("\n"))
            row.append(held)
        return row

    def _cell_paragraph(self, text: str, style: str) -> Any:
        paragraph = OxmlElement("w:p")
        look = element("w:pPr")
        look.append(element("w:pStyle", val=style))
        paragraph.append(look)
        if _ADDRESS.fullmatch(text):
            relation = self._word.part.relate_to(text, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
            link = element("w:hyperlink", history="1")
            link.set(qn("r:id"), relation)
            runs(link, text, style="Hyperlink")
            paragraph.append(link)
        else:
            runs(paragraph, text)
        return paragraph

    def _picture(self, picture: Picture) -> None:
        paragraph = self._word.add_paragraph(style=styles.FIGURE)
        shape = paragraph.add_run().add_picture(io.BytesIO(png(picture.svg, _DOTS)), width=Cm(WIDTH))
        described = shape._inline.docPr  # noqa: SLF001  # python-docx has no other way to an alternative text
        described.set("name", "Netzbild")
        described.set("descr", picture.alt)
        caption = self._word.add_paragraph(style="Caption")
        caption.paragraph_format.keep_with_next = False
        runs(caption._p, picture.caption)  # noqa: SLF001  # see `docx_xml`


def _set_up(word: WordDocument, document: Document) -> None:
    made = datetime(document.day.year, document.day.month, document.day.day)  # noqa: DTZ001  # the files hold no zone
    known = word.core_properties
    known.title, known.subject, known.author = document.title, document.subtitle, document.author
    known.last_modified_by, known.language, known.comments = document.author, "de-DE", ""
    known.created = known.modified = made
    known.revision, known.keywords = 1, "Vernetzung, Planungsrunde"
    package = word.part.package
    for key in [key for key, relation in package.rels.items() if relation.reltype.endswith("/thumbnail")]:
        del package.rels[key]  # the picture of somebody else's first page
    section = word.sections[0]
    section.page_width, section.page_height = Cm(_PAGE[0]), Cm(_PAGE[1])
    section.left_margin = section.right_margin = Cm(_MARGIN)
    section.top_margin, section.bottom_margin = Cm(2.2), Cm(2.0)
    _footer(section.footer.paragraphs[0], document)


def _footer(paragraph: Any, document: Document) -> None:
    stops = paragraph.style.paragraph_format.tab_stops
    stops.clear_all()
    stops.add_tab_stop(Cm(WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    line = paragraph._p  # noqa: SLF001  # see `docx_xml`
    shown = document.title if len(document.title) <= 60 else f"{document.title[:59].rstrip()}…"
    runs(line, f"{shown}, Stand {document.day:%d.%m.%Y}")
    line.append(run(element("w:tab")))
    for words, code in (("Seite ", "PAGE"), (" von ", "NUMPAGES")):
        runs(line, words)
        line.extend([*field_begin(code), *text_runs("1"), field_char("end")])


def _table_look(table: Table, width: int) -> Any:
    look = element("w:tblPr")
    look.append(element("w:tblStyle", val=styles.TABLE.replace(" ", "")))
    look.append(element("w:tblW", w=str(width), type="dxa"))
    look.append(element("w:tblLayout", type="fixed"))
    flags = {"firstRow": "1", "lastRow": "0", "firstColumn": "1", "lastColumn": "0", "noHBand": "1", "noVBand": "1"}
    look.append(element("w:tblLook", val="06A0", **flags))
    look.append(element("w:tblCaption", val=table.caption))
    return look


def _bookmark(number: int) -> str:
    return f"_Toc{number:08}"


def _dateless(content: io.BytesIO) -> bytes:
    """The package without the minute it was packed in."""
    target = io.BytesIO()
    with zipfile.ZipFile(content) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name), old.read(name), zipfile.ZIP_DEFLATED)
    return target.getvalue()
