"""Who may sign in, how long that lasts, and how little a guesser gets."""

from __future__ import annotations

import re
import stat
from typing import TYPE_CHECKING

import pytest
from argon2 import PasswordHasher

import graph
from builders import Quartier
from graph import changes
from graph.errors import StoreDamaged
from webapp import accountnames, create_app, passwords, rights
from webapp.accountbook import IDLE, LONGEST, AccountRefused, Book
from webapp.brake import Brake

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

GOOD, OTHER = "richtig gutes pferd", "noch ein besseres pferd"


class Clock:
    now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(autouse=True)
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """What makes guessing dear is argon2's own business; here it only costs time."""
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def book(clock: Clock) -> Book:
    """Ada looks after the accounts; hers alone has a password."""
    made = Book(None, clock)
    made.add("Ada", "admin")
    made.set_password("Ada", GOOD)
    made.add("Bo", "reader")
    return made


@pytest.fixture
def app(book: Book) -> Flask:
    quartier = Quartier()
    quartier.actor("Schule")
    made = create_app(quartier.store())
    made.extensions["accounts"] = book
    return made


def sign_in(client: FlaskClient, name: str, password: str, **more: str) -> TestResponse:
    return post(client, "/login", name=name, password=password, **more)


def post(client: FlaskClient, path: str, **fields: str) -> TestResponse:
    page = client.get("/login", headers={"Accept": "text/html"}, follow_redirects=True).text
    (token, *_) = re.findall(r'name="csrf_token" value="([^"]+)"', page)
    return client.post(path, data={"csrf_token": token, **fields}, headers={"Accept": "text/html"})


def is_in(client: FlaskClient) -> bool:
    return client.get("/history", headers={"Accept": "text/html"}).status_code == 200


# names and passwords


@pytest.mark.parametrize("twin", ["ada", "ADA", " Ada ", "Аdа", "Ａda", "A\u0064a"])
def test_names_that_look_alike_are_one(book: Book, twin: str) -> None:
    with pytest.raises(AccountRefused, match="taken"):
        book.add(twin, "reader")


def test_names_that_differ_in_unicode_form_only_are_one() -> None:
    assert accountnames.key("J\u00f6rg") == accountnames.key("Jo\u0308rg") != accountnames.key("Jorg")


@pytest.mark.parametrize("name", ["", "  ", "\u200b", "A\u202eda", "A\x00da", "x" * 61, "!!!"])
def test_names_nobody_can_read_are_refused(book: Book, name: str) -> None:
    with pytest.raises(AccountRefused, match="name"):
        book.add(name, "reader")


@pytest.mark.parametrize(
    ("password", "flaw"),
    [
        ("kurz", "short"), ("x" * 501, "long"), ("aaaaaaaaaaaa", "simple"), ("abcdefghijkl", "simple"),
        ("1234567890", "simple"), ("pankenetz1", "simple"), ("Ada Ada Ada Ada", "simple"), ("ein Hund bellt", ""),
    ],
)  # fmt: skip
def test_what_would_soon_be_guessed_is_no_password(password: str, flaw: str) -> None:
    assert passwords.flaw(password, "Ada") == flaw


def test_a_password_typed_on_another_keyboard_is_the_same() -> None:
    assert passwords.fits(passwords.hashed("gru\u0308ne Wiese"), "gr\u00fcne Wiese")


# the file


def test_the_file_is_for_its_owner_and_holds_no_secret(tmp_path: Path) -> None:
    book = Book(tmp_path)
    book.add("Ada", "admin")
    secrets = [book.begin(book.find("Ada")), book.make_link("Ada"), book.make_token("Ada", "query", None)]
    book.set_password("Ada", GOOD)
    book.close()
    content = (tmp_path / "accounts.sqlite").read_bytes()
    assert not any(secret.encode() in content for secret in (*secrets, GOOD))
    assert stat.S_IMODE((tmp_path / "accounts.sqlite").stat().st_mode) == 0o600


def test_a_damaged_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "accounts.sqlite").write_bytes(b"no database at all" * 100)
    with pytest.raises(StoreDamaged):
        Book(tmp_path).accounts()


def test_what_another_process_writes_counts_at_once(tmp_path: Path) -> None:
    one, other = Book(tmp_path), Book(tmp_path)
    assert one.accounts() == []
    other.add("Ada", "admin")
    assert [account.name for account in one.accounts()] == ["Ada"]


# sessions


def test_a_session_ends_when_unused_and_after_a_day_in_any_case(book: Book, clock: Clock) -> None:
    secret = book.begin(book.find("Ada"))
    begun = clock.now
    while clock.now < begun + LONGEST - IDLE / 2:
        clock.now += IDLE / 2
        assert book.of_session(secret)
    clock.now = begun + LONGEST + 1
    assert book.of_session(secret) is None
    unused = book.begin(book.find("Ada"))
    clock.now += IDLE + 1
    assert book.of_session(unused) is None


@pytest.mark.parametrize(
    "happening",
    [
        lambda book: book.set_password("Bo", OTHER),
        lambda book: book.set_role("Bo", "editor"),
        lambda book: book.remove("Bo"),
    ],
)
def test_a_session_ends_at_once_when_password_role_or_account_change(book: Book, happening) -> None:
    secret = book.begin(book.find("Bo"))
    happening(book)
    assert book.of_session(secret) is None


@pytest.mark.parametrize("step", [lambda book: book.remove("ada"), lambda book: book.set_role("Ada", "reader")])
def test_the_last_admin_stays(book: Book, step) -> None:
    with pytest.raises(AccountRefused, match="last admin"):
        step(book)


def test_a_clock_that_goes_back_lengthens_no_session(book: Book, clock: Clock) -> None:
    secret = book.begin(book.find("Ada"))
    clock.now -= 3600
    assert book.of_session(secret)
    clock.now -= LONGEST
    assert book.of_session(secret) is None


def test_a_link_is_good_once_and_three_days(book: Book, clock: Clock) -> None:
    first, second = book.make_link("Bo"), book.make_link("Bo")
    with pytest.raises(AccountRefused):  # a newer one makes it void
        book.of_link(first)
    book.set_password("Bo", GOOD)
    with pytest.raises(AccountRefused):
        book.of_link(second)
    third = book.make_link("Bo")
    clock.now += 4 * 24 * 3600
    with pytest.raises(AccountRefused):
        book.of_link(third)


# in the browser


def test_signing_in_leads_where_one_wanted_to_go(app: Flask) -> None:
    client = app.test_client()
    wanted = client.get("/actors?q=x", headers={"Accept": "text/html"}).headers["Location"]
    assert wanted == "/login?next=/actors?q%3Dx"
    assert sign_in(client, "ada", GOOD, next="/actors?q=x").headers["Location"] == "/actors?q=x"
    assert is_in(client)


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:x"])
def test_signing_in_leads_nowhere_else(app: Flask, target: str) -> None:
    assert sign_in(app.test_client(), "Ada", GOOD, next=target).headers["Location"] == "/"


def test_after_signing_out_nothing_is_shown_and_nothing_was_kept(app: Flask) -> None:
    client = app.test_client()
    sign_in(client, "Ada", GOOD)
    assert client.get("/actors").headers["Cache-Control"] == "no-store"
    cookie = client.get_cookie(rights.SESSION_COOKIE)
    assert cookie
    client.post("/logout", data={"csrf_token": _token(client, "/logout")})
    client.set_cookie(rights.SESSION_COOKIE, cookie.value)
    assert not is_in(client)


def _token(client: FlaskClient, path: str) -> str:
    return re.findall(r'name="csrf_token" value="([^"]+)"', client.get(path).text)[0]


def test_the_cookie_is_for_this_app_only_and_never_the_one_from_before(app: Flask) -> None:
    client = app.test_client()
    client.set_cookie(rights.SESSION_COOKIE, "planted")
    cookie = next(one for one in sign_in(client, "Ada", GOOD).headers.getlist("Set-Cookie") if "pankenetz=" in one)
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "planted" not in cookie


def test_the_history_names_the_account_whatever_a_form_says(app: Flask) -> None:
    client = app.test_client()
    sign_in(client, "Ada", GOOD)
    token = _token(client, "/actors/new")
    client.post("/actors/new", data={"csrf_token": token, "name": "Neu", "kind": "Verein", "author": "Jemand"})
    with app.app_context():
        assert [change.author for change in changes.history(app.extensions["store"])] == ["Ada"]


def test_a_browser_without_cookies_is_told_so(app: Flask) -> None:
    client = app.test_client(use_cookies=False)
    token = _token(client, "/login")
    assert "Cookies" in client.post("/login", data={"csrf_token": token, "name": "Ada", "password": GOOD}).text


def test_an_old_link_says_who_can_help(app: Flask) -> None:
    answer = app.test_client().get("/login/" + "x" * 43, headers={"Accept": "text/html"})
    assert answer.status_code == 410
    assert "gibt Ihnen einen neuen" in answer.text


def test_choosing_a_password_by_the_link_signs_in(app: Flask, book: Book) -> None:
    client = app.test_client()
    link = f"/login/{book.make_link('Bo')}"
    assert client.get(link).status_code == client.get(link).status_code == 200  # looking uses nothing up
    assert post(client, link, password=GOOD[:4]).status_code == 422
    assert post(client, link, password=OTHER).status_code == 303
    assert is_in(client)
    assert client.get("/accounts", headers={"Accept": "text/html"}).status_code == 403


def test_who_may_not_reads_who_can_help(app: Flask, book: Book) -> None:
    client = app.test_client()
    client.set_cookie(rights.SESSION_COOKIE, book.begin(book.find("Bo")))
    assert "Helfen können: Ada." in client.get("/accounts", headers={"Accept": "text/html"}).text


def test_the_first_account_belongs_to_whoever_sits_at_the_machine(tmp_path: Path) -> None:
    with graph.open(tmp_path) as store:
        client = create_app(store).test_client()
        token = _token(client, "/accounts")
        link = client.post("/accounts", data={"csrf_token": token, "do": "add", "name": "Cem"}).headers["Location"]
        client.post(link, data={"csrf_token": token, "password": GOOD})
        assert is_in(client)
        assert not is_in(create_app(store).test_client())


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"])
def test_whoever_was_passed_on_by_a_server_does_not_sit_at_the_machine(header: str) -> None:
    client = create_app(Quartier().store()).test_client()
    assert client.get("/actors").status_code == 200
    assert client.get("/actors", headers={header: "192.0.2.1"}).status_code == 401


def test_another_machine_gets_nothing_without_an_account() -> None:
    client = create_app(Quartier().store()).test_client()
    assert client.get("/actors", environ_overrides={"REMOTE_ADDR": "192.0.2.1"}).status_code == 401


# guessing


def test_a_thousand_wrong_passwords_are_harmless_and_lock_nobody_out() -> None:
    """From one address 5 are looked at; from a thousand addresses 50; whoever signed in here before comes in."""
    now = [0.0]
    brake = Brake(lambda: now[0])
    looked_at = 0
    for _ in range(1000):
        if not brake.wait("ada", "192.0.2.1"):
            brake.note("ada", "192.0.2.1")
            looked_at += 1
    assert looked_at == 5
    assert brake.wait("ada", "192.0.2.2") == 0
    for number in range(1000):
        if not brake.wait("ada", f"198.51.100.{number}"):
            brake.note("ada", f"198.51.100.{number}")
            looked_at += 1
    assert looked_at == 50
    assert 0 < brake.wait("ada", "192.0.2.3") <= 10
    assert brake.wait("ada", "192.0.2.3", "known browser") == 0
    now[0] += 61
    assert brake.wait("ada", "192.0.2.1") == 0


def test_the_brake_is_told_and_the_right_password_waits_too(app: Flask) -> None:
    client = app.test_client()
    answers = [sign_in(client, "Ada", "falsch falsch") for _ in range(6)]
    assert [answer.status_code for answer in answers] == [403] * 5 + [429]
    assert int(answers[-1].headers["Retry-After"]) >= 1
    assert sign_in(client, "Ada", GOOD).status_code == 429


def test_a_name_that_is_not_there_reads_like_a_wrong_password(app: Flask) -> None:
    client = app.test_client()
    known, unknown = (sign_in(client, name, "falsch falsch") for name in ("Ada", "Eva"))
    assert (known.status_code, known.text.count("passen nicht")) == (
        unknown.status_code,
        unknown.text.count("passen nicht"),
    )


# tokens


def test_a_token_reads_as_its_account_and_ends(app: Flask, book: Book, clock: Clock) -> None:
    client = app.test_client()
    headers = {"Authorization": f"Bearer {book.make_token('Ada', 'query', clock.now + 60)}"}
    assert client.get("/sparql?query=ASK%7B%7D", headers=headers).status_code == 200
    assert client.get("/accounts", headers=headers).status_code == 403
    clock.now += 61
    assert client.get("/sparql?query=ASK%7B%7D", headers=headers).status_code == 401


@pytest.mark.parametrize("forged", ["", "x", "Bearer", "ä" * 50, "' OR 1=1 --", "x" * 5000])
def test_a_forged_token_opens_nothing(app: Flask, forged: str) -> None:
    for path in ("/actors", "/sparql?query=ASK%7B%7D", "/accounts"):
        assert app.test_client().get(path, headers={"Authorization": f"Bearer {forged}"}).status_code == 401


@pytest.mark.parametrize(
    ("role", "token_rights", "level"),
    [
        ("reader", "update", "reader"),
        ("editor", "query", "reader"),
        ("editor", "update", "editor"),
        ("admin", "update", "editor"),
    ],
)
def test_a_program_may_never_more_than_its_person(book: Book, role: str, token_rights: str, level: str) -> None:
    book.add("Programm", role)
    found = book.of_token(book.make_token("Programm", token_rights, None))
    assert rights._of_token(found).level == level


def test_a_form_sent_by_another_site_is_refused(app: Flask) -> None:
    client = app.test_client()
    sign_in(client, "Ada", GOOD)
    headers = {"Origin": "https://evil.example"}
    assert client.post("/sparql", data={"query": "ASK{}"}, headers=headers).status_code == 403
    assert client.post("/sparql", data={"query": "ASK{}"}, headers={"Origin": "http://localhost"}).status_code == 200
