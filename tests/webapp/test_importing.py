"""Lists in the browser: handed in, looked at, said better, judged, taken over, taken back."""

from __future__ import annotations

import io
import re
import time
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook
from waitress.buffers import ReadOnlyFileBasedBuffer

import graph
from builders import Quartier
from graph import changes
from webapp import create_app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from graph.store import Store

HEAD = "Projekt;Träger;Partner;Laufzeit;HF"
FEST = "Sommerfest;Bürgerverein Süd e.V.;Kita Sonne;2021 bis 2022;"
BAD = "Rückwärts;Bürgerverein Süd e.V.;Kita Sonne;2022 bis 2020;"
UNSURE = "Winterfest;Bürgerverein;Kita Mond;2023;"


@pytest.fixture
def store() -> Iterator[Store]:
    quartier = Quartier()
    for round_ in ("2019", "2022"):
        quartier.handlungsfeld(round_, "2", f"Nachbarschaft {round_}")
    with quartier.store() as found:
        yield found


@pytest.fixture
def visitor(store: Store) -> Iterator[FlaskClient]:
    app = create_app(store, settings={"TESTING": True, "WTF_CSRF_ENABLED": False})
    yield app.test_client()
    if "desk" in app.extensions:
        app.extensions["desk"].close()


def send(visitor: FlaskClient, *lines: str, name: str = "liste.csv", content: bytes = b"", **form: Any) -> TestResponse:
    file = (io.BytesIO(content or "\n".join(lines).encode()), name)
    return visitor.post("/import", data={"files": [file, *form.pop("files", [])], **form})


def handed_in(visitor: FlaskClient, *lines: str, **more: Any) -> str:
    """The address of the preview, once it is there."""
    answer = send(visitor, *lines, **more)
    assert answer.status_code == 303, answer.text
    return ready(visitor, answer.headers["Location"])


def ready(visitor: FlaskClient, address: str) -> str:
    path = address.partition("#")[0]
    for _ in range(300):
        if visitor.get(f"{path}/state.json").get_json()["state"] != "reading":
            return path
        time.sleep(0.1)
    return pytest.fail("the list was not read after 30 s")


def take(visitor: FlaskClient, path: str) -> TestResponse:
    seen = re.search(r'name="seen" value="(\w+)"', visitor.get(path).text)
    assert seen
    return visitor.post(f"{path}/take", data={"seen": seen[1], "author": "Ada"})


def test_the_start_page_says_what_happens_and_what_is_never_taken(visitor: FlaskClient) -> None:
    page = visitor.get("/import").text
    assert 'type="file"' in page
    assert "Angaben zu Personen" in page
    assert "/import/template.xlsx" in page


def test_files_come_from_a_server_that_reads_them_itself_too(visitor: FlaskClient) -> None:
    """Waitress wraps files in something that has a length like a text, but must not be read before it is sent."""
    server = {"wsgi.file_wrapper": ReadOnlyFileBasedBuffer}
    answer = visitor.get("/import/template.xlsx", environ_overrides=server)
    assert answer.status_code == 200
    assert load_workbook(io.BytesIO(answer.data)).worksheets


def test_the_template_is_a_workbook_with_our_tables(visitor: FlaskClient) -> None:
    answer = visitor.get("/import/template.xlsx")
    assert "attachment" in answer.headers["Content-Disposition"]
    assert {"Akteure", "Projekte"} <= set(load_workbook(io.BytesIO(answer.data)).sheetnames)


def test_the_preview_says_in_one_line_what_is_new(visitor: FlaskClient, store: Store) -> None:
    before = store.version
    page = visitor.get(handed_in(visitor, HEAD, FEST)).text
    assert "2 Akteure, 1 Projekt und 2 Verbindungen" in page
    assert store.version == before


def test_the_preview_speaks_english(visitor: FlaskClient) -> None:
    page = visitor.get(f"{handed_in(visitor, HEAD, FEST)}?lang=en").text
    assert "2 actors, 1 project and 2 connections" in page
    assert "Take over" in page


def test_a_column_of_another_meaning_is_read_anew_and_remembered(visitor: FlaskClient) -> None:
    path = handed_in(visitor, HEAD, FEST)
    ready(visitor, visitor.post(f"{path}/columns", data={"column-0-2": "ignore"}).headers["Location"])
    page = visitor.get(path).text
    assert "1 Akteur, 1 Projekt und 1 Verbindung<" in page
    assert "von Ihnen festgelegt" in page
    assert "von Ihnen festgelegt" in visitor.get(handed_in(visitor, HEAD, UNSURE)).text


def test_what_was_said_of_a_table_can_be_forgotten(visitor: FlaskClient) -> None:
    path = handed_in(visitor, HEAD, FEST)
    ready(visitor, visitor.post(f"{path}/columns", data={"column-0-2": "ignore"}).headers["Location"])
    ready(visitor, visitor.post(f"{path}/columns", data={"forget": "0"}).headers["Location"])
    assert "2 Akteure, 1 Projekt und 2 Verbindungen" in visitor.get(path).text


def test_a_table_may_be_left_out_and_taken_in_again(visitor: FlaskClient) -> None:
    path = handed_in(visitor, HEAD, FEST)
    ready(visitor, visitor.post(f"{path}/columns", data={"kind-0": "ignore"}).headers["Location"])
    assert "Diese Tabelle wird nicht übernommen." in visitor.get(path).text
    ready(visitor, visitor.post(f"{path}/columns", data={"kind-0": "project"}).headers["Location"])
    assert "1 Projekt" in visitor.get(path).text


def test_a_meaning_there_is_not_is_refused(visitor: FlaskClient) -> None:
    path = handed_in(visitor, HEAD, FEST)
    assert visitor.post(f"{path}/columns", data={"column-0-2": "nonsense"}).status_code == 400


def test_the_round_is_asked_for_where_it_is_unclear(visitor: FlaskClient) -> None:
    path = handed_in(visitor, HEAD, f"{FEST}HF 2")
    assert "Zu welcher Planungsrunde" in visitor.get(path).text
    ready(visitor, visitor.post(f"{path}/columns", data={"round": "2022"}).headers["Location"])
    page = visitor.get(path).text
    assert "Nachbarschaft 2022" in page
    assert visitor.post(f"{path}/columns", data={"round": "1999"}).status_code == 400


def test_unsure_names_stand_side_by_side_and_a_judgement_counts_at_once(visitor: FlaskClient) -> None:
    path = handed_in(visitor, HEAD, FEST, UNSURE)
    page = visitor.get(path).text
    one, other = re.findall(r'name="(?:one|other)" value="([^"]+)"', page)
    answer = visitor.post(f"{path}/judge", data={"one": one, "other": other, "same": "yes", "author": "Ada"})
    page = visitor.get(ready(visitor, answer.headers["Location"])).text
    assert "3 Akteure" in page
    assert "Rückgängig machen" in page


def test_rows_are_filtered_by_what_becomes_of_them(visitor: FlaskClient) -> None:
    path = handed_in(visitor, HEAD, FEST, BAD)
    assert "Sommerfest" in visitor.get(f"{path}?rows=add").text.partition('id="rows"')[2]
    assert "Sommerfest" not in visitor.get(f"{path}?rows=same").text.partition('id="rows"')[2]
    assert visitor.get(f"{path}?rows=nonsense").status_code == 404


def test_many_rows_come_page_by_page(visitor: FlaskClient) -> None:
    path = handed_in(visitor, HEAD, *(f"Projekt Nr. {number};Verein A;;2021;" for number in range(120)))
    page = visitor.get(f"{path}?page=3").text
    assert page.count('class="line ') == 20
    assert "Seite 3 von 3" in page


def test_taking_over_leads_to_the_network_and_back(visitor: FlaskClient, store: Store) -> None:
    path = handed_in(visitor, HEAD, FEST)
    assert take(visitor, path).status_code == 303
    page = visitor.get(path).text
    assert "/network" in page
    assert "2 Akteure, 1 Projekt und 2 Verbindungen" in page
    (change,) = changes.history(store, 1)
    assert change.author == "Ada"
    visitor.post(f"/history/{change.id}/undo", data={"next": path})
    assert "Rückgängig gemacht" in visitor.get(path).text
    assert visitor.get("/projects/sommerfest").status_code in (404, 410)


def test_the_same_file_again_is_there_already(visitor: FlaskClient) -> None:
    take(visitor, handed_in(visitor, HEAD, FEST))
    page = visitor.get(handed_in(visitor, HEAD, FEST)).text
    assert "Das steht alles schon da" in page
    assert 'name="seen"' not in page


def test_bad_rows_are_left_out_only_if_the_person_says_so_and_come_back(visitor: FlaskClient) -> None:
    path = handed_in(visitor, HEAD, FEST, BAD)
    page = visitor.get(path).text
    assert "Ohne diese Zeilen übernehmen" in page
    assert "Das Ende liegt vor dem Beginn" in page
    take(visitor, path)
    (sheet,) = load_workbook(io.BytesIO(visitor.get(f"{path}/mend.xlsx").data)).worksheets
    assert sheet["A2"].value == "Rückwärts"
    assert visitor.get("/projects/rueckwaerts").status_code == 404


def test_data_that_changed_meanwhile_are_shown_again_not_written(visitor: FlaskClient, store: Store) -> None:
    first, second = handed_in(visitor, HEAD, FEST), handed_in(visitor, HEAD, FEST, name="andere.csv")
    seen = re.search(r'name="seen" value="(\w+)"', visitor.get(second).text)
    take(visitor, first)
    version = store.version
    assert seen
    answer = visitor.post(f"{second}/take", data={"seen": seen[1]})
    assert (answer.status_code, store.version) == (409, version)
    assert "Inzwischen hat sich etwas geändert" in answer.text


def test_conflicts_with_edits_by_hand_are_shown(visitor: FlaskClient, store: Store) -> None:
    take(visitor, handed_in(visitor, "Projekt;Träger;Beschreibung", "Fest;Verein A;Im Hof"))
    version = store.version
    (old,) = [quad for quad in store.quads() if getattr(quad.object, "value", "") == "Im Hof"]
    new = type(old)(old.subject, old.predicate, type(old.object)("Im Park", language="de"), store.graphs.data("office"))
    changes.commit(store, added=[new], removed=[old], author="Bo", reason="Von Hand", check=False)
    page = visitor.get(handed_in(visitor, "Projekt;Träger;Beschreibung", "Fest;Verein A;Im Garten")).text
    assert store.version == version + 1
    assert re.search(r"„Beschreibung“ von „Fest“ .*Im Park.*in der Liste steht „Im Garten“", page)


def _bomb() -> bytes:
    book = io.BytesIO()
    with zipfile.ZipFile(book, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 120_000_000)
    return book.getvalue()


LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le")


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.xlsx", LOCKED, "Kennwort"),
        ("a.xlsx", b"PK\x03\x04kaputt", "beschädigt"),
        ("a.csv", b"", "ist leer"),
        ("a.pdf", b"%PDF-1.4", "keine Liste"),
        ("a.csv", b"%PDF-1.4", "keine Liste"),
        ("a.ttl", b"<a> <b> <c> .\n<a> <b> .\n", "Zeile 2"),
    ],
)
def test_what_nobody_can_read_is_refused_in_one_sentence(
    visitor: FlaskClient, store: Store, name: str, content: bytes, words: str
) -> None:
    answer = visitor.post("/import", data={"files": (io.BytesIO(content), name)})
    if answer.status_code == 303:  # a busy machine reads longer than a browser waits
        answer = visitor.get(ready(visitor, answer.headers["Location"]))
    assert answer.status_code == 422
    assert words in answer.text
    assert f"„{name}“" in answer.text
    assert "Es wurde nichts übernommen." in answer.text
    assert store.version == 0 or changes.history(store) == []


def test_a_bomb_is_too_big(visitor: FlaskClient) -> None:
    answer = visitor.post("/import", data={"files": (io.BytesIO(_bomb()), "a.xlsx")})
    if answer.status_code == 303:
        answer = visitor.get(ready(visitor, answer.headers["Location"]))
    assert answer.status_code in (413, 422)
    assert "zu groß" in answer.text


def test_no_file_is_asked_for(visitor: FlaskClient) -> None:
    answer = visitor.post("/import", data={"source": "Netzwerkliste"})
    assert answer.status_code == 400
    assert "Bitte zuerst eine Datei wählen." in answer.text
    assert 'value="Netzwerkliste"' in answer.text


def test_files_may_be_big_here_and_nowhere_else(visitor: FlaskClient) -> None:
    lines = [HEAD, FEST, *(f"P{number};V;;;;{'x' * 5000}" for number in range(600))]
    head = '--b\r\nContent-Disposition: form-data; name="files"; filename="a.csv"\r\n\r\n'
    body = (head + "\n".join(lines) + "\r\n--b--\r\n").encode()
    assert visitor.post("/import", data=body, content_type="multipart/form-data; boundary=b").status_code == 303
    assert visitor.post("/history/1/undo", data={"next": "x" * 3_000_000}).status_code == 413


def test_other_files_of_a_drop_are_read_all_the_same(visitor: FlaskClient) -> None:
    path = handed_in(visitor, HEAD, FEST, files=[(io.BytesIO(b"PK\x03\x04kaputt"), "kaputt.xlsx")])
    page = visitor.get(path).text
    assert "„kaputt.xlsx“ ist beschädigt" in page
    assert "1 Projekt" in page


def test_an_upload_waits_until_somebody_throws_it_away(visitor: FlaskClient) -> None:
    path = handed_in(visitor, HEAD, FEST)
    assert path in visitor.get("/import").text
    visitor.post(f"{path}/discard")
    assert path not in visitor.get("/import").text
    assert visitor.get(path).status_code == 404


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "{{ 7919*6577 }}", '"><img src=x onerror=alert(1)>'])
def test_cells_are_text_on_every_page(visitor: FlaskClient, text: str) -> None:
    row = f'"{text.replace(chr(34), chr(34) * 2)}";Verein A;;2021;'
    page = visitor.get(handed_in(visitor, f"{HEAD};{'' if ';' in text else 'Xyzzy'}", f"{row}etwas")).text
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "52083263" not in page


def test_a_list_in_a_data_directory_is_read_by_another_process(tmp_path: Any) -> None:
    with graph.open(tmp_path / "data") as store:
        app = create_app(store, settings={"TESTING": True, "WTF_CSRF_ENABLED": False})
        path = handed_in(app.test_client(), HEAD, FEST)
        assert (tmp_path / "data" / "uploads" / path.rpartition("/")[2]).is_dir()
        take(app.test_client(), path)
        app.extensions["desk"].close()
        assert store.version == 1
