"""Measures of a network: pure functions of NetworkX networks, each documented like a paper; no RDF in here.

All take the one-mode network of `graph.network.one_mode` (undirected, no parallel ties) unless they say otherwise,
change nothing, and give the same answer whatever the order of nodes and ties.
"""

from graph.measures.brokerage import betweenness, betweenness_ranks, constraint, effective_size
from graph.measures.covers import Cover, cover
from graph.measures.cuts import CutActor, CutTie, components, cut_actors, cut_ties, cuts
from graph.measures.groups import SMALLEST as SMALLEST_GROUP
from graph.measures.groups import Group, groups
from graph.measures.joining import Joined, joining
from graph.measures.partners import (
    Openness,
    actor_openness,
    isolates,
    newcomers,
    openness,
    partners,
    weighted_partners,
)
from graph.measures.renewal import Renewal, renewal
from graph.measures.roles import Brokerage, brokerage_roles
from graph.measures.table import ActorMeasures, NetworkSummary, centralisation, measure_table, summary
from graph.measures.wording import MEASURES, Measure

__all__ = [
    "MEASURES",
    "SMALLEST_GROUP",
    "ActorMeasures",
    "Brokerage",
    "Cover",
    "CutActor",
    "CutTie",
    "Group",
    "Joined",
    "Measure",
    "NetworkSummary",
    "Openness",
    "Renewal",
    "actor_openness",
    "betweenness",
    "betweenness_ranks",
    "brokerage_roles",
    "centralisation",
    "components",
    "constraint",
    "cover",
    "cut_actors",
    "cut_ties",
    "cuts",
    "effective_size",
    "groups",
    "isolates",
    "joining",
    "measure_table",
    "newcomers",
    "openness",
    "partners",
    "renewal",
    "summary",
    "weighted_partners",
]
