"""What must be true of the repository as a whole."""

from __future__ import annotations

import hashlib
import re
import subprocess
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("graph", "ontology", "webapp")


def tracked(*patterns: str) -> list[Path]:
    """The files git keeps, by pathspec."""
    listing = subprocess.run(["git", "ls-files", "-z", *patterns], cwd=ROOT, capture_output=True, check=True)
    return [ROOT / name for name in listing.stdout.decode().split("\0") if name]


def test_nothing_but_the_agreed_rooms_stands_at_the_top() -> None:
    tops = {path.relative_to(ROOT).parts[0] for path in tracked()}
    agreed = {"pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", "tests", *PACKAGES}
    assert {top for top in tops if not top.startswith(".")} == agreed


def test_the_wheel_holds_every_file_of_the_packages(tmp_path: Path) -> None:
    from hatchling.builders.wheel import WheelBuilder

    wheel = next(WheelBuilder(str(ROOT)).build(directory=str(tmp_path)))
    inside = set(zipfile.ZipFile(wheel).namelist())
    assert {str(path.relative_to(ROOT)) for path in tracked(*PACKAGES)} <= inside


def test_the_repository_names_no_machine_and_no_registry() -> None:
    forbidden = re.compile(r"/work/|/root/|pypi\.org|files\.pythonhosted|registry\.npmjs|deb\.debian\.org")
    binaries = (":!*.png", ":!*.mo", ":!*.woff2", ":!*.ico")
    texts = tracked(":!*/vendor/*", ":!tests/test_repository.py", ":!LICENSE", *binaries)
    found = [path.name for path in texts if forbidden.search(path.read_text(encoding="utf-8"))]
    assert found == []


def test_every_vendored_file_is_as_it_was_released() -> None:
    """A renaming that goes over all files must not go over these."""
    vendor = ROOT / "webapp" / "static" / "vendor"
    said = [line.split("  ./") for line in (vendor / "SHA256SUMS").read_text("ascii").splitlines()]
    ours = {"README.md", "SHA256SUMS"}
    lying = {str(path.relative_to(vendor)) for path in vendor.rglob("*") if path.is_file()} - ours
    assert {path: hashlib.sha256((vendor / path).read_bytes()).hexdigest() for path in lying} == {
        path: digest for digest, path in said
    }


def test_no_page_leans_on_the_sheet_that_is_only_kept_for_its_fonts() -> None:
    pages = (ROOT / "webapp" / "templates").rglob("*.html")
    assert [path.name for path in pages if "kern-" in (text := path.read_text("utf-8")) or "kern.min" in text] == []


def test_every_vendored_package_is_listed_with_licence_and_version() -> None:
    vendor = ROOT / "webapp" / "static" / "vendor"
    listing = (vendor / "README.md").read_text(encoding="utf-8")
    for folder in (path for path in vendor.iterdir() if path.is_dir()):
        assert re.search(rf"\|[^|]*{re.escape(folder.name)}[^|]*\|\s*\d+\.\d+\.\d+\s*\|[^|]+\|", listing), folder.name
        assert list(folder.rglob("LICENSE*")), f"{folder.name} came without its licence"


def test_every_setting_of_the_environment_stands_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    code = "".join(path.read_text(encoding="utf-8") for path in tracked("graph/*.py", "webapp/*.py"))
    assert [name for name in sorted(set(re.findall(r"PANKENETZ_[A-Z_]+", code))) if name not in readme] == []


def test_every_command_stands_in_the_readme() -> None:
    from webapp.cli import main

    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [name for name in main.commands if f"`{name}" not in readme] == []


def test_ruff_exceptions_give_their_reason() -> None:
    config = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    ignored = config.split("ignore = [", 1)[1].split("]", 1)[0].strip().splitlines()
    assert [line for line in ignored if "#" not in line] == []
    assert tomllib.loads(config)["tool"]["ruff"]["lint"]["select"] == ["ALL"]


@pytest.mark.parametrize("path", tracked("*.py"), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_silenced_check_says_why(path: Path) -> None:
    silenced = re.compile(r"#\s*(noqa|type:\s*ignore)(?P<rest>.*)")
    lines = path.read_text(encoding="utf-8").splitlines() if path.name != "test_repository.py" else []
    bare = [line for line in lines if (match := silenced.search(line)) and not re.search(r"[-–—#]\s*\S", match["rest"])]
    assert bare == []
