"""A disk that refuses each single step of a change: what was acknowledged is there, nothing is half, and it opens.

    python tests/faults/steps.py [EVERY [KIND …]]        every step of every kind of change, unless told otherwise

The steps of a change (opening, writing, syncing, renaming, removing of files) are counted; then each in turn fails,
once or from there on, because the disk is full or read-only. Prints what went wrong; the exit status is 1 if something
did.
"""

from __future__ import annotations

import contextlib
import itertools
import shutil
import sys
import tempfile
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).parents[at]) for at in (2, 1)]

import pyoxigraph as ox
from changed import told
from refusing import FAULTS, Disk, run

import graph
from graph import backups, changes
from graph.errors import PankenetzError, StoreError
from webapp.accountbook import Book

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from graph.store import Store

NAME: Final = ox.NamedNode("http://x/name")
SIZES: Final = {"small": 3, "large": 1_200, "huge": 20_100}
"""How many statements a change brings: one for the log, one for the tables, one added in bulk."""


def quads(store: Store, mark: str, count: int) -> list[ox.Quad]:
    where = store.graphs.data("x")
    return [ox.Quad(ox.NamedNode(f"http://x/{mark}/{row}"), NAME, ox.Literal(row), where) for row in range(count)]


def change(store: Store, mark: str, count: int) -> str:
    """The id of a change that was acknowledged."""
    return changes.commit(store, added=quads(store, mark, count), author="Bo", reason=mark, check=False).id


def state(store: Store) -> tuple[str, ...]:
    """The reasons of all changes, the newest first; an undo keeps that of what it undoes."""
    history = changes.history(store, None)
    assert store.version == len(history), (store.version, len(history))
    apart = {store.graphs.ontology, store.graphs.derived, store.graphs.history}
    assert {quad for quad in store.everything() if quad.graph_name not in apart} == told(store)
    return tuple(one.reason for one in history)


def changing(data: Path, arm: Callable[[], None], act: Callable[[Store], object]) -> str:
    """Do something to an open store, and a small change after it.

    Returns:
        "done" or "refused" for each of the two.
    """
    answers = []
    with contextlib.suppress(StoreError), graph.open(data) as store:
        before = state(store)
        arm()
        for one in (act, lambda store: change(store, "after", 2)):
            try:
                one(store)
            except StoreError:
                answers.append("refused")
                assert state(store) == before  # who reads meanwhile
            else:
                answers.append("done")
                before = state(store)
    return " ".join(answers)


def opening(data: Path, arm: Callable[[], None]) -> str:
    arm()
    try:
        with contextlib.suppress(StoreError), graph.open(data) as store:
            state(store)
    except StoreError:
        return "refused"
    return "done"


def restoring(data: Path, arm: Callable[[], None]) -> str:
    arm()
    try:
        backups.restore(data.with_name("copies"), data, force=True)
    except StoreError:
        return "refused"
    return "done"


def accounting(data: Path, arm: Callable[[], None]) -> str:
    book = Book(data)
    arm()
    try:
        book.add("Bo", "reader")
    except PankenetzError:
        return "refused"
    finally:
        book.close()
    return "done"


def compact(store: Store) -> None:
    store.plan_compacting()
    store.compact()


@dataclass(frozen=True)
class Kind:
    """What is done, and what may stand in the directory after it: as it was, and as it is when it was done."""

    work: Callable[[Path, Callable[[], None]], str]
    after: tuple[str, ...] = ("second", "first")
    before: tuple[str, ...] = ("second", "first")


def _changed(act: Callable[[Store], object], *reasons: str) -> Kind:
    return Kind(lambda data, arm: changing(data, arm, act), (*reasons, "second", "first"))


KINDS: Final = {
    **{
        size: _changed(lambda store, size=size: change(store, size, SIZES[size]), size)  # type: ignore[misc]  # bound here
        for size in SIZES
    },
    "undo": _changed(lambda store: changes.undo(store, "2", "Bo"), "second"),
    "compact": _changed(compact),
    "backup": _changed(lambda store: backups.backup(store, (store.path or Path()) / "copies")),
    "open": Kind(opening),
    "restore": Kind(restoring, ("first",)),
    "account": Kind(accounting),
}


def prepare(place: Path) -> None:
    """A directory with two changes, a copy from between them beside it."""
    with graph.open(place / "data") as store:
        change(store, "first", 20)
        backups.backup(store, place / "copies")
        change(store, "second", 3)
    Book(place / "data").close()


def trial(kind: Kind, prepared: Path, fails: Callable[[int], int]) -> tuple[str, list[str]]:
    """Do it once on a copy; what is wrong after it ("" for nothing), and the steps there were."""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name) / "place"
        shutil.copytree(prepared, place)
        data = place / "data"
        disk = Disk(place, fails)
        said = run(disk, lambda arm: kind.work(data, arm))
        found = run(Disk(place, lambda _: 0), lambda _: "|".join(_opened(data)))
    answers = said.split()
    if not answers or not set(answers) <= {"done", "refused"}:
        return f"ended by: {said}", disk.steps
    allowed = set(_allowed(kind, answers))
    return ("" if found in allowed else f"{said}, then {found}"), disk.steps


def _opened(data: Path) -> tuple[str, ...]:
    with graph.open(data) as store:
        return state(store)


def _allowed(kind: Kind, answers: list[str]) -> Iterator[str]:
    """The states that may be found: what was acknowledged is there; what was refused may be, but whole."""
    first = [kind.after] if answers[0] == "done" else [kind.before, kind.after]
    then = [("after",)] if answers[1:] == ["done"] else [(), ("after",)] if answers[1:] else [()]
    for reasons, more in itertools.product(first, then):
        yield "|".join((*more, *reasons))


def failures(every: int = 1, names: tuple[str, ...] = tuple(KINDS)) -> Iterator[str]:
    """What went wrong: kind, fault, step.

    Args:
        every: one of so many steps is tried.
        names: the kinds of change.
    """
    with tempfile.TemporaryDirectory() as name:
        prepared = Path(name)
        run(Disk(prepared, lambda _: 0), lambda _: prepare(prepared) or "done")
        for kind in names:
            wrong, steps = trial(KINDS[kind], prepared, lambda _: 0)
            if wrong:
                yield f"{kind}, nothing refused: {wrong}"
            sys.stdout.write(f"{kind}: {len(steps)} steps\n")
            for fault, lasts, step in itertools.product(FAULTS, (False, True), range(0, len(steps), every)):
                wrong, met = trial(KINDS[kind], prepared, partial(_fails, FAULTS[fault], step, lasts))
                if wrong:
                    what = met[step] if step < len(met) else "not reached"
                    yield f"{kind}, {fault}{' from there on' if lasts else ''}, step {step} ({what}): {wrong}"


def _fails(number: int, step: int, lasts: bool, now: int) -> int:
    return number if now == step or (lasts and now > step) else 0


def main() -> int:
    """Exit status 0 if nothing went wrong."""
    every = int(sys.argv[1]) if sys.argv[1:] else 1
    found = 0
    for line in failures(every, tuple(sys.argv[2:]) or tuple(KINDS)):
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
        found += 1
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
