"""Verdicts: what several people say about a line, each kept for good, each taken back by the undo of its change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graph.errors import BadInput, NotFound
from graph.rounds import repair
from graph.rounds.model import KNOWN, PROJECT, UNFIT, VERDICTS
from graph.rounds.reading import workspace
from graph.rounds.statements import concept, described, iri, new_slug, node
from graph.rounds.taking import Decided, commit, now, of_gap, of_line

if TYPE_CHECKING:
    import pyoxigraph as ox

    from graph.gaps import Gap
    from graph.rounds.repair import About
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
            about = of_line(store, round_slug, line)
        else:
            about = of_gap(store, round_slug, line, author, position)
        mended, project = _mended(store, round_slug, about, said)
        quads = about.quads | mended | _decision(store, about.slug, said, project, author)
        word = concept_label("verdict", said.verdict)
        change = commit(store, quads, author, f"{word}: {about.label}", check=bool(mended))
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
        "time": now(),
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
        return set(), iri(said.project)
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
