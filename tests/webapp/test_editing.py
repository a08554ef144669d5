"""Forms in the web: plain HTML that saves, refuses beside the field, asks, merges, and loses nothing."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

import graph
import graph.example
from builders import Quartier
from graph import changes, editing
from graph.directory.values import table
from webapp import create_app, urls

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask.testing import FlaskClient

    from graph.store import Store


class Form(HTMLParser):
    """What a browser without scripts would send from the form of a page, field by field."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.sent: list[tuple[str, str]] = []
        self._select = self._area = ""
        self._text: list[str] = []
        self.feed(html[html.index('id="entry"') :])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        name = found.get("name", "")
        if tag == "input" and name and (found.get("type") not in ("checkbox", "radio") or "checked" in found):
            self.sent.append((name, found.get("value", "")))
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in found:
            self.sent.append((self._select, found.get("value", "")))
        elif tag == "textarea":
            self._area, self._text = name, []

    def handle_data(self, data: str) -> None:
        self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.sent.append((self._area, "".join(self._text).removeprefix("\n")))
        if tag == "select":
            self._select = ""

    def with_(self, **texts: str | list[str]) -> dict[str, list[str]]:
        """The form with some fields filled in anew."""
        sent: dict[str, list[str]] = {}
        for name, text in self.sent:
            sent.setdefault(name, []).append(text)
        return sent | {name: [text] if isinstance(text, str) else text for name, text in texts.items()}


def open_(client: FlaskClient, path: str) -> Form:
    answer = client.get(path)
    assert answer.status_code == 200
    return Form(answer.text)


def visitor(store: Store) -> FlaskClient:
    app = create_app(store)
    app.config["WTF_CSRF_ENABLED"] = False
    return app.test_client()


@pytest.fixture
def store() -> Store:
    """A school with a project, in a place."""
    quartier = Quartier()
    school = quartier.actor("Schule", place=quartier.place("Hof"))
    quartier.project("Hoffest", traeger=[school], start="2023")
    return quartier.store()


@pytest.fixture
def client(store: Store) -> FlaskClient:
    return visitor(store)


@pytest.fixture(scope="module")
def example() -> Iterator[Store]:
    """A copy of the example, for forms that are sent back as they came."""
    with graph.open(None) as store:
        graph.example.load(store)
        yield store


@pytest.mark.parametrize("plural", sorted(urls.pages()))
def test_a_form_sent_back_as_it_came_changes_nothing(example: Store, plural: str) -> None:
    client, version = visitor(example), example.version
    for slug in list(table(example, urls.pages()[plural], "de"))[::25]:
        path = f"/{plural}/{slug}/edit"
        answer = client.post(path, data=open_(client, path).with_())
        assert (answer.status_code, example.version) == (303, version), path


def test_a_new_project_is_saved_with_who_takes_part_and_can_be_undone(client: FlaskClient) -> None:
    sent = open_(client, "/projects/new").with_(
        name="Kiezküche", start="Mai 2024", **{"+involvement.choice": ["Träger", "Partner"],
        "+involvement.other": ["Schule", "neu: Kochclub"]},
    )  # fmt: skip
    answer = client.post("/projects/new", data=sent, follow_redirects=True)
    assert answer.request.path == "/projects/kiezkueche"
    assert "Projekt „Kiezküche“ angelegt. Mit angelegt: „Kochclub“." in answer.text
    assert "Was noch fehlt: Handlungsfeld fehlt. Quelle fehlt." in answer.text
    assert re.search(r'action="/history/\d+/undo"', answer.text)


def test_what_is_wrong_stands_beside_its_field_with_what_was_typed(client: FlaskClient, store: Store) -> None:
    sent = open_(client, "/projects/hoffest/edit").with_(end="2020", description="Mit Musik")
    answer = client.post("/projects/hoffest/edit", data=sent)
    assert answer.status_code == 422
    assert '<a href="#f-end">Ende: Das Ende liegt vor dem Beginn.</a>' in answer.text
    assert re.search(r'name="end" value="2020"[^>]* aria-describedby="h-end e-end" aria-invalid="true"', answer.text)
    assert "Mit Musik" in answer.text
    assert editing.form(store, "project", "hoffest").texts["end"] == ()


def test_a_missing_name_is_said_in_the_language_of_the_page(client: FlaskClient) -> None:
    answer = client.post("/projects/new?lang=en", data={"name": ""})
    assert answer.status_code == 422
    assert "Please enter exactly one text under “Name”." in answer.text


def test_a_link_to_nothing_offers_names_like_it_and_to_create_it(client: FlaskClient, store: Store) -> None:
    sent = open_(client, "/projects/hoffest/edit").with_(places=["Hoff"])
    answer = client.post("/projects/hoffest/edit", data=sent)
    assert answer.status_code == 422
    assert 'name="pick:places:Hoff" value="Hof"' in answer.text
    assert 'name="pick:places:Hoff" value="neu: Hoff"' in answer.text
    client.post("/projects/hoffest/edit", data=sent | {"pick:places:Hoff": ["Hof"]})
    assert editing.form(store, "project", "hoffest").texts["places"] == ("Hof",)


def test_a_new_entry_like_an_existing_one_is_asked_about_then_made(client: FlaskClient) -> None:
    sent = open_(client, "/projects/new").with_(name="Hoffest", description="Ein anderes")
    answer = client.post("/projects/new", data=sent)
    assert answer.status_code == 409
    assert "Gibt es „Hoffest“ vielleicht schon?" in answer.text
    assert 'name="anyway"' in answer.text
    assert "Ein anderes" in answer.text
    answer = client.post("/projects/new", data=sent | {"anyway": ["1"]})
    assert answer.location == "/projects/hoffest-2"


def test_one_more_row_comes_without_scripts_and_without_saving(client: FlaskClient, store: Store) -> None:
    version = store.version
    sent = open_(client, "/projects/hoffest/edit").with_(places=["Hof"], more="places")
    answer = client.post("/projects/hoffest/edit", data=sent)
    assert Form(answer.text).with_()["places"] == ["Hof", "", ""]
    assert store.version == version


# two people


def test_two_people_keep_both_what_they_changed(client: FlaskClient, store: Store) -> None:
    mine, theirs = (open_(client, "/projects/hoffest/edit") for _ in range(2))
    client.post("/projects/hoffest/edit", data=theirs.with_(description="Mit Musik"))
    answer = client.post("/projects/hoffest/edit", data=mine.with_(end="2024"), follow_redirects=True)
    assert "Andere haben inzwischen auch etwas geändert (Beschreibung), das bleibt erhalten." in answer.text
    texts = editing.form(store, "project", "hoffest").texts
    assert (texts["end"], texts["description"]) == (("2024",), ("Mit Musik",))


@pytest.mark.parametrize(("choice", "end"), [("mine", "2024"), ("theirs", "2025")])
def test_what_both_changed_is_decided_on_a_page_that_saves(
    client: FlaskClient, store: Store, choice: str, end: str
) -> None:
    mine, theirs = (open_(client, "/projects/hoffest/edit") for _ in range(2))
    client.post("/projects/hoffest/edit", data=theirs.with_(end="2025", description="Mit Musik", author="Ben"))
    answer = client.post("/projects/hoffest/edit", data=mine.with_(end="2024", author="Ada"))
    assert answer.status_code == 409
    assert all(words in answer.text for words in ("„2024“", "„2025“", "Ben", "Mit Musik"))
    answer = client.post("/projects/hoffest/edit", data=Form(answer.text).with_(**{"take:end": choice}))
    assert answer.status_code == 303
    texts = editing.form(store, "project", "hoffest").texts
    assert (texts["end"], texts["description"]) == ((end,), ("Mit Musik",))


def test_a_refused_form_is_still_compared_with_what_it_was_drawn_from(client: FlaskClient, store: Store) -> None:
    mine, theirs = (open_(client, "/projects/hoffest/edit") for _ in range(2))
    client.post("/projects/hoffest/edit", data=theirs.with_(description="Mit Musik"))
    refused = client.post("/projects/hoffest/edit", data=mine.with_(end="nie"))
    client.post("/projects/hoffest/edit", data=Form(refused.text).with_(end="2024"))
    assert editing.form(store, "project", "hoffest").texts["description"] == ("Mit Musik",)


def test_an_entry_withdrawn_meanwhile_comes_back_as_a_new_one(client: FlaskClient, store: Store) -> None:
    editing.save(store, "event", None, {"name": ["Lesung"]}, author="Ada")
    mine = open_(client, "/events/lesung/edit")
    editing.withdraw(store, "event", "lesung", author="Ben")
    answer = client.post("/events/lesung/edit", data=mine.with_(start="2024"))
    assert answer.status_code == 409
    assert "inzwischen zurückgezogen" in answer.text
    assert client.post("/events/new", data=Form(answer.text).with_()).location == "/events/lesung"


# other ways


def test_what_is_over_is_ended_and_can_be_undone(client: FlaskClient, store: Store) -> None:
    assert client.post("/projects/hoffest/end", data={"day": "nie"}).status_code == 422
    answer = client.post("/projects/hoffest/end", data={"day": "Mai 2024"}, follow_redirects=True)
    assert "„Hoffest“ ist beendet." in answer.text
    assert changes.history(store, 1)[0].reason == "Beendet: Hoffest"


def test_only_what_nobody_links_to_is_withdrawn_else_they_are_named(client: FlaskClient) -> None:
    page = client.get("/projects/hoffest/withdraw").text
    assert "Schule – Hoffest" in page
    assert client.post("/projects/hoffest/withdraw").status_code == 409
    assert client.post("/involvements/1/withdraw").status_code == 303
    assert client.post("/projects/hoffest/withdraw").status_code == 303
    assert client.get("/projects/hoffest").status_code == 410


def test_pages_of_entries_offer_what_can_be_done_with_them(client: FlaskClient) -> None:
    page = client.get("/projects/hoffest").text
    for address in ("/projects/hoffest/edit", "/projects/hoffest/end", "/involvements/1/edit?back=/projects/hoffest"):
        assert f'href="{address}"' in page
    added = re.search(r'href="(/involvements/new[^"]*)"', page)
    assert added
    assert open_(client, added[1].replace("&amp;", "&")).with_()["project_or_event"] == ["Hoffest"]
    assert 'href="/projects/new"' in client.get("/projects").text


def test_after_adding_a_link_one_is_back_where_one_came_from(client: FlaskClient) -> None:
    sent = {"actor": "Schule", "project_or_event": "Hoffest", "role": "Partner", "back": "/projects/hoffest"}
    assert client.post("/involvements/new", data=sent).location == "/projects/hoffest"
    evil = client.post("/involvements/new", data=sent | {"role": "Ort", "back": "https://evil.example/"})
    assert evil.location == "/"


def test_choices_name_entries_of_the_right_type_and_offer_a_new_one(client: FlaskClient) -> None:
    found = client.get("/projects/choices.json?field=places&q=ho").get_json()["options"]
    assert [one["text"] for one in found] == ["Hof", "neu: ho"]
    found = client.get("/involvements/choices.json?field=project_or_event&q=Laternen").get_json()["options"]
    assert [one["text"] for one in found] == ["neu: Laternen", "neu (Veranstaltung): Laternen"]
    assert client.get("/projects/choices.json?field=quatsch&q=ho").get_json() == {"options": []}


@pytest.mark.parametrize(
    "path", ["/contacts/x/edit", "/changes/1/edit", "/actors/nirgends/edit", "/actors/nirgends/end"]
)
def test_there_are_no_forms_for_contacts_history_or_nothing(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_form_from_elsewhere_is_refused(store: Store) -> None:
    answer = create_app(store).test_client().post("/projects/new", data={"name": "X"})
    assert answer.status_code == 400


def test_text_from_the_data_is_never_markup(client: FlaskClient, store: Store) -> None:
    editing.save(store, "project", "hoffest", {"name": ['"><script>x</script>']}, author="Ada")
    for path in ("/projects/hoffest/edit", "/projects/hoffest/end", "/projects/hoffest/withdraw"):
        assert "<script>x" not in client.get(path).text
