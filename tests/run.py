"""Set up what the checks need and run them all: the README's second command.

Only the standard library, because nothing is installed yet. Arguments are handed on to pytest
(`python3 tests/run.py -k gaps`); with arguments the linters are left out.
"""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
OFFICE = ("soffice", "libreoffice")
BROWSERS = {"chromium": ("chromium", "chromium-browser", "google-chrome"), "firefox-esr": ("firefox-esr", "firefox")}


def run(*command: str | Path, cwd: Path = ROOT) -> int:
    """Run one command, showing it and how long it took; its exit status."""
    words = [str(word) for word in command]
    print("»", " ".join(words), flush=True)
    begin = time.monotonic()
    status = subprocess.run(words, cwd=cwd, check=False).returncode
    print(f"  {time.monotonic() - begin:.0f} s", flush=True)
    return status


def require(*command: str | Path) -> None:
    """Run a step of the set-up; end here if it fails, because nothing after it can be trusted."""
    if status := run(*command):
        sys.exit(status)


def install_from_debian(package: str, wanted_for: str, *options: str) -> None:
    """Install a Debian package, as root or by sudo; ask for it where apt is not at hand."""
    if not shutil.which("apt-get"):
        sys.exit(f"{wanted_for} need {package}: please install it and run this again.")
    root = [] if os.geteuid() == 0 else ["sudo"]
    require(*root, "apt-get", "update", "-qq")
    require(*root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-y", "-qq", *options, package)


def install_packages() -> Path:
    """The folder of programs of a virtual environment that holds Pankenetz and its test tools."""
    programs = VENV / "bin"
    if not (programs / "pip").exists():
        if importlib.util.find_spec("ensurepip") is None:
            install_from_debian("python3-venv", "Virtual environments")
        require(sys.executable, "-m", "venv", "--clear", VENV)
    require(programs / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-e", ".[test]")
    return programs


def install_browsers() -> None:
    """Install Debian's Chromium and Firefox where there is none."""
    for package, names in BROWSERS.items():
        if not any(shutil.which(name) for name in names):
            install_from_debian(package, "The browser tests")


def install_office() -> None:
    """Install the smallest part of LibreOffice that opens Word files (200 MB; all of it would be 1 GB)."""
    if not any(shutil.which(name) for name in OFFICE):
        install_from_debian("libreoffice-writer-nogui", "The tests of Word files", "--no-install-recommends")


def install_virtuoso() -> None:
    """Install a SPARQL server that is not ours, to keep the data on; its package starts nothing that tests use."""
    if not shutil.which("virtuoso-t"):
        install_from_debian("virtuoso-opensource-7", "The tests of other SPARQL servers", "--no-install-recommends")


def audit(programs: Path) -> None:
    """Tell known holes in the libraries; where that is out of reach, it is said.

    It fails nothing: a hole published today must not stop a change that mends another, nor must one of pip.
    """
    if run(programs / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "pip-audit"):
        return
    words = [str(programs / "pip-audit"), "--skip-editable", "--progress-spinner", "off", "--format", "json"]
    done = subprocess.run(words, cwd=ROOT, check=False, capture_output=True, text=True)
    try:
        libraries = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        print("» pip-audit\n  out of reach: not looked up", flush=True)
        return
    holes = [f"{one['name']} {one['version']}: {hole['id']}" for one in libraries for hole in one.get("vulns", ())]
    print("» pip-audit\n ", "; ".join(holes) or "no known holes", flush=True)


def main() -> int:
    """Exit status 0 if every check passed."""
    # The tests start hundreds of processes; each would compile the whole project again.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    programs = install_packages()
    install_browsers()
    install_office()
    install_virtuoso()
    pytest = [programs / "python", "-m", "pytest", "-n", "2", "--dist", "worksteal"]
    if sys.argv[1:]:
        return run(*pytest, *sys.argv[1:])
    audit(programs)
    # The tests come last, so that what fails in them is the last that is said.
    checks = (
        [programs / "ruff", "check"],
        [programs / "ruff", "format", "--check"],
        [programs / "mypy"],
        [programs / "lint-imports"],
        [programs / "python", "tests/benchmarks/clients.py", "3", "20"],
        pytest,
    )
    failed = [" ".join(map(str, check)) for check in checks if run(*check)]
    print(*(f"FAILED: {one}" for one in failed), sep="\n", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
