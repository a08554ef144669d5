"""Which known body is meant by a name: candidates by shared words, compared one by one, judgements above all."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from graph.matching.body import Body, Judgement, Match
from graph.matching.comparison import Verdict, compare
from graph.matching.spelling import Spelling, sort_of, spelling
from graph.matching.words import folded, mapping

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_FAMILIES: Final = {"Project": "project", "Event": "event", "Place": "place"}
_CANDIDATES: Final = 15
"""So many bodies that share most are compared with a name."""
_FREQUENT: Final = 60
"""A word that more bodies have does not make candidates by itself."""
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
_ORDER: Final = {"same": 2, "unsure": 1, "new": 0}
_SHARED_HOSTS: Final = (
    "facebook",
    "instagram",
    "berlin.de",
    "wordpress",
    "youtube",
    "wikipedia",
    "google",
    "jimdo",
    "blogspot",
)


@dataclass(frozen=True)
class _Entry:
    body: Body
    spellings: tuple[Spelling, ...]
    shorts: frozenset[str]
    former: frozenset[str]
    legal: str
    house: str
    domain: str


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
        self._legend = {short: _first_meaning(full) for short, full in (legend or {}).items() if short.strip()}
        self._entries: dict[str, _Entry] = {}
        self._having: dict[str, set[str]] = defaultdict(set)
        self._counts: Counter[str] = Counter()
        self._weights: dict[str, float] = {}
        self._judged: dict[tuple[str, str], bool] = {}
        for judgement in judgements:
            pair = (_exact(judgement.name), _exact(judgement.key))
            self._judged[pair] = self._judged[pair[::-1]] = judgement.same
        for body in bodies:
            self.add(body)

    def add(self, body: Body) -> None:
        """Know one more body; one with the key of a known body is that body with more names."""
        if body.key in self._entries:
            self.extend(body.key, body)
            return
        entry = self._entry(body)
        self._entries[body.key] = entry
        self._weights.clear()
        for clue in _clues(entry):
            self._having[clue].add(body.key)
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
            )
        )

    def knows(self, text: str) -> bool:
        """Whether a text is, but for spelling and legal form, the name or short form of a known body."""
        found = spelling(text)
        keys = self._having.get(f"={found.squash}", set()) | self._having.get(f"!{folded(text.strip())}", set())
        return any(self._has_name(self._entries[key], found, text) for key in keys)

    @staticmethod
    def _has_name(entry: _Entry, found: Spelling, text: str) -> bool:
        return folded(text.strip()) in entry.shorts or any(each.squash == found.squash for each in entry.spellings)

    def match(self, body: Body) -> Match:
        """Which known body this is.

        Returns:
            "same" only if exactly one known body fits and nothing speaks against it.
        """
        entry = self._entry(body)
        found = [
            (key, verdict) for key in self._candidates(entry) if (verdict := self._verdict(entry, self._entries[key]))
        ]
        found = [(key, verdict) for key, verdict in found if verdict.outcome != "new"]
        found.sort(key=lambda one: (-_ORDER[one[1].outcome], not one[1].is_exact, -one[1].score, one[0]))
        if not found:
            return Match("new")
        key, best = found[0]
        others = tuple(other for other, _ in found[1:6])
        rivals = [
            other for other, verdict in found[1:] if verdict.outcome == "same" and verdict.is_exact >= best.is_exact
        ]
        if best.outcome == "same" and rivals and best.reasons != ("judged",):
            return Match("unsure", key, best.score, (*best.reasons, f"several: {1 + len(rivals)}"), others)
        return Match(best.outcome, key, round(best.score, 3), best.reasons, others)

    def _entry(self, body: Body) -> _Entry:
        names = dict.fromkeys((*body.names, *body.former))
        meant = [self._legend[name] for name in (*names, *body.abbreviations) if name in self._legend]
        texts = [self._by_legend(name) for name in (*names, *meant) if name.strip()]
        spellings = tuple(dict.fromkeys(map(spelling, texts)))
        shorts = {folded(short.strip()) for short in body.abbreviations} | {each.short for each in spellings}
        shorts |= {folded(name.strip()) for name in names if spelling(name).letters}
        legal = mapping("legal").get(re.sub(r"[\s.]", "", folded(body.legal_form)), "")
        former = frozenset(spelling(name).text for name in body.former)
        return _Entry(
            body, spellings, frozenset(shorts - {""}), former, legal, _house(body.address), _domain(body.website)
        )

    def _by_legend(self, name: str) -> str:
        """A name with the abbreviations of the list's own legend written out, the longest first."""
        words = name.split()
        for count in range(min(3, len(words)), 0, -1):
            for start in range(len(words) - count + 1):
                meaning = self._legend.get(" ".join(words[start : start + count]))
                if meaning:
                    return " ".join((*words[:start], meaning, *words[start + count :]))
        return name

    def _candidates(self, entry: _Entry) -> list[str]:
        """Keys of bodies that share most, by the weight of what they share; at most `_CANDIDATES`."""
        shared: Counter[str] = Counter()
        for clue in _clues(entry, is_asking=True):
            keys = self._having.get(clue, ())
            if len(keys) <= _FREQUENT or clue[0] in "=!":
                weight = 1000 if clue[0] in "=!" else max(1, int(100 * self._weight(clue)))
                for key in keys:
                    shared[key] += weight
        judged = (
            [key for name in _exact_names(entry) for key in self._entries if (name, _exact(key)) in self._judged]
            if self._judged
            else []
        )
        best = sorted(shared, key=lambda key: (-shared[key], key))[:_CANDIDATES]
        return list(dict.fromkeys([*judged, *best]))

    def _weight(self, word: str) -> float:
        """How much a word tells the known bodies apart, 0–1."""
        if word not in self._weights:
            count, bodies = self._counts[word], max(len(self._entries), 8)
            rarity = max(0.1, 1 - math.log(count) / math.log(bodies) * 1.3) if count > 2 else 1.0
            self._weights[word] = _SORT_WEIGHT[sort_of(word)] * rarity
        return self._weights[word]

    def _verdict(self, asking: _Entry, known: _Entry) -> Verdict | None:
        if _family(asking.body.klass) != _family(known.body.klass) and asking.body.klass and known.body.klass:
            return None
        judged = self._judgement(asking, known) if self._judged else None
        if judged is not None:
            return Verdict("same" if judged else "new", 1.0 if judged else 0.0, ("judged",), is_exact=True)
        verdicts = list(self._compared(asking, known))
        best = max(verdicts, key=lambda verdict: (_ORDER[verdict.outcome], verdict.is_exact, verdict.score))
        return _confirmed(best, asking, known)

    def _judgement(self, asking: _Entry, known: _Entry) -> bool | None:
        for name in _exact_names(asking):
            for other in _exact_names(known):
                if (name, other) in self._judged:
                    return self._judged[name, other]
        return None

    def _compared(self, asking: _Entry, known: _Entry) -> Iterator[Verdict]:
        if short := next(iter(asking.shorts & known.shorts), ""):
            yield Verdict("same", 1.0, (f"abbreviation: {short}",), is_exact=True)
        for one in asking.spellings:
            for other in known.spellings:
                verdict = compare(one, other, self._weight, legal=(asking.legal, known.legal))
                if verdict.outcome == "same" and other.text in known.former:
                    verdict = replace(verdict, reasons=(f"former name: {other.text}", *verdict.reasons[1:]))
                yield verdict


def _confirmed(verdict: Verdict, asking: _Entry, known: _Entry) -> Verdict:
    """What addresses and sites add to the names."""
    if verdict.outcome == "same" and asking.house and known.house and asking.house != known.house:
        return Verdict("unsure", verdict.score * 0.9, ("address", *verdict.reasons))
    if not verdict.can_be_confirmed or verdict.score < 0.5:
        return verdict
    if asking.domain and asking.domain == known.domain:
        return Verdict("same", verdict.score, (*verdict.reasons, f"website: {known.domain}"))
    if asking.house and asking.house == known.house:
        return Verdict("same", verdict.score, (*verdict.reasons, f"address: {known.body.address}"))
    return verdict


def _clues(entry: _Entry, *, is_asking: bool = False) -> Iterator[str]:
    """What candidates are found by: words, words less one letter ("-…"), whole names ("=…"), short forms ("!…")."""
    for each in entry.spellings:
        yield from each.words
        yield from each.qualifier
        yield from (f"={squash}" for squash in each.squashes)
        yield from (f"!{letters}" for letters in each.initials)
        if is_asking and each.letters:
            yield f"!{each.letters}"
        yield from (first + second for first, second in zip(each.words, each.words[1:], strict=False))
        for word in each.words:
            if 5 <= len(word) <= 24 and sort_of(word) == "own":
                yield f"-{word}"
                yield from (f"-{word[:at]}{word[at + 1 :]}" for at in range(len(word)))
        if len(each.words) > 1 and _is_ministry(each):
            yield f"={each.words[0]}{each.words[1]}"
    yield from (f"!{short}" for short in entry.shorts)


def _is_ministry(each: Spelling) -> bool:
    return each.words[0] == "senatsverwaltung" or each.words[0].endswith("ministerium")


def _family(klass: str) -> str:
    return _FAMILIES.get(klass.rpartition(":")[2], "body")


def _exact(text: str) -> str:
    return " ".join(folded(text).split())


def _exact_names(entry: _Entry) -> Iterator[str]:
    yield from map(
        _exact, dict.fromkeys((entry.body.key, *entry.body.names, *entry.body.former, *entry.body.abbreviations))
    )


def _first_meaning(full: str) -> str:
    return re.sub(r"\s*\([^()]*\)", "", full).strip()


def _house(address: str) -> str:
    """Street and number, "" if one of them is missing."""
    plain = re.sub(r"\b\d{5}\b.*", "", folded(address))
    found = re.search(r"([^\W\d][^\d,;]*?)\s*(\d{1,4}\s?[a-z]?)\b", plain)
    if not found:
        return ""
    street = re.sub(r"str(?:asse)?\b\.?", "strasse", found[1])
    return re.sub(r"\W", "", street) + found[2].replace(" ", "")


def _domain(website: str) -> str:
    host = urlsplit(website if "//" in website else f"//{website}").hostname or ""
    host = host.removeprefix("www.")
    return "" if any(shared in host for shared in _SHARED_HOSTS) else host
