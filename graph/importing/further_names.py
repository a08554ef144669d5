"""Cells of short and other names, and what has to be equal in names that are compared by their letters alone."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from graph.importing.names import split_names

if TYPE_CHECKING:
    from graph.importing.facts import Mention, Value

BRACKET: Final = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*$")
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


def join_remarks(texts: dict[str, list[Mention]]) -> None:
    """Take "Open Deich (Fest)" for "Open Deich" where no table has both, and no other remark stands behind it."""
    remarked: dict[str, list[str]] = defaultdict(list)
    for key, same in texts.items():
        if (base := plain(BRACKET.sub("", same[0].text))) != key and base in texts:
            remarked[base].append(key)
    for base, keys in remarked.items():
        tables = [{(one.spot.file, one.spot.sheet) for one in texts[key]} for key in (base, keys[0])]
        if len(keys) == 1 and tables[0].isdisjoint(tables[1]) and not re.search(r"[(\[][^)\]]*\d", keys[0]):
            texts[base] += texts.pop(keys[0])
