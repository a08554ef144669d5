"""The queries behind every page: which ones it asked, their texts, and the way to ask them oneself."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, Flask, g, render_template, request, url_for

from graph import asked, query
from graph.query import Iri

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask.sansio.blueprints import BlueprintSetupState

blueprint = Blueprint("queries", __name__, url_prefix="/queries")

EVERYWHERE = frozenset({"labels", "directory-fields"})
"""Queries behind every page, because they give things their names: told last."""

MOST_VALUES = 8
"""A query asked with more different values is told without them."""


@blueprint.get("", strict_slashes=False)
def page() -> str:
    """All named queries."""
    return render_template("queries/page.html", named=query.catalogue())


@blueprint.get("/<name>")
def one(name: str) -> str:
    """One named query, with the values it was asked with if the address has them."""
    named = query.find(name)
    values = {key: request.args[key] for key in named.binds if request.args.get(key)}
    bindings = {key: Iri(text) if text.startswith(("https://", "http://")) else text for key, text in values.items()}
    text = query.spelt_out(named, bindings)
    missing = named.binds.keys() - values.keys() - named.optional
    return render_template("queries/one.html", named=named, values=values, text=text, missing=missing)


@blueprint.record_once
def install(state: BlueprintSetupState) -> None:
    """Have every request note what it asks."""
    app = state.app
    if isinstance(app, Flask):
        app.before_request(_record)
        app.teardown_request(_forget)
        app.jinja_env.globals["queries_behind"] = queries_behind


@dataclass(frozen=True)
class Behind:
    """A query behind a page: `values` are those it was asked with in short; `times` how many different ones."""

    named: query.NamedQuery
    values: str
    times: int
    address: str


def queries_behind() -> list[Behind]:
    """What the page has asked so far; a query asked with many different values is told once, without them."""
    by_name: dict[str, list[asked.Asked]] = defaultdict(list)
    for one in g.get("asked", ()):
        by_name[one.name].append(one)
    names = sorted(by_name, key=lambda name: (name in EVERYWHERE, not by_name[name][0].bindings, name))
    return [behind for name in names for behind in _behind(name, sorted(by_name[name], key=lambda one: one.bindings))]


def _behind(name: str, found: Sequence[asked.Asked]) -> list[Behind]:
    named = query.find(name)
    if len(found) > MOST_VALUES:
        return [Behind(named, "", len(found), url_for("queries.one", name=name))]
    return [
        Behind(named, ", ".join(f"{key} = {_short(text)}" for key, text in one.bindings), 1, _address(one))
        for one in found
    ]


def _short(text: str) -> str:
    return re.split(r"[/#]", text.rstrip("/"))[-1]


def _address(one: asked.Asked) -> str:
    return url_for("queries.one", name=one.name, **dict(one.bindings))  # type: ignore[arg-type]


def _record() -> None:
    g.recording = asked.recorded()
    g.asked = g.recording.__enter__()


def _forget(_error: BaseException | None) -> None:
    if recording := g.pop("recording", None):
        recording.__exit__(None, None, None)
