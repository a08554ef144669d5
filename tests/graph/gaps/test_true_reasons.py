"""Every sentence of the first two hundred lines is true: derived again from the graph by queries of its own."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from math import cos, hypot, radians
from typing import TYPE_CHECKING

import pytest

from graph.gaps import Gap, Reason, Ref, gaps

if TYPE_CHECKING:
    from graph.store import Store

PREFIXES = """PREFIX pn: <https://w3id.org/pankenetz/ns#> PREFIX org: <http://www.w3.org/ns/org#>
PREFIX pns: <https://w3id.org/pankenetz/scheme/> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX geo: <http://www.opengis.net/ont/geosparql#> PREFIX schema: <https://schema.org/>
PREFIX dcterms: <http://purl.org/dc/terms/>
"""
CONCEPTS = "https://w3id.org/pankenetz/scheme/"
PARTNER = f"VALUES ?role {{ <{CONCEPTS}role/traeger> <{CONCEPTS}role/partner> <{CONCEPTS}role/ort> }}"
WORKING = f"VALUES ?kind {{ <{CONCEPTS}tie-kind/kooperiert-mit> <{CONCEPTS}tie-kind/vernetzt-mit> }}"
STATED = "VALUES ?kind { pn:Need pn:Goal pn:Focus pn:Measure }"
INVOLVED = "?x a pn:Involvement ; pn:actor ?a ; pn:in ?b"


class Graph:
    """What the graph says, asked in SPARQL by somebody who does not know `graph.gaps`."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.named: defaultdict[str, set[str]] = defaultdict(set)
        for iri, label in self.pairs('?a skos:prefLabel ?b FILTER (lang(?b) = "de")'):
            self.named[label].add(iri)
        self.teams = self.sets(f"{INVOLVED} ; pn:role ?role . {PARTNER}")
        self.roles = self.sets(INVOLVED)
        self.carried = self.sets(f"{INVOLVED} ; pn:role <{CONCEPTS}role/traeger>")
        self.members = self.sets("?x a pn:Membership ; org:member ?a ; org:organization ?b")
        self.ties = set(self.pairs(f"?x a pn:Tie ; pn:from ?a ; pn:to ?b ; pn:kind ?kind . {WORKING}"))
        self.sites = self.sets("?a org:hasSite ?b") | self.sets("?a pn:place ?b")
        self.fields = self.sets("?a pn:activeIn ?b") | self.sets("?a pn:handlungsfeld ?b")
        self.matches = self.sets("?a skos:exactMatch|skos:closeMatch|^skos:exactMatch|^skos:closeMatch ?b")
        self.groups = self.sets("?a pn:targetGroup ?b")
        self.calling = self.sets("?a pn:kind|pn:sector ?b")
        self.spots = dict(self.pairs("?a geo:hasGeometry/geo:asWKT ?b"))

    def pairs(self, pattern: str) -> list[tuple[str, str]]:
        rows = self.store.query(f"{PREFIXES} SELECT DISTINCT ?a ?b {{ {pattern} }}")
        return [(_plain(row["a"]), _plain(row["b"])) for row in rows]

    def sets(self, pattern: str) -> defaultdict[str, set[str]]:
        found: defaultdict[str, set[str]] = defaultdict(set)
        for one, other in self.pairs(pattern):
            found[one].add(other)
        return found

    def with_projects(self, actor: str, held: dict[str, set[str]]) -> set[str]:
        return held[actor].union(*(held[project] for project in self.teams[actor]))

    def all_named(self, kind: str, labels: list[str]) -> list[set[str]]:
        return [{iri for iri in self.named[label] if f"/{kind}/" in iri} for label in labels]


def _plain(term: object) -> str:
    return str(getattr(term, "value", term))


def quoted(text: str) -> list[str]:
    """The names a sentence quotes, the outermost quotes only."""
    found, depth, start = [], 0, 0
    for at, letter in enumerate(text):
        if letter == "„":
            start = at + 1 if depth == 0 else start
            depth += 1
        elif letter == "“" and depth:
            depth -= 1
            if depth == 0:
                found.append(text[start:at])
    return found


@pytest.fixture(scope="module")
def known(example: Store) -> Graph:
    return Graph(example)


def together(known: Graph, one: str, other: str, project: str | None) -> bool:
    """Both were partners in a project of that name, or (None) a tie says that they work together."""
    if project is None:
        return (one, other) in known.ties or (other, one) in known.ties
    return bool(known.teams[one] & known.teams[other] & known.named[project])


def acquaintances(text: str) -> list[tuple[str, str | None]]:
    """Who knows the one in the middle, and from which project (None: from a declared tie)."""
    found = []
    for part in re.split(r"(?:: |, )(?=„[^“]+“ aus )", text)[1:]:
        names = quoted(part)
        found.append((names[0], None if "aus einer Zusammenarbeit" in part else names[1]))
    return found


def is_true(known: Graph, gap: Gap, reason: Reason) -> bool:  # noqa: C901, PLR0911 - one line per sort of sentence
    text, names = reason.text.de, quoted(reason.text.de)
    iris = [actor.iri for actor in gap.actors]
    if reason.kind == "triangle":
        middles = known.named[names[0]]
        told = dict(acquaintances(text))
        sides = [(actor.iri, told[actor.label]) for actor in gap.actors]
        return any(all(together(known, iri, middle, project) for iri, project in sides) for middle in middles)
    if reason.kind == "body":
        return all(known.members[iri] & known.named[names[0]] for iri in iris)
    if reason.kind == "event":
        return all(known.roles[iri] & known.named[names[0]] for iri in iris)
    if reason.kind == "theme" and gap.kind == "introduce":
        return all(known.teams[iri] & known.named[name] for iri, name in zip(iris, names, strict=True))
    if reason.kind == "theme":
        return bool(known.teams[iris[0]] & known.named[names[0]])
    if reason.kind == "field":
        told_round = text.split("Runde ")[1].split(")")[0]
        fields = {iri for iri in known.named[names[0]] if f"/handlungsfeld/{told_round}-" in iri}
        wide = fields.union(*(known.matches[field] for field in fields))
        sides = [*iris, *([gap.subject.iri] if gap.subject else [])]
        held = [known.with_projects(iri, known.fields) for iri in sides]
        return bool(fields & held[0]) and all(wide & mine for mine in held)
    if reason.kind == "place":
        return all(known.with_projects(iri, known.sites) & known.named[names[0]] for iri in iris)
    if reason.kind == "near":
        return _is_near(known, gap, text, names)
    if reason.kind == "target":
        labels = text.split(": ", 1)[1].rstrip(".").split(", ")
        sides = [*iris, *([gap.subject.iri] if gap.subject else [])]
        return all(known.with_projects(iri, known.groups) & known.named[label] for iri in sides for label in labels)
    if reason.kind == "traeger":
        carrier = next(iter(known.named[names[0]] & _carriers(known, gap)), "")
        return together(known, iris[0], carrier, names[1] if len(names) > 1 else None)
    if reason.kind == "second_hand":
        middles, carriers = known.named[names[0]], known.named[names[2]] & _carriers(known, gap)
        return any(_know(known, iris[0], one) and _know(known, one, two) for one in middles for two in carriers)
    if reason.kind == "kind":
        labels = text.rsplit(": ", 1)[1].rstrip(".").split(", ")
        return all(known.calling[iris[0]] & known.named[label] for label in labels)
    return False


def _carriers(known: Graph, gap: Gap) -> set[str]:
    assert gap.subject is not None
    named = {actor for actor, projects in known.carried.items() if gap.subject.iri in projects}
    return named or {actor for actor, projects in known.teams.items() if gap.subject.iri in projects}


def _know(known: Graph, one: str, other: str) -> bool:
    return together(known, one, other, None) or bool(known.teams[one] & known.teams[other])


def _is_near(known: Graph, gap: Gap, text: str, names: list[str]) -> bool:
    home = next(iter(known.sites[gap.actors[0].iri]))
    others = known.sites[gap.actors[1].iri] if gap.kind == "introduce" else known.named[names[0]]
    said = re.search(r"rund (\d+) m", text)
    closest = 10 if "weniger als 10 m" in text else 21
    away = min(_metres(known.spots[home], known.spots[other]) for other in others if other in known.spots)
    return away < closest if said is None else abs(away - int(said[1])) <= 6 + away / 100


def _metres(one: str, other: str) -> float:
    (x1, y1), (x2, y2) = ([float(number) for number in re.findall(r"[-\d.]+", wkt)[:2]] for wkt in (one, other))
    return hypot((x1 - x2) * cos(radians(y1)), y1 - y2) * 111_195


@pytest.fixture(scope="module")
def lines(example: Store) -> list[Gap]:
    """The first two hundred pairs, and the first lines of every running project's table."""
    tables = {gap.subject.slug for gap in gaps(example, "table", limit=100) if gap.subject}
    seats = [gap for slug in sorted(tables) for gap in gaps(example, "table", project=slug, limit=20)]
    return [*gaps(example, "introduce", limit=200), *seats[:200]]


def test_every_reason_of_the_first_two_hundred_of_each_list_is_true(known: Graph, lines: list[Gap]) -> None:
    told = [(gap, reason) for gap in lines for reason in gap.reasons]
    assert len(lines) > 300
    assert len({(gap.kind, reason.kind) for gap, reason in told}) >= 10
    assert [(gap.id, reason.text.de) for gap, reason in told if not is_true(known, gap, reason)] == []


def test_former_partners_did_what_is_said(example: Store, known: Graph) -> None:
    for gap in gaps(example, "renew", limit=200):
        project = quoted(gap.reasons[0].text.de)
        assert together(known, *(actor.iri for actor in gap.actors), project[0] if project else None), gap.id


def test_what_the_ihek_states_is_quoted_from_it(example: Store, known: Graph) -> None:
    texts = {text for _, text in known.pairs(f"?a a ?kind ; dcterms:description ?b . {STATED}")}
    found = gaps(example, "coverage", limit=200)
    assert found
    for gap in found:
        assert any(text.startswith(quoted(gap.reasons[0].text.de)[0].removesuffix(" …")) for text in texts), gap.id


def test_an_untrue_sentence_would_be_noticed(known: Graph, lines: list[Gap]) -> None:
    """The same sentences about somebody of whom nothing is on record."""
    nobody = Ref("https://w3id.org/pankenetz/id/actor/nobody", "Nobody", "nobody")
    told = [(gap, reason) for gap in lines if gap.kind == "introduce" for reason in gap.reasons]
    kinds = {"body", "event", "theme", "field", "place", "target"}
    wrong = [(replace(gap, actors=(gap.actors[0], nobody)), reason) for gap, reason in told if reason.kind in kinds]
    assert wrong
    assert not any(is_true(known, gap, reason) for gap, reason in wrong)
