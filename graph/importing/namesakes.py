"""Bodies of one name in different streets: told apart by the street, before anybody asks who is meant."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from graph.importing.addresses import address
from graph.matching.spelling import spelling
from graph.matching.words import folded, is_venue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.importing.facts import Claim, Facts, Mention, Statement

_BRACKETED: Final = re.compile(r"(?P<name>.+) \((?P<where>[^()]+)\)")
_Streets = dict[str, dict[str, str]]
"""By name of a body: the streets it is in, by their letters, as written."""


def tell_apart(facts: Facts) -> None:
    """Give each of several bodies of one name its street in brackets, wherever the list says which one it means.

    Two rows of one table with one name and different streets are two bodies; so are houses (schools, Kitas) that cells
    name with different streets. Who is meant by the bare name remains unsure, then.
    """
    shared = _shared(facts)
    if not shared:
        return

    def apart(mention: Mention) -> Mention:
        streets = shared.get(mention.text, {}) if mention.group == "body" else {}
        street = streets.get(_letters(mention.where), "")
        return (
            replace(mention, text=f"{mention.text} ({street})", written=mention.written or mention.text)
            if street
            else mention
        )

    def both(claim: Claim) -> Claim:
        return replace(claim, start=apart(claim.start), end=apart(claim.end))

    facts.statements[:] = [replace(one, about=apart(one.about)) for one in facts.statements]
    facts.claims[:] = map(both, facts.claims)
    facts.told[:] = [replace(one, about=apart(one.about), claims=tuple(map(both, one.claims))) for one in facts.told]


def street_of(text: str) -> str:
    """The street that a remark beside a name says, "" if it says none."""
    return next(filter(None, (address(piece.strip()).street for piece in text.split(";"))), "") if text else ""


def are_namesakes(one: str, other: str) -> bool:
    """Whether two names are one but for the streets in their brackets."""
    here, there = (_BRACKETED.fullmatch(name) for name in (one, other))
    if not here or not there or here["name"] != there["name"]:
        return False
    streets = [street_of(found["where"]) for found in (here, there)]
    return all(streets) and _letters(streets[0]) != _letters(streets[1])


def _shared(facts: Facts) -> _Streets:
    """The names that several bodies bear."""
    found: _Streets = defaultdict(dict)
    by_table: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for statement in facts.statements:
        if statement.about.group == "body" and statement.about.where:
            spot = statement.about.spot
            by_table[statement.about.text, spot.file, spot.sheet].add(_letters(statement.about.where))
            found[statement.about.text].setdefault(_letters(statement.about.where), statement.about.where)
    told = {name for (name, _, _), streets in by_table.items() if len(streets) > 1}
    for claim in facts.claims:
        for mention in (claim.start, claim.end):
            if mention.group == "body" and mention.where:
                found[mention.text].setdefault(_letters(mention.where), mention.where)
    variants = {mention.text for mention in _bodies(facts)}
    return {
        name: streets
        for name, streets in found.items()
        if name in told
        or (len(streets) > 1 and any(map(is_venue, spelling(name).words)))
        or any(f"{name} ({street})" in variants for street in streets.values())
    }


def _bodies(facts: Facts) -> Iterator[Mention]:
    statements: list[Statement] = facts.statements
    yield from (one.about for one in statements if one.about.group == "body")
    yield from (end for claim in facts.claims for end in (claim.start, claim.end) if end.group == "body")


def _letters(street: str) -> str:
    return "".join(filter(str.isalpha, folded(street)))
