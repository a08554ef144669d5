"""What a person chose to look at: the whole state of the explorer, as it stands in an address.

The state is plain facts, so that the web page, the one-file picture and the command line mean the same by it, and
reading an address back gives the state that wrote it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

from graph.errors import BadInput
from graph.picture.kinds import KINDS
from graph.picture.looks import LOOKS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

VIEWS = ("actors", "projects", "networks", "places", "handlungsfelder", "all")
"""Whom actors are connected by: each other, projects, bodies, places, fields of action; or everything at once."""

LENSES = ("new", "old")
"""``new``: begun since the latest round began. ``old``: nothing begun or running since then."""

STEPS = (1, 2, 3)

YEARS = range(1900, 2101)
_FOCUS = re.compile(r"[a-z]+/[^\s/]{1,200}")


@dataclass(frozen=True)
class ViewState:
    """One way of looking at the network; every default means "no restriction".

    ``view`` is one of `VIEWS`, or empty: the surroundings (``all``) with a focus, ``actors`` without. ``focus`` and
    ``highlight`` name entries as ``type/slug``, and so does ``open``: what was unfolded, in that order. ``since`` and
    ``until`` are years, both included. ``compare`` is the slug of a round to compare with. ``hide`` holds kinds of
    `KINDS` and looks of `LOOKS` switched off in the legend. ``hubs`` false takes out Quartiersmanagement, authorities
    and funders. ``groups`` marks groups of actors. ``everything`` asks for the picture even above the size that is
    drawn unasked.
    """

    view: str = ""
    focus: str = ""
    steps: int = 1
    round: str = ""
    handlungsfeld: str = ""
    since: int | None = None
    until: int | None = None
    sector: str = ""
    compare: str = ""
    lens: str = ""
    highlight: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    hide: tuple[str, ...] = ()
    hubs: bool = True
    groups: bool = False
    everything: bool = False

    @property
    def projection(self) -> str:
        """The view that is meant, the unnamed default spelt out: one of `VIEWS`."""
        return self.view or ("all" if self.focus else "actors")

    @property
    def filters(self) -> tuple[str, ...]:
        """Names of the fields that restrict what is shown, in the order of the form."""
        names = ("focus", "round", "handlungsfeld", "since", "until", "sector", "compare", "hide", "hubs")
        return tuple(name for name in names if getattr(self, name) != getattr(ALL, name))

    def but(self, **changes: object) -> ViewState:
        """The same state with some fields changed; a field named with its default is lifted."""
        return replace(self, **changes)  # type: ignore[arg-type]

    def without(self, name: str) -> ViewState:
        """The same state with one field back at its default."""
        return self.but(**{name: getattr(ALL, name)})

    def toggled(self, name: str) -> ViewState:
        """The same state with a kind of node or look of connection hidden, or shown again if it was hidden."""
        return self.but(hide=tuple(sorted({name} ^ set(self.hide))))

    def with_open(self, node: str) -> ViewState:
        """The same state with a node unfolded, or folded if it was unfolded."""
        rest = tuple(other for other in self.open if other != node)
        return self.but(open=rest if node in self.open else (*rest, node))

    def query(self) -> dict[str, str | list[str]]:
        """The state as parameters of an address, defaults left out; `from_query` reads it back."""
        pairs: dict[str, str | list[str]] = {}
        for field in fields(self):
            value = getattr(self, field.name)
            if value == field.default:
                continue
            if isinstance(value, tuple):
                pairs[field.name] = list(value)
            else:
                pairs[_PARAMETERS.get(field.name, field.name)] = _written(field.name, value)
        return pairs


ALL = ViewState()
_HIDEABLE = (*KINDS, *LOOKS)
_PARAMETERS = {"since": "from", "until": "to"}


def _written(name: str, value: object) -> str:
    return {"hubs": "no", "groups": "yes", "everything": "yes"}.get(name, str(value))


def from_query(query: Mapping[str, Sequence[str]]) -> ViewState:
    """Read a state from the parameters of an address.

    Args:
        query: every parameter with its values, as sent; unknown parameters and empty values are ignored.

    Raises:
        BadInput: a parameter has a value that is not allowed; names parameter, value and what is allowed.
    """
    first = {name: values[0].strip() for name, values in query.items() if values and values[0].strip()}
    return ViewState(
        view=_one_of("view", first, VIEWS),
        focus=_entry("focus", first.get("focus", "")),
        steps=int(_one_of("steps", first, tuple(map(str, STEPS))) or 1),
        round=first.get("round", ""),
        handlungsfeld=first.get("handlungsfeld", ""),
        since=_year("from", first),
        until=_year("to", first),
        sector=first.get("sector", ""),
        compare=first.get("compare", ""),
        lens=_one_of("lens", first, LENSES),
        highlight=_entries("highlight", query),
        open=_entries("open", query),
        hide=tuple(sorted({_one_of("hide", {"hide": name}, _HIDEABLE) for name in query.get("hide", ()) if name})),
        hubs=_one_of("hubs", first, ("no", "yes")) != "no",
        groups=_one_of("groups", first, ("no", "yes")) == "yes",
        everything=_one_of("everything", first, ("no", "yes")) == "yes",
    )


def _one_of(name: str, values: Mapping[str, str], allowed: tuple[str, ...]) -> str:
    value = values.get(name, "")
    if value and value not in allowed:
        raise BadInput(name, value, allowed)
    return value


def _entry(name: str, value: str) -> str:
    if value and not _FOCUS.fullmatch(value):
        raise BadInput(name, value, ("actor/…", "project/…", "place/…", "handlungsfeld/…"))
    return value


def _entries(name: str, query: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    return tuple(_entry(name, text) for text in dict.fromkeys(query.get(name, ())) if text)


def _year(name: str, values: Mapping[str, str]) -> int | None:
    text = values.get(name)
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and int(text[:9]) in YEARS):
        raise BadInput(name, text, (f"{YEARS[0]}–{YEARS[-1]}",))
    return int(text)
