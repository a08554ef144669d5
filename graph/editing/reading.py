"""What a person typed into the fields of a form as the values that are to be stored, new linked entries included."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from graph import entries
from graph.editing import texts
from graph.editing.alike import alike
from graph.editing.facts import TYPE, entry_iri
from graph.editing.form import text_of
from graph.editing.links import Directory, Option, directory_of, wanted_new
from graph.editing.naming import new_slug
from graph.errors import BadInput
from ontology.schema import Field, entity_types
from ontology.terms import DCTERMS, RDF, SKOS, XSD

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from graph.editing.facts import Facts
    from graph.store import Store

    Term = ox.NamedNode | ox.Literal

_FREE: Final = frozenset({str(RDF.langString), str(XSD.string)})
_NAMES: Final = (SKOS.prefLabel, DCTERMS.title)


@dataclass(frozen=True)
class Problem:
    """Why the text of one field cannot be saved as it is.

    Attributes:
        field: the field's name; of a link to be added, `graph.editing.Companion.key`.
        text: what was typed.
        what: "personal" (a mail address or telephone number in a free text: asked, not forbidden); "unknown entry";
            "several entries" of that name; "alike" (a new entry is asked for, but there is one of
            that name, or nearly); else as `graph.entries.term` says: "choice", "date", "day", "number", "yes or no",
            "position", "address", "language"; "no choice" (a link to be added lacks what is chosen; `allowed` names
            the field).
        allowed: what would have been accepted, if it can be listed.
        candidates: existing entries that may be meant.
    """

    field: str
    text: str
    what: str
    allowed: tuple[str, ...] = ()
    candidates: tuple[Option, ...] = ()


@dataclass(frozen=True)
class Created:
    """An entry that a change makes along the way because another one links to it."""

    kind: str
    slug: str
    name: str


@dataclass
class Reader:
    """Reads the fields of one form.

    Attributes:
        store: where linked entries are looked up.
        anyway: new entries may be called like existing ones, and texts say how to reach somebody.
        problems: what could not be read, field by field.
        created: the linked entries to be made. quads: what is said about them.
    """

    store: Store
    anyway: bool = False
    problems: list[Problem] = field(default_factory=list)
    created: list[Created] = field(default_factory=list)
    quads: list[ox.Quad] = field(default_factory=list)

    def terms(self, one: Field, typed: Iterable[str], known: Sequence[Facts]) -> frozenset[Term]:
        """The values of one field.

        Args:
            one: which field.
            typed: the texts; blank ones are none.
            known: what is, or was, said of the entry: a text that is drawn for one of its values means that value,
                whatever else it might mean.
        """
        directory = directory_of(self.store)
        drawn: dict[str, set[Term]] = {}
        for said in known:
            for term in said.of(one):
                drawn.setdefault(entries.text(text_of(directory, one, term)), set()).add(term)
        found: set[Term] = set()
        for text in filter(None, map(entries.text, typed)):
            if text in drawn:
                found |= drawn[text]
            elif (value := self._term(directory, one, text)) is not None:
                found.add(value)
        return frozenset(found)

    def _term(self, directory: Directory, one: Field, text: str) -> Term | None:
        if one.links_to:
            return self._link(directory, one, text)
        from graph.importing.values import way_to_reach  # here, because it brings what reads cells

        if not self.anyway and one.datatype in _FREE and way_to_reach(text):
            self.problems.append(Problem(one.name, text, "personal"))
            return None
        try:
            return texts.read(one, text)
        except BadInput as error:
            self.problems.append(Problem(one.name, text, error.what, error.allowed))
            return None

    def _link(self, directory: Directory, one: Field, text: str) -> Term | None:
        found = directory.find(text, one.links_to)
        if len(found) == 1:
            return ox.NamedNode(found[0])
        if found:
            candidates = tuple(directory.option(iri, one.links_to) for iri in found)
            self.problems.append(Problem(one.name, text, "several entries", (), candidates))
            return None
        if "source" in one.links_to and "://" in text:
            return self._web_source(one, text)
        wanted = wanted_new(text, one.links_to) or (("source", text) if one.links_to == ("source",) else None)
        if wanted is None:
            near = tuple(directory.near(text, one.links_to))
            self.problems.append(Problem(one.name, text, "unknown entry", (), near))
            return None
        return self._new(directory, one, text, *wanted)

    def _new(self, directory: Directory, one: Field, text: str, kind: str, name: str) -> Term | None:
        """The IRI of a linked entry that the same change makes; the same name twice is the same entry."""
        for known in self.created:
            if (known.kind, known.name) == (kind, name):
                return entry_iri(self.store, kind, known.slug)
        if not self.anyway and (found := alike(self.store, kind, name)):
            candidates = tuple(directory.option(iri, one.links_to) for iri in found)
            self.problems.append(Problem(one.name, text, "alike", (), candidates))
            return None
        entity = entity_types()[kind]
        label = next(field for field in entity.fields if field.path[-1] in _NAMES)
        value = entries.term(label, name)
        slug = new_slug(self.store, entity, {label.name: [value]}, {one.slug for one in self.created})
        # Where its kind lies: a new story beside its first view is no more for strangers than the view.
        graphs = self.store.graphs
        subject, graph = (
            entry_iri(self.store, kind, slug),
            graphs.rounds if entity.graph == "rounds" else graphs.data("office"),
        )
        self.created.append(Created(kind, slug, name))
        self.quads += [
            ox.Quad(subject, TYPE, ox.NamedNode(entity.classes[0]), graph),
            ox.Quad(subject, ox.NamedNode(label.path[-1]), value, graph),
        ]
        return subject

    def _web_source(self, one: Field, url: str) -> Term | None:
        """The source of that address: a new one if there is none yet."""
        from graph.importing.quads import web_source, web_source_quads

        address = next(field for field in entity_types()["source"].fields if field.name == "url")
        try:
            url = entries.term(address, url).value
        except BadInput as error:
            self.problems.append(Problem(one.name, url, error.what, error.allowed))
            return None
        node = web_source(self.store, url)
        if not any(self.store.quads(node, TYPE)):
            self.quads += web_source_quads(url, node, self.store.graphs.data("office"))
        return node


def named(values: Mapping[str, Iterable[Term]], fields: Iterable[Field]) -> tuple[Field, str] | None:
    """The field that names an entry and the name it gets, if it gets one."""
    for one in fields:
        if one.path[-1] in _NAMES and one.language != "en":
            for term in values.get(one.name, ()):
                return one, term.value
    return None
