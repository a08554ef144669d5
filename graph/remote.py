"""A dataset kept on a SPARQL 1.1 server elsewhere instead of a directory here.

The server is the truth; what is read is a copy in memory, as with a directory, so that every query gives the same
answer whatever the server is. A change is one update that only works on the data version it was made for: two
instances on one server cannot overwrite each other's changes, the second is told.
"""

from __future__ import annotations

import base64
from functools import cached_property
from http.client import HTTPException
from typing import TYPE_CHECKING
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit, urlunsplit
from urllib.request import Request, urlopen

import pyoxigraph as ox

from graph.datadir import checked_base_iri
from graph.errors import BadInput, StoreOutdated, StoreUnreachable
from graph.remote_text import POSITION, data, dressed, is_small, parts, undressed
from ontology.terms import PN

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_JSON = "application/sparql-results+json"
"""Not XML: pyoxigraph drops the space around a text there."""
_SECONDS = 120
_LOOKED_AT = 12
_VERSION = f"<{PN.dataVersion}>"
_KEPT = "graph/history"


class RemoteDirectory:
    """A server in the place of a data directory; see `graph.datadir.DataDirectory`.

    Args:
        url: of queries and updates; one that ends in "/query" takes updates at "/update".
        path: folder for what is kept beside the data (accounts, layout); None for nowhere.
        base_iri: for a server without data of ours; else only compared.

    Raises:
        StoreUnreachable: no answer, or not the one a SPARQL server gives.
        BadInput: no address, or not the base IRI the server keeps.
    """

    def __init__(self, url: str, path: Path | None, base_iri: str | None) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise BadInput("store", url, ("http://…", "https://…"))
        self.path = path
        host = parts.hostname + (f":{parts.port}" if parts.port else "")
        self.url = urlunsplit((parts.scheme, host, parts.path, parts.query, ""))
        login = f"{parts.username}:{parts.password or ''}" if parts.username else ""
        self._headers = {"Authorization": f"Basic {base64.b64encode(login.encode()).decode()}"} if login else {}
        self.base_iri = self._found_base_iri(base_iri)
        self._version = self._stored_version()

    def dump(self) -> bytes:
        """All that is kept there of ours, as N-Quads.

        Raises:
            StoreUnreachable: also if the server cuts long answers; the reason says how many lines came.
        """
        scope = f'GRAPH ?g {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?g), "{self.base_iri}graph/"))'
        (count,) = self._rows(f"SELECT (COUNT(*) AS ?n) {{ {scope} }}")
        quads = [
            ox.Quad(row["s"], row["p"], row["o"], row["g"]) for row in self._rows(f"SELECT ?g ?s ?p ?o {{ {scope} }}")
        ]
        expected = int(getattr(count["n"], "value", 0))
        if len(quads) != expected:
            raise StoreUnreachable(self.url, f"{len(quads)} of {expected} lines came: raise its limit on results")
        try:
            return ox.serialize(undressed(quads), format=ox.RdfFormat.N_QUADS) or b""
        except ValueError as error:
            raise StoreUnreachable(self.url, str(error)) from error

    def write(self, removed: set[ox.Quad], added: set[ox.Quad], outdated: set[ox.Quad]) -> None:
        """Remove and add quads; those that make the new version come last, in one update with the old version gone.

        Raises:
            StoreOutdated: somebody else has changed the data there; nothing was changed.
            StoreUnreachable: no answer, or a refusal; what was written before it is taken back if that is possible.
        """
        version = {quad for quad in added if quad.predicate.value == PN.dataVersion}
        rest, gone = self._dressed(added - version), self._dressed(removed - outdated)
        if self._stored_version() != self._version:
            raise StoreOutdated(self.url)
        if is_small([*rest, *gone]):
            self._swap({*gone, *outdated}, {*rest, *version})
            if not self._is_exact:
                # Virtuoso leaves texts with umlauts and a language where one update is about several graphs.
                self._each("DELETE", gone)
            return
        try:
            self._each("DELETE", gone)
            self._each("INSERT", rest)
            self._swap(outdated, version)
        except (StoreUnreachable, StoreOutdated):
            self._restore(gone, rest)
            raise

    def close(self) -> None:
        """Nothing is held open."""

    def _swap(self, removed: Iterable[ox.Quad], added: Iterable[ox.Quad]) -> None:
        """Remove and add, if the version there is still the one we know."""
        history = f"<{self.base_iri}{_KEPT}>"
        known = f"{history} {_VERSION} {ox.Literal(self._version)}"
        # Not FILTER NOT EXISTS: Virtuoso takes it for true in an update without another pattern.
        unknown = f"{{ SELECT (COUNT(?v) AS ?n) {{ GRAPH {history} {{ {history} {_VERSION} ?v }} }} }} FILTER(?n = 0)"
        condition = f"GRAPH {history} {{ {known} }}" if self._version else unknown
        self._update(f"DELETE {{\n{data(removed)}}}\nINSERT {{\n{data(added)}}}\nWHERE {{ {condition} }}")
        # Somebody else may have come first by a moment, with a version of the same number: are these our quads?
        ours = sorted(added, key=lambda quad: str(quad.graph_name) != f"<{self.base_iri}{_KEPT}>")[:_LOOKED_AT]
        if not self._are_there(ours):
            raise StoreOutdated(self.url)
        self._version += 1

    def _dressed(self, quads: set[ox.Quad]) -> list[ox.Quad]:
        return list(dressed(quads, is_exact=self._is_exact))

    @cached_property
    def _is_exact(self) -> bool:
        """Whether this server gives back a position as it was given; one that does not has other ways of its own."""
        return [row["x"] for row in self._rows(f"SELECT ({POSITION} AS ?x) {{}}")] == [POSITION]

    def _each(self, verb: str, quads: list[ox.Quad]) -> None:
        for part in parts(quads):
            self._update(f"{verb} DATA {{\n{data(part)}}}")

    def _restore(self, gone: list[ox.Quad], come: list[ox.Quad]) -> None:
        try:
            self._each("DELETE", come)
            self._each("INSERT", gone)
        except StoreUnreachable:  # what made it fail makes this fail too, and is what is told
            return

    def _found_base_iri(self, wanted: str | None) -> str:
        rows = self._rows(f"SELECT ?g {{ GRAPH ?g {{ ?g {_VERSION} ?v }} }}")
        found = sorted({row["g"].value.removesuffix(_KEPT) for row in rows if row["g"].value.endswith(_KEPT)})
        if not found:
            return checked_base_iri(wanted)
        if wanted and wanted not in found:
            raise BadInput("base_iri", wanted, tuple(found))
        if len(found) > 1 and not wanted:
            raise BadInput("base_iri", "", tuple(found))
        return wanted or found[0]

    def _stored_version(self) -> int:
        history = f"<{self.base_iri}{_KEPT}>"
        rows = self._rows(f"SELECT ?v {{ GRAPH {history} {{ {history} {_VERSION} ?v }} }}")
        return max((int(getattr(row["v"], "value", 0)) for row in rows), default=0)

    def _are_there(self, quads: Iterable[ox.Quad]) -> bool:
        """Whether these are among the data there. Counted, because Virtuoso answers ASK with a table of its own."""
        (count,) = self._rows(f"SELECT (COUNT(*) AS ?n) {{\n{data(quads)}}}")
        return int(getattr(count["n"], "value", 0)) > 0

    def _rows(self, text: str) -> list[ox.QuerySolution]:
        body = self._send(self.url, {"query": text})
        try:
            answer = ox.parse_query_results(body, ox.QueryResultsFormat.JSON)
        except (SyntaxError, ValueError) as error:
            raise StoreUnreachable(self.url, f"no SPARQL results: {error}") from error
        return list(answer) if isinstance(answer, ox.QuerySolutions) else []

    def _update(self, text: str) -> None:
        url = f"{self.url.removesuffix('/query')}/update" if self.url.endswith("/query") else self.url
        self._send(url, {"update": text})

    def _send(self, url: str, form: dict[str, str]) -> bytes:
        headers = {**self._headers, "Accept": _JSON, "Content-Type": "application/x-www-form-urlencoded"}
        request = Request(url, urlencode(form).encode(), headers)  # noqa: S310  # http and https only, see above
        try:
            with urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310  # as above
                body: bytes = answer.read()
                return body
        except HTTPError as error:
            reason = f"{error.code} {error.read(300).decode('utf-8', 'replace')}"
            raise StoreUnreachable(self.url, " ".join(reason.split())) from error
        except (URLError, OSError, HTTPException) as error:
            raise StoreUnreachable(self.url, str(getattr(error, "reason", error))) from error
