"""Save a form: what was typed against what is stored now, as one change; what others changed meanwhile is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from graph import changes, checks
from graph.editing.alike import alike
from graph.editing.companions import link_quads, read_pairs
from graph.editing.facts import Facts, entry_iri, facts, facts_at, later_changes
from graph.editing.form import editable, text_of
from graph.editing.links import directory_of
from graph.editing.naming import new_slug
from graph.editing.reading import Created, Problem, Reader, named
from graph.editing.statements import differences
from graph.errors import BadFields, EditConflict, NotFound
from ontology.terms import RDF, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from graph.changes import Change
    from graph.checks import Finding
    from graph.editing.companions import Pairs
    from graph.store import Store
    from ontology.schema import Field

    Term = ox.NamedNode | ox.Literal
    Values = dict[str, frozenset[Term]]


@dataclass(frozen=True)
class Saved:
    """What a save came to.

    Attributes:
        change: the change; its id is "" if there was nothing to change.
        kind, slug, label: the entry.
        created: linked entries that were made along the way.
        warnings: what is still missing about the entry.
        merged: names of fields that others changed since the form was drawn; their values were kept.
    """

    change: Change
    kind: str
    slug: str
    label: str
    created: tuple[Created, ...] = ()
    warnings: tuple[Finding, ...] = ()
    merged: tuple[str, ...] = ()


@dataclass(frozen=True)
class Disagreement:
    """A field that two people changed differently: texts before, one's own, and what stands there now."""

    field: str
    was: tuple[str, ...]
    mine: tuple[str, ...]
    theirs: tuple[str, ...]


def save(  # noqa: PLR0913  # what, where, who, why, and against what it was drawn
    store: Store,
    kind: str,
    slug: str | None,
    texts: Mapping[str, Sequence[str]],
    *,
    author: str,
    reason: str = "",
    version: int | None = None,
    anyway: bool = False,
    links: Pairs | None = None,
) -> Saved:
    """Save what was typed about one entry.

    Args:
        store: where.
        kind: entity type.
        slug: which entry; None makes a new one, its address made from its name.
        texts: what the fields shall say, by field name, as `form` draws them; a field that is not mentioned stays as it
            is, one with no (or only blank) texts is emptied. A link is a name, a slug or `type/slug`; "neu: Name" makes
            the linked entry in the same change; a source may be an address or a title.
        author: who.
        reason: why; by default the entry's name.
        version: the data version the form was drawn at: what others changed since is merged.
        anyway: make new entries even if there are some of (nearly) that name.
        links: links to be added in the same change, see `graph.editing.companions`: by entity type, pairs of what is
            chosen and the other entry, {"involvement": [("Träger", "Schule am Park")]}.

    Raises:
        BadFields: texts that cannot be read, links that name nothing or too much, new entries that exist already.
        EditConflict: others changed the same fields differently since `version`, or withdrew the entry.
        Invalid: the shapes forbid it; each finding names its field.
        NotFound: no such entry. BadInput: no author.
    """
    with store.writer:
        draft = _Draft(store, kind, slug, version, Reader(store, anyway))
        return draft.save(texts, links or {}, author, reason)


class _Draft:
    """One entry while it is being saved."""

    def __init__(self, store: Store, kind: str, slug: str | None, version: int | None, reader: Reader) -> None:
        self._store, self._kind, self._slug, self._reader = store, editable(kind), slug, reader
        self._subject = entry_iri(store, kind, slug) if slug else None
        nothing = Facts(ox.NamedNode(store.base_iri), frozenset())
        self._now = facts(store, self._kind, self._subject) if self._subject else nothing
        self._was = self._now
        if self._subject and version is not None and version < store.version:
            self._was = facts_at(store, self._kind, self._now, version)
        if slug and not self._now and not self._was:
            raise NotFound(kind, slug)

    def save(self, texts: Mapping[str, Sequence[str]], pairs: Pairs, author: str, reason: str) -> Saved:
        reader, fields = self._reader, [one for one in self._kind.fields if one.name in texts]
        mine = {one.name: reader.terms(one, texts[one.name], (self._was, self._now)) for one in fields}
        links = read_pairs(reader, self._kind.name, pairs)
        if self._slug and not self._now:
            raise EditConflict("edit", self._slug, (), (), dict(texts), self._store.version)
        if not self._slug:
            reader.problems += self._without_class(mine)
        if not self._slug and not reader.anyway:
            reader.problems += self._same_name(mine, fields)
        if reader.problems:
            raise BadFields("fields", self._kind.name, (), tuple(reader.problems))
        wanted = self._merged(fields, mine, texts)
        self._keep_old_name(wanted)
        slug = self._slug or new_slug(self._store, self._kind, wanted, [one.slug for one in reader.created])
        subject = entry_iri(self._store, self._kind.name, slug)
        removed, added = differences(self._store, self._kind, self._now, subject, wanted)
        sources = frozenset() if self._slug else wanted.get("source", frozenset())
        added |= {*reader.quads, *link_quads(self._store, subject, links, sources)}
        label = self._label(wanted) or slug
        why = reason.strip() or f"{self._kind.label['de']}: {label}"
        change = changes.commit(self._store, added=added, removed=removed, author=author, reason=why)
        found = checks.about(self._store, [subject.value]) if change.id else []
        warnings = tuple(one for one in found if one.severity == "warning")
        return Saved(change, self._kind.name, slug, label, tuple(reader.created), warnings, self._others_changed(mine))

    def _without_class(self, mine: Values) -> Iterator[Problem]:
        """Whether a new entry must say of which class it is: of several, none of which is what it is in any case."""
        classes = [one.rpartition("#")[2] for one in self._kind.classes]
        typed = next((one for one in self._kind.fields if one.path == (RDF.type,)), None)
        if typed and typed.name not in mine and classes[0].casefold() != self._kind.name:
            yield Problem(typed.name, "", "choice", tuple(classes))

    def _same_name(self, mine: Values, fields: Sequence[Field]) -> Iterator[Problem]:
        """Whether a new entry may be one that exists."""
        if found := named(mine, fields):
            one, name = found
            directory, kinds = directory_of(self._store), (self._kind.name,)
            options = tuple(directory.option(iri, kinds) for iri in alike(self._store, self._kind.name, name))
            if options:
                yield Problem(one.name, name, "alike", (), options)

    # merging

    def _merged(self, fields: Sequence[Field], mine: Values, texts: Mapping[str, Sequence[str]]) -> Values:
        """What each field shall say after both this and what others saved meanwhile."""
        wanted: Values = {}
        against: list[Disagreement] = []
        for one in fields:
            was, now = frozenset(self._was.of(one)), frozenset(self._now.of(one))
            own = mine[one.name]
            if now in (was, own):
                wanted[one.name] = own
            elif own == was:
                wanted[one.name] = now
            elif one.many:
                wanted[one.name] = (now - (was - own)) | (own - was)
            else:
                typed = tuple(filter(str.strip, texts[one.name]))
                against.append(Disagreement(one.name, self._texts(one, was), typed, self._texts(one, now)))
        if against:
            disputed = {one.field for one in against}
            merged = {
                one.name: self._redrawn(one, mine, wanted, texts) for one in fields if one.name not in disputed
            } | {one.field: one.mine for one in against}
            raise EditConflict("edit", self._slug or "", (), tuple(against), merged, self._store.version)
        return wanted

    def _redrawn(self, one: Field, mine: Values, wanted: Values, texts: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
        """A field that is not disputed, as it stands in the form that comes back."""
        if mine[one.name] == wanted[one.name]:
            return tuple(texts[one.name])
        others = self._texts(one, wanted[one.name] - mine[one.name])
        gone = set(self._texts(one, mine[one.name] - wanted[one.name]))
        return (*(text for text in texts[one.name] if text not in gone), *others)

    def _others_changed(self, mine: Values) -> tuple[str, ...]:
        fields = [one for one in self._kind.fields if one.name in mine]
        return tuple(one.name for one in fields if set(self._was.of(one)) != set(self._now.of(one)))

    def _texts(self, one: Field, terms: frozenset[Term]) -> tuple[str, ...]:
        directory = directory_of(self._store)
        return tuple(sorted(text_of(directory, one, term) for term in terms))

    # what follows from what was typed

    def _keep_old_name(self, wanted: Values) -> None:
        """A name that is replaced stays as another name, so that the entry is still found by it."""
        name = next((one for one in self._kind.fields if one.path == (SKOS.prefLabel,) and one.language == "de"), None)
        other = next((one for one in self._kind.fields if one.path == (SKOS.altLabel,)), None)
        if name is None or other is None or not self._slug or not wanted.get(name.name):
            return
        old = frozenset(self._now.of(name))
        if old - wanted[name.name]:
            others = wanted.get(other.name, frozenset(self._now.of(other)))
            wanted[other.name] = (others | (old - wanted[name.name])) - wanted[name.name]

    def _label(self, wanted: Values) -> str:
        """The name the entry will have, else what it links."""
        if found := named(wanted, self._kind.fields):
            return found[1]
        stored = {one.name: frozenset(self._now.of(one)) for one in self._kind.fields}
        if found := named(stored, self._kind.fields):
            return found[1]
        links = (one for one in self._kind.fields if one.links_to and one.required)
        texts = (self._texts(one, wanted.get(one.name, stored[one.name])) for one in links)
        return " – ".join(text[0] for text in texts if text)


def who_changed(store: Store, kind: str, slug: str, version: int) -> tuple[Change, ...]:
    """The changes after a data version that touched an entry, newest first."""
    subject = entry_iri(store, kind, slug)
    return tuple(
        change
        for change in later_changes(store, version)
        if any(quad.subject == subject for quads in changes.quads(store, change.id) for quad in quads)
    )
