"""Tables as plans: what the rows are about, and what each column means, with how sure that is and why."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from graph.importing import filling, givers, matrices, naming, settling, tablekinds
from graph.importing.columnplans import ColumnPlan, TablePlan, Why, unknown
from graph.importing.headings import tight, unit
from graph.importing.options import options as options_of
from graph.importing.profiles import Profile, profile

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graph.importing.mapping import Mapping as Remembered
    from graph.importing.regions import RawTable

__all__ = ["ColumnPlan", "TablePlan", "Why", "understand"]

_SEVERAL: Final = frozenset(
    {
        "note",
        "source",
        "other_names",
        "handlungsfelder",
        "target_groups",
        "places",
        "offers",
        "seeks",
        "fund",
        "amount",
        "handlungsfeld",
    }
)
_TIMES: Final = frozenset({"start", "end", "period"})
_AS_LIKELY: Final = 0.95
"""The share of the best score from which another kind is as likely."""


def understand(
    table: RawTable,
    mapping: Remembered | None = None,
    vocabulary: Mapping[str, frozenset[str]] | None = None,
    legend: Mapping[str, str] | None = None,
) -> TablePlan:
    """What a table is about and what its columns mean.

    Args:
        table: as `regions.tables` gives it.
        mapping: what people said about such tables before; wins over everything.
        vocabulary: known names by entity type ("actor", "network", "project", "place", "programme", "handlungsfeld").
        legend: what abbreviations mean, letters in crosswise tables among them.
    """
    if table.layout == "legend":
        ignored = (ColumnPlan(heading, heading.ref, "ignore", 1.0, Why("legend")) for heading in table.headings)
        return TablePlan("legend", 1.0, tuple(ignored), table)
    known = {name: frozenset(one.casefold() for one in names) for name, names in (vocabulary or {}).items()}
    profiles = [profile([row.cells[at] for row in table.rows], known) for at in range(len(table.headings))]
    said = mapping.find(table) if mapping else None
    kinds = [said.kind] if said and said.kind else list(tablekinds.KINDS)
    plans = {kind: _columns(kind, table, profiles, known, said.columns if said else {}, legend or {}) for kind in kinds}
    scores = {kind: tablekinds.score(kind, table, columns, profiles) for kind, columns in plans.items()}
    kind = _of_projects(max(scores, key=lambda one: scores[one]), scores, plans, profiles)
    if scores[kind] <= tablekinds.NOTHING and not said:
        notes = tuple(unknown(heading) for heading in table.headings)
        return TablePlan("", 0.0, notes, table)
    rivals = {"actor", "network"} if kind in ("actor", "network") else {kind}
    second = max((score for other, score in scores.items() if other not in rivals), default=0.0)
    columns = _in_projects(table, settling.settled(kind, plans[kind], profiles))
    plain, columns = filling.made_plain(kind, table, columns, legend or {})
    return TablePlan(
        kind, round(max(0.0, 1 - max(second, 0) / scores[kind]), 2) if scores[kind] > 0 else 0.0, columns, plain
    )


def _of_projects(
    kind: str, scores: Mapping[str, float], plans: Mapping[str, tuple[ColumnPlan, ...]], profiles: list[Profile]
) -> str:
    """The kind; "project" where grants and projects are as likely and each project has one row.

    What the row says besides, when it was, a remark, is then about the project, whether or not money has a column.
    """
    if kind != "funding" or scores.get("project", 0.0) < _AS_LIKELY * scores[kind]:
        return kind
    named = (column for plan, column in zip(plans[kind], profiles, strict=True) if plan.meaning == "funding.project")
    return "project" if all(column.distinct == 1 for column in named) else kind


def _columns(  # noqa: PLR0913, PLR0917  # all that is known of a table
    kind: str,
    table: RawTable,
    profiles: list[Profile],
    known: Mapping[str, frozenset[str]],
    said: Mapping[str, str],
    legend: Mapping[str, str],
) -> tuple[ColumnPlan, ...]:
    """The best meaning of each column in a table of that kind; what only one column can mean goes to the surest."""
    options = [options_of(kind, heading, column) for heading, column in zip(table.headings, profiles, strict=True)]
    across = {**givers.paid(kind, table, profiles, known), **matrices.marked(kind, table, profiles, known, legend)}
    chosen = _said_before(table, said, across, options)
    chosen |= {at: plan for at, plan in {**across, **_people(table)}.items() if at not in chosen}
    taken = {plan.meaning for plan in chosen.values()}
    ranked = sorted(
        ((plan.confidence, -at, plan) for at, plans in enumerate(options) for plan in plans),
        key=lambda one: (-one[0], -one[1]),
    )
    for _, minus_at, plan in ranked:
        if (
            -minus_at not in chosen
            and (plan.meaning not in taken or _may_repeat(plan.meaning))
            and not _told_already(plan, chosen)
        ):
            chosen[-minus_at] = plan
            taken.add(plan.meaning)
    named = naming.named(kind, table, profiles, chosen, options)
    if across and 0 in named and "(" not in named[0].heading.text:
        named[0] = replace(named[0], rest="")  # "Akteur / Projekt": the projects stand across
    return _paired(
        kind, tuple(named.get(at) or unknown(heading) for at, heading in enumerate(table.headings)), profiles
    )


def _said_before(
    table: RawTable,
    said: Mapping[str, str],
    across: Mapping[int, ColumnPlan],
    options: Sequence[Sequence[ColumnPlan]],
) -> dict[int, ColumnPlan]:
    """The columns a person spoke of: what they mean is as said; how their cells are read, as the cells are."""
    found: dict[int, ColumnPlan] = {}
    for at, heading in enumerate(table.headings):
        meaning = said.get(tight(f"{heading.group} {heading.text}")) or said.get(tight(heading.text))
        if not meaning:
            continue
        rest = next((plan.rest for plan in options[at] if plan.meaning == meaning), "")
        money = unit(f"{heading.text} {heading.group}")
        found[at] = ColumnPlan(heading, heading.ref, meaning, 1.0, Why("mapping"), rest, money)
        if at in across and meaning.startswith(("link:", across[at].meaning)):
            found[at] = replace(across[at], meaning=meaning, confidence=1.0)
    return found


def _people(table: RawTable) -> dict[int, ColumnPlan]:
    """The columns of a table of people that name them: beside a first name, "Name" is a surname."""
    headings = [tight(heading.text) for heading in table.headings]
    if not _FIRST_NAMES & set(headings):
        return {}
    return {
        at: ColumnPlan(table.headings[at], table.headings[at].ref, "contact.name", 1.0, Why("heading", heading))
        for at, heading in enumerate(headings)
        if heading in _FIRST_NAMES | _SURNAMES
    }


_FIRST_NAMES: Final = frozenset({"vorname", "rufname", "vornamen", "firstname", "anrede"})
_SURNAMES: Final = frozenset({"name", "nachname", "familienname", "zuname", "titel", "lastname", "surname"})


def _may_repeat(meaning: str) -> bool:
    return (
        meaning.startswith(("link:", "contact."))
        or meaning in ("note", "ignore")
        or meaning.rpartition(".")[2] in _SEVERAL
    )


def _told_already(plan: ColumnPlan, chosen: Mapping[int, ColumnPlan]) -> bool:
    """Whether days of unknown meaning stand beside columns that say when by their headings."""
    if plan.why.kind != "values" or plan.meaning.rpartition(".")[2] not in _TIMES:
        return False
    return any(one.meaning.rpartition(".")[2] in _TIMES and one.why.kind != "values" for one in chosen.values())


def _paired(kind: str, columns: tuple[ColumnPlan, ...], profiles: list[Profile]) -> tuple[ColumnPlan, ...]:
    """A single column of bare years, under no heading that says more, is a period: the whole of each year."""
    times = [at for at, plan in enumerate(columns) if plan.meaning in (f"{kind}.start", f"{kind}.end")]
    if len(times) != 1 or columns[times[0]].why.kind != "values" or profiles[times[0]].share("year") < 0.7:
        return columns
    plan = replace(columns[times[0]], meaning=f"{kind}.period")
    return (*columns[: times[0]], plan, *columns[times[0] + 1 :])


def _in_projects(table: RawTable, columns: tuple[ColumnPlan, ...]) -> tuple[ColumnPlan, ...]:
    """The columns of a table of bodies; whom they work with by a heading that also fits projects, are those beside it.

    "weitere Mitwirkung" beside "Träger von" names projects if it names what other bodies of the list carry.
    """

    def named(at: int) -> set[str]:
        cells = (row.cells[at].text for row in table.rows)
        return {piece for text in cells for piece in _JOINT.split(text.casefold()) if piece}

    carried = {one for at, plan in enumerate(columns) if plan.meaning == "link:traeger_von" for one in named(at)}
    return tuple(
        replace(plan, meaning="link:in")
        if carried and plan.meaning == "link:tie" and 2 * len((own := named(at)) & carried) > len(own)
        else plan
        for at, plan in enumerate(columns)
    )


_JOINT: Final = re.compile(r"\s*[;\n]\s*|,\s+")
