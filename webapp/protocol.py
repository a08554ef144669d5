"""What a request asks by the SPARQL 1.1 Protocol: by GET, by POST of a form, by POST of the text itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from flask import request
from flask_babel import gettext as _

from webapp.access import refuse

FORM, QUERY, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"


@dataclass(frozen=True)
class Asked:
    """What a request asks.

    Attributes:
        operation: "query", "update", or "" if there is neither.
        text: the query or update.
        format: short name of the wanted form ("csv"), "" to go by `Accept`.
        default: IRIs of the default graph (of an update: its using-graph-uri); None if none was chosen.
        named: likewise the named graphs.
    """

    operation: Literal["query", "update", ""] = ""
    text: str = ""
    format: str = ""
    default: tuple[str, ...] | None = None
    named: tuple[str, ...] | None = None


def asked() -> Asked:  # noqa: RET503  # to refuse is to end the request
    """Read the request; what the protocol does not allow ends it with a sentence."""
    if request.method != "POST":
        return _from_parameters()
    if request.mimetype == FORM:
        return _from_parameters()
    if request.mimetype == QUERY:
        return _with_dataset("query", _body())
    if request.mimetype == UPDATE:
        return _with_dataset("update", _body())
    refuse(
        415,
        _(
            "Eine Abfrage kommt als %(form)s oder als %(query)s, eine Änderung auch als %(update)s.",
            form=FORM,
            query=QUERY,
            update=UPDATE,
        ),
    )


def _from_parameters() -> Asked:
    parameters = request.form if request.method == "POST" else request.args
    queries, updates = parameters.getlist("query"), parameters.getlist("update")
    if len(queries) + len(updates) > 1:
        refuse(400, _("Bitte nur eine Abfrage auf einmal."))
    if updates and request.method != "POST":
        refuse(405, _("Änderungen kommen per POST."))
    if updates:
        return _with_dataset("update", updates[0])
    return _with_dataset("query" if queries else "", "".join(queries))


def _with_dataset(operation: Literal["query", "update", ""], text: str) -> Asked:
    """The dataset may be in the address too, even when the text is in the form."""
    kinds = ("using-graph-uri", "using-named-graph-uri") if operation == "update" else _DATASET
    default, named = (tuple(request.values.getlist(kind)) or None for kind in kinds)
    name = request.values.get("format", "")
    return Asked(operation, text, _ALSO_CALLED.get(name, name), default, named)


_ALSO_CALLED = {"turtle": "ttl", "json-ld": "jsonld", "rdf+xml": "rdfxml", "rdf": "rdfxml", "ntriples": "nt"}
"""What programs call formats; SPARQLWrapper sends such a name beside its Accept."""
_DATASET = ("default-graph-uri", "named-graph-uri")


def _body() -> str:  # as above
    try:
        return request.get_data().decode("utf-8")
    except UnicodeDecodeError:
        refuse(400, _("Die Abfrage ist kein Text in UTF-8."))
