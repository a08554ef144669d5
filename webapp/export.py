"""Taking the data along: everything but contacts and history, as files for other programs."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from flask import Blueprint, abort, render_template, send_file
from flask_babel import lazy_gettext

from graph.export import export, export_all
from webapp import current

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Response

blueprint = Blueprint("export", __name__)

NAME = "quartier"
"""What the files are called."""

FORMATS = {
    "xlsx": (lazy_gettext("Arbeitsmappe"), lazy_gettext("für Excel und LibreOffice, ein Blatt je Liste")),
    "zip": (lazy_gettext("Tabellen (CSV)"), lazy_gettext("für andere Programme, eine Datei je Liste")),
    "trig": (
        lazy_gettext("Alles, nach Quellen getrennt (TriG)"),
        lazy_gettext("um alles anderswo genau so einzulesen"),
    ),
    "ttl": (lazy_gettext("Alles in einem (Turtle)"), lazy_gettext("ohne die Trennung nach Quellen")),
    "jsonld": (lazy_gettext("Alles, nach Quellen getrennt (JSON-LD)"), lazy_gettext("für Programme im Web")),
    "nq": (lazy_gettext("Alles, Zeile für Zeile (N-Quads)"), lazy_gettext("für sehr große Bestände")),
    "graphml": (lazy_gettext("Das Netz (GraphML)"), lazy_gettext("für Gephi, yEd und Cytoscape")),
    "gexf": (lazy_gettext("Das Netz (GEXF)"), lazy_gettext("für Gephi")),
}
"""Extension → what the file is, and what it is for; sheets first, because offices have those."""

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
    "trig": "application/trig",
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "nq": "application/n-quads",
    "graphml": "application/graphml+xml",
    "gexf": "application/gexf+xml",
}


@blueprint.get("/export", strict_slashes=False)
def page() -> str:
    """What can be taken along."""
    return render_template("export/page.html", formats=FORMATS)


@blueprint.get("/export/archive.zip")
def archive() -> Response:
    """Everything in every form, readable without a server: the way out."""
    return _sent(lambda path: export_all(current.store(), path, current.today()), f"{NAME}-archiv.zip", TYPES["zip"])


@blueprint.get("/export.<extension>")
def download(extension: str) -> Response:
    """Everything as one file, written to disk first and sent from there: it may be big."""
    if extension not in FORMATS:
        abort(404)
    return _sent(lambda path: export(current.store(), path), f"{NAME}.{extension}", TYPES[extension])


def _sent(write: Callable[[Path], None], name: str, media_type: str) -> Response:
    with ExitStack() as clearing:
        path = Path(clearing.enter_context(TemporaryDirectory()), name)
        write(path)
        answer = send_file(path, media_type, as_attachment=True, download_name=path.name)
        answer.direct_passthrough = False  # servers that are handed the file itself never say that they are done
        answer.call_on_close(clearing.pop_all().close)
    return answer
