"""A new round begins where the old one stopped: its Handlungsfelder are matched, its open lines carried over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from graph import changes, entries, network
from graph.directory.values import table
from graph.errors import BadInput, NotFound
from graph.rounds.identity import key_of, node_name
from graph.rounds.mapping import RELATIONS
from graph.rounds.opening import opened, today
from graph.rounds.reading import suggestions
from graph.rounds.statements import concept, described, is_there, node
from graph.rounds.taking import now
from ontology.terms import RDF, SKOS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from graph.changes import Change
    from graph.rounds.mapping import NewField
    from graph.rounds.model import Suggestion
    from graph.store import Store


@dataclass(frozen=True)
class NextRound:
    """The round that begins.

    Attributes:
        slug: of a round on record; "" makes one of the other attributes.
        name, short: what it is called. start, end: as people write dates.
        fields: its Handlungsfelder; those without a slug are made.
    """

    slug: str = ""
    name: str = ""
    short: str = ""
    start: str = ""
    end: str = ""
    fields: tuple[NewField, ...] = ()


@dataclass(frozen=True)
class Begun:
    """What came of it: the change, the slug of the round, how many lines were carried over."""

    change: Change
    round: str
    lines: int


def open_lines(store: Store, round_slug: str, language: str = "de") -> tuple[Suggestion, ...]:
    """The lines of a round with something left to do."""
    return tuple(one for one in suggestions(store, language) if one.round == round_slug and one.is_open)


def begin(  # noqa: PLR0913  # from where, to where, what, who
    store: Store,
    old_round: str,
    new: NextRound,
    matches: Mapping[str, tuple[str, str]],
    lines: Collection[str],
    *,
    author: str,
) -> Begun:
    """Begin a round where another stopped, as one change.

    A line is carried over with its reasons of that day, into those Handlungsfelder of the new round that are matched
    with its own. Its verdicts stay with the old line, which the new one names.

    Args:
        store: where.
        old_round: slug of the round that stopped.
        new: the round that begins.
        matches: number of a new field → (slug of the old field, key of `RELATIONS`); fields without one match none.
        lines: slugs of the lines to carry over.
        author: who.

    Raises:
        NotFound: no such round, field or line.
        BadInput: no name, or that of another round ("round"); a date nobody can read; an unknown relation ("match");
            the new round is closed.
    """
    with store.writer:
        if old_round not in table(store, "round", "de"):
            raise NotFound("round", old_round)
        slug, quads = _round(store, new)
        fields = {one.number: one.slug or entries.slug(f"{slug}-{one.number}") for one in new.fields}
        for one in new.fields:
            quads |= set() if one.slug else _field(store, slug, fields[one.number], one)
        links = _matches(store, fields, matches)
        quads |= links | _workspace(store, slug)
        carried = [_known(store, old_round, name) for name in dict.fromkeys(lines)]
        successors = _successors(store, links, set(fields.values()))
        copies = [copy for one in carried if (copy := _copy(store, slug, one, successors, author))]
        quads = quads.union(*copies)
        reason = f"Neue Runde begonnen: {new.name.strip() or table(store, 'round', 'de')[slug].ref.label}"
        return Begun(changes.commit(store, added=quads, author=author, reason=reason), slug, len(copies))


def _round(store: Store, new: NextRound) -> tuple[str, set[ox.Quad]]:
    if new.slug:
        if new.slug not in table(store, "round", "de"):
            raise NotFound("round", new.slug)
        return new.slug, set()
    slug = entries.slug(new.short) or entries.slug(new.name)
    if not new.name.strip() or not slug or any(store.quads(node(store, "round", slug))):
        raise BadInput("round", new.name)
    values = {"name": new.name, "short_name": new.short, "start": new.start, "end": new.end}
    return slug, described(store, "round", slug, values, office=True)


def _field(store: Store, round_slug: str, slug: str, one: NewField) -> set[ox.Quad]:
    of_round, graph = node(store, "round", round_slug), store.graphs.data("office")
    listed = ox.NamedNode(f"{of_round.value}/handlungsfelder")
    values: dict[str, Any] = {"round": of_round, "number": ox.Literal(one.number), "name": one.name}
    return described(store, "handlungsfeld", slug, values, office=True) | {
        ox.Quad(node(store, "handlungsfeld", slug), ox.NamedNode(SKOS.inScheme), listed, graph),
        ox.Quad(listed, ox.NamedNode(RDF.type), ox.NamedNode(SKOS.ConceptScheme), graph),
    }


def _matches(store: Store, fields: Mapping[str, str], matches: Mapping[str, tuple[str, str]]) -> set[ox.Quad]:
    graph, known = store.graphs.data("office"), table(store, "handlungsfeld", "de")
    found = set()
    for number, (old, relation) in matches.items():
        if relation not in RELATIONS:
            raise BadInput("match", relation, tuple(RELATIONS))
        if old not in known or number not in fields:
            raise NotFound("handlungsfeld", old if old not in known else number)
        ends = node(store, "handlungsfeld", fields[number]), node(store, "handlungsfeld", old)
        found.add(ox.Quad(ends[0], ox.NamedNode(SKOS[RELATIONS[relation]]), ends[1], graph))
    return found


def _workspace(store: Store, slug: str) -> set[ox.Quad]:
    of_round = node(store, "round", slug)
    if is_there(store, of_round):
        return opened(store, slug)
    return described(store, "workspace", slug, {"round": of_round, "as_of": today()})


def _known(store: Store, old_round: str, slug: str) -> Suggestion:
    for one in suggestions(store):
        if one.slug == slug and one.round == old_round:
            return one
    raise NotFound("suggestion", slug)


def _successors(store: Store, links: Iterable[ox.Quad], new: set[str]) -> dict[str, set[str]]:
    """IRI of an old field → IRIs of the new round's fields that are matched with it, now or before."""
    own = {node(store, "handlungsfeld", slug).value for slug in new}
    found: dict[str, set[str]] = {iri: {iri} for iri in own}
    for iri, others in network.field_matches(store, RELATIONS.values()).items():
        found.setdefault(iri, set()).update(others & own)
    for quad in links:
        found.setdefault(quad.object.value, set()).add(quad.subject.value)  # type: ignore[union-attr]  # made above
    return found


def _copy(store: Store, slug: str, line: Suggestion, successors: Mapping[str, set[str]], author: str) -> set[ox.Quad]:
    """A line of the new round; nothing if the round has it already."""
    iris = [ref.iri for ref in (*line.actors, *line.others)]
    name = node_name(slug, line.gap_id or key_of(line.kind, iris))
    if is_there(store, node(store, "suggestion", name)):
        return set()
    fields = {after for ref in line.fields for after in successors.get(ref.iri, ())}
    values: dict[str, Any] = {
        "round": node(store, "round", slug),
        "gap_kind": concept("gap-kind", line.kind),
        "subjects": [ox.NamedNode(iri) for iri in iris],
        "handlungsfeld": [ox.NamedNode(iri) for iri in fields],
        "gap_id": "" if line.by_hand else line.gap_id,
        "position": str(line.position or ""),
        "headline": [ox.Literal(line.headline, language="de")] if line.headline else [],
        "reason_text": _texts(line.reasons),
        "caution_text": _texts(line.cautions),
        "step_text": _texts(line.step),
        "carried_from": ox.NamedNode(line.iri),
        "author": author,
        "time": now(),
    }
    return described(store, "suggestion", name, values)


def _texts(sentences: Mapping[str, tuple[str, ...]]) -> list[ox.Literal]:
    return [ox.Literal("\n".join(said), language=tag) for tag, said in sentences.items() if said]
