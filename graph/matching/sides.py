"""The two sides of a judgement: entries by their IRI, spellings without case, accents and repeated space."""

from __future__ import annotations

from graph.matching.words import folded


def is_entry(side: str) -> bool:
    """Whether a side of a judgement is an IRI."""
    return "://" in side and " " not in side


def plain_side(side: str) -> str:
    """What makes two sides one: IRIs letter by letter, spellings without case, accents and repeated space."""
    return side if is_entry(side) else " ".join(folded(side).split())
