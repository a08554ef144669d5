"""A script that went wild is slowed down; nobody by hand notices."""

from __future__ import annotations

from builders import Quartier
from webapp import create_app, rights
from webapp.pace import LIMITS, Pace


def test_a_bucket_empties_and_fills_again() -> None:
    now = [0.0]
    pace, limit = Pace(lambda: now[0]), LIMITS["stranger"]
    taken = [pace.wait("stranger", "192.0.2.1") for _ in range(int(limit.at_once) + 5)]
    assert taken.count(0.0) == limit.at_once
    assert 0 < taken[-1] <= 1 / limit.per_second
    assert pace.wait("stranger", "192.0.2.2") == 0.0
    now[0] += 1
    assert [pace.wait("stranger", "192.0.2.1") for _ in range(12)].count(0.0) == limit.per_second


def test_a_wild_script_gets_429_and_others_are_answered() -> None:
    app = create_app(Quartier().store(), settings={"PUBLIC": True, "PROXIES": 1})
    client = app.test_client()
    app.extensions["pace"] = Pace(lambda: 0.0)
    headers = {"X-Forwarded-For": "192.0.2.1"}
    answers = [client.get("/healthz", headers=headers) for _ in range(int(LIMITS["stranger"].at_once) + 1)]
    assert answers[0].status_code == 200
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["Retry-After"]) >= 1
    assert client.get("/healthz", headers={"X-Forwarded-For": "192.0.2.2"}).status_code == 200


def test_nobody_counts_who_sits_at_the_machine_or_looks_at_pictures() -> None:
    app = create_app(Quartier().store())
    client = app.test_client()
    assert {client.get("/healthz").status_code for _ in range(300)} == {200}
    assert app.extensions["pace"]._buckets == {}


def test_the_address_a_server_in_front_tells_is_believed_only_by_the_setting() -> None:
    for proxies, scheme in ((0, "http"), (1, "https")):
        app = create_app(Quartier().store(), settings={"PROXIES": proxies})
        book = app.extensions["accounts"]
        book.add("Ada", "admin")
        with app.test_client() as client:
            client.set_cookie(rights.SESSION_COOKIE, book.begin(book.find("Ada")))
            headers = {"X-Forwarded-For": "192.0.2.1", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "localhost"}
            shown = [client.get(path, headers=headers) for path in ("/?lang=en", "/actors/new")]
            cookies = [cookie for one in shown for cookie in one.headers.getlist("Set-Cookie")]
            assert {cookie.partition("=")[0] for cookie in cookies} >= {"language", "session"}
            assert {"Secure" in cookie for cookie in cookies} == {scheme == "https"}
