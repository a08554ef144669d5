"""Two entries become one: its links, names and sources are those of both, and nothing either said is lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from graph import changes, entries, labels
from graph.errors import Conflict, NotFound
from graph.merging.clashes import JOINED, WITH_ANOTHER
from graph.merging.draft import Draft, fills, moved, part_of, require
from graph.merging.joining import Dropped, Joiner
from graph.merging.judged import settle
from graph.merging.remarks import remember
from graph.merging.traces import REPLACED
from ontology.schema import entity_types

if TYPE_CHECKING:
    from collections.abc import Collection

    from graph.changes import Change
    from graph.store import Store
    from ontology.schema import EntityType, Field

MERGEABLE: Final = frozenset({"actor", "programme", "place", "project", "event"})
"""Entry types whose entries can be merged and split."""


@dataclass(frozen=True)
class Merged:
    """What a merge did.

    Attributes:
        change: the one change it is.
        slug: of the entry that stays.
        moved: how many links of the gone entry lead to it now.
        dropped: links that went, because they became double or would have led to itself.
    """

    change: Change
    slug: str
    moved: int
    dropped: tuple[Dropped, ...]


def merge(  # noqa: PLR0913  # which two, who, and what a person chose
    store: Store,
    kind: str,
    keep: str,
    gone: str,
    author: str,
    *,
    chosen: Collection[str] = (),
    gone_kind: str = "",
    reason: str = "",
) -> Merged:
    """Make two entries one, as one change.

    Args:
        store: where.
        kind: entity type of the one that stays.
        keep: slug of the one that stays.
        gone: slug of the one that goes; its address leads to the other one from now on.
        author: who says so.
        chosen: names of fields for which the value of the one that goes is to stand; what yields becomes another name
            or a remark.
        gone_kind: entity type of the one that goes, if it is another.
        reason: why, may be blank.

    Raises:
        NotFound: one of them does not exist, or is of a type that is not merged.
        Conflict: they cannot be one; the reason is "same entry" or "kinds".
        Invalid: the shapes forbid what would come out.
    """
    if kind not in MERGEABLE:
        raise NotFound("list", kind)
    if gone_kind and gone_kind != kind:
        raise Conflict("merge", gone, ("kinds", kind, gone_kind))
    if keep == gone:
        raise Conflict("merge", gone, ("same entry",))
    with store.writer:
        work = _Merge(store, entity_types()[kind], keep, gone, frozenset(chosen))
        work.run(author)
        names = (work.label(work.gone), work.label(work.keep))
        change = changes.commit(
            store,
            added=work.draft.added,
            removed=work.draft.removed,
            author=author,
            reason=reason.strip() or " → ".join(names),
        )
    return Merged(change, keep, work.links, tuple(work.dropped))


class _Merge:
    """One merge while it is worked out."""

    def __init__(self, store: Store, kind: EntityType, keep: str, gone: str, chosen: frozenset[str]) -> None:
        self.draft = Draft(store)
        self.keep, self.gone = (entries.iri(store.base_iri, kind, slug) for slug in (keep, gone))
        for node in (self.keep, self.gone):
            require(store, kind, node)
        self._store, self._kind, self._chosen = store, kind, chosen
        self.links = 0
        self.dropped: list[Dropped] = []

    def run(self, author: str) -> None:
        """Fill `draft`."""
        called = [str(quad.object.value) for quad in self._names(self.gone)]  # type: ignore[union-attr]  # names are texts
        single = {field.name: field for field in self._kind.fields if not field.many}
        own = list(self.draft.stored(self.gone))
        for name, field in single.items():
            if name not in WITH_ANOTHER:
                self._field(field)
        for quad in own:
            if not any(fills(field, quad) for field in single.values()):
                self._hand_over(quad)
        self._tidy_names()
        self._tidy_period()
        nodes = self._links()
        joiner = Joiner(self.draft, self.keep)
        joiner.tidy(nodes)
        self.dropped += joiner.dropped
        settle(self.draft, self.keep, self.gone, called, author)
        self.draft.add(ox.Quad(self.gone, REPLACED, self.keep, self._store.graphs.data("office")))

    def label(self, node: ox.NamedNode) -> str:
        """What an entry was called before."""
        return labels.labels(self._store, "de").get(node.value, node.value.rpartition("/")[2])

    def _names(self, node: ox.NamedNode) -> list[ox.Quad]:
        fields = [field for field in self._kind.fields if field.name in ("name", "short_name", "other_names")]
        return [quad for field in fields for quad in self.draft.values(node, field)]

    # the entry's own facts

    def _field(self, field: Field) -> None:
        """A field that holds one value: the other's if this one has none, else the chosen one."""
        ours, theirs = self.draft.values(self.keep, field), self.draft.values(self.gone, field)
        same = self._said(ours) == self._said(theirs)
        if not theirs or not ours or same:
            for quad in theirs:
                self._hand_over(quad, is_known=bool(ours))
        elif field.name in JOINED:
            self._join(field, ours, theirs)
        else:
            loser, node = (ours, self.keep) if field.name in self._chosen else (theirs, self.gone)
            remember(self.draft, self._kind, self.keep, field, loser, whose=self.label(node), sources_of=node)
            if loser is ours:
                for quad in ours:
                    self._take_out(quad)
            for quad in theirs:
                self._hand_over(quad, is_known=loser is theirs)

    def _said(self, quads: list[ox.Quad]) -> set[object]:
        """The values behind first steps: of a geometry what it says, of all others the values themselves."""
        found: set[object] = set()
        for quad in quads:
            if part_of(quad.object, self.keep) or part_of(quad.object, self.gone):
                found |= {(fact.predicate, fact.object) for fact in self.draft.facts(quad.object)}
            else:
                found.add(quad.object)
        return found

    def _hand_over(self, quad: ox.Quad, *, is_known: bool = False) -> None:
        """Move a fact to the kept entry; `is_known`: only take it away, the kept entry says something itself."""
        parts = list(self.draft.facts(quad.object)) if part_of(quad.object, self.gone) else []
        for each in (quad, *parts):
            self.draft.remove(each)
            after = moved(each, self.gone, self.keep)
            if is_known:
                continue
            if after.object == self.keep:
                self._report_self(each)
            else:
                self.draft.add(after)

    def _take_out(self, quad: ox.Quad) -> None:
        for each in (quad, *(self.draft.facts(quad.object) if part_of(quad.object, self.keep) else ())):
            self.draft.remove(each)

    def _join(self, field: Field, ours: list[ox.Quad], theirs: list[ox.Quad]) -> None:
        """The later of two confirmations; two remarks one after the other."""
        texts = [[str(quad.object.value) for quad in quads] for quads in (ours, theirs)]  # type: ignore[union-attr]  # both fields hold texts
        text = max(*texts[0], *texts[1]) if field.name == "last_confirmed" else "\n".join([*texts[0], *texts[1]])
        for quad in (*ours, *theirs):
            self.draft.remove(quad)
        self.draft.add(ox.Quad(self.keep, ours[0].predicate, entries.term(field, text), ours[0].graph_name))

    def _tidy_names(self) -> None:
        """What is the name now is no other name any more."""
        fields = {field.name: field for field in self._kind.fields}
        if "other_names" in fields:
            name = {quad.object for quad in self.draft.values(self.keep, fields["name"])}
            for quad in self.draft.values(self.keep, fields["other_names"]):
                if quad.object in name:
                    self.draft.remove(quad)

    def _tidy_period(self) -> None:
        """A beginning of the one after the end of the other: what came last yields."""
        fields = {field.name: field for field in self._kind.fields if field.name in ("start", "end")}
        if len(fields) < 2:
            return
        start, end = (self.draft.values(self.keep, fields[name]) for name in ("start", "end"))
        if not start or not end or not _is_after(start[0], end[0]):
            return
        new = [name for name, quads in (("start", start), ("end", end)) if quads[0] in self.draft.added]
        if len(new) == 1:
            quads, field = (start if new == ["start"] else end), fields[new[0]]
            said_by = self.label(self.gone)
            remember(self.draft, self._kind, self.keep, field, quads, whose=said_by, sources_of=self.gone)
            for quad in quads:
                self.draft.remove(quad)

    # what leads to it

    def _links(self) -> set[ox.NamedNode]:
        """Lead all links to the kept entry; returns the links that are entries of their own."""
        nodes = set()
        for quad in list(self.draft.pointing(self.gone)):
            if quad.subject == self.gone:
                continue
            self.draft.remove(quad)
            if quad.subject == self.keep:
                self._report_self(quad)
                continue
            self.draft.add(moved(quad, self.gone, self.keep))
            self.links += quad.predicate != REPLACED
            nodes.add(quad.subject)
        return nodes  # type: ignore[return-value]  # the store holds no blank nodes

    def _report_self(self, quad: ox.Quad) -> None:
        ends = (self.label(self.gone), self.label(self.keep))
        label = " – ".join(ends if quad.subject == self.gone else ends[::-1])
        self.dropped.append(Dropped("self", label, self._kind.name))


def _is_after(start: ox.Quad, end: ox.Quad) -> bool:
    """Whether a day known as exactly as it is lies surely after another."""
    texts = [str(quad.object.value) for quad in (start, end)]  # type: ignore[union-attr]  # days are literals
    length = min(map(len, texts))
    return texts[0][:length] > texts[1][:length]
