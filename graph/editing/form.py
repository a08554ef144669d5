"""One entry as a form: its fields in the order of the shapes, filled with texts that `save` reads again."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from graph import labels
from graph.directory.names import names
from graph.directory.values import table
from graph.editing import texts
from graph.editing.facts import Facts, entry_iri, facts, origins
from graph.editing.links import Directory, creatable, directory_of
from graph.errors import NotFound
from ontology.schema import EntityType, Field, entity_types, group_headings
from ontology.terms import DCTERMS, PN, PROV, SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from graph.store import Store

_RARE: Final = 0.1
"""A field that fewer of the entries have is folded away at first."""

_WANTED: Final = frozenset({PROV.wasDerivedFrom, PN.lastConfirmed, DCTERMS.description, SCHEMA.endDate})
"""What is asked for although many entries lack it."""

_ENOUGH: Final = 10
"""So many entries it takes to say what is rare."""


@dataclass(frozen=True)
class FormValue:
    """One value as it stands in the form.

    Attributes:
        text: as a person writes it. origins: names of the sources that say it; () for a value not stored yet.
    """

    text: str
    origins: tuple[str, ...] = ()


@dataclass(frozen=True)
class FormField:
    """One field of a form.

    Attributes:
        field: what the shape says of it. values: what stands there; several in a field that takes one are sources that
            contradict each other.
        rare: few entries have a value here.
        creates: entity types that a link may create in place.
    """

    field: Field
    values: tuple[FormValue, ...] = ()
    rare: bool = False
    creates: tuple[str, ...] = ()

    @property
    def is_contradicted(self) -> bool:
        """Whether sources say different things where there can be but one."""
        return not self.field.many and len(self.values) > 1


@dataclass(frozen=True)
class Form:
    """A form for one entry.

    Attributes:
        kind: its entity type. slug: None for a new entry. label: its name, else what it links; "" for a new entry.
        fields: in the order of the shapes.
        version: the data version it was drawn at, for `save`.
    """

    kind: EntityType = field(repr=False)
    slug: str | None
    label: str
    fields: tuple[FormField, ...]
    version: int

    @property
    def texts(self) -> dict[str, tuple[str, ...]]:
        """The texts of all fields, as `save` takes them."""
        return {one.field.name: tuple(value.text for value in one.values) for one in self.fields}

    @property
    def groups(self) -> Sequence[tuple[Mapping[str, str], Sequence[FormField]]]:
        """The fields under their headings (by language), both in the order of the shapes."""
        found = [(heading, [one for one in self.fields if one.field.group == heading]) for heading in group_headings()]
        rest = [one for one in self.fields if one.field.group not in group_headings()]
        return [(heading, fields) for heading, fields in [*found, ({}, rest)] if fields]


def form(
    store: Store,
    kind: str,
    slug: str | None = None,
    *,
    given: Mapping[str, Sequence[str]] | None = None,
    language: str = "de",
) -> Form:
    """Draw a form.

    Args:
        store: where the entry is, or will be.
        kind: entity type.
        slug: which entry; None for a new one.
        given: texts that stand in the form instead of what is stored, by field name; links also by slug.
        language: in which links are named.

    Raises:
        NotFound: there is no such entry, or no such entity type that people edit.
    """
    entity = editable(kind)
    subject = entry_iri(store, kind, slug) if slug else None
    said = facts(store, entity, subject) if subject else None
    if slug and not said:
        raise NotFound(kind, slug)
    directory, shares = directory_of(store, language), _shares(store, entity)
    drawn = []
    for one in entity.fields:
        values = stored_values(store, directory, one, said) if said else ()
        if given and one.name in given:
            values = tuple(FormValue(_given(directory, one, text)) for text in given[one.name])
        elif not said and one.required and one.choices and one.path[-1].endswith("#type"):
            values = (FormValue(one.choices[0].label["de"]),)
        may_fold = not one.required and not values and one.path[-1] not in _WANTED
        rare = may_fold and shares.get(one.name, 1.0) < _RARE
        drawn.append(FormField(one, values, rare, creatable(one.links_to)))
    return Form(entity, slug, _label(store, kind, subject, language) if subject else "", tuple(drawn), store.version)


def editable(kind: str) -> EntityType:
    """The entity type, if people edit its entries by forms: all but contacts and the history.

    Raises:
        NotFound: they do not.
    """
    entity = entity_types().get(kind)
    if entity is None or entity.graph not in ("data", "rounds"):
        raise NotFound("list", kind)
    return entity


def stored_values(store: Store, directory: Directory, one: Field, said: Facts) -> tuple[FormValue, ...]:
    """The stored values of a field, sorted by text; values that read the same are one."""
    quads: dict[str, set[ox.Quad]] = {}
    for term, sayings in said.of(one).items():
        quads.setdefault(text_of(directory, one, term), set()).update(sayings)
    order = {choice.label["de"]: place for place, choice in enumerate(one.choices)}
    by_text = sorted(quads, key=lambda text: (order.get(text, len(order)), text.casefold(), text))
    return tuple(FormValue(text, origins(store, quads[text])) for text in by_text)


def text_of(directory: Directory, one: Field, term: ox.NamedNode | ox.Literal) -> str:
    """A stored value as it stands in a form."""
    if one.links_to and isinstance(term, ox.NamedNode):
        return directory.text(term.value, one.links_to)
    return texts.shown(one, term)


def _label(store: Store, kind: str, subject: ox.NamedNode, language: str) -> str:
    """The name of an entry; without one it is called as on its page, after what it links or says."""
    slug = subject.value.rpartition("/")[2]
    if subject.value in labels.labels(store, language):
        return names(store, language).label(subject.value)
    row = table(store, kind, language).get(slug)
    return row.ref.label if row else slug


def _given(directory: Directory, one: Field, text: str) -> str:
    """A text from an address: a link by its slug becomes one by its name."""
    found = directory.find(text, one.links_to) if one.links_to else []
    return directory.text(found[0], one.links_to) if len(found) == 1 else text


def _shares(store: Store, entity: EntityType) -> Mapping[str, float]:
    """Which share of the entries has a value, by field; {} while there are too few to say."""

    def build() -> dict[str, float]:
        rows = table(store, entity.name, "de").values()
        return {
            one.name: _share(one.name in row.cells for row in rows) for one in entity.fields if len(rows) >= _ENOUGH
        }

    return store.cached(("editing shares", entity.name), build)


def _share(marks: Iterable[bool]) -> float:
    known = list(marks)
    return sum(known) / len(known)
