"""The notation of the test lists: sheets as an office has them, with what a person reads in them marked in the cells.

A list is a text file. Lines that begin with `@` describe what follows; any other line is one row of a sheet:

    @file NAME [ENCODING] [SEPARATOR]   the file; encoding and separator (`;`, `tab`) for text files
    @sheet NAME [hidden|personal]       a sheet of a workbook; nothing of a personal one may get out
    @roles - subject traeger …          what each column says of the row's subject: a role, `name` (another name of
                                        the subject), or nothing to be scored (any other word)

Cells stand between ` | ` (in text files with the separator `;`, between those). `^` continues the merged cell above,
`<` the one to the left; `⏎` is a line break; `#1250.5` and `#2021-03-01` are a number and a day.
`{Text=key!role}` marks what is named: the key tells bodies apart, its prefix the class (`p.` project, `n.` network,
`g.` programme, `b.` agency, `o.` place, `e.` event, else actor), and the role, if given, is another than the column's.

What columns cannot say (a cross table, a roster, a sheet per project) is said in lines of its own, anywhere:

    @true SUBJECT ROLE KEY …     these bodies have that role in the subject
    @either SUBJECT ROLE KEY …   a careful reader may say so or not: neither missed nor wrong
    @also KEY TEXT               the body may be called that, too, though no cell says so in one piece
    @never TEXT                  a person's name or number: nothing that is read may hold it
    @dates KEY START [END]       the period of a project, as precisely as the list says it; `-` is unknown or open
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MARK = re.compile(r"\{([^{}=]+)=([\w.-]+)(?:!([\w-]+))?\}")
CLASSES = {
    "p": "pn:Project",
    "n": "pn:Network",
    "g": "pn:Programme",
    "b": "pn:Agency",
    "o": "pn:Place",
    "e": "pn:Event",
}
ROLES = frozenset({"traeger", "partner", "foerderer", "auftraggeber", "ort", "zielgruppe", "mitglied"})

Value = str | float | dt.date | None


@dataclass(frozen=True)
class Named:
    """One thing named in a cell: as written, which one it is, in what role."""

    text: str
    key: str
    role: str


@dataclass
class Sheet:
    """One sheet: its rows as marked texts, and what its columns say."""

    name: str
    is_hidden: bool = False
    is_personal: bool = False
    roles: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)


@dataclass
class File:
    """One file of an office."""

    name: str
    encoding: str
    separator: str
    sheets: list[Sheet] = field(default_factory=list)
    said: dict[str, list[list[str]]] = field(default_factory=lambda: defaultdict(list))


def read(path: Path) -> list[File]:
    """The files a list describes."""
    files: list[File] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        word, _, rest = line.partition(" ")
        if word == "@file":
            name, encoding, separator = [*rest.split(), "utf-8", ";"][:3] if len(rest.split()) > 1 else (rest, "", "")
            files.append(File(name, encoding, {"tab": "\t"}.get(separator, separator)))
            if encoding:
                files[-1].sheets.append(Sheet(name))
        elif word == "@sheet":
            files[-1].sheets.append(_sheet(rest))
        elif word == "@roles":
            files[-1].sheets[-1].roles = rest.split()
        elif word in ("@true", "@either", "@also", "@dates", "@never"):
            files[-1].said[word].append(rest.split(maxsplit={"@also": 1, "@never": 0}.get(word, -1)))
        elif line.strip() and not line.startswith("# "):
            files[-1].sheets[-1].rows.append(_cells(line, files[-1].separator))
    return files


def _sheet(words: str) -> Sheet:
    kinds = {kind for kind in ("hidden", "personal") if words.endswith(f" {kind}")}
    name = words.rsplit(" ", 1)[0] if kinds else words
    return Sheet(name, is_hidden="hidden" in kinds, is_personal="personal" in kinds)


def _cells(line: str, separator: str) -> list[str]:
    if separator == ";":
        return line.split(";")
    return [cell.strip() for cell in re.split(r" \|(?= |$)", line)]


def value(cell: str) -> Value:
    """What stands in the file: the text without its marks, a number or a day."""
    if cell in ("", "^", "<"):
        return None
    if day := re.fullmatch(r"#(\d{4})-(\d\d)-(\d\d)", cell):
        return dt.date(*(int(part) for part in day.groups()))
    if number := re.fullmatch(r"#(-?[0-9.]+)", cell):
        return float(number[1]) if "." in number[1] else int(number[1])
    return MARK.sub(lambda mark: mark[1], cell).replace("⏎", "\n")


def named(cell: str, role: str) -> Iterator[Named]:
    """What is named in a cell."""
    for text, key, own in MARK.findall(cell):
        yield Named(text, key, own or role)


def truth(files: list[File]) -> dict[str, list[dict[str, object]]]:
    """The true answers: entities with class and spellings, links, links either way, periods, people's names."""
    spellings: dict[str, set[str]] = {}
    links = _links(_said(files, "@true"))
    also = _said(files, "@also")
    spellings.update((key, set()) for key, _ in also)
    # A hidden sheet is not read (an office hides what no longer holds), and a personal one must not be.
    for sheet in (sheet for file in files for sheet in file.sheets if not sheet.is_hidden):
        above: list[str] = []
        for row in sheet.rows:
            full = [above[i] if cell == "^" else cell for i, cell in enumerate(row)]
            above = full
            found = [one for cell, role in zip(full, sheet.roles, strict=False) for one in named(cell, role)]
            for one in found:
                spellings.setdefault(one.key, set()).add(one.text)
            subject = next((one.key for one in found if one.role == "subject"), None)
            links |= {(one.key, subject, one.role) for one in found if subject and one.role in ROLES}
            links |= {(subject, one.key, "mitglied") for one in found if subject and one.role == "mitglied_von"}
    return {
        "entities": [
            {
                "key": key,
                "class": CLASSES.get(key.partition(".")[0] if "." in key else "", "pn:Actor"),
                "spellings": sorted(texts),
                "also": [text for one, text in also if one == key],
            }
            for key, texts in sorted(spellings.items())
        ],
        "links": _as_links(links),
        "accepted": _as_links(_links(_said(files, "@either")) - links),
        "dates": [{"key": key, "start": start, "end": "".join(end)} for key, start, *end in _said(files, "@dates")],
        "never": [{"text": text} for [text] in _said(files, "@never")],
    }


def _said(files: list[File], word: str) -> list[list[str]]:
    return [words for file in files for words in file.said[word]]


def _links(said: list[list[str]]) -> set[tuple[str, str, str]]:
    return {(key, subject, role) for subject, role, *keys in said for key in keys}


def _as_links(links: set[tuple[str, str, str]]) -> list[dict[str, object]]:
    return [{"from": start, "to": end, "role": role} for start, end, role in sorted(links)]
