"""The page of figures as the office reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builders import Quartier
from webapp import create_app

if TYPE_CHECKING:
    from flask.testing import FlaskClient


def test_every_figure_stands_on_the_page_with_what_it_does_not_mean(client: FlaskClient) -> None:
    """Sixteen sentences, each with its two hints."""
    page = client.get("/measures").text
    assert page.count("Das heißt nicht:") == 16
    assert "Wer sind die Türöffner?" in page
    assert "betweenness" not in page.casefold()


def test_the_filter_is_kept_in_tables_and_pictures(client: FlaskClient) -> None:
    """A CSV and a picture of the same part."""
    page = client.get("/measures?handlungsfeld=2022-4&hubs=no").text
    assert "/measures/partners.csv?handlungsfeld=2022-4&amp;hubs=no" in page
    assert "/network?handlungsfeld=2022-4&amp;hubs=no" in page or "hubs=no" in page.split("/network?")[1]


def test_a_table_comes_as_csv_in_the_language_of_the_page(client: FlaskClient) -> None:
    """Headings are translated."""
    assert client.get("/measures/islands.csv").text.startswith("\ufeffAkteur")
    assert client.get("/measures/islands.csv?lang=en").text.startswith("\ufeffActor")


def test_wrong_questions_are_refused(client: FlaskClient) -> None:
    """No such figure, no such year, no such field."""
    assert client.get("/measures/closeness.csv").status_code == 404
    assert client.get("/measures?to=nie").status_code == 400
    assert client.get("/measures?handlungsfeld=1999-1").status_code == 404


def test_without_actors_nothing_is_counted() -> None:
    page = create_app(Quartier().store()).test_client().get("/measures").text
    assert "Noch gibt es nichts zu zählen" in page
    assert "0,0 Partner" not in page
