"""Sheets as tables that are taken: which there are, what their columns mean, what is left aside and why."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from graph.importing import columns, contexts, keys, regions, rosters, stock
from graph.importing.blanks import is_unknown
from graph.importing.facts import Problem, Spot
from graph.importing.names import learned
from graph.importing.rows import name_cells, title_cells
from graph.importing.values import looks_like_person

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from graph.importing.columns import TablePlan
    from graph.importing.grids import Sheet
    from graph.importing.mapping import Mapping
    from graph.importing.regions import RawTable
    from graph.store import Store

_TAKEN: Final = frozenset(
    {"actor", "network", "programme", "place", "project", "event", "involvement", "funding", "membership", "tie"}
)


_LONGEST: Final = 80
"""Characters of a name."""

_MOSTLY: Final = 0.7
"""Share of names that look like people's from which a list is one of people."""


@dataclass
class Understood:
    """What sheets hold.

    Attributes:
        tables: those that are taken, with what their columns mean.
        legend: what abbreviations mean.
        problems: what is not taken, and why.
        aside: the tables that are not taken.
    """

    tables: list[TablePlan] = field(default_factory=list)
    legend: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    aside: list[TablePlan] = field(default_factory=list)

    def known(self, store: Store) -> Callable[[str], bool]:
        """Whether a text is one name as it stands: of an entry, of a row of its own, explained, or alone in a cell."""
        cells = [cell for table in self.tables for cell in name_cells(table)]
        stored = (name for known in stock.entries(store, "actor", "programme", "place") for name in known.names)
        own = (text for text, is_name in cells if is_name and not is_unknown(text))
        explained = (short for short, long in self.legend.items() if not is_unknown(long))
        apart = (text for table in self.tables for text in (*_short_names(table), *_over_marks(table)))
        sure = {_spaced(text) for text in (*stored, *own, *explained, *apart)}
        return learned((text for text, _ in cells), lambda text: _spaced(text) in sure)

    def titled(self, store: Store) -> Callable[[str], bool]:
        """Whether a text is the title of a project or event as it stands."""
        stored = (name for known in stock.entries(store, "project", "event") for name in known.names)
        titles = {_spaced(text) for text in (*stored, *(cell for table in self.tables for cell in title_cells(table)))}
        return lambda text: _spaced(text) in titles


def understand(pages: Iterable[Sheet], mapping: Mapping | None = None) -> Understood:
    """Find the tables of sheets and say what they mean.

    Args:
        pages: the sheets of all files.
        mapping: what people said of such columns before.
    """
    found = [
        (page, [contexts.told(rosters.seated(rosters.unrolled(table))) for table in regions.tables(page)])
        for page in pages
    ]
    by_page = {id(page): tables for page, tables in found}
    result = Understood(legend=regions.legends((page for page, _ in found), lambda page: by_page[id(page)]))
    own_words = [
        {**result.legend, **regions.legends([page], lambda page: by_page[id(page)])}
        for page, tables in found
        for _ in tables
    ]
    plans = iter(_plans([table for _, tables in found for table in tables], mapping, own_words))
    for page, tables in found:
        own = [next(plans) for _ in tables]
        spot = Spot(page.file, page.name)
        is_filled = any(cell.text for row in page.rows for cell in row)
        if page.hidden and is_filled:
            result.problems.append(Problem(spot, "warning", "hidden sheet"))
        elif is_filled and not tables:
            result.problems.append(Problem(spot, "warning", "not a table"))
        else:
            own = [plan for plan in own if plan.table.layout != "legend"]
            result.tables += [plan for plan in own if plan.kind in _TAKEN]
            result.aside += [plan for plan in own if plan.kind not in _TAKEN]
            result.problems += [problem for plan in own for problem in _left_aside(plan, spot)]
    return result


def _plans(tables: list[RawTable], mapping: Mapping | None, legends: list[dict[str, str]]) -> list[TablePlan]:
    """What tables mean, codes and the keys of one in another replaced by what they stand for.

    Args:
        tables: of all sheets.
        mapping: what people said of such columns before.
        legends: what abbreviations mean in each table: first what its own sheet says.
    """
    by_heading, explaining = keys.codes(tables)
    tables = [
        replace(table, layout="legend") if number in explaining else keys.decoded(table, by_heading, legends[number])
        for number, table in enumerate(tables)
    ]
    plans = [columns.understand(table, mapping, legend=own) for table, own in zip(tables, legends, strict=True)]
    known = keys.keys(plans)
    names: dict[str, frozenset[str]] | None = None
    for number, (table, plan) in enumerate(zip(tables, plans, strict=True)):
        whole = keys.joined(table, number, plan, known)
        if whole is not table:
            plans[number] = columns.understand(whole, mapping, legend=legends[number])
        if not all(column.understood and column.meaning != "contact.name" for column in plans[number].columns):
            names = names if names is not None else _named(plans)
            plans[number] = columns.understand(whole, mapping, names, legends[number])
    return [replace(plan, kind="contact") if _lists_people(plan) else plan for plan in plans]


def _lists_people(plan: TablePlan) -> bool:
    """Whether what is taken for bodies are people: most look so, and beside them stands how to reach them."""
    meanings = [column.meaning for column in plan.columns]
    if plan.kind not in ("actor", "network") or not {"contact.email", "contact.telephone"} & {*meanings}:
        return False
    named = [index for index, meaning in enumerate(meanings) if meaning.endswith(".name")]
    cells = [row.cells[index].text for row in plan.table.rows for index in named if row.cells[index].text]
    return len(cells) > 0 and sum(map(looks_like_person, cells)) >= _MOSTLY * len(cells)


def _named(plans: list[TablePlan]) -> dict[str, frozenset[str]]:
    """The names that stand alone in cells of bodies, to know them in columns that nobody understands."""
    taken = [plan for plan in plans if plan.kind in _TAKEN]
    cells = (text for plan in taken for text in (*(text for text, _ in name_cells(plan)), *_short_names(plan)))
    return {"actor": frozenset(text for text in cells if len(text) < _LONGEST)}


def _short_names(plan: TablePlan) -> Iterator[str]:
    short = [
        at for at, column in enumerate(plan.columns) if column.meaning in ("actor.short_name", "network.short_name")
    ]
    yield from (row.cells[at].text for row in plan.table.rows for at in short if row.cells[at].text)


def _over_marks(plan: TablePlan) -> Iterator[str]:
    """The headings over marks: each is one name as it stands."""
    yield from (column.heading.text for column in plan.columns if column.why.kind == "marks")


def _left_aside(plan: TablePlan, spot: Spot) -> Iterator[Problem]:
    """What is not taken of a table: all of it, or what stands beside its rows."""
    if plan.kind == "contact":
        yield Problem(spot, "warning", "personal sheet")
        return
    yield from _left_over(plan.table)
    if not plan.kind:
        yield Problem(spot, "warning", "not understood")
    elif plan.kind not in _TAKEN and plan.kind != "legend" and plan.table.rows:
        yield Problem(spot, "warning", "kind not taken", {"kind": plan.kind})


def _left_over(table: RawTable) -> Iterator[Problem]:
    for cell in table.left_over:
        yield Problem(Spot(table.file, table.sheet, cell.ref), "note", "left over", {"text": cell.text})


def _spaced(text: str) -> str:
    return " ".join(text.split()).casefold()
