"""Pieces of a Word document's XML that python-docx has no words for: links, fields, texts from right to left."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

if TYPE_CHECKING:
    from collections.abc import Iterable

_TURNED: Final = "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe]+"
_RIGHT_TO_LEFT: Final = re.compile(rf"({_TURNED}(?:\W+{_TURNED})*)")
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"


def runs(parent: Any, text: str, style: str = "") -> None:
    """Add a text to a paragraph; what is written from right to left gets a run that says so.

    python-docx knows neither links nor fields nor directions, so that the elements are made here.
    """
    for piece in text_runs(text, style):
        parent.append(piece)


def text_runs(text: str, style: str = "") -> Iterable[Any]:
    """The runs of a text, one for each direction it is written in."""
    for number, piece in enumerate(_RIGHT_TO_LEFT.split(text)):
        if piece:
            yield run(_text("w:t", piece), style=style, is_turned=number % 2 == 1)


def run(content: Any, style: str = "", *, is_turned: bool = False) -> Any:
    """A run of one content: in a character style, or from right to left."""
    made = OxmlElement("w:r")
    if style or is_turned:
        look = element("w:rPr")
        if style:
            look.append(element("w:rStyle", val=style))
        if is_turned:
            look.append(element("w:rtl"))
        made.append(look)
    made.append(content)
    return made


def field_begin(code: str) -> list[Any]:
    """A field up to where what it shows begins."""
    return [field_char("begin"), run(_text("w:instrText", f" {code} ")), field_char("separate")]


def field_char(kind: str) -> Any:
    """The mark at which a field begins, shows something, or ends."""
    return run(element("w:fldChar", fldCharType=kind))


def element(tag: str, **attributes: str) -> Any:
    """An element of WordprocessingML with its attributes."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def _text(tag: str, text: str) -> Any:
    made = OxmlElement(tag)
    made.text = text
    made.set(_SPACE, "preserve")
    return made
