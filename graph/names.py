"""The named graphs of a dataset, and who may read which."""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox

from graph.errors import BadInput

ROLES = ("public", "reader", "editor", "admin")


@dataclass(frozen=True)
class GraphNames:
    """The named graphs of a dataset, and who may read which.

    Attributes:
        base: the base IRI of the dataset.
        memory: where the data graphs that exist are looked up.
    """

    base: str
    memory: ox.Store

    @property
    def ontology(self) -> ox.NamedNode:
        """Vocabulary, schemes, shapes: from the package, at each start."""
        return ox.NamedNode(f"{self.base}graph/ontology")

    @property
    def rounds(self) -> ox.NamedNode:
        """IHEK statements, suggestions, decisions."""
        return ox.NamedNode(f"{self.base}graph/rounds")

    @property
    def contacts(self) -> ox.NamedNode:
        """Everything personal. In none of the lists below."""
        return ox.NamedNode(f"{self.base}graph/contacts")

    @property
    def history(self) -> ox.NamedNode:
        """Changes, and the data version."""
        return ox.NamedNode(f"{self.base}graph/history")

    @property
    def derived(self) -> ox.NamedNode:
        """What the rules compute from data and ontology; in memory only."""
        return ox.NamedNode(f"{self.base}graph/derived")

    def data(self, source: str) -> ox.NamedNode:
        """The facts of one source: an import's name, or "office" for what the office types itself."""
        return ox.NamedNode(f"{self.base}graph/data/{source}")

    def all_data(self) -> list[ox.NamedNode]:
        """Every data graph that exists, sorted by IRI."""
        prefix = f"{self.base}graph/data/"
        names = (name for name in self.memory.named_graphs() if isinstance(name, ox.NamedNode))
        return sorted((name for name in names if name.value.startswith(prefix)), key=lambda name: name.value)

    def knowledge(self) -> list[ox.NamedNode]:
        """What trusted queries read unless told otherwise: ontology, data, rounds, derived."""
        return [self.ontology, *self.all_data(), self.rounds, self.derived]

    def readable(self, role: str) -> list[ox.NamedNode]:
        """What someone of that role may ask about in SPARQL; never the contacts.

        Args:
            role: "public" reads ontology, data and derived; "reader", "editor", "admin" also rounds and history.
        """
        if role not in ROLES:
            raise BadInput("role", role, ROLES)
        public = [self.ontology, *self.all_data(), self.derived]
        return public if role == "public" else [*public, self.rounds, self.history]
