"""Headings as words: without case, umlauts, gender endings, brackets and units; numbered, compound, abbreviated."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_UMLAUTS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_ALL_GENDERS: Final = re.compile(r"(?<=[a-zäöüß])(?:[:*_·]in(?:nen)?|/-?in(?:nen)?|\(in(?:nen)?\)|Innen)(?![a-zäöü])")
_BROKEN_WORD: Final = re.compile(r"-\n(?=[a-zäöü])")
_ORDINAL: Final = re.compile(r"^\s*(?:Frage\s*)?\d{1,2}\s*[.):]\s+(?=\D)")
BRACKETS: Final = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")
_UNIT: Final = re.compile(
    r"(?i)\b(?:in|je)\s+(?:T|Tsd\.?|Mio\.?)?\s?(?:€|Euro|EUR|TEUR|T€|\$|USD|Tsd\.?|Mio\.?)(?!\w)|T€|\bTEUR\b|€|\bEUR\b(?=\W|$)|\$"
)
_WRITTEN_OUT: Final = {
    "proj": "projekt", "massn": "massnahme", "koop": "kooperations", "foerd": "foerderung", "ges": "gesamt",
    "stellv": "stellvertretung", "stv": "stellvertretung",
    "bem": "bemerkung", "anm": "anmerkung", "bez": "bezeichnung", "einr": "einrichtung", "org": "organisation",
    "zeitr": "zeitraum", "verantw": "verantwortlich", "veranst": "veranstaltung", "beschr": "beschreibung",
}  # fmt: skip
_TECHNICAL: Final = re.compile(r"[A-Za-z]+(?:_[A-Za-z0-9]+)+")
_OF_DATABASES: Final = {
    "ze": "zuwendungsempfaenger", "zg": "zuwendungsgeber", "fg": "foerdergeber", "tr": "traeger", "trg": "traeger",
    "koop": "kooperationspartner", "kp": "kooperationspartner", "prj": "projekt", "proj": "projekt", "pro": "projekt",
    "dat": "datum", "betr": "betrag", "bez": "bezeichnung", "einr": "einrichtung", "org": "organisation",
    "inst": "institution", "str": "strasse", "beg": "beginn", "hf": "handlungsfeld", "nw": "netzwerk",
    "part": "partner",
}  # fmt: skip
"""What the parts of technical headings stand for: "ZE_NAME", "KOOP_1"."""
_SHORTENED: Final = re.compile(rf"\b({'|'.join(_WRITTEN_OUT)})\.")
_BETWEEN: Final = re.compile(r"\s*(?:[/|;&+,–—]|\s-\s|\bund\b|\bbzw\.?(?=\s)|\boder\b|\bsowie\b)\s*")

_RUNNING_WORDS: Final = """
    nr lfdnr lfd laufendenummer laufendenr pos position nummer projektnr projektnummer id kennung
    kennziffer kennnummer zeile massnahmennr massnahmenummer aktenzeichen az index antragsnummer
    foerdernummer vorgangsnummer lfdnummer row no key slug projektid projektkennung massnahmenid vorhabenid
    vorgangsid akteurid antragsid datensatz blatt blattnr seite seitenr steckbrief steckbriefnr tabellenblatt
"""
RUNNING: Final = frozenset(_RUNNING_WORDS.split())
"""Headings of columns that number the rows, as `tight` writes them."""

_NUMBER_WORDS: Final = """
    nr nummer id ids kennung kennziffer kennnummer key no lfd laufende code schluessel index az aktenzeichen
"""
_NUMBERS: Final = frozenset(_NUMBER_WORDS.split())
_NUMBER: Final = re.compile(r"(?<=[a-z]{2})(?:nummer|nr|id|kennung|schluessel)$")
"""Words and endings of headings over numbers."""

LONGEST: Final = 300
"""Letters of a heading that are looked at; a longer text is none."""

_SHORT_WORDS: Final = """
    abkuerzung abkuerzungen kuerzel abk kurzform akronym kurzbezeichnung zeichen
"""
SHORT: Final = frozenset(_SHORT_WORDS.split())
_LONG_WORDS: Final = """
    bedeutung erlaeuterung erklaerung langform vollername name bezeichnung steht stehtfuer
    ausgeschrieben vollstaendigername vollstaendigebezeichnung langname volltext
"""
LONG: Final = frozenset(_LONG_WORDS.split())
"""The two headings of a legend."""


@lru_cache(maxsize=65_536)
def normal(text: str) -> str:
    """A heading without case, umlauts, gender endings, brackets, units: "Proj.-Träger*in" → "projekt traeger"."""
    joined = _ORDINAL.sub("", _BROKEN_WORD.sub("", text[:LONGEST]).replace("\n", " "))
    plain = _UNIT.sub(" ", BRACKETS.sub(" ", _ALL_GENDERS.sub("", joined)))
    if _TECHNICAL.fullmatch(plain.strip()):
        plain = " ".join(_OF_DATABASES.get(word.casefold(), word) for word in plain.strip().split("_"))
    folded = plain.casefold().translate(_UMLAUTS)
    whole = _SHORTENED.sub(lambda found: f"{_WRITTEN_OUT[found[1]]} ", folded)
    return " ".join(re.findall(r"[a-z0-9]+", whole))


def tight(text: str) -> str:
    """`normal` without spaces."""
    return normal(text).replace(" ", "")


def unit(text: str) -> str:
    """The unit of money a heading gives, e.g. "T€" of "Fördersumme (in T€)"; "" if it gives none."""
    found = re.search(
        r"(?i)(?<!\w)(?:T|Tsd\.?|Mio\.?)\s?(?:€|(?:Euro|EUR)\b)|\bTsd\.|\bMio\.|€|\bEuro\b|\bEUR\b|\$|\bUSD\b",
        text[:LONGEST],
    )
    return found[0] if found else ""


def says_number(text: str) -> bool:
    """Whether a heading is that of numbers or codes that tell rows apart: "Nr.", "Projekt-ID", "INST_NR"."""
    words = normal(text).split()
    return tight(text) in RUNNING or bool(words and (_NUMBERS & set(words) or _NUMBER.search(words[-1])))


def without_number(text: str) -> str:
    """What such a heading says besides: "PROJ_NR" → "proj", "Projektnummer" → "projekt", "Nr." → ""."""
    return _NUMBER.sub("", " ".join(word for word in normal(text).split() if word not in _NUMBERS))


def parts(text: str) -> list[str]:
    """What a compound heading joins ("Träger / Partner", "Beginn – Ende", "PLZ, Ort"), else the heading itself."""
    whole = _BROKEN_WORD.sub("", _ALL_GENDERS.sub("", text[:LONGEST])).replace("\n", " / ")
    return [part for part in _BETWEEN.split(BRACKETS.sub(" ", whole)) if normal(part)]
