"""Cells of short and other names, and what has to be equal in names that are compared by their letters alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from graph.importing.names import split_names

if TYPE_CHECKING:
    from graph.importing.facts import Value

_NAMES: Final = ("short_name", "other_names")
_SURE: Final = 0.9
"""How sure a cut between two names must be where a wrong one would make a body of a piece of a name."""


def parts(text: str) -> list[str]:
    """The names in a cell of other or short names; a comma or slash parts them only where it surely does."""
    marked = [part for part in re.split(r"\s*[;\n|]\s*", text) if part]
    if len(marked) > 1:
        return marked
    names = split_names(text)
    return [name.text for name in names] if all(name.confidence >= _SURE for name in names) else marked


def other_names(said: list[Value]) -> list[str]:
    """The short and other names that rows of its own give a body."""
    return [part for value in said if value.field in _NAMES for part in parts(value.text)]


def is_name_cell(value: Value) -> bool:
    """Whether a cell holds one such name and nothing else."""
    return value.field in _NAMES and not re.search(r"[;\n|]", value.text)


def plain(name: str) -> str:
    """What has to be equal in two names of projects, events or places: letters and digits, without case."""
    return re.sub(r"[\W_]+", "", name.casefold().replace("ß", "ss"))
