"""Take a gap up, add a line by hand, decide: each one change, each kept for good, each taken back by its undo."""

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
from graph.rounds.model import KNOWN, PROJECT, UNFIT, VERDICTS
from graph.rounds.opening import opened
from graph.rounds.reading import suggestions, workspace
from graph.rounds.repair import About
from graph.rounds.statements import concept, described, is_there, new_slug, node

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graph.changes import Change
    from graph.gaps import Gap
    from graph.store import Store


@dataclass(frozen=True)
class Said:
    """A verdict as it is typed.

    Attributes:
        verdict: one of `VERDICTS`.
        reason: why; needed for `passt-nicht`.
        next_step, responsible: in words. due: a day as people write it. rung: slug of the concept.
        day: since when they know each other, or when they were introduced: a year, month or day as people write it.
        project: IRI of the project that came of it, needed for `wurde-projekt` unless `new_project` names a new one.
    """

    verdict: str
    reason: str = ""
    next_step: str = ""
    responsible: str = ""
    due: str = ""
    rung: str = ""
    day: str = ""
    project: str = ""
    new_project: str = ""


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
        about = _of_gap(store, round_slug, gap, author, position)
        return Decided(_commit(store, about.quads, author, f"Vorgemerkt: {about.label}"), about.slug, about.label)


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
        return Decided(_commit(store, about.quads, author, f"Von Hand vorgemerkt: {about.label}"), slug, about.label)


def decide(  # noqa: PLR0913  # on what, where, what, who
    store: Store, round_slug: str, line: str | Gap, said: Said, *, author: str, position: int | None = None
) -> Decided:
    """Add a verdict to a line; whatever others said stays.

    `kannten-sich-schon` mends the record in the same change: the tie or involvement is entered, its source the team of
    the round. `wurde-projekt` may make the project.

    Args:
        store: where.
        round_slug: which round.
        line: slug of the line, or a gap that becomes one in the same change.
        said: the verdict.
        author: who.
        position: as `take_up`.

    Raises:
        NotFound: no such round, line or project.
        BadInput: an unknown verdict, a date nobody can read, a verdict that lacks its reason or project, a round
            that is closed.
    """
    with store.writer:
        _check(said)
        if isinstance(line, str):
            about = _of_line(store, round_slug, line)
        else:
            about = _of_gap(store, round_slug, line, author, position)
        mended, project = _mended(store, round_slug, about, said)
        quads = about.quads | mended | _decision(store, about.slug, said, project, author)
        word = concept_label("verdict", said.verdict)
        change = _commit(store, quads, author, f"{word}: {about.label}", check=bool(mended))
        return Decided(change, about.slug, about.label, mended=bool(mended))


def concept_label(scheme: str, slug: str, language: str = "de") -> str:
    """What a choice is called."""
    from ontology.concepts import concept as choice

    return choice(scheme, slug).label[language]


def _decision(store: Store, line: str, said: Said, project: ox.NamedNode | None, author: str) -> set[ox.Quad]:
    values: dict[str, Any] = {
        "suggestion": node(store, "suggestion", line),
        "verdict": concept("verdict", said.verdict),
        "author": author,
        "time": _now(),
        "reason": said.reason,
        "next_step": said.next_step,
        "responsible": said.responsible,
        "due": said.due,
        "day": said.day,
        "rung": concept("rung", said.rung) if said.rung else (),
        "led_to": project or (),
    }
    return described(store, "decision", new_slug(), values)


def _mended(store: Store, round_slug: str, about: About, said: Said) -> tuple[set[ox.Quad], ox.NamedNode | None]:
    """What a verdict says about the world besides about the line, and the project that came of it."""
    if said.project:
        if repair.kind_of(store, said.project) != "project":
            raise NotFound("project", said.project)
        return set(), ox.NamedNode(said.project)
    source, its = repair.team_source(store, round_slug, workspace(store, round_slug).round.label)
    if said.verdict == PROJECT:
        made, quads = repair.project(store, about, said.new_project.strip(), source)
        return quads | its, made
    links = repair.known_links(store, about, said.day, source) if said.verdict == KNOWN else set()
    return (links | its if links else set()), None


def _check(said: Said) -> None:
    if said.verdict not in VERDICTS:
        raise BadInput("verdict", said.verdict, VERDICTS)
    if said.verdict == UNFIT and not said.reason.strip():
        raise BadInput("reason", "")
    if said.verdict == PROJECT and not (said.project or said.new_project.strip()):
        raise BadInput("project", "")


def _of_gap(store: Store, round_slug: str, gap: Gap, author: str, position: int | None) -> About:
    """A gap's line in a round, and what is to be added for it: nothing if it is there."""
    said: dict[str, Any] = {
        "gap_kind": concept("gap-kind", gap.kind),
        "gap_id": gap.id,
        "position": str(position) if position else "",
        "reason_text": [
            ox.Literal(text, language=tag)
            for tag in ("de", "en")
            if (text := "\n".join(reason.text.in_language(tag) for reason in gap.reasons))
        ],
    }
    named = (*gap.actors, *((gap.subject,) if gap.subject else ()))
    called = names(store, "de")
    refs = [ref for one in named if is_there(store, ox.NamedNode(one.iri)) and (ref := called.ref(one.iri))]
    return _line(store, round_slug, node_name(round_slug, gap.id), refs, said=said, author=author)


def _line(  # noqa: PLR0913  # where, what, who
    store: Store, round_slug: str, slug: str, refs: Iterable[Ref], *, said: Mapping[str, Any], author: str
) -> About:
    """A line of an open round, and what is to be added for it."""
    quads, listed = opened(store, round_slug), tuple(refs)
    if is_there(store, node(store, "suggestion", slug)):
        return _of_line(store, round_slug, slug)
    fields = fields_for(store, round_slug, (ref.iri for ref in listed))
    common: dict[str, Any] = {
        "round": node(store, "round", round_slug),
        "subjects": [ox.NamedNode(ref.iri) for ref in listed],
        "handlungsfeld": [ox.NamedNode(iri) for iri in fields],
        "author": author,
        "time": _now(),
    }
    quads |= described(store, "suggestion", slug, {**common, **said})
    return About(slug, listed, fields, frozenset(quads))


def _of_line(store: Store, round_slug: str, slug: str) -> About:
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


def _commit(store: Store, quads: Iterable[ox.Quad], author: str, reason: str, *, check: bool = False) -> Change:
    """Lines and verdicts are made here from their shapes: checking them would only repeat it, and cost the meeting."""
    return changes.commit(store, added=quads, author=author, reason=reason, check=check)


def _now() -> dt.datetime:
    # To the microsecond: of two verdicts given in the same second one is the newer all the same.
    return dt.datetime.now(dt.UTC)
