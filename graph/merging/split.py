"""One entry becomes two: a person says what goes to the new one; that they are two is kept as a judgement."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import pyoxigraph as ox

from graph import changes, entries
from graph.directory.entries import LINKS
from graph.directory.names import alphabetical
from graph.directory.values import table
from graph.errors import BadInput, NotFound
from graph.matching.body import Judgement
from graph.matching.judgements import group_of
from graph.matching.judgements import quads as judgement_quads
from graph.matching.sides import plain_side
from graph.merging.draft import TYPE, Draft, fills, moved, part_of, require
from graph.merging.merge import MERGEABLE
from graph.merging.traces import REPLACED
from ontology.schema import entity_types
from ontology.terms import SKOS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from graph.changes import Change
    from graph.directory.values import Row
    from graph.store import Store
    from ontology.schema import EntityType

    Group = Literal["name", "link", "fact"]

_NAMES: Final = ("short_name", "other_names")
_SHARED: Final = ("type", "kind", "sector", "level", "source")
"""Fields that both entries have afterwards: what sort of thing they are, and where we know it from."""

_UNSAID: Final = frozenset({"source", "last_confirmed", "note", "coordinate_source", "name", "name_en"})


@dataclass(frozen=True)
class Part:
    """Something of an entry that can go to the new one.

    Attributes:
        key: what a form calls it.
        group: "name", "link" (what leads to the entry) or "fact" (what it says itself).
        field: heading by language: of the field, or what kind of link it is.
        text: the value; of a link what is at its other end, with role and period.
    """

    key: str
    group: Group
    field: dict[str, str]
    text: str


@dataclass(frozen=True)
class Split:
    """What a split did: the one change it is, and the slug of the new entry."""

    change: Change
    slug: str


def parts(store: Store, kind: str, slug: str, *, language: str = "de") -> tuple[Part, ...]:
    """What can go to the new entry: names, then links (projects first), then facts.

    Raises:
        NotFound: no such entry, or one that is not split.
    """
    return tuple(part for part, _ in _parts(store, *_entry(store, kind, slug), language))


def split(  # noqa: PLR0913  # which one, the new one's name, who, and what goes to it
    store: Store, kind: str, slug: str, name: str, author: str, *, chosen: Collection[str] = (), reason: str = ""
) -> Split:
    """Make two entries of one, as one change.

    Args:
        store: where.
        kind: entity type.
        slug: of the entry that turned out to be two.
        name: of the new one; another than the old one's, so that lists can tell them apart.
        author: who says so.
        chosen: keys of the `Part`s that go to the new one. What sort of thing it is and the sources have both.
        reason: why, may be blank.

    Raises:
        NotFound: no such entry, or one that is not split.
        BadInput: no name, the old one's name, or a key of nothing.
        Invalid: the shapes forbid what would come out.
    """
    entity, old = _entry(store, kind, slug)
    called = entries.text(name)
    draft = Draft(store)
    labels = [quad.object for quad in draft.values(old, entity.field("name"))]
    if not called or any(plain_side(called) == plain_side(one.value) for one in labels):  # type: ignore[union-attr]  # names are texts
        raise BadInput("name", name)
    with store.writer:
        new = entries.iri(store.base_iri, entity, _new_slug(store, entity, called))
        found = {part.key: quads for part, quads in _parts(store, entity, old, "de")}
        if unknown := set(chosen) - found.keys():
            raise BadInput("part", ", ".join(sorted(unknown)))
        _start(draft, entity, old, new, called)
        for quad in (quad for key in chosen for quad in found[key]):
            draft.remove(quad)
            after = moved(quad, old, new)
            if (after.predicate.value, after.object) != (SKOS.altLabel, ox.Literal(called, language="de")):
                draft.add(after)
        group = group_of(store, old.value)
        for quad in judgement_quads(store, Judgement(new.value, old.value, same=False, group=group, author=author)):
            draft.added.add(quad)
        change = changes.commit(
            store, added=draft.added, removed=draft.removed, author=author, reason=reason.strip() or called
        )
    return Split(change, new.value.rpartition("/")[2])


def _start(draft: Draft, entity: EntityType, old: ox.NamedNode, new: ox.NamedNode, called: str) -> None:
    """What the new entry has from the beginning; its name is no other name of the old one any more."""
    office = draft.store.graphs.data("office")
    draft.add(ox.Quad(new, ox.NamedNode(SKOS.prefLabel), ox.Literal(called, language="de"), office))
    fields = [field for field in entity.fields if field.name in _SHARED]
    for quad in draft.facts(old):
        if quad.predicate == TYPE or any(fills(field, quad) for field in fields):
            draft.add(ox.Quad(new, quad.predicate, quad.object, office))
    for quad in draft.facts(old):
        if quad.predicate.value == SKOS.altLabel and quad.object == ox.Literal(called, language="de"):
            draft.remove(quad)


def _entry(store: Store, kind: str, slug: str) -> tuple[EntityType, ox.NamedNode]:
    if kind not in MERGEABLE or not entries.SLUG.fullmatch(slug):
        raise NotFound(kind, slug)
    entity = entity_types()[kind]
    node = entries.iri(store.base_iri, entity, slug)
    require(store, entity, node)
    return entity, node


def _new_slug(store: Store, entity: EntityType, name: str) -> str:
    """A slug nobody has or had."""
    stem = entries.slug(name) or entity.name
    slug, number = stem, 1
    while any(store.quads(entries.iri(store.base_iri, entity, slug))):
        number += 1
        slug = f"{stem}-{number}"
    return slug


def _parts(store: Store, entity: EntityType, node: ox.NamedNode, language: str) -> Iterator[tuple[Part, list[ox.Quad]]]:
    draft = Draft(store)
    own, links = [], []
    for field in entity.fields:
        if field.name in _UNSAID or field.name in _SHARED:
            continue
        row = table(store, entity.name, language)[node.value.rpartition("/")[2]]
        by_term: dict[object, list[ox.Quad]] = {}
        for quad in draft.values(node, field):
            by_term.setdefault(quad.object, []).append(quad)
        for term, quads in by_term.items():
            inner = [fact for fact in draft.facts(term) if part_of(term, node)]  # type: ignore[arg-type]  # a term of a quad
            text = next((one.text for one in row.values(field.name) if _is_it(one.key, term)), row.text(field.name))
            group: Group = "name" if field.name in _NAMES else "fact"
            own.append((Part(_key(field.path[0], str(term)), group, field.label, text), [*quads, *inner]))
    by_link: dict[tuple[str, str], list[ox.Quad]] = {}
    for quad in draft.pointing(node):
        if quad.predicate != REPLACED and quad.graph_name != store.graphs.contacts:
            by_link.setdefault((quad.subject.value, quad.predicate.value), []).append(quad)  # type: ignore[union-attr]  # no blank nodes
    for (subject, path), quads in by_link.items():
        if told := _told(store, subject, node, language):
            links.append((Part(_key(subject, path), "link", *told), quads))
    yield from (pair for pair in own if pair[0].group == "name")
    yield from sorted(links, key=lambda pair: (pair[0].field["de"], alphabetical(pair[0].text)))
    yield from (pair for pair in own if pair[0].group == "fact")


def _is_it(key: str, term: object) -> bool:
    if isinstance(term, ox.NamedNode):
        return term.value.rpartition("/")[2] == key
    return isinstance(term, ox.Literal) and term.value == key


def _told(store: Store, subject: str, node: ox.NamedNode, language: str) -> tuple[dict[str, str], str] | None:
    """What kind of link it is, and what is at its other end; None for what is no entry of the tables."""
    segment, _, slug = subject.removeprefix(store.base_iri).partition("/")
    kind = entity_types().get(segment)
    if kind is None or kind.name == "judgement":
        return None
    row = table(store, segment, language).get(slug)
    if row is None:
        return None
    return kind.label, (_ends(row, node) if kind.name in LINKS else row.ref.label)


def _ends(row: Row, node: ox.NamedNode) -> str:
    told = [
        value.text
        for name, values in row.cells.items()
        if name not in _UNSAID - {"note"}
        for value in values
        if not (value.ref and value.ref.iri == node.value)
    ]
    return ", ".join(text for text in told if len(text) <= 200) or row.ref.label


def _key(one: str, other: str) -> str:
    return hashlib.sha256(f"{one}\n{other}".encode()).hexdigest()[:12]
