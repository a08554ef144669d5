"""Headings and words for roles by their stems: "Antragstellende Einrichtung", "Projektpartnerschaften", "Geldgeberin".

A text is understood only if all its words are made of known stems and endings: then it names no body of its own
("Kooperationsverbund Nord"), and what its stems are, in their order, says what stands under it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from graph.importing.wording import LONGEST, normal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_STEMS: Final = {
    "receive": "empfaeng empfang nehm werb beguenstig bekomm erhalt",
    "traeger": "durchfuehr durchgefuehr ausfuehr ausgefuehr umsetz umgesetz realisier verwirklich federfuehr antragstell "
    "beantrag einreich eingereich einbring eingebrach vorgeschlag verantwort zustaend traeg getrag leit geleit koordin "
    "initi anbiet angeboten betreib betrieb bewerb hauptakteur",
    "partner": "partner koop kooper mitwirk mitmach mitarbeit beteilig zusammenarbeit unterstuetz einbezog eingebund "
    "einbind vernetz verbuend gemeinsam zusammen helf mithelf hilf mithilf begleit",
    "teilnahme": "teilnehm teilnahm teilgenomm anwesend vertret vertreten dabei",
    "veranstalter": "veranstaltend veranstalter veranstaltet organisier organisator ausricht ausgericht einladend eingeladen",
    "mitglied": "mitglied",
    "auftrag": "auftrag beauftrag",
    "foerderer": "sponsor spender stifter finanzier foerderer foerdernd",
    "money": "foerder gefoerder finanz geld mittel zuschuss zuschuess zuwend spend gespons drittmittel beitrag beitraeg "
    "bezahl zahl bezuschuss",
    "give": "geb gegeb herkunft quell",
    "fund": "programm fonds topf toepf lini kuliss",
    "body": "einricht organisation institution stell akteur koerperschaft fachstell dienststell",
    "club": "verein verband initiativ unternehm grupp team",
    "other": "weiter ander sonstig zusaetz uebrig ergaenz",
    "project": "projekt vorhab massnahm aktion",
    "plain": "haupt mit gesamt einzel jeweil direkt wesentlich wichtig zentral oeffentlich und bzw sowie oder ist sind "
    "wird werden wurd war noch auch ggf juristisch rechtlich kiez quartier stadtteil konkret praktisch tatsaechlich "
    "netzwerk verbund kern teil bildung praxis fach extern intern lokal oertlich kurz bewillig genehmig gewaehr",
    "name": "name titel bezeichn benenn",
    "amount": "summ betrag betraeg hoeh volum kost budget etat",
    "period": "zeitraum zeitraeum laufzeit dauer zeitrahmen zeitfenster",
    "start": "beginn start auftakt",
    "end": "ende",
    "places": "ort standort staett",
    "role": "rolle funktion",
    "sort": "art form",
    "person": "ansprech kontakt person geschaeftsfuehr telefon mail",
    "value": "nummer nr status stand bemerk anmerk ziel inhalt beschreib datum jahr sitzung anzahl quot anteil adress "
    "anschrift strass plz rechtsform website sitz aufgab frist termin phas konzept plan bericht nachweis vereinbar "
    "vertrag idee bedarf gebiet bereich feld schwerpunkt them kategori begruend wirk ergebnis gegenstand zweck",
}
"""Beginnings of words and of their parts, as `normal` writes them, by what they say."""

_SORTS: Final = {stem: sort for sort, stems in _STEMS.items() for stem in stems.split()}
_ENDINGS: Final = tuple(
    "ation ierung ier ung ungen end schaft lich keit heit innen erin atorin ator iert iv ern ers en er es et em in ig st t e n s"
    .split()
)
_MOST_ENDINGS: Final = 4
_OF: Final = frozenset("des der die im in am fuer zum zur beim bei an ihrer ihr".split())
"""Words after which it says whose, not what."""
_BY: Final = frozenset("von durch aus ueber mit".split())
"""Words before those who did something."""
_PARTICIPLE: Final = re.compile(r"(?<!arbei)t$")
_FIELDS: Final = frozenset({"amount", "period", "start", "end", "places", "role"})
_DOERS: Final = ("traeger", "partner", "veranstalter", "teilnahme", "mitglied")
_LONGEST: Final = 7
"""Words of a heading; more are a sentence."""


@dataclass(frozen=True)
class Said:
    """What a heading says.

    Attributes:
        role: slug of the role that the bodies below have ("mitglied" of members); "" if it says none.
        field: what stands below if no bodies of a role do: "bodies", "name" of a project, "role", "fund", "amount",
            "period", "start", "end" or "places".
    """

    role: str = ""
    field: str = ""


@lru_cache(maxsize=65_536)
def said(text: str) -> Said | None:
    """What a heading or a word for a role says; None if a word of it is unknown, or if it says something else.

    What comes last says what stands there ("Förderzeitraum" is a time); only words for bodies take up what is said
    before them ("durchführende Stelle", "kooperierende Träger").
    """
    words = normal(text[:LONGEST]).split()
    if not words or len(words) > _LONGEST:
        return None
    head, whose = _parted(words)
    by = head[-1] in _BY or head[0] in _BY
    sorts, of = _sorts(head), _sorts(whose)
    if not sorts or (whose and not of) or (not by and _PARTICIPLE.search(head[-1])):
        return None  # "beantragt" is a question of yes or no, "beteiligt an Projekten" one for projects
    if set(sorts) <= {"name"} and of:
        return Said(field="name") if set(of) <= {"project", "plain"} else _meant(of, by=False)
    if sorts[-1] == "sort":
        return Said(field="role") if set(of) & {*_DOERS, "body"} else None
    return _meant(sorts, by=by)


def role(text: str) -> str | None:
    """The role a text speaks of; None if it speaks of none, or of more."""
    found = said(text)
    return (found.role if found.role != "mitglied" else None) if found and found.role else None


def meanings(told: Said) -> Iterator[tuple[str, str]]:
    """What a column under such a heading means, by the kind of the rows."""
    of_bodies = {"project": "link:", "event": "link:", "involvement": "involvement.actor", "membership": "membership.member"}
    match told:
        case Said(role="mitglied"):
            yield from (("network", "link:mitglied"), ("membership", "membership.member"))
        case Said(role="foerderer"):
            yield from ((kind, "link:foerderer") for kind in _WITH_BODIES)
            yield "funding", "funding.payer"
        case Said(role=str(role)) if role:
            yield from ((kind, f"link:{_AT_EVENTS.get(role, role)}") for kind in ("event",))
            yield from ((kind, f"link:{_IN_PROJECTS.get(role, role)}") for kind in ("project", "involvement"))
            yield from {"partner": [("actor", "link:tie")], "traeger": [("actor", "actor.parent")]}.get(role, ())
            yield from [("network", "link:mitglied")] if role == "teilnahme" else ()
        case Said(field="bodies"):
            yield from (*of_bodies.items(), ("actor", "actor.name"))
        case Said(field="name"):
            yield from (("project", "project.name"), ("involvement", "project.name"), ("funding", "funding.project"))
        case Said(field="role"):
            yield "involvement", "involvement.role"
        case Said(field="fund"):
            yield from (("project", "project.fund"), ("involvement", "project.fund"), ("funding", "funding.programme"))
        case Said(field="amount"):
            yield from (("project", "project.amount"), ("involvement", "project.amount"), ("funding", "funding.amount"))
        case Said(field=field):
            yield from ((kind, f"{kind}.{field}") for kind in ("project", "event"))


_WITH_BODIES: Final = ("project", "event", "involvement")
_AT_EVENTS: Final = {"traeger": "veranstalter", "partner": "teilnahme"}
_IN_PROJECTS: Final = {"teilnahme": "partner"}


def _parted(words: list[str]) -> tuple[list[str], list[str]]:
    """What a heading says, and whose: "Name | des Trägers", "Funktion | im Vorhaben", "in Kooperation mit | "."""
    for at, word in enumerate(words[1:], start=1):
        if word in _OF and not _BY & set(words[:at]) and words[0] not in _OF:
            return words[:at], words[at + 1 :]
    return words, []


def _meant(sorts: Sequence[str], *, by: bool) -> Said | None:
    """What stems say in their order.

    Args:
        sorts: of the stems.
        by: a word says that those who did it are named.
    """
    last, present = sorts[-1], set(sorts)
    if "person" in present or last in ("value", "sort"):
        return None
    if last in _FIELDS:
        return Said(field=last)
    doers = [sort for sort in sorts if sort in _DOERS]
    if "receive" in present:
        return Said("traeger") if not present & {"value", "project"} else None
    if "auftrag" in present:
        return Said("auftraggeber") if "give" in present or by else None
    if "foerderer" in present or ("amount" in present and doers == ["traeger"]):
        return Said("foerderer")
    if "money" in present and (by or present & {"give", "body"} or doers == ["partner"]):
        return Said("foerderer")
    if "money" in present and "fund" in present:
        return Said(field="fund")
    if doers:
        return Said("partner" if present & {"other"} and doers == ["traeger"] else doers[0])
    if last == "name":
        return Said(field="name") if present & {"project", "plain"} else None
    if present & {"body", "club"} and not present & {"money", "give", "fund", "project", "value"}:
        return Said("partner") if "other" in present else Said(field="bodies")
    return None


def _sorts(words: Iterable[str]) -> list[str]:
    """The sorts of the stems words are made of, in order, small words left out; none if any word is made of others."""
    found: list[str] = []
    several = [word for word in words if word not in _BY and word not in _OF]
    for word in several:
        parts = _parts(word)
        if not parts or (parts[0] == "club" and len(several) == 1) or "club" in parts[1:]:
            return []
        found += parts
    return found


@lru_cache(maxsize=65_536)
def _parts(word: str) -> tuple[str, ...]:
    """The sorts of the stems one word is made of, the longest stems first; none if it is not made of known ones."""
    for stem in _BY_LETTER[word[:1]]:
        if word.startswith(stem):
            for end in _ends(word, len(stem), _MOST_ENDINGS):
                if end == len(word):
                    return (_SORTS[stem],)
                if rest := _parts(word[end:]):
                    return (_SORTS[stem], *rest)
    return ()


def _ends(word: str, start: int, more: int) -> Iterator[int]:
    """Where the part of a word that begins with a stem can end: behind the stem, or behind endings."""
    if more and start < len(word):
        for ending in _ENDINGS:
            if word.startswith(ending, start):
                yield from _ends(word, start + len(ending), more - 1)
    yield start


_BY_LETTER: Final[dict[str, list[str]]] = defaultdict(list)
for _stem in sorted(_SORTS, key=len, reverse=True):
    _BY_LETTER[_stem[0]].append(_stem)
