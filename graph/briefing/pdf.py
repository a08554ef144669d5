"""The chapter as a tagged PDF (PDF/UA): what the HTML file says, on pages."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from graph.briefing.html import data_address, page
from graph.briefing.raster import png
from graph.errors import NotInstalled

if TYPE_CHECKING:
    from graph.briefing.document import Document

_DOTS: Final = 1440
"""Pixels across a picture. Not the drawing itself: WeasyPrint lays the halo of a name over the name."""


def pdf(document: Document) -> bytes:
    """The file, the same bytes for the same document.

    Raises:
        NotInstalled: WeasyPrint or the system's Pango is missing.
    """
    try:
        from weasyprint import HTML, URLFetcher
    except (ImportError, OSError) as error:  # OSError: WeasyPrint is there, Pango is not
        raise NotInstalled(".pdf", 'pip install "pankenetz[pdf]"', "Pango") from error
    text = page(document, lambda svg: data_address(png(svg, _DOTS), "image/png"))
    # What the page holds itself, and nothing from anywhere else.
    source = HTML(string=text, url_fetcher=URLFetcher(allowed_protocols={"data"}))
    return bytes(source.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=_identifier(document)))


def _identifier(document: Document) -> bytes:
    return hashlib.sha256(repr(document).encode()).digest()[:16]
