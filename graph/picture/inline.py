"""What the one-file picture is made of: its template, scripts and style, and the policy that admits exactly these."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Sequence

MODULES = (
    "network-shapes.js", "network-nodes.js", "network-names.js", "network-layer.js", "network-edges.js",
    "network-camera.js", "network-neighbours.js", "network-picture.js",
)  # fmt: skip
"""The explorer's drawing, a module before those that import it."""

_IMPORT = re.compile(r"^import .*;\n", re.MULTILINE)


@cache
def templates() -> Environment:
    """The page's own template, everything in it escaped."""
    return Environment(
        loader=PackageLoader("graph.picture", "page"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )


@cache
def scripts() -> tuple[str, str]:
    """The scripts of the page, in order: vis-network, then our drawing and the start of the page as one module.

    They are read as data from the folder browsers fetch them from, so that picture and explorer draw alike. What the
    drawing's modules import from each other stands in the same script here, so their import lines go.
    """
    static = files("webapp") / "static"
    library = (static / "vendor" / "vis-network" / "vis-network.min.js").read_text("utf-8")
    library = library.rsplit("//# sourceMappingURL", 1)[0]
    modules = [(static / name).read_text("utf-8") for name in MODULES]
    drawing = "\n".join(_IMPORT.sub("", module) for module in (*modules, asset("picture.js")))
    if any("</script" in script.lower() or "<!--" in script for script in (library, drawing)):
        raise ValueError("a script would end its own element")
    return library, drawing


@cache
def asset(name: str) -> str:
    """Text of a file of the page."""
    return (files("graph.picture") / "page" / name).read_text("utf-8")


def policy(scripts: Sequence[str], style: str) -> str:
    """The page's Content-Security-Policy: exactly these scripts and this style may act, nothing may be fetched."""
    allowed = " ".join(_hash(script) for script in scripts)
    return f"default-src 'none'; script-src {allowed}; style-src {_hash(style)}; img-src data: blob:; base-uri 'none'; form-action 'none'"  # noqa: E501  # one policy, one line


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def data_block(payload: object) -> Markup:
    """JSON that cannot end the script element it stands in, whatever names the data holds."""
    text = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)  # noqa: S704  # every sign HTML could read is escaped above
