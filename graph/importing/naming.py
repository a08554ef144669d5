"""Which column names the rows of a table, and in tables of links both of its ends, if no heading says so."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from graph.importing.columnplans import ColumnPlan, Why, unknown
from graph.importing.headings import normal, says_number, understood
from graph.importing.tablekinds import NAMED

if TYPE_CHECKING:
    from graph.importing.profiles import Profile
    from graph.importing.regions import RawTable


def named(
    kind: str, table: RawTable, profiles: list[Profile], chosen: dict[int, ColumnPlan], options: list[list[ColumnPlan]]
) -> dict[int, ColumnPlan]:
    """The columns of a table, by position, with those that say what its rows are about.

    Args:
        kind: of the rows.
        table: as `regions.tables` gives it.
        profiles: what stands in its columns.
        chosen: what its columns mean so far.
        options: what each may mean.
    """
    match kind:
        case "involvement":
            return _with_project(table, profiles, _with_actor(chosen))
        case "tie":
            return _with_first(table, profiles, chosen)
    return _with_name(kind, table, profiles, chosen, options)


def _with_name(
    kind: str, table: RawTable, profiles: list[Profile], chosen: dict[int, ColumnPlan], options: list[list[ColumnPlan]]
) -> dict[int, ColumnPlan]:
    """The columns with one that names the rows, if a table of entries has none so far.

    It is one whose heading may mean that, if not foremost ("Träger" of bodies), else the first of many different texts.
    """
    name = f"{kind}.name"
    if kind not in NAMED or any(plan.meaning == name for plan in chosen.values()):
        return chosen
    said = {at for at, plan in chosen.items() if plan.why.kind == "mapping"}
    by_heading = [
        (plan.confidence, -at, plan)
        for at, plans in enumerate(options)
        for plan in plans
        if plan.meaning == name and at not in said
    ]
    if by_heading:
        _, minus_at, plan = max(by_heading, key=lambda one: one[:2])
        return {**chosen, -minus_at: plan}
    for at, column in enumerate(profiles):
        plan = chosen.get(at) or unknown(table.headings[at])
        is_free = not _tells_value(plan.heading.text) and (
            not plan.understood
            or plan.meaning == f"{kind}.description"
            or (plan.meaning == f"{kind}.handlungsfelder" and column.count >= _SOME and column.distinct == 1)
            or (plan.why.kind == "values" and (plan.confidence < 0.75 or not normal(plan.heading.text)))
        )
        if (
            is_free
            and at not in said
            and column.count
            and column.distinct >= 0.75
            and column.share("typed") < 0.3
            and max(column.share("number"), column.share("recurring")) < 0.5
            and column.length < 90
        ):
            return {**chosen, at: ColumnPlan(table.headings[at], table.headings[at].ref, name, 0.5, Why("position"))}
    return chosen


def _tells_value(heading: str) -> bool:
    """Whether a heading is known, in a list of whatever kind, as that of a value: a state, a time, a sum."""
    return any(sense.meaning.endswith(_VALUES) and sure > _KNOWN for sense, sure, _ in understood(heading))


_VALUES: Final = (".status", ".start", ".end", ".period", ".amount", ".postcode", ".email", ".telephone")
_KNOWN: Final = 0.96


def _with_actor(chosen: dict[int, ColumnPlan]) -> dict[int, ColumnPlan]:
    """The columns of a table of roles with one for the bodies: "Träger", if no other column has them."""
    if any(plan.meaning == "involvement.actor" for plan in chosen.values()):
        return chosen
    at = min((at for at, plan in chosen.items() if plan.meaning.startswith("link:")), default=None)
    return chosen if at is None else {**chosen, at: replace(chosen[at], meaning="involvement.actor")}


def _with_project(table: RawTable, profiles: list[Profile], chosen: dict[int, ColumnPlan]) -> dict[int, ColumnPlan]:
    """The columns of a table of roles with one for the projects: the first of names, if no heading says which."""
    meanings = {plan.meaning for plan in chosen.values()}
    if meanings & _PROJECTS or not meanings >= {"involvement.actor", "involvement.role"}:
        return chosen
    for at, (heading, column) in enumerate(zip(table.headings, profiles, strict=True)):
        plan = chosen.get(at)
        is_name = column.share("nominal") >= _MOSTLY and column.share("body") < 1 - _MOSTLY
        if (
            is_name
            and not says_number(heading.text)
            and column.share("typed") < 1 - _MOSTLY
            and (plan is None or not plan.understood)
        ):
            return {**chosen, at: ColumnPlan(heading, heading.ref, "project.name", 0.6, Why("position"))}
    return chosen


def _with_first(table: RawTable, profiles: list[Profile], chosen: dict[int, ColumnPlan]) -> dict[int, ColumnPlan]:
    """The columns of a table that says how bodies work together, with one for those who do, if no heading says which.

    It stands left of those they work with: "Wer antwortet | arbeitet zusammen mit | Intensität".
    """
    at = {plan.meaning: at for at, plan in chosen.items()}
    if "tie.from_actor" in at or "tie.to_actor" not in at or not {"tie.kind", "tie.strength"} & {*at}:
        return chosen
    for left in range(at["tie.to_actor"]):
        column, heading = profiles[left], table.headings[left]
        is_other = any(
            sure > _SURE and not sense.meaning.startswith("contact.") for sense, sure, _ in understood(heading.text)
        )
        if (
            not is_other
            and column.share("nominal") >= _MOSTLY
            and column.share("typed") < 1 - _MOSTLY
            and column.length > _SHORT
        ):
            return {**chosen, left: ColumnPlan(heading, heading.ref, "tie.from_actor", 0.7, Why("position"))}
    return chosen


_SHORT: Final = 3
_SOME: Final = 3
"""Rows of which each has a text of its own: what fields they are in, some share."""
_SURE: Final = 0.9
_PROJECTS: Final = frozenset({"involvement.project_or_event", "project.name", "event.name"})
_MOSTLY: Final = 0.7
