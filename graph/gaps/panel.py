"""How good the lists would have been in the past, against the standard indices on the same windows.

Introduce: rolling windows of two years, one for each year; ranked on the eve of the window with facts from before
it, by the very functions of the live list. Ranked are all pairs of actors without an earlier partnership (nothing
else is barred, authorities included, for every method alike); a hit is a pair whose first dated joint project or
cooperation begins in the window. Table: each project that begins in a window, ranked on the eve of the latest of them;
hits are its partners and places besides the Träger, all other actors are misses.

In a district of thousands (`panel_pairs.MOST_PAIRS`) only our candidates are ranked, which hold whoever has a common
partner, and of own lists and projects some hundred drawn ones are judged, the same by every method.

What leaks is taken away: places of projects that are an actor's own address, what actors state of fields and target
groups (undated, often written down because of the very project), and every undated fact.

Measured on the Pankstraße example (value and 95 % interval; 14 windows from 2011 to 2025, 36 projects):

=========  ======================  ===========================================================================
list       ours                    others
=========  ======================  ===========================================================================
introduce  p20 .057 (.029–.093)    popularity .033, preferential attachment .020, the other indices .007 or less
introduce  map .176 (.133–.222)    popularity .160, preferential attachment .143, the other indices .083 or less
introduce  any10 .414 (.332–.506)  popularity .325, preferential attachment .271, the other indices .212 or less
table      any10 .583 (.444–.750)  text .456, partners of the Träger .293, popularity .283, same field .160
table      recall10 .375           text .209, partners of the Träger .166, popularity .117, same field .074
table      map .244 (.156–.349)    text .125, partners of the Träger .120, popularity .098, same field .046
=========  ======================  ===========================================================================

Of 377 new pairs 58 were among the candidates of a window: a perfect order of those would reach p20 .368.

Of the 16 hits behind p20 .057 all but one have a side that no list shows (QM, authorities, bodies of the QM). Among the
pairs a list may show, 51 came true; 2 stood among the first 20 of their window (chance: 0.3; every index: 0.1 or less),
15 among the first 500 (chance: 7.5), and a true pair stands above an untrue one in 66 % of cases (popularity: 59 %).
So `introduce` orders better than chance and than the indices, and its single lines are still mostly not what happened
next; `table` is right in 18 of 108 of its three first lines. Street distance joined the bracket on these grounds.

Held out, one Handlungsfeld at a time (its matched fields of all rounds; 41 projects and fields, 270 pairs): the
normal weights there, weights chosen from 108 steps by what all other fields say, and the best others of the same run.

=========  =============  ==============  ===========================================================================
list       normal         chosen by rest  others
=========  =============  ==============  ===========================================================================
table      any10 .659     .707            text .571, partners of the Träger .295, popularity .282, same field .179
table      map .261       .240            text .140, partners of the Träger .121, popularity .099, same field .046
introduce  p20 .035       .034            popularity .021, preferential attachment .011, the other indices .004 or less
=========  =============  ==============  ===========================================================================

So the normal weights do not hang on any one field, and choosing anew gains by one measure at most. `table` is first
over all and clearly in Bildung (12 projects: any10 .833, text .583), but not by both measures everywhere: in
Öffentlicher Raum (11) text has map .137 against .135. Three fields have two projects each and prove nothing.

On drawn districts (`tests/drawn_districts.py`), where one partner in four is a partner's partner, both lists once lost
to the indices by half. Since then a common partner counts the more the rarer it is, *bereit* begins at 1, and partners
of the Träger count 6: chosen on 400 and 1000 actors (seeds 1 and 2; the 6 on 800 and 1000) and on the
example (how rare, with a look at 600), measured on others too:

=====================  =======================  ========================  ========================
introduce, map         ours (before)            resource allocation       best other
=====================  =======================  ========================  ========================
400 actors, seed 1     .152 (.085)              .141                      Katz .155
1000 actors, seed 2    .146 (.063)              .140                      Adamic–Adar .141
600 actors, seed 11    .157, looked at once     .157                      resource allocation .157
800 actors, seed 12    .159, not chosen by      .154                      Jaccard .155
3000 actors, seed 21   .115, not chosen by      .111                      Adamic–Adar .111
=====================  =======================  ========================  ========================

p20 is .033 to .041 there (before: .002 to .004), behind resource allocation (.034 to .052) or Katz (.067): where all
that binds is a common partner, the first twenty of a formula that knows more are no better. `table` is first by every
measure on those of 400 to 1000 (map .262, .258, .287, .259, of the partners of the Träger alone .236, .241, .270, .246;
before .182 and .131 on the first two). The panel of the app shows it, for all methods stand in it side by side.

The weights of `introduce` for events and bodies, and of `table` for text, kind and field, were chosen on these same
windows, and one Quartier cannot tell 5 % from 10 %: read the figures as "better than the indices", not as a promise.
Hits say what was usual, not what is useful. Measured are the normal weights; where the team moved some, the same
lists with its weights stand beside them as `team_weights`. How much a common partner counts in `introduce` hangs on
how many pairs have one; a list that is shown leaves out the QM and authorities, so there it is a little more (on the
example 2.1 for 2.0 today, 4.0 for 3.4 in 2016).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from graph.gaps.panel_pairs import LINES, pair_trial
from graph.gaps.panel_tables import seat_trials
from graph.gaps.shown import Shown, Strength, live_list
from graph.gaps.trials import any_hit, average_precision, expected_hits, measured
from graph.gaps.weights import NORMAL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from graph.gaps.panel_pairs import PairTrial
    from graph.gaps.panel_tables import SeatTrial
    from graph.gaps.records import Actor, Event, Involvement, Membership, Project, Records, Tie
    from graph.gaps.weights import Weights

YEARS = 2
"""Length of a window."""

OWN = 10
"""Lines of an actor's own list that are judged."""

HISTORY = 10
"""Projects that must have begun before a window; from fewer nothing can be learned."""

RANKS = {"stark": (0, 20), "mittel": (20, 100), "schwach": (100, 500)}
"""Ranks of `introduce` a strength stands for, as in `pair_list`."""

SEAT_RANKS = {"stark": (0, 3), "mittel": (3, 10), "schwach": (10, 30)}
"""Ranks at one table a strength stands for, as in `seat_list`."""


@dataclass(frozen=True)
class Backtest:
    """The panel: methods × measures, each as value, low, high.

    Attributes:
        introduce: p20, map and any10 by method; windows, ceiling (p20 of a perfect order of the candidates), new_pairs
            (each once, however many windows hold it), knowable_pairs (those that were candidates).
            map and any10 are those of the own lists of actors that had a record before and found a partner.
        table: any10, recall10 and map by method; projects.
        hits: expected hits of our first 20 of each window. lines: how many lines that are. barred: how many of these
            hits have a side that the list of today leaves out (QM, authorities beyond reach and the like).
        live: hits among the first 20 that the list of today would show, by our order and by chance.
        strengths: list → stark, mittel, schwach → how many such lines came true, and of how many; of `introduce` among
            the pairs the list of today would show.
        shown: for each window the list that would have been shown, with what came true.
        seats: for each project its first ten, with who came.
    """

    introduce: dict[str, Any]
    table: dict[str, Any]
    hits: float = 0.0
    lines: int = 0
    barred: float = 0.0
    live: tuple[float, float] = (0.0, 0.0)
    strengths: dict[str, dict[str, Strength]] | None = None
    shown: tuple[Shown, ...] = ()
    seats: tuple[Shown, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The figures as plain lists and numbers, as agreed."""
        return {"introduce": self.introduce, "table": self.table}


def backtest(records: Records, team: Weights = NORMAL) -> Backtest:
    """Judge both lists on all windows of the records.

    Args:
        records: all of them.
        team: the weights the team set; where they are not the normal ones, they are judged beside them.
    """
    honest = without_leaks(records)
    windows = _windows(honest)
    pairs, lives = [], []
    for start, end in windows:  # of each no more is kept than its figures: the scores of millions of pairs are let go
        trial = pair_trial(honest, start, end, team)
        pairs.append(_figures(trial))
        lives.append(live_list(honest, trial))
    seats = seat_trials(honest, windows, team)
    return Backtest(
        introduce=_introduce(pairs),
        table=_table(seats),
        hits=sum(figures.hits for figures in pairs),
        lines=LINES * len(pairs),
        barred=sum(figures.barred for figures in pairs),
        live=(
            sum(expected_hits(live.scores, live.hits, LINES) for live in lives),
            sum(expected_hits(np.zeros_like(live.scores), live.hits, LINES) for live in lives),
        ),
        strengths={
            "introduce": _strengths([(live.scores, live.hits) for live in lives], RANKS),
            "table": _strengths([(trial.scores["pankenetz"], trial.hits) for trial in seats], SEAT_RANKS),
        },
        shown=tuple(live.shown for live in lives),
        seats=tuple(trial.shown() for trial in seats),
    )


def basis(records: Records) -> tuple[Records, frozenset[str]]:
    """What a backtest rests on: the records, and which of them have a source, since no other may be told."""
    entries: tuple[Actor | Event | Involvement | Membership | Project | Tie, ...] = (
        *records.actors,
        *records.projects,
        *records.events,
        *records.involvements,
        *records.memberships,
        *records.ties,
    )
    sourced = frozenset(entry.iri for entry in entries if entry.iri in records.sources)
    return replace(records, sources={}), sourced


def without_leaks(records: Records) -> Records:
    """The records without what was often written down because of the very project a window is judged by."""
    sites = {actor.place for actor in records.actors}
    actors = {actor.iri for actor in records.actors}
    kept = (x for x in records.traits if x.entry not in actors and not (x.kind == "place" and x.value in sites))
    return replace(records, traits=tuple(kept))


def _windows(records: Records) -> list[tuple[date, date]]:
    """First and last day of each window: every year with projects enough before it, and a whole window of records."""
    starts = sorted(project.start for project in records.projects if project.start)
    if len(starts) <= HISTORY:
        return []
    years = range(starts[HISTORY].year + 1, starts[-1].year - YEARS + 1)
    return [(date(year, 1, 1), date(year + YEARS - 1, 12, 31)) for year in years]


def _strengths(
    judged: Sequence[tuple[NDArray[np.float64], NDArray[np.bool_]]], ranks: dict[str, tuple[int, int]]
) -> dict[str, Strength]:
    """How many lines of each range of ranks came true in all trials."""
    found = {}
    for name, (above, last) in ranks.items():
        hits = sum(expected_hits(scores, truth, last) - expected_hits(scores, truth, above) for scores, truth in judged)
        lines = sum(min(len(scores), last) - min(len(scores), above) for scores, _ in judged)
        found[name] = Strength(round(hits), lines)
    return found


@dataclass(frozen=True)
class _Figures:
    """What is kept of a window: by method its p20, and map and any10 of each own list; and what `PairTrial` says."""

    methods: dict[str, tuple[float, list[float], list[float]]]
    summary: dict[str, Any]
    hits: float
    barred: float
    new: frozenset[tuple[int, int]]
    knowable: frozenset[tuple[int, int]]


def _figures(trial: PairTrial) -> _Figures:
    return _Figures(
        methods={
            name: (trial.precision(name), trial.own(name, average_precision), trial.own(name, _first_ten))
            for name in trial.scores
        },
        summary=trial.summary(),
        hits=expected_hits(trial.scores["pankenetz"], trial.hits, LINES),
        barred=trial.barred_hits(),
        new=trial.new,
        knowable=trial.knowable,
    )


def _introduce(windows: Sequence[_Figures]) -> dict[str, Any]:
    names = list(windows[0].methods) if windows else []
    none: frozenset[tuple[int, int]] = frozenset()
    return {
        "methods": {
            name: {
                "p20": measured([window.methods[name][0] for window in windows]),
                "map": measured([value for window in windows for value in window.methods[name][1]]),
                "any10": measured([value for window in windows for value in window.methods[name][2]]),
            }
            for name in names
        },
        "windows": [window.summary for window in windows],
        "ceiling": float(np.mean([min(len(w.knowable), LINES) / LINES for w in windows])) if windows else 0.0,
        "new_pairs": len(none.union(*(window.new for window in windows))),
        "knowable_pairs": len(none.union(*(window.knowable for window in windows))),
    }


def _first_ten(scores: NDArray[np.float64], hits: NDArray[np.bool_]) -> float:
    return any_hit(scores, hits, OWN)


def _table(trials: Sequence[SeatTrial]) -> dict[str, Any]:
    names = list(trials[0].scores) if trials else []
    measures = ("any10", "recall10", "map")
    judged = {name: [trial.measures(name) for trial in trials] for name in names}
    return {
        "methods": {
            name: {key: measured([values[at] for values in judged[name]]) for at, key in enumerate(measures)}
            for name in names
        },
        "projects": len(trials),
    }
