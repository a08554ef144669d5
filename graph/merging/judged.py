"""Judgements after a merge: on both sides the same entry they mean nothing, and names of it are no longer strangers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from graph.matching.body import Judgement
from graph.matching.judgements import group_of, judgements, quads
from graph.matching.sides import plain_side
from ontology.terms import SKOS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.merging.draft import Draft

_LABEL = ox.NamedNode(SKOS.prefLabel)


def settle(draft: Draft, keep: ox.NamedNode, gone: ox.NamedNode, names: Sequence[str], author: str) -> None:
    """Bring the judgements on two merged entries in line with the merge, and keep the merge as one.

    Args:
        draft: the merge; links of judgements to the gone entry lead to the kept one in it already.
        keep: the entry that stays.
        gone: the entry that goes.
        names: what the gone entry was called, its main name first.
        author: who merges.
    """
    called = {plain_side(name) for name in names}
    ends = {keep.value, gone.value}
    seen: set[frozenset[str]] = set()
    for one in judgements(draft.store):  # newest first
        sides = {one.name, one.key}
        if not sides & ends:
            continue
        pair = frozenset(keep.value if side in ends else plain_side(side) for side in sides)
        is_denied = not one.same and any(plain_side(side) in called for side in sides)
        if len(pair) == 1 or is_denied or pair in seen:
            for quad in draft.facts(ox.NamedNode(one.iri)):
                draft.remove(quad)
        else:
            seen.add(pair)
    if names and frozenset({keep.value, plain_side(names[0])}) not in seen and _is_only_theirs(draft, names[0], ends):
        group = group_of(draft.store, keep.value)
        for quad in quads(draft.store, Judgement(names[0], keep.value, same=True, group=group, author=author)):
            draft.add(quad)


def _is_only_theirs(draft: Draft, name: str, ends: set[str]) -> bool:
    """Whether nothing else is called so: then lists that use the name mean the entry that stayed."""
    literal = ox.Literal(name, language="de")
    owners = {quad.subject.value for quad in draft.store.quads(None, _LABEL, literal)}  # type: ignore[union-attr]  # no blank nodes
    return owners == ends & owners and len(owners) == 1
