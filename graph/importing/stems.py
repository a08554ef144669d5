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
    "receive": """empfaeng empfang nehm werb ansuch beguenstig bekomm erhalt
        recipient award grantee beneficiar""",
    "traeger": """durchfuehr durchgefuehr ausfuehr ausgefuehr umsetz umgesetz realisier verwirklich
        federfuehr antragstell gesuchstell beantrag einreich eingereich einbring eingebrach vorgeschlag verantwort
        zustaend traeg
        getrag leit geleit koordin initi anbiet angeboten betreib betrieb bewerb hauptakteur
        lead led coordinat coordinator implement applicant responsib runn""",
    "partner": """partner koop kooper mitwirk mitmach mitarbeit beteilig zusammenarbeit unterstuetz einbezog eingebund
        einbind vernetz verbuend gemeinsam zusammen helf mithelf hilf mithilf begleit involvier involv
        contribut cooperat collaborat participat participant support""",
    "teilnahme": "teilnehm teilnahm teilgenomm anwesend vertret vertreten dabei",
    "veranstalter": """veranstaltend veranstalter veranstaltet organisier organisator ausricht ausgericht einladend
        eingeladen""",
    "mitglied": "mitglied entsend entsandt delegier",
    "auftrag": "auftrag beauftrag",
    "foerderer": "sponsor spender stifter finanzier foerderer foerdernd",
    "money": """foerder gefoerder finanz geld mittel zuschuss zuschuess zuwend spend gespons drittmittel beitrag
        beitraeg bezahl zahl bezuschuss kohle knete cash
        fund grant financ""",
    "give": "geb gegeb herkunft quell source provid",
    "fund": "programm programme fonds topf toepf lini kuliss",
    "body": "einricht organisation institution stell akteur koerperschaft fachstell dienststell organization agenc bod",
    "club": "verein verband initiativ unternehm grupp team",
    "other": "weiter ander sonstig zusaetz uebrig ergaenz other",
    "own": "eigen",
    "project": "projekt vorhab massnahm aktion",
    "with": "mit",
    "apply": "antrag gesuch",
    "what": "inhalt gegenstand zweck",
    "plain": """haupt gesamt einzel jeweil direkt wesentlich wichtig zentral oeffentlich und bzw sowie oder ist
        sind wird werden wurd war noch auch ggf juristisch rechtlich kiez quartier stadtteil konkret praktisch
        tatsaechlich netzwerk verbund schau treff veranstaltung kern teil bildung praxis fach extern intern
        oertlich kurz letzt bewillig genehmig gewaehr""",
    "name": "name titel bezeichn benenn",
    "amount": "summ betrag betraeg hoeh volum kost budget etat",
    "period": "zeitraum zeitraeum laufzeit dauer zeitrahmen zeitfenster",
    "start": "beginn start auftakt",
    "end": "ende",
    "places": "ort standort staett platz punkt lokal lokalitaet",
    "role": "rolle funktion role",
    "sort": "art form",
    "person": "ansprech kontakt person geschaeftsfuehr telefon mail",
    "value": """nummer nr status stand bemerk anmerk ziel beschreib datum jahr sitzung anzahl quot anteil adress
        anschrift strass plz rechtsform website sitz aufgab frist termin phas konzept plan bericht nachweis vereinbar
        vertrag idee bedarf gebiet bereich feld schwerpunkt them kategori begruend wirk ergebnis""",
}
"""Beginnings of words and of their parts, as `normal` writes them, by what they say."""

_SORTS: Final = {stem: sort for sort, stems in _STEMS.items() for stem in stems.split()}
_ENDING_WORDS: Final = """
    ation ierung ier ung ungen end schaft lich keit heit innen erin atorin ator iert iv ern ers en er es et em in iell
    ig st t e n s ing ed ers y ies ible
"""
_ENDINGS: Final = tuple(_ENDING_WORDS.split())
_MOST_ENDINGS: Final = 4
_OF: Final = frozenset(
    {"des", "der", "die", "im", "in", "am", "fuer", "zum", "zur", "beim", "bei", "an", "ihrer", "ihr"}
)
"""Words after which it says whose, not what."""
_BY: Final = frozenset({"von", "durch", "aus", "ueber", "mit", "by", "with", "from", "through"})
"""Words before those who did something."""
_SEVERAL: Final = frozenset({"projekten", "massnahmen", "aktionen", "vorhaben"})
"""Several of what bodies take part in: "Mitwirkung an Projekten"."""
_ONE: Final = re.compile(r"(?:projekt|massnahme|project)$")
"""One of them: "Kooperationsprojekt" heads projects, "Kooperationsprojekte" are those of a body."""
_OUT_OF: Final = frozenset({"aus", "ueber"})
_TURNED: Final = re.compile(r"(?:ung|er|erin|schaft|partner) (?:von|bei)$")
_DOING: Final = re.compile(r"(?:ation|arbeit|beteiligung)$")
"""How words for what is done end, not for who does it: "Name der Kooperation"."""
_PARTICIPLE: Final = re.compile(r"(?<!arbei)(?<!schaf)t$")
_FOR: Final = frozenset({"fuer", "bei"})
_FINITE: Final = re.compile(r"^(?!ge|be|durchge|mitge|ausge|umge|einge)[a-z]{2,}(?<!haf)(?<!arbei)(?<!gel)t$")
"""Verbs that say what bodies do; participles and nouns in "schaft" and "antrag" say what was done to projects."""
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
            "period", "start", "end" or "places"; "projects" if it names those in which the row has the role.
        is_turned: of rows that are bodies, it names what they have the role in: "Träger von", "Förderung von".
    """

    role: str = ""
    field: str = ""
    is_turned: bool = False


_NUMBER = re.compile("(?<=[a-z]) [0-9]{1,2}$")
"""Behind the headings of several columns of one sort."""


@lru_cache(maxsize=65_536)
def said(text: str) -> Said | None:  # noqa: PLR0911  # one return for each sort of heading
    """What a heading or a word for a role says; None if a word of it is unknown, or if it says something else.

    What comes last says what stands there ("Förderzeitraum" is a time); only words for bodies take up what is said
    before them ("durchführende Stelle", "kooperierende Träger").
    """
    words = _NUMBER.sub("", normal(text[:LONGEST]).removesuffix(" vor ort")).split()
    if not words or len(words) > _LONGEST:
        return None
    if does := _doing(words) or _joint_project(words):
        return does
    head, whose = _parted(words)
    sorts, of = _sorts(head), _sorts(whose)
    if not sorts or (whose and not of) or _tells_how_far(head, sorts, of):
        return None
    if set(sorts) <= {"name"} and of:
        is_done = set(of) <= {"project", "plain"} or (set(of) == {"partner"} and _DOING.search(words[-1]))
        return Said(field="name") if is_done else _meant(of, by=False)
    if sorts == ["what"] and of:
        return Said(field="name") if set(of) <= {"apply", "money"} else None
    if sorts[-1] == "sort":
        return Said(field="role") if set(of) & {*_DOERS, "body"} else None
    found = _meant(sorts, by=_names_who(head))
    if not found or found.field or not found.role:
        return found
    if set(of) == {"project"} and _SEVERAL & set(words):
        return Said(found.role, "projects")
    if found.role == "foerderer" and _OUT_OF & {head[0], head[-1]}:
        return Said(field="fund")
    return Said(found.role, is_turned=bool(_TURNED.search(" ".join(head))))


def _doing(words: list[str]) -> Said | None:
    """What a heading says that tells what bodies do, and not what they do it with: "verantwortet", "Träger für"."""
    *before, last = words
    if before and last in _FOR and (role := _meant(_sorts(before), by=False)) and role.role in _DOERS:
        return Said(role.role, "projects")
    if (
        not before
        and _FINITE.search(last)
        and (sorts := _parts(last))
        and set(sorts) <= {*_DOERS, "foerderer", "money"}
    ):
        return Said("foerderer" if "money" in sorts else sorts[0], "projects")
    return None


def _joint_project(words: list[str]) -> Said | None:
    """What a heading says that is one word for a project: "Kooperationsprojekt" (not "Kooperationsprojekte")."""
    is_one = len(words) == 1 and _ONE.search(words[0])
    return (
        Said(field="name")
        if is_one and {"project"} <= set(_parts(words[0])) <= {"project", "partner", "money"}
        else None
    )


def _names_who(head: list[str]) -> bool:
    """Whether a heading says that those who did it are named: "getragen von", "in Kooperation mit"."""
    return head[-1] in _BY or head[0] in _BY


def _tells_how_far(head: list[str], sorts: list[str], of: list[str]) -> bool:
    """Whether a heading says how far something is, not who does it: "in Umsetzung", "beantragt"."""
    is_done = sorts[-1] in (*_DOERS, "money") and _PARTICIPLE.search(head[-1]) is not None
    return not _names_who(head) and (head[0] in _OF or (is_done and not of))


def role(text: str) -> str | None:
    """The role a text speaks of; None if it speaks of none, or of more. Who has the part "Förderung" pays."""
    found = said(text)
    if not found and set(_parts(normal(text[:LONGEST]))) == {"money"}:
        return "foerderer"
    return found.role if found and found.role and found.role != "mitglied" and not found.field else None


def meanings(told: Said) -> tuple[tuple[str, str], ...]:
    """What a column under such a heading means: kinds of rows, each with the meaning it has there."""
    of_rows = ("actor", {"traeger": "link:traeger_von", "foerderer": "link:foerderer_von"}.get(told.role, "link:in"))
    if told.field == "projects":
        return (of_rows,)
    if found := _MEANINGS.get(told.role or told.field):
        return (*(one for one in found if one[0] != "actor"), of_rows) if told.is_turned else found
    if told.role:
        return tuple((kind, f"link:{told.role}") for kind in ("project", "event", "involvement"))
    return tuple((kind, f"{kind}.{told.field}") for kind in ("project", "event"))


_MEANINGS: Final = {
    "traeger": (
        ("project", "link:traeger"), ("event", "link:veranstalter"), ("involvement", "link:traeger"),
        ("actor", "actor.parent"), ("network", "link:mitglied"),
    ),
    "partner": (
        ("project", "link:partner"), ("event", "link:partner"), ("involvement", "link:partner"), ("actor", "link:tie"),
    ),
    "foerderer": (
        ("project", "link:foerderer"), ("event", "link:foerderer"), ("involvement", "link:foerderer"),
        ("funding", "funding.payer"),
    ),
    "teilnahme": (("project", "link:partner"), ("event", "link:teilnahme"), ("network", "link:mitglied")),
    "mitglied": (("network", "link:mitglied"), ("membership", "membership.member"), ("actor", "actor.name")),
    "bodies": (
        ("project", "link:"), ("event", "link:"), ("involvement", "involvement.actor"),
        ("membership", "membership.member"), ("actor", "actor.name"),
    ),
    "name": (("project", "project.name"), ("involvement", "project.name"), ("funding", "funding.project")),
    "role": (("involvement", "involvement.role"),),
    "fund": (("project", "project.fund"), ("involvement", "project.fund"), ("funding", "funding.programme")),
    "amount": (("project", "project.amount"), ("involvement", "project.amount"), ("funding", "funding.amount")),
}  # fmt: skip


def _parted(words: list[str]) -> tuple[list[str], list[str]]:
    """What a heading says, and whose: "Name | des Trägers", "Funktion | im Vorhaben", "in Kooperation mit | "."""
    for at, word in enumerate(words[1:], start=1):
        if word in _OF and not _BY & set(words[:at]) and words[0] not in _OF:
            return words[:at], words[at + 1 :]
    return words, []


def _meant(sorts: Sequence[str], *, by: bool) -> Said | None:
    """What stems say in their order; nothing if there are none.

    Args:
        sorts: of the stems.
        by: a word says that those who did it are named.
    """
    if not sorts:
        return None
    last, present = sorts[-1], set(sorts)
    doers = [sort for sort in sorts if sort in _DOERS]
    pays = "money" in present and (by or present & {"give", "body"} or doers == ["partner"])
    bears_costs = "amount" in present and doers == ["traeger"]
    is_body = present & {"body", "club"} and not present & {"money", "give", "fund", "project", "value"}
    rules = (
        ({"own", "project"} == present, Said("traeger", "projects")),
        ("person" in present or last in ("value", "sort", "what"), None),
        (last in _FIELDS, Said(field=last)),
        ("receive" in present, None if present & {"value", "project"} else Said("traeger")),
        ("auftrag" in present, Said("auftraggeber") if "give" in present or by else None),
        ("foerderer" in present or bears_costs or pays, Said("foerderer")),
        ({"money", "fund"} <= present, Said(field="fund")),
        (doers == ["traeger"] and "other" in present, Said("partner")),
        (doers == ["veranstalter"] and "with" in present, Said("partner")),
        ("apply" in present and by and not doers, Said("traeger")),
        (doers, Said("".join(doers[:1]))),
        (last == "name" and present & {"project", "plain"}, Said(field="name")),
        (last == "project" and present == {"project", "plain"}, Said(field="name")),
        (is_body, Said("partner") if "other" in present else Said(field="bodies")),
    )
    return next((what for holds, what in rules if holds), None)


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
