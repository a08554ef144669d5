"""How good the lists would have been in the past, against the standard indices on the same windows.

Introduce: rolling windows of two years, one for each year; ranked on the eve of the window with facts from before
it, by the very functions of the live list. Ranked are all pairs of actors without an earlier partnership (nothing
else is barred, authorities included, for every method alike); a hit is a pair whose first dated joint project or
cooperation begins in the window. Table: each project that begins in a window, ranked on the eve of the latest of them;
hits are its partners and places besides the Träger, all other actors are misses.

What leaks is taken away: places of projects that are an actor's own address, what actors state of fields and target
groups (undated, often written down because of the very project), and every undated fact.

Measured on the Pankstraße example (value and 95 % interval; 14 windows from 2011 to 2025, 36 projects):

=========  ======================  ===========================================================================
list       ours                    others
=========  ======================  ===========================================================================
introduce  p20 .057 (.029–.089)    popularity .033, preferential attachment .020, the other indices .007 or less
introduce  map .178 (.135–.228)    popularity .160, preferential attachment .143, the other indices .083 or less
introduce  any10 .408 (.323–.497)  popularity .325, preferential attachment .271, the other indices .212 or less
table      any10 .556 (.417–.722)  text .456, partners of the Träger .293, popularity .283, same field .160
table      recall10 .350           text .209, partners of the Träger .166, popularity .117, same field .074
table      map .241 (.156–.348)    text .125, partners of the Träger .120, popularity .098, same field .046
=========  ======================  ===========================================================================

Of 377 new pairs 58 were among the candidates of a window: a perfect order of those would reach p20 .368.

The weights of `introduce` for events and bodies, and of `table` for text, kind and field, were chosen on these same
windows, and one Quartier cannot tell 5 % from 10 %: read the figures as "better than the indices", not as a promise.
Hits say what was usual, not what is useful.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse

from graph.gaps import matrices as m
from graph.gaps.baselines import pair_baselines
from graph.gaps.candidates import Pairs, candidate_pairs
from graph.gaps.evidence import Evidence
from graph.gaps.horizon import Horizon
from graph.gaps.introduce import pair_scores
from graph.gaps.seats import seat_scores
from graph.gaps.tables import Table
from graph.gaps.trials import any_hit, average_precision, expected_hits, measured

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from graph.gaps.records import Records

YEARS = 2
"""Length of a window."""

LINES = 20
"""Lines of `introduce` that are judged."""

SEATS = 10
"""Lines of `table` that are judged."""

HISTORY = 10
"""Projects that must have begun before a window; from fewer nothing can be learned."""


@dataclass(frozen=True)
class Backtest:
    """The panel: methods × measures, each as value, low, high.

    Attributes:
        introduce: p20, map and any10 by method; windows, ceiling (p20 of a perfect order of the candidates), new_pairs
            (each once, however many windows hold it), knowable_pairs (those that were candidates), lines and hits
            (of our first 20 of each window).
            map and any10 are those of the own lists of actors that had a record before and found a partner.
        table: any10, recall10 and map by method; projects.
    """

    introduce: dict[str, Any]
    table: dict[str, Any]

    def as_json(self) -> dict[str, Any]:
        """The panel as plain lists and numbers."""
        return asdict(self)


def backtest(records: Records) -> Backtest:
    """Judge both lists on all windows of the records."""
    honest = _without_leaks(records)
    windows = _windows(honest)
    return Backtest(_introduce(honest, windows), _table(honest, windows))


def _without_leaks(records: Records) -> Records:
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


def _eve(records: Records, start: date) -> Evidence:
    return Evidence(records, Horizon(start - timedelta(days=1), undated=False))


def _introduce(records: Records, windows: Iterable[tuple[date, date]]) -> dict[str, Any]:
    trials = [_pair_trial(records, start, end) for start, end in windows]
    names = list(trials[0].scores) if trials else []
    hits = [expected_hits(trial.scores["pankenetz"], trial.hits, LINES) for trial in trials]
    return {
        "methods": {
            name: {
                "p20": measured([trial.precision(name) for trial in trials]),
                "map": measured([value for trial in trials for value in trial.own(name, average_precision)]),
                "any10": measured([value for trial in trials for value in trial.own(name, _first_ten)]),
            }
            for name in names
        },
        "windows": [trial.summary() for trial in trials],
        "ceiling": float(np.mean([min(len(trial.knowable), LINES) / LINES for trial in trials])) if trials else 0.0,
        "new_pairs": len(frozenset().union(*(trial.new for trial in trials))),
        "knowable_pairs": len(frozenset().union(*(trial.knowable for trial in trials))),
        "lines": LINES * len(trials),
        "hits": sum(hits),
    }


def _first_ten(scores: NDArray[np.float64], hits: NDArray[np.bool_]) -> float:
    return any_hit(scores, hits, SEATS)


@dataclass(frozen=True)
class _PairTrial:
    """One window: the judged pairs, their scores by method, which came true.

    Pairs that are not judged score nothing by any method; they count in `new` and `all_pairs` only.
    """

    start: date
    pairs: Pairs
    scores: Mapping[str, NDArray[np.float64]]
    hits: NDArray[np.bool_]
    new: frozenset[tuple[int, int]]
    knowable: frozenset[tuple[int, int]]
    all_pairs: int
    known: NDArray[np.bool_]

    def precision(self, name: str) -> float:
        """Share of hits among the first lines; random draws from all pairs there are."""
        if name == "random":
            return len(self.new) / max(self.all_pairs, 1)
        return expected_hits(self.scores[name], self.hits, LINES) / LINES

    def own(self, name: str, measure: Any) -> list[float]:
        """`measure` of the own list of each known actor that found a partner."""
        first, second = self.pairs
        found = np.unique(np.concatenate([first[self.hits], second[self.hits]]))
        lists = ((first == actor) | (second == actor) for actor in found.tolist() if self.known[actor])
        return [measure(self.scores[name][mine], self.hits[mine]) for mine in lists]

    def summary(self) -> dict[str, Any]:
        """The window as it is shown."""
        return {
            "start": self.start.isoformat(),
            "new_pairs": len(self.new),
            "knowable_pairs": len(self.knowable),
            "p20": self.precision("pankenetz"),
        }


def _pair_trial(records: Records, start: date, end: date) -> _PairTrial:
    before, after = _eve(records, start), Evidence(records, Horizon(end, undated=False))
    known, later = m.binary(before.partners), m.binary(after.partners)
    new = sparse.triu(m.csr(later - later.multiply(known)), 1).tocsr()
    new.eliminate_zeros()
    candidates = candidate_pairs(before, everybody=True)
    active = np.diff(before.partners.indptr) > 0
    pairs = _judged(before, candidates, active)
    ours = pair_scores(before, candidates)
    size = len(before.actor_at)
    spread = sparse.csr_array((ours.score, candidates), shape=(size, size))
    held = sparse.csr_array((np.ones(len(candidates.first)), candidates), shape=(size, size))
    return _PairTrial(
        start=start,
        pairs=pairs,
        scores={"pankenetz": m.cells(spread, *pairs), **pair_baselines(before, pairs)},
        hits=m.cells(new, *pairs) > 0,
        new=_keys(new),
        knowable=_keys(m.csr(held.multiply(new))),
        all_pairs=size * (size - 1) // 2 - known.nnz // 2,
        known=(np.diff(before.any_role.indptr) > 0) | active,
    )


def _keys(matrix: sparse.csr_array) -> frozenset[tuple[int, int]]:
    return frozenset(zip(*(side.tolist() for side in matrix.nonzero()), strict=True))


def _judged(evidence: Evidence, candidates: Pairs, active: NDArray[np.bool_]) -> Pairs:
    """Our candidates and all untied pairs of actors with a partner: outside them every index is 0."""
    inside = np.flatnonzero(active)
    rows, columns = (inside[at] for at in np.triu_indices(len(inside), 1))
    size = len(evidence.actor_at)
    first, second = np.concatenate([candidates.first, rows]), np.concatenate([candidates.second, columns])
    keys = np.unique(first * size + second)
    pairs = Pairs(keys // size, keys % size)
    free = m.cells(evidence.partners, *pairs) == 0
    return Pairs(pairs.first[free], pairs.second[free])


def _table(records: Records, windows: Sequence[tuple[date, date]]) -> dict[str, Any]:
    trials: list[dict[str, tuple[float, float, float]]] = []
    seen: set[str] = set()
    for start, end in reversed(windows):
        evidence = _eve(records, start)
        for project in records.projects:
            # Windows overlap: a project is judged once, on the eve of the latest window it begins in.
            if project.start and start <= project.start <= end and project.iri not in seen:
                seen.add(project.iri)
                trials += _seat_trials(records, evidence, Table.of(records, project))
    names = list(trials[0]) if trials else []
    measures = ("any10", "recall10", "map")
    return {
        "methods": {
            name: {key: measured([trial[name][at] for trial in trials]) for at, key in enumerate(measures)}
            for name in names
        },
        "projects": len(trials),
    }


def _seat_trials(records: Records, evidence: Evidence, table: Table) -> list[dict[str, tuple[float, float, float]]]:
    """The trial of one project by method; none if it has no Träger or nobody else."""
    involved = [item for item in records.involvements if item.subject == table.iri]
    carriers = {item.actor for item in involved if item.role == "traeger"}
    wanted = {item.actor for item in involved if item.role in {"partner", "ort"}} - carriers
    if not carriers or not wanted:
        return []
    ours = seat_scores(evidence, replace(table, traeger=tuple(sorted(carriers))))
    scores = {
        "pankenetz": ours.score,
        "random": np.zeros(len(ours.texts)),
        "popularity": evidence.projects_of,
        "partners_of_traeger": ours.partners,
        "same_field": np.nan_to_num(ours.fields),
        "text": ours.texts,
    }
    others = np.array([actor.iri not in carriers for actor in evidence.records.actors], dtype=bool)
    hits = np.array([actor.iri in wanted for actor in evidence.records.actors], dtype=bool)[others]
    return [{name: _seat_measures(values[others], hits) for name, values in scores.items()}]


def _seat_measures(scores: NDArray[np.float64], hits: NDArray[np.bool_]) -> tuple[float, float, float]:
    found = expected_hits(scores, hits, SEATS) / int(hits.sum())
    return any_hit(scores, hits, SEATS), found, average_precision(scores, hits)
