"""Who is meant: names of a list become entries, new ones or ones the store has, and never two bodies one."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from graph import entries
from graph.importing import kinds, listed, stock
from graph.importing.facts import Problem, Spot, Value
from graph.importing.further_names import BRACKET, is_name_cell, join_remarks, other_names, parts, plain
from graph.importing.hosts import short_of
from graph.importing.judged import Judged, known_match
from graph.matching import Body, Match, Matcher, judgements

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graph.importing.facts import Facts, Mention
    from graph.importing.shortened import Shortened
    from graph.importing.stock import Known
    from graph.store import Store

Action = Literal["add", "change", "same", "unsure"]

TYPES: Final = {"project": "project", "event": "event", "place": "place"}
_SHORT: Final = 5
"""Characters of a short form that is no name by itself ("HdJ"); longer ones are ("Caritas")."""

KLASSES: Final = {"project": "Project", "event": "Event", "place": "Place"}


@dataclass
class Entity:
    """One entry a list speaks of.

    Attributes:
        type_name: its entity type. slug: last part of its IRI. klass: last part of its class ("Actor", "Project").
        label: its name. spellings: every form met, in the files and in the store.
        action: what taking over would do: "add", "change" or "same"; "unsure" if it may be an entry there is already.
        known: the entry of the store, if it is one.
        spot: where it stands first.
        values: what the list says of it, by field, in order.
        like: labels of what it may be the same as.
        rival: what `graph.matching` knows that by: the slug of an entry there is, or a name of the lists.
        reasons: why it may be the same, as `graph.matching` says.
        written: forms met that are no names of it: with remarks in brackets.
    """

    type_name: str
    slug: str
    klass: str
    label: str
    spot: Spot
    spellings: set[str] = field(default_factory=set)
    action: Action = "add"
    known: Known | None = None
    values: dict[str, list[Value]] = field(default_factory=lambda: defaultdict(list))
    like: tuple[str, ...] = ()
    rival: str = ""
    reasons: tuple[str, ...] = ()
    written: set[str] = field(default_factory=set)


class Cast:
    """The entries all mentions of a list stand for.

    Args:
        store: what there is already.
        facts: what the files say; problems are added to it.
        legend: meanings of abbreviations.
    """

    def __init__(self, store: Store, facts: Facts, legend: Mapping[str, str]) -> None:
        self._facts, self._legend = facts, legend
        self._judged = judgements(store)
        self._base = store.base_iri
        self._slugs: set[tuple[str, str]] = set()
        self._by_mention: dict[tuple[str, str, str], Entity] = {}
        self._by_key: dict[str, Entity] = {}
        self._hosts: set[str] = set()
        self.entities: list[Entity] = []
        stored = stock.entries(store, "actor", "programme", "project", "event", "place")
        self._slugs = {(known.type_name, known.slug) for known in stored}
        self._stored = stored
        mentions = _mentions(facts)
        self._name_bodies([one for one in mentions if one.group == "body"])
        self._name_hosts(mentions)
        for group in ("project", "event", "place"):
            self._name_things(group, [one for one in mentions if one.group == group])

    def entity(self, mention: Mention) -> Entity:
        """The entry a mention stands for."""
        period = mention.period if (mention.group, mention.text, mention.period) in self._by_mention else ""
        return self._by_mention[mention.group, mention.text, period]

    # projects, events, places: the same if they are called the same

    def _name_things(self, group: str, mentions: list[Mention]) -> None:
        judged = Judged(one for one in self._judged if one.group == group)
        known = {one.iri(self._base): one for one in self._stored if one.type_name == TYPES[group]}
        by_name = {plain(name): iri for iri, one in known.items() for name in one.names}
        texts: dict[str, list[Mention]] = defaultdict(list)
        for mention in mentions:
            if group != "place" or not self.hosts(mention.text):
                texts[judged.key(mention.text, plain(mention.text))].append(mention)
        join_remarks(texts)
        for _, same in sorted(texts.items()):
            iri = judged.meant(same[0].text, by_name.get(plain(same[0].text), ""), known)
            entity = self._entity(
                TYPES[group], KLASSES[group], [one.text for one in same], same[0].spot, known.get(iri)
            )
            for one in same:
                self._by_mention[group, one.text, ""] = entity

    # bodies: compared with each other and with those of the store

    def _name_bodies(self, mentions: list[Mention]) -> None:
        described: dict[str, list[Value]] = defaultdict(list)
        for statement in self._facts.statements:
            if statement.about.group == "body":
                described[statement.about.text] += statement.values
        by_text: dict[str, list[Mention]] = defaultdict(list)
        for mention in mentions:
            by_text[mention.text].append(mention)
        bodies = {known.iri(self._base): known for known in self._stored if known.type_name in stock.BODIES}
        labels = Counter(known.label for known in bodies.values())
        by_label = {known.label: iri for iri, known in bodies.items() if labels[known.label] == 1}
        judged = [one for one in self._judged if one.group == "body"]
        matcher = Matcher(stock.bodies(self._base, self._stored), legend=self._legend, judgements=judged)
        told: set[str] = set()
        groups: dict[str, list[str]] = {}
        unsure: dict[str, tuple[str, tuple[str, ...]]] = {}
        # Rows of their own first, then long names before short ones, so that the order of rows does not matter.
        for text in sorted(by_text, key=lambda text: (text not in described, -len(text), text)):
            hint = Counter(mention.hint for mention in by_text[text]).most_common(1)[0][0]
            body = self._body(text, described.get(text, []), hint)
            match = known_match(matcher, body, by_label.get(text, "")) or matcher.match(body)
            if match.reasons == ("judged",):
                told.add(text)
            # Two rows of their own are two bodies: who wrote the list told them apart, unless a person said otherwise.
            others = described.keys() - told
            is_apart = text in others and not others.isdisjoint(groups.get(match.key or "", ()))
            if match.outcome == "same" and match.key is not None and not is_apart:
                groups.setdefault(match.key, []).append(text)
                matcher.extend(match.key, body)
                continue
            groups[text] = [text]
            matcher.add(body)
            if match.outcome != "new" and match.key is not None:
                unsure[text] = (match.key, match.reasons)
        shortened = self._listed(groups, by_text, bodies, described)
        roots = shortened.joined()
        for text, root in roots.items():
            if root != text:
                groups.setdefault(root, []).extend(groups.pop(text))
        unsure = {
            shortened.find(text): (shortened.find(key), why)
            for text, (key, why) in unsure.items()
            if shortened.find(text) not in (shortened.find(key), *bodies) and not shortened.is_needless(text, key, why)
        }
        self._bodies(groups, by_text, bodies, unsure, described)
        self._by_key |= {text: self._by_key[root] for text, root in roots.items()}
        self._matcher = matcher

    def _listed(
        self,
        groups: dict[str, list[str]],
        by_text: dict[str, list[Mention]],
        stored: dict[str, Known],
        described: dict[str, list[Value]],
    ) -> Shortened:
        """The names of the list and of the store, to tell which are one body though they are shortened."""
        found = [listed.stored(key, known, groups.get(key, ()), by_text) for key, known in stored.items()]
        for key in (key for key in groups if key not in stored):
            texts = groups[key]
            mentions = [mention for text in texts for mention in by_text[text]]
            said = [value for text in texts for value in described.get(text, ())]
            found.append(listed.named(key, texts, mentions, said, other_names(said), self._klass(texts, mentions)))
        return listed.shortened(found, self._facts, [*by_text], self._judged)

    def hosts(self, text: str) -> bool:
        """Whether a name in a column of places is that of a body and of no place."""
        return text in self._hosts

    def _name_hosts(self, mentions: list[Mention]) -> None:
        """Find the bodies among the names in columns of places: those that are surely known, and as no place."""
        places = {plain(name) for known in self._stored if known.type_name == "place" for name in known.names}
        places |= {plain(one.about.text) for one in self._facts.statements if one.about.group == "place"}
        called = {one.text for one in mentions if one.group == "place"}
        names = {one.text for one in mentions}
        houses = {text for text in called if ("body", text, "") in self._by_mention}
        for text in sorted(text for text in called if plain(text) not in places):
            found = self._by_mention.get(("body", text, ""))
            match = self._matcher.match(Body(text, (text,), klass="Actor")) if found is None else Match("new")
            if match.outcome == "same":
                found = self._by_key.get(match.key or "")
            if found is None and (whole := short_of(text, houses, names)):
                found = self._by_mention["body", whole, ""]
            if found:
                self._hosts.add(text)
                self._by_mention["body", text, ""] = found
                found.spellings.add(text)

    def _body(self, text: str, said: list[Value], hint: str) -> Body:
        values: dict[str, list[str]] = defaultdict(list)
        for value in said:
            values[value.field].append(value.text)
        shorts = [part for value in values["short_name"] for part in parts(value)]
        others = [part for value in values["other_names"] for part in parts(value)]
        names = [text, *others, *(short for short in shorts if len(short) > _SHORT)]
        return Body(
            key=text,
            names=tuple(name for name in names if name),
            former=(),
            legal_form=next(iter(values["kind"]), ""),
            abbreviations=tuple(shorts),
            address=" ".join([*values["street"], *values["postcode"]]),
            website=next(iter(values["website"]), ""),
            place=next(iter(values["place"]), ""),
            klass=kinds.klass_of(self._spelled_out(text), hint),
        )

    def _spelled_out(self, text: str) -> str:
        return self._legend.get(text, text)

    def _bodies(  # the outcome of one comparison of all with all
        self,
        groups: dict[str, list[str]],
        by_text: dict[str, list[Mention]],
        stored: dict[str, Known],
        unsure: dict[str, tuple[str, tuple[str, ...]]],
        described: dict[str, list[Value]],
    ) -> None:
        labels: dict[str, str] = {key: known.label for key, known in stored.items()}
        made: dict[str, Entity] = {}
        for key, texts in groups.items():
            mentions = [mention for text in texts for mention in by_text[text]]
            first = min(mentions, key=lambda mention: mention.spot).spot
            own = [text for text in texts if text in described] or texts
            more = [name for text in own for name in other_names(described.get(text, []))]
            more += [BRACKET.sub("", self._legend[text]) for text in texts if text in self._legend]
            said = [
                value.text for text in texts for value in described.get(text, ()) if value.field in ("type", "kind")
            ]
            klass = next(filter(None, map(kinds.klass_by_kind, said)), None) or self._klass(texts, mentions)
            type_name = "programme" if klass == "Programme" else "actor"
            entity = self._entity(type_name, klass, [*own, *texts, *more], first, stored.get(key))
            labels[key] = entity.label
            made[key] = self._by_key[key] = entity
            entity.written = {mention.written for mention in mentions if mention.written}
            entity.written |= {value.text for text in own for value in described.get(text, ()) if is_name_cell(value)}
            for text in texts:
                self._by_mention["body", text, ""] = entity
        for key, (other, reasons) in unsure.items():
            entity = made[key]
            entity.action, entity.like = "unsure", (labels.get(other, other),)
            entity.rival, entity.reasons = (stored[other].slug if other in stored else other), reasons
            facts = {"name": entity.label, "other": entity.like[0], "reasons": reasons}
            self._facts.problems.append(Problem(entity.spot, "warning", "unsure", facts))

    def _klass(self, texts: list[str], mentions: list[Mention]) -> str:
        """What the columns say it is, then what its names say; money only where it never acts itself."""
        hints = {mention.hint for mention in mentions}
        names = [self._spelled_out(text) for text in texts]
        if "network" in hints:
            return "Network"
        if hints <= {"programme", "payer"}:
            hint = "programme" if "programme" in hints else "payer"
            return kinds.klass_of(max(names, key=len), hint)
        found = [kinds.klass_of(name, "") for name in names]
        return next((klass for klass in ("Agency", "Network") if klass in found), "Actor")

    def _entity(self, type_name: str, klass: str, texts: list[str], spot: Spot, known: Known | None) -> Entity:
        if known:
            entity = Entity(
                known.type_name, known.slug, known.klass, known.label, spot, set(known.names), "same", known
            )
        else:
            label = texts[0]
            entity = Entity(type_name, self._new_slug(type_name, label), klass, label, spot)
        entity.spellings |= {text for text in texts if text}
        self.entities.append(entity)
        return entity

    def _new_slug(self, type_name: str, label: str) -> str:
        """A slug nobody has; what is called the same gets a number."""
        stem = entries.slug(label) or type_name
        slug, number = stem, 1
        while (type_name, slug) in self._slugs:
            number += 1
            slug = f"{stem}-{number}"
        self._slugs.add((type_name, slug))
        return slug


def _mentions(facts: Facts) -> list[Mention]:
    """All mentions, in an order that is that of the cells."""
    found: Iterable[Mention] = (
        *(statement.about for statement in facts.statements),
        *(value.mention for statement in facts.statements for value in statement.values if value.mention),
        *(mention for claim in facts.claims for mention in (claim.start, claim.end)),
    )
    return sorted(set(found), key=_place)


def _place(mention: Mention) -> tuple[str, ...]:
    spot = mention.spot
    return spot.file, spot.sheet, spot.cell, mention.text, mention.hint
