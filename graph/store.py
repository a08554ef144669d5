"""The store: Oxigraph on disk is the truth, Oxigraph in memory is what is read.

One writer at a time, one atomic update per change, one more data version per update. Nobody writes but
`graph.changes.commit`, which also keeps the history.

Source: Oxigraph keeps no two writers apart on disk (concurrent updates lose values), hence the lock; the same
query is 2–9 times slower on disk than in memory, hence the copy.
"""

from __future__ import annotations

import contextlib
import itertools
import logging
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

import pyoxigraph as ox

import ontology
from graph.cache import Steps, Touched, VersionedCache
from graph.datadir import DataDirectory, change, checked_base_iri, open_directory
from graph.datafiles import note_version, noted_version
from graph.errors import BadInput, StoreDamaged, StoreError, StoreUnwritable
from graph.names import GraphNames
from ontology.terms import PN

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence

    from rdflib import Dataset

    from graph.remote import RemoteDirectory

    Term = ox.NamedNode | ox.BlankNode | ox.Literal
    Results = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples
    Subject = ox.NamedNode | ox.BlankNode | ox.Triple
    Listener = Callable[[frozenset[ox.Quad], frozenset[ox.Quad], int], None]

T = TypeVar("T")
_MANY = 500
"""To derive what follows for more things than these, all are looked at."""
_DATA_VERSION = ox.NamedNode(PN.dataVersion)
_log = logging.getLogger(__name__)


def open_store(path: Path | str | None, *, base_iri: str | None = None) -> Store:
    """Open a data directory, made if nothing is there; `graph.open` is this.

    Args:
        path: the data directory; None for a store in memory that is gone when closed.
        base_iri: what entries' IRIs begin with; kept at first opening, later only compared.

    Raises:
        StoreBusy, StoreForeign, StoreDamaged, StoreUnwritable: about the directory.
        BadInput: `base_iri` is no IRI, or not the one the directory keeps.
    """
    if path is None:
        return Store(checked_base_iri(base_iri), None)
    directory = open_directory(Path(path), base_iri)
    return Store(directory.base_iri, directory)


def open_remote(url: str, path: Path | None = None, *, base_iri: str | None = None) -> Store:
    """Open the dataset on a SPARQL 1.1 server; see `graph.remote`.

    Args:
        url: where it answers queries and takes updates.
        path: a folder of this machine for what is kept beside the data; None for nowhere.
        base_iri: what entries' IRIs begin with, for a server that holds no data of ours yet.

    Raises:
        StoreUnreachable: it does not answer as it should.
        BadInput: no address, or not the base IRI the server keeps.
    """
    from graph.remote import RemoteDirectory

    if path:
        path.mkdir(parents=True, exist_ok=True)
    directory = RemoteDirectory(url, path, base_iri)
    return Store(directory.base_iri, directory)


def open_copy(content: bytes, base_iri: str) -> Store:
    """A store in memory of what `Store.dump` wrote as N-Quads: for a process that works beside the one that has it."""
    return Store(base_iri, None, content)


class Store:
    """An open dataset. Threads may share it; a second process may not (see `graph.sandbox` for queries).

    Attributes:
        base_iri: what every entry's IRI begins with.
        version: the data version, 0 for an empty dataset, one more with each change.
        graphs: the names of its graphs, and who may read which.
        path: the data directory, None in memory.
    """

    def __init__(self, base_iri: str, directory: DataDirectory | RemoteDirectory | None, content: bytes = b"") -> None:
        self.base_iri = base_iri
        self.path = directory.path if directory else None
        self.writer = threading.RLock()
        self._directory = directory
        self._is_kept = directory is not None
        self._memory = ox.Store()
        if directory:
            self._memory.bulk_load(directory.dump(), ox.RdfFormat.N_QUADS, lenient=True)
        self._memory.bulk_load(content, ox.RdfFormat.N_QUADS, lenient=True)
        self.graphs = GraphNames(base_iri, self._memory)
        self._is_unsure = False
        self._listeners: list[Listener] = []
        self._steps = Steps()
        self._cache = VersionedCache(self._steps)
        self.version = self._stored_version()
        self._require_whole()
        self._load_ontology()
        self._refresh_derived()

    def query(
        self,
        text: str,
        bindings: Mapping[str, Term] | None = None,
        graphs: Sequence[ox.NamedNode] | None = None,
    ) -> Results:
        """Answer our own SPARQL, in this process and without a deadline (strangers' goes to `graph.sandbox`).

        Args:
            text: a query.
            bindings: terms for variables, by name; a SELECT must project each of them.
            graphs: what it may read, as default graph (their union) and by GRAPH; default `graphs.knowledge()`; never
                contacts.

        Raises:
            SyntaxError, RuntimeError: the query is wrong, which is a defect of ours.
        """
        wanted = self.graphs.knowledge() if graphs is None else graphs
        names = [name for name in wanted if name != self.graphs.contacts]
        # Both lists, always: together they override FROM, FROM NAMED and GRAPH; one alone leaves a way around.
        return self._memory.query(
            text,
            default_graph=cast("list[Any]", names),
            named_graphs=cast("list[Any]", names),
            substitutions={ox.Variable(name): term for name, term in (bindings or {}).items()},
        )

    def quads(
        self,
        subject: ox.NamedNode | ox.BlankNode | None = None,
        predicate: ox.NamedNode | None = None,
        object: Term | None = None,  # noqa: A002  # the RDF word
        graph: ox.NamedNode | None = None,
        *,
        personal: bool = False,
    ) -> Iterator[ox.Quad]:
        """Quads of that pattern from all graphs.

        Args:
            subject: what they must have; None for anything.
            predicate: likewise.
            object: likewise.
            graph: likewise.
            personal: contacts, too: only for the few modules that keep them (a test names them). Without it nobody
                can hold one in their hands, so it cannot get into a page, a cache, an index or a file by mistake.
        """
        found = self._memory.quads_for_pattern(subject, predicate, object, graph)
        if personal or (graph is not None and graph != self.graphs.contacts):
            return found
        return (quad for quad in found if quad.graph_name != self.graphs.contacts)

    def __contains__(self, quad: ox.Quad) -> bool:
        return quad in self._memory

    def everything(self) -> Iterator[ox.Quad]:
        """All quads of one moment, contacts and history included: for backups."""
        return self._memory.quads_for_pattern(None, None, None, None)

    def version_in(self, quad: ox.Quad) -> int:
        """The data version a quad states; 0 if it states none."""
        is_version = quad.subject == self.graphs.history and quad.predicate == _DATA_VERSION
        return int(cast("ox.Literal", quad.object).value) if is_version else 0

    def dump(
        self,
        format: ox.RdfFormat,  # noqa: A002  # as in pyoxigraph
        graphs: Sequence[ox.NamedNode] | None = None,
        prefixes: dict[str, str] | None = None,
        more: Iterable[ox.Quad] = (),
    ) -> bytes:
        """The dataset as a file's content.

        Args:
            format: formats without named graphs get the union of the graphs.
            graphs: default: what people and imports wrote (data, rounds), without contacts and history.
            prefixes: shown in formats that have them.
            more: what goes along besides; it is for the caller to know that it may.
        """
        names = [*self.graphs.all_data(), self.graphs.rounds] if graphs is None else graphs
        quads: Iterator[ox.Quad] = itertools.chain((quad for name in names for quad in self.quads(graph=name)), more)
        content = quads if format.supports_datasets else iter({quad.triple for quad in quads})
        return cast("bytes", ox.serialize(content, format=format, prefixes=prefixes))

    def dataset(self, role: str = "reader") -> Dataset:
        """A copy as an rdflib `Dataset`, as of this moment: change it freely, the store will not notice.

        Two traps of rdflib: `rdflib.plugins.sparql.prepareQuery` falls back to rdflib's own engine (a thousand times
        slower here; pass query *strings*), and `initBindings` wants each bound variable in the SELECT.

        Args:
            role: whose readable graphs are copied; the default graph is their union.
        """
        from oxrdflib import OxigraphStore
        from rdflib import Dataset

        copy = ox.Store()
        for name in self.graphs.readable(role):
            copy.bulk_extend(self.quads(graph=name))
        return Dataset(store=OxigraphStore(store=copy), default_union=True)

    def apply(self, removed: Iterable[ox.Quad], added: Iterable[ox.Quad]) -> int:
        """Remove and add quads in one step that happens whole or not at all, on disk first.

        Only `graph.changes.commit` calls this: it checks, and keeps the history.

        Returns:
            The new data version.

        Raises:
            BadInput: a quad in a graph that is not written (ontology, derived), or with a blank node.
            StoreUnwritable: the disk refuses; nothing has changed.
        """
        with self.writer:
            version = self.version + 1
            minus, outdated = set(removed), set(self.quads(self.graphs.history, _DATA_VERSION))
            plus = {*added, ox.Quad(self.graphs.history, _DATA_VERSION, ox.Literal(version), self.graphs.history)}
            self._check(minus)
            self._check(plus)
            self._write_disk(minus, plus, outdated)
            change(self._memory, minus, plus, outdated)
            minus |= outdated
            derived_minus, derived_plus = self._refresh_derived({quad.subject for quad in itertools.chain(minus, plus)})
            minus |= derived_minus
            plus |= derived_plus
            if not self._steps.add(version, minus, plus):
                self._prepare(version)
            self.version = version
            self._tell(frozenset(minus), frozenset(plus))
            return version

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Have `listener(removed, added, version)` called after each change, derived quads included, in order.

        It runs in the writer's thread and must be quick; it hears of no contacts. Returns: a function that ends it.
        """
        with self.writer:
            self._listeners.append(listener)

        def end() -> None:
            with contextlib.suppress(ValueError):  # closed meanwhile
                self._listeners.remove(listener)

        return end

    def cached(self, key: Hashable, build: Callable[[], T]) -> T:
        """The value of `build()`, computed once per `key` and data version; threads that ask meanwhile wait for it."""
        return self._cache.value(key, lambda: self.version, build)

    def followed(self, key: Hashable, build: Callable[[], T], renew: Callable[[T, Touched], T]) -> T:
        """As `cached`, for what is large: after small changes only the parts they touched are read again.

        Args:
            key: of the value.
            build: makes it of all the data.
            renew: makes of an older value what `build` would make now, told what has changed since. It reads what is
                there now, so that being told twice does no harm. It leaves the older value as it is: others read it.
        """
        return self._cache.value(key, lambda: self.version, build, renew)

    def trailing(self, key: Hashable, build: Callable[[], T]) -> T:
        """As `cached`, for what takes long: others' last changes may be missing (see `graph.cache.be_content_with`)."""
        return self._cache.trailing(key, lambda: self.version, build)

    def plan_compacting(self) -> None:
        """Promise `compact`, before what is to go for good is removed: if it fails, the next opening does it.

        Raises:
            StoreUnwritable: the disk refuses; nothing is promised.
        """
        self._compact(lambda directory: directory.plan_compacting())

    def compact(self) -> None:
        """Write the disk anew without what was removed: so long its files still hold it.

        Raises:
            StoreUnwritable: the disk refuses; what was removed stays removed, but lingers in the files.
        """
        self._compact(lambda directory: directory.compact())

    def _compact(self, act: Callable[[DataDirectory], None]) -> None:
        with self.writer:
            if isinstance(self._directory, DataDirectory):  # how a server elsewhere keeps its files is its affair
                try:
                    act(self._directory)
                except (OSError, RuntimeError) as error:
                    self._is_unsure = not self._directory.is_open
                    raise StoreUnwritable(self._directory.path, str(error)) from error

    def close(self) -> None:
        """Give the data directory free; a second call does nothing."""
        self._cache.close()
        with self.writer:
            self._listeners.clear()
            if self._directory:
                self._directory.close()
                self._directory = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        # A full disk fails the closing too, and would then be told as damage.
        with contextlib.suppress(StoreError) if kind else contextlib.nullcontext():
            self.close()

    def _stored_version(self) -> int:
        quads = self._memory.quads_for_pattern(self.graphs.history, _DATA_VERSION, None, self.graphs.history)
        return max((int(cast("ox.Literal", quad.object).value) for quad in quads), default=0)

    def _require_whole(self) -> None:
        """A store behind what was acknowledged lost its last changes: a cut log would else pass for an older day."""
        if isinstance(self._directory, DataDirectory) and self.version < (noted := noted_version(self._directory.path)):
            path = self._directory.path
            with contextlib.suppress(StoreDamaged):
                self._directory.close()
            raise StoreDamaged(path, f"version {self.version} < {noted}")

    def _load_ontology(self) -> None:
        for path in ontology.files().values():
            if path.suffix == ".ttl":
                self._memory.load(path=path, format=ox.RdfFormat.TURTLE, to_graph=self.graphs.ontology)

    def _refresh_derived(self, about: set[Subject] | None = None) -> tuple[set[ox.Quad], set[ox.Quad]]:
        """Bring the derived graph up to date; returns what was removed and what was added.

        Args:
            about: of which things; None for all. What a rule says of a thing it concludes from what is said about that
                thing alone (a test holds the rules to it), so the others stay as they are.
        """
        source, derived = [self.graphs.ontology, *self.graphs.all_data()], self.graphs.derived
        if about is None or len(about) > _MANY:
            known, present = self._memory, set(self.quads(graph=derived))
        else:
            known = ox.Store()
            nodes = [one for one in about if not isinstance(one, ox.Triple)]
            known.extend([quad for one in nodes for name in source for quad in self.quads(one, graph=name)])
            present = {quad for one in nodes for quad in self.quads(one, graph=derived)}
        wanted = {
            ox.Quad(triple.subject, triple.predicate, triple.object, derived)
            for _, text in ontology.rules()
            for triple in cast("ox.QueryTriples", known.query(text, default_graph=cast("list[Any]", source)))
        }
        minus, plus = present - wanted, wanted - present
        if minus or plus:
            change(self._memory, minus, plus)
        return minus, plus

    def _check(self, quads: set[ox.Quad]) -> None:
        closed = frozenset((self.graphs.ontology, self.graphs.derived, ox.DefaultGraph()))
        for name in closed & {quad.graph_name for quad in quads}:
            raise BadInput("graph", str(name))
        for quad in quads:
            if isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode):
                raise BadInput("blank node", str(quad))

    def _write_disk(self, minus: set[ox.Quad], plus: set[ox.Quad], outdated: set[ox.Quad]) -> None:
        if not self._is_kept:
            return
        if self._directory is None:
            raise StoreUnwritable(self.path or Path(), "closed")
        if self._is_unsure:
            raise StoreUnwritable(self.path or Path(), "restart")
        try:
            self._directory.write(minus, plus, outdated)
        except (OSError, RuntimeError) as error:
            self._take_back(minus, plus, outdated)
            raise StoreUnwritable(self.path or Path(), str(error)) from error
        if isinstance(self._directory, DataDirectory):
            note_version(self._directory.path, self.version + 1)

    def _prepare(self, version: int) -> None:
        """Have what a large change makes worth building anew built, before the others are told of that change."""
        try:
            self._cache.prepare(version)
        except Exception:  # noqa: BLE001  # committed: what cannot be built now says so to who asks for it
            _log.exception("a value could not be prepared for version %d", version)

    def _take_back(self, minus: set[ox.Quad], plus: set[ox.Quad], outdated: set[ox.Quad]) -> None:
        """Undo on the disk what may have got there although it told us no; if that fails too, write nothing more.

        Else the disk would hold a change nobody knows of, and the next one would bear the same number.
        """
        if not isinstance(self._directory, DataDirectory):  # a server elsewhere changes all at once or nothing
            return
        try:
            change(self._directory.disk, plus - minus, {*minus, *outdated})
        except (OSError, RuntimeError):
            self._is_unsure = True

    def _tell(self, removed: frozenset[ox.Quad], added: frozenset[ox.Quad]) -> None:
        if not self._listeners:
            return
        contacts = self.graphs.contacts
        gone, come = (frozenset(one for one in quads if one.graph_name != contacts) for quads in (removed, added))
        for listener in tuple(self._listeners):
            try:
                listener(gone, come, self.version)
            except Exception:  # noqa: BLE001  # committed: a listener's defect must not look like a failed change
                _log.exception("a listener failed at version %d", self.version)
