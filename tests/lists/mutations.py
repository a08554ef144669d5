"""Damaged files: bytes of a list changed, cut, doubled or mixed with what programs stumble over.

python tests/lists/mutations.py 10000    that many, from a seed that is shown
"""

from __future__ import annotations

import io
import random
import sys
import tempfile
import zipfile
from collections import Counter
from pathlib import Path

import files

_PACKED = (".xlsx", ".ods")
_STUMBLES = (
    b";",
    b"\n",
    b'"',
    b"\t",
    b"\xff",
    b"\x00",
    b"=1+1",
    b"$",
    b"(",
    b" und ",
    b", ",
    b"/",
    b"31.12.2999",
    "ß𝔸".encode(),
)


def mutated(path: Path, chance: random.Random) -> bytes:
    """The content of a list, damaged; of packed files mostly inside, so that they still open."""
    content = path.read_bytes()
    if path.suffix not in _PACKED or chance.random() < 0.3:
        return _damaged(content, chance)
    packed = zipfile.ZipFile(io.BytesIO(content))
    names = packed.namelist()
    chosen = chance.choice([name for name in names if "sheet" in name or "content" in name] or names)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for name in names:
            part = packed.read(name)
            out.writestr(name, _damaged(part, chance) if name == chosen else part)
    return target.getvalue()


def _damaged(content: bytes, chance: random.Random) -> bytes:
    text = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        at = chance.randrange(len(text) + 1)
        match chance.randrange(5):
            case 0:
                text[at : at + 1] = bytes((chance.randrange(256),))
            case 1:
                del text[at : at + chance.randrange(1, 40)]
            case 2:
                there = chance.randrange(len(text) + 1)
                text[at:at] = text[there : there + chance.randrange(60)]
            case 3:
                text[at:at] = chance.choice(_STUMBLES)
            case 4:
                del text[at + 1 :]
    return bytes(text)


def try_import(path: Path) -> str:
    """Import a file into an empty store: "taken", or the name of the error; then nothing may have been written."""
    import graph
    from graph.errors import PankenetzError
    from graph.importing.plan import as_json, plan
    from graph.importing.takeover import apply

    with graph.open(None) as store:
        try:
            result = plan(store, [path], source="probe")
            as_json(result)
            apply(store, result, "Test")
        except PankenetzError as error:
            if store.version:
                raise AssertionError("written by half") from error
            return type(error).__name__
    return "taken"


def run(count: int, seed: int) -> Counter[str]:
    """Import that many damaged lists; returns how many were taken, and how many refused by which error."""
    chance = random.Random(seed)  # noqa: S311  # the same mutations each time, nothing secret
    outcomes: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        lists = [path for office in files.OFFICES for path in files.write_office(office, Path(folder))[0]]
        for _ in range(count):
            path = chance.choice(lists)
            target = Path(folder) / f"mutated{path.suffix}"
            target.write_bytes(mutated(path, chance))
            outcomes[try_import(target)] += 1
    return outcomes


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))
    first = random.randrange(10**6)  # noqa: S311  # as above
    print("seed", first, dict(run(int(sys.argv[1]), first)))  # noqa: T201  # a script that reports
