"""The chapter as one HTML file that opens anywhere and prints as it should, without scripts or foreign requests."""

from __future__ import annotations

import base64
import hashlib
import re
from importlib.resources import files
from itertools import count
from typing import TYPE_CHECKING, Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from graph.briefing.document import Heading, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from graph.briefing.document import Block, Document

_ADDRESS: Final = re.compile(r"https?://[^\s<>\"]+")
_POLICY: Final = "default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'"
_LISTED: Final = 2
"""Levels of headings in the table of contents."""


def html(document: Document) -> bytes:
    """The file, the same bytes for the same document."""
    return page(document).encode()


def page(document: Document, image: Callable[[str], str] | None = None) -> str:
    """The page as a text; `image` makes the address of a picture from its SVG, if it shall not be that itself."""
    style = _style()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    blocks = list(_numbered(document))
    return (
        _environment(image or _drawing)
        .get_template("chapter.html")
        .render(
            document=document,
            blocks=blocks,
            listed=[(number, block) for kind, block, number in blocks if kind == "Heading" and block.level <= _LISTED],
            running=f"{document.title}, Stand {document.day:%d.%m.%Y}",
            policy=f"{_POLICY}; style-src 'sha256-{digest}'",
            style=Markup(style),  # noqa: S704  # our own file and numbers
        )
    )


def _numbered(document: Document) -> Iterator[tuple[str, Any, int]]:
    """Each block with its kind; headings with their number."""
    numbers = count(1)
    for block in document.blocks:
        yield type(block).__name__, block, next(numbers) if isinstance(block, Heading) else 0


def _style() -> str:
    """The style sheet, and widths for columns: styles within the page's elements would be refused."""
    widths = (f".w{percent} {{ width: {percent}%; }}" for percent in range(1, 101))
    return "\n".join([(files("graph.briefing") / "page" / "chapter.css").read_text("utf-8"), *widths])


def _environment(image: Callable[[str], str]) -> Environment:
    environment = Environment(
        loader=PackageLoader("graph.briefing", "page"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["image"] = image
    environment.tests["address"] = lambda text: _ADDRESS.fullmatch(text) is not None
    environment.tests["counted"] = _counted
    return environment


def data_address(content: bytes, media_type: str) -> str:
    """Some bytes as an address that holds them."""
    return f"data:{media_type};base64,{base64.b64encode(content).decode()}"


def _drawing(svg: str) -> str:
    return data_address(svg.encode(), "image/svg+xml")


def _counted(block: Block, column: int) -> bool:
    return isinstance(block, Table) and all(isinstance(row[column], int) for row in block.rows)
