"""Missing partnerships: who should meet whom, who is missing at which table, and how well such lists did before.

>>> lines = gaps(store, "introduce", limit=20)                     # doctest: +SKIP
>>> lines[0].reasons[0].text.de                                    # doctest: +SKIP

The method is untrained: every summand of a score is a sentence, so that the score is the explanation. Nothing is
said as a percentage, because probabilities learned from so few records would be wrong several times over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.errors import BadInput, NotFound
from graph.gaps.choices import named_choices
from graph.gaps.filters import SUBJECTS, day_of, filters
from graph.gaps.gap import SEPARATOR, Gap, Reason, Ref, Text
from graph.gaps.kinds import KINDS, LISTS, USUAL, Situation, checked_kind, gap_list
from graph.gaps.output import as_csv, as_json, backtest_csv

if TYPE_CHECKING:
    from datetime import date

    from graph.gaps.evidence import Evidence
    from graph.gaps.panel import Backtest
    from graph.gaps.records import Records, Source
    from graph.store import Store

__all__ = [
    "KINDS",
    "LISTS",
    "MOST_LINES",
    "SEPARATOR",
    "USUAL",
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
    "sources",
]

MOST_LINES = 500
"""Lines a list may have."""


def gaps(
    store: Store,
    kind: str,
    *,
    as_of: date | None = None,
    matches: bool = False,
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
        narrowed: slugs: handlungsfeld ("2022-4"; a side or the project is active in it), round (in one of its
            fields), place (a side or the project is there), actor (every line has it); for `table` also project,
            event or statement: the table of that one.
        limit: greatest number of lines, 1..500. No actor stands in more than two (`actor` excepted); a quarter is
            kept for newcomers, a quarter for bridges between sectors, as far as there are any.

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
    evidence = _evidence(store, as_of)
    wanted = filters(_all_records(store), matches=matches, **narrowed)
    key = ("gaps", kind, evidence.horizon, wanted, limit)
    return list(store.cached(key, lambda: gap_list(Situation(store, evidence), kind).gaps(wanted, limit)))


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
    return found


def sources(store: Store, gap: Gap) -> dict[str, tuple[Source, ...]]:
    """The sources of each reason of a gap, each once, by the reason's kind."""
    known = _all_records(store).sources
    found = {reason.kind: [source for iri in reason.evidence for source in known[iri]] for reason in gap.reasons}
    return {kind: tuple(dict.fromkeys(named)) for kind, named in found.items()}


def choices(store: Store) -> dict[str, list[Ref]]:
    """What a list can be narrowed to, by name: handlungsfeld, round, place, actor, project, event, statement.

    Fields and rounds of the latest round come first; fields name their round.
    """
    return store.cached("gaps-choices", lambda: named_choices(_all_records(store)))


def backtest(store: Store) -> Backtest:
    """How good the lists would have been in past rounds, against the standard indices; see `graph.gaps.panel`."""
    from graph.gaps.panel import backtest as measured

    return store.cached("gaps-backtest", lambda: measured(_all_records(store)))


def _all_records(store: Store) -> Records:
    from graph.gaps.reading import records

    return records(store)


def _evidence(store: Store, as_of: date | None) -> Evidence:
    from graph.gaps.evidence import Evidence
    from graph.gaps.horizon import Horizon

    horizon = Horizon.of(as_of)
    return store.cached(("gaps-evidence", horizon), lambda: Evidence(_all_records(store), horizon))
