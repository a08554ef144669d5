"""Files the command line writes: a place that cannot be written to is named before any work is done."""

from __future__ import annotations

import errno
import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph.cli.errors import system_reason
from graph.cli.words import said

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def writing(file: str) -> Iterator[None]:
    """End with a sentence if the file cannot be written."""
    path = Path(file)
    try:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if not path.absolute().parent.is_dir():
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
        yield
    except OSError as error:
        folder = path.absolute().parent
        place, words = (
            (folder, "Den Ordner {path} gibt es nicht.")
            if error.errno == errno.ENOENT
            else (path, "Die Datei {path} lässt sich nicht schreiben: {reason}.")
        )
        raise click.ClickException(said(words, path=place, reason=system_reason(error))) from error
