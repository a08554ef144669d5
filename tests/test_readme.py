"""What the README shows works as it stands."""

from __future__ import annotations

import re
import runpy
from pathlib import Path
from typing import TYPE_CHECKING

import graph
import graph.example

if TYPE_CHECKING:
    import pytest

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")


def test_the_python_example_prints_the_names_of_the_agencies(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with graph.open(tmp_path / "data") as store:
        graph.example.load(store)
    (code,) = re.findall(r"```python\n(.*?)```", README, flags=re.DOTALL)
    script = tmp_path / "example.py"
    script.write_text(re.sub(r"^   ", "", code, flags=re.MULTILINE).replace("path/to/data", str(tmp_path / "data")))
    runpy.run_path(str(script))
    assert "Bezirksamt Mitte von Berlin" in capsys.readouterr().out.splitlines()


def test_every_file_the_readme_names_exists() -> None:
    root = Path(__file__).parents[1]
    named = re.findall(r"`((?:graph|ontology|webapp|tests)/[\w/.-]+)`|\((\.readme/[\w.]+|LICENSE)\)", README)
    paths = {one or other for one, other in named}
    assert paths
    assert [path for path in sorted(paths) if not (root / path).exists()] == []
