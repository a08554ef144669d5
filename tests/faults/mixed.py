"""Somebody who works without a pause: forms, lists, judgements, undo, a large change now and then, until it is stopped.

    python tests/faults/mixed.py DATA SEED [full|read-only AFTER_SECONDS]

Prints the data version of each change that was acknowledged, "refused" for each that was not. With "full" or
"read-only" the system itself refuses all writing to files from that moment on, in all threads, as a disk does that is
full or was mounted read-only (Linux only).
"""

from __future__ import annotations

import random
import sys
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
from refusing import FAULTS, refuse_writing

import graph
from graph import changes, editing, matching
from graph.errors import PankenetzError, StoreError
from graph.importing.plan import plan
from graph.importing.takeover import apply

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.store import Store


def form(store: Store, chance: random.Random, names: list[str]) -> str:
    """A new entry, or another text in an old one."""
    if len(names) < 5 or chance.random() < 0.4:
        name = f"Verein {store.version} {chance.random()}"
        done = editing.save(store, "actor", None, {"type": ["Akteur"], "name": [name]}, author="Ada", anyway=True)
        names.append(done.slug)
    else:
        texts = {"description": [f"Text {chance.random()}"], "other_names": [f"Name {chance.random()}"]}
        done = editing.save(store, "actor", chance.choice(names), texts, author="Bo")
    return done.change.id


def listed(store: Store, chance: random.Random, folder: Path) -> str:
    """A list of some rows; now and then of so many that it goes to the disk another way."""
    path, mark = folder / "liste.csv", chance.random()
    count = chance.choice((3, 10, 300))
    rows = (f"Projekt {mark} {row};Träger {mark} {row % 5};{2000 + row % 20}" for row in range(count))
    path.write_text("\n".join(["Projekt;Träger;Beginn", *rows]), encoding="utf-8")
    return apply(store, plan(store, [path], source=f"Liste {mark}"), "Cem").id


def huge(store: Store, chance: random.Random) -> str:
    """More than what goes to the disk in one update."""
    where, name = store.graphs.data("huge"), ox.NamedNode("http://x/name")
    mark = chance.random()
    quads = [ox.Quad(ox.NamedNode(f"http://x/{mark}/{row}"), name, ox.Literal(row), where) for row in range(21_000)]
    return changes.commit(store, added=quads, author="Bo", reason="x", check=False).id


def work(store: Store, chance: random.Random, folder: Path) -> Iterator[str]:
    """The ids of the changes that were acknowledged; "" for nothing to change, "refused" for what was refused."""
    names: list[str] = []
    while True:
        kind = chance.choices(("form", "list", "undo", "judge", "huge"), (60, 12, 15, 12, 1))[0]
        try:
            if kind == "form":
                yield form(store, chance, names)
            elif kind == "list":
                yield listed(store, chance, folder)
            elif kind == "huge":
                yield huge(store, chance)
            elif kind == "judge" and len(names) > 1:
                one, other = (f"{store.base_iri}actor/{name}" for name in chance.sample(names, 2))
                yield matching.judge(store, one, other, chance.random() < 0.5, "Ada", group="body").id
            elif kind == "undo" and store.version:
                yield changes.undo(store, str(chance.randint(max(1, store.version - 5), store.version)), "Ada").id
        except StoreError:
            yield "refused"
        except OSError:  # the list itself could not be written
            continue
        except PankenetzError:  # an undo that others built on, a judgement about what an undo took away
            continue


def main() -> None:
    """Work on a data directory."""
    chance = random.Random(int(sys.argv[2]))  # noqa: S311  # no secret
    with tempfile.TemporaryDirectory() as folder, graph.open(Path(sys.argv[1])) as store:
        if len(sys.argv) > 3:
            number = FAULTS[sys.argv[3]]
            threading.Timer(float(sys.argv[4]), refuse_writing, [number]).start()
        refused = 0
        for done in work(store, chance, Path(folder)):
            if done:
                sys.stdout.write(f"{done}\n")
                sys.stdout.flush()
            refused += done == "refused"
            if refused > 3:
                break


if __name__ == "__main__":
    main()
