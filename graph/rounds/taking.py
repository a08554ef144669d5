"""Take a gap up from a list, or add a line by hand: kept for good as a line of a round."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from graph import changes
from graph.directory import Ref, names
from graph.errors import BadInput, NotFound
from graph.rounds import repair
from graph.rounds.belonging import fields_for
from graph.rounds.identity import derived_id, key_of, node_name
from graph.rounds.opening import opened
from graph.rounds.reading import suggestions, workspace
from graph.rounds.repair import About
from graph.rounds.statements import concept, described, is_there, node

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graph.changes import Change
    from graph.gaps import Gap, Text
    from graph.store import Store


@dataclass(frozen=True)
class Decided:
    """What a step came to: the change, the slug of the line, whom it is about, and whether it mended the record."""

    change: Change
    suggestion: str
    label: str
    mended: bool = False


def take_up(store: Store, round_slug: str, gap: Gap, *, author: str, position: int | None = None) -> Decided:
    """Keep a gap as a line of a round: its kind, whom it is about, the reasons of this moment, its rank and its id.

    A gap that is a line of the round already stays as it was kept first.

    Args:
        store: where.
        round_slug: which round; its workspace is opened if nobody did.
        gap: as the lists give it.
        author: who.
        position: its place in the list (1 is the first), if it came from one.

    Raises:
        NotFound: no such round. BadInput: the round is closed, or no author.
    """
    with store.writer:
        about = of_gap(store, round_slug, gap, author, position)
        return Decided(commit(store, about.quads, author, f"Vorgemerkt: {about.label}"), about.slug, about.label)


def take_up_all(store: Store, round_slug: str, found: Iterable[tuple[Gap, int]], *, author: str) -> tuple[Change, int]:
    """Keep several gaps with their places as one change.

    Args:
        store: where.
        round_slug: which round; its workspace is opened if nobody did.
        found: gaps, each with its place in its list.
        author: who.

    Returns:
        The change, and how many lines are new.

    Raises:
        NotFound, BadInput: as `take_up`.
    """
    with store.writer:
        quads = opened(store, round_slug)
        lines = {about.slug: about for about in (of_gap(store, round_slug, gap, author, place) for gap, place in found)}
        new = [about for about in lines.values() if not is_there(store, node(store, "suggestion", about.slug))]
        quads = quads.union(*(about.quads for about in new))
        label = workspace(store, round_slug).round.label
        return commit(store, quads, author, f"Vorschläge geholt: {label} ({len(new)})"), len(new)


def add_line(  # noqa: PLR0913  # what, where, who, why
    store: Store, round_slug: str, subjects: Iterable[str], reason: str = "", *, author: str, kind: str = ""
) -> Decided:
    """Keep a line that no list suggested.

    Args:
        store: where.
        round_slug: which round.
        subjects: IRIs of the actors and whatever else it is about; two at least.
        reason: why, in own words; may be blank.
        author: who.
        kind: kind of gap; by default `table` if a project or event is named, `introduce` for actors only, else
            `coverage`.

    Raises:
        NotFound: no such round, or an IRI of no entry.
        BadInput: fewer than two subjects, an unknown kind, the round is closed.
    """
    with store.writer:
        refs = _subjects(store, subjects)
        kind = kind or _usual_kind(refs)
        key = derived_id(kind, [r for r in refs if r.type == "actor"], [r for r in refs if r.type != "actor"])
        slug = node_name(round_slug, key or key_of(kind, (ref.iri for ref in refs)))
        said: dict[str, Any] = {"gap_kind": concept("gap-kind", kind)}
        if reason.strip():
            said["reason_text"] = ox.Literal(reason.strip(), language="de")
        about = _line(store, round_slug, slug, refs, said=said, author=author)
        return Decided(commit(store, about.quads, author, f"Von Hand vorgemerkt: {about.label}"), slug, about.label)


def of_gap(store: Store, round_slug: str, gap: Gap, author: str, position: int | None) -> About:
    """A gap's line in a round, and what is to be added for it: nothing if it is there."""
    said: dict[str, Any] = {
        "gap_kind": concept("gap-kind", gap.kind),
        "gap_id": gap.id,
        "position": str(position) if position else "",
        "headline": _in_both([gap.headline] if gap.headline else []),
        "reason_text": _in_both(reason.text for reason in gap.reasons),
        "caution_text": _in_both(gap.cautions),
        "step_text": _in_both([gap.next_step]),
    }
    named = (*gap.actors, *((gap.subject,) if gap.subject else ()))
    called = names(store, "de")
    refs = [ref for one in named if is_there(store, ox.NamedNode(one.iri)) and (ref := called.ref(one.iri))]
    return _line(store, round_slug, node_name(round_slug, gap.id), refs, said=said, author=author)


def _in_both(sentences: Iterable[Text]) -> list[ox.Literal]:
    """Sentences as one text per language, a line each."""
    listed = list(sentences)
    texts = ((tag, "\n".join(one.in_language(tag) for one in listed)) for tag in ("de", "en"))
    return [ox.Literal(text, language=tag) for tag, text in texts if text]


def _line(  # noqa: PLR0913  # where, what, who
    store: Store, round_slug: str, slug: str, refs: Iterable[Ref], *, said: Mapping[str, Any], author: str
) -> About:
    """A line of an open round, and what is to be added for it."""
    quads, listed = opened(store, round_slug), tuple(refs)
    if is_there(store, node(store, "suggestion", slug)):
        return of_line(store, round_slug, slug)
    fields = fields_for(store, round_slug, (ref.iri for ref in listed))
    common: dict[str, Any] = {
        "round": node(store, "round", round_slug),
        "subjects": [ox.NamedNode(ref.iri) for ref in listed],
        "handlungsfeld": [ox.NamedNode(iri) for iri in fields],
        "author": author,
        "time": now(),
    }
    quads |= described(store, "suggestion", slug, {**common, **said})
    return About(slug, listed, fields, frozenset(quads))


def of_line(store: Store, round_slug: str, slug: str) -> About:
    """A line that is there, in a round that is open.

    Raises:
        NotFound: no such round, or no such line in it. BadInput: the round is closed.
    """
    quads = opened(store, round_slug)
    for one in suggestions(store):
        if one.slug == slug and one.round == round_slug:
            return About(slug, (*one.actors, *one.others), tuple(ref.iri for ref in one.fields), frozenset(quads))
    raise NotFound("suggestion", slug)


def _subjects(store: Store, iris: Iterable[str]) -> list[Ref]:
    called, found = names(store, "de"), []
    for iri in dict.fromkeys(iris):
        ref = called.ref(iri)
        if ref is None or not repair.kind_of(store, iri):
            raise NotFound("entry", iri)
        found.append(ref)
    if len(found) < 2:
        raise BadInput("subjects", found[0].label if found else "")
    return found


def _usual_kind(refs: Iterable[Ref]) -> str:
    types = {ref.type for ref in refs}
    if types & {"project", "event"}:
        return "table"
    return "introduce" if types == {"actor"} else "coverage"


def commit(store: Store, quads: Iterable[ox.Quad], author: str, reason: str, *, check: bool = False) -> Change:
    """Lines and verdicts are made here from their shapes: checking them would only repeat it, and cost the meeting."""
    return changes.commit(store, added=quads, author=author, reason=reason, check=check)


def now() -> dt.datetime:
    """This moment, UTC."""
    # To the microsecond: of two verdicts given in the same second one is the newer all the same.
    return dt.datetime.now(dt.UTC)
