"""Offices by chance: layouts, headings, cell styles and names of every kind, the truth known because it is drawn first.

python tests/lists/generated.py [--from N] [--count N] [--verbose]   scores offices; says what goes wrong most, by kind
python tests/lists/generated.py --show N                             prints one as a list with its marks
"""

# ruff: noqa: S311, T201  # a list of choices is one line; chance that draws lists keeps no secret; a script prints

from __future__ import annotations

import random
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import files
import invented
import layouts
import notation
import score

if TYPE_CHECKING:
    from collections.abc import Iterator

    from invented import Office

LEAST = 0.97
"""Recall and precision below which an office counts as read badly."""


def draw(seed: int) -> tuple[Office, list[notation.File]]:
    """Draw an office and its files, with all true links said."""
    chance = random.Random(f"office {seed}")
    office = invented.office(chance)
    shape = chance.choice(list(layouts.SHAPES))
    office.tags[f"shape: {shape}"] = "shape"
    sheets = layouts.SHAPES[shape](office)
    if chance.random() < 0.6 and shape != "by_actor":
        kind = chance.choice(list(layouts.GROUPS))
        office.tags[f"networks: {kind}"] = "networks"
        sheets += layouts.GROUPS[kind](office)
    if office.tags.get("directory"):
        sheets.append(layouts.directory(office))
    found = _filed(office, [_dressed(office, sheet) for sheet in sheets])
    for subject, role, key in office.said:
        found[0].said["@true"].append([subject, role, key])
    return office, found


def _dressed(office: Office, sheet: notation.Sheet) -> notation.Sheet:
    """Titles above, empty columns and a remark or sum below."""
    chance, rows = office.chance, sheet.rows
    width = max(map(len, rows))
    if chance.random() < 0.35:
        title = chance.choice(
            (
                f"{sheet.name} {office.quarter}",
                f"Soziale Stadt {office.town}-{office.quarter}",
                f"Stand: 12.0{chance.randrange(1, 9)}.2024",
            )
        )
        rows = [[title, *[chance.choice(("<", ""))] * (width - 1)], *([[]] if chance.random() < 0.5 else []), *rows]
        office.tags["dress: title"] = "dress"
    if chance.random() < 0.15:
        rows = [["", *row] for row in rows]
        office.tags["dress: empty column"] = "dress"
    if chance.random() < 0.2:
        rows = [
            *rows,
            [],
            [chance.choice(("Alle Angaben ohne Gewähr", "Stand der Liste: Mai 2024", "* Angaben laut Antrag"))],
        ]
        office.tags["dress: footer"] = "dress"
    return notation.Sheet(sheet.name, roles=["-"] * (width + 1), rows=rows)


def _filed(office: Office, sheets: list[notation.Sheet]) -> list[notation.File]:
    chance = office.chance
    kind = chance.choice(("xlsx", "xlsx", "xlsx", "ods", "csv"))
    if kind != "csv":
        return [notation.File(f"Liste_{office.town}.{kind}", "", "", sheets)]
    separator = chance.choice((";", ",", "\t"))
    encoding = chance.choice(("utf-8", "utf-8-sig", "cp1252", "utf-16"))
    office.tags[f"csv: {encoding} {separator!r}"] = "csv"
    found = []
    for at, sheet in enumerate(sheets):
        # Text files know no merged cells: what is merged stands in the first.
        rows = [["" if cell in ("^", "<") else cell.replace("✓", "x") for cell in row] for row in sheet.rows]
        found.append(
            notation.File(
                f"{sheet.name}_{at}.csv".replace(" ", "_"),
                encoding,
                separator,
                [notation.Sheet(sheet.name, roles=sheet.roles, rows=rows)],
            )
        )
    return found


def write(seed: int, folder: Path) -> tuple[Office, list[Path], dict[str, list[dict[str, object]]]]:
    """Draw an office and write its files; returns it, their paths and the truth."""
    office, found = draw(seed)
    for file in found:
        files.write_file(file, folder)  # the same writers
    truth = notation.truth(found)
    return office, [folder / file.name for file in found], truth


def shown(found: list[notation.File]) -> str:
    """Files as a list in the notation."""
    lines = []
    for file in found:
        lines.append(f"@file {file.name} {file.encoding} {file.separator}".strip())
        for sheet in file.sheets:
            lines += [] if file.encoding else [f"@sheet {sheet.name}"]
            lines += [" | ".join(cell.replace("\n", "⏎") for cell in row) for row in sheet.rows]
        lines += [f"@true {' '.join(one)}" for one in file.said["@true"]]
    return "\n".join(lines)


@dataclass
class _Tally:
    """Scores of many offices.

    Attributes:
        pooled: all of them. faults: how many offices with a choice were read badly. drawn: how many had it.
    """

    pooled: score.Score = field(default_factory=score.Score)
    faults: Counter[str] = field(default_factory=Counter)
    drawn: Counter[str] = field(default_factory=Counter)

    def add(self, office: Office, result: score.Score) -> None:
        """Count one office."""
        self.pooled.add(result)
        for tag in office.tags:
            self.drawn[tag] += 1
            self.faults[tag] += min(result.recall, result.precision) < LEAST

    def lines(self) -> Iterator[str]:
        """The sum, and the choices that went wrong most often."""
        yield score.line("pooled", self.pooled)
        for tag in sorted(self.faults, key=lambda tag: -self.faults[tag] / self.drawn[tag])[:40]:
            if self.faults[tag]:
                yield f"    {tag}: {self.faults[tag]} of {self.drawn[tag]}"


def _told(seed: int, office: Office, result: score.Score, *, verbose: bool) -> Iterator[str]:
    """What is to be said of one office: nothing if all is right."""
    if not (result.missed or result.wrong or result.merged or result.lost):
        return
    yield score.line(f"{seed} {[tag for tag in office.tags if tag.startswith(('shape', 'networks'))]}", result)
    if verbose:
        yield f"    {[tag for tag in office.tags if ':' in tag and not tag.startswith('shape')]}"
        for what in ("missed", "wrong", "merged", "lost"):
            yield from (f"    {what}: {one}" for one in getattr(result, what)[:4])


def main(arguments: list[str]) -> None:
    """Score offices, or show one."""
    import graph
    from graph.importing.plan import as_json, plan

    def number(word: str, default: int) -> int:
        return int(arguments[arguments.index(word) + 1]) if word in arguments else default

    if "--show" in arguments:
        print(shown(draw(number("--show", 0))[1]))
        return
    tally, start = _Tally(), number("--from", 0)
    for seed in range(start, start + number("--count", 20)):
        with tempfile.TemporaryDirectory() as folder, graph.open(None) as store:
            office, paths, truth = write(seed, Path(folder))
            result = score.score(as_json(plan(store, paths, source="office")), truth)
        tally.add(office, result)
        for line in _told(seed, office, result, verbose="--verbose" in arguments):
            print(line)
    print(*tally.lines(), sep="\n")


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))
    main(sys.argv[1:])
