"""Pairs of invented names of eight towns with true answers: two are never made one, most of one are found.

`python tests/graph/test_matching_pairs.py` prints the figures, with `--verbose` the pairs of the towns worked with.
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))

from graph.matching import Body, Match, Matcher

FILE = Path(__file__).with_name("matching_pairs.txt")
WORKED_WITH = ("Nordhafen", "Kesselbach", "Erzhausen", "Mühlrade")
"""Towns whose pairs may be looked at; of the others only the figures."""

_FIELDS = {"a": "address", "w": "website", "o": "place"}


@dataclass(frozen=True)
class Pair:
    """Two descriptions of one thing (`same`) or of two."""

    town: str
    same: bool
    asked: Body
    known: Body


def pairs() -> list[Pair]:
    found, town = [], ""
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            town = line[3:]
        elif line and not line.startswith("#"):
            answer, klass, asked, known = (part.strip() for part in line.split("|"))
            found.append(Pair(town, answer == "same", _body("", klass, asked), _body(line, klass, known)))
    return found


def _body(key: str, klass: str, text: str) -> Body:
    name, *more = (part.strip() for part in text.split(" ; "))
    said = [part.partition("=")[::2] for part in more]
    facts = {_FIELDS[mark]: value for mark, value in said if mark in _FIELDS}
    others = tuple(value for mark, value in said if mark == "x")
    networks = tuple(value for mark, value in said if mark == "n")
    return Body(key=key, names=(name, *others), klass=klass, networks=networks, **facts)


def outcome(pair: Pair, everything: list[Pair]) -> Match:
    """What is found for the one side when the other is known, and all that is known of other towns."""
    known = [each.known for each in everything if each.town != pair.town]
    return Matcher([pair.known, *known]).match(pair.asked)


def figures(chosen: list[Pair], everything: list[Pair]) -> Counter[str]:
    """How many of one are found, asked about and missed; how many of two are merged, asked about and told apart."""
    count: Counter[str] = Counter()
    for pair in chosen:
        match = outcome(pair, everything)
        if pair.same:
            count[{"same": "found", "unsure": "asked", "new": "missed"}[match.outcome]] += 1
        else:
            count[{"same": "MERGED", "unsure": "asked in vain", "new": "told apart"}[match.outcome]] += 1
        count["MERGED with another"] += match.outcome == "same" and match.key != pair.known.key
    return count


def test_there_are_at_least_150_pairs_and_half_of_them_are_held_out() -> None:
    held_out = [pair for pair in pairs() if pair.town not in WORKED_WITH]
    assert (len(pairs()) >= 150, len(held_out) >= 75) == (True, True)


def test_two_different_things_are_never_made_one_and_most_spellings_of_one_are_found() -> None:
    everything = pairs()
    count = figures(everything, everything)
    assert count["MERGED"] + count["MERGED with another"] == 0
    same = sum(pair.same for pair in everything)
    assert count["found"] >= 0.8 * same
    assert count["missed"] <= 0.05 * same
    assert count["asked in vain"] <= 0.25 * (len(everything) - same)


def test_it_does_not_matter_which_side_of_a_pair_is_known() -> None:
    for pair in pairs():
        outcomes = {
            Matcher([known]).match(asked).outcome
            for known, asked in ((pair.known, pair.asked), (pair.asked, pair.known))
        }
        assert len(outcomes) == 1, pair


def _say(*words: object) -> None:
    sys.stdout.write(" ".join(map(str, words)) + "\n")


def main() -> None:
    everything = pairs()
    for held_out in (False, True):
        chosen = [pair for pair in everything if (pair.town not in WORKED_WITH) == held_out]
        _say("held out" if held_out else "worked with", len(chosen), dict(figures(chosen, everything)))
    for pair in everything if "--verbose" in sys.argv else ():
        match = outcome(pair, everything)
        if pair.town in WORKED_WITH and match.outcome != ("same" if pair.same else "new"):
            _say("same" if pair.same else "different", match.outcome, pair.asked.names, pair.known.names, match.reasons)


if __name__ == "__main__":
    main()
