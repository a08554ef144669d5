"""Several names in one cell: "Träger: Verein X e.V., Y gGmbH; Partner: Kitas Sonne und Mond (angefragt), Frau Z"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from graph.importing.blanks import is_unknown
from graph.importing.passages import (
    BRACKETS,
    is_person,
    is_vague,
    lines,
    role_of,
    role_passages,
    without_example,
    without_people,
    without_personal_brackets,
    without_vague,
)
from graph.importing.seams import Seam, cut, has_head, is_unit, spoken
from graph.importing.values import body_behind, is_value
from graph.matching.words import folded, plural_head, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["Name", "Names", "known_names", "learned", "read_names", "role_of", "split_names"]

_INNER: Final = re.compile(r"\s*,\s*|\s+(?:und|u\.|sowie)\s+|\s*[&+/;]\s*")
_WHERE: Final = re.compile(
    r"""\s+c/o\s.*$
    | ,\s+(?: [^,]*(?:straße|str\.|strasse|platz|allee|weg|ufer|damm)(?:\s\d+\s?\w?)?
            | \d{5}\s[^,]*
            | (?:am|an|im|in|auf|bei)\s[^,]* )(?:,.*)?$""",
    re.IGNORECASE | re.VERBOSE,
)
_WHEREABOUTS: Final = re.compile(
    r"(?:D-)?\d{5}\s+[A-ZÄÖÜ].*|[^,;()]*(?:straße|strasse|str\.|weg|platz|allee|ufer|damm|gasse)\s*\d+\s?[a-z]?(?:\s?[-–/]\s?\d+\s?[a-z]?)?(?:,\s*\d{5}\s.*)?"
    r"|(?:Am|An der|Auf der|Im|In der|Zum|Zur)\s[\w\s-]+\s\d{1,4}\s?[a-z]?",
    re.IGNORECASE,
)
"""A piece that only says where the body before it is."""
_PAID: Final = re.compile(
    r"(?P<name>.*?[^\W\d_]{2}.*?)(?:\s*[:–-]\s*|\s+)(?:(?:19|20)\d\d\s*:?\s+)?(?:ca\.\s*|rd\.\s*|je\s+|max\.\s*)?"
    r"\d[\d.,' ]*(?:,[-–]+)?\s*(?:T€|T?EUR|€|Euro|Tsd\.?\s*(?:€|Euro)|Mio\.?\s*(?:€|Euro)|%|Prozent|v\.\s?H\.)"
    r"\s*(?:p\.\s?a\.|/ ?Jahr|jährlich|mtl\.)?"
)
"""A name with the amount it gives: "Soziale Stadt: 24.000 €", "Sparkasse 1.500 €"."""
_LONGEST: Final = 300
_SINCE: Final = re.compile(
    r"(?:(?:zunächst|zuerst|erst|dann|danach|anschließend|später|jetzt|nun|heute|aktuell|inzwischen|vorher|zuvor|davor)\s+)?"
    r"(?:(?:bis|seit|ab|von|ehem\.|ehemals|früher)\s+(?:Anfang\s+|Mitte\s+|Ende\s+)?(?:\d{1,2}[./])*(?:19|20)\d\d"
    r"(?:\s*(?:[-–/]|bis)\s*(?:\d{1,2}[./])*(?:19|20)?\d\d)?:?\s+"
    r"|(?:19|20)\d\d\s*(?:[-–/]|bis)\s*(?:19|20)?\d\d:?\s+)?(?=[A-ZÄÖÜ])"
)
"""When a body took part, before its name: "seit 2019 AWO"."""
_EDGES: Final = " \t\n,;:|•·*–—-"


@dataclass(frozen=True)
class Name:
    """One name in a cell.

    Attributes:
        text: the name, without what stands in brackets.
        note: what stood in brackets or beside it, without people's names.
        role: slug of the role the cell itself gives it ("partner"); None if it says nothing.
        span: where it stands in the cell, first and after last character.
        confidence: how sure it is that this is one whole name, 0–1.
        written: the piece of the cell, brackets included, spaces made one: the spelling that was met.
    """

    text: str
    note: str = ""
    role: str | None = None
    span: tuple[int, int] = (0, 0)
    confidence: float = 1.0
    written: str = ""


@dataclass(frozen=True)
class Names:
    """What a cell of names says.

    Attributes:
        names: in the order of the cell, never a person.
        persons: passages that name people or say how to reach them; not to be kept anywhere but as contacts.
        vague: passages that name nobody in particular ("u. a.", "weitere Partner", "Kitas im Quartier").
    """

    names: tuple[Name, ...] = ()
    persons: tuple[str, ...] = ()
    vague: tuple[str, ...] = ()


def known_names(names: Iterable[str]) -> Callable[[str], bool]:
    """Whether a text is one of these names, but for case, umlauts, quotation marks and spaces."""
    keys = frozenset(map(_key, names)) - {""}
    return lambda text: _key(text) in keys


def _nothing_known(_: str) -> bool:
    return False


def split_names(text: str, known: Callable[[str], bool] = _nothing_known) -> list[Name]:
    """The names in a cell; see `read_names` for what else it holds."""
    return list(read_names(text, known).names)


def read_names(text: str, known: Callable[[str], bool] = _nothing_known) -> Names:
    """Read a cell that may hold several names, roles, notes, people and vague words.

    Args:
        text: the cell.
        known: whether a text is, as a whole, a name that is known (`Matcher.knows`); such names are never cut.
    """
    if is_unknown(text) and not known(text.strip()):
        return Names()
    plain = re.sub(r"[\u00a0\u2007\u202f\t]", " ", text).replace("\r", "\n")  # as long as the text: spans stay true
    stripped = plain.strip()
    if known(" ".join(stripped.split())):
        start = plain.index(stripped)
        name = " ".join(stripped.split())
        return Names((Name(name, span=(start, start + len(stripped)), written=name),))
    reading = _Reading(plain, known)
    for start, end in lines(plain):
        reading.line(start, end)
    return reading.result()


def learned(cells: Iterable[str], known: Callable[[str], bool] = _nothing_known) -> Callable[[str], bool]:
    """What may be known after reading many cells: each name that stands alone or surely cut in one of them.

    Reading all cells of a list with the outcome cuts "degewo und Gesobau" where both also stand alone, and leaves
    "Kunst & Kiez" whole where it does. It does not depend on the order of the cells.
    """
    found: set[str] = set()
    for cell in set(cells):
        sure = [name for name in read_names(cell, known).names if name.confidence >= 0.9]
        found |= {name.text for name in sure if len(name.text) > 2}
    # "Pfarrei Nord, Ortsverein West" is two if "Ortsverein West" stands alone elsewhere.
    apart = {
        text for text in found if (last := text.rpartition(", ")[2]) != text and last in found and not is_unit(last)
    }
    keys = {_key(text) for text in found - apart}
    return lambda text: known(text) or _key(text) in keys


def _key(text: str) -> str:
    return re.sub(r"[\s\"„“”»«]+", "", folded(text)).strip(".,;")


class _Reading:
    """One cell while it is read: the role that holds for what follows, and what was found."""

    def __init__(self, text: str, known: Callable[[str], bool]) -> None:
        self._text = text
        self._known = known
        self._role: str | None = None
        self._is_labelled = False  # the label stands directly before the piece at hand
        self._names: list[Name] = []
        self._persons: list[str] = []
        self._vague: list[str] = []

    def result(self) -> Names:
        """What was found; beside a name that is marked as Träger, names without a role are partners."""
        names = self._names
        if names and names[0].role in {"traeger", "veranstalter"}:
            names = [name if name.role else replace(name, role="partner") for name in names]
        return Names(tuple(names), tuple(self._persons), tuple(self._vague))

    def line(self, start: int, end: int) -> None:
        """Read one line of the cell."""
        for passage in role_passages(self._text[start:end], self._known):
            if passage.is_person:
                self._persons.append(passage.text.strip())
                continue
            if passage.role:
                self._role = passage.role
            vague = without_vague(passage.text)
            self._vague += vague.dropped
            offset = start + passage.start
            for number, seam in enumerate(cut(vague.kept, self._known)):
                self._is_labelled = number == 0
                self._segment(vague.kept[seam.start : seam.end], offset + seam.start, seam, passage.label)

    def _segment(self, text: str, start: int, seam: Seam, label: str) -> None:
        """Add one piece of a line: as names, as a person or as something vague."""
        whole = " ".join(text.split()).strip(_EDGES)
        span = (start, start + len(text))
        if is_unknown(whole) and not self._known(whole):
            return
        # A payer and an amount are short; in a text of thousands of letters the search for them would not end.
        paid = None if len(whole) > _LONGEST or self._known(whole) else _PAID.fullmatch(whole)
        if paid or (len(whole) <= _LONGEST and is_value(whole)):
            self._value(label, whole, span, paid)
            return
        if _WHEREABOUTS.fullmatch(whole) and self._names and not self._known(whole):
            self._names[-1] = replace(self._names[-1], note="; ".join(filter(None, (self._names[-1].note, whole))))
            return
        if self._known(whole):
            self._names.append(Name(whole, label, self._role, span, 1.0, whole))
            return
        since = _SINCE.match(text.strip())
        if since and since[0]:
            label = since[0].strip(" :")
            text = text.replace(since[0], " " * len(since[0]), 1)
        bare, note, role, people = _unbracketed(text)
        bare, own = _trailing_role(without_example(bare))
        if is_person(bare) and not self._known(bare):
            self._persons += [bare, *people]
            if not role and note and (self._known(note) or body_behind(f"{bare} ({note})")):
                at = max(self._text.find(note, start), start)  # the span leaves the person out
                self._names.append(Name(note, label, self._role, (at, at + len(note)), seam.confidence, note))
            return
        bare, others = without_people(bare)
        self._persons += people + others
        bare, beside = _without_address(bare)
        found = Name(bare, "; ".join(part for part in (label, note, beside) if part), role or own or self._role, span)
        found = replace(found, confidence=seam.confidence, written=without_personal_brackets(whole))
        if is_vague(bare) and not self._known(bare):
            self._several(found, whole)
        else:
            self._names += self._elided(found)

    def _value(self, label: str, value: str, span: tuple[int, int], paid: re.Match[str] | None) -> None:
        """Take what is no name: "Verfügungsfonds: 900 €" names the fund, "900 €" nobody."""
        named = paid["name"].strip(_EDGES) if paid else label if self._is_labelled else ""
        name = re.sub(r"\s+(?:19|20)\d\d$", "", named)
        if name and is_unknown(name):
            self._vague.append(value)
        elif name:
            self._names.append(Name(name, value.removeprefix(name).strip(_EDGES), self._role, span, 0.9, name))
        else:
            self._vague.append(value)

    def _several(self, name: Name, whole: str) -> None:
        """Take names from brackets: "Schulen (Schule am Hain, Oberschule Nord)" are two, "weitere Partner" nobody."""
        parts = [part for part in _INNER.split(name.note) if part]
        single = plural_head(folded(name.text))
        if (
            not parts
            or (len(parts) < 2 and not has_head(name.note))
            or (name.text and not single and not _means_bodies(name.text))
        ):
            self._vague.append(whole)
            return
        kind = f"{_like(name.text, single)} " if single else ""
        for part in parts:
            self._names.append(replace(name, text=part if has_head(part) else kind + part, note="", confidence=0.6))

    def _elided(self, name: Name) -> list[Name]:
        """The names that "Kitas Sonne und Mond" stands for, "Kita Sonne" and "Kita Mond"; any other is itself."""
        first, _, rest = name.text.removeprefix("die ").partition(" ")
        single = plural_head(folded(first))
        parts = [part for part in _INNER.split(rest) if part]
        if not single or len(parts) < 2 or self._known(name.text) or re.search(r"\be\.\s?V\.|mbH\b", rest):
            return [name]
        kind = _like(first, single)
        return [replace(name, text=f"{kind} {part}", confidence=0.6) for part in parts]


def _like(plural: str, single: str) -> str:
    """The singular as a person would write it: "Grundschulen" → "Grundschule", "Jugendhäuser" → "Jugendhaus"."""
    if single == "qm":
        return "QM"
    return plural[0] + single[1:] if len(single) > 2 else single.upper()


def _unbracketed(text: str) -> tuple[str, str, str | None, list[str]]:
    """A text without its brackets; what they say as note, role and people."""
    notes: list[str] = []
    people: list[str] = []
    role, spared = None, text
    for match in BRACKETS.finditer(text):
        inside = match[0].strip("()[] ")
        found = role_of(inside)
        if found:
            role = found
        elif is_person(inside):
            people.append(inside)
        elif re.match(r",?\s*[\w&]", text[match.end() :]):
            continue  # "Stadt Halle (Saale), FB Städtebau": inside a name, and part of it
        elif not is_unknown(inside):
            notes.append(" ".join(inside.split()))
        spared = spared[: match.start()] + " " * len(match[0]) + spared[match.end() :]
    bare = " ".join(spared.split()).strip(_EDGES)
    quoted = re.fullmatch(r"[„“\"»]([^„“”\"«»]+)[“”\"«]", bare)
    return (quoted[1] if quoted else bare), "; ".join(notes), role, people


def _means_bodies(text: str) -> bool:
    return any(word in words("people") for word in spoken(text))


def _without_address(text: str) -> tuple[str, str]:
    """A name and what after it only says where: "c/o …", ", Parkstraße 5", ", 13347 Berlin", ", am Park"."""
    match = _WHERE.search(text)
    return (
        (text[: match.start()].strip(_EDGES), text[match.start() :].strip(_EDGES))
        if match and match.start()
        else (text, "")
    )


def _trailing_role(text: str) -> tuple[str, str | None]:
    """A text without the role after it: "X als Träger", "X – Kooperationspartner"."""
    match = re.search(r"\s+(?:als|[-–—])\s+([\w*/-]+)$", text)
    role = role_of(match[1]) if match else None
    return (text[: match.start()], role) if match and role else (text, None)
