"""Linked data about the data: the vocabulary as pages and files, the catalogue record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, abort, current_app, redirect, render_template, request, url_for

import ontology
from graph import vocabulary
from graph.answers import short
from graph.catalog import Place, catalog
from graph.changes import history
from ontology.reference import find_term, reference
from ontology.schema import concepts, entity_types
from webapp import current, export, negotiation, rights, urls

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as AnyResponse

    from ontology.reference import Reference

blueprint = Blueprint("reference", __name__)

TURTLE, HTML, JSON_LD = "text/turtle", "text/html", "application/ld+json"
TYPES = {".ttl": TURTLE, ".jsonld": JSON_LD}


@blueprint.get("/ontology", strict_slashes=False)
def page() -> AnyResponse:
    """All terms; programs that rather read Turtle are led to it."""
    if negotiation.best(request.accept_mimetypes, (HTML, TURTLE)) == TURTLE:
        return redirect(url_for("reference.vocabulary_file"), 303)
    body = render_template(
        "reference/page.html",
        terms=reference(),
        uses=_uses(),
        schemes=sorted({one.scheme for kind in entity_types().values() for one in kind.fields if one.scheme}),
        choices=concepts,
        files=_files(),
        short=_short,
    )
    response = Response(body)
    response.vary.add("Accept")
    return response


@blueprint.get("/ontology/<name>")
def one(name: str) -> str:
    """One term: what it means, what it specialises, where it is written, how often, an example."""
    term = find_term(name)
    if term is None:
        abort(404)
    narrower = [other for other in reference() if term.iri in other.parents]
    return render_template(
        "reference/one.html",
        term=term,
        narrower=narrower,
        used=_uses().get(term.iri),
        example=_example(term),
        kinds=entity_types(),
        short=_short,
        ours=find_term,
    )


@blueprint.get("/ontology.ttl")
@blueprint.get("/ontology/<any(schemes, shapes, context):name>.<any(ttl, jsonld):ending>")
def vocabulary_file(name: str = "pankenetz", ending: str = "ttl") -> Response:
    """One of the files the vocabulary consists of, as it is."""
    path = ontology.files()[name]
    if path.suffix != f".{ending}":
        abort(404)
    return Response(path.read_bytes(), content_type=f"{TYPES[path.suffix]}; charset=utf-8")


@blueprint.get("/catalog.ttl")
@blueprint.get("/void.ttl")
def record() -> Response:
    """What there is, for data catalogues (DCAT-AP.de) and for programs (VoID)."""
    store, level = current.store(), rights.asker().level
    last = store.cached("last-change", lambda: history(store, 1))
    place = Place(
        home=request.url_root,
        publisher=current_app.config["PUBLISHER"],
        is_public=bool(current_app.config.get("PUBLIC")),
        licence=current_app.config["DATA_LICENCE"],
        downloads={
            extension: (url_for("export.download", extension=extension, _external=True), export.TYPES[extension])
            for extension in export.FORMATS
        },
        modified=last[0].time.date() if last else None,
    )
    body = catalog(store, place, store.graphs.readable(level))
    return Response(body, content_type=f"{TURTLE}; charset=utf-8")


def _files() -> dict[str, str]:
    """File name → address."""
    others = (path for name, path in ontology.files().items() if name != "pankenetz")
    return {"ontology.ttl": url_for("reference.vocabulary_file")} | {
        path.name: url_for("reference.vocabulary_file", name=path.stem, ending=path.suffix[1:]) for path in others
    }


def _uses() -> dict[str, vocabulary.Word]:
    store, language = current.store(), current.language()
    words = (*vocabulary.classes(store, language), *vocabulary.properties(store, language))
    return {word.iri: word for word in words}


def _example(term: Reference) -> tuple[str, str] | None:
    """Name and address of an entry that uses the term, if it has a page."""
    used = _uses().get(term.iri)
    found = vocabulary.example(current.store(), used, current.language()) if used else None
    if found is None:
        return None
    address = urls.entry_url(found.kind, found.slug)
    return (found.label, address) if address else None


def _short(iri: str) -> str:
    return short(iri, current.store().base_iri)
