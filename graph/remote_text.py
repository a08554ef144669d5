"""How quads travel to a SPARQL server: in updates of bounded length, and what it would not keep in another dress.

A change's own record, the quads it added as one text, has megabytes after a big import. Virtuoso reads a literal in
time that grows with the square of its length (0.1 s for 100 kB, minutes for 3 MB) and makes no string above 10 MB, so
long texts are kept there as several literals, which say which part of what they are. It also turns positions into a
type of its own, as floats of single precision (a metre off); where a server does that they are kept as plain texts.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from ontology.terms import GEO, XSD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

LONGEST: Final = 40_000
"""Characters of a literal; more are kept in pieces."""
_QUADS: Final = 1000
_CHARACTERS: Final = 200_000
"""Of one update; some servers refuse longer texts."""
POSITION: Final = ox.Literal("POINT(13.3668 52.5472)", datatype=ox.NamedNode(GEO.wktLiteral))
"""A position to try a server with: some give another one back."""
_POSITION: Final = "pankenetz-position:"
_PIECE: Final = re.compile(r"pankenetz-piece:([0-9a-f]{32}):(\d+)/(\d+):(.*)", re.DOTALL)


def dressed(quads: Iterable[ox.Quad], *, is_exact: bool) -> Iterator[ox.Quad]:
    """The same quads as the server keeps them: a long text as several, positions as texts where it is not exact."""
    for quad in quads:
        value = quad.object
        if isinstance(value, ox.Literal) and value.datatype == POSITION.datatype and not is_exact:
            quad = _with(quad, f"{_POSITION}{value.value}")  # noqa: PLW2901  # the same in another dress
            value = quad.object
        if not isinstance(value, ox.Literal) or value.datatype.value != XSD.string or len(value.value) <= LONGEST:
            yield quad
            continue
        text = value.value
        key, count = hashlib.sha256(text.encode()).hexdigest()[:32], -(-len(text) // LONGEST)
        for number in range(count):
            # The mark behind the text keeps what stands at its end: servers drop a last line end.
            piece = f"pankenetz-piece:{key}:{number}/{count}:{text[number * LONGEST : (number + 1) * LONGEST]}|"
            yield _with(quad, piece)


def undressed(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """The quads that `dressed` was given; `ValueError` if a piece is missing."""
    for quad in _whole(quads):
        value = quad.object
        if isinstance(value, ox.Literal) and value.value.startswith(_POSITION):
            position = ox.Literal(value.value.removeprefix(_POSITION), datatype=POSITION.datatype)
            yield ox.Quad(quad.subject, quad.predicate, position, quad.graph_name)
        else:
            yield quad


def _whole(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    found: dict[tuple[ox.Quad, str], dict[int, str]] = defaultdict(dict)
    counts: dict[tuple[ox.Quad, str], int] = {}
    for quad in quads:
        match = _PIECE.fullmatch(quad.object.value) if isinstance(quad.object, ox.Literal) else None
        if match is None:
            yield quad
            continue
        key = _with(quad, ""), match[1]
        counts[key] = int(match[3])
        found[key][int(match[2])] = match[4][:-1]
    for key, pieces in found.items():
        if len(pieces) != counts[key]:
            raise ValueError(f"{len(pieces)} of {counts[key]} pieces of a long text came")
        yield _with(key[0], "".join(pieces[number] for number in range(counts[key])))


def _with(quad: ox.Quad, text: str) -> ox.Quad:
    return ox.Quad(quad.subject, quad.predicate, ox.Literal(text), quad.graph_name)


def parts(quads: Iterable[ox.Quad]) -> list[list[ox.Quad]]:
    """The quads in portions that fit into one update each, every portion of one graph."""
    found: list[list[ox.Quad]] = []
    length = 0
    for quad in sorted(quads, key=lambda one: str(one.graph_name)):
        size = len(str(quad))
        last = found[-1] if found else []
        if not last or last[0].graph_name != quad.graph_name or len(last) == _QUADS or length + size > _CHARACTERS:
            found.append([])
            length = 0
        found[-1].append(quad)
        length += size
    return found


def is_small(quads: Sequence[ox.Quad]) -> bool:
    """Whether they fit into one update, whatever their graphs."""
    return len(quads) <= _QUADS and sum(len(str(quad)) for quad in quads) <= _CHARACTERS


def data(quads: Iterable[ox.Quad]) -> str:
    """Quads as SPARQL writes them, one block for each graph."""
    by_graph: dict[str, list[str]] = {}
    for quad in quads:
        by_graph.setdefault(str(quad.graph_name), []).append(f"{quad.triple} .\n")
    return "".join(f"GRAPH {name} {{\n{''.join(triples)}}}\n" for name, triples in by_graph.items())
