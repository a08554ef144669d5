"""Two rounds side by side: which partnerships are new, kept and lost, in all and in each Handlungsfeld."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from graph import measures, network
from graph.directory import names
from graph.errors import NotFound
from graph.rounds.reading import working_fields

if TYPE_CHECKING:
    import networkx as nx

    from graph.directory import Ref
    from graph.store import Store


@dataclass(frozen=True)
class Partnership:
    """Two actors, and the projects through which they were partners; () for a declared tie."""

    actors: tuple[Ref, Ref]
    via: tuple[Ref, ...]


@dataclass(frozen=True)
class Change:
    """Partnerships of one Handlungsfeld, or of all (`field` None), of the later round against the earlier one.

    Attributes:
        field: the Handlungsfeld of the later round, its matches in other rounds included.
        new, kept, lost: by name.
    """

    field: Ref | None
    new: tuple[Partnership, ...]
    kept: tuple[Partnership, ...]
    lost: tuple[Partnership, ...]


@dataclass(frozen=True)
class Comparison:
    """Two rounds compared.

    Attributes:
        before, after: the rounds. days: first and last day of each.
        total: of the whole network. fields: of each Handlungsfeld of the later round.
    """

    before: Ref
    after: Ref
    days: tuple[tuple[date, date], tuple[date, date]]
    total: Change
    fields: tuple[Change, ...]


def earlier_rounds(store: Store, round_slug: str, language: str = "de") -> tuple[Ref, ...]:
    """The rounds that began before a round, latest first; those without a first day are left out."""
    starts = _starts(store)
    own = starts.get(round_slug)
    called = names(store, language)
    found = sorted(((start, slug) for slug, start in starts.items() if own and start < own), reverse=True)
    return tuple(ref for _, slug in found if (ref := called.ref(f"{store.base_iri}round/{slug}")))


def compare(store: Store, before: str, after: str, *, hubs: bool = True, language: str = "de") -> Comparison:
    """Compare the partnerships of the years of two rounds.

    A round lasts until the next begins, the last one until further notice. Partners are those who are Träger, partner
    or place of a project in these years, or named as cooperating; what bears no date is not counted.

    Args:
        store: where.
        before: slug of the earlier round.
        after: slug of the later one.
        hubs: False leaves out the QM, authorities and funders.
        language: of all names.

    Raises:
        NotFound: a round that does not exist or has no first day.
    """
    key = ("rounds-compare", before, after, hubs, language)
    return store.cached(key, lambda: _compare(store, before, after, hubs=hubs, language=language))


def _compare(store: Store, before: str, after: str, *, hubs: bool, language: str) -> Comparison:
    called = names(store, language)
    days = _days(store, before), _days(store, after)
    refs = [called.ref(f"{store.base_iri}round/{slug}") for slug in (before, after)]
    if refs[0] is None or refs[1] is None:
        raise NotFound("round", before if refs[0] is None else after)
    fields = working_fields(store, after, language)
    return Comparison(
        before=refs[0],
        after=refs[1],
        days=days,
        total=_change(store, days, None, hubs=hubs, language=language),
        fields=tuple(_change(store, days, field, hubs=hubs, language=language) for field in fields),
    )


def _change(
    store: Store, days: tuple[tuple[date, date], tuple[date, date]], field: Ref | None, *, hubs: bool, language: str
) -> Change:
    networks = [_partners(store, first, last, field, hubs=hubs) for first, last in days]
    found = measures.renewal(*networks)
    called = names(store, language)

    def named(ties: tuple[tuple[str, str], ...], which: nx.Graph[str]) -> tuple[Partnership, ...]:
        listed = []
        for one, other in ties:
            actors = called.ref(one), called.ref(other)
            via = (called.ref(iri) for iri in which.edges[one, other]["via"])
            if actors[0] and actors[1]:
                listed.append(Partnership((actors[0], actors[1]), tuple(ref for ref in via if ref)))
        return tuple(sorted(listed, key=lambda pair: tuple(ref.label.casefold() for ref in pair.actors)))

    return Change(field, named(found.new, networks[1]), named(found.kept, networks[1]), named(found.lost, networks[0]))


def _partners(store: Store, first: date, last: date, field: Ref | None, *, hubs: bool) -> nx.Graph[str]:
    scope = network.Scope(
        since=first,
        as_of=last,
        dated=True,
        handlungsfelder=frozenset({field.slug}) if field else frozenset(),
        matches=field is not None,
        without=frozenset() if hubs else frozenset(network.HUB_GROUPS),
        roles=network.PARTNERSHIP_ROLES,
    )
    return network.one_mode(network.two_mode(store, scope))


def _starts(store: Store) -> dict[str, date]:
    return {slug: period.start for slug, period in network.facts(store).rounds.items() if period.start}


def _days(store: Store, slug: str) -> tuple[date, date]:
    starts = _starts(store)
    if slug not in starts:
        raise NotFound("round", slug)
    later = sorted(start for start in starts.values() if start > starts[slug])
    return starts[slug], later[0] - timedelta(days=1) if later else date.max
