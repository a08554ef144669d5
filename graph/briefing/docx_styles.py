"""How the Word file looks, as styles a team can change in Word: nothing in the text is formatted by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from graph.briefing.docx_xml import element

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

FONT: Final = "Arial"
"""The font of Berlin's offices; whoever lacks it has one of the same measures."""

TABLE: Final = "Vernetzung Tabelle"
CELL, NUMBER, NOTE, LEAD, FIGURE = "Tabellentext", "Tabellenzahl", "Hinweis", "Kernaussage", "Bild"
CONTENTS: Final = ("toc 1", "toc 2")

_DARK: Final = RGBColor(0x0B, 0x4A, 0x5A)
_QUIET: Final = RGBColor(0x3F, 0x53, 0x58)
_LINE: Final = "9DB4B9"
_HEAD: Final = "E2EEF0"


def install(document: WordDocument) -> None:
    """Set the styles of the built-in names, add ours, and make German the language of everything."""
    _speak_german(document)
    _keep_few_table_styles(document)
    _paragraph(document, "Normal", size=10.5, after=6, line=1.15)
    _paragraph(document, "Title", size=24, after=4, bold=True, colour=_DARK)
    _paragraph(document, "Subtitle", size=12, after=14, colour=_QUIET)
    _paragraph(document, "Heading 1", size=16, before=22, after=6, bold=True, colour=_DARK)
    _paragraph(document, "Heading 2", size=13, before=16, after=4, bold=True, colour=_DARK)
    _paragraph(document, "Heading 3", size=11, before=10, after=2, bold=True, colour=_DARK)
    _paragraph(document, "Caption", size=9, before=10, after=3, bold=True, colour=_QUIET, keep=True)
    _paragraph(document, "List Bullet", size=10.5, after=3, line=1.15)
    _paragraph(document, "Footer", size=8.5, colour=_QUIET)
    _paragraph(document, "TOC Heading", size=13, before=6, after=4, bold=True, colour=_DARK)
    _own(document, LEAD, "Normal", size=11.5, after=6, line=1.15)
    _own(document, NOTE, "Normal", size=9, after=6, line=1.1, colour=_QUIET, indent=0.4)
    _own(document, FIGURE, "Normal", before=6, after=2, keep=True)
    _own(document, CELL, "Normal", size=8.5, after=1, line=1.0)
    _own(document, NUMBER, CELL, size=8.5, after=1, line=1.0)
    document.styles[NUMBER].element.get_or_add_pPr().append(element("w:jc", val="right"))
    _contents(document)
    _hyperlink(document)
    _table(document)


def _speak_german(document: WordDocument) -> None:
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "de-DE")
    for language in document.settings.element.iter(qn("w:themeFontLang")):
        language.set(qn("w:val"), "de-DE")
    for mode in document.settings.element.iter(qn("w:compatSetting")):
        if mode.get(qn("w:name")) == "compatibilityMode":
            mode.set(qn("w:val"), "15")  # else Word opens it as a file of 2010, with half of its tools off


def _keep_few_table_styles(document: WordDocument) -> None:
    for style in list(document.styles):
        if style.type == WD_STYLE_TYPE.TABLE and style.name not in ("Normal Table", "Table Grid"):
            style.delete()


def _own(document: WordDocument, name: str, based_on: str, **look: Any) -> None:
    style: Any = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles[based_on]
    style.quick_style = True
    _paragraph(document, name, **look)


def _paragraph(  # noqa: PLR0913  # a look has many parts, each named where it is used
    document: WordDocument,
    name: str,
    *,
    size: float | None = None,
    before: float = 0,
    after: float = 0,
    line: float | None = None,
    bold: bool | None = None,
    colour: RGBColor | None = None,
    keep: bool | None = None,
    indent: float | None = None,
) -> None:
    style: Any = document.styles[name]
    _set_font(style.element.get_or_add_rPr())
    style.font.size = Pt(size) if size else None
    style.font.bold, style.font.italic = bold, None
    style.font.color.rgb = colour
    form = style.paragraph_format
    form.space_before, form.space_after, form.line_spacing = Pt(before), Pt(after), line
    if keep:
        form.keep_with_next = True
    if indent is not None:
        form.left_indent = Cm(indent)
    for border in style.element.iter(qn("w:pBdr")):
        border.getparent().remove(border)
    for spacing in style.element.get_or_add_rPr().findall(qn("w:spacing")):
        style.element.rPr.remove(spacing)


def _set_font(properties: Any) -> None:
    for old in properties.findall(qn("w:rFonts")):
        properties.remove(old)
    properties.insert(0, element("w:rFonts", ascii=FONT, hAnsi=FONT, cs=FONT, eastAsia=FONT))


def _contents(document: WordDocument) -> None:
    for level, name in enumerate(CONTENTS):
        style: Any = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
        style.base_style = document.styles["Normal"]
        _paragraph(document, style.name, size=10, before=4 if not level else 0, after=1, indent=0.5 * level)
        style.paragraph_format.tab_stops.add_tab_stop(Cm(16.6), 2, 1)  # right, with dots


def _hyperlink(document: WordDocument) -> None:
    style: Any = document.styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER, builtin=True)
    style.font.color.rgb = RGBColor(0x0B, 0x5F, 0x73)
    style.font.underline = True


def _table(document: WordDocument) -> None:
    """Lines between rows, a shaded head in bold, the first column in bold."""
    style: Any = document.styles.add_style(TABLE, WD_STYLE_TYPE.TABLE)
    style.base_style = document.styles["Normal Table"]
    style.quick_style = True
    look = element("w:tblPr")
    lines = element("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        lines.append(element(f"w:{side}", val="single", sz="4", space="0", color=_LINE))
    margins = element("w:tblCellMar")
    for side, width in (("top", "40"), ("left", "80"), ("bottom", "40"), ("right", "80")):
        margins.append(element(f"w:{side}", w=width, type="dxa"))
    look.extend([lines, margins])
    style.element.append(look)
    for part in ("firstRow", "firstCol"):
        special = element("w:tblStylePr", type=part)
        bold = element("w:rPr")
        bold.append(element("w:b"))
        special.append(bold)
        if part == "firstRow":
            head = element("w:tcPr")
            head.append(element("w:shd", val="clear", color="auto", fill=_HEAD))
            special.append(head)
        style.element.append(special)
