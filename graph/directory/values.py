"""Rows of an entry type as people read them: the fields of its shape, filled."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graph import query
from graph.directory.names import Names, Ref, alphabetical, names, shown_with
from graph.labels import is_readable
from ontology.schema import EntityType, Field, entity_types

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graph.cache import Touched
    from graph.store import Store


@dataclass(frozen=True)
class Value:
    """One value of a field.

    Attributes:
        text: what people read: the text, the name of the concept or of the entry linked to.
        key: what the value is compared by: a concept's or entry's slug, else the text itself.
        ref: the entry, if the value is a link to one.
        language: of a text, if it has one ("de").
    """

    text: str
    key: str
    ref: Ref | None = None
    language: str = ""


@dataclass(frozen=True)
class Row:
    """One entry with its values.

    Attributes:
        ref: the entry; without a name of its own it is called after what it links.
        kind: its entry type.
        cells: field name → values, in the order of the shape; fields without values are missing.
    """

    ref: Ref
    kind: EntityType = field(repr=False)
    cells: Mapping[str, tuple[Value, ...]]

    def values(self, name: str) -> tuple[Value, ...]:
        """The values of a field; () if it has none."""
        return self.cells.get(name, ())

    def text(self, name: str) -> str:
        """The first value of a field as text; "" if it has none."""
        return self.cells[name][0].text if name in self.cells else ""

    def refs(self, name: str) -> tuple[Ref, ...]:
        """The entries a field links to."""
        return tuple(value.ref for value in self.values(name) if value.ref)


@dataclass(frozen=True)
class Triple:
    """One value as the queries return it; `inner` is the second step of a path, `language` None for links."""

    entry: str
    property: str
    text: str
    language: str | None
    inner: str | None = None


def table(store: Store, kind: str, language: str) -> Mapping[str, Row]:
    """All entries of a type by slug, sorted by name; read once per data version."""
    entity = entity_types()[kind]
    return store.followed(
        ("table", kind, language),
        lambda: _by_slug(_rows(store, entity, names(store, language))),
        lambda old, touched: _renewed(store, entity, names(store, language), old, touched),
    )


def _by_slug(rows: Iterable[Row]) -> dict[str, Row]:
    return {row.ref.slug: row for row in sorted(rows, key=lambda row: (alphabetical(row.ref.label), row.ref.iri))}


def _rows(store: Store, kind: EntityType, called: Names, entry: str | None = None) -> list[Row]:
    """The rows of a type, or of one of its entries."""
    only = query.Iri(entry) if entry else None
    triples = [
        triple
        for class_iri in kind.classes
        for triple in query.rows(store, "directory-values", Triple, **{"class": query.Iri(class_iri), "entry": only})
    ]
    return [row for row in filled(triples, called) if row.kind is kind]


def _renewed(
    store: Store, kind: EntityType, called: Names, old: Mapping[str, Row], touched: Touched
) -> Mapping[str, Row]:
    start = f"{store.base_iri}{kind.segment.strip('/')}/"
    mine = sorted(iri for iri in shown_with(store, touched.subjects) if iri.startswith(start))
    if not mine:
        return old
    gone = set(mine)
    kept = [row for row in old.values() if row.ref.iri not in gone]
    return _by_slug([*kept, *(row for iri in mine for row in _rows(store, kind, called, iri))])


def filled(triples: Iterable[Triple], called: Names) -> list[Row]:
    """One row per entry among the triples, in the order in which they are met; other things are left out."""
    by_entry: dict[str, dict[str, set[Triple]]] = defaultdict(lambda: defaultdict(set))
    for triple in triples:
        by_entry[triple.entry][triple.property].add(triple)
    found = (_row(iri, properties, called) for iri, properties in by_entry.items())
    return [row for row in found if row]


def _row(iri: str, properties: Mapping[str, set[Triple]], called: Names) -> Row | None:
    ref = called.ref(iri)
    if ref is None:
        return None
    kind = entity_types()[ref.type]
    cells = {one.name: values for one in kind.fields if (values := _values(one, properties, called))}
    return Row(_named(ref, kind, cells), kind, cells)


def _values(one: Field, properties: Mapping[str, set[Triple]], called: Names) -> tuple[Value, ...]:
    triples = properties.get(one.path[0], ())
    if len(one.path) > 1:
        triples = {triple for triple in triples if triple.inner == one.path[1]}
    labels = {choice.iri: choice for choice in one.choices}
    if one.path[0].endswith("#type"):
        triples = {triple for triple in triples if triple.text in labels}
    if one.language:
        triples = {triple for triple in triples if triple.language == one.language}
    found = []
    for triple in triples:
        if triple.language is not None:
            found.append(Value(triple.text, triple.text, language=triple.language))
        elif choice := labels.get(triple.text):
            label = choice.label.get(called.language) or choice.label["de"]
            found.append(Value(label, choice.slug))
        else:
            ref = called.ref(triple.text)
            found.append(Value(ref.label, ref.slug, ref) if ref else Value(triple.text, triple.text))
    return tuple(sorted(found, key=lambda value: value.text.casefold()))


def _named(ref: Ref, kind: EntityType, cells: Mapping[str, tuple[Value, ...]]) -> Ref:
    """An involvement has no name: it is called after the entries it links; a statement after its text."""
    if any(name in cells for name in ("name", "title")):
        return ref
    links = [one for one in kind.fields if one.links_to and one.name != "source" and one.name in cells]
    linked = [cells[one.name][0].text for one in links if one.required]
    texts = [value.text for value in cells.get("description", ())[:1] if is_readable(value.text)]
    if not linked and not texts:  # a funding needs two of its links, whichever they are
        linked = [cells[one.name][0].text for one in links]
    label = " – ".join(linked) if linked and not texts else next(iter(texts), ref.label)
    return Ref(ref.iri, shortened(label, 90), ref.slug, ref.type)


def shortened(text: str, longest: int) -> str:
    """A text cut at a word, with an ellipsis, if it is longer."""
    return text if len(text) <= longest else text[:longest].rsplit(" ", 1)[0].rstrip(" ,;:") + " …"
