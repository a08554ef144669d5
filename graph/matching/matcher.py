"""Which known body is meant by a name: candidates by shared words, compared one by one, judgements above all."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from graph.matching.body import Body, Judgement, Match
from graph.matching.comparison import Verdict, compare
from graph.matching.described import Described, Legend, clues, described
from graph.matching.evidence import confirmed, is_called_the_same
from graph.matching.sides import plain_side
from graph.matching.spelling import Spelling, sort_of, spelling
from graph.matching.words import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_FAMILIES: Final = {"Project": "project", "Event": "event", "Place": "place"}
_CANDIDATES: Final = 15
"""So many bodies that share most are compared with a name."""
_FREQUENT: Final = 60
"""A word that more bodies have does not make candidates by itself."""
_TELLING: Final = 50
"""Hundredths of weight that two bodies must share before they are looked at as doubles: one word that tells them."""
_SORT_WEIGHT: Final = {
    "own": 1.0,
    "number": 0.8,
    "beside": 0.8,
    "facility": 0.3,
    "body": 0.3,
    "topic": 0.3,
    "descriptive": 0.15,
    "region": 0.05,
}
_JUDGED: Final = ("judged",)
_ORDER: Final = {"same": 2, "unsure": 1, "new": 0}


class Matcher:
    """The bodies that are known, and the question which of them a name means.

    Args:
        bodies: what is known.
        legend: what abbreviations of the lists at hand mean ("KJH" → "Kinder- und Jugendhaus").
        judgements: decisions of people; they win over everything.
    """

    def __init__(
        self,
        bodies: Iterable[Body] = (),
        *,
        legend: Mapping[str, str] | None = None,
        judgements: Iterable[Judgement] = (),
    ) -> None:
        self._legend = Legend(legend or {})
        self._entries: dict[str, Described] = {}
        self._having: dict[str, set[str]] = defaultdict(set)
        self._counts: Counter[str] = Counter()
        self._weights: dict[str, float] = {}
        self._judged: dict[str, dict[str, bool]] = defaultdict(dict)
        self._named: dict[str, set[str]] = defaultdict(set)
        for judgement in judgements:
            one, other = plain_side(judgement.name), plain_side(judgement.key)
            # The newest comes first and wins.
            self._judged[one].setdefault(other, judgement.same)
            self._judged[other].setdefault(one, judgement.same)
        for body in bodies:
            self.add(body)

    def add(self, body: Body) -> None:
        """Know one more body; one with the key of a known body is that body with more names."""
        if body.key in self._entries:
            self.extend(body.key, body)
            return
        entry = described(body, self._legend)
        self._entries[body.key] = entry
        self._weights.clear()
        for clue in clues(entry):
            self._having[clue].add(body.key)
        if self._judged:
            for side in _sides(body):
                self._named[side].add(body.key)
        self._counts.update({word for each in entry.spellings for word in each.words})

    def extend(self, key: str, more: Body) -> None:
        """Know a known body by further names, and by an address or site if it had none."""
        known = self._entries[key].body
        self._counts.subtract({word for each in self._entries.pop(key).spellings for word in each.words})
        self.add(
            replace(
                known,
                names=tuple(dict.fromkeys((*known.names, *more.names))),
                former=tuple(dict.fromkeys((*known.former, *more.former))),
                abbreviations=tuple(dict.fromkeys((*known.abbreviations, *more.abbreviations))),
                legal_form=known.legal_form or more.legal_form,
                address=known.address or more.address,
                website=known.website or more.website,
                place=known.place or more.place,
                networks=tuple(dict.fromkeys((*known.networks, *more.networks))),
            )
        )

    def remove(self, key: str) -> None:
        """Know a body no more."""
        entry = self._entries.pop(key)
        self._weights.clear()
        for clue in clues(entry):
            self._having[clue].discard(key)
        for side in _sides(entry.body) if self._judged else ():
            self._named[side].discard(key)
        self._counts.subtract({word for each in entry.spellings for word in each.words})

    def knows(self, text: str) -> bool:
        """Whether a text is, but for spelling and legal form, the name or short form of a known body."""
        found = spelling(text)
        keys = self._having.get(f"={found.squash}", set()) | self._having.get(f"!{folded(text.strip())}", set())
        return any(self._has_name(self._entries[key], found, text) for key in keys)

    @staticmethod
    def _has_name(entry: Described, found: Spelling, text: str) -> bool:
        return folded(text.strip()) in entry.shorts or any(each.squash == found.squash for each in entry.spellings)

    def match(self, body: Body) -> Match:
        """Which known body this is.

        Returns:
            "same" only if exactly one known body fits and nothing speaks against it.
        """
        entry = described(body, self._legend)
        found = [
            (key, verdict) for key in self._candidates(entry) if (verdict := self._verdict(entry, self._entries[key]))
        ]
        found = [(key, verdict) for key, verdict in found if verdict.outcome != "new"]
        found.sort(key=_rank)
        if not found:
            return Match("new")
        key, best = found[0]
        others = tuple(other for other, _ in found[1:6])
        rivals = [
            other for other, verdict in found[1:] if verdict.outcome == "same" and verdict.is_exact >= best.is_exact
        ]
        if best.outcome == "same" and rivals and best.reasons != _JUDGED:
            return Match("unsure", key, best.score, (*best.reasons, f"several: {1 + len(rivals)}"), others)
        return Match(best.outcome, key, round(best.score, 3), best.reasons, others)

    def judged(self, body: Body) -> dict[str, bool]:
        """What people said of a body: keys of known bodies that it is (True), or is not."""
        if not self._judged:
            return {}
        entry = described(body, self._legend)
        keys = {
            key
            for side in _sides(body)
            for other in self._judged.get(side, ())
            for key in self._named.get(other, ())
            if key in self._entries
        }
        said = ((key, self._judgement(entry, self._entries[key])) for key in sorted(keys))
        return {key: same for key, same in said if same is not None}

    def pairs(self) -> Iterator[tuple[str, str, Verdict]]:
        """Known bodies that may be the same: their keys, sorted, and what their names and addresses say."""
        seen: set[tuple[str, str]] = set()
        for key, entry in self._entries.items():
            for other in self._candidates(entry, least=_TELLING):
                pair = (min(key, other), max(key, other))
                if key == other or pair in seen:
                    continue
                seen.add(pair)
                verdict = self._verdict(*(self._entries[each] for each in pair))
                if verdict and verdict.outcome != "new":
                    yield *pair, verdict

    def _candidates(self, entry: Described, least: int = 0) -> list[str]:
        """Keys of bodies that share most, by the weight (in hundredths) of what they share; at most `_CANDIDATES`."""
        shared: Counter[str] = Counter()
        for clue in clues(entry, is_asking=True):
            keys = self._having.get(clue, ())
            if len(keys) <= _FREQUENT or clue[0] in "=!":
                weight = 1000 if clue[0] in "=!" else max(1, int(100 * self._weight(clue)))
                for key in keys:
                    shared[key] += weight
        judged = (
            key
            for side in (_sides(entry.body) if self._judged else ())
            for other in self._judged.get(side, ())
            for key in self._named.get(other, ())
        )
        if least:
            shared = Counter({key: weight for key, weight in shared.items() if weight >= least})
        best = sorted(shared, key=lambda key: (-shared[key], key))[:_CANDIDATES]
        return [key for key in dict.fromkeys([*judged, *best]) if key in self._entries]

    def _weight(self, word: str) -> float:
        """How much a word tells the known bodies apart, 0–1."""
        if word not in self._weights:
            count, bodies = self._counts[word], max(len(self._entries), 8)
            rarity = max(0.1, 1 - math.log(count) / math.log(bodies) * 1.3) if count > 2 else 1.0
            self._weights[word] = _SORT_WEIGHT[sort_of(word)] * rarity
        return self._weights[word]

    def _verdict(self, asking: Described, known: Described) -> Verdict | None:
        family = _family(known.body.klass)
        if _family(asking.body.klass) != family and asking.body.klass and known.body.klass:
            return None
        judged = self._judgement(asking, known) if self._judged else None
        if judged is not None:
            return Verdict("same" if judged else "new", 1.0 if judged else 0.0, _JUDGED, is_exact=True)
        verdicts = list(self._compared(asking, known))
        best = max(verdicts, key=lambda verdict: (_ORDER[verdict.outcome], verdict.is_exact, verdict.score))
        if family != "body" and best.outcome == "same" and not is_called_the_same(asking, known):
            # Phases, parts and years of projects, and places within places, are called alike and are others.
            return replace(best, outcome="unsure", score=best.score * 0.9)
        return confirmed(best, asking, known)

    def _judgement(self, asking: Described, known: Described) -> bool | None:
        """What a person said of the two; that they are two weighs more than that some of their names are one."""
        sides = set(_sides(known.body))
        said = {
            same for side in _sides(asking.body) for other, same in self._judged.get(side, {}).items() if other in sides
        }
        return None if not said else False not in said

    def _compared(self, asking: Described, known: Described) -> Iterator[Verdict]:
        if short := next(iter(asking.shorts & known.shorts), ""):
            yield Verdict("same", 1.0, (f"abbreviation: {short}",), is_exact=True)
        for one in asking.spellings:
            for other in known.spellings:
                verdict = compare(one, other, self._weight, legal=(asking.legal, known.legal))
                if verdict.outcome == "same" and other.text in known.former:
                    verdict = replace(verdict, reasons=(f"former name: {other.text}", *verdict.reasons[1:]))
                yield verdict


def _rank(found: tuple[str, Verdict]) -> tuple[object, ...]:
    """What a person said before what the names say; sure before unsure, exact before alike."""
    key, verdict = found
    return (verdict.reasons != _JUDGED, -_ORDER[verdict.outcome], not verdict.is_exact, -verdict.score, key)


def _family(klass: str) -> str:
    return _FAMILIES.get(klass.rpartition(":")[2], "body")


def _sides(body: Body) -> Iterator[str]:
    """What judgements may call a body: its key, its names."""
    yield from map(plain_side, dict.fromkeys((body.key, *body.names, *body.former, *body.abbreviations)))
