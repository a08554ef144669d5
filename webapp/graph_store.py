"""SPARQL 1.1 Graph Store Protocol: whole graphs by their names, to read for all who may, to write with a token."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, NoReturn

from flask import Blueprint, Response, request, url_for
from flask_babel import gettext as _

from graph import graph_store as whole
from webapp import access, current, negotiation, rights
from webapp.security import csrf

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import werkzeug.datastructures

blueprint = Blueprint("graph_store", __name__)
# Programs have no form token of ours; who may write is decided by `webapp.access`.
csrf.exempt(blueprint)

_METHODS = ["GET", "PUT", "POST", "DELETE"]


@blueprint.route("/graph-store", methods=_METHODS, strict_slashes=False)
@blueprint.route("/graph-store/<path:name>", methods=_METHODS, endpoint="direct")
def graph_store(name: str | None = None) -> Response:
    """One graph: named by `graph=IRI`, by `default`, or by the address itself; none for a new or for all of it."""
    graph = request.base_url if name else _named()
    answer: Callable[[str | None], Response] = {"PUT": _put, "POST": _post, "DELETE": _delete}.get(request.method, _get)
    if graph is None and "default" not in request.args:
        whole: Mapping[str, Callable[[str | None], Response]] = {"PUT": _put_everything, "POST": _post_new}
        answer = whole.get(request.method, _unnamed if request.method == "DELETE" else _get_everything)
    return answer(graph)


def _named() -> str | None:
    names = request.args.getlist("graph")
    if len(names) + ("default" in request.args) > 1:
        access.refuse(400, _("Bitte nur einen Graphen nennen: graph=… oder default."))
    return names[0] if names else None


def _unnamed(_graph: str | None) -> NoReturn:
    access.refuse(400, _("Welcher Graph? Bitte graph=IRI oder default angeben."))


def _get(graph: str | None) -> Response:
    dataset = current.dataset()
    media_type = negotiation.best(request.accept_mimetypes, tuple(whole.FORMATS))
    if media_type is None:
        access.refuse(406, _("Diese Antwort gibt es als %(formats)s.", formats=", ".join(whole.FORMATS)))
    body = whole.graph_content(dataset, graph, dataset.graphs.readable(rights.asker().level), media_type)
    response = Response(body, content_type=f"{media_type}; charset=utf-8")
    response.vary.add("Accept")
    return response


def _get_everything(_graph: str | None) -> Response:
    """All graphs at once; by default as TriG."""
    media_type = negotiation.best(request.accept_mimetypes, whole.DATASETS)
    if media_type is None:
        _unnamed(None)
    dataset = current.dataset()
    body = whole.everything(dataset, dataset.graphs.readable(rights.asker().level), media_type)
    response = Response(body, content_type=f"{media_type}; charset=utf-8")
    response.vary.add("Accept")
    return response


def _put(graph: str | None) -> Response:
    author = access.require_update()
    (given,) = _given(graph)
    is_new = whole.put_graph(current.dataset(), graph, given, author=author)
    return Response(status=201 if is_new else 204)


def _post(graph: str | None) -> Response:
    author = access.require_update()
    is_new = whole.post_graph(current.dataset(), graph, _given(graph), author=author)
    return Response(status=201 if is_new else 204)


def _post_new(_graph: str | None) -> Response:
    """A graph under a name of its own; the answer says which."""
    author, name = access.require_update(), secrets.token_hex(8)
    dataset = current.dataset()
    graph = whole.new_graph(dataset, url_for("graph_store.direct", name=name, _external=True), name)
    whole.post_graph(dataset, graph, _given(graph), author=author)
    return Response(status=201, headers={"Location": graph}, content_type="text/plain; charset=utf-8")


def _put_everything(_graph: str | None) -> Response:
    """All graphs at once, of a plain dataset only."""
    access.require_update()
    dataset = current.dataset()
    if not current.is_scratch():
        _unnamed(None)
    (given,) = _given(None)
    whole.put_everything(dataset, given)
    return Response(status=204)


def _delete(graph: str | None) -> Response:
    whole.delete_graph(current.dataset(), graph, author=access.require_update())
    return Response(status=204)


def _given(graph: str | None) -> list[whole.Given]:
    """The RDF of the request; of a form with files that of each."""
    base = graph or request.base_url
    if request.mimetype == "multipart/form-data":
        files = [file for _name, file in request.files.items(multi=True)]
        if not files or (request.method == "PUT" and len(files) > 1):
            access.refuse(400, _("In der Sendung ist keine Datei mit RDF, oder es sind zu viele."))
        return [whole.Given(file.read(), _media_type(file), base) for file in files]
    return [whole.Given(request.get_data(), _media_type(request), base)]


def _media_type(part: werkzeug.datastructures.FileStorage | object) -> str:
    media_type = str(getattr(part, "mimetype", "")) or "text/turtle"
    if media_type not in whole.FORMATS:
        formats = ", ".join(whole.FORMATS)
        access.refuse(415, _("%(type)s lesen wir nicht. Möglich sind: %(formats)s.", type=media_type, formats=formats))
    return media_type
