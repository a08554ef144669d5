"""Are two names those of one body? Decided by what is left of each after their words are laid side by side."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from graph.matching.alignment import align
from graph.matching.spelling import DIRECTIONS, sort_of
from graph.matching.words import folded, head, is_topic, is_venue, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from graph.matching.alignment import Aligned
    from graph.matching.body import Outcome
    from graph.matching.spelling import Spelling

_MINISTRY: Final = re.compile(r"^(?:senatsverwaltung|\w*ministerium)$")
_MUNICIPAL: Final = frozenset({"stadt", "gemeinde", "landkreis", "kreis"})
_EMPTY: Final = frozenset({"region", "descriptive"})
_FORGIVEN: Final = frozenset({"spelling", "area left out", "contained", "brackets", "descriptive word"})
"""Doubts that an equal address or website removes; legal forms, numbers and bodies beside each other are none."""


@dataclass(frozen=True)
class Verdict:
    """What two names say.

    Attributes:
        outcome: as of `Match`.
        score: 0–1, the weight of the words both share, by the weight of all.
        reasons: why.
        is_exact: nothing but case, umlauts, hyphens, articles and the order of words differs.
    """

    outcome: Outcome
    score: float
    reasons: tuple[str, ...]
    is_exact: bool = False

    @property
    def can_be_confirmed(self) -> bool:
        """Whether an equal address or website settles the doubt."""
        return self.outcome == "unsure" and all(reason.partition(":")[0] in _FORGIVEN for reason in self.reasons)


def compare(
    one: Spelling, other: Spelling, weight: Callable[[str], float], *, legal: tuple[str, str] = ("", "")
) -> Verdict:
    """Compare two names.

    Args:
        one: a name.
        other: a name of a known body.
        weight: how much a word tells bodies apart, 0–1; words many bodies have weigh little.
        legal: the legal forms, where they are known from beside the names.
    """
    forms = _forms((one.legal or legal[0], one), (other.legal or legal[1], other))
    if one.squashes & other.squashes and (one.numbers == other.numbers):
        return _equal(one, other, forms)
    if (one.letters or other.letters) and (found := _as_initials(one, other)):
        return found
    aligned = align(one, other)
    score = _score(aligned, weight)
    verdict = _vetoed(one, other, aligned, score) or _judged(one, other, aligned, weight, score)
    if verdict.outcome == "same":
        return _with_legal_forms(verdict, aligned.shared, forms, one)
    return verdict


def _forms(one: tuple[str, Spelling], other: tuple[str, Spelling]) -> tuple[str, str]:
    """The legal forms; where only one is known, a word of the other name may tell: a cooperative is no association."""
    forms = one[0], other[0]
    if all(forms) or not any(forms):
        return forms
    told = [
        form or ("eG" if any(word.endswith("genossenschaft") for word in name.words) else "")
        for form, name in (one, other)
    ]
    return told[0], told[1]


def _equal(one: Spelling, other: Spelling, forms: tuple[str, str]) -> Verdict:
    years = [{word for word in each.qualifier if re.search(r"\d", word)} for each in (one, other)]
    if all(years) and not years[0] & years[1]:
        return Verdict("new", 0.8, (f"year: {min(years[0])} / {min(years[1])}",))
    if one.qualifier and other.qualifier and not set(one.qualifier) & set(other.qualifier):
        return Verdict("unsure", 0.8, (f"brackets: {' '.join(one.qualifier)} / {' '.join(other.qualifier)}",))
    if bool(one.qualifier) != bool(other.qualifier) and all(
        sort_of(word) not in {"own", "number"} for word in one.words
    ):
        inside = " ".join(one.qualifier or other.qualifier)
        return Verdict("unsure", 0.8, (f"brackets: {inside}",))
    return _with_legal_forms(Verdict("same", 1.0, ("name",), is_exact=True), list(one.words), forms, one)


def _with_legal_forms(verdict: Verdict, shared: list[str], forms: tuple[str, str], name: Spelling) -> Verdict:
    """Doubt that "X e.V." is "X GmbH", or that a building is the association of its name."""
    if {*forms} <= {"", forms[0]} or {*forms} <= {"", forms[1]}:
        lacking = forms[0] != forms[1]
        venue = _building(shared, name)
        if lacking and venue:
            return Verdict("unsure", verdict.score, (*verdict.reasons[1:], f"venue and association: {venue}"))
        return verdict if not lacking else Verdict("same", verdict.score, (*verdict.reasons, "legal form"))
    if {*forms} == {"GmbH", "gGmbH"}:
        return verdict
    return Verdict("unsure", verdict.score * 0.9, (f"legal form: {forms[0]} / {forms[1]}",))


def _building(shared: list[str], name: Spelling) -> str:
    """The word that makes a name that of a building or a school ("uferhallen", "grundschule"); "" if there is none."""
    if any(sort_of(word) in {"body", "descriptive", "beside"} for word in shared):
        return ""
    places = tuple(words("heads", "building"))
    for word in shared:
        if word in places or (word.endswith(places) and _is_named(word) and not _is_town(word, name)):
            return word
    return ""


def _is_town(word: str, name: Spelling) -> bool:
    """Whether a word stands apart behind a name of its own: "Augsburg" in "Stadtjugendring Augsburg"."""
    before, found, _ = folded(name.text).partition(f" {word}")
    return bool(found) and any(sort_of(each) == "own" for each in re.findall(r"\w+", before))


def _is_named(word: str) -> bool:
    return sort_of(word) == "own" or word.endswith("schule")


def _as_initials(one: Spelling, other: Spelling) -> Verdict | None:
    """What "HdJ" and "Haus der Jugend" say; sure only if small words are small letters too, or the name says so."""
    for short, full in ((one, other), (other, one)):
        if not short.letters:
            continue
        if short.letters == full.short:
            return Verdict("same", 1.0, (f"abbreviation: {short.text}",), is_exact=True)
        if len(short.letters) >= 3 and short.letters in full.initials:
            mixed = not re.sub(r"[\W\d]", "", short.text).isupper()
            return Verdict("same" if mixed else "unsure", 0.8, (f"abbreviation: {short.text}",))
    return None


def _score(aligned: Aligned, weight: Callable[[str], float]) -> float:
    shared = sum(map(weight, aligned.shared))
    apart = sum(map(weight, aligned.left)) + sum(map(weight, aligned.right))
    return shared / (shared + apart) if shared else 0.0


def _vetoed(one: Spelling, other: Spelling, aligned: Aligned, score: float) -> Verdict | None:
    """What tells two bodies apart however alike they are called."""
    beside = [word for word in (*aligned.left, *aligned.right) if sort_of(word) == "beside"]
    if beside:
        return Verdict("new", score * 0.5, (f"body beside it: {beside[0]}",))
    only = (one.numbers - other.numbers, other.numbers - one.numbers)
    if all(only) or all(re.search(r"\d", " ".join(side)) for side in (aligned.left, aligned.right)):
        return Verdict("new", score * 0.5, (f"number: {min(only[0], default='')} / {min(only[1], default='')}",))
    sided = [word for word in (*aligned.left, *aligned.right) if word in DIRECTIONS]
    if sided and (aligned.left and aligned.right):
        return Verdict("new", score * 0.5, (f"different words: {sided[0]}",))
    if one.words[:1] == other.words[:1] and one.words and _MINISTRY.match(one.words[0]):
        return _ministries(one, other, aligned, score)
    return None


def _ministries(one: Spelling, other: Spelling, aligned: Aligned, score: float) -> Verdict | None:
    """A government has one ministry that leads a field: two cabinets' ministries of one lead word are one body."""
    leads = [next(iter(each.words[1:]), "") for each in (one, other)]
    if leads[0] and leads[0] == leads[1] and all(is_topic(word) for word in (*aligned.left, *aligned.right)):
        return Verdict("same", max(score, 0.9), (f"successor: {leads[0]}",))
    if leads[0] == leads[1]:
        return None  # of two countries, or a department of it
    return Verdict("new", score * 0.5, (f"different words: {leads[0]} / {leads[1]}",))


def _judged(one: Spelling, other: Spelling, aligned: Aligned, weight: Callable[[str], float], score: float) -> Verdict:
    own = [word for word in aligned.shared if sort_of(word) == "own"]
    telling = [word for word in own if weight(word) >= 0.5]
    if not aligned.shared or (not own and not _all_left_on_one_side(aligned)):
        return Verdict("new", score, ("different words",))
    left, right = ([word for word in side if sort_of(word) != "region"] for side in (aligned.left, aligned.right))
    if left and right:
        return _both_left(left, right, telling, score)
    if not left and not right:
        if aligned.doubts:
            return Verdict("unsure", score, tuple(aligned.doubts))
        sure = (own or len(aligned.shared) > 1) and _all_left_on_one_side(aligned)
        reasons = tuple(aligned.reasons) or ("area left out",)
        return Verdict("same" if sure else "unsure", score, reasons if sure else ("area left out",))
    extra = left or right
    verdict = _one_left(extra, (one, other), telling, aligned, weight)
    if verdict[0] == "same" and aligned.doubts:
        return Verdict("unsure", score, (*aligned.doubts, verdict[1]))
    return Verdict(verdict[0], score, (*aligned.reasons, verdict[1]))


def _all_left_on_one_side(aligned: Aligned) -> bool:
    return not aligned.left or not aligned.right


def _both_left(left: list[str], right: list[str], telling: list[str], score: float) -> Verdict:
    said = f"{' '.join(left)} / {' '.join(right)}"
    harmless = all(sort_of(word) in _EMPTY for word in (*left, *right))
    if harmless and telling:
        return Verdict("unsure", score, (f"descriptive word: {said}",))
    kinds = [{head(word) for word in side if head(word)} for side in (left, right)]
    if telling and any(word in kinds[0] & kinds[1] for word in (*left, *right)) and min(len(left), len(right)) == 1:
        return Verdict("unsure", score * 0.8, (f"kind: {said}",))  # "Schule", where the other is a "Grundschule"
    if all(kinds) and not kinds[0] & kinds[1]:
        return Verdict("new", score * 0.6, (f"kind: {said}",))
    return Verdict("new", score * 0.8, (f"different words: {said}",))


def _one_left(  # noqa: PLR0911  # one return for each rule
    extra: list[str],
    both: tuple[Spelling, Spelling],
    telling: list[str],
    aligned: Aligned,
    weight: Callable[[str], float],
) -> tuple[Outcome, str]:
    """One name has words the other lacks: left out, or another body?"""
    said = " ".join(extra)
    if not telling:
        return "unsure", f"contained: {said}"
    years = [word for word in extra if word.isdigit()]
    if years and not all(_is_year(word) for word in years):
        return "unsure", f"number: {said}"
    rest = [word for word in extra if word not in years]
    if not rest:
        return "same", f"year: {said}"
    venue = any(is_venue(word) for word in aligned.shared)
    if all(sort_of(word) in _EMPTY for word in rest):
        return ("unsure" if venue else "same"), f"descriptive word: {said}"
    if all(sort_of(word) == "own" and weight(word) < 0.35 and word not in DIRECTIONS for word in rest):
        return "same", f"area left out: {said}"
    subtitle = set(both[0].subtitle) | set(both[1].subtitle)
    if set(rest) <= subtitle and not any(map(_is_branch, rest)):
        return "same", f"descriptive word: {said}"
    if len(rest) == 2 and rest[0] in _MUNICIPAL and sort_of(rest[1]) in {"own", "region"}:
        return "same", f"area left out: {said}"  # "… der Stadt Essen"
    if "/" in both[0].text + both[1].text and all(re.search(r"strasse$|platz$|allee$", word) for word in rest):
        return "same", f"area left out: {said}"
    return "unsure", f"contained: {said}"


def _is_branch(word: str) -> bool:
    """Whether a word after a dash says where a part of the body is."""
    local = word in DIRECTIONS or word in words("branches") or is_venue(word)
    return local or re.search(r"\d|strasse$|platz$", word) is not None


def _is_year(number: str) -> bool:
    return re.fullmatch(r"(?:18|19|20)\d{2}|0\d", number) is not None
