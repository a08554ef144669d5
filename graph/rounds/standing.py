"""What the team said about gaps, for the lists: the state of each, and those that are not to be suggested again."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from graph.directory.values import table
from graph.rounds.model import KNOWN, UNFIT, state_of
from graph.rounds.reading import suggestions

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from graph.rounds.model import Suggestion, Verdict
    from graph.store import Store

_ROUNDS: Final = 2
"""So many rounds of work a line that was found unfit stays away."""


@dataclass(frozen=True)
class Standing:
    """What the team said about one gap, in all rounds.

    Attributes:
        gap_id: the gap.
        state: `open`, a verdict, or several joined with " / " where people disagree.
        verdicts: all of them, newest first.
        lines: the suggestions they belong to.
    """

    gap_id: str
    state: str
    verdicts: tuple[Verdict, ...]
    lines: tuple[Suggestion, ...]


def verdicts_by_gap(store: Store, language: str = "de") -> Mapping[str, Standing]:
    """The standing of every gap that is a line of some round, by the id the lists know it under today."""
    return store.cached(("rounds-standing", language), lambda: _standings(store, language))


def settled(store: Store, before: dt.date | None = None) -> frozenset[str]:
    """Ids of the gaps that the lists leave out.

    Those of which everybody last said that the two knew each other, and those that everybody last found unfit in one
    of the last two rounds that have lines. Where people disagree, the gap stays.

    Args:
        store: whose verdicts.
        before: only verdicts of earlier days count, so that a list of a day does not change while it is decided on;
            None for all.
    """
    return store.cached(("rounds-settled", before), lambda: _settled(store, before))


def _standings(store: Store, language: str) -> dict[str, Standing]:
    lines: dict[str, list[Suggestion]] = defaultdict(list)
    for one in suggestions(store, language):
        if one.gap_id:
            lines[one.gap_id].append(one)
    return {gap_id: _standing(gap_id, own) for gap_id, own in lines.items()}


def _standing(gap_id: str, lines: list[Suggestion]) -> Standing:
    verdicts = sorted(
        (verdict for one in lines for verdict in one.verdicts), key=lambda one: (one.time, one.iri), reverse=True
    )
    return Standing(gap_id, state_of(verdicts), tuple(verdicts), tuple(lines))


def _settled(store: Store, before: dt.date | None) -> frozenset[str]:
    recent = _last_rounds(store)
    said: dict[str, list[tuple[Verdict, str]]] = defaultdict(list)
    for gap_id, standing in verdicts_by_gap(store).items():
        for line in standing.lines:
            counted = (one for one in line.verdicts if before is None or one.time.date() < before)
            said[gap_id] += [(verdict, line.round) for verdict in counted]
    return frozenset(gap_id for gap_id, verdicts in said.items() if _is_settled(verdicts, recent))


def _is_settled(said: list[tuple[Verdict, str]], recent: frozenset[str]) -> bool:
    ordered = sorted(said, key=lambda pair: (pair[0].time, pair[0].iri), reverse=True)
    state = state_of(verdict for verdict, _ in ordered)
    if state == UNFIT:
        return any(verdict.verdict == UNFIT and slug in recent for verdict, slug in ordered)
    return state == KNOWN


def _last_rounds(store: Store) -> frozenset[str]:
    used = {one.round for one in suggestions(store)}
    if not used:  # the names of all rounds are those of everything
        return frozenset()
    rounds = table(store, "round", "de")
    starts = sorted(((rounds[slug].text("start"), slug) for slug in used if slug in rounds), reverse=True)
    return frozenset(slug for _, slug in starts[:_ROUNDS])
