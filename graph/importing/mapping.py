"""What people said about columns, kept for the next time."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from graph.errors import BadFile, BadInput
from graph.importing.headings import tight
from graph.importing.synonyms import meanings
from graph.importing.tablekinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from graph.importing.columnplans import TablePlan
    from graph.importing.regions import RawTable


@dataclass(frozen=True)
class Said:
    """What is known of one table: its kind ("" if not said) and meanings by heading, as `tight` writes headings."""

    kind: str = ""
    columns: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Mapping:
    """What was said of tables, found again by their headings.

    Attributes:
        anywhere: meanings by heading, for all tables.
        tables: by the set of their headings.
    """

    anywhere: dict[str, str] = field(default_factory=dict)
    tables: dict[frozenset[str], Said] = field(default_factory=dict)

    def find(self, table: RawTable) -> Said | None:
        """What was said about a table with these headings, None if nothing."""
        said = self.tables.get(_headings(table), Said())
        columns = {**self.anywhere, **said.columns}
        mine = {heading: meaning for heading, meaning in columns.items() if heading in _all_headings(table)}
        return Said(said.kind, mine) if said.kind or mine else None


def load(path: Path) -> Mapping:
    """The mapping in a JSON file.

    It holds `{"columns": {heading: meaning}}` for all tables, `{"tables": [{"headings": […], "kind", "columns"}]}` for
    some, or both.

    Raises:
        BadFile: it cannot be read.
        BadInput: it names a kind or a meaning there is not; `allowed` lists them.
    """
    try:
        return remembered(json.loads(path.read_text(encoding="utf-8-sig")))
    except FileNotFoundError as error:
        raise BadFile(path.name, "missing") from error
    except OSError as error:
        raise BadFile(path.name, "unreadable", str(error)) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadFile(path.name, "broken", str(error)) from error


def remembered(content: dict[str, Any]) -> Mapping:
    """The mapping that a JSON object holds, as `load` describes it.

    Raises:
        BadInput: as `load`.
        KeyError, TypeError, AttributeError: the object is none of that form.
    """
    tables = {frozenset(map(tight, one["headings"])): _said(one) for one in content.get("tables", [])}
    return Mapping(_columns(content.get("columns", {})), tables)


def save(path: Path, plans: Iterable[TablePlan]) -> None:
    """Write what tables were taken for, so that `load` reads the same and people can change it."""
    path.write_text(json.dumps(as_mapping(plans), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def as_mapping(plans: Iterable[TablePlan]) -> dict[str, Any]:
    """What tables were taken for, as a JSON object that `remembered` reads."""
    tables = [
        {
            "headings": [heading.text for heading in plan.table.headings if heading.text],
            "kind": plan.kind,
            "columns": {
                f"{plan.heading.group} {plan.heading.text}".strip(): plan.meaning
                for plan in plan.columns
                if plan.heading.text
            },
        }
        for plan in plans
        if plan.kind and plan.kind != "legend"
    ]
    return {"tables": tables}


def _said(table: dict[str, Any]) -> Said:
    kind = table.get("kind", "")
    if kind and kind not in KINDS:
        raise BadInput("kind", kind, KINDS)
    return Said(kind, _columns(table.get("columns", {})))


def _columns(columns: dict[str, str]) -> dict[str, str]:
    allowed = meanings() - {"link:"}
    for meaning in columns.values():
        if meaning not in allowed:
            raise BadInput("meaning", str(meaning), tuple(sorted(allowed)))
    return {tight(heading): meaning for heading, meaning in columns.items()}


def _headings(table: RawTable) -> frozenset[str]:
    return frozenset(tight(heading.text) for heading in table.headings if heading.text)


def _all_headings(table: RawTable) -> set[str]:
    return {tight(text) for heading in table.headings for text in (heading.text, f"{heading.group} {heading.text}")}
