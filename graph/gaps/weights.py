"""How much each voice counts: normally as measured, less or more as the team sets it; kept as data, undoable.

The steps are few and plain on purpose: with so few records nobody can tell 1.1 from 1.2. The backtest always measures
the normal weights (and the team's beside them, where they differ).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from graph import changes
from graph.errors import BadInput
from ontology.concepts import SCHEMES
from ontology.schema import entity_types
from ontology.terms import PN, RDF

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.changes import Change
    from graph.store import Store

VOICES: Final = {
    "theme": PN.themeWeight,
    "nearness": PN.nearnessWeight,
    "partners": PN.partnersWeight,
    "meetings": PN.meetingsWeight,
    "readiness": PN.readinessWeight,
}
"""What can be weighed, in the order in which it is shown."""

STEPS: Final = {"gar-nicht": 0.0, "weniger": 0.5, "normal": 1.0, "mehr": 2.0}
"""Concepts of the list of weights, and what they multiply a voice by (an exponent of *bereit*)."""

USUAL_STEP: Final = "normal"
_NODE: Final = "lists"
_SCHEME: Final = f"{SCHEMES}weight/"


@dataclass(frozen=True)
class Weights:
    """Factors of the summands of a score; `readiness` is the exponent of *bereit*. All 1: as measured."""

    theme: float = 1.0
    nearness: float = 1.0
    partners: float = 1.0
    meetings: float = 1.0
    readiness: float = 1.0

    @property
    def steps(self) -> dict[str, str]:
        """Voice → its step."""
        names = {value: step for step, value in STEPS.items()}
        return {voice: names[value] for voice, value in asdict(self).items()}


NORMAL: Final = Weights()


def weights(store: Store) -> Weights:
    """The weights the team set; as measured where it set none."""
    return store.cached("gaps-weights", lambda: _read(store))


def _read(store: Store) -> Weights:
    found = {}
    for voice, path in VOICES.items():
        said = {getattr(quad.object, "value", "") for quad in store.quads(_node(store), ox.NamedNode(path))}
        known = [step for step in STEPS if _SCHEME + step in said]
        found[voice] = STEPS[known[0]] if known else 1.0
    return Weights(**found)


def _node(store: Store) -> ox.NamedNode:
    return ox.NamedNode(f"{store.base_iri}{entity_types()['weighting'].segment}/{_NODE}")


def set_weights(store: Store, steps: Mapping[str, str], author: str, reason: str) -> Change:
    """Keep what the team set, as one change that can be taken back.

    Args:
        store: where.
        steps: voice → step; voices that are missing are normal. All normal takes the weights away.
        author: who set them.
        reason: what the history says about it.

    Raises:
        BadInput: no such voice or step.
    """
    for voice, step in steps.items():
        if voice not in VOICES:
            raise BadInput("weight", voice, tuple(VOICES))
        if step not in STEPS:
            raise BadInput(voice, step, tuple(STEPS))
    wanted = {voice: steps.get(voice, USUAL_STEP) for voice in VOICES}
    node, graph = _node(store), store.graphs.rounds
    added = [ox.Quad(node, ox.NamedNode(VOICES[v]), ox.NamedNode(_SCHEME + step), graph) for v, step in wanted.items()]
    added.append(ox.Quad(node, ox.NamedNode(RDF.type), ox.NamedNode(PN.Weighting), graph))
    if set(wanted.values()) == {USUAL_STEP}:
        added = []
    return changes.commit(store, added=added, removed=list(store.quads(node)), author=author, reason=reason)
