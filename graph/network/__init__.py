"""Project the graph onto NetworkX networks: two-mode, one-mode, around one node; as of a day, with or without hubs.

>>> network = two_mode(store, Scope(as_of=date(2024, 6, 30), without=frozenset({"qm"})))   # doctest: +SKIP
>>> partners = one_mode(network, via=("project",))                                         # doctest: +SKIP
"""

from graph.network.facts import Facts, Link, Node, facts, field_matches
from graph.network.neighbourhood import neighbourhood
from graph.network.one_mode import COUNTED_STATES, MIDDLES, PARTNERSHIP_TIES, connect_by, one_mode, partnerships
from graph.network.scope import ALL_ROLES, HUB_GROUPS, PARTNERSHIP_ROLES, Period, Scope
from graph.network.two_mode import edges_of, two_mode

__all__ = [
    "ALL_ROLES",
    "COUNTED_STATES",
    "HUB_GROUPS",
    "MIDDLES",
    "PARTNERSHIP_ROLES",
    "PARTNERSHIP_TIES",
    "Facts",
    "Link",
    "Node",
    "Period",
    "Scope",
    "connect_by",
    "edges_of",
    "facts",
    "field_matches",
    "neighbourhood",
    "one_mode",
    "partnerships",
    "two_mode",
]
