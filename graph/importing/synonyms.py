"""All headings that are known, with what they may mean: from the shapes, the list of roles, and other languages."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from graph.importing import questions
from graph.importing.wording import tight
from ontology.concepts import concepts
from ontology.schema import entity_types

ENTRIES: Final = ("project", "actor", "network", "event", "programme", "place", "handlungsfeld", "round", "statement")
LINKS: Final = ("involvement", "funding", "membership", "tie")
KINDS: Final = (*ENTRIES, *LINKS, "source", "note")
"""What the rows of a table can be about; a network is an actor of the class Netzwerk."""
GENERIC: Final = frozenset(("name", "namen", "titel", "bezeichnung", "benennung", "kurztitel"))
"""Words over the names of anything."""


@dataclass(frozen=True)
class Sense:
    """What a heading may mean in a table of some kind: see `graph.importing.columns` for meanings."""

    kind: str
    meaning: str


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
def meanings() -> frozenset[str]:
    """All meanings a column can have."""
    return frozenset({sense.meaning for found in senses().values() for sense in found} | {"note", "ignore", "section"})


@cache
def key_headings(kind: str) -> frozenset[str]:
    """Headings that name the entries of a kind and of no other: "Projekt", not "Name"; in the spelling of `tight`."""
    generic = GENERIC | {"was", "wer", "aktion", "angebot"}
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


_EITHER: Final = ("Förderung", "Fördermittel", "Finanzierung", "Mittel", "Zuwendung", "Funding")
"""Over names of funds as over sums; the cells say which."""

_TIMES: Final = {"start": "start", "end": "end", "period": "period_text"}


def _links(kind: str) -> list[tuple[str, tuple[str, ...]]]:
    roles = [(f"link:{role.slug}", (role.label["de"], *role.alternatives, role.slug)) for role in concepts("role")]
    programmes = (heading for heading in _field("programme", "name") if tight(heading) not in GENERIC)
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
                ("link:foerderer_von", _FUNDS),
                ("link:in", _TAKES_PART),
            ]
        case "network":
            return [
                ("link:mitglied", (*_field("membership", "member"), *_SEATS)),
                ("link:in", _field("involvement", "project_or_event")),
            ]
    return []


_CARRIES: Final = (
    "Träger von", "Trägerschaft", "Träger bei", "Projekte als Träger", "als Träger", "eigene Projekte",
    "Projekte in Trägerschaft",     "trägt", "führt durch", "federführend bei", "verantwortlich für", "leitet",
)  # fmt: skip
_FUNDS: Final = (
    "Förderer von", "Förderer bei", "Fördert", "Finanziert", "geförderte Projekte", "unterstützte Projekte",
    "finanzierte Projekte", "unterstützt finanziell", "fördert finanziell", "gibt Geld für", "spendet für",
)  # fmt: skip
_SEATS: Final = ("Geschäftsstelle", "Geschäftsführende Stelle", "Sekretariat", "Einladende Stelle", "Anbindung")
"""Over the body at which a network has its seat, which sits in it."""
_TAKES_PART: Final = (
    "Partner von", "Partner bei", "Partner in", "Projekte als Partner", "als Partner", "Kooperationspartner bei",
    "kooperiert bei",
    "Kooperationsprojekte", "beteiligt bei", "wirkt mit", "wirkt mit an", "macht mit bei", "Mitwirkung in",
    "Mitwirkung an",
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
