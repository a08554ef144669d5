"""Missing partnerships: who should meet whom, who is missing at which table, and how well such lists did before.

>>> lines = gaps(store, "introduce", limit=20)                     # doctest: +SKIP
>>> lines[0].reasons[0].text.de                                    # doctest: +SKIP

The method is untrained: every summand of a score is a sentence, so that the score is the explanation. Nothing is
said as a percentage, because probabilities learned from so few records would be wrong several times over.
"""

from __future__ import annotations

from dataclasses import replace
from operator import itemgetter
from typing import TYPE_CHECKING, cast
from weakref import WeakKeyDictionary

from graph.errors import BadInput, NotFound
from graph.gaps.choices import meant, named_choices, offered, written
from graph.gaps.filters import ORDERS, SUBJECTS, day_of, filters
from graph.gaps.gap import SEPARATOR, Gap, Reason, Ref, Text
from graph.gaps.horizon import Horizon
from graph.gaps.kinds import KINDS, LISTS, USUAL, Situation, checked_kind, gap_list
from graph.gaps.output import as_csv, as_json, backtest_csv
from graph.gaps.weights import NORMAL, STEPS, VOICES, set_weights, weights

if TYPE_CHECKING:
    from datetime import date

    from graph.gaps.evidence import Evidence
    from graph.gaps.filters import Filters
    from graph.gaps.pair_list import PairList
    from graph.gaps.panel import Backtest
    from graph.gaps.records import Records, Source
    from graph.store import Store

__all__ = [
    "KINDS",
    "LISTS",
    "MOST_LINES",
    "NORMAL",
    "ORDERS",
    "SEPARATOR",
    "STEPS",
    "USUAL",
    "VOICES",
    "Gap",
    "Reason",
    "Ref",
    "Text",
    "as_csv",
    "as_json",
    "backtest",
    "backtest_csv",
    "choices",
    "day_of",
    "find_gap",
    "gaps",
    "gaps_for_actor",
    "gaps_for_project",
    "meant",
    "offered",
    "set_weights",
    "sources",
    "unserved_fields",
    "weights",
    "written",
]

MOST_LINES = 500
"""Lines a list may have."""

_BACKTESTS: WeakKeyDictionary[Store, tuple[object, Backtest]] = WeakKeyDictionary()
"""The last backtest of each store, with what it rests on."""


def gaps(  # noqa: PLR0913 - a list is asked for by kind, day, order and filters
    store: Store,
    kind: str,
    *,
    as_of: date | None = None,
    matches: bool = False,
    order: str = "obvious",
    limit: int = 20,
    **narrowed: str | None,
) -> list[Gap]:
    """The missing partnerships of one kind, best first.

    Args:
        store: whose records.
        kind: one of `KINDS`: `introduce` (pairs of actors), `table` (actors for a project; without `project` for all
            running ones) …
        as_of: only what was known on that day; without it today, when undated facts count too.
        matches: True takes the fields of other rounds matched with the Handlungsfeld for the same.
        order: `obvious` (naheliegend: by score) or `useful` (nützlich: by what a contact is good for); lists other than
            `introduce` and `table` have one order.
        narrowed: slugs: handlungsfeld ("2022-4"; a side or the project is active in it), round (in one of its
            fields), place (a side or the project is there), actor (every line has it); for `table` also project,
            event or statement: the table of that one.
        limit: greatest number of lines, 1..500. No actor stands in more than two (`actor` excepted); a quarter is
            kept for newcomers, a quarter for bridges between sectors, as far as there are any. Left out are lines
            whose two sides knew each other or that were found unfit in the last two rounds.

    Returns:
        The lines; empty if nothing can be said.

    Raises:
        BadInput: unknown kind, or a limit outside its range.
        NotFound: no actor, project, place or Handlungsfeld of that slug.
    """
    checked_kind(kind)
    if not 1 <= limit <= MOST_LINES:
        raise BadInput("limit", str(limit), (f"1–{MOST_LINES}",))
    for name in SUBJECTS:
        if narrowed.get(name) and kind != "table":
            raise BadInput("kind", kind, ("table",))
    if order not in ORDERS:
        raise BadInput("order", order, ORDERS)

    def build() -> list[Gap]:
        evidence = _evidence(store, as_of)
        wanted = filters(_all_records(store), matches=matches, **narrowed)
        wanted = replace(wanted, order=order, settled=_settled(store, kind, evidence))
        return _lines(Situation(store, evidence), kind, wanted, limit)

    key = ("gaps", kind, Horizon.of(as_of), matches, order, limit, *sorted(filter(itemgetter(1), narrowed.items())))
    return list(store.trailing(key, build))


def _lines(situation: Situation, kind: str, wanted: Filters, limit: int) -> list[Gap]:
    """The lines with what the team said of each; those that are settled are left out by whatever list."""
    ranked = gap_list(situation, kind)
    found = ranked.gaps(wanted, limit)
    if any(gap.id in wanted.settled for gap in found):
        found = ranked.gaps(wanted, min(limit + len(wanted.settled), MOST_LINES))
        found = [gap for gap in found if gap.id not in wanted.settled][:limit]
    return [_said(situation.store, gap) for gap in found]


def _said(store: Store, gap: Gap) -> Gap:
    """The gap with the state it has in the rounds."""
    from graph import rounds

    standing = rounds.verdicts_by_gap(store).get(gap.id)
    return replace(gap, state=standing.state) if standing else gap


def _settled(store: Store, kind: str, evidence: Evidence) -> frozenset[str]:
    """Ids of the lines of a kind that the team has done with; for an earlier day by what was said before it."""
    from graph import rounds

    done = rounds.settled(store, None if evidence.horizon.undated else evidence.horizon.day)
    return frozenset(gap_id for gap_id in done if gap_id.startswith(kind + SEPARATOR))


def unserved_fields(store: Store, *, as_of: date | None = None) -> list[Ref]:
    """Handlungsfelder of the latest round with a stated need for which `introduce` has no suggestion at all."""

    def build() -> list[Ref]:
        return cast("PairList", gap_list(Situation(store, _evidence(store, as_of)), "introduce")).unserved()

    return store.trailing(("gaps-unserved", Horizon.of(as_of)), build)


def gaps_for_actor(store: Store, slug: str, limit: int = 5) -> list[Gap]:
    """Whom an actor should meet, best first.

    Raises:
        NotFound: no such actor.
    """
    return gaps(store, "introduce", actor=slug, limit=limit)


def gaps_for_project(store: Store, slug: str, limit: int = 5) -> list[Gap]:
    """Who is missing at the table of a project, best first.

    Raises:
        NotFound: no such project.
    """
    return gaps(store, "table", project=slug, limit=limit)


def find_gap(store: Store, gap_id: str, *, as_of: date | None = None) -> Gap:
    """One suggestion by its id, whether or not it stands in a list.

    Raises:
        NotFound: no such id, or nothing speaks for it (any more).
    """
    kind, _, rest = gap_id.partition(SEPARATOR)
    found = None
    if kind in LISTS and rest:
        found = gap_list(Situation(store, _evidence(store, as_of)), kind).find(rest)
    if found is None:
        raise NotFound("gap", gap_id)
    return _said(store, found)


def sources(store: Store, gap: Gap) -> dict[str, tuple[Source, ...]]:
    """The sources of each reason of a gap, each once, by the reason's kind."""
    known = _all_records(store).sources
    found = {reason.kind: [source for iri in reason.evidence for source in known[iri]] for reason in gap.reasons}
    return {kind: tuple(dict.fromkeys(named)) for kind, named in found.items()}


def choices(store: Store) -> dict[str, list[Ref]]:
    """What a list can be narrowed to, by name: handlungsfeld, round, place, actor, project, event, statement.

    Fields and rounds of the latest round come first; fields name their round.
    """
    return store.trailing("gaps-choices", lambda: named_choices(_all_records(store)))


def backtest(store: Store) -> Backtest:
    """How good the lists would have been in past rounds, against the standard indices; see `graph.gaps.panel`.

    Computed again only when what it rests on changes: verdicts, notes and contacts do not.
    """
    return store.cached("gaps-backtest", lambda: _backtest(store))


def _backtest(store: Store) -> Backtest:
    from graph.gaps.panel import backtest as measured
    from graph.gaps.panel import basis

    records, team = _all_records(store), weights(store)
    rests_on = basis(records), team
    kept = _BACKTESTS.get(store)
    if kept is None or kept[0] != rests_on:
        kept = _BACKTESTS[store] = rests_on, measured(records, team)
    return kept[1]


def _all_records(store: Store) -> Records:
    from graph.gaps.reading import records

    return records(store)


def _evidence(store: Store, as_of: date | None) -> Evidence:
    from graph.gaps.evidence import Evidence

    horizon = Horizon.of(as_of)
    return store.cached(("gaps-evidence", horizon), lambda: Evidence(_all_records(store), horizon))
