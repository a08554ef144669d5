"""Links that are added along with an entry: who takes part in a project, and as what, in the same form and change."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import pyoxigraph as ox

from graph.editing.facts import TYPE, entry_iri
from graph.editing.naming import new_slug
from graph.editing.reading import Problem, Reader
from ontology.schema import EntityType, Field, entity_types
from ontology.terms import PROV

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from graph.store import Store

    Term = ox.NamedNode | ox.Literal
    Pairs = Mapping[str, Sequence[tuple[str, str]]]


@dataclass(frozen=True)
class Companion:
    """A kind of link that is complete with two entries and one choice: an involvement.

    Attributes:
        kind: its entity type. own: its field for the entry at hand. other: its field for the other entry.
        choice: its field that is chosen from a list.
    """

    kind: EntityType
    own: Field
    other: Field
    choice: Field

    @property
    def key(self) -> str:
        """What it is called among the fields of a form."""
        return f"+{self.kind.name}"


@cache
def companions(kind: str) -> tuple[Companion, ...]:
    """The links that may be added with an entry of that type; read from the shapes."""
    found = []
    for entity in entity_types().values():
        required = [one for one in entity.fields if one.required]
        links, choices = [one for one in required if one.links_to], [one for one in required if one.choices]
        own = [one for one in links if kind in one.links_to]
        if len(required) == 3 and len(links) == 2 and len(own) == 1 and len(choices) == 1:
            other = next(one for one in links if one is not own[0])
            found.append(Companion(entity, own[0], other, choices[0]))
    return tuple(found)


def read_pairs(reader: Reader, kind: str, pairs: Pairs) -> list[tuple[Companion, Term, Term]]:
    """The choice and the other entry of each line that says something; what is wrong goes to `reader.problems`."""
    found = []
    for one in companions(kind):
        for choice, other in pairs.get(one.kind.name, ()):
            if not other.strip():
                continue
            before = len(reader.problems)
            (values, marks) = (
                reader.terms(field, [text], ()) for field, text in ((one.other, other), (one.choice, choice))
            )
            reader.problems[before:] = [
                Problem(one.key, bad.text, bad.what, bad.allowed, bad.candidates) for bad in reader.problems[before:]
            ]
            if values and not marks:
                reader.problems.append(Problem(one.key, other, "no choice", (one.choice.name,)))
            found += [(one, mark, value) for mark in marks for value in values]
    return found


def link_quads(
    store: Store, subject: ox.NamedNode, links: Sequence[tuple[Companion, Term, Term]], sources: frozenset[Term]
) -> Iterator[ox.Quad]:
    """What is said about new links; one that is there already is not said again.

    Args:
        store: where.
        subject: the entry at hand.
        links: kind of link, choice, other entry.
        sources: where they are known from.
    """
    graph, taken = store.graphs.data("office"), set[str]()
    for one, mark, other in dict.fromkeys(links):
        if _exists(store, one, subject, mark, other):
            continue
        values: dict[str, list[Term]] = {one.own.name: [subject], one.other.name: [other], one.choice.name: [mark]}
        slug = new_slug(store, one.kind, values, taken)
        taken.add(slug)
        node = entry_iri(store, one.kind.name, slug)
        yield ox.Quad(node, TYPE, ox.NamedNode(one.kind.classes[0]), graph)
        for field, term in ((one.own, subject), (one.other, other), (one.choice, mark)):
            yield ox.Quad(node, ox.NamedNode(field.path[-1]), term, graph)
        for source in sources:
            yield ox.Quad(node, ox.NamedNode(PROV.wasDerivedFrom), source, graph)


def _exists(store: Store, one: Companion, subject: ox.NamedNode, mark: Term, other: Term) -> bool:
    return any(
        any(store.quads(quad.subject, ox.NamedNode(one.other.path[-1]), other))  # type: ignore[arg-type]  # no blank nodes
        and any(store.quads(quad.subject, ox.NamedNode(one.choice.path[-1]), mark))  # type: ignore[arg-type]  # as above
        for quad in store.quads(None, ox.NamedNode(one.own.path[-1]), subject)
    )
