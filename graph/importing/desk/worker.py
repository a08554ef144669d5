"""The process that reads one upload: `python -m graph.importing.desk.worker`, started by `Desk`.

On standard input comes one line of JSON (what to read, and how) and then the data as N-Quads; on standard output goes
one line for each step. What was read is written beside the upload, whole or not at all.
"""

from __future__ import annotations

import gc
import json
import shutil
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from graph import checks
from graph.errors import BadCell, BadFile
from graph.importing import mending, report
from graph.importing.desk import previews
from graph.importing.desk.differences import Differences
from graph.importing.desk.lines import Lines, problem_words
from graph.importing.desk.summary import summary
from graph.importing.desk.uploads import facts_of
from graph.importing.mapping import remembered
from graph.importing.plan import plan
from graph.store import open_copy

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from graph.importing.facts import Problem, Row
    from graph.importing.plan import Plan
    from graph.store import Store

_MEMORY: Final = 3 << 30
"""Bytes of memory the reading may take: a list that wants more is none of an office."""
_MOST_FINDINGS: Final = 50


def read(store: Store, job: dict[str, Any], folder: Path, progress: Callable[[str], None]) -> None:
    """Read files and write down what taking them over would do.

    Args:
        store: what there is already.
        job: "paths", "source", "round", "mapping" (as `graph.importing.mapping` reads it) and "key".
        folder: where to write; replaced when all is written.
        progress: told each step.
    """
    new = folder.with_name(f"{folder.name}.new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(mode=0o700)
    mapping = remembered(job["mapping"])
    paths, refused = [Path(path) for path in job["paths"]], []

    def planned(without: Collection[Row] = ()) -> Plan:
        return plan(
            store,
            paths,
            source=job["source"],
            mapping=mapping,
            round_=job["round"],
            without=without,
            progress=progress,
        )

    found: Plan | None = None
    while paths and found is None:
        try:
            found = planned()
        except (BadFile, BadCell) as error:
            refused.append(_refusal(error))
            paths = _others(paths, error)
    content: dict[str, Any] = {"key": job["key"], "version": store.version, "refused": refused, "files": []}
    if found:
        found, bad = _without_bad_rows(found, planned, new)
        progress("rows shown")
        _leave_what_is_there(store, found)
        differences = Differences(store, found)
        content |= _written(store, found, differences, bad, new) | summary(store, found, differences, mapping)
        content["files"] = [path.name for path in paths]
    (new / "summary.json").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    _put(new, folder)


def _others(paths: list[Path], error: BadFile | BadCell) -> list[Path]:
    """The files without the one that cannot be read."""
    left = [path for path in paths if path.name != error.file]
    if len(left) == len(paths):
        raise error
    return left


def _put(new: Path, folder: Path) -> None:
    """Put what was written in the place of what was read before."""
    old = folder.with_name(f"{folder.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.replace(old)
    new.replace(folder)
    shutil.rmtree(old, ignore_errors=True)


def _without_bad_rows(
    found: Plan, planned: Callable[[Collection[Row]], Plan], folder: Path
) -> tuple[Plan, dict[Row, list[Problem]]]:
    """The plan without the rows that must be mended, and these with what is wrong; they are written as workbooks."""
    bad: dict[Row, list[Problem]] = {}
    whole = found
    while found.bad_rows - bad.keys():
        for problem in found.errors:
            bad.setdefault(problem.spot.row, []).append(problem)
        found = planned(bad.keys())
    if bad:
        whole.problems = [problem for problems in bad.values() for problem in problems]
        for language in report.LANGUAGES:
            mending.write(folder / f"mend.{language}.xlsx", whole, language)
    return found, bad


def _leave_what_is_there(store: Store, found: Plan) -> None:
    """Files in our own terms say what is there already, too; that is no change."""
    if found.given.quads:
        found.weighed.added = {quad for quad in found.weighed.added if quad not in store}
        found.weighed.removed = {quad for quad in found.weighed.removed if quad in store}


def _written(
    store: Store, found: Plan, differences: Differences, bad: dict[Row, list[Problem]], folder: Path
) -> dict[str, Any]:
    """Write the quads and the rows; returns what the summary says of them."""
    lines = list(Lines(found, differences, bad).all())
    previews.store_lines(folder, lines)
    weighed = found.weighed
    digest = previews.store_quads(folder, weighed.added, weighed.removed)
    findings = checks.new_violations(store, weighed.removed, weighed.added) if found.given.quads else []
    violations = [{"label": one.label or one.entry, "words": dict(one.message)} for one in findings]
    violations += [{"label": one.spot.file, "words": problem_words(one)["words"]} for one in found.errors]
    outcomes = Counter(line["outcome"] for line in lines)
    return {
        "digest": digest,
        "is_nothing": not weighed.added and not weighed.removed,
        "outcomes": {outcome: outcomes[outcome] for outcome in previews.FILTERS},
        "bad_rows": [
            {"file": file, "sheet": sheet, "row": row, "problems": [problem_words(one) for one in problems]}
            for (file, sheet, row), problems in sorted(bad.items())
        ],
        "violations": violations[:_MOST_FINDINGS],
    }


def _refusal(error: BadFile | BadCell) -> dict[str, Any]:
    if isinstance(error, BadFile):
        return facts_of(error)
    facts = {"row": error.row, "column": error.column, "value": error.value, "allowed": list(error.allowed)}
    return {"file": error.file, "what": error.what, "reason": "", "cell": facts}


def _limit_memory() -> None:
    try:
        import resource
    except ModuleNotFoundError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


def main() -> None:
    """Read the job from standard input and do it."""
    _limit_memory()
    # A plan is a million small things that none of them points back to: looking for circles takes a fifth of the time.
    gc.disable()
    job = json.loads(sys.stdin.buffer.readline())
    store = open_copy(sys.stdin.buffer.read(), job["base_iri"])

    def tell(step: str) -> None:
        print(step, flush=True)  # noqa: T201  # the server reads it

    read(store, job, Path(job["folder"]), tell)


if __name__ == "__main__":
    main()
