"""Text tables (.csv, .tsv): which encoding, which separator, which lines."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from typing import Final

from graph.entries import from_csv
from graph.errors import BadFile
from graph.importing.grids import Cell, Sheet, cell_text, grid, reference

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ONE_BYTE: Final = ("cp1252", "mac_roman", "cp850")
"""Windows before Unicode, Excel for Mac's "CSV (Macintosh)", Excel's "CSV (MS-DOS)"; the likelier first."""

_USUAL: Final = frozenset("äöüÄÖÜßéèêáàóçşğıñåøëïôâîúæ€–—„“”‚‘’…•§°²³½«»")
_SEPARATORS: Final = (";", ",", "\t", "|")
_SAMPLE: Final = 300


def sheets(file: str, content: bytes) -> list[Sheet]:
    """The one grid of a text table.

    Args:
        file: name of the file.
        content: its bytes.

    Raises:
        BadFile: it is no text, has a cell longer than 131 072 characters, or is too big.
    """
    text = decoded(file, content)
    first, _, rest = text.partition("\n")
    named = first.strip().strip('"').lower()
    separator = named[4:5] if named.startswith("sep=") and len(named) == 5 else ""
    text = rest if separator else text
    try:
        lines = _lines(text, separator or find_separator(text))
    except csv.Error as error:
        raise BadFile(file, "broken", str(error)) from error
    above = 1 if separator else 0
    cells = {
        (row, column): Cell(cell, reference(row, column))
        for row, line in enumerate(lines, start=above)
        for column, raw in enumerate(line)
        if (cell := cell_text(from_csv(raw)))
    }
    rows, _ = grid(cells, (), file)
    return [Sheet(file, "", hidden=False, rows=rows)]


def decoded(file: str, content: bytes) -> str:
    """Bytes as text: by byte order mark, UTF-16 if every other byte is zero, UTF-8, else the likeliest old code.

    Text that was UTF-8 and once saved as Windows-1252 ("TrÃ¤ger") is mended if all of it can be.

    Raises:
        BadFile: it is no text.
    """
    text = _decoded(file, content)
    if "\0" in text or sum(ch < " " and ch not in "\t\n\r\v\f\x1a" for ch in text[:10_000]) > 0:
        raise BadFile(file, "broken", "no text")
    if "Ã" in text:
        try:
            return text.encode("cp1252").decode("utf-8")
        except UnicodeError:
            return text
    return text


def _decoded(file: str, content: bytes) -> str:
    try:
        for mark, encoding in _MARKS:
            if content.startswith(mark):
                return content.decode(encoding)
        start = content[:400]
        if start[1::2].count(0) > len(start) // 4:
            return content.decode("utf-16-le")
        if start[::2].count(0) > len(start) // 4:
            return content.decode("utf-16-be")
    except UnicodeDecodeError as error:
        raise BadFile(file, "broken", str(error)) from error
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        readings = (content.decode(encoding, "replace") for encoding in _ONE_BYTE)
        return max(readings, key=_likelihood)


def _likelihood(text: str) -> int:
    """Letters usual in Germany minus all other signs beyond ASCII."""
    counts = Counter(sign for sign in text if sign > "\x7f")
    return sum(count if sign in _USUAL else -count for sign, count in counts.items())


def find_separator(text: str) -> str:
    """The sign that splits most lines into equally many cells; "," if none splits any.

    Source: the idea that a right reading shows the most regular pattern is van den Burg, Nazábal, Sutton (2019),
    Wrangling messy CSV files by detecting row and type patterns, Data Mining and Knowledge Discovery 33.
    """
    return max(_SEPARATORS, key=lambda separator: _regularity(text, separator))


def _regularity(text: str, separator: str) -> float:
    if separator not in text:
        return 0
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    widths: Counter[int] = Counter()
    try:
        for line in reader:
            if any(cell.strip() for cell in line):
                widths[len(line)] += 1
            if reader.line_num > _SAMPLE:
                break
    except csv.Error:
        return 0
    several = [(count, width) for width, count in widths.items() if width > 1]
    if not several:
        return 0
    count, width = max(several)
    return count / widths.total() * (width - 1) / width


def _lines(text: str, separator: str) -> list[list[str]]:
    """Lines of cells; a stray quotation mark never swallows the lines after it."""
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as error:
        if "field larger" in str(error):
            raise
        if "unexpected end" in str(error):
            return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, quoting=csv.QUOTE_NONE))
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
