"""What people judged of names, asked before names are compared; of projects, events and places nothing else is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.matching import Match
from graph.matching.sides import is_entry, plain_side

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from graph.matching import Body, Judgement, Matcher


class Judged:
    """Judgements of one group.

    Args:
        judgements: newest first.
    """

    def __init__(self, judgements: Iterable[Judgement]) -> None:
        self._said: dict[str, dict[str, bool]] = {}
        for one in judgements:
            sides = plain_side(one.name), plain_side(one.key)
            for here, there in (sides, sides[::-1]):
                self._said.setdefault(here, {}).setdefault(there, one.same)

    def key(self, text: str, plain: str) -> str:
        """What names of a list are gathered by: letters and digits, unless a person told or joined names.

        Args:
            text: the name as written.
            plain: its letters and digits.
        """
        said = self._said.get(plain_side(text), {})
        if any(not same and not is_entry(other) for other, same in said.items()):
            return plain_side(text)
        joined = sorted({plain_side(text), *(other for other, same in said.items() if same and not is_entry(other))})
        return plain if len(joined) == 1 else joined[0]

    def meant(self, text: str, called_so: str, known: Collection[str]) -> str:
        """The IRI of the entry a name means, "" for none.

        Args:
            text: the name as written.
            called_so: IRI of the entry that is called so, "" if none is.
            known: IRIs of the entries there are.
        """
        said = self._said.get(plain_side(text), {})
        if same := next((other for other, is_same in said.items() if is_same and other in known), ""):
            return same
        return "" if said.get(called_so) is False else called_so


def known_match(matcher: Matcher, body: Body, called_so: str) -> Match | None:
    """What needs no comparison: what a person said, and what is called exactly so; None for all else."""
    said = matcher.judged(body)
    if meant := [key for key, same in said.items() if same]:
        return Match("same", meant[0], 1.0, ("judged",))
    # What is called exactly so is meant, whatever else is like it: a list that comes again finds its own.
    return Match("same", called_so) if called_so and said.get(called_so) is not False else None
