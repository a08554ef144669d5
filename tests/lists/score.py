"""Holds what `import --dry-run --format json` says against the true answers of a list.

python tests/lists/score.py                     all lists, and the Pankstraße tables as if foreign
python tests/lists/score.py OFFICE [--verbose]  one of them, with what was missed and what was wrong
python tests/lists/score.py --twice             takes them over twice, and says what breaks a shape or changes again
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from graph.store import Store

GROUPS = {"pn:Project": "project", "pn:Event": "event", "pn:Place": "place"}
"""Classes whose names are kept apart; all others are bodies, which an importer may take for one another."""

Link = tuple[str, str, str]
Document = dict[str, list[dict[str, Any]]]


@dataclass
class Score:
    """How a reading compares with the truth.

    Attributes:
        missed: true links (body, project or network, role) that were not found.
        wrong: found links that are not true.
        right: how many found links are true.
        merged: entities that hold spellings of two different bodies.
        lost: true spellings that are in no entity, no problem and no unmapped column.
        split: true bodies that became several entities, allowed but a nuisance.
        misread: entities of another class than the true one.
    """

    right: int = 0
    missed: list[Link] = field(default_factory=list)
    wrong: list[Link] = field(default_factory=list)
    merged: list[list[str]] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    split: list[str] = field(default_factory=list)
    misread: list[str] = field(default_factory=list)

    def add(self, other: Score) -> None:
        """Count another list in."""
        self.right += other.right
        for kind in ("missed", "wrong", "merged", "lost", "split", "misread"):
            getattr(self, kind).extend(getattr(other, kind))

    @property
    def recall(self) -> float:
        """Share of the true links that were found, 1 if there are none."""
        true = self.right + len(self.missed)
        return self.right / true if true else 1.0

    @property
    def precision(self) -> float:
        """Share of the found links that are true, 1 if none was found."""
        found = self.right + len(self.wrong)
        return self.right / found if found else 1.0


def score(answer: Document, truth: Document, *, strict: bool = False) -> Score:
    """Compare an answer with the truth; bodies are matched through their spellings.

    Of a body that became several entities, `strict` lets only the one with most links stand for it: the others' links
    are missed and wrong.
    """
    read = readings(answer, truth)
    if strict:
        read = _without_pieces(read, answer)
    labels = {entity["iri"]: entity["label"] for entity in answer["entities"]}
    result = Score(merged=[sorted(found) for found in read.values() if len(found) > 1])
    true, accepted = (
        {_undirected(link["from"], link["to"], link["role"]) for link in truth.get(kind, ())}
        for kind in ("links", "accepted")
    )
    found: set[Link] = set()
    for link in answer["links"]:
        ends = [sorted(read.get(link[end], ())) or [f"?{labels.get(link[end], link[end])}"] for end in ("from", "to")]
        # What means two bodies at once is counted as merged; the link itself is right if one of them has it.
        options = {_undirected(start, end, link["role"] or "mitglied") for start in ends[0] for end in ends[1]}
        found.add(min(options, key=lambda option: (option not in true, option not in accepted, option)))
    result.right = len(found & true)
    result.missed, result.wrong = sorted(true - found), sorted(found - true - accepted)
    _judge_entities(result, answer, truth, read)
    return result


def readings(answer: Document, truth: Document) -> dict[str, set[str]]:
    """Which true bodies, projects or places each entity of an answer stands for, by its address."""
    keys = _keys(truth)
    return {entity["iri"]: _reading(entity, keys) for entity in answer["entities"]}


def _without_pieces(read: dict[str, set[str]], answer: Document) -> dict[str, set[str]]:
    links = Counter(link[end] for link in answer["links"] for end in ("from", "to"))
    biggest: dict[str, str] = {}
    for iri in sorted(read, key=lambda iri: (-links[iri], iri)):
        for key in read[iri]:
            biggest.setdefault(key, iri)
    return {iri: {key for key in found if biggest[key] == iri} for iri, found in read.items()}


def _undirected(start: str, end: str, role: str) -> Link:
    """A tie between equals is the same from either end."""
    first, second = sorted((start, end)) if role in ("kooperiert-mit", "vernetzt-mit") else (start, end)
    return first, second, role


def _keys(truth: Document) -> dict[tuple[str, str], set[str]]:
    keys: dict[tuple[str, str], set[str]] = defaultdict(set)
    for entity in truth["entities"]:
        for text in (*entity["spellings"], *entity.get("also", ())):
            keys[GROUPS.get(entity["class"], "body"), _plain(text)].add(entity["key"])
    return keys


def _reading(entity: dict[str, Any], keys: dict[tuple[str, str], set[str]]) -> set[str]:
    """Which true bodies an entity stands for: those of its spellings; spellings of several bodies say nothing alone."""
    group = GROUPS.get(entity["class"], "body")
    found = [keys.get((group, _plain(text)), set()) for text in {entity["label"], *entity["spellings"]}]
    sure = {key for options in found if len(options) == 1 for key in options}
    return sure or set().union(*found)


def _plain(text: str) -> str:
    """Case and space do not tell names apart, nor do quotation marks."""
    return re.sub(r"\s+", " ", re.sub(r"[\"„“”»«]", "", text)).strip(" ,;.").casefold()


def _judge_entities(result: Score, answer: Document, truth: Document, read: dict[str, set[str]]) -> None:
    classes = {entity["key"]: entity["class"] for entity in truth["entities"]}
    counts: dict[str, int] = defaultdict(int)
    for entity in answer["entities"]:
        for key in read[entity["iri"]]:
            counts[key] += 1
            if classes[key] != entity["class"]:
                result.misread.append(f"{entity['label']}: {entity['class']}, not {classes[key]}")
    result.split = sorted(key for key, count in counts.items() if count > 1)
    said = {_plain(text) for entity in answer["entities"] for text in (entity["label"], *entity["spellings"])}
    excused = " ".join(_plain(problem["message"]) for problem in answer["problems"])
    result.lost = sorted(
        text
        for entity in truth["entities"]
        for text in entity["spellings"]
        if _plain(text) not in said and _plain(text) not in excused
    )


def said_twice(store: Store, paths: Sequence[Path], name: str) -> list[str]:
    """What is wrong after a list was taken over: violations of shapes, and what taking it over again would change."""
    from graph import checks
    from graph.importing.plan import plan
    from graph.importing.takeover import apply

    first = plan(store, paths, source=name)
    bad_rows = first.bad_rows
    apply(store, plan(store, paths, source=name, without=bad_rows) if bad_rows else first, "Test")
    again = plan(store, paths, source=name, without=bad_rows)
    found = [str(finding) for finding in checks.findings(store) if finding.severity == "violation"]
    return [*found, *map(str, again.weighed.added), *map(str, again.weighed.removed)]


def main(words: Iterable[str]) -> None:
    """Print one line per list; with `--verbose` what was missed, with `--twice` what a second time changes."""
    import files
    import pankstrasse

    import graph
    from graph.importing.plan import as_json, plan

    pooled = Score()
    names = [word for word in words if not word.startswith("-")] or [*files.OFFICES, "pankstrasse"]
    for name in names:
        with tempfile.TemporaryDirectory() as folder, graph.open(None) as store:
            target = Path(folder)
            paths, truth = pankstrasse.write(target) if name == "pankstrasse" else files.write_office(name, target)
            answer = as_json(plan(store, paths, source=name))
            if "--twice" in words and (wrong := said_twice(store, paths, name)):
                print(name, *wrong, sep="\n    ")  # noqa: T201  # a script
        result, strict = score(answer, truth), score(answer, truth, strict=True)
        pooled.add(result)
        print(line(name, result), f" strict {strict.recall:.3f} {strict.precision:.3f}")  # noqa: T201  # a script
        if "--verbose" in words:
            for kind in ("missed", "wrong", "merged", "lost", "split", "misread"):
                for one in getattr(result, kind):
                    print(f"    {kind}: {one}")  # noqa: T201  # as above
    print(line("pooled", pooled))  # noqa: T201  # as above


def line(name: str, result: Score) -> str:
    """A score in one line."""
    return (
        f"{name:12} recall {result.recall:.3f}  precision {result.precision:.3f}  merged {len(result.merged)}"
        f"  lost {len(result.lost)}  split {len(result.split)}  misread {len(result.misread)}"
    )


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))
    main(sys.argv[1:])
