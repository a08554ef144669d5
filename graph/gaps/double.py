"""The list "Doppelstruktur": bodies and networks with nearly the same members and the same theme.

Two bodies are a double if at least `FEWEST` members sit in both, these are most of the smaller one (`SMALLER`) and
many of all (`ALL`), and they have a theme in common: a Handlungsfeld, a target group, their kind, or their name. The
overlap is said in numbers of members, never as an index. It is a hint to talk about, not a fault.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING

from graph.gaps.gap import SEPARATOR, Gap, Reason, Text
from graph.gaps.kinds import cuts
from graph.gaps.statements import actor_ref, statements

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.gaps.evidence import Evidence
    from graph.gaps.filters import Filters
    from graph.gaps.records import Actor

FEWEST = 2
SMALLER, ALL = 0.6, 0.4
"""Shares of the members of the smaller body, and of all members of both, that must sit in both."""

NAMED = 4
"""Members that are named."""

SITS_IN = frozenset({"mitglied-von", "sitzt-bei"})
"""Declared ties that say that the first is a member of the second."""

STANDING = frozenset({"Network"})
"""Classes of the bodies that are compared."""


@dataclass(frozen=True)
class Double:
    """Two bodies: members in both (IRI → what says so), and how many each has."""

    shared: dict[str, tuple[str, str]]
    sizes: tuple[int, int]

    @property
    def share(self) -> float:
        """Members in both among all members."""
        return len(self.shared) / (sum(self.sizes) - len(self.shared))


class DoubleList:
    """The doubles of one day."""

    def __init__(self, evidence: Evidence) -> None:
        self.say = statements(evidence)
        self.evidence = evidence

    @cached_property
    def members(self) -> dict[str, dict[str, str]]:
        """Body → member → the statement that says so; memberships that ended are over."""
        found: defaultdict[str, dict[str, str]] = defaultdict(dict)
        horizon = self.evidence.horizon
        for item in self.evidence.records.memberships:
            if item.end is None or item.end >= horizon.day:
                found[item.network].setdefault(item.member, item.iri)
        for tie in self.evidence.records.ties:
            if tie.kind in SITS_IN and tie.state == "asserted" and (tie.end is None or tie.end >= horizon.day):
                found[tie.second].setdefault(tie.first, tie.iri)
        bodies = {actor.iri for at, actor in enumerate(self.evidence.records.actors) if self._stands(at, actor)}
        return {body: members for body, members in sorted(found.items()) if body in bodies}

    def _stands(self, at: int, actor: Actor) -> bool:
        return bool(self.evidence.active[at]) and actor.klass in STANDING

    @cached_property
    def pairs(self) -> dict[tuple[str, str], Double]:
        """Pairs of bodies that are doubles; none of them is part of the other."""
        together: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        seats: defaultdict[str, list[str]] = defaultdict(list)
        for body, members in self.members.items():
            for member in members:
                seats[member].append(body)
        for member, bodies in seats.items():
            for one, other in combinations(sorted(bodies), 2):
                together[one, other].add(member)
        found = {pair: self._double(pair, shared) for pair, shared in sorted(together.items())}
        return {pair: double for pair, double in found.items() if self._is_one(pair, double)}

    def _double(self, pair: tuple[str, str], shared: set[str]) -> Double:
        one, other = (self.members[body] for body in pair)
        return Double({member: (one[member], other[member]) for member in sorted(shared)}, (len(one), len(other)))

    def _is_one(self, pair: tuple[str, str], double: Double) -> bool:
        at = self.evidence.actor_at
        enough = len(double.shared) >= max(FEWEST, SMALLER * min(double.sizes)) and double.share >= ALL
        return enough and not self.evidence.family[at[pair[0]], at[pair[1]]] and bool(list(self._themes(pair)))

    def gaps(self, wanted: Filters, limit: int) -> list[Gap]:
        """At most `limit` lines for the filters, greatest overlap first."""
        ranked = sorted(self.pairs, key=lambda pair: (-self.pairs[pair].share, -len(self.pairs[pair].shared), pair))
        found = [pair for pair in ranked if self._admits(wanted, pair)]
        return [gap for pair in found if len((gap := self.gap(pair)).reasons) > 1][:limit]

    def _admits(self, wanted: Filters, pair: tuple[str, str]) -> bool:
        about = wanted.actor in {"", *pair} or wanted.actor in self.pairs[pair].shared
        return about and wanted.admits(self.say, *pair, *self.pairs[pair].shared)

    def find(self, rest: str) -> Gap | None:
        """The double of the two bodies whose slugs `rest` names."""
        slugs = {self.say.actors[body].slug: body for body in self.members}
        for one, other in cuts(rest):
            if one in slugs and other in slugs:
                pair = min(slugs[one], slugs[other]), max(slugs[one], slugs[other])
                return self.gap(pair) if pair in self.pairs else None
        return None

    def gap(self, pair: tuple[str, str]) -> Gap:
        """The line of two bodies."""
        double = self.pairs[pair]
        one, other = (self.say.actors[body] for body in pair)
        members = [self.say.actors[member] for member in double.shared if member in self.say.actors]
        return Gap(
            id=SEPARATOR.join(("double", *sorted((one.slug, other.slug)))),
            kind="double",
            actors=(actor_ref(one), actor_ref(other)),
            subject=None,
            score=double.share,
            strength="",
            reasons=tuple(r for r in (self._overlap(pair), *self._themes(pair)) if r.evidence)[:3],
            introducers=tuple(actor_ref(member) for member in members[:3]),
            cautions=self._cautions(pair),
            next_step=Text(
                f"Die gemeinsamen Mitglieder fragen, ob „{one.label}“ und „{other.label}“ zusammen tagen können.",
                f"Ask the members of both whether “{one.label}” and “{other.label}” can meet together.",
            ),
        )

    def _overlap(self, pair: tuple[str, str]) -> Reason:
        double = self.pairs[pair]
        at = double.sizes.index(min(double.sizes))
        smaller, larger = self.say.actors[pair[at]].label, self.say.actors[pair[1 - at]].label
        names = [self.say.actors[member].label for member in double.shared][:NAMED]
        more = len(double.shared) - len(names)
        count = len(double.shared), double.sizes[at], double.sizes[1 - at]
        text = Text(
            f"{count[0]} der {count[1]} Mitglieder von „{smaller}“ sitzen auch in „{larger}“ ({count[2]} Mitglieder): "
            f"{', '.join(names)}{f' und {more} weitere' if more > 0 else ''}.",
            f"{count[0]} of the {count[1]} members of “{smaller}” also sit in “{larger}” ({count[2]} members): "
            f"{', '.join(names)}{f' and {more} more' if more > 0 else ''}.",
        )
        return Reason("members", text, self.say.sourced(iri for both in double.shared.values() for iri in both))

    def _themes(self, pair: tuple[str, str]) -> Iterator[Reason]:
        """What both are about: field, target group, words of their names, kind."""
        words, say = self.evidence.records.words, self.say
        fields, groups = (sorted(say.of(pair[0], kind) & say.of(pair[1], kind)) for kind in ("field", "target"))
        if fields:
            field = say.fields[fields[0]]
            text = Text(
                f"Beide arbeiten im Handlungsfeld „{field.label}“ (Runde {field.round}).",
                f"Both work in the field of action “{field.label}” (round {field.round}).",
            )
            yield Reason("field", text, say.sourced(pair))
        if groups:
            names = [", ".join(words[iri][at] for iri in groups[:3]) for at in (0, 1)]
            text = Text(f"Beide sind für dieselben Menschen da: {names[0]}.", f"Both are there for: {names[1]}.")
            yield Reason("target", text, say.sourced(pair))
        one, other = (say.actors[iri] for iri in pair)
        kinds = sorted(set(one.callings) & set(other.callings))
        if len(kinds) > 1:
            names = [" / ".join(words[iri][at] for iri in kinds) for at in (0, 1)]
            text = Text(f"Beide sind von derselben Art: {names[0]}.", f"Both are of the same kind: {names[1]}.")
            yield Reason("kind", text, say.sourced(pair))

    def _cautions(self, pair: tuple[str, str]) -> tuple[Text, ...]:
        undated = sum(x.start is None and x.network in pair for x in self.evidence.records.memberships)
        found = []
        if undated:
            found.append(
                Text(
                    f"Bei {undated} Mitgliedschaften steht nicht, seit wann: Manche können vorbei sein.",
                    f"{undated} memberships do not say since when: some may be over.",
                )
            )
        found.append(
            Text(
                "Zwei Gremien können guten Grund haben: anderer Auftrag, anderes Geld, andere Ebene.",
                "Two bodies may have good reason: another task, other money, another level.",
            )
        )
        return tuple(found)
