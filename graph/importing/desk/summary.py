"""A plan in short: how much would come and change, what each column was taken for, what a person is asked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from graph import directory
from graph.importing import report, stock
from graph.importing.desk.cells import worded
from graph.importing.desk.lines import problem_words
from graph.importing.rows import uses
from ontology.schema import entity_types

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graph.importing.columns import ColumnPlan, TablePlan
    from graph.importing.desk.differences import Differences
    from graph.importing.entities import Entity
    from graph.importing.facts import Problem
    from graph.importing.mapping import Mapping as Remembered
    from graph.importing.plan import Plan
    from graph.store import Store

_SAMPLES: Final = 3
_LONGEST: Final = 60
_MOST_UNSURE: Final = 200
_ACTS: Final = 4
"""So many activities tell what a body does."""
_MOST_ITEMS: Final = 50
_TELLING: Final = ("kind", "short_name", "other_names", "street", "postcode", "website", "description")
"""What tells two bodies apart."""


def summary(store: Store, plan: Plan, differences: Differences, mapping: Remembered | None) -> dict[str, Any]:
    """What people read first of a plan, as JSON.

    Returns:
        "counts" (see `Differences.counts`), "removals", "tables" (those taken first, as `Lines` numbers them, then the
        others), "unsure" (pairs to judge), "problems" (by what they are, each with "count" and its first "items"),
        "unmapped" (headings kept as notes), "rounds" (slug and name) and "asks_round".
    """
    return {
        "counts": differences.counts(),
        "removals": differences.removals(),
        "tables": [_table(table, mapping, is_taken=True) for table in plan.tables]
        + [_table(table, mapping, is_taken=False) for table in plan.aside if table.kind != "legend"],
        "unsure": [_pair(store, plan, entity) for entity in plan.entities if entity.rival][:_MOST_UNSURE],
        "problems": _problems(plan.problems),
        "unmapped": [{"file": spot.file, "sheet": spot.sheet, "heading": spot.cell} for spot in plan.unmapped],
        "rounds": [{"slug": known.slug, "label": known.label} for known in stock.entries(store, "round")],
        "asks_round": any(problem.what == "which round" for problem in plan.problems),
    }


def _table(plan: TablePlan, mapping: Remembered | None, *, is_taken: bool) -> dict[str, Any]:
    table = plan.table
    return {
        "file": table.file,
        "sheet": table.sheet,
        "title": table.title,
        "kind": plan.kind,
        "is_taken": is_taken,
        "confidence": plan.confidence,
        "is_said": bool(mapping and mapping.find(table)),
        "rows": len(table.rows),
        "headings": [heading.text for heading in table.headings if heading.text],
        "columns": [_column(plan, at, column, what) for at, (column, what) in enumerate(_columns(plan))],
    }


def _columns(plan: TablePlan) -> list[tuple[ColumnPlan, str]]:
    """Each column with what is done with it; of tables about people all is personal."""
    if plan.kind == "contact":
        return [(column, "personal") for column in plan.columns]
    return list(zip(plan.columns, (use.what for use in uses(plan)), strict=True))


def _column(plan: TablePlan, at: int, column: ColumnPlan, what: str) -> dict[str, Any]:
    texts = dict.fromkeys(row.cells[at].text for row in plan.table.rows if at < len(row.cells) and row.cells[at].text)
    samples = [] if what == "personal" else [_cut(text) for text in list(texts)[:_SAMPLES]]
    return {
        "heading": column.heading.text,
        "group": column.heading.group,
        "ref": column.ref,
        "meaning": column.meaning,
        "what": what,
        "confidence": round(column.confidence, 2),
        "why": column.why.kind,
        "understood": column.understood,
        "samples": samples,
        "values": len(texts),
    }


def _cut(text: str, longest: int = _LONGEST) -> str:
    plain = re.sub(r"\s+", " ", text)
    return plain if len(plain) <= longest else f"{plain[:longest].rstrip()}…"


def _problems(problems: Sequence[Problem]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for problem in problems:
        group = found.setdefault(problem.what, {"severity": problem.severity, "count": 0, "items": []})
        group["count"] += 1
        if len(group["items"]) < _MOST_ITEMS:
            place = {"file": problem.spot.file, "sheet": problem.spot.sheet, "cell": problem.spot.cell}
            group["items"].append({**place, **problem_words(problem)})
    return found


# pairs to judge


def _pair(store: Store, plan: Plan, entity: Entity) -> dict[str, Any]:
    """A name of a list and what it may be the same as, side by side."""
    other = _rival(plan, entity)
    reasons = [
        {language: report.reason(reason, language) for language in report.LANGUAGES} for reason in entity.reasons
    ]
    other_side = _listed(plan, other) if other and not other.known else _stored(store, other, entity)
    return {"sides": [_listed(plan, entity), other_side], "reasons": reasons}


def _rival(plan: Plan, entity: Entity) -> Entity | None:
    """The entry of the lists it may be the same as, None if only the store has it."""
    for one in plan.entities:
        if one is not entity and one.label in entity.like and entity.rival in (one.slug, *one.spellings):
            return one
    return None


def _listed(plan: Plan, entity: Entity) -> dict[str, Any]:
    texts = plan.fields_of(entity).texts
    linked = [link for link in plan.links if entity in (link.start, link.end)]
    acts = dict.fromkeys((link.end if link.start is entity else link.start).label for link in linked)
    return {
        "side": entity.label,
        "label": entity.label,
        "type": entity.type_name,
        "slug": "",
        "facts": _facts(entity.type_name, texts),
        "acts": [*acts][:_ACTS],
        "more_acts": max(0, len(acts) - _ACTS),
        "spot": {"file": entity.spot.file, "sheet": entity.spot.sheet, "cell": entity.spot.cell},
    }


def _stored(store: Store, other: Entity | None, asking: Entity) -> dict[str, Any]:
    slug = other.slug if other else asking.rival
    kind = other.type_name if other else _kind_of(store, slug)
    entry = directory.entry(store, kind, slug)
    acts = dict.fromkeys(activity.other.label for activity in (*entry.activities, *entry.fundings))
    return {
        "side": entry.row.ref.iri,
        "label": entry.row.ref.label,
        "type": kind,
        "slug": slug,
        "facts": _facts(kind, {name: [one.key or one.text for one in entry.row.values(name)] for name in _TELLING}),
        "acts": [*acts][:_ACTS],
        "more_acts": max(0, len(acts) - _ACTS),
        "spot": None,
    }


def _kind_of(store: Store, slug: str) -> str:
    known = (one for one in stock.entries(store, "actor", "programme") if one.slug == slug)
    return next((one.type_name for one in known), "actor")


def _facts(type_name: str, texts: Mapping[str, list[str]]) -> list[dict[str, Any]]:
    """What tells a body apart, field by field."""
    named = {field.name: field for field in entity_types()[type_name].fields}
    return [
        {"field": named[name].label, "text": text if isinstance(text, dict) else _cut(text, 200)}
        for name in _TELLING
        if name in named
        for text in (worded(type_name, name, one) for one in texts.get(name, ()))
    ]
