"""Requests nobody would send by hand: every route, hostile values in every place, broken bodies, odd headers.

    python tests/faults/wild.py [COUNT [SEED]]        10 000 requests unless told otherwise

Prints each request that was answered with 500, and how many there were; the exit status is 1 if there was one.
"""

from __future__ import annotations

import io
import random
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]

from builders import Quartier
from webapp import create_app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from werkzeug.routing import Rule

ROOT = Path(__file__).parents[2]
TEXTS = (
    *("", "x", "schule", "actor", "actor/schule", "fest", "2022", "2022-1", "1", "0", "-1", "9" * 21, "1e309", "NaN"),
    *("2024-02-30", "2024-05", "heute", "None", "null", "true", "../../etc/passwd", "%00", "\x00", "\ud7ff", "\u202e"),
    *("<script>", "\"'><", "{{7*7}}", "' OR 1=1--", "SELECT * { ?s ?p ?o } LIMIT 1", "ASK {}", "SELEKT", "ä" * 300),
    *("(" * 500, "[", "[]", "{", '{"a": 1}', "http://[", "//evil.example", "/\\x", "neu: Neu", "Verein", "json", "ttl"),
)
HEADERS: dict[str, tuple[str, ...]] = {
    "Accept": (
        "text/html",
        "application/json",
        "text/turtle",
        "text/csv",
        "*/*",
        "",
        "text/html;q=x",
        ",,,",
        "a/b;q=2",
    ),
    "Accept-Language": ("de", "en;q=0.1", "xx-YY,*", ";;"),
    "If-None-Match": ("*", '"x"', 'W/"', "'"),
    "Range": ("bytes=0-1", "bytes=-1", "lines=1-2", "bytes=9-1"),
    "Cookie": ("language=xx", "pankenetz=x", "author=%FF", "session=x.y.z", "=;;="),
    "Authorization": ("Bearer", "Basic x", "Bearer \xe4"),
    "Content-Type": ("application/json", "text/plain", "multipart/form-data", "application/sparql-update", "x"),
    "X-Forwarded-For": ("192.0.2.1", "x"),
    "Origin": ("null", "http://localhost", "http://evil.example"),
}
TAKERS = ("importing.receive", "geography.bring", "graph_store.graph_store")
FILES = ("liste.csv", "liste.xlsx", "liste.ods", "a.ttl", "a.trig", "a.jsonld", "orte.geojson", "a.zip", "../x.csv")
CONTENTS = (
    b"", b"PK\x03\x04", b"\xff\xfeP\x00", b"\x00" * 99, "Projekt;Träger\nFest;Schule\n".encode("cp1252"),
    b"Projekt\tOrt\nFest\tPark\n" * 9, b"<http://x/a> a <http://x/b> .", b'{"@id": "http://x/a", "@type": "http://x/b"}',
    b'{"type": "Feature", "properties": {"name": "Weg"}, "geometry": {"type": "Point", "coordinates": [13.37, 52.55]}}',
)  # fmt: skip
METHODS = ("GET",) * 6 + ("POST",) * 4 + ("HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE")


def office() -> Quartier:
    """A Quartier with something of each kind."""
    quartier = Quartier()
    schule, hof = quartier.actor("Schule", place=quartier.place("Park", at=(13.37, 52.55))), quartier.actor("Hof")
    quartier.handlungsfeld("2022", "1", "Bildung")
    quartier.project("Fest", traeger=[schule], partner=[hof], start="2024")
    quartier.event("Runde", actors=[schule], start="2024-05-01")
    quartier.tie(schule, hof)
    return quartier


def names_of_parameters() -> list[str]:
    """What our pages read from addresses and forms, as their code says."""
    code = "".join(path.read_text("utf-8") for path in (ROOT / "webapp").glob("*.py"))
    found = re.findall(r"""(?:args|form|values)(?:\.get|\.getlist)?[(\[]["']([\w:.-]+)["']""", code)
    return sorted({*found, "state", "kind", "name", "type"})


def wild(app: Flask, chance: random.Random, count: int) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """So many requests: method, address, and what else the test client takes."""
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]
    names = names_of_parameters()

    def pairs(most: int) -> list[tuple[str, str]]:
        return [(chance.choice(names), chance.choice(TEXTS)) for _ in range(chance.randint(0, most))]

    for _ in range(count):
        kind = chance.choices(("form", "body", "files", "nothing"), (35, 15, 10, 40))[0]
        takers = [rule for rule in rules if rule.endpoint in TAKERS] if kind == "files" else rules
        address = _address(chance.choice(takers), chance)
        query = "&".join(f"{quote(name)}={quote(text)}" for name, text in pairs(4))
        more: dict[str, Any] = {"headers": {n: chance.choice(HEADERS[n]) for n in chance.sample(list(HEADERS), 2)}}
        if kind == "form":
            more["data"] = dict(pairs(6))
        elif kind == "body":
            more["data"] = chance.choice(TEXTS).encode()
        elif kind == "files":  # the client says itself in a header that they come, and where each ends
            more = {
                "data": dict(pairs(3)) | {chance.choice(("upload", "files")): (_file(chance), chance.choice(FILES))}
            }
        yield "POST" if kind == "files" else chance.choice(METHODS), f"{address}?{query}", more


def _file(chance: random.Random) -> io.BytesIO:
    """A file that is broken, or another than its name says, or right."""
    content = chance.choice(CONTENTS)
    return io.BytesIO(content[: chance.randrange(len(content) + 1)] if chance.random() < 0.5 else content)


def _address(rule: Rule, chance: random.Random) -> str:
    def value(place: re.Match[str]) -> str:
        if chance.random() < 0.5:
            return chance.choice(("actors", "projects", "rounds")) if "list:" in place[0] else "schule"
        return quote(chance.choice(TEXTS), safe="")

    return re.sub(r"<[^>]+>", value, rule.rule)


def failures(count: int, seed: int) -> Iterator[str]:
    """The requests that were answered by a defect."""
    app = create_app(office().store(), settings={"WTF_CSRF_ENABLED": False})
    client = app.test_client(use_cookies=False)
    try:
        for method, address, more in wild(app, random.Random(seed), count):  # noqa: S311  # no secret
            try:
                with client.open(address, method=method, **more) as answer:
                    if answer.status_code == 500:
                        yield f"{method} {address} {more}"
            except (UnicodeError, ValueError):  # the client itself cannot write it down
                continue
    finally:
        for name in ("sandbox", "desk"):
            if app.extensions.get(name):
                app.extensions[name].close()


def main() -> int:
    """Exit status 1 if there was a defect."""
    count, seed = (int(text) for text in (*sys.argv[1:3], *("10000", "1")[len(sys.argv) - 1 :]))
    found = 0
    for line in failures(count, seed):
        found += 1
        sys.stdout.write(f"{line}\n")
    sys.stdout.write(f"{count} requests, {found} answered with 500\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
