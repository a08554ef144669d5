"""Long and short names of one list that nobody would ask about: one body, if one alone fits and nothing is against it.

Whoever writes a list calls "Bürgerhaus Erfttal" the "Bürgerhaus" where no other is near. What the names alone leave
open, the list settles: which towns it speaks of, what else is called so, and whom it names side by side.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING, Final

from graph.importing.callings import (
    TOWN,
    calling,
    clues_of,
    fits,
    is_elsewhere,
    is_office_of,
    is_short_for,
    may_be_rival,
    short_clues,
)
from graph.matching.words import head

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from graph.importing.callings import Calling
    from graph.importing.facts import Row

_LIKE: Final = ("contained", "descriptive word", "kind", "area left out")
"""What is doubted only where the list itself does not tell two names apart."""


@dataclass
class Group:
    """Names taken for one body.

    Attributes:
        key: what the caller tells bodies apart by. names: as written, with brackets, and in the store.
        texts: those that mean it in the list.
        is_known: the store has it. sort: "Programme", "Network" or "".
        house: street and number, "" if unknown.
        rows: where it is named. tables: those that have a row about it.
    """

    key: str
    names: tuple[str, ...]
    texts: tuple[str, ...] = ()
    is_known: bool = False
    sort: str = ""
    house: str = ""
    rows: set[Row] = field(default_factory=set)
    tables: set[tuple[str, str]] = field(default_factory=set)

    @cached_property
    def callings(self) -> list[Calling]:
        """Its names taken apart."""
        return [calling(name) for name in self.names]


class Shortened:
    """The groups of one list, and those of the store.

    Args:
        groups: in order of preference for the key that is kept; those of the store come first.
        places: words for towns and quarters.
        are_two: whether a person said that two are not one.
    """

    def __init__(
        self, groups: Sequence[Group], places: frozenset[str], are_two: Callable[[Group, Group], bool]
    ) -> None:
        self._groups, self._places, self._are_two = list(groups), places, are_two
        self._rank = {group.key: rank for rank, group in enumerate(self._groups)}
        self._root = {group.key: group.key for group in groups}
        self._members = {group.key: [group] for group in groups}
        self._by_clue: dict[str, list[Group]] = defaultdict(list)
        for group in groups:
            for clue in {clue for one in group.callings for clue in one.clues}:
                self._by_clue[clue].append(group)

    def joined(self) -> dict[str, str]:
        """The key that each group of the list goes by."""
        order = sorted((group for group in self._groups if not group.is_known), key=_shortness)
        changed = True
        while changed:
            turns = [self._join(group) for group in order]
            changed = any(turns)
        return {group.key: self.find(group.key) for group in self._groups if not group.is_known}

    def find(self, key: str) -> str:
        """The key of the body that a group is."""
        while self._root[key] != key:
            key = self._root[key]
        return key

    def is_needless(self, key: str, other: str, reasons: Sequence[str]) -> bool:
        """Whether nobody would ask if two are one though their names are alike: the list tells them apart."""
        here, there = self._members[self.find(key)], self._members[self.find(other)]
        kinds = {reason.partition(":")[0] for reason in reasons}
        in_one_table = any(one.tables & two.tables for one in here for two in there)
        if "number" in kinds or ("brackets" in kinds and in_one_table):
            return True
        if not kinds & {*_LIKE} or kinds - {*_LIKE}:
            return False
        if in_one_table or any(one.sort != two.sort for one in here for two in there):
            return True
        names = [[name for group in side for name in group.callings] for side in (here, there)]
        pairs = [(one, two) for one in names[0] for two in names[1]]
        if any(one.rows & two.rows for one in here for two in there) and all(map(_are_other_kinds, pairs)):
            return True
        return any(
            is_office_of(one, two) or is_office_of(two, one) or is_elsewhere(one, two) for one, two in pairs
        ) or all(self._share_only_a_place(one, two) for one, two in pairs)

    def _share_only_a_place(self, one: Calling, other: Calling) -> bool:
        """Whether two names have only a town or quarter in common, and one at least is something of its own there."""
        shared = one.general & other.general
        extra = (one.general | other.general) - shared
        return shared <= self._places | TOWN and any(head(word) for word in extra)

    def _join(self, group: Group) -> bool:
        own = self.find(group.key)
        meant: set[str] = set()
        rivals: set[str] = set()
        is_short = True
        for name in group.callings:
            near = self._near(name)
            found = {self.find(one.key) for one in near if self._is(name, one)} - {own}
            if found:
                meant |= found
                rivals |= {self.find(one.key) for one in near if self._may_be(name, one)} - {own}
                is_short &= all(self._is_its_short(name, one) for one in near if self.find(one.key) in found)
        if not meant or rivals - meant:
            return False
        whole = [own, *sorted(meant, key=self._rank.__getitem__)]
        if any(self._speaks_against(one, two, is_short=is_short) for one, two in combinations(whole, 2)):
            return False
        if any(not self._is_one(one, two) for one, two in combinations(whole[1:], 2)):
            return False
        first, *gone = sorted(whole, key=self._rank.__getitem__)
        for key in gone:
            self._root[key] = first
            self._members[first] += self._members.pop(key)
        return True

    def _near(self, name: Calling) -> list[Group]:
        """The groups that share the rarest word of a name, or call themselves so for short."""
        found = [self._by_clue.get(clue, []) for clue in clues_of(name, self._places)]
        shorts = (group for clue in short_clues(name.text) for group in self._by_clue.get(clue, ()))
        return [*min(found, key=len, default=[]), *shorts]

    def _is(self, name: Calling, other: Group) -> bool:
        return self._is_its_short(name, other) or any(fits(name, one, self._places) for one in other.callings)

    def _is_its_short(self, name: Calling, other: Group) -> bool:
        return any(is_short_for(name.text, one, self._places) for one in other.callings)

    def _may_be(self, name: Calling, other: Group) -> bool:
        return any(may_be_rival(name, one, self._places) for one in other.callings)

    def _is_one(self, one: str, other: str) -> bool:
        """Whether two that a short name may mean are called like each other, too."""
        sides = (self._members[one], self._members[other])
        return any(
            self._is(name, two)
            for here, there in (sides, sides[::-1])
            for group in here
            for name in group.callings
            for two in there
        )

    def _speaks_against(self, own: str, other: str, *, is_short: bool = False) -> bool:
        here, there = self._members[own], self._members[other]
        pairs = [(one, two) for one in here for two in there]
        if any(_are_apart(one, two, is_short=is_short) or self._are_two(one, two) for one, two in pairs):
            return True
        names = [name for group in (*here, *there) for name in group.callings]
        said = ({name.legal for name in names}, {name.faith for name in names}, {name.school for name in names})
        return any(len(forms - {""}) > 1 for forms in said)


def _are_other_kinds(pair: tuple[Calling, Calling]) -> bool:
    """Whether one of two names says that it is something else, too: a day care, an office, an advice centre."""
    return any(head(word) for word in pair[0].general ^ pair[1].general)


def _shortness(group: Group) -> tuple[int, str]:
    return min(map(len, group.names)), group.key


def _are_apart(one: Group, other: Group, *, is_short: bool = False) -> bool:
    """Whether the list names two side by side, gives both a row in one table, or they are of two sorts.

    Args:
        one: names of the list or the store.
        other: likewise.
        is_short: the one is the short form the other gives itself, which may well stand beside it.
    """
    if (one.is_known and other.is_known) or one.sort != other.sort or one.tables & other.tables:
        return True
    if one.rows & other.rows and not is_short:
        return True
    return bool(one.house and other.house and one.house != other.house)
