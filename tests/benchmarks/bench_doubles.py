"""Doubles among ten thousand actors, beside all pairs by rapidfuzz: `pytest -s tests/benchmarks/bench_doubles.py`.

Names are drawn from common German parts; every fiftieth actor is entered a second time, written as offices write it
(without its legal form, in capitals, misspelt), with its address.
"""

from __future__ import annotations

import random
import sys
from time import perf_counter, process_time

import numpy as np
import pytest
from pyoxigraph import Literal, NamedNode, Quad
from rapidfuzz import fuzz, process

from builders import BASE, Quartier
from graph.matching.doubles import doubles
from ontology.terms import PN, RDF, SCHEMA, SKOS

ACTORS = 10_000
KINDS = [
    "Kita",
    "Grundschule",
    "Nachbarschaftshaus",
    "Jugendclub",
    "Bürgerinitiative",
    "Atelier",
    "Chor",
    "Sportverein",
    "Theater",
    "Beratungsstelle",
    "Familienzentrum",
    "Werkstatt",
    "Moschee",
    "Kirchengemeinde",
]
STEMS = [
    "Sonn",
    "Lind",
    "Wald",
    "Bach",
    "Stern",
    "Möw",
    "Ulm",
    "Ros",
    "Falk",
    "Brück",
    "Mühl",
    "Berg",
    "Eich",
    "Hasel",
    "Quell",
    "Turm",
]
FIRST = [stem + end for stem in STEMS for end in ("en", "er", "el", "in", "um", "ar")]
LAST = [
    "hof",
    "grund",
    "feld",
    "wiese",
    "tal",
    "kiez",
    "blick",
    "winkel",
    "stein",
    "bogen",
    "steg",
    "rain",
    "eck",
    "au",
]
FORMS = ("", "", "", " e.V.", " gGmbH", " GbR")


def say(text: str) -> None:
    """Show a figure (pytest -s)."""
    sys.stdout.write(f"\n{text}\n")


def district() -> tuple[Quartier, dict[str, str], set[frozenset[str]]]:
    """The actors of a whole district, their names by IRI, and the pairs that are one."""
    chance = random.Random(1)  # noqa: S311  # the same names each time
    quartier, names, truth = Quartier(), {}, set()
    while len(names) < ACTORS:
        number = len(names)
        parts = chance.choice(KINDS), chance.choice(FIRST) + chance.choice(LAST), chance.choice(FIRST)
        name = " ".join(parts) + chance.choice(FORMS)
        written = [name, _rewritten(name, chance)] if number % 50 == 0 else [name]
        pair = [_actor(quartier, each, number + at, number) for at, each in enumerate(written)]
        names |= dict(zip(pair, written, strict=True))
        truth |= {frozenset(pair)} if len(pair) > 1 else set()
    return quartier, names, truth


def _actor(quartier: Quartier, name: str, number: int, house: int) -> str:
    node, where = NamedNode(f"{BASE}actor/n-{number}"), NamedNode(f"{BASE}graph/data/test")
    street = f"{FIRST[house % len(FIRST)]}straße {house % 180 + 1}"
    facts = {RDF.type: NamedNode(PN.Actor), SKOS.prefLabel: Literal(name, language="de"),
             SCHEMA.streetAddress: Literal(street)}  # fmt: skip
    quartier.quads += [Quad(node, NamedNode(path), value, where) for path, value in facts.items()]
    return node.value


def _rewritten(name: str, chance: random.Random) -> str:
    bare = name.removesuffix(" e.V.").removesuffix(" gGmbH").removesuffix(" GbR")
    at = chance.randrange(len(bare) - 9, len(bare) - 1)
    return chance.choice([bare, bare.replace("ö", "oe").replace("ü", "ue").upper(), bare[:at] + bare[at + 1 :]])


@pytest.fixture(scope="module")
def told():
    return district()


def test_ours_and_the_usual_way(told):
    """Found at least nine in ten, in less than ten seconds of work, with a fraction of what all pairs would show."""
    quartier, names, truth = told
    with quartier.store() as store:
        began, worked = perf_counter(), process_time()
        found = {frozenset((one.one.iri, one.other.iri)) for one in doubles(store)}
        seconds, work = perf_counter() - began, process_time() - worked
    hits = len(truth & found)
    say(f"ours: {seconds:.1f} s ({work:.1f} s of work), {hits} of {len(truth)} found, {len(found)} shown")
    theirs, shown, same = _all_pairs(names, truth, hits)
    say(f"rapidfuzz over all pairs: {theirs:.1f} s, {same} of {len(truth)} found, {shown} shown")
    assert hits >= 0.9 * len(truth)
    assert work < 10
    assert len(found) < shown / 10


def _all_pairs(names: dict[str, str], truth: set[frozenset[str]], hits: int) -> tuple[float, int, int]:
    """Seconds, pairs shown and doubles among them, at the cut-off that finds as many as we do."""
    iris, texts = list(names), [name.lower() for name in names.values()]
    began = perf_counter()
    scores = process.cdist(texts, texts, scorer=fuzz.token_sort_ratio, score_cutoff=70, dtype=np.uint8, workers=-1)
    ones, others = np.nonzero(np.triu(scores, 1))
    seconds = perf_counter() - began
    pairs = {
        frozenset((iris[one], iris[other])): int(scores[one, other]) for one, other in zip(ones, others, strict=True)
    }
    right = sorted((pairs[pair] for pair in truth & pairs.keys()), reverse=True)
    cut = right[min(hits, len(right)) - 1]
    return seconds, sum(score >= cut for score in pairs.values()), sum(score >= cut for score in right)
