"""What a list tells of the names in it beside the names: where they stand, in which tables, which towns are meant."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from graph.importing.callings import places_of
from graph.importing.namesakes import are_namesakes
from graph.importing.shortened import Group, Shortened
from graph.matching.evidence import house
from graph.matching.sides import plain_side
from ontology.terms import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from graph.importing.facts import Facts, Mention, Value
    from graph.importing.stock import Known
    from graph.matching import Judgement

_POSTAL: Final = re.compile(r"\b\d{5}\s+([A-ZÄÖÜ][\w-]+)")
_SORTS: Final = ("Programme", "Network")


def stored(key: str, known: Known, texts: Iterable[str], by_text: Mapping[str, Sequence[Mention]]) -> Group:
    """An entry of the store, with the names of the list that mean it."""
    texts = tuple(texts)
    rows = {mention.spot.row for text in texts for mention in by_text[text]}
    address = house(known.text(SCHEMA.streetAddress))
    return Group(key, (*known.names, *texts), texts, is_known=True, sort=_sort(known.klass), house=address, rows=rows)


def named(  # noqa: PLR0913, PLR0917  # all that a list says of some names
    key: str,
    texts: Sequence[str],
    mentions: Sequence[Mention],
    said: Sequence[Value],
    others: Iterable[str],
    klass: str,
) -> Group:
    """Names of the list that mean one body.

    Args:
        key: the first of them.
        texts: they.
        mentions: where they stand.
        said: what rows of its own say.
        others: further names it has there.
        klass: the last part of its class.
    """
    names = dict.fromkeys([*texts, *sorted(one.written for one in mentions if one.written), *others])
    return Group(
        key,
        tuple(names),
        tuple(texts),
        sort=_sort(klass),
        house=house(" ".join(value.text for value in said if value.field == "street")),
        rows={mention.spot.row for mention in mentions},
    )


def shortened(
    groups: Sequence[Group], facts: Facts, names: Iterable[str], judgements: Sequence[Judgement]
) -> Shortened:
    """All names of a list, to tell which are one body.

    Args:
        groups: names taken for one body so far.
        facts: what the list says.
        names: of all bodies in it.
        judgements: what people said of bodies.
    """
    by_name: dict[str, set[tuple[str, str]]] = {}
    for statement in facts.statements:
        by_name.setdefault(statement.about.text, set()).add((statement.about.spot.file, statement.about.spot.sheet))
    for group in groups:
        group.tables.update(*(by_name.get(text, ()) for text in group.texts))
    tables = {id(row.table): row.table.table for row in facts.told}.values()
    titles = {text for table in tables for text in (table.title, table.sheet, table.file)}
    titles |= {
        town for table in tables for row in table.rows for cell in row.cells for town in _POSTAL.findall(cell.text)
    }
    apart = {(plain_side(one.name), plain_side(one.key)) for one in judgements if not one.same}

    def are_two(one: Group, other: Group) -> bool:
        if are_namesakes(one.key, other.key):
            return True
        if not apart:
            return False
        sides = [{plain_side(name) for name in (group.key, *group.names)} for group in (one, other)]
        return any(
            (here in sides[0] and there in sides[1]) or (here in sides[1] and there in sides[0])
            for here, there in apart
        )

    return Shortened(groups, places_of(names, titles), are_two)


def _sort(klass: str) -> str:
    return klass if klass in _SORTS else ""
