"""Thirty people work with the example while a list of 5 000 rows comes in: how long pages take, and what fails.

    python tests/benchmarks/load.py [SECONDS [PEOPLE]]        300 seconds and 30 people unless told otherwise

Prints the 50th and 95th percentile of the pages in milliseconds, the number of errors, and the server's memory before
and after. People read for some seconds between two pages, as staff do.
"""

from __future__ import annotations

import random
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import HTTPCookieProcessor, Request, build_opener, urlopen

ROOT = Path(__file__).parents[2]
PAGES = (
    "/", "/actors", "/actors/silent-green-a", "/projects", "/network", "/network.json", "/search?q=kita", "/gaps",
    "/rounds/2022", "/places/nettelbeckplatz", "/measures", "/history", "/upkeep", "/map", "/actors.csv",
)  # fmt: skip


def visit(home: str, end: float, chance: random.Random, times: list[float], errors: list[str]) -> None:
    """One person, until the end."""
    while time.monotonic() < end:
        path = chance.choice(PAGES)
        begin = time.monotonic()
        try:
            with urlopen(Request(home + path, headers={"Accept": "text/html"}), timeout=60) as answer:  # ours
                answer.read()
            times.append(time.monotonic() - begin)
        except (HTTPError, OSError) as error:
            errors.append(f"{path}: {error}")
        time.sleep(chance.expovariate(1 / 3))


def bring(home: str) -> None:
    """Send a list of 5 000 rows through the form, as a browser does."""
    browser = build_opener(HTTPCookieProcessor(CookieJar()))
    token = re.findall(r'name="csrf_token" value="([^"]+)"', browser.open(f"{home}/import").read().decode())[0]
    rows = (f"Projekt {row};Verein {row % 400};{2000 + row % 25}" for row in range(5000))
    text = "\n".join(["Projekt;Träger;Beginn", *rows])
    line = "--grenze"
    body = (
        f'{line}\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{token}\r\n'
        f'{line}\r\nContent-Disposition: form-data; name="files"; filename="liste.csv"\r\n'
        f"Content-Type: text/csv\r\n\r\n{text}\r\n{line}--\r\n"
    ).encode()
    sent = Request(f"{home}/import", body, {"Content-Type": "multipart/form-data; boundary=grenze"})  # ours
    browser.open(sent).read()


def memory(process: int) -> int:
    """Megabytes a process holds."""
    status = Path(f"/proc/{process}/status").read_text("ascii")
    return int(status.split("VmRSS:")[1].split()[0]) // 1024


def main() -> None:
    """Serve the example, let people in, say how it went."""
    seconds, people = (int(text) for text in (*sys.argv[1:3], *("300", "30")[len(sys.argv) - 1 :]))
    times: list[float] = []
    errors: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        command = [sys.executable, "-m", "webapp", "--data", f"{name}/data", "serve", "--example", "--port", "0"]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
            assert server.stdout
            home = server.stdout.readline().removeprefix("Pankenetz: ").strip().rstrip("/")
            time.sleep(5)
            before, end = memory(server.pid), time.monotonic() + seconds
            threads = [
                threading.Thread(target=visit, args=(home, end, random.Random(seed), times, errors))  # noqa: S311  # no secret
                for seed in range(people)
            ]
            threads.append(threading.Thread(target=bring, args=(home,)))
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            after = memory(server.pid)
            server.terminate()
    median, *_, last = statistics.quantiles(times, n=20)[9:]
    sys.stdout.write(
        f"{len(times)} pages, p50 {1000 * median:.0f} ms, p95 {1000 * last:.0f} ms, {len(errors)} errors, "
    )
    sys.stdout.write(f"memory {before} MB before, {after} MB after\n")
    sys.stdout.writelines(f"{error}\n" for error in errors[:10])


if __name__ == "__main__":
    main()
