"""Headings: what a column's title may mean, as it stands or in parts, and how sure that is."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

from graph.importing import questions, stems
from graph.importing.passages import role_in
from graph.importing.synonyms import ENTRIES, GENERIC, KINDS, LINKS, Sense, key_headings, senses
from graph.importing.wording import (
    BRACKETS,
    LONG,
    LONGEST,
    RUNNING,
    SHORT,
    normal,
    parts,
    says_number,
    tight,
    unit,
    without_number,
)

__all__ = [
    "BRACKETS", "ENTRIES", "KINDS", "LINKS", "LONG", "LONGEST", "RUNNING", "SHORT", "Sense", "familiar",
    "key_headings", "labelled", "normal", "parts", "readings", "says_number", "senses", "tight", "understood", "unit",
    "without_number",
]  # fmt: skip

_OF: Final = re.compile(r" (?:des|der|im|in der|in|zum|zur|fuer|von|vom|am|beim|an|aus|d) (?:das |die |den |dem )?")
_QUESTIONS: Final = frozenset(("wer", "was", "wo", "wann", "wie", "womit", "wofuer", "wem", "mit"))
_PREFIXES: Final = ("projekt", "massnahmen", "massnahme", "vorhaben", "akteurs", "einrichtungs", "foerder", "gesamt")
_NUMBERED: Final = re.compile(r"(?<=[a-z.]) ?(?:nr )?(?:[0-9]{1,2}|[ivx]{1,3})$")


def readings(text: str, group: str = "") -> list[tuple[str, float]]:
    """Spellings (words apart) under which a heading may be known, with how sure one can be of it then, surest first.

    Args:
        text: the heading.
        group: the heading above it, over several columns.
    """
    plain = normal(text)
    found: list[tuple[str, float]] = []
    if group and normal(group) != plain:
        above = normal(group)
        found += [(f"{above} {plain}", 1.0), (f"{plain} {above}", 0.97)]
        if not plain or plain in GENERIC or _NUMBERED.sub("", f"x{plain}") == "x":
            found.append((above, 0.95))
    found.append((plain, 0.99))
    if numbered := _NUMBERED.sub("", plain):
        found.append((numbered, 0.96))
    if brackets := [normal(a or b) for a, b in BRACKETS.findall(text[:LONGEST])]:
        found.append((brackets[0], 0.5))
    head, *rest = _OF.split(plain, maxsplit=1)
    if rest:
        phrase = plain[: plain.index(rest[0])].split()
        found.append((" ".join(phrase), 0.93))  # "Mitarbeit in Arbeitskreisen", "beteiligt an welchen Projekten"
        found.append((rest[0], 0.94) if head in GENERIC else (head, 0.88))
    # "Rolle des Partners" is a role: what follows "des" says whose, not what.
    words = plain.split() if not rest or head in GENERIC else [head]
    for prefix in _PREFIXES:
        found += (
            [(plain.removeprefix(prefix).strip(), 0.85)]
            if plain.startswith(prefix) and len(plain) > len(prefix) + 3
            else []
        )
    found += [(plain.removesuffix(ending).removesuffix("s"), 0.93) for ending in GENERIC if plain.endswith(ending)]
    if len(words) > 1 and not rest:
        # What stands last says what it is ("außerdem unterstützt von"); "wer" and "was" begin any question.
        found += [(" ".join(words[at:]), 0.9) for at in range(1, len(words) - 1)]
        found += [(words[-1], 0.75), *([(words[0], 0.72)] if words[0] not in _QUESTIONS else [])]
    best: dict[str, float] = {}
    for spelling, sureness in found:
        if spelling:
            best[spelling] = max(best.get(spelling, 0), sureness)
    return sorted(best.items(), key=lambda item: -item[1])


@lru_cache(maxsize=65_536)
def understood(text: str, group: str = "") -> tuple[tuple[Sense, float, str], ...]:
    """What one heading (no compound) may mean, with how sure that is (0–1) and the synonym it was recognised by."""
    found = _likened(text, group)
    surest = max((sure for sure, _ in found.values()), default=0.0)
    if surest < _KNOWN and (told := _by_stems(text, group)):
        # What all words of a heading say goes before what a part of it is like.
        likeness = _LIKE_A_ROLE if told[0].meaning.startswith("link:") else _LIKE_A_VALUE
        found = {sense: (sure * likeness, known) for sense, (sure, known) in found.items()}
        found |= dict.fromkeys(told, (_BY_STEMS, _CALLED.get(told[0].meaning, tight(text))))
    elif role := role_in(text):
        for kind, where in (("project", "project.places"), ("event", "event.place")):
            sense = Sense(kind, where if role == "ort" else f"link:{role}")
            found[sense] = max(found.get(sense, (0.0, "")), (0.9, tight(text)))
    if max((sure for sure, _ in found.values()), default=0.0) < _LIKE_A_VALUE and questions.names_giver(normal(text)):
        role = "link:foerderer" if questions.tells_money(normal(text)) else "link:"
        found |= dict.fromkeys((Sense(kind, role) for kind in ("project", "event")), (_LIKE_A_VALUE, tight(text)))
    for kind, meaning in questions.asked(normal(text)):
        found[Sense(kind, meaning)] = (0.95, tight(text))
    ranked = sorted(found.items(), key=lambda item: -item[1][0])
    return tuple((sense, sure, known) for sense, (sure, known) in ranked)


def _likened(text: str, group: str) -> dict[Sense, tuple[float, str]]:
    """What a heading is like, as it stands or in part; where all of it is known, its first word alone says nothing."""
    found: dict[Sense, tuple[float, str]] = {}
    for spelling, sureness in readings(text, group):
        for known, likeness in _alike(spelling):
            for sense in senses()[known]:
                sure = sureness * likeness
                if sure > found.get(sense, (0.0, ""))[0]:
                    found[sense] = (sure, known)
    is_known = max((sure for sure, _ in found.values()), default=0.0) >= _KNOWN
    return {sense: one for sense, one in found.items() if not is_known or one[0] > _BY_A_WORD}


_KNOWN: Final = 0.96
"""How sure one is of a heading that a list has as it stands, but for a number behind it."""
_BY_A_WORD: Final = 0.73
"""How sure one is by the first word alone, which says nothing where all of a heading is known: "org_type"."""
_BY_STEMS: Final = 0.93
_LIKE_A_ROLE, _LIKE_A_VALUE = 0.6, 0.8
"""How much of what a part of a heading is like remains beside what all of it says."""
_CALLED: Final = {"link:": "organisation", "project.name": "projekt"}
"""Words that say the same as stems that name the rows: "Name der Organisation", "Kurztitel"."""


def _by_stems(text: str, group: str) -> list[Sense]:
    """What a heading means by the stems of its words, those of the heading above it before them."""
    told = (
        stems.said(group) if tight(text) in GENERIC else stems.said(text) or (group and stems.said(f"{group} {text}"))
    )
    return [Sense(*one) for one in stems.meanings(told)] if told else []


@cache
def _known() -> list[str]:
    return list(senses())


@lru_cache(maxsize=65_536)
def _alike(spelling: str) -> tuple[tuple[str, float], ...]:
    """Known headings like a spelling: itself, else those that differ by letters, else those it ends in; 0.7–1."""
    is_word = " " not in spelling
    spelling = spelling.replace(" ", "")
    if spelling in senses():
        return ((spelling, 1.0),)
    if len(spelling) < 5:
        return ()
    from rapidfuzz import fuzz, process

    near = process.extract(spelling, _known(), scorer=fuzz.ratio, score_cutoff=86, limit=3)
    if near:
        return tuple((known, score / 100 * 0.95) for known, score, _ in near if abs(len(known) - len(spelling)) <= 3)
    ends = [known for known in senses() if is_word and len(known) >= 5 and spelling.endswith(known)]
    return ((max(ends, key=len), 0.75),) if ends else ()


@lru_cache(maxsize=65_536)
def familiar(text: str) -> float:
    """How sure one can be that a text is the heading of a column (0–1): by itself, or by what it joins."""
    if len(text) > 90 or not normal(text):
        return 0.0
    if tight(text) in RUNNING | SHORT | LONG:
        return 0.9
    pieces = parts(text)
    whole = max((sure for _, sure, _ in understood(text)), default=0.0)
    if len(pieces) > 1:
        by_part = [max((sure for _, sure, _ in understood(piece)), default=0.0) for piece in pieces]
        whole = max(whole, min(by_part) * 0.95)
    return whole


_LABELLED: Final = re.compile(r"([A-ZÄÖÜ][^:\n]{1,39}?)(?:\s*(?:Nr\.?\s*)?\d{1,3})?\s*:\s+(\S[^\n]*)")
_COUNTED: Final = re.compile(r"([A-ZÄÖÜ]\w+)\s+(?:Nr\.?\s*)?\d{1,3}\s*[.):–-]*\s+(\S[^\n]*)")


@lru_cache(maxsize=65_536)
def labelled(text: str) -> tuple[str, str] | None:
    """The known heading and what it says in one text ("Träger: AWO", "Projekt 3: Lesezelt"), else None."""
    found = _LABELLED.fullmatch(text.strip()) or _COUNTED.fullmatch(text.strip())
    if not found or not any(sure > 0.9 and _is_naming(sense.meaning) for sense, sure, _ in understood(found[1])):
        return None
    return found[1], found[2]


def _is_naming(meaning: str) -> bool:
    """Whether what stands under such a heading is a name."""
    if meaning.startswith("link:") or meaning.endswith((".project_or_event", ".network")):
        return True
    return meaning in ("project.period", "project.name", "event.name", "actor.name", "network.name", "programme.name")
