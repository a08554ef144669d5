"""Where a cell with several names comes apart: is this comma, slash or "und" between two names or inside one?

Each separator is judged by what stands before and after it, rule by rule; the first rule that applies decides. What is
known as a name is never cut, wherever it stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from graph.importing.kinds import sounds_like_programme
from graph.matching.words import folded, head, is_topic, mapping, plural_head, words

if TYPE_CHECKING:
    from collections.abc import Callable

_PROTECTED: Final = re.compile(
    r"Freie und Hansestadt|\bc/o\b|\([^()]*\)?|\[[^\[\]]*\]?|[„“\"][^„“”\"\n]*[“”\"]|»[^»«]*«"
)
_SEPARATOR: Final = re.compile(
    r"\s*(?P<comma>,)(?!\d)\s*|\s*(?P<semicolon>[;|])\s*|\s*(?P<slash>/)\s*|\s*(?P<amp>[&+](?!\s*(?:[,;/|]|$)))\s*"
    r"|\s+(?P<und>und|u\.|u|bzw\.|oder|plus)\s+(?!a\.)|\s+(?P<sowie>sowie|als auch|wie auch)\s+"
)
_WORD: Final = re.compile(r"[^\W_][\w'’.:*-]*|[-–]\w+")
_FUNCTION: Final = words("small")
_PREPOSITIONS: Final = frozenset({"am", "an", "im", "in", "auf", "bei", "beim", "zum", "zur", "unter", "hinter", "vor"})
_LEGAL_FIRST: Final = re.compile(r"(?:Ev\.?|eG|AG)(?:-\w+\.?)?\s+[A-ZÄÖÜ]")
"""What looks like a legal form and begins a name: "Ev. Kirchengemeinde", "eG Wohnen", "AG Bildung"."""
_STREET: Final = re.compile(
    r"(?:stra(?:ß|ss)e|str\.?|platz|allee|weg|ufer|damm|ring|gasse)(?:\s+\d+\w?)?$", re.IGNORECASE
)
_OFFICE: Final = re.compile(
    r"\b(?:für|fuer|gegen|Bereich|Fachbereich|FB|Fachdienst|Ressort|Abteilung|Abt\.|Dezernat|Ausschuss|Referat)(?!\w)"
)
_TOWN: Final = re.compile(
    r"(?:Stadt|Kanton|Land|Landkreis|Kreis|Gemeinde|Bezirk|Landeshauptstadt|Hansestadt|Freistaat)"
    r" [A-ZÄÖÜ][\w-]+(?: [A-ZÄÖÜ][\w-]+)?"
)
"""An authority that is not called by its office."""
_OFFICES: Final = re.compile(
    r"(?:Kompetenz|Service|Dienstleistungs)zentrum\b|[A-ZÄÖÜ]\w*(?:amt|büro|stelle|direktion|betrieb|verwaltung|referat|dienst)\b"
    r"|[A-ZÄÖÜ]\w+e (?:Dienste|Betriebe|Werke)\b"
)
"""How its offices begin."""
_AUTHORITY: Final = re.compile(
    r"^(?:Stadt|Kanton|Stadtbüchereien?|Land|Landkreis|Kreis|Gemeinde|Bezirk|Bezirksamt|BA|Senatsverwaltung|Polizei|Polizeipräsidium|Universität"
    r"|Hochschule|TU|FU|HU|Ministerium|Freie und Hansestadt|Hansestadt|Landeshauptstadt|Magistrat|Behörde)\b"
)
_BUREAU: Final = re.compile(r"[A-ZÄÖÜ]\w*(?:amt|referat|ministerium|behörde)\b")
"""An office of an authority, which is never part of an association."""
_AHEAD: Final = 16
"""How many pieces are looked at to judge one: a cell may hold thousands."""
_SCIENCE: Final = re.compile(r"^(?:Universität|Hochschule|TU|FU|HU)\b")
"""Authorities that have institutes, no offices."""
_UNIT: Final = re.compile(
    r"^(?:Abt\.?|Abteilung|FB|Fachbereich|Fachamt|Fachdienst|FD|Referat|Ref\.|Dezernat|Stabsstelle|Revier|Abschnitt|Amt|Institut"
    r"|[A-Z]{1,2}\s?\d{1,3}\b|Bücherei|Ressort|Lehrstuhl|Fakultät|Dienststelle|Dienstleistungszentrum|Sachgebiet|Eigenbetrieb|Geschäftsbereich|Bereich|OE|SE)(?!\w)"
    r"|^[\wÄÖÜäöü-]+(?:amt|dienst|referat|verwaltung|zentrum|institut)$"
    r"|^(?!Ev|Kath|Jüd)[A-ZÄÖÜ][a-zäöü]+(?:es|er|e) (?:Zentrum|Institut|Seminar|Dienst|Amt)\b"
)

_JOINT_UNIT: Final = re.compile(r"^[A-ZÄÖÜ]\w+- und \w*(?:amt|dienst|referat|verwaltung|abteilung)$")
"""A department of two tasks: "Schul- und Sportamt"."""
_BRANCH: Final = re.compile(
    r"(?:Zweigstelle|Außenstelle|Filiale|Niederlassung|Standort|Geschäftsstelle|Zweigverein|Ortsverein|Ortsgruppe|Ortsverband|OV|OG|Unterbezirk"
    r"|Regionalgruppe|Regionalverband|Kreisverband|Landesverband|Bezirksgruppe|KV|LV|Ortsfeuerwehr|Löschzug|Löschgruppe|Bezirk|Pfarrbezirk|Ortsteil"
    r"|Teilgemeinde|Gemeindeteil)\b"
)
"""Words that begin a branch of what stands before them."""
_SECTION: Final = re.compile(r"(?:Abt\.|Abteilung|Sektion|Sparte)\s")


_FIRM: Final = re.compile(
    r"(?i:büro|kanzlei|praxis|atelier|studio|architekten|architektur|ingenieure|planung|notare)\s+[A-ZÄÖÜ][a-zäöüß]+$"
)
"""A firm that is called by who leads it."""


@dataclass(frozen=True)
class Seam:
    """One piece of a cell after cutting: where it stands, and how sure the cuts and joins around it are (0–1)."""

    start: int
    end: int
    confidence: float = 1.0


@dataclass(frozen=True)
class _Piece:
    start: int
    end: int
    text: str  # without brackets
    kind: str = ""  # of the separator before it
    tight: bool = False  # no space around that separator


@dataclass(frozen=True)
class _Gap:
    """What a separator stands between."""

    left: str
    right: str
    is_left_body: bool  # a word says that it is a body
    is_right_body: bool
    is_tight: bool
    is_listed: bool  # others like it stand in the same list


def cut(text: str, known: Callable[[str], bool]) -> list[Seam]:
    """Cut a text where one name ends and the next begins.

    Args:
        text: one line of a cell.
        known: whether a text is a name that is known as a whole.

    Returns:
        The pieces in order, without the separators between them. Brackets and quotation marks are never cut.
    """
    if "|" in text and ";" not in text and not known(text):  # databases put bars between names, and commas only inside
        return [Seam(match.start(), match.end()) for match in re.finditer(r"[^|\s](?:[^|]*[^|\s])?", text)]
    pieces, seams = _pieces(text), list[Seam]()
    listed = _listed(pieces)
    here, sure = 0, 1.0
    while here < len(pieces):
        reach = _known_reach(text, pieces, here, known)
        end, confidence = here + max(reach, 1), 1.0 if reach else sure
        while end < len(pieces):
            free = _known_reach(text, pieces, end, known) == 0
            left = _bare(text[pieces[here].start : pieces[end - 1].end])
            rest = pieces[end : end + _AHEAD]
            joins, sure = _judged(left, rest, listed[end], is_left_known=reach > 0, is_right_known=not free)
            confidence = min(confidence, sure)
            if not joins:
                break
            end += 1
        seams.append(Seam(pieces[here].start, pieces[end - 1].end, confidence))
        here = end
    return seams


def spoken(text: str) -> list[str]:
    """The folded words of a text that are no articles or prepositions."""
    found = [folded(word).strip(".") for word in _WORD.findall(text)]
    return [word for word in found if word not in _FUNCTION]


def has_head(text: str) -> bool:
    """Whether a word of the text says that this is a body ("Kita", "…verein", "…amt")."""
    return any(head(part) or part in mapping("abbreviations") for word in spoken(text) for part in word.split("-"))


def is_unit(text: str) -> bool:
    """Whether a text names a department of an authority: "FB Städtebau"."""
    return bool(_UNIT.match(text))


def ends_legal(text: str) -> bool:
    """Whether the text ends with a legal form."""
    plain = folded(text).rstrip(" .,")
    return re.search(r"\be\.?\s?v$", plain) is not None or plain.rpartition(" ")[2] in mapping("legal")


def _pieces(text: str) -> list[_Piece]:
    covered = [match.span() for match in _PROTECTED.finditer(text)]
    pieces: list[_Piece] = []
    start, kind, tight = 0, "", False
    for match in _SEPARATOR.finditer(text):
        if any(low <= match.start() < high for low, high in covered):
            continue
        if text[start : match.start()].strip():
            pieces.append(_Piece(start, match.start(), _bare(text[start : match.start()]), kind, tight))
            kind, tight = match.lastgroup or "", len(match[0]) == 1
        start = match.end()
    if text[start:].strip():
        pieces.append(_Piece(start, len(text.rstrip()), _bare(text[start:]), kind, tight))
    return pieces


def _bare(text: str) -> str:
    return " ".join(re.sub(r"\([^()]*\)?|\[[^\[\]]*\]?", " ", text).split())


def _known_reach(text: str, pieces: list[_Piece], here: int, known: Callable[[str], bool]) -> int:
    """How many pieces from here on are together one known name; 0 if none is."""
    for count in range(min(8, len(pieces) - here), 0, -1):
        whole = text[pieces[here].start : pieces[here + count - 1].end].strip()
        if known(whole) or ((bare := _bare(whole)) and known(bare)):
            return count
    return 0


def _judged(  # noqa: PLR0911  # one return for each rule
    left: str, rest: list[_Piece], is_listed: bool, *, is_left_known: bool, is_right_known: bool
) -> tuple[bool, float]:
    """Whether the next piece belongs to the name before it, and how sure that is; the first rule that applies."""
    right = rest[0]
    if not right.text or right.kind == "semicolon":
        return not right.text, 1.0
    glued = _glued(left, right, rest)
    if glued is not None and not (is_right_known and glued < 1):
        return True, glued
    if is_right_known:
        return False, 1.0
    if right.kind == "sowie" or _is_open_ended(right.text):
        return False, 0.95
    if ends_legal(left) or is_left_known:
        return False, 0.95
    both = has_head(left), has_head(right.text)
    if all(_is_body(text) for text in (left, right.text)) and not _shares_legal_form(left, right):
        return False, 0.95
    return _BY_KIND[right.kind](
        _Gap(left, right.text, *both, right.tight, is_listed and not _is_firm_of_two(left, right))
    )


def _listed(pieces: list[_Piece]) -> list[bool]:
    """Whether commas or several "&" stand in the list of each piece; semicolons end a list."""
    lists: list[list[str]] = [[]]
    for piece in pieces:
        if piece.kind == "semicolon":
            lists.append([])
        lists[-1].append(piece.kind)
    return [is_listed for kinds in lists for is_listed in ["comma" in kinds or kinds.count("amp") > 1] * len(kinds)]


def _is_body(text: str) -> bool:
    """Whether a word of the text says that it is a body, or all of it that it is a programme."""
    return has_head(text) or (sounds_like_programme(text) and not set(spoken(text)) & words("vague", "money"))


def _glued(left: str, right: _Piece, rest: list[_Piece]) -> float | None:  # noqa: PLR0911  # one return for each rule
    """How sure it is that the two belong together whatever the separator; None if nothing says so."""
    last, first = (spoken(left) or [""])[-1], (spoken(right.text) or [""])[0]
    following = folded(right.text)
    town, _, task = left.rpartition(", ")  # "Stadt Bern, Familie & Quartier"
    if right.kind in {"amp", "und"} and _TOWN.fullmatch(town) and _is_one_topic(task) and _is_one_topic(right.text):
        return 0.9
    is_open = right.kind != "comma" and folded(left).rpartition(" ")[2] in _FUNCTION  # "Kiek in, Kita Felix" is closed
    if left.endswith("-") or right.text.startswith("-") or is_open:
        return 1.0
    if (first in mapping("legal") or re.match(r"e\.?\s?v\b", following)) and not _LEGAL_FIRST.match(right.text):
        return 1.0
    if first in words("partners") and right.kind in {"amp", "und"}:
        return 1.0
    if _is_part_of(left, right, rest) or _is_second_saint(left, right) or _goes_on_after_dash(left, right):
        return 0.9
    if ends_legal(left):
        return None
    if _is_topic_of(left, last, right.text, rest):
        return 0.9
    at_place = following.partition(" ")[0] in _PREPOSITIONS
    if plural_head((spoken(left) or [""])[0]) and not plural_head(first) and (at_place or not has_head(right.text)):
        return 0.7  # "Kitas Sonne und Mond": taken apart later
    if at_place and right.kind in {"comma", "und"}:
        return 0.7
    return 0.9 if right.kind == "comma" and _is_address(right.text) else None


def _is_chain_of_topics(left: str, rest: list[_Piece]) -> bool:
    """Whether a comma leads to what a body does: "Diakoniewerk Gotha, Kinder-, Jugend- und Familienhilfe"."""
    chain = [piece.text for piece in rest]
    end = next((at for at, text in enumerate(chain) if not text.endswith("-")), 0)
    last = spoken(chain[end])
    is_body = has_head(left) or re.search(r"werk\b", left) is not None
    return end > 0 and is_body and len(last) == 1 and is_topic(last[0]) and not has_head(chain[end])


def _is_office_of(left: str, right: str) -> bool:
    """Whether the right is an office of the town on the left: "Stadt Bern, Familie & Quartier"."""
    if not _TOWN.fullmatch(left) or ends_legal(right):
        return False
    return bool(_OFFICES.match(right)) or all(is_topic(word) for word in spoken(right))


def _goes_on_after_dash(left: str, right: _Piece) -> bool:
    """Whether an "und" stands in what a dash adds to a name: "Verein A – Bildung und Treffpunkt für Frauen"."""
    before, dash, added = left.rpartition(" – ")
    is_named = has_head(before) or re.fullmatch(r"[A-ZÄÖÜ]{1,3} ?\d{1,3}", before) is not None
    return right.kind in {"und", "amp"} and bool(dash) and is_named and _is_one_topic(added)


def _is_part_of(left: str, right: _Piece, rest: list[_Piece]) -> bool:
    """Whether the right is a unit or branch of the left, or goes on with what the left is for."""
    if right.kind == "comma":
        whole = f"{right.text} und {rest[1].text}" if right.text.endswith("-") and len(rest) > 1 else right.text
        unit = _UNIT.match(whole) or _JOINT_UNIT.match(whole) or _is_office_of(left, right.text)
        is_short = re.fullmatch(r"[A-ZÄÖÜ]{2,5}(?: ?\d{1,2})?", right.text) and not has_head(right.text)
        unit = unit and not (_SCIENCE.match(left) and re.search(r"(?:amt|referat|verwaltung)$", right.text))
        is_unit = _AUTHORITY.match(left) and (unit or is_short) and "," not in left
        return bool(
            is_unit or _is_chain_of_topics(left, rest) or _BRANCH.match(right.text) or _SECTION.match(right.text)
        )
    # "Schulamt für den Landkreis und die Stadt"
    goes_on = re.search(r"\bfür\b", left) and re.match(r"(?:die|der|das|den|dem)\b", right.text)
    return right.kind == "und" and bool(goes_on)


def _is_second_saint(left: str, right: _Piece) -> bool:
    """Whether a parish has two patrons: "St. Peter und Paul", "Herz Jesu/St. Nikolaus", "St. Josef u. St. Wendelin"."""
    if right.kind not in {"und", "amp", "slash"}:
        return False
    patron = r"(?:St\.|Sankt|Hl\.|Heilige[rn]?)\s*[\w-]+"
    if re.fullmatch(patron, right.text):
        return bool(
            re.search(rf"(?:{patron}|Herz Jesu|Mari[aä]\b.*|Dreifaltigkeit|Heilig \w+)$", left)
        ) and not re.match(patron, left)
    return bool(
        re.search(rf"{patron}$", left)
        and re.fullmatch(r"[A-ZÄÖÜ][a-zäöüß]+", right.text)
        and not (has_head(right.text) or is_topic(folded(right.text)))
    )


def _is_firm_of_two(left: str, right: _Piece) -> bool:
    """Whether a firm is called by two people: "Architekturbüro Vogt + Bauer"."""
    return bool(
        right.kind == "amp"
        and _FIRM.search(left)
        and re.fullmatch(r"[A-ZÄÖÜ][a-zäöüß]+(?:-[A-ZÄÖÜ][a-zäöüß]+)?", right.text)
    )


def _is_topic_of(left: str, last: str, text: str, rest: list[_Piece]) -> bool:
    """Whether "Jugend" goes on from "Haus für Kinder": a topic after a topic or after "für"."""
    found = spoken(text) or [""]
    begins_body = len(found) > 1 and (head(found[0]) or (head(found[1]) and not is_topic(found[1])))  # "Kultur Büro X"
    if not is_topic(found[0]) or begins_body:
        return False
    if _OFFICE.search(left) or (is_topic(last) and any(ends_legal(piece.text) for piece in rest[:3])):
        return True
    if rest[0].kind == "comma" and len(found) > 1 and not ends_legal(text):
        return False  # "eG Wohnen, Jugendhilfe Cottbus"
    alone = len(spoken(left)) == 1 and rest[0].kind in {"comma", "slash"}  # "Eltern, Schule" are two
    return is_topic(last.rpartition("-")[2]) and not head(found[0]) and not alone


def _is_address(text: str) -> bool:
    if not _STREET.search(text):
        return re.match(r"\d{5}\b", text) is not None
    if re.fullmatch(r"\D+\s\d{1,4}\s?[a-z]?", text):
        return True
    before = _STREET.sub("", text).split()  # "Alte Jakobstraße" is a street, "GGS Marschallstraße" a school in one
    return not has_head(" ".join(before)) and all(word[1:].islower() or len(word) < 2 for word in before[:-1])


def _shares_legal_form(left: str, right: _Piece) -> bool:
    """Whether "Haus" and "Hof e.V." are one name: a single common word before the "und", the legal form after."""
    alone = spoken(left)
    return (
        right.kind in {"und", "amp"}
        and ends_legal(right.text)
        and len(alone) == 1
        and (is_topic(alone[0]) or head(alone[0]) == alone[0])
    )


def _is_open_ended(text: str) -> bool:
    first = (spoken(text) or [""])[0]
    return first in words("vague") or re.match(r"(?:u\.|usw|etc|uvm|z\.\s?B)", text) is not None


def _comma(gap: _Gap) -> tuple[bool, float]:
    """A comma separates names, but for remarks in small letters after it ("stellt Räume")."""
    if gap.right[0].islower() and not any(map(str.isupper, gap.right)):
        is_one_word = re.fullmatch(r"[a-zäöüß.]+", gap.right) is not None
        return gap.is_left_body or not is_one_word, 0.6
    return False, 0.95


def _slash(gap: _Gap) -> tuple[bool, float]:
    """A slash joins streets and topics, and whatever has no space around and is no body of its own."""
    if gap.right.startswith("Ecke") or (_STREET.search(gap.left) and _STREET.search(gap.right)):
        return True, 1.0
    if gap.is_tight and not gap.is_right_body:
        return True, 0.8
    return gap.is_tight and _is_one_topic(gap.left), 0.7


def _ampersand(gap: _Gap) -> tuple[bool, float]:
    """An ampersand or plus joins short names ("Kunst & Kiez"), unless it is one of several in a list."""
    left, right = spoken(gap.left), spoken(gap.right)
    if gap.is_tight or left == right:  # "georg + georg"
        return True, 0.9
    if gap.is_listed and not ends_legal(gap.right):
        return False, 0.6
    if gap.is_left_body:
        shares_form = ends_legal(gap.right) and not (_BUREAU.match(gap.left) or _AUTHORITY.match(gap.left))
        return (len(right) == 1 and not _is_brand(gap.right)) or shares_form, 0.6
    if gap.is_right_body:
        return ends_legal(gap.right) or (len(left) == 1 and bool(right and head(right[-1]))), 0.7
    short = len(left) <= 2 and len(right) <= 3
    return short, 0.8 if short else 0.6


def _und(gap: _Gap) -> tuple[bool, float]:
    """An "und" joins common words and given names, and separates bodies, brands and the last of a list."""
    left, right = spoken(gap.left), spoken(gap.right)
    if gap.is_left_body and len(right) == 1 and not gap.is_listed:
        return not _is_brand(gap.right), 0.6
    if gap.is_right_body and _is_one_topic(gap.left):
        return True, 0.8
    if ends_legal(gap.right) and not gap.is_right_body and not gap.is_listed and not _is_brand(gap.right):
        return True, 0.7  # "Caritasverband für die Regionen Fulda und Geisa e.V.": the legal form closes the whole
    if gap.is_left_body or gap.is_right_body or gap.is_listed:
        return False, 0.8
    if (_common(left) and _common(right)) or {*left[:1], *right[:1]} <= words("persons", "given"):
        return True, 0.8
    return len(left) == len(right) == 1 and not (_is_brand(gap.left) or _is_brand(gap.right)), 0.5


def _is_one_topic(text: str) -> bool:
    found = spoken(text)
    return len(found) == 1 and is_topic(found[0])


def _common(found: list[str]) -> bool:
    return bool(found) and is_topic(found[0]) and len(found) <= 2


def _is_brand(text: str) -> bool:
    """Whether a word is written like the name of a firm or a short form: "degewo", "VHS", "SprengelHaus"."""
    word = text.partition(" ")[0]
    return word[0].islower() or any(char.isupper() or char.isdigit() for char in word[1:])


_BY_KIND: Final = {"comma": _comma, "slash": _slash, "amp": _ampersand, "und": _und}
