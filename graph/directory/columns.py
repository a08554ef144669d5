"""Which columns a list shows, and those of them that no shape has: who is responsible, how many projects."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph import query
from graph.directory.names import names
from graph.directory.values import Value
from ontology.concepts import concept
from ontology.schema import EntityType, entity_types

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.store import Store


@dataclass(frozen=True)
class Column:
    """One column: `key` names the field or the computed value; `numeric` ones are counts."""

    key: str
    label: str
    numeric: bool = False
    computed: bool = False


SHOWN = {
    "actor": ("name", "kind", "sector", "projects", "handlungsfelder", "place"),
    "programme": ("name", "kind", "provider", "start", "end", "projects"),
    "place": ("name", "kind", "street", "along_panke", "projects", "actors"),
    "project": ("name", "start", "end", "status", "handlungsfelder", "carriers"),
    "event": ("name", "start", "place", "carriers"),
    "round": ("name", "start", "end", "projects"),
    "handlungsfeld": ("name", "round", "projects", "actors"),
    "statement": ("name", "type", "round", "handlungsfeld", "place"),
    "source": ("name", "kind", "date", "url"),
}
"""What a list shows of each type, most wanted first; other types show their first five fields."""

COUNTED = {"projects": "project", "actors": "actor"}
_CARRIER_ROLES = {"project": "traeger", "event": "veranstalter"}


def columns(entity: EntityType, language: str) -> tuple[Column, ...]:
    """The columns of a type's list, with their headings."""
    keys = SHOWN.get(entity.name) or ("name", *[one.name for one in entity.fields if one.required][:5])
    return tuple(_column(entity, key, language) for key in keys)


def _column(entity: EntityType, key: str, language: str) -> Column:
    if key in COUNTED:
        return Column(key, entity_types()[COUNTED[key]].plural_label[language], numeric=True, computed=True)
    if key == "carriers":
        return Column(key, concept("role", _CARRIER_ROLES[entity.name]).label[language], computed=True)
    fields = {one.name: one for one in entity.fields}
    if key not in fields:
        return Column(key, fields["title"].label[language] if "title" in fields else entity.label[language])
    return Column(key, fields[key].label[language])


@dataclass(frozen=True)
class _Counts:
    thing: str
    projects: int
    actors: int


@dataclass(frozen=True)
class _Carrier:
    activity: str
    actor: str


def cells_of(store: Store, kind: str, language: str) -> Mapping[str, Mapping[str, tuple[Value, ...]]]:
    """The computed cells of a list, by entry and column."""
    wanted = SHOWN.get(kind, ())
    cells: dict[str, dict[str, tuple[Value, ...]]] = defaultdict(dict)
    if {"projects", "actors"} & set(wanted):
        for row in counts(store).values():
            for key in ("projects", "actors"):
                if number := getattr(row, key):
                    cells[row.thing][key] = (Value(str(number), str(number)),)
    if "carriers" in wanted:
        called = names(store, language)
        for pair in query.rows(store, "directory-carriers", _Carrier):
            if ref := called.ref(pair.actor):
                cells[pair.activity]["carriers"] = (
                    *cells[pair.activity].get("carriers", ()),
                    Value(ref.label, ref.slug, ref),
                )
    return cells


def counts(store: Store) -> Mapping[str, _Counts]:
    """How many projects and actors each thing has, by address; read once per data version."""
    return store.cached("counts", lambda: {row.thing: row for row in query.rows(store, "directory-counts", _Counts)})
