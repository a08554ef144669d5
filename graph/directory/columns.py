"""Which columns a list shows, and those of them that no shape has: who is responsible, how many projects."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from graph import query
from graph.directory.names import Ref, names
from graph.directory.values import Value
from graph.neighbours import linked, pointing
from ontology.concepts import concept
from ontology.schema import EntityType, entity_types
from ontology.terms import ORG, PN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from graph.cache import Touched
    from graph.store import Store

T = TypeVar("T")


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
_IN = PN["in"]
_COUNTING = (
    PN.actor, _IN, PN.project, PN.programme, PN.payer, PN.handlungsfeld, PN.place, PN.round, PN.activeIn, ORG.hasSite,
)  # fmt: skip
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
    keys = [key for key in ("projects", "actors") if key in wanted]
    cells = {thing: _numbers(row, keys) for thing, row in counts(store).items()} if keys else {}
    if "carriers" in wanted:
        called = names(store, language)
        for activity, actors in _carriers(store).items():
            refs = tuple(ref for actor in actors if (ref := called.ref(actor)))
            if refs:
                cells[activity] = {**cells.get(activity, {}), "carriers": _shown(refs)}
    return cells


@lru_cache(maxsize=20_000)  # most are the same after a change
def _shown(refs: tuple[Ref, ...]) -> tuple[Value, ...]:
    return tuple(Value(ref.label, ref.slug, ref) for ref in refs)


def _numbers(row: _Counts, keys: Iterable[str]) -> dict[str, tuple[Value, ...]]:
    found = ((key, getattr(row, key)) for key in keys)
    return {key: (Value(str(number), str(number)),) for key, number in found if number}


def counts(store: Store) -> Mapping[str, _Counts]:
    """How many projects and actors each thing has, by address; read once per data version."""

    def read(thing: str | None = None) -> dict[str, _Counts]:
        only = query.Iri(thing) if thing else None
        return {row.thing: row for row in query.rows(store, "directory-counts", _Counts, thing=only)}

    def renew(old: Mapping[str, _Counts], touched: Touched) -> Mapping[str, _Counts]:
        near = touched.subjects | touched.unlinked
        doings = near | linked(store, near, _IN, PN.project)
        links = doings | pointing(store, doings, _IN, PN.project)
        return _again(old, links | linked(store, links, *_COUNTING), read)

    return store.followed("counts", read, renew)


def _carriers(store: Store) -> Mapping[str, tuple[str, ...]]:
    """Who carries each project and event, in order of the addresses."""

    def read(activity: str | None = None) -> dict[str, tuple[str, ...]]:
        only = query.Iri(activity) if activity else None
        found: dict[str, set[str]] = {}
        for pair in query.rows(store, "directory-carriers", _Carrier, activity=only):
            found.setdefault(pair.activity, set()).add(pair.actor)
        return {one: tuple(sorted(actors)) for one, actors in found.items()}

    def renew(old: Mapping[str, tuple[str, ...]], touched: Touched) -> Mapping[str, tuple[str, ...]]:
        near = touched.subjects | touched.unlinked
        links = near | pointing(store, near, PN.actor)
        return _again(old, links | linked(store, links, _IN), read)

    return store.followed("carriers", read, renew)


def _again(old: Mapping[str, T], things: Iterable[str], read: Callable[[str], Mapping[str, T]]) -> Mapping[str, T]:
    """What was known, with some things read again."""
    gone = frozenset(things)
    kept = {thing: known for thing, known in old.items() if thing not in gone}
    for thing in gone:
        kept |= read(thing)
    return kept
