"""Several projects in one cell: titles have commas, slashes and "und" inside, so only what is known is cut there."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from graph.importing.blanks import is_unknown
from graph.importing.names import Name, Names
from graph.importing.passages import role_of
from graph.importing.synonyms import key_headings
from graph.importing.values import NETWORK
from graph.importing.wording import tight

if TYPE_CHECKING:
    from collections.abc import Callable

_SURE: Final = re.compile(r"\s*[\n;|•]\s*|(?<=\))\s*[,/&+]\s+(?=\S)|(?<=\))\s+und\s+(?=[A-ZÄÖÜ0-9])")
_MAYBE: Final = (re.compile(r"\s*,\s+|\s+/\s+"), re.compile(r"\s*[,/&+]\s*|\s+und\s+|\s+sowie\s+"))
_BULLET: Final = re.compile(r"^(?:[-–—*·▪]\s*|\d{1,2}[.)]\s+)")
_REMARK: Final = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]$|\s*[:–-]\s+([\w-]+)$")
_DONE: Final = re.compile(r"(?i)projekt|project|maßnahme|vorhaben|angebot|aktion|veranstaltung")
_LABEL: Final = re.compile(r"^([\w*/-]+):\s+")


def read_titles(text: str, known: Callable[[str], bool]) -> Names:
    """The titles in a cell, with the role that a bracket or label gives the body of the row.

    Args:
        text: the cell.
        known: whether a text is, as a whole, a title that stands elsewhere on its own.
    """
    found: list[Name] = []
    role: str | None = None
    for piece in _pieces(text.strip(), known):
        label = _LABEL.match(piece)
        if label and (named := role_of(label[1])):
            role, piece = named, piece[label.end() :]  # noqa: PLW2901  # the label holds for what follows it
        if not is_unknown(piece):
            found.append(_title(piece, role, known))
    return Names(tuple(found))


def names_projects(heading: str) -> bool:
    """Whether a heading says that projects stand below: not "Aktiv in" or "dabei bei"."""
    return tight(heading) in key_headings("project") or _DONE.search(heading) is not None


def with_networks(read: Names, known: Callable[[str], bool]) -> Names:
    """Names of which those that are called like networks are some: the body of the row is a member.

    Args:
        read: what a body takes part in, projects or networks.
        known: whether a text is, as a whole, a title that stands elsewhere on its own.
    """
    return replace(
        read,
        names=tuple(
            replace(name, role="mitglied")
            if name.role is None and NETWORK.search(name.text) and not known(name.text)
            else name
            for name in read.names
        ),
    )


def _pieces(text: str, known: Callable[[str], bool]) -> list[str]:
    if known(text):
        return [text]
    lines = [_BULLET.sub("", line) for line in _SURE.split(text) if line.strip()]
    return [piece for line in lines for piece in _cut(line, known)]


def _cut(line: str, known: Callable[[str], bool]) -> list[str]:
    """A line cut at its commas, or at any joint, where the pieces are titles; pieces that go together stay so."""
    if known(line) or known(_title(line, None, known).text):
        return [line]
    for joint in _MAYBE:
        marks = list(joint.finditer(line))
        bounds = [0, *(mark.end() for mark in marks)], [*(mark.start() for mark in marks), len(line)]
        pieces = _longest(line, *bounds, known)
        told = sum(known(_title(piece, None, known).text) for piece in pieces)
        if len(pieces) > 1 and told * 2 >= len(pieces):
            return pieces
    return [piece for piece in re.split(r"\s*,\s+(?=[A-ZÄÖÜ0-9\"„])(?![^(]*\))", line) if piece]


def _longest(line: str, starts: list[int], ends: list[int], known: Callable[[str], bool]) -> list[str]:
    """The pieces between joints, those that are one known title together in one, the longest first."""
    found = []
    at = 0
    while at < len(starts):
        reach = next(
            (to for to in range(len(ends) - 1, at, -1) if known(_title(line[starts[at] : ends[to]], None, known).text)),
            at,
        )
        found.append(line[starts[at] : ends[reach]])
        at = reach + 1
    return found


def _title(piece: str, role: str | None, known: Callable[[str], bool]) -> Name:
    """A title without the role or remark behind it, unless both are a title that is known."""
    whole = " ".join(piece.split()).strip(" ,;")
    remark = None if known(whole) else _REMARK.search(whole)
    if not remark or not remark.start():
        return Name(whole, "", role, written=whole)
    own = role_of(remark[1] or remark[2])
    if own is None and remark[2]:
        return Name(whole, "", role, written=whole)
    note = "" if own else remark[1]
    if note and not re.search(r"\d", note) and not known(whole[: remark.start()]):
        return Name(whole, "", role, written=whole)  # "Kicken (Mädchen)": part of the title for all one knows
    return Name(whole[: remark.start()], note, own or role, written=whole)
