"""`pankenetz briefing`: the Vernetzung chapter of a planning round as a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph.cli.entries import require_entry
from graph.cli.frame import Command, Settings, note, pass_settings
from graph.cli.words import said
from graph.cli.writing import writing
from graph.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Sequence


def _checked_ending(file: str, formats: Sequence[str]) -> None:
    endings = tuple(f".{one}" for one in formats)
    if Path(file).suffix.lower() not in endings:
        raise BadInput("format", file, endings)


@click.command(
    "briefing",
    cls=Command,
    help="Schreibt das Kapitel zur Vernetzung für eine Planungsrunde; die Endung sagt, wie: .docx, .pdf, .html oder "
    ".xlsx. Das Kapitel ist deutsch.",
    epilog="pankenetz briefing vernetzung-2022.docx --round 2022",
)
@click.argument("file")
@click.option("--round", "round_", metavar="ROUND", required=True, help="Die Planungsrunde (Kennung), etwa 2022.")
@pass_settings
def briefing(settings: Settings, file: str, round_: str) -> None:
    """The chapter in the format of the file's ending."""
    from graph.briefing import FORMATS, write

    _checked_ending(file, FORMATS)
    with writing(file), settings.store() as store:
        require_entry(store, "round", round_)
        write(store, round_, Path(file))
    note(said("Geschrieben: {path}", path=file))
