"""Fifty clients ask the endpoint at once while somebody reads pages: what fails, and what is left behind.

    python tests/benchmarks/clients.py [SECONDS [CLIENTS [RUNS]]]     60 seconds, 50 clients, once unless told otherwise

Clients mix quick questions, slow ones, broken ones and bombs that end at a limit. It fails if anything but an answer, a
deliberate refusal (400 to a broken query, 413 and 503 with Retry-After to bombs and when many wait) came, if memory or
processes grew (what caches take once, in the first run, is allowed for; later runs may add nothing), or if the median
time of a page beside the bombs was more than twice its time beside a spinning program (the peer: two programs of
nobody's that take what the two bombs take from the processors).

Measured November 2026 on 2 busy cores, three runs of 60 s with 50 clients: no other answers; 149 MB before, 162, 164
and 167 MB after, no process left; pages 125 ms beside the programs, 48 ms beside bombs, which step back behind
everything else after half a second.
"""

from __future__ import annotations

import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
P = "PREFIX pn: <https://w3id.org/pankenetz/ns#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
QUICK = (
    P + "ASK { ?s a pn:Actor }",
    P + "SELECT ?a ?n { ?a a pn:Actor ; skos:prefLabel ?n } LIMIT 50",
    P + "SELECT ?p (COUNT(*) AS ?n) { ?i pn:in ?p } GROUP BY ?p ORDER BY DESC(?n)",
    P + "CONSTRUCT { ?a pn:to ?b } WHERE { ?t pn:from ?a ; pn:to ?b }",
    "SELECT * { ?s ?p ?o } LIMIT 5000",
)
BROKEN = ("SELECT ?s {", "SELEKT", P + "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }")
BOMBS = (
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f",
    "SELECT (REPLACE(CONCAT(STR(?s), STR(?o)), '(a|aa)+$', 'b') AS ?x) { ?s ?p ?o . ?t ?q ?u }",
)
PAGES = ("/", "/actors", "/projects", "/network.json", "/search?q=kita", "/measures")
REFUSED = {400, 403, 413, 503}
LONG_ENOUGH = 30
"""Seconds of a run whose times say something; in a shorter one they are only shown."""
SLACK_MB = 60
"""What caches may take in the server in the first run."""
STEADY_MB = 15
"""What a figure of memory varies by when nothing grows."""


def status(home: str, query: str) -> int:
    """What a query is answered with; -1 for no answer, 0 for a refusal at the wrong place."""
    try:
        with urlopen(Request(f"{home}/sparql?{urlencode({'query': query})}"), timeout=90) as answer:
            answer.read()
            return int(answer.status)
    except HTTPError as error:
        error.read()
        return error.code if error.code != 503 or error.headers.get("Retry-After") else 0
    except OSError:
        return -1


def client(home: str, end: float, seed: int, seen: Counter[tuple[str, int]]) -> None:
    """One client, until the end."""
    chance = random.Random(seed)  # noqa: S311  # no secret
    while time.monotonic() < end:
        kind = chance.choices(("quick", "broken", "bomb"), (90, 7, 3))[0]
        query = chance.choice({"quick": QUICK, "broken": BROKEN, "bomb": BOMBS}[kind])
        seen[kind, status(home, query)] += 1


def pages(home: str, seconds: float) -> float:
    """Median milliseconds of a page within so many seconds."""
    times, end = [], time.monotonic() + seconds
    while time.monotonic() < end or len(times) < 2 * len(PAGES):
        for path in PAGES:
            begin = time.monotonic()
            with urlopen(Request(home + path, headers={"Accept": "text/html"}), timeout=90) as answer:
                answer.read()
            times.append(1000 * (time.monotonic() - begin))
    return statistics.median(times)


def family(process: int) -> dict[int, int]:
    """The process and all its descendants, each with the megabytes it holds for itself."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(stat.parent.name)] = int(stat.read_text("utf-8", "replace").rpartition(")")[2].split()[1])
        except (OSError, ValueError):  # ended meanwhile
            continue
    found = {process}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return {one: _private(one) for one in found}


def _private(process: int) -> int:
    try:
        text = Path(f"/proc/{process}/smaps_rollup").read_text("ascii")
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in text.splitlines() if line.startswith("Private_")) // 1024


def settled(process: int, before: dict[int, int]) -> dict[int, int]:
    """Its family once what was ended is gone, or after so long that it will not be: a full process takes its time."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        found = family(process)
        if len(found) <= len(before) and sum(found.values()) <= sum(before.values()) + STEADY_MB:
            break
        time.sleep(0.5)
    return found


@contextmanager
def spinning() -> Iterator[None]:
    """Two programs that take all they can get of the processors."""
    programs = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(2)]
    try:
        yield
    finally:
        for program in programs:
            program.kill()
            program.wait()


@contextmanager
def bombed(home: str) -> Iterator[None]:
    """Two bombs at any time."""
    end = threading.Event()

    def throw(bomb: str) -> None:
        while not end.is_set():
            status(home, bomb)

    threads = [threading.Thread(target=throw, args=(bomb,)) for bomb in BOMBS[:2]]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        end.set()
        for thread in threads:
            thread.join()


def crowd(home: str, seconds: float, people: int) -> Counter[tuple[str, int]]:
    """So many clients for so many seconds: how often each kind of query was answered with which status."""
    seen: Counter[tuple[str, int]] = Counter()
    end = time.monotonic() + seconds
    threads = [threading.Thread(target=client, args=(home, end, seed, seen)) for seed in range(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return seen


def complaints(seen: Counter[tuple[str, int]]) -> list[str]:
    """What no client should have seen."""
    fine = {"quick": {200, 503}, "broken": {400, 403, 503}, "bomb": {200, *REFUSED}}
    return [f"{times} × {code} to a {kind} query" for (kind, code), times in seen.items() if code not in fine[kind]]


def main() -> int:
    """Serve the example, let the clients in, say how it went; 1 if it went wrong."""
    seconds, people, runs = (int(text) for text in (*sys.argv[1:4], *("60", "50", "1")[len(sys.argv) - 1 :]))
    with tempfile.TemporaryDirectory() as name:
        command = [sys.executable, "-m", "webapp", "--data", f"{name}/data", "serve", "--example", "--port", "0"]
        told = subprocess.DEVNULL  # a line for every refusal; they are counted here
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=told, text=True) as server:
            assert server.stdout
            home = server.stdout.readline().removeprefix("Pankenetz: ").strip().rstrip("/")
            crowd(home, min(seconds, 5), 4)  # what is made with the first question is there
            pages(home, 1)
            with spinning():
                usual = pages(home, seconds / 6)
            with bombed(home):
                beside = pages(home, seconds / 6)
            families, seen = [family(server.pid)], Counter[tuple[str, int]]()
            for _ in range(runs):
                seen += crowd(home, seconds, people)
                families.append(settled(server.pid, families[-1]))
            server.terminate()
    processes, megabytes = [len(one) for one in families], [sum(one.values()) for one in families]
    wrong = complaints(seen)
    if max(processes) > processes[0]:
        wrong.append("processes were left behind")
    if megabytes[1] > megabytes[0] + SLACK_MB or max(megabytes[1:]) > megabytes[1] + STEADY_MB:
        wrong.append("memory grew")
    if beside > 2 * usual and seconds >= LONG_ENOUGH:
        wrong.append("pages were slow beside bombs")
    answers = ", ".join(f"{kind} {code}: {times}" for (kind, code), times in sorted(seen.items()))
    sys.stdout.write(f"{people} clients, {runs} × {seconds} s: {answers}\n")
    sys.stdout.write(f"before and after each run: MB {megabytes}, processes {processes}\n")
    sys.stdout.write(f"pages {usual:.0f} ms beside two spinning programs, {beside:.0f} ms beside two bombs\n")
    sys.stdout.writelines(f"WRONG: {one}\n" for one in wrong)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
