"""To which Handlungsfelder of a round a line belongs: those in which all it is about are active, else any of them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from graph import network
from graph.rounds.reading import working_fields

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graph.store import Store


def fields_for(store: Store, round_slug: str, iris: Iterable[str]) -> tuple[str, ...]:
    """IRIs of the fields a round works with to which a line about these entries belongs, sorted.

    An entry is active in the fields it names, in those of its projects, and in those of the round that are an exact or
    close match of one of them, one step only. Fields common to all entries count; without any, those of a project or
    event; else those of any of them.
    """
    own = {ref.iri for ref in working_fields(store, round_slug)}
    held, matches = _held(store), network.field_matches(store)
    each = [_of_round(iri, held, matches, own) for iri in iris]
    known = [fields for fields in each if fields]
    if not known:
        return ()
    common = set.intersection(*known)
    return tuple(sorted(common or set.union(*known)))


def _of_round(
    iri: str, held: Mapping[str, frozenset[str]], matches: Mapping[str, frozenset[str]], own: set[str]
) -> set[str]:
    fields = held.get(iri, frozenset()) | ({iri} & matches.keys() | ({iri} & own))
    return {other for field in fields for other in (field, *matches.get(field, ())) if other in own}


def _held(store: Store) -> Mapping[str, frozenset[str]]:
    return store.cached("rounds-held", lambda: _read_held(store))


def _read_held(store: Store) -> dict[str, frozenset[str]]:
    """Actor, project or event → its fields, through its projects too."""
    links = network.facts(store).links
    direct: defaultdict[str, set[str]] = defaultdict(set)
    for link in links:
        if link.relation == "field":
            direct[link.subject].add(link.object)
    found = {iri: set(fields) for iri, fields in direct.items()}
    for link in links:
        if link.relation == "involvement":
            found.setdefault(link.subject, set()).update(direct.get(link.object, ()))
    return {iri: frozenset(fields) for iri, fields in found.items()}
