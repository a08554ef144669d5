"""What a name says about the body that bears it: agency, network, programme or actor, and of what kind.

The words are those of the list of kinds (`ontology/schemes.ttl`) and a few that lists of offices use besides.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final, Literal

from graph.importing.values import looks_like_body
from ontology.concepts import concept, concepts

Klass = Literal["Actor", "Agency", "Network", "Programme"]

_LEGAL: Final = re.compile(
    r"\be\. ?V\b|\bg?GmbH\b|\bg?UG\b|\bAG$|\be\. ?G\b|\beG\b|\bGbR\b|\bKG\b|\bStiftung\b|stiftung\b|\bKdöR\b",
    re.IGNORECASE,
)
_SCHOOL: Final = re.compile(r"^(?!.*schulamt)\w*(?:universität|hochschule|schule)\b", re.IGNORECASE)
_PROGRAMME: Final = re.compile(
    r"programm|fonds\b|\bfonds|förderung\b|zusammenhalt\b|\bsoziale stadt\b|mittel\b|\bspenden?\b|\b(?:ESF|EFRE)\b|"
    r"\bLEADER\b|demokratie leben|initiative stadtteil|pakt\b|\bmodellvorhaben\b|\bzuschuss|\bbudget\b|\btopf\b",
    re.IGNORECASE,
)
_AGENCY: Final = re.compile(
    r"^(?:freie )?(?:und )?(?:hanse|landeshaupt|kreis)?stadt [A-ZÄÖÜ]|^land(?:kreis)? [A-ZÄÖÜ]|"
    r"^(?:kreis|gemeinde|bezirk) [A-ZÄÖÜ]|(?<!ehren)(?<!ges)amt(?:es)?\b(?! für alle)|behörde\b|ministerium\b|"
    r"\bsenator\w*|(?-i:^Sen[A-ZÄÖÜ])|senatsverwaltung|\bfachbereich\b|\bfb \w|\bdezernat\b|referat\b|departement\b|"
    r"verwaltung\b(?<!hausverwaltung)|polizei|\bjobcenter\b|agentur für arbeit|\bbezirksvertretung\b|"
    r"(?-i:\bBA [A-ZÄÖÜ])|\bordnungs|beauftragte[nr]? (?:der|des|im)\b|^kanton|"
    r"\b(?:city|town|county|borough|district|parish|municipal) council\b|\bcouncil$|\bcity of [A-Z]|"
    r"\bfeuerwehr\b|umweltbetrieb|eigenbetrieb|\bmagistrat\b|"
    r"(?-i:^Beirat (?=[A-ZÄÖÜ]))",
    re.IGNORECASE,
)
_NETWORK: Final = re.compile(
    r"netzwerk|runder tisch|beirat\b|konferenz\b|^a[gk] |arbeitskreis|arbeitsgemeinschaft|arbeitsgruppe|bündnis|"
    r"verbund\b|quartiersrat|stadtteilrat|\bjury\b|(?<=\w)runde\b|steuerungs(?:gruppe|runde)|\bforum\b|\bgremium\b|"
    r"\bkommission\b|\btisch\b",
    re.IGNORECASE,
)
_BODY: Final = re.compile(
    r"kasse\b|bank\b|lotto|verband\b|\bbund\b|bund\b|werk\b|aktion mensch|versicherung|kirche|verein\b|gesellschaft|"
    r"genossenschaft|schule\b|universität|gemeinde\b",
    re.IGNORECASE,
)

_SECTORS: Final = {
    "verwaltung-und-behoerden": "verwaltung",
    "politik": "politik",
    "gremien-und-netzwerke": "netzwerk",
    "quartiersarbeit": "nachbarschaft",
    "schulen-und-hochschulen": "bildung",
    "bildung-und-forschung": "bildung",
    "kinder-und-familien": "bildung",
    "jugendarbeit": "jugend",
    "nachbarschaft-und-begegnung": "nachbarschaft",
    "soziales-und-gesundheit": "soziales",
    "kunst-kultur-und-medien": "kultur",
    "religion": "religion",
    "wirtschaft-und-gewerbe": "wirtschaft",
    "planung-und-bau": "wirtschaft",
    "wohnen": "wohnen",
}
"""The sector that goes with the broad kinds; kinds that may work in any sector have none."""

_KLASSES: Final[dict[str, Klass]] = {"verwaltung-und-behoerden": "Agency", "gremien-und-netzwerke": "Network"}
_OWN_SECTORS: Final = {"sportverein": "sport", "naturschutzverband": "umwelt", "gesundheitstraeger": "gesundheit"}
_VAGUE: Final = frozenset({"projekt", "einrichtung", "dienst", "laden", "bund", "club", "institut", "agentur", "hof"})


_LONGEST: Final = 300


def klass_of(name: str, hint: str = "") -> Klass:  # noqa: PLR0911  # one line for each class, in the order they rule
    """The class of the body of that name.

    Args:
        name: in full, abbreviations spelled out where a legend says how.
        hint: what the column says it is: "programme", "payer", "network", "agency" or "".
    """
    name = name[:_LONGEST]  # what a body is stands in a few words; longer texts are damage
    if hint == "network":
        return "Network"
    if _LEGAL.search(name) or _SCHOOL.search(name):
        return "Actor"
    if _AGENCY.search(name):
        return "Agency" if hint != "programme" or not _PROGRAMME.search(name) else "Programme"
    if hint in ("programme", "payer") and _PROGRAMME.search(name):
        return "Programme"
    if hint == "programme" and not _BODY.search(name):
        return "Programme"
    if not hint and _NETWORK.search(name):
        return "Network"
    return "Actor"


def called_like_body(name: str) -> bool:
    """Whether a word of a name says that it is that of a body, an authority among them."""
    return looks_like_body(name) or kind_of(name) is not None or klass_of(name) == "Agency"


def sounds_like_programme(name: str) -> bool:
    """Whether a name is one of money rather than of a body."""
    return bool(_PROGRAMME.search(name)) and not _LEGAL.search(name)


def klass_by_kind(kind: str) -> Klass | None:
    """The class of bodies of a kind, as a list calls it ("Bezirksamt"); None if that does not tell."""
    if kind.casefold() in _programme_kinds():
        return "Programme"
    top = slug = kind_of(kind)
    while slug:
        top, slug = slug, next(iter(concept("actor-kind", slug).broader), None)
    if top is None:
        return None
    return _KLASSES.get(top, "Actor")


def kind_of(name: str) -> str | None:
    """The slug of the kind whose word is in the name, the longest one; None if there is none."""
    found = [match[1] for match in _kind_pattern().finditer(name.casefold())]
    return _kind_words()[max(found, key=lambda word: (len(word), word))] if found else None


def sector_of(kind: str | None) -> str | None:
    """The sector that goes with a kind; None where the kind does not tell."""
    while kind:
        if sector := _OWN_SECTORS.get(kind) or _SECTORS.get(kind):
            return sector
        kind = next(iter(concept("actor-kind", kind).broader), None)
    return None


@cache
def _programme_kinds() -> frozenset[str]:
    words = (word for choice in concepts("programme-kind") for word in (choice.label["de"], *choice.alternatives))
    return frozenset(word.casefold() for word in words)


@cache
def _kind_pattern() -> re.Pattern[str]:
    """A word of a kind that stands alone or, if not short, ends a longer word (Sekundarschule, Kulturverein)."""
    words = sorted(_kind_words(), key=lambda word: (-len(word), word))
    parts = (re.escape(word) if len(word) > 4 else rf"(?<!\w){re.escape(word)}" for word in words)
    return re.compile(rf"(?=({'|'.join(parts)})(?!\w))")


@cache
def _kind_words() -> dict[str, str]:
    """Slugs by word."""
    return {
        word.casefold(): choice.slug
        for choice in concepts("actor-kind")
        for word in (choice.label["de"], *choice.alternatives)
        if word.casefold() not in _VAGUE and choice.slug != "foerderprogramm"
    }
