"""What people may say that a table or a column is: the choices, in groups, named by the shapes."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Final, Literal

from ontology.concepts import concepts
from ontology.schema import entity_types

KINDS: Final = (
    "project", "actor", "network", "event", "programme", "place", "involvement", "funding", "membership", "tie",
)  # fmt: skip
"""Kinds of tables that are taken."""

IGNORED: Final = "ignore"
"""As a kind: leave the table out; as a meaning: leave the column out."""

Group = Literal["entry", "links", "project", "money", "rest"]
_MONEY: Final = ("project.fund", "project.amount", "link:foerderer")
_REST: Final = ("contact.name", "note", IGNORED)


@dataclass(frozen=True)
class Meaning:
    """What a column can be.

    Attributes:
        key: as `graph.importing.columns` names meanings.
        group: where it stands among the others: "entry" (fields of what the rows are about), "links" (who takes part),
            "project" (in tables of links: what is said of the project), "money" or "rest".
        label: the name of the field or role, by language; empty where the shapes have none.
    """

    key: str
    group: Group
    label: dict[str, str] = field(default_factory=dict, hash=False)


@cache
def meanings(kind: str) -> tuple[Meaning, ...]:
    """What the columns of a table of that kind can be, in the order people look for it."""
    from graph.importing.headings import senses  # here, because it brings what reads headings

    known = {sense.meaning for found in senses().values() for sense in found if sense.kind == kind} - {"link:"}
    known = {one for one in known if not one.startswith("contact.")} - {f"{kind}.note", *_REST}
    named = [Meaning(key, _group(kind, key), _label(key)) for key in known]
    order = {"entry": 0, "links": 1, "project": 2, "money": 3}
    named.sort(key=lambda one: (order[one.group], _place(one.key), one.key))
    return (*named, *(Meaning(key, "rest") for key in _REST))


def _group(kind: str, key: str) -> Group:
    if key in _MONEY:
        return "money"
    if key.startswith("link:"):
        return "links"
    return "entry" if key.partition(".")[0] == kind else "project"


def _label(key: str) -> dict[str, str]:
    """The label of a field or a role."""
    if key.startswith("link:"):
        slug = key.removeprefix("link:")
        return next((role.label for role in concepts("role") if role.slug == slug), {})
    type_name, _, name = key.partition(".")
    fields = entity_types()["actor" if type_name == "network" else type_name].fields
    return next((one.label for one in fields if one.name == name), {})


def _place(key: str) -> float:
    """Where a field stands among those of its entry; roles as in their list."""
    if key.startswith("link:"):
        slugs = [role.slug for role in concepts("role")]
        slug = key.removeprefix("link:")
        return slugs.index(slug) if slug in slugs else len(slugs)
    type_name, _, name = key.partition(".")
    name = {"period": "start", "address": "street"}.get(name, name)
    fields = entity_types()["actor" if type_name == "network" else type_name].fields
    return next((one.order for one in fields if one.name == name), 99.0)
