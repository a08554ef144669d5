"""Headings: what a column's title may mean, from the names and synonyms in the shapes and in the list of roles."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from graph.importing import questions
from graph.importing.passages import role_in
from ontology.concepts import concepts
from ontology.schema import entity_types

ENTRIES: Final = ("project", "actor", "network", "event", "programme", "place", "handlungsfeld", "round", "statement")
LINKS: Final = ("involvement", "funding", "membership", "tie")
KINDS: Final = (*ENTRIES, *LINKS, "source", "note")
"""What the rows of a table can be about; a network is an actor of the class Netzwerk."""

_UMLAUTS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_ALL_GENDERS: Final = re.compile(r"(?<=[a-zäöüß])(?:[:*_·]in(?:nen)?|/-?in(?:nen)?|\(in(?:nen)?\)|Innen)(?![a-zäöü])")
_BROKEN_WORD: Final = re.compile(r"-\n(?=[a-zäöü])")
_ORDINAL: Final = re.compile(r"^\s*(?:Frage\s*)?\d{1,2}\s*[.):]\s+(?=\D)")
_BRACKETS: Final = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")
_UNIT: Final = re.compile(
    r"(?i)\b(?:in|je)\s+(?:T|Tsd\.?|Mio\.?)?\s?(?:€|Euro|EUR|TEUR|T€|\$|USD|Tsd\.?|Mio\.?)(?!\w)|T€|TEUR|€|\bEUR\b(?=\W|$)|\$"
)
_WRITTEN_OUT: Final = {
    "proj": "projekt", "massn": "massnahme", "koop": "kooperations", "foerd": "foerderung", "ges": "gesamt",
    "bem": "bemerkung", "anm": "anmerkung", "bez": "bezeichnung", "einr": "einrichtung", "org": "organisation",
    "zeitr": "zeitraum", "verantw": "verantwortlich", "veranst": "veranstaltung", "beschr": "beschreibung",
}  # fmt: skip
_SHORTENED: Final = re.compile(rf"\b({'|'.join(_WRITTEN_OUT)})\.")
_OF: Final = re.compile(r" (?:des|der|im|in der|in|zum|zur|fuer|von|vom|am|beim|an|aus|d) (?:das |die |den |dem )?")
_GENERIC: Final = frozenset(("name", "namen", "titel", "bezeichnung", "benennung", "kurztitel"))
_QUESTIONS: Final = frozenset(("wer", "was", "wo", "wann", "wie", "womit", "wofuer", "wem", "mit"))
_PREFIXES: Final = ("projekt", "massnahmen", "massnahme", "vorhaben", "akteurs", "einrichtungs", "foerder", "gesamt")
_BETWEEN: Final = re.compile(r"\s*(?:[/|;&+,–—]|\s-\s|\bund\b|\bbzw\.?(?=\s)|\boder\b|\bsowie\b)\s*")
_NUMBERED: Final = re.compile(r"(?<=[a-z.]) ?(?:nr )?(?:[0-9]{1,2}|[ivx]{1,3})$")

_RUNNING_WORDS: Final = """
    nr lfdnr lfd laufendenummer laufendenr pos position nummer projektnr projektnummer id kennung
    kennziffer kennnummer zeile massnahmennr massnahmenummer aktenzeichen az index antragsnummer
    foerdernummer vorgangsnummer lfdnummer row no key slug projektid projektkennung massnahmenid vorhabenid
    vorgangsid akteurid antragsid datensatz
"""
RUNNING: Final = frozenset(_RUNNING_WORDS.split())
"""Headings of columns that number the rows, as `tight` writes them."""

_NUMBERS: Final = frozenset(
    "nr nummer id ids kennung kennziffer kennnummer key no lfd laufende code schluessel index az aktenzeichen".split()
)
_NUMBER: Final = re.compile(r"(?<=[a-z]{2})(?:nummer|nr|id|kennung|schluessel)$")
"""Words and endings of headings over numbers."""

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


@dataclass(frozen=True)
class Sense:
    """What a heading may mean in a table of some kind: see `graph.importing.columns` for meanings."""

    kind: str
    meaning: str


def normal(text: str) -> str:
    """A heading without case, umlauts, gender endings, brackets, units: "Proj.-Träger*in" → "projekt traeger"."""
    joined = _ORDINAL.sub("", _BROKEN_WORD.sub("", text).replace("\n", " "))
    plain = _UNIT.sub(" ", _BRACKETS.sub(" ", _ALL_GENDERS.sub("", joined)))
    folded = plain.casefold().translate(_UMLAUTS)
    whole = _SHORTENED.sub(lambda found: f"{_WRITTEN_OUT[found[1]]} ", folded)
    return " ".join(re.findall(r"[a-z0-9]+", whole))


def tight(text: str) -> str:
    """`normal` without spaces."""
    return normal(text).replace(" ", "")


def unit(text: str) -> str:
    """The unit of money a heading gives, e.g. "T€" of "Fördersumme (in T€)"; "" if it gives none."""
    found = re.search(
        r"(?i)(?<!\w)(?:T|Tsd\.?|Mio\.?)\s?(?:€|(?:Euro|EUR)\b)|\bTsd\.|\bMio\.|€|\bEuro\b|\bEUR\b|\$|\bUSD\b", text
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
    whole = _BROKEN_WORD.sub("", _ALL_GENDERS.sub("", text)).replace("\n", " / ")
    return [part for part in _BETWEEN.split(_BRACKETS.sub(" ", whole)) if normal(part)]


@cache
def senses() -> dict[str, tuple[Sense, ...]]:
    """All known headings, in the spelling of `tight`, with what they may mean."""
    found: dict[str, dict[Sense, None]] = {}
    for kind in KINDS:
        for meaning, headings in _meanings(kind):
            for heading in headings:
                found.setdefault(tight(heading), {})[Sense(kind, meaning)] = None
    found.pop("", None)
    return {heading: tuple(meanings) for heading, meanings in found.items()}


@cache
def key_headings(kind: str) -> frozenset[str]:
    """Headings that name the entries of a kind and of no other: "Projekt", not "Name"; in the spelling of `tight`."""
    generic = _GENERIC | {"was", "wer", "aktion", "angebot"}
    if kind == "membership":
        return frozenset(map(tight, _field("membership", "member"))) - _role_words()
    named = entity_types()["actor" if kind == "network" else kind]
    if kind == "network":
        return frozenset(map(tight, ("Netzwerk", "Netzwerke", *_field("membership", "network"))))
    own = (*named.label.values(), *named.plural_label.values(), *_field(kind, "name"))
    partly = {"actor": _role_words()}.get(kind, frozenset())
    return frozenset(map(tight, own)) - generic - partly


@cache
def _role_words() -> frozenset[str]:
    return frozenset(tight(word) for role in concepts("role") for word in (role.label["de"], *role.alternatives))


def _field(type_name: str, field_name: str) -> tuple[str, ...]:
    field = entity_types()[type_name].field(field_name)
    return (*field.label.values(), *field.alternatives, field_name)


def _meanings(kind: str) -> list[tuple[str, tuple[str, ...]]]:
    """The meanings a column of a table of that kind can have, with their headings; likelier ones first."""
    type_name = "actor" if kind == "network" else kind
    fields = entity_types()[type_name].fields
    labels = (*entity_types()[type_name].label.values(), *entity_types()[type_name].plural_label.values())
    own = [(f"{kind}.name", labels)] if kind == type_name and any(field.name == "name" for field in fields) else []
    own += [(f"{kind}.{field.name}", _field(type_name, field.name)) for field in fields]
    own = [(meaning.replace(".period_text", ".period"), headings) for meaning, headings in own]
    if kind == "network":
        own.insert(0, ("network.name", tuple(key_headings("network"))))
    if any(field.name == "start" for field in fields):
        own += [(f"{kind}.{name}", _field("project", field)) for name, field in _TIMES.items()]
    if any(field.name == "street" for field in fields):
        own.append((f"{kind}.address", _field(type_name, "street")))
    return [*own, *_links(kind), *_foreign(kind), *_personal()]


def _foreign(kind: str) -> list[tuple[str, tuple[str, ...]]]:
    """English headings, but those of fields that tables of the kind do not have."""
    fields = {field.name for field in entity_types()["actor" if kind == "network" else kind].fields}
    known = fields | {"amount", "fund", "period", "address"}
    return [
        (meaning, words)
        for meaning, words in questions.foreign(kind)
        if meaning.startswith("link:") or meaning.rpartition(".")[2] in known
    ]


_EITHER: Final = ("Förderung", "Fördermittel", "Finanzierung", "Mittel", "Zuwendung")
"""Over names of funds as over sums; the cells say which."""

_TIMES: Final = {"start": "start", "end": "end", "period": "period_text"}


def _links(kind: str) -> list[tuple[str, tuple[str, ...]]]:
    roles = [(f"link:{role.slug}", (role.label["de"], *role.alternatives, role.slug)) for role in concepts("role")]
    programmes = (heading for heading in _field("programme", "name") if tight(heading) not in _GENERIC)
    money = [
        ("project.fund", (*_field("funding", "programme"), *programmes, *_EITHER, "fund")),
        ("link:foerderer", _field("funding", "payer")),
        ("project.amount", (*_field("funding", "amount"), *_EITHER, "amount_eur")),
    ]
    networks = ("link:mitglied_von", (*_field("membership", "network"), *key_headings("network")))
    actors = ("link:", _field("involvement", "actor"))
    match kind:
        case "project" | "event":
            return [*roles, *money, ("link:mitglied_von", _field("membership", "network")), actors]
        case "involvement":
            fields = entity_types()["project"].fields
            more = [
                (f"project.{field.name}", _field("project", field.name))
                for field in fields
                if field.name not in ("name", "note", "source")
            ]
            return [*more, *roles, *money, *_named_generically()]
        case "actor":
            return [
                ("link:tie", _field("tie", "to_actor")),
                ("actor.parent", roles[0][1]),
                networks,
                ("link:in", _field("involvement", "project_or_event")),
                ("link:traeger_von", _CARRIES),
                ("link:in", _TAKES_PART),
            ]
        case "network":
            return [
                ("link:mitglied", _field("membership", "member")),
                ("link:in", _field("involvement", "project_or_event")),
            ]
    return []


_CARRIES: Final = (
    "Träger von", "Trägerschaft", "Träger bei", "Projekte als Träger", "als Träger", "eigene Projekte", "Projekte in Trägerschaft",
    "trägt", "führt durch", "federführend bei", "verantwortlich für", "leitet",
)  # fmt: skip
_TAKES_PART: Final = (
    "Partner von", "Partner bei", "Partner in", "Projekte als Partner", "als Partner", "Kooperationspartner bei", "kooperiert bei",
    "Kooperationsprojekte", "beteiligt bei", "wirkt mit", "wirkt mit an", "macht mit bei", "Mitwirkung in", "Mitwirkung an",
)  # fmt: skip
"""Over the projects of a body, when the rows are bodies."""


def _named_generically() -> list[tuple[str, tuple[str, ...]]]:
    """What a table of roles may call its projects and bodies."""
    own = ("project", "event", "actor")
    names = {kind: tuple(heading for heading in _field(kind, "name") if tight(heading) != "was") for kind in own}
    return [
        ("involvement.project_or_event", (*names["project"], *names["event"])),
        ("involvement.actor", names["actor"]),
    ]


def _personal() -> list[tuple[str, tuple[str, ...]]]:
    return [
        (f"contact.{name}", _field("contact", name)[1 if name == "name" else 0 :])
        for name in ("name", "email", "telephone")
    ]


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
        if plain in _GENERIC or _NUMBERED.sub("", f"x{plain}") == "x":
            found.append((above, 0.95))
    found.append((plain, 0.99))
    if numbered := _NUMBERED.sub("", plain):
        found.append((numbered, 0.96))
    if brackets := [normal(a or b) for a, b in _BRACKETS.findall(text)]:
        found.append((brackets[0], 0.5))
    head, *rest = _OF.split(plain, maxsplit=1)
    if rest:
        phrase = plain[: plain.index(rest[0])].split()
        found.append((" ".join(phrase), 0.93))  # "Mitarbeit in Arbeitskreisen", "beteiligt an welchen Projekten"
        found.append((rest[0], 0.94) if head in _GENERIC else (head, 0.88))
    # "Rolle des Partners" is a role: what follows "des" says whose, not what.
    words = plain.split() if not rest or head in _GENERIC else [head]
    for prefix in _PREFIXES:
        found += (
            [(plain.removeprefix(prefix).strip(), 0.85)]
            if plain.startswith(prefix) and len(plain) > len(prefix) + 3
            else []
        )
    found += [(plain.removesuffix(ending).removesuffix("s"), 0.93) for ending in _GENERIC if plain.endswith(ending)]
    if len(words) > 1 and not rest:
        # What stands last says what it is ("außerdem unterstützt von"); "wer" and "was" begin any question.
        found += [(" ".join(words[at:]), 0.9) for at in range(1, len(words) - 1)]
        found += [(words[-1], 0.75), *([(words[0], 0.72)] if words[0] not in _QUESTIONS else [])]
    best: dict[str, float] = {}
    for spelling, sureness in found:
        if spelling:
            best[spelling] = max(best.get(spelling, 0), sureness)
    return sorted(best.items(), key=lambda item: -item[1])


@cache
def understood(text: str, group: str = "") -> tuple[tuple[Sense, float, str], ...]:
    """What one heading (no compound) may mean, with how sure that is (0–1) and the synonym it was recognised by."""
    found: dict[Sense, tuple[float, str]] = {}
    for spelling, sureness in readings(text, group):
        for known, likeness in _alike(spelling):
            for sense in senses()[known]:
                sure = sureness * likeness
                if sure > found.get(sense, (0.0, ""))[0]:
                    found[sense] = (sure, known)
    if role := role_in(text):
        for kind in ("project", "event"):
            sense = Sense(kind, f"link:{role}")
            found[sense] = max(found.get(sense, (0.0, "")), (0.9, tight(text)))
    for kind, meaning in questions.asked(normal(text)):
        found[Sense(kind, meaning)] = (0.95, tight(text))
    ranked = sorted(found.items(), key=lambda item: -item[1][0])
    return tuple((sense, sure, known) for sense, (sure, known) in ranked)


@cache
def _alike(spelling: str) -> tuple[tuple[str, float], ...]:
    """Known headings like a spelling: itself, else those that differ by letters, else those it ends in; 0.7–1."""
    is_word = " " not in spelling
    spelling = spelling.replace(" ", "")
    if spelling in senses():
        return ((spelling, 1.0),)
    if len(spelling) < 5:
        return ()
    from rapidfuzz import fuzz, process

    near = process.extract(spelling, list(senses()), scorer=fuzz.ratio, score_cutoff=86, limit=3)
    if near:
        return tuple((known, score / 100 * 0.95) for known, score, _ in near if abs(len(known) - len(spelling)) <= 3)
    ends = [known for known in senses() if is_word and len(known) >= 5 and spelling.endswith(known)]
    return ((max(ends, key=len), 0.75),) if ends else ()


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


def labelled(text: str) -> tuple[str, str] | None:
    """The known heading and what it says in one text: "Träger: AWO", "Projekt 3: Lesezelt"; None if it is no such text."""
    found = _LABELLED.fullmatch(text.strip()) or _COUNTED.fullmatch(text.strip())
    if not found or not any(sure > 0.9 and _is_naming(sense.meaning) for sense, sure, _ in understood(found[1])):
        return None
    return found[1], found[2]


def _is_naming(meaning: str) -> bool:
    """Whether what stands under such a heading is a name."""
    if meaning.startswith("link:") or meaning.endswith((".project_or_event", ".network")):
        return True
    return meaning in ("project.period", "project.name", "event.name", "actor.name", "network.name", "programme.name")
