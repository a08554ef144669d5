"""Is the server up, and on which version of the data: for scripts, without personal data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, jsonify

from webapp import current

if TYPE_CHECKING:
    from flask import Response

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def healthz() -> Response:
    """`{"status": "ok", "data_version": n}`."""
    return jsonify(status="ok", data_version=current.store().version)
