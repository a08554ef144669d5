"""Tables as CSV files that spreadsheet programs open as they are meant."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from flask import Response

from graph import entries

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def sheet(name: str, headings: Sequence[str], lines: Iterable[Sequence[str]]) -> Response:
    """A table as CSV, with the mark that tells Excel it is UTF-8, and nothing in it that it would execute."""
    target = io.StringIO("\ufeff")
    target.seek(1)
    writer = csv.writer(target)
    writer.writerow(headings)
    writer.writerows([entries.to_csv(text) for text in line] for line in lines)
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response(target.getvalue(), mimetype="text/csv", headers=headers)
