"""What an IRI leads to: people to the page of the entry, programs to its RDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, redirect, request, url_for

from graph import directory, merging
from graph.errors import NotFound
from ontology.schema import entity_types
from webapp import current, urls

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as BaseResponse

blueprint = Blueprint("ids", __name__, url_prefix="/id")

_PAGE = "text/html"


@blueprint.get("/<segment>/<slug:slug>")
def resolve(segment: str, slug: str) -> BaseResponse:
    """303 to the page, or by `Accept` to Turtle, JSON-LD or N-Triples."""
    kind = _kind(segment)
    by_type = {media_type: ending for ending, (media_type, _) in directory.FORMATS.items()}
    wanted = request.accept_mimetypes.best_match([_PAGE, *by_type], default=_PAGE)
    page = urls.entry_url(kind, slug)
    if wanted == _PAGE and page:
        answer = redirect(page, 303)
    else:
        answer = redirect(url_for("ids.data", segment=segment, slug=slug, ending=by_type.get(wanted, "ttl")), 303)
    answer.vary.add("Accept")
    return answer


@blueprint.get("/<segment>/<slug:slug>.<any(ttl,jsonld,nt):ending>")
def data(segment: str, slug: str, ending: str) -> BaseResponse:
    """All that is said about the entry, for programs; one that was merged leads on."""
    if after := merging.replaced_by(current.store(), _kind(segment), slug):
        return redirect(url_for("ids.data", segment=segment, slug=after, ending=ending), 303)
    body = directory.description(current.store(), _kind(segment), slug, ending)
    return Response(body, content_type=f"{directory.FORMATS[ending][0]}; charset=utf-8")


def _kind(segment: str) -> str:
    """The entry type whose IRIs have that segment, if it has pages."""
    for kind in entity_types().values():
        if kind.segment == segment and kind.graph not in urls.HIDDEN_GRAPHS:
            return kind.name
    raise NotFound("list", segment)
