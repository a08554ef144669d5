"""One entry with all that is said about it: facts, sources, contradictions, activities, partners, money."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from graph import query
from graph.directory.names import Names, Ref, alphabetical, names
from graph.directory.parts import Active, Activity, Entry, Partner, Statement
from graph.directory.values import Row, Triple, filled, table
from graph.errors import NotFound
from ontology.concepts import concepts
from ontology.schema import entity_types

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from graph.store import Store

_DECIMAL = re.compile(r"[+-]?\d{1,20}(\.\d*)?", re.ASCII)
LINKS = frozenset({"involvement", "membership", "funding", "tie", "note", "statement"})
"""Entry types that say something about others; all other types that point to an entry are its neighbours."""


def entry(store: Store, kind: str, slug: str, *, language: str = "de") -> Entry:
    """All about one entry; kept until the data change, as long as not too many others are asked for.

    Raises:
        NotFound: there is no entry of that type and slug.
    """
    if kind not in entity_types():
        raise NotFound("list", kind)
    return store.cached(("entry", kind, slug, language), lambda: _Reader(store, language).entry(kind, slug))


class _Reader:
    """Reads one entry and what surrounds it."""

    def __init__(self, store: Store, language: str) -> None:
        self.store = store
        self.language = language
        self.names: Names = names(store, language)

    def entry(self, kind: str, slug: str) -> Entry:
        iri = query.Iri(f"{self.store.base_iri}{entity_types()[kind].segment}/{slug}")
        own = filled(query.rows(self.store, "directory-entry", Triple, entry=iri), self.names)
        if not own:
            raise NotFound(kind, slug)
        said = filled(query.rows(self.store, "directory-mentions", Triple, target=iri), self.names)
        by_kind: dict[str, list[Row]] = defaultdict(list)
        for row in said:
            by_kind[row.ref.type].append(row)
        activities = self._activities(by_kind, own[0].ref)
        fundings = [self._funding(row, own[0].ref) for row in by_kind["funding"]]
        amounts = [activity.amount for activity in fundings if activity.amount is not None]
        return Entry(
            row=own[0],
            sources=self.sources(own[0]),
            notes=tuple(Statement(row, self.sources(row)) for row in by_kind["note"]),
            activities=activities,
            participants=self._participants(by_kind, own[0].ref),
            partners=self._partners(by_kind["tie"], own[0].ref) if kind == "actor" else (),
            fundings=_newest_first(fundings),
            total=sum(amounts, Decimal(0)) if amounts else None,
            statements=tuple(Statement(row, self.sources(row)) for row in by_kind["statement"]),
            active=self._active(own[0].ref) if kind == "handlungsfeld" else (),
            themes=self._themes(activities) if kind == "actor" else (),
            neighbours=_neighbours(said, own[0]),
        )

    def sources(self, row: Row) -> tuple[Row, ...]:
        known = table(self.store, "source", self.language)
        return tuple(known[ref.slug] for ref in row.refs("source") if ref.slug in known)

    def _activity(self, rows: Sequence[Row], other: Ref, roles: Iterable[str]) -> Activity:
        """A link, in one role or several, with its own period, else with the one of the project or event at its end."""
        row = dated = rows[0]
        if not row.text("start") and not row.text("end") and other.type in {"project", "event"}:
            dated = table(self.store, other.type, self.language).get(other.slug, row)
        return Activity(
            other=other,
            roles=tuple(roles),
            start=dated.text("start"),
            end=dated.text("end"),
            period_text=dated.text("period_text"),
            ongoing=dated.text("ongoing") == "true",
            about=row.text("via"),
            state="" if any(value.key == "asserted" for value in row.values("state")) else row.text("state"),
            amount=_amount(row.text("amount")),
            key=next((value.key for value in row.values("kind")), ""),
            sources=self.sources(row),
            links=tuple(one.ref for one in rows),
        )

    def _activities(self, by_kind: Mapping[str, Sequence[Row]], own: Ref) -> tuple[Activity, ...]:
        found = [
            self._activity(rows, other, _labels(rows, "role"))
            for other, rows in _by_other(by_kind.get("involvement", ()), "actor", own, "project_or_event").items()
        ]
        label = entity_types()["membership"].field("member").label[self.language]
        found += [
            self._activity(rows, other, _labels(rows, "role") or (label,))
            for other, rows in _by_other(by_kind.get("membership", ()), "member", own, "network").items()
        ]
        return _newest_first(found)

    def _participants(self, by_kind: Mapping[str, Sequence[Row]], own: Ref) -> tuple[Activity, ...]:
        taking_part = _by_other(by_kind.get("involvement", ()), "project_or_event", own, "actor")
        members = _by_other(by_kind.get("membership", ()), "network", own, "member")
        label = entity_types()["membership"].field("member").label[self.language]
        found = [self._activity(rows, other, _labels(rows, "role")) for other, rows in taking_part.items()]
        found += [self._activity(rows, other, _labels(rows, "role") or (label,)) for other, rows in members.items()]
        order = {choice.label[self.language]: place for place, choice in enumerate(concepts("role"))}
        return tuple(
            sorted(
                found, key=lambda one: (order.get(one.roles[0], 99) if one.roles else 99, alphabetical(one.other.label))
            )
        )

    def _funding(self, row: Row, own: Ref) -> Activity:
        """Seen from a project: who pays; seen from the money: what for."""
        if own.type == "project":
            payers = [*row.refs("programme"), *row.refs("payer")]
            return self._activity([row], payers[0] if payers else row.ref, (ref.label for ref in payers[1:]))
        projects = row.refs("project")
        return self._activity([row], projects[0] if projects else row.ref, ())

    def _partners(self, ties: Sequence[Row], own: Ref) -> tuple[Partner, ...]:
        declared: dict[Ref, list[Activity]] = defaultdict(list)
        for row in ties:
            for field in ("from_actor", "to_actor"):
                for other in row.refs(field):
                    if other != own:
                        tie = self._activity([row], other, _labels([row], "kind"))
                        declared[other].append(replace(tie, incoming=field == "from_actor"))
        together: dict[Ref, list[Ref]] = defaultdict(list)
        for pair in query.rows(self.store, "directory-partners", _Together, actor=query.Iri(own.iri)):
            partner, project = self.names.ref(pair.partner), self.names.ref(pair.project)
            if partner and project:
                together[partner].append(project)
        found = [
            Partner(other, _newest_first(declared.get(other, ())), _by_label(together.get(other, ())))
            for other in {*declared, *together}
        ]
        return tuple(sorted(found, key=lambda one: (-len(one.projects) - len(one.ties), alphabetical(one.other.label))))

    def _active(self, own: Ref) -> tuple[Active, ...]:
        projects: dict[Ref, set[Ref]] = defaultdict(set)
        declared = set()
        for row in query.rows(self.store, "directory-active", _ActiveRow, field=query.Iri(own.iri)):
            if actor := self.names.ref(row.actor):
                project = self.names.ref(row.project) if row.project else None
                projects[actor] |= {project} if project else set()
                declared |= set() if project else {actor}
        found = [Active(actor, actor in declared, _by_label(named)) for actor, named in projects.items()]
        return tuple(sorted(found, key=lambda one: (-len(one.projects), alphabetical(one.other.label))))

    def _themes(self, activities: Iterable[Activity]) -> tuple[tuple[Ref, int], ...]:
        projects = table(self.store, "project", self.language)
        slugs = {activity.other.slug for activity in activities if activity.other.type == "project"}
        found = Counter(ref for slug in slugs if slug in projects for ref in projects[slug].refs("handlungsfelder"))
        return tuple(sorted(found.items(), key=lambda pair: (-pair[1], pair[0].label)))


@dataclass(frozen=True)
class _Together:
    partner: str
    project: str


@dataclass(frozen=True)
class _ActiveRow:
    actor: str
    project: str | None


def _amount(text: str) -> Decimal | None:
    """The number of euros; None for what is no `xsd:decimal`, which `checks` names."""
    return Decimal(text) if _DECIMAL.fullmatch(text) else None


def _labels(rows: Iterable[Row], field: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value.text for row in rows for value in row.values(field)))


def _by_other(rows: Iterable[Row], here: str, own: Ref, there: str) -> dict[Ref, list[Row]]:
    """Rows whose field `here` is this entry, by the entry in their field `there`."""
    found: dict[Ref, list[Row]] = defaultdict(list)
    for row in rows:
        if any(ref.iri == own.iri for ref in row.refs(here)):
            for other in row.refs(there):
                found[other].append(row)
    return found


def _newest_first(activities: Iterable[Activity]) -> tuple[Activity, ...]:
    """By the latest date known, undated ones last; within one day by name."""
    by_name = sorted(activities, key=lambda activity: alphabetical(activity.other.label))
    return tuple(sorted(by_name, key=lambda activity: activity.start or activity.end, reverse=True))


def _by_label(refs: Iterable[Ref]) -> tuple[Ref, ...]:
    return tuple(sorted(set(refs), key=lambda ref: alphabetical(ref.label)))


def _neighbours(said: Iterable[Row], own: Row) -> dict[tuple[str, str], tuple[Ref, ...]]:
    """Who points to the entry without being pointed at by it (that stands among its facts already)."""
    known = {ref for name in own.cells for ref in own.refs(name)}
    found: dict[tuple[str, str], list[Ref]] = defaultdict(list)
    for row in said:
        if (row.ref.type in LINKS and own.ref.type != "source") or row.ref in known:
            continue
        for field in row.kind.fields:
            if any(ref.iri == own.ref.iri for ref in row.refs(field.name)):
                found[row.ref.type, field.name].append(row.ref)
    return {key: _by_label(refs) for key, refs in sorted(found.items())}


def by_field(statements: Iterable[Statement]) -> list[tuple[Ref | None, list[Statement]]]:
    """Statements by their Handlungsfeld, those without one first."""
    found: dict[Ref | None, list[Statement]] = defaultdict(list)
    for statement in statements:
        fields = statement.row.refs("handlungsfeld")
        found[fields[0] if fields else None].append(statement)
    return sorted(found.items(), key=lambda pair: pair[0].label if pair[0] else "")
