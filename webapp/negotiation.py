"""Which form of an answer an asker can read, by the `Accept` header with its q-values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from werkzeug.datastructures import MIMEAccept

if TYPE_CHECKING:
    from collections.abc import Sequence


def best(accept: MIMEAccept, offers: Sequence[str]) -> str | None:
    """The media type to answer with.

    Args:
        accept: what the asker reads; an absent header means anything.
        offers: what can be had, the preferred first.

    Returns:
        The offer of highest quality, where the most specific range that fits an offer decides its quality (so that
        `text/csv;q=0, */*` is never answered with CSV); among equals the first. None if nothing fits.
    """
    if not accept.provided:
        return offers[0]
    # `text/turtle; charset=utf-8` is what clients ask for who mean text/turtle; all our answers are in UTF-8.
    accept = MIMEAccept([(value.partition(";")[0].strip(), quality) for value, quality in accept])
    quality, offer = max(
        ((accept.quality(offer), offer) for offer in offers),
        key=lambda pair: pair[0],
    )
    return offer if quality > 0 else None
