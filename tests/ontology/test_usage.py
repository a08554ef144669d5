"""No term is used in shapes, rules, queries, code or interface that the ontology does not define."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ontology import terms
from ontology.packaged import statements

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

HOUSE = Path(__file__).parents[2]
ROOMS = [HOUSE / room for room in ("ontology", "graph", "webapp")]
NAMESPACES = {name: value for name, value in vars(terms).items() if isinstance(value, terms.Terms)}
CLOSED = tuple(str(NAMESPACES[name]) for name in ("PN", "PNS", "ORG", "SKOS", "PROV", "DCTERMS", "SCHEMA", "GEO"))


def files(ending: str) -> list[Path]:
    return sorted(path for room in ROOMS for path in room.rglob(f"*{ending}") if "vendor" not in path.parts)


@cache
def declared() -> frozenset[str]:
    subjects = (triple.subject for name in ("pankenetz", "schemes") for triple in statements(name).triples)
    return frozenset(getattr(subject, "value", "") for subject in subjects) | set(CLOSED)


def undeclared(iris: Iterable[str]) -> set[str]:
    return {iri for iri in iris if iri.startswith(CLOSED) and iri not in declared()}


def terms_in_sparql(text: str) -> Iterator[str]:
    """The IRIs a query names, prefixes expanded; comments and strings left out."""
    code = re.sub(r"^#.*$|\s#.*$", "", text, flags=re.MULTILINE)
    code = re.sub(r'"[^"\n]*"', '""', code)
    prefixes = dict(re.findall(r"PREFIX\s+([\w-]*):\s*<([^>]*)>", code, re.IGNORECASE))
    body = re.sub(r"PREFIX\s+[\w-]*:\s*<[^>]*>", "", code, flags=re.IGNORECASE)
    yield from re.findall(r"<(https?://[^>\s]*)>", body)
    for prefix, name in re.findall(r"(?<![\w:/?$])([\w-]*):((?:[\w-]|\\/)+)", re.sub(r"<[^>\s]*>", "", body)):
        if prefix in prefixes:
            yield prefixes[prefix] + name.replace("\\", "")


def test_the_scan_of_queries_sees_prefixed_escaped_and_full_names() -> None:
    text = """# pn:InAComment
    PREFIX pn: <https://w3id.org/pankenetz/ns#> PREFIX pns: <https://w3id.org/pankenetz/scheme/>
    SELECT * { ?x a pn:Aktor ; pn:role pns:role\\/chef, <https://w3id.org/pankenetz/ns#full> ; pn:kind "pn:text" }"""
    local = {iri.removeprefix("https://w3id.org/pankenetz/") for iri in undeclared(terms_in_sparql(text))}
    assert local == {"ns#Aktor", "scheme/role/chef", "ns#full"}


@pytest.mark.parametrize("path", files(".rq"), ids=lambda path: path.stem)
def test_a_query_names_only_defined_terms(path: Path) -> None:
    assert undeclared(terms_in_sparql(path.read_text("utf-8"))) == set()


def test_shapes_name_only_defined_terms() -> None:
    nodes = {node for triple in statements("shapes").triples for node in (triple.predicate, triple.object)}
    assert undeclared(getattr(node, "value", "") for node in nodes) == set()


@pytest.mark.parametrize("path", files(".py"), ids=lambda path: str(path.relative_to(HOUSE)))
def test_code_names_only_defined_terms(path: Path) -> None:
    text = path.read_text("utf-8")
    names = "|".join(NAMESPACES)
    used = re.findall(rf"\b({names})\.([A-Za-z]\w*)", text) + re.findall(rf"\b({names})\[\"([^\"{{]*)\"\]", text)
    assert [f"{space}.{name}" for space, name in used if name not in NAMESPACES[space]] == []
    assert undeclared(re.findall(r"https?://[\w./#-]+[\w#/]", text)) == set()
