"""People one can reach at an actor: the only place where a person is named, and the way to forget them wholly.

They lie in a graph of their own that no query, export or index reads: `Store.quads` leaves it out unless told to.
Who may see them is for the caller to decide before it makes `Contacts`.
"""

from __future__ import annotations

import datetime as dt
import itertools
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

import pyoxigraph as ox

from graph import changes, entries, labels
from graph.editing import texts as written
from graph.errors import BadFields, BadInput, Conflict, NotFound
from graph.export import Personal
from graph.personal import Erased, erase, mentions
from ontology.schema import entity_types
from ontology.terms import DCTERMS, PN, RDF

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from graph.changes import Change
    from graph.personal import Mention
    from graph.store import Store
    from ontology.schema import EntityType, Field

TYPE: Final = ox.NamedNode(RDF.type)
_TITLE: Final = ox.NamedNode(DCTERMS.title)
_ENTERED, _REMOVED = "Ansprechperson eingetragen", "Ansprechperson entfernt"


@dataclass(frozen=True)
class Contact:
    """One person, or post, that can be reached.

    Attributes:
        slug: last part of the IRI; made by chance, so that an address tells nothing.
        iri: the IRI.
        texts: field name → what it says, as a form shows it; the actor by its slug; "" for nothing.
        actor_label: the actor's name.
        delete_by: the day by which it must be gone, None if somebody left that out.
    """

    slug: str
    iri: str
    texts: Mapping[str, str]
    actor_label: str
    delete_by: dt.date | None

    def is_due(self, day: dt.date) -> bool:
        """Whether it must be gone by that day."""
        return self.delete_by is not None and self.delete_by <= day


@dataclass(frozen=True)
class FieldProblem:
    """A text that cannot be stored; `what` as `graph.entries.term` says, or "unknown entry"."""

    field: str
    text: str
    what: str


@dataclass(frozen=True)
class Report:
    """All that is held about a person (Art. 15 GDPR).

    Attributes:
        contact: the entry itself.
        changes: who entered or changed it, when; newest first.
        mentions: where else a name, a mail address or a number of it stands.
    """

    contact: Contact
    changes: tuple[Change, ...]
    mentions: tuple[Mention, ...]


def kind() -> EntityType:
    """The fields of a contact, from the shapes."""
    return entity_types()["contact"]


class Contacts:
    """The contacts of a store.

    Args:
        store: an open store, not a copy of its public part.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self, actor: str = "") -> list[Contact]:
        """Every contact, or those of an actor (by its slug), by the actor's name and theirs."""
        nodes = (quad.subject for quad in self._quads(None, TYPE, ox.NamedNode(PN.Contact)))
        found = (self._contact(cast("ox.NamedNode", node)) for node in nodes)
        wanted = (one for one in found if not actor or one.texts["actor"] == actor)
        return sorted(wanted, key=lambda one: (one.actor_label.casefold(), one.texts["name"].casefold(), one.slug))

    def find(self, slug: str) -> Contact:
        """One of them.

        Raises:
            NotFound: there is none of that slug.
        """
        node = ox.NamedNode(f"{self._store.base_iri}contact/{slug}") if entries.SLUG.fullmatch(slug) else None
        if node is None or not any(self._quads(node, TYPE)):
            raise NotFound("contact", slug)
        return self._contact(node)

    def due(self, day: dt.date) -> list[Contact]:
        """Those that must be gone by that day, the longest overdue first."""
        found = (one for one in self.all() if one.is_due(day))
        return sorted(found, key=lambda one: (one.delete_by or day, one.slug))

    def save(self, slug: str | None, typed: Mapping[str, str], *, author: str, was: Mapping[str, str]) -> Contact:
        """Keep what was typed.

        Args:
            slug: which; None makes a new one.
            typed: field name → text, the actor by its slug; what is left out stays as it is.
            author: who.
            was: what the form showed: somebody else's change meanwhile is not overwritten.

        Raises:
            BadFields: texts nobody can read; `problems` are `FieldProblem`s.
            Invalid: the shapes forbid it (something is missing).
            Conflict: somebody else changed it since.
        """
        with self._store.writer:
            old = self.find(slug) if slug else None
            if old and any(old.texts[name] != text for name, text in was.items() if name in old.texts):
                raise Conflict("contact", old.slug)
            node = ox.NamedNode(old.iri if old else f"{self._store.base_iri}contact/{uuid.uuid4().hex}")
            now = {**(old.texts if old else {}), **{name: entries.text(text) for name, text in typed.items()}}
            removed = self._said(node) if old else frozenset[ox.Quad]()
            added = self._read(node, now)
            # The reason is in the history, which has more readers: it names nobody.
            changes.commit(self._store, added=added, removed=removed - added, author=author, reason=_ENTERED)
            return self.find(node.value.rpartition("/")[2])

    def forget(self, iri: str, *, author: str) -> Erased:
        """Erase a contact everywhere, in the history too; that somebody was erased, when and by whom stays.

        Raises:
            NotFound: there is no such contact.
        """
        with self._store.writer:
            contact = self.find(iri.removeprefix(f"{self._store.base_iri}contact/"))
            found = mentions(self._store, _telling(contact))
            return erase(self._store, contact.iri, author=author, mentions=found)

    def report(self, slug: str) -> Report:
        """All that is held about a person."""
        contact = self.find(slug)
        history = changes.history(self._store, None)
        about = tuple(change for change in history if self._is_about(change, contact.iri))
        return Report(contact, about, mentions(self._store, _telling(contact)))

    def purposes(self) -> list[tuple[str, str, int]]:
        """What contacts are kept for: purpose, legal basis, how many; for the record of processing activities."""
        found = sorted((one.texts["purpose"], one.texts["legal_basis"]) for one in self.all())
        return [(purpose, basis, len(list(group))) for (purpose, basis), group in itertools.groupby(found)]

    def taken_along(self) -> Personal:
        """All of them for a file that somebody asked for with them; without who changed them, when."""
        found = self.all()
        headings = [entries.KEY, *(one.label["de"] for one in kind().fields)]
        lines = [[one.slug, *(one.texts[part.name] for part in kind().fields)] for one in found]
        quads = frozenset(itertools.chain.from_iterable(self._said(ox.NamedNode(one.iri)) for one in found))
        return Personal(quads, kind().plural_label["de"], [headings, *lines])

    def _quads(
        self,
        subject: ox.NamedNode | None = None,
        predicate: ox.NamedNode | None = None,
        value: ox.NamedNode | None = None,
    ) -> Iterator[ox.Quad]:
        return self._store.quads(subject, predicate, value, self._store.graphs.contacts, personal=True)

    def _said(self, node: ox.NamedNode) -> frozenset[ox.Quad]:
        """All that is said about a contact and the source that belongs to it."""
        return frozenset(itertools.chain(self._quads(node), self._quads(_source(node))))

    def _contact(self, node: ox.NamedNode) -> Contact:
        values = {one.name: self._text(node, one) for one in kind().fields}
        actor, day = f"{self._store.base_iri}actor/{values['actor']}", values["delete_by"]
        return Contact(
            slug=node.value.rpartition("/")[2],
            iri=node.value,
            texts=values,
            actor_label=labels.labels(self._store, "de").get(actor, values["actor"]),
            delete_by=dt.datetime.strptime(day, "%d.%m.%Y").date() if day else None,  # noqa: DTZ007  # a day has no zone
        )

    def _text(self, node: ox.NamedNode, one: Field) -> str:
        if "source" in one.links_to:
            node, path = _source(node), _TITLE
        else:
            path = ox.NamedNode(one.path[0])
        for quad in self._quads(node, path):
            if one.links_to and isinstance(quad.object, ox.NamedNode):
                return str(quad.object.value.rpartition("/")[2])
            return written.shown(one, cast("ox.NamedNode | ox.Literal", quad.object))
        return ""

    def _read(self, node: ox.NamedNode, typed: Mapping[str, str]) -> frozenset[ox.Quad]:
        problems: list[FieldProblem] = []
        quads: list[tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]]
        quads = [(node, TYPE, ox.NamedNode(PN.Contact))]
        for one in kind().fields:
            if not (text := typed.get(one.name, "")):
                continue
            try:
                quads += self._facts(node, one, text)
            except (BadInput, NotFound) as error:
                what = error.what if isinstance(error, BadInput) else "unknown entry"
                problems.append(FieldProblem(one.name, text, what))
        if problems:
            raise BadFields("contact", "", problems=tuple(problems))
        return frozenset(ox.Quad(*triple, self._store.graphs.contacts) for triple in quads)

    def _facts(
        self, node: ox.NamedNode, one: Field, text: str
    ) -> Iterable[tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]]:
        path = ox.NamedNode(one.path[0])
        if "source" in one.links_to:
            # Not a source of the data: where somebody's number comes from may name them.
            source = _source(node)
            return (
                (node, path, source),
                (source, TYPE, ox.NamedNode(PN.Source)),
                (source, _TITLE, ox.Literal(text)),
            )
        if one.links_to:
            labels.require(self._store, "actor", text)
            return ((node, path, ox.NamedNode(f"{self._store.base_iri}actor/{text}")),)
        return ((node, path, written.read(one, text)),)

    def _is_about(self, change: Change, iri: str) -> bool:
        return any(f"<{iri}>" in str(quad.object) for quad in self._quads(ox.NamedNode(change.iri)))


def _source(node: ox.NamedNode) -> ox.NamedNode:
    return ox.NamedNode(f"{node.value}/source")


def _telling(contact: Contact) -> list[str]:
    """What tells the person apart wherever it stands."""
    return [contact.texts[name] for name in ("name", "email", "telephone") if len(contact.texts[name]) > 3]
