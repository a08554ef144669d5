"""What belongs to a request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from webapp import current

if TYPE_CHECKING:
    from flask import Flask


def test_the_name_a_form_gives_is_who_writes(app: Flask) -> None:
    """Space around and within a name does not count, and nobody's name fills a page."""
    with app.test_request_context("/", method="POST", data={"author": "  Team \n  Pankstraße  "}):
        assert current.author() == "Team Pankstraße"
    with app.test_request_context("/", method="POST", data={"author": "x" * 500}):
        assert len(current.author()) == 80


def test_a_name_is_kept_for_the_next_form(app: Flask) -> None:
    """It comes back from the cookie, umlauts too."""
    with app.test_request_context("/", method="POST", data={"author": "Büro, Ost; West"}):
        current.author()
        cookie = app.process_response(app.response_class()).headers["Set-Cookie"].partition(";")[0]
    with app.test_request_context("/", headers={"Cookie": cookie}):
        assert current.author() == "Büro, Ost; West"


def test_somebody_always_writes(app: Flask) -> None:
    """Without a form and a cookie it is the system's user."""
    with app.test_request_context("/", method="POST", data={"author": "   "}):
        assert current.author().strip()
