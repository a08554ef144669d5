"""The Vernetzung chapter for a planning round: how the network stands, who is missing, what was decided, from where.

>>> write(store, "2022", Path("vernetzung-2022.docx"))      # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graph.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from graph.briefing.document import Document
    from graph.store import Store

__all__ = ["FORMATS", "content", "name_of", "write"]


def content(store: Store, round_: str, format_: str, *, today: date | None = None) -> bytes:
    """The chapter as a file.

    Args:
        store: the open graph.
        round_: slug of the planning round.
        format_: one of `FORMATS`.
        today: the present day.

    Returns:
        The bytes of the file; the same ones as long as data and day stay the same.

    Raises:
        BadInput: another format.
        NotFound: there is no such round.
        NotInstalled: the format needs a library that is not installed.
    """
    if format_ not in FORMATS:
        raise BadInput("format", format_, FORMATS)
    from graph.briefing.chapter import chapter  # here, because it brings all the arithmetic of the lists

    return _WRITERS[format_](chapter(store, round_, today=today))


def write(store: Store, round_: str, path: Path) -> None:
    """Write the chapter to a file whose ending is one of `FORMATS`; whole, or not at all.

    Raises:
        BadInput: another ending, or a place nothing can be written to.
        NotFound, NotInstalled: as `content` does.
    """
    from graph.export import write_whole

    format_ = path.suffix.lower().removeprefix(".")
    if format_ not in FORMATS:
        raise BadInput("format", path.name, tuple(f".{one}" for one in FORMATS))
    made = content(store, round_, format_)
    try:
        write_whole(path, made)
    except OSError as error:
        raise BadInput("file", str(path)) from error


def name_of(round_: str, format_: str) -> str:
    """What the file of a round is called: `vernetzung-2022.docx`."""
    return f"vernetzung-{round_}.{format_}"


def _docx(document: Document) -> bytes:
    from graph.briefing.docx import docx

    return docx(document)


def _pdf(document: Document) -> bytes:
    from graph.briefing.pdf import pdf

    return pdf(document)


def _html(document: Document) -> bytes:
    from graph.briefing.html import html

    return html(document)


def _xlsx(document: Document) -> bytes:
    from graph.briefing.xlsx import xlsx

    return xlsx(document)


# Each library is loaded when its kind of file is asked for.
_WRITERS: Final[dict[str, Callable[[Document], bytes]]] = {"docx": _docx, "pdf": _pdf, "html": _html, "xlsx": _xlsx}

FORMATS: Final = tuple(_WRITERS)
"""Endings of the files, the one for Word first."""
