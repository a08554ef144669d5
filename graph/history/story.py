"""A change in words: which entries came, went and changed, and what about them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from graph import changes
from graph.directory import Ref, Value
from graph.directory.values import Triple, filled
from graph.errors import NotFound
from graph.history.kept import Kept, facts, facts_after, kept, parsed
from graph.history.names import PastNames, past_names
from graph.history.sentences import Sentence, sentence
from graph.history.touched import Count, Touched, counts, has_class, touched
from ontology.schema import entity_types
from ontology.terms import GEO, RDF, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from graph.changes import Change
    from graph.directory import Row
    from graph.store import Store
    from ontology.schema import EntityType, Field

PAGE = 50
"""Entries on one page of a story."""

_UNSAID = frozenset({SKOS.inScheme, RDF.type, GEO.hasGeometry})
"""What goes without saying: it follows from other fields, or has one of its own in some entity types."""


@dataclass(frozen=True)
class Line:
    """One field of an entry.

    Attributes:
        name: of the field; "" for a property of a foreign vocabulary.
        label: its heading. before: values that went. after: values that came.
    """

    name: str
    label: str
    before: tuple[Value, ...]
    after: tuple[Value, ...]


@dataclass(frozen=True)
class Item:
    """One entry that a change touched.

    Attributes:
        ref: the entry, by its name now or its last one; `type` is "" for what is no entry of ours.
        action: "added", "changed" or "removed". exists: it is there now.
        sentence: what it says, if it is a link (an involvement, a tie …); else ().
        lines: its fields that came, went or changed, in the order of the form; none if it is only kept elsewhere now.
    """

    ref: Ref
    action: str
    exists: bool
    sentence: Sentence
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Story:
    """A change in words.

    Attributes:
        change: who, when, why.
        counts: what it did, by kind and action; sources last.
        items: the entries of this page. found: how many there are by what was asked. page, pages: from 1.
        personal: how many statements about contacts it holds, which are not told.
    """

    change: Change
    counts: tuple[Count, ...]
    items: tuple[Item, ...]
    found: int
    page: int
    pages: int
    personal: int


def story(  # noqa: PLR0913  # the change, and what of it is asked for
    store: Store,
    change_id: str,
    *,
    language: str = "de",
    kind: str | None = None,
    entry: str | None = None,
    page: int = 1,
    length: int = PAGE,
) -> Story:
    """Tell a change.

    Args:
        store: where.
        change_id: which.
        language: "de" or "en".
        kind: only entries of this type; without it all but the sources, unless there is nothing else.
        entry: IRI of an entry: only what is about it or links to it.
        page: which page of its entries, from 1.
        length: entries on a page.

    Raises:
        NotFound: no such change, or no such page.
    """
    change = changes.find_change(store, change_id)
    past, every = kept(store, change_id), touched(store, change_id)
    kinds = {kind} if kind is not None else ({one.kind for one in every} - {"source"} or {"source"})
    wanted = [one for one in every if one.kind in kinds and (not entry or _concerns(past, one, entry))]
    pages = max(1, -(-len(wanted) // length))
    if not 1 <= page <= pages:
        raise NotFound("page", str(page))
    called = past_names(store, language)
    return Story(
        change=change,
        counts=counts(every),
        items=tuple(item(store, change_id, one, called) for one in wanted[(page - 1) * length : page * length]),
        found=len(wanted),
        page=page,
        pages=pages,
        personal=change.added + change.removed - len(past.added.all) - len(past.removed.all),
    )


def _row(iri: str, lines: Iterable[str], called: PastNames) -> Row | None:
    """What lines say about an entry; None if that is nothing, or it is no entry of ours."""
    return next(iter(filled(_triples(iri, lines), called)), None)


def item(store: Store, change_id: str, one: Touched, called: PastNames) -> Item:
    """What a change did to one entry."""
    past, kind = kept(store, change_id), entity_types().get(one.kind)
    came, went = (
        [line for subject in one.subjects for line in lines.about(subject)] for lines in (past.added, past.removed)
    )
    ref = called.ref(one.iri) or Ref(one.iri, called.label(one.iri), one.iri, one.kind)
    said: Sentence = ()
    if kind and not _has_name(kind):
        whole = {"added": came, "removed": went}.get(one.action) or facts_after(store, one.iri, change_id)
        if row := _row(one.iri, whole, called):
            ref, said = row.ref, sentence(row, called.language)
    return Item(
        ref=ref,
        action=one.action,
        exists=has_class(facts(store, one.iri)),
        sentence=said,
        lines=tuple(_lines(one.iri, kind, came, went, called)),
    )


def _has_name(kind: EntityType) -> bool:
    return any(field.name in ("name", "title") for field in kind.fields)


def _concerns(past: Kept, one: Touched, iri: str) -> bool:
    lines = (line for subject in one.subjects for part in (past.added, past.removed) for line in part.about(subject))
    return one.iri == iri or any(f"<{iri}>" in line for line in lines)


def _lines(
    iri: str, kind: EntityType | None, came: Sequence[str], went: Sequence[str], called: PastNames
) -> Iterator[Line]:
    """The fields whose values differ, then what no field tells."""
    after, before = _row(iri, came, called), _row(iri, went, called)
    for field in kind.fields if kind else ():
        new, old = (row.values(field.name) if row else () for row in (after, before))
        line = _line(field.name, field.label[called.language], old, new)
        if line.before or line.after:
            yield line
    foreign_new, foreign_old = (_foreign(_triples(iri, lines), kind, called) for lines in (came, went))
    for path in dict.fromkeys([*foreign_old, *foreign_new]):
        line = _line("", called.label(path), foreign_old.get(path, ()), foreign_new.get(path, ()))
        if line.before or line.after:
            yield line


def _line(name: str, label: str, old: Sequence[Value], new: Sequence[Value]) -> Line:
    """What differs; a value on both sides only moved from one source to another."""
    before = tuple(value for value in old if value not in new)
    return Line(name, label, before, tuple(value for value in new if value not in old))


def _foreign(triples: Iterable[Triple], kind: EntityType | None, called: PastNames) -> dict[str, list[Value]]:
    """Values by property that no field of the type shows: foreign vocabularies, other languages."""
    found: dict[str, list[Value]] = {}
    for triple in triples:
        path = triple.inner or triple.property
        if path in _UNSAID or (kind and any(_shows(field, triple) for field in kind.fields)):
            continue
        text = called.label(triple.text) if triple.language is None else triple.text
        value = Value(
            text, triple.text, called.ref(triple.text) if triple.language is None else None, triple.language or ""
        )
        found.setdefault(path, []).append(value)
    return found


def _shows(field: Field, triple: Triple) -> bool:
    path = (triple.property, triple.inner) if triple.inner else (triple.property,)
    return field.path == path and (not field.language or field.language == triple.language)


def _triples(iri: str, lines: Iterable[str]) -> list[Triple]:
    """Lines as the directory reads them; what parts of the entry say stands under its geometry."""
    found = []
    for quad in parsed(lines):
        value = quad.object
        language = (value.language or "") if isinstance(value, ox.Literal) else None
        text, path = value.value, quad.predicate.value  # type: ignore[union-attr]  # no quoted triples
        part = () if quad.subject == ox.NamedNode(iri) else (path,)
        found.append(Triple(iri, GEO.hasGeometry if part else path, text, language, *part))
    return found
