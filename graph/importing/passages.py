"""What stands around names in a cell: lines and bullets, roles, people, vague words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from graph.importing import stems
from graph.importing.seams import ends_legal, has_head, spoken
from graph.matching.words import folded, head, mapping, plural_head, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

BRACKETS: Final = re.compile(r"\([^()]*(?:\([^()]*\)[^()]*)*\)?|\[[^\[\]]*\]?")
_BULLET: Final = re.compile(r"\s*(?:[•·▪‣◦*●○–—-]|[a-z]\)(?=\s))\s*(?=\S)")
_FIRST: Final = re.compile(
    r"(?i)\s*1\)\s+\S|\s*1[.]\s+(?!\w*(?:schule|gymnasium|verein|kita|polizei\w*)\b|[A-Z]{2,4}\b)(?=\S)"
)
_NUMBER: Final = re.compile(r"\s*\d{1,2}[.)]\s+(?=\S)")
_GOES_ON: Final = re.compile(
    r"(?:\b(?:und|für|der|die|das|des|dem|den|von|vom|zu|zum|zur|am|an|im|in|mit|&)|[-–/&+,])\s*$", re.IGNORECASE
)
_CONTINUES: Final = re.compile(
    r"\s*(?:e\.\s?V|g?GmbH|gAG|eG\b|mbH|AG\b|\(|und\s|für\s|der\s|des\s|&\s|am\s|im\s|an der\s|von\s)"
)
_PHRASE: Final = re.compile(
    r"""[,;]?\s*\b(?:
        (?P<partner>(?:in|i\.)\s?(?:Kooperation|Koop\.?|Zusammenarbeit|Verbindung|Partnerschaft|K\.)\s?(?:mit|m\.|von)|gemeinsam\smit
            |zusammen\smit
            |(?:mit|unter)\s(?:der\s)?(?:Unterstützung|Beteiligung|Mitwirkung)\s(?:von|durch|des|der)
            |unterstützt\s(?:von|durch)|unter\sMitwirkung\svon|begleitet\s(?:von|durch)|Kooperation\smit|koop\.\smit)
      | (?P<foerderer>(?<!zur\s)(?<!für\s)(?<!und\s)(?:ge|ko-?)?(?:förder|finanziert)\w*\s(?:von|durch|über
                |(?:aus|mit)\sMitteln\s(?:von|des|der|aus)|aus)
            |aus\sMitteln\s(?:von|des|der)|mit\sMitteln\s(?:von|des|der)|bezahlt\s(?:von|durch)|gesponsert\svon
            |(?:finanziell|mit\sGeld)\s(?:unterstützt|gefördert|getragen)\s(?:von|durch)
            |(?:mit|dank)\s(?:finanzieller|der\sfinanziellen)\sUnterstützung\s(?:von|durch|des|der))
      | (?P<auftraggeber>im\sAuftrag\s(?:von|des|der)|beauftragt\s(?:von|durch))
      | (?P<veranstalter>veranstaltet\s(?:von|durch)|organisiert\s(?:von|durch)|ausgerichtet\svon)
      | (?P<traeger>getragen\svon|durchgeführt\s(?:von|durch)|umgesetzt\s(?:von|durch)
            |in\sTrägerschaft\s(?:von|des|der))
    )\s*:?\s+(?:(?:dem|der|den|die|das)\s)?""",
    re.VERBOSE | re.IGNORECASE,
)
_DONE_BY: Final = re.compile(
    r"[,;]?\s*(?P<what>\b(?i:[a-zäöüß]{6,}(?:t|en)) (?:von|durch))\s+(?:(?:dem|der|den|die|das)\s)?(?=[\w„\"])"
)
"""Who did something: "koordiniert von", "eingebracht durch"; what it says of them, its stems tell."""
_LABEL: Final = re.compile(
    r"(?:^|(?<=[;,.\n])\s*|\s+(?=[A-ZÄÖÜ][\w*-]+:\s))(?P<label>[A-ZÄÖÜ][\w*/.-]*(?:\s[\w*/.-]+){0,3}?)\s?:\s+(?=\S)"
    r"|(?:^|(?<=[;,.\n])\s*)(?P<small>[a-zäöü][\w*/.-]*(?:\s[\w*/.-]+){0,2}?)\s?:\s+(?=\S)"
)
_WORDS: Final = re.compile(r"[\w*:/.· -]{3,60}")
"""A word for a role, with what belongs to it."""
_SEVERAL: Final = re.compile(r"^\s*([A-ZÄÖÜ][\w-]+):\s")  # "Kitas: Sonne, Mond"
_CONTACT: Final = re.compile(
    r"(?<![\w.+-])[\w.+-]+@[\w-]+\.\w+|(?:\+49|\b0\d{2,5})[\s/()-]*\d[\d\s/-]{4,}\d|\b(?:Tel|Fon|Mobil|Fax)\b\.?:?\s*[\d+]"
)
_TITLES: Final = (
    r"(?:Frau|Herrn?|Fr\.|Hr\.|Hrn\.|Dr\.|Prof\.|Dipl\.(?:-\w+\.?)?|Mag\.|Familie|Pfr\.|Pfrn\.|Pfarrer(?:in)?|Pastor(?:in)?|Diakon(?:in)?"
    r"|Rektor(?:in)?|[KP](?:HK|OK|HM|OM|K)(?:in)?\b|z\.\s?Hd\.(?:\s?v\.)?)"
)
_TITLE: Final = re.compile(rf"^(?:{_TITLES}\s*)+(?:$|[A-ZÄÖÜ])")
_TITLED: Final = re.compile(rf"(?:^|[\s:,;/(])(?:{_TITLES}\s+)+[A-ZÄÖÜ][\w-]+")
_OPEN_LIST: Final = re.compile(
    r"""[,;/&+]?\s*(?:\b(?:und|sowie|u\.)\s+)?(?:\bu\.\s?a\.(?:\s?m\.)?|\bu\.\s?v\.\s?[am]\.|\bu\.?v\.?[am]\b\.?|\busw\b\.?|\betc\b\.?
    |\bu\.\s?ä\.|\bund\sandere[nr]?s?\b|\bunter\sanderem\b|\bund\s(?:viele\s)?(?:weitere|mehr)\b(?=\s*(?:[,;]|$))|\bet\sal\.|…|\.{3})""",
    re.VERBOSE | re.IGNORECASE,
)
_EXAMPLE: Final = re.compile(
    r"^\s*(?:z\.\s?B\.|zum Beispiel|bspw\.|insb(?:esondere|\.)|v\.\s?a\.|vor allem|u\.\s?a\.|ggf\.|evtl\.|mit)\s+",
    re.IGNORECASE,
)
_PERSON: Final = re.compile(
    r"(?:\s*[,;:–-]+\s*|\s+)(?:Frau|Herrn?|Fr\.|Hr\.)\s+(?:Dr\.\s+)?[A-ZÄÖÜ][\w-]+(?:\s[A-ZÄÖÜ][\w-]+)?\s*$"
)
_COUNT: Final = re.compile(r"^(?:ca\.\s*|rund\s+|etwa\s+)?\d{1,3}\s+(?=[A-ZÄÖÜ]|gewählte|weitere|neue)")


@dataclass(frozen=True)
class Passage:
    """A part of a line for which one role holds.

    Attributes:
        start: where `text` begins in the line.
        role: slug, None if the line says nothing.
        label: a label that is no role ("Bezirk:"), kept as a note.
        is_person: the label announces people ("Ansprechpartner:").
    """

    start: int
    text: str
    role: str | None = None
    label: str = ""
    is_person: bool = False


@dataclass(frozen=True)
class Kept:
    """A text in which vague words became spaces, so that places stay, and those words."""

    kept: str
    dropped: tuple[str, ...]


def lines(text: str) -> Iterator[tuple[int, int]]:
    """The lines of a cell, without bullets and numbers before them; a line that goes on is one with the next.

    A number is part of a name ("84. Grundschule", "1. FC Nord") unless it is the first or other lines have one, too.
    """
    is_numbered = bool(_FIRST.match(text)) or sum(bool(_NUMBER.match(line)) for line in text.split("\n")) > 1
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        while end < len(text) and (_GOES_ON.search(text[start:end]) or _CONTINUES.match(text, end + 1)):
            following = text.find("\n", end + 1)
            end = len(text) if following < 0 else following
        bullet = _BULLET.match(text, start, end) or (_NUMBER.match(text, start, end) if is_numbered else None)
        yield (bullet.end() if bullet else start), end
        start = end + 1


def role_of(text: str) -> str | None:
    """The role a word names ("Kooperationspartner" → "partner"), None if it names none."""
    roles = mapping("roles")
    plain = re.sub(r"[*:_/-]?(?:innen|in)$", "", text.strip(" .:"))
    for form in (text, plain):
        key = re.sub(r"[\s.:*_/-]", "", folded(form))
        if key in roles:
            return roles[key]
    return stems.role(text) if _WORDS.fullmatch(text) else None


_SINCE: Final = re.compile(r"(?<=\w),?\s+(?:seit|ab|bis|since|until)\s+(?:[\w.]+\s+)?(?:\d\d?[./])*(?:19|20)\d\d$")
"""When a part was played, behind the word for it: "Mitglied seit Mai 2019"."""


@lru_cache(maxsize=65_536)
def role_in(text: str) -> str | None:
    """The role a text names, as a whole, as a sentence about the body ("kooperiert bei"), or as its first part."""
    bare = re.sub(
        r"^(?:ist|sind|war|wird|als|unter|in|mit|durch)\s+|\s+(?:bei|mit|in|an|am|im|für|von|der|des)$",
        "",
        _SINCE.sub("", " ".join(text.split())),
    )
    return next(filter(None, map(role_of, [text, bare, *re.split(r"\s*[/,;(]\s*", text)])), None)


def role_passages(line: str, known: Callable[[str], bool]) -> list[Passage]:
    """Cut a line where a new role begins: "Träger: X; Partner: Y", "X in Kooperation mit Y"."""
    line = _SEVERAL.sub(lambda match: match[0].replace(":", " ") if plural_head(folded(match[1])) else match[0], line)
    marks = [(match.start(), match.end(), match.lastgroup, "", False) for match in _PHRASE.finditer(line)]
    marks += _done_by(line, [(start, end) for start, end, *_ in marks])
    for match in _LABEL.finditer(line):
        label = match["label"] or match["small"]
        key = re.sub(r"[\s.:-]", "", folded(label))
        person = key in words("persons", "labels")
        role = role_of(label)
        if role or person or (match["label"] and match.start() == 0 and not known(label)):
            marks.append((match.start(), match.end(), role, "" if role or person else label, person))
    marks.sort()
    passages = [Passage(0, line[: marks[0][0]] if marks else line)]
    for index, (_, end, role, label, person) in enumerate(marks):
        stop = marks[index + 1][0] if index + 1 < len(marks) else len(line)
        passages.append(Passage(end, line[end:stop], role, label, person))
    return [passage for passage in passages if passage.text.strip(" ,;")]


def _done_by(line: str, taken: list[tuple[int, int]]) -> list[tuple[int, int, str | None, str, bool]]:
    """What a line says by participles of who did what, but where marks are already."""
    if " von " not in line and " durch " not in line:
        return []
    found = ((match, stems.role(match["what"])) for match in _DONE_BY.finditer(line))
    return [
        (match.start(), match.end(), role, "", False)
        for match, role in found
        if role and not any(match.start() < end and start < match.end() for start, end in taken)
    ]


def without_vague(text: str) -> Kept:
    """Take "u. a.", "etc.", "z. B." out of a text."""
    dropped: list[str] = []

    def spaces(match: re.Match[str]) -> str:
        dropped.append(match[0].strip(" ,;"))
        return " " * len(match[0])

    example = _EXAMPLE.match(text)
    kept = " " * example.end() + text[example.end() :] if example else text
    return Kept(_OPEN_LIST.sub(spaces, kept), tuple(dropped))


def is_vague(text: str) -> bool:
    """Whether a text names nobody in particular: "weitere Partner", "3 Kitas", "Kitas im Kiez", "Spenden"."""
    bare = _COUNT.sub("diverse ", text)
    found = spoken(re.sub(r"[*:_/](?:innen|in)\b", "", bare))
    if not found:
        return True
    people = words("people") | words("vague", "money")
    open_ended = found[0] in words("vague") or found[0] in people or bool(plural_head(found[0]))
    generic = words("vague") | people | words("vague", "places") | {"qm", "aus", "ganz", "gesamt", "gesamten", "dem"}
    return open_ended and all(word in generic or plural_head(word) for word in found)


def is_person(text: str) -> bool:
    """Whether a text names a person or says how to reach one."""
    if _CONTACT.search(text) or (_TITLE.match(text) and not has_head(text) and not ends_legal(text)):
        return True
    if _TITLED.search(text) and ":" in text and not has_head(_TITLED.sub("", text.partition(":")[2])):
        return True
    label = re.match(r"([\w*/.-]+)\s?:\s", text)
    if label and re.sub(r"[\s.:-]", "", folded(label[1])) in words("persons", "labels"):
        return True
    found = text.split()
    if len(found) not in {2, 3} or not all(word[:1].isupper() for word in found) or has_head(text):
        return False
    return (
        folded(found[0]) in words("persons", "given")
        and not head(folded(found[-1]))
        and re.fullmatch(r"[\w '-]+", text) is not None
    )


def without_personal_brackets(text: str) -> str:
    """A text without the brackets in it that name people: "Kita Sonne (Frau Muster)" → "Kita Sonne"."""
    return " ".join(BRACKETS.sub(lambda found: " " if is_person(found[0].strip("()[] ")) else found[0], text).split())


def without_people(text: str) -> tuple[str, list[str]]:
    """A text without what in it names people or says how to reach them, and those parts."""
    people = [match[0].strip(" ,;:–-") for match in (*_PERSON.finditer(text), *_CONTACT.finditer(text))]
    return _CONTACT.sub(" ", _PERSON.sub("", text)).strip(" ,;:–-"), people


def without_example(text: str) -> str:
    """A text without the "z. B." before it."""
    return _EXAMPLE.sub("", text)
