"""From the store to suggestions and workspaces: the one place where decisions of the team are read."""

from __future__ import annotations

import datetime as dt  # noqa: TC003  # `query.rows` reads the type at run time
from collections import defaultdict
from dataclasses import dataclass, replace
from decimal import Decimal  # noqa: TC003  # as above
from typing import TYPE_CHECKING, Final

from graph import query
from graph.directory import Ref, names
from graph.directory.values import Row, table
from graph.errors import NotFound
from graph.rounds.identity import current_id, derived_id
from graph.rounds.model import Part, Statement, Suggestion, Verdict, Workspace

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graph.directory.names import Names
    from graph.store import Store

_KINDS: Final = ("need", "measure", "goal", "focus")
"""Kinds of IHEK statements in the order in which a team reads them."""


@dataclass(frozen=True)
class _SuggestionRow:
    suggestion: str
    kind: str
    round: str | None
    gap: str | None
    position: Decimal | None
    subjects: tuple[str, ...]
    fields: tuple[str, ...]
    reason_de: str | None
    reason_en: str | None
    caution_de: str | None
    caution_en: str | None
    step_de: str | None
    step_en: str | None
    headline_de: str | None
    headline_en: str | None
    carried: str | None
    author: str | None
    time: dt.datetime | None


@dataclass(frozen=True)
class _DecisionRow:
    decision: str
    suggestion: str
    verdict: str
    author: str
    time: dt.datetime
    reason: str | None
    next_step: str | None
    rung: str | None
    responsible: str | None
    due: dt.date | None
    day: str | None
    project: str | None


@dataclass(frozen=True)
class _WorkspaceRow:
    workspace: str
    round: str
    day: dt.date | None
    agenda: str | None
    closed: dt.date | None


def suggestions(store: Store, language: str = "de") -> tuple[Suggestion, ...]:
    """All lines of all rounds, each with its verdicts; by rank, then by name. Read once per data version."""
    return store.cached(("rounds-suggestions", language), lambda: _suggestions(store, language))


def workspace(store: Store, round_slug: str, language: str = "de") -> Workspace:
    """The workspace of a round, opened or not.

    Args:
        store: where.
        round_slug: which round.
        language: of all names.

    Raises:
        NotFound: no such round.
    """
    row = table(store, "round", language).get(round_slug)
    if row is None:
        raise NotFound("round", round_slug)
    kept = workspace_rows(store).get(round_slug)
    lines = tuple(one for one in suggestions(store, language) if one.round == round_slug)
    return Workspace(
        round=row.ref,
        start=row.text("start"),
        end=row.text("end"),
        exists=kept is not None,
        as_of=kept.day if kept else None,
        agenda=tuple(filter(None, map(str.strip, (kept.agenda or "").splitlines()))) if kept else (),
        closed=kept.closed if kept else None,
        suggestions=lines,
        parts=_parts(store, row.ref, lines, language),
    )


def workspaces(store: Store) -> tuple[str, ...]:
    """Slugs of the rounds whose workspace was opened, those that are not closed first, newest round first."""
    kept, rounds = workspace_rows(store), table(store, "round", "de")
    found = [slug for slug in kept if slug in rounds]
    found.sort(key=lambda slug: (rounds[slug].text("start"), slug), reverse=True)
    return tuple(sorted(found, key=lambda slug: kept[slug].closed is not None))


def usual_round(store: Store) -> str:
    """The round that is worked on when none is named: the first open workspace, else the newest round; "" for none."""
    kept = workspace_rows(store)
    if open_ones := [slug for slug in workspaces(store) if not kept[slug].closed]:
        return open_ones[0]
    rounds = table(store, "round", "de")
    return max(rounds, key=lambda slug: (rounds[slug].text("start"), slug), default="")


def open_rounds(store: Store, language: str = "de") -> tuple[Ref, ...]:
    """The rounds a suggestion can be kept in, the usual one first; closed ones are left out."""

    def build() -> tuple[Ref, ...]:
        kept, rounds = workspace_rows(store), table(store, "round", language)
        slugs = dict.fromkeys((usual_round(store), *workspaces(store)))
        return tuple(rounds[slug].ref for slug in slugs if slug in rounds and not (slug in kept and kept[slug].closed))

    return store.cached(("rounds-open", language), build)


def workspace_rows(store: Store) -> Mapping[str, _WorkspaceRow]:
    """What is kept about each opened workspace, by the slug of its round; of several for one round the first."""

    def build() -> dict[str, _WorkspaceRow]:
        rows = query.rows(store, "rounds-workspaces", _WorkspaceRow)
        return {_slug(row.round): row for row in reversed(rows)}

    return store.cached("rounds-workspaces", build)


def fields_of(store: Store, round_slug: str, language: str = "de") -> tuple[Ref, ...]:
    """The Handlungsfelder of a round in the order of their numbers; each label names the round."""
    rows = table(store, "handlungsfeld", language).values()
    own = [row for row in rows if round_slug in {ref.slug for ref in row.refs("round")}]
    return tuple(row.ref for row in sorted(own, key=_by_number))


def working_fields(store: Store, round_slug: str, language: str = "de") -> tuple[Ref, ...]:
    """The Handlungsfelder a round works with: its own, else those of the last round before it that has any."""
    rounds = table(store, "round", language)
    start = rounds[round_slug].text("start") if round_slug in rounds else ""
    earlier = sorted(((row.text("start"), slug) for slug, row in rounds.items() if "" < row.text("start") < start))
    for slug in (round_slug, *(slug for _, slug in reversed(earlier))):
        if fields := fields_of(store, slug, language):
            return fields
    return ()


def _by_number(row: Row) -> tuple[bool, int, str]:
    number = row.text("number")
    return (not number.isdecimal(), int(number) if number.isdecimal() else 0, number)


def _suggestions(store: Store, language: str) -> tuple[Suggestion, ...]:
    rows = query.rows(store, "rounds-suggestions", _SuggestionRow)
    if not rows:
        return ()  # the names of everything are for nothing then, and every list of missing partnerships asks
    called = names(store, language)
    verdicts: dict[str, dict[str, Verdict]] = defaultdict(dict)
    for row in query.rows(store, "rounds-decisions", _DecisionRow):
        verdicts[row.suggestion].setdefault(row.decision, _verdict(row, called))
    before = {row.suggestion: row.carried for row in rows if row.carried}
    found = [
        replace(
            _suggestion(store, row, tuple(verdicts[row.suggestion].values()), called),
            earlier=tuple(one for iri in _chain(row.suggestion, before) for one in verdicts[iri].values()),
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda one: (one.position is None, one.position or 0, one.label, one.iri)))


def _chain(iri: str, before: Mapping[str, str]) -> list[str]:
    """The lines that a line carries on, newest first; a circle in the records ends where it began."""
    found = [iri]
    while (iri := before.get(iri, "")) and iri not in found:
        found.append(iri)
    return found[1:]


def _suggestion(store: Store, row: _SuggestionRow, verdicts: tuple[Verdict, ...], called: Names) -> Suggestion:
    refs = sorted(_refs(row.subjects, called), key=lambda ref: (ref.label.casefold(), ref.iri))
    actors = tuple(ref for ref in refs if ref.type == "actor")
    others = tuple(ref for ref in refs if ref.type != "actor")
    kind = _slug(row.kind)
    return Suggestion(
        iri=row.suggestion,
        slug=_slug(row.suggestion),
        gap_id=current_id(store, row.gap) if row.gap else derived_id(kind, actors, others),
        kind=kind,
        round=_slug(row.round) if row.round else "",
        actors=actors,
        others=others,
        headline=_headline(row, called.language),
        reasons=_lines_of(row.reason_de, row.reason_en),
        cautions=_lines_of(row.caution_de, row.caution_en),
        step=_lines_of(row.step_de, row.step_en),
        position=int(row.position) if row.position is not None else None,
        fields=tuple(sorted(_refs(row.fields, called), key=lambda ref: ref.slug)),
        by_hand=row.gap is None,
        carried_from=_slug(row.carried) if row.carried else "",
        author=row.author or "",
        taken_up=row.time,
        verdicts=verdicts,
    )


def _lines_of(german: str | None, english: str | None) -> dict[str, tuple[str, ...]]:
    """The sentences by language; one that is missing stands in the other language."""
    texts = {"de": german or english or "", "en": english or german or ""}
    return {language: tuple(filter(None, text.splitlines())) for language, text in texts.items()}


def _headline(row: _SuggestionRow, language: str) -> str:
    texts = (row.headline_en, row.headline_de) if language == "en" else (row.headline_de, row.headline_en)
    return next(filter(None, texts), "")


def _verdict(row: _DecisionRow, called: Names) -> Verdict:
    return Verdict(
        iri=row.decision,
        slug=_slug(row.decision),
        verdict=_slug(row.verdict),
        author=row.author,
        time=row.time,
        reason=row.reason or "",
        next_step=row.next_step or "",
        rung=_slug(row.rung or ""),
        responsible=row.responsible or "",
        due=row.due,
        day=row.day or "",
        project=called.ref(row.project) if row.project else None,
    )


def _parts(store: Store, of_round: Ref, lines: tuple[Suggestion, ...], language: str) -> tuple[Part, ...]:
    said: dict[str, list[Statement]] = defaultdict(list)
    for row in table(store, "statement", language).values():
        if of_round.slug in {ref.slug for ref in row.refs("round")}:
            for slug in {ref.slug for ref in row.refs("handlungsfeld")} or {""}:
                said[slug].append(_statement(row))
    fields = {ref.slug: ref for ref in working_fields(store, of_round.slug, language)}
    # What the records assign to a field of another list is said with its field all the same.
    others = table(store, "handlungsfeld", language)
    named = {*said, *(ref.slug for one in lines for ref in one.fields)} - fields.keys()
    fields |= {slug: others[slug].ref for slug in sorted(named) if slug in others}
    parts = [Part(ref, _sorted(said[slug]), _lines(lines, slug)) for slug, ref in fields.items()]
    rest = Part(None, _sorted(said[""]), tuple(one for one in lines if not one.fields))
    return tuple(parts) + ((rest,) if rest.statements or rest.suggestions else ())


def _lines(lines: Iterable[Suggestion], field: str) -> tuple[Suggestion, ...]:
    return tuple(one for one in lines if field in {ref.slug for ref in one.fields})


def _statement(row: Row) -> Statement:
    kind = row.values("type")[0].key if row.values("type") else ""
    return Statement(row.ref, kind, row.text("description"), next(iter(row.refs("place")), None))


def _sorted(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    order = {kind: place for place, kind in enumerate(_KINDS)}
    return tuple(sorted(statements, key=lambda one: (order.get(one.kind, len(order)), one.text)))


def _refs(iris: Iterable[str], called: Names) -> list[Ref]:
    return [ref for iri in iris if (ref := called.ref(iri))]


def _slug(iri: str) -> str:
    return iri.rpartition("/")[2]
