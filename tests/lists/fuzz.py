"""Import damaged lists by the thousand: each is taken whole or refused with a sentence, in bounded time and memory.

python tests/lists/fuzz.py 10000                as many, from a seed that is shown
python tests/lists/fuzz.py 10000 --seed 7       the same ones again
python tests/lists/fuzz.py 1 --seed 7 --from 31 the one that fell

What fell is kept in the folder `--keep` names, with how it fell; then the exit status is 1.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "lists")]

import files  # noqa: E402  # the folder is no package
import mutations  # noqa: E402  # after the path is set

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.store import Store

SECONDS, MEGABYTES = 15, 1024
"""What one file may take: processor time, and memory beyond what the program has anyway."""


def outcome(path: Path) -> str:
    """What becomes of a file: "taken", "rows left out", or the error; nothing may be written but by taking it whole."""
    import graph
    from graph.cli.errors import sentence
    from graph.errors import BadRows, PankenetzError
    from graph.importing import mending
    from graph.importing.plan import as_json, plan
    from graph.importing.takeover import apply

    with graph.open(None) as store:
        before = _written(store)
        try:
            found = plan(store, [path], source="probe")
            as_json(found)
            try:
                apply(store, found, "Test")
            except BadRows:
                assert _written(store) == before, "refused, yet written"
                mending.write(path.with_name("mend.xlsx"), found)
                found = plan(store, [path], source="probe", without=found.bad_rows)
                apply(store, found, "Test")
                return "rows left out"
        except PankenetzError as error:
            assert _written(store) == before, "refused, yet written"
            sentence(error)
            return f"{type(error).__name__} {getattr(error, 'what', '')}".strip()
        stored = set(store.quads())
        nameless = {quad for quad in found.weighed.added if "_:" in f"{quad.subject}{quad.object}"}  # named when stored
        assert found.weighed.added - nameless <= stored, "taken by half"
        assert not (found.weighed.removed - found.weighed.added) & stored, "removed by half"
    return "taken"


def _written(store: Store) -> tuple[int, set[object]]:
    return store.version, {quad for name in store.graphs.readable("admin") for quad in store.quads(graph=name)}


def originals(folder: Path) -> list[Path]:
    """The lists of all offices, and what the first of them says as RDF."""
    paths = [path for office in files.OFFICES for path in files.write_office(office, folder)[0]]
    if os.fork() == 0:  # an open store has threads, and a process with threads must not be forked later
        try:
            _write_rdf(paths[0], folder)
        finally:
            os._exit(0)
    os.wait()
    return [*paths, *sorted(folder.glob("probe.*"))]


def _write_rdf(path: Path, folder: Path) -> None:
    import graph
    from graph.importing.given import RDF_FILES
    from graph.importing.plan import plan
    from graph.importing.takeover import apply

    with graph.open(None) as store:
        apply(store, plan(store, [path], source="probe"), "Test")
        for suffix, syntax in RDF_FILES.items():
            (folder / f"probe{suffix}").write_bytes(store.dump(syntax))


def confined(path: Path) -> tuple[str, float]:
    """The outcome of a file in a process of its own, which ends at its limits, and the seconds it took."""
    answers, theirs = os.pipe()
    begin = time.monotonic()
    if (child := os.fork()) == 0:
        _limit()
        try:
            text = outcome(path)
        except BaseException:  # noqa: BLE001  # whatever falls is what is looked for
            text = f"FELL {traceback.format_exc()}"
        os.write(theirs, text[-60_000:].encode("utf-8", "replace"))
        os._exit(0)
    os.close(theirs)
    with os.fdopen(answers, encoding="utf-8") as told:
        text = told.read()
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    return text or f"FELL {signal.Signals(-code).name if code < 0 else code}", time.monotonic() - begin


def _limit() -> None:
    present = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (present + MEGABYTES * 2**20,) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def run(count: int, seed: int, first: int, keep: Path) -> tuple[Counter[str], float]:
    """Import that many damaged lists; returns how often each outcome came, and the seconds of the slowest."""
    import graph.importing.takeover
    import graph.importing.template  # noqa: F401  # loaded once here, not in each child

    outcomes: Counter[str] = Counter()
    slowest = 0.0
    with tempfile.TemporaryDirectory() as folder:
        lists = originals(Path(folder))
        for number in range(first, first + count):
            path, content = _damaged(lists, seed, number)
            target = Path(folder) / f"mutated{path.suffix}"
            target.write_bytes(content)
            text, seconds = confined(target)
            slowest = max(slowest, seconds)
            if text.startswith("FELL"):
                _keep(keep, f"{seed}-{number}-{path.stem}", target, text)
            outcomes[text if len(text) < 60 else text.strip().rpartition("\n")[2][:200]] += 1
    return outcomes, slowest


def _damaged(lists: list[Path], seed: int, number: int) -> tuple[Path, bytes]:
    chance = random.Random(f"{seed} {number}")  # noqa: S311  # the same ones each time, nothing secret
    path = chance.choice(lists)
    return path, mutations.mutated(path, chance)


def _keep(folder: Path, name: str, target: Path, text: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}{target.suffix}").write_bytes(target.read_bytes())
    (folder / f"{name}.txt").write_text(text, encoding="utf-8")


def main(words: list[str]) -> Iterator[str]:
    """Run, and report line by line; ends the process with status 1 if anything fell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))  # noqa: S311  # as above
    parser.add_argument("--from", dest="first", type=int, default=0)
    parser.add_argument("--keep", type=Path, default=Path("fallen"))
    asked = parser.parse_args(words)
    outcomes, slowest = run(asked.count, asked.seed, asked.first, asked.keep)
    yield f"seed {asked.seed}, slowest {slowest:.1f} s"
    yield json.dumps(dict(outcomes.most_common()), ensure_ascii=False, indent=1)
    fell = sum(count for text, count in outcomes.items() if text.startswith("FELL") or "Error: " in text)
    if fell or any(asked.keep.glob("*.txt")):
        yield f"fell: see {asked.keep}"
        sys.exit(1)


if __name__ == "__main__":
    for line in main(sys.argv[1:]):
        print(line, flush=True)  # noqa: T201  # a script that reports
