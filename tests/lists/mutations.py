"""Damaged files: lists as programs, transfers and people spoil them, and what programs stumble over.

`mutated` spoils the content of one file; `fuzz.py` beside it imports thousands of them.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Callable
    from pathlib import Path

    Damage = Callable[[bytes, random.Random], bytes]

_PACKED = (".xlsx", ".ods")
_TEXT = (".csv", ".tsv")

STUMBLES = (
    *(
        "",
        " ",
        "=1+1",
        '=HYPERLINK("http://x")',
        "@SUM(A1)",
        "$ 500",
        "1e308",
        "-1e-308",
        "NaN",
        "Infinity",
        "١٢٣",
        "½",
    ),
    *("1/0", "99999999999999999999999999", "-5 €", "0,00", "31.12.9999", "01.01.0001", "29.02.1900", "31.02.2021"),
    *("0000-00-00", "2021-13-45", "9999999", "bis bis bis", "seit", "2030 bis 2010", "\u202eabc\u202c", "\u200b"),
    *(
        "\u00ad",
        "\ufeff",
        "a\u0301" * 50,
        "ß𝔸🏳\ufe0f\u200d🌈",
        "((((((((",
        ")",
        "A, B; C / D & E + F und G",
        "und",
        ", ,",
    ),
    *(
        "Ä" * 2000,
        "x" * 140_000,
        "Verein " * 5000,
        "\x01\x1f",
        "<script>",
        "]]>",
        "&amp;",
        "../../etc/passwd",
        "http://[",
    ),
    *(
        "javascript:alert(1)",
        "Kennung",
        "Projekt",
        "Träger",
        "\n\n\n",
        '"',
        "'",
        "\\",
        "{{7*7}}",
        "%s%n",
        "null",
        "None",
    ),
    *("TRUE", "#REF!", "HF 99", "A gehört zu B", "\U000e0001", "\ud7ff"),
)
"""Texts of cells: formulas, numbers and days at the edge, signs that are not seen, names of what is meant elsewhere."""

_BYTES = (b"\x00", b"\xff", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\xc3", b"\r", b"\x1a", b"<!--", b"]]>", b'"')
_CELL = re.compile(rb"(?<=<v>)[^<]*(?=</v>)|(?<=<t>)[^<]*(?=</t>)|(?<=<text:p>)[^<]*(?=</text:p>)")
_ROW = re.compile(rb"<row .*?</row>|<table:table-row>.*?</table:table-row>", re.DOTALL)
_ATTRIBUTE = re.compile(rb'(?<==")[^"<]*(?=")')
_ENCODINGS = (
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-32",
    "cp1252",
    "mac_roman",
    "cp850",
    "utf-7",
    "cp037",
    "shift_jis",
)

_XLSX_PIECES = (
    b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>',
    b'<row r="3"><c r="B3"><f>SUM(A1:A9)</f></c><c r="C3" t="e"><v>#REF!</v></c></row>',
    b'<row r="0"><c r="A0"><v>1</v></c></row>',
    b'<row r="4"><c r="A4" t="s"><v>99999999</v></c><c r="B4" s="4000"><v>1</v></c></row>',
    b'<row r="4"><c t="d"><v>9999-99-99</v></c><c r="A1"><v>1900</v></c></row>',
    b'<row r="5"><c r="A5" s="1"><v>-1e300</v></c><c r="ZZZZ5"><v>1</v></c><c r="B5" t="zz"><v>7</v></c></row>',
    b'<row r="6">' + b"<c><v>1</v></c>" * 16_384 + b"</row>",
    b"<row/>" * 300_000,
    b"<row>" * 3000,
)


def _ods_row(cell: str, attributes: str = "") -> bytes:
    return f"<table:table-row {attributes}>{cell}</table:table-row>".encode()


_ODS_PIECES = (
    _ods_row("<table:table-cell><text:p>x</text:p></table:table-cell>", 'table:number-rows-repeated="1048576"'),
    _ods_row("<table:table-cell/>", 'table:number-rows-repeated="-5"'),
    _ods_row('<table:table-cell table:number-columns-repeated="16384"><text:p>x</text:p></table:table-cell>'),
    _ods_row('<table:table-cell table:number-rows-spanned="1048576"><text:p>x</text:p></table:table-cell>'),
    _ods_row('<table:table-cell table:number-columns-spanned="16384"><text:p>x</text:p></table:table-cell>'),
    _ods_row('<table:table-cell><text:p><text:s text:c="99999999"/>x</text:p></table:table-cell>'),
    b"<table:table-row/>" * 300_000,
    b"<text:span>" * 3000,
)
_MERGED = b'<mergeCells><mergeCell ref="A1:XFD1048576"/><mergeCell ref="B2:A1"/><mergeCell ref="C1:C5"/></mergeCells>'
_RDF_PIECES = (
    b"\n<a> <b> <c> .\n", b"\n_:a <http://x/b> _:a .\n", b"@base <../..> .", b"@prefix : <> .", b"<http://[x> a <y> .",
    b'<http://x> <http://y> "\\uD800" .', b"((((" * 3000, b"[" * 3000, b'{"@graph":' * 3000, b'{"@context": "http://x/"}',
    b"<http://x> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/pankenetz/ns#Actor> .",
    b'<http://x> <http://y> "z"@de-x-' + b"a" * 500 + b" .", b"<< <a> <b> <c> >> <d> <e> .",
)  # fmt: skip


def mutated(path: Path, chance: random.Random) -> bytes:
    """The content of a list, spoilt one to five times over."""
    content = path.read_bytes()
    for _ in range(chance.choice((1, 1, 1, 2, 2, 5))):
        content = _spoilt(path.suffix, content, chance)
    return content


def _spoilt(suffix: str, content: bytes, chance: random.Random) -> bytes:
    if suffix in _PACKED and chance.random() < 0.85:
        return _repacked(content, chance)
    ways: tuple[Damage, ...] = (_bytes,)
    if suffix in _TEXT:
        ways = (_bytes, _lines, _cells, _columns, _encoding, _masses)
    elif suffix not in _PACKED:
        ways = (_bytes, _lines, _terms, _statement)
    return chance.choice(ways)(content, chance)


def _bytes(content: bytes, chance: random.Random) -> bytes:
    """Bytes changed, cut, doubled, put in."""
    text = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        at = chance.randrange(len(text) + 1)
        match chance.randrange(6):
            case 0:
                text[at : at + 1] = bytes((chance.randrange(256),))
            case 1:
                del text[at : at + chance.randrange(1, 40)]
            case 2:
                there = chance.randrange(len(text) + 1)
                text[at:at] = text[there : there + chance.randrange(60)]
            case 3:
                text[at:at] = chance.choice(STUMBLES).encode("utf-8", "surrogatepass")
            case 4:
                text[at:at] = chance.choice(_BYTES)
            case 5:
                del text[at + 1 :]
    return bytes(text)


def _shuffled(parts: list[bytes], chance: random.Random) -> list[bytes]:
    """One part moved, doubled, taken away, or changed for another."""
    if parts:
        one, other = chance.randrange(len(parts)), chance.randrange(len(parts))
        match chance.randrange(4):
            case 0:
                parts.insert(other, parts.pop(one))
            case 1:
                parts.insert(other, parts[one])
            case 2:
                del parts[one]
            case 3:
                parts[one], parts[other] = parts[other], parts[one]
    return parts


def _lines(content: bytes, chance: random.Random) -> bytes:
    return b"\n".join(_shuffled(content.split(b"\n"), chance))


def _separator(content: bytes) -> bytes:
    return max((b";", b"\t", b","), key=content.count)


def _cells(content: bytes, chance: random.Random) -> bytes:
    lines, sign = content.split(b"\n"), _separator(content)
    number = chance.randrange(len(lines))
    cells = lines[number].split(sign)
    cells[chance.randrange(len(cells))] = chance.choice(STUMBLES).encode("utf-8", "surrogatepass")
    lines[number] = sign.join(cells)
    return b"\n".join(lines)


def _columns(content: bytes, chance: random.Random) -> bytes:
    sign, state = _separator(content), chance.getstate()
    lines = []
    for line in content.split(b"\n"):
        chance.setstate(state)  # the same in each line
        lines.append(sign.join(_shuffled(line.split(sign), chance)))
    return b"\n".join(lines)


def _encoding(content: bytes, chance: random.Random) -> bytes:
    text = content.decode("utf-8", "replace")
    return text.encode(chance.choice(_ENCODINGS), "replace")[chance.choice((0, 0, 0, 1, 3)) :]


def _masses(content: bytes, chance: random.Random) -> bytes:
    sign = _separator(content)
    return content + chance.choice(
        (b"\n" * 1_000_000, (sign * 20 + b"\n") * 50_000, sign.join([b"x"] * 16_384), b'"' * 999)
    )


def _repacked(content: bytes, chance: random.Random) -> bytes:
    """The archive with parts missing, changed for each other or spoilt themselves."""
    try:
        packed = zipfile.ZipFile(io.BytesIO(content))
        parts = [[name, packed.read(name)] for name in packed.namelist()]
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError, zipfile.zlib.error):  # type: ignore[attr-defined]  # spoilt before
        return _bytes(content, chance)
    if not parts:
        return content
    sheets = [part for part in parts if re.search(r"sheet\d|content|sharedStr", str(part[0]))] or parts
    part = chance.choice(sheets if chance.random() < 0.8 else parts)
    match chance.randrange(10):
        case 0:
            parts.remove(part)
        case 1:
            other = chance.choice(parts)
            part[1], other[1] = other[1], part[1]
        case 2:
            parts.append([part[0], chance.choice(parts)[1]])
        case 3:
            part[1] = _bytes(part[1], chance)
        case _:
            part[1] = chance.choice((_xml_cells, _xml_rows, _xml_attributes, _xml_piece, _xml_encoding))(
                part[1], chance
            )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as out, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # two parts of one name are meant
        for name, part_ in parts:
            out.writestr(name, part_)
    return target.getvalue()


def _replaced(pattern: re.Pattern[bytes], content: bytes, chance: random.Random, *, escape: bool) -> bytes:
    found = list(pattern.finditer(content))
    if not found:
        return content
    place, text = chance.choice(found), chance.choice(STUMBLES)
    if escape:
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    return content[: place.start()] + text.encode("utf-8", "surrogatepass") + content[place.end() :]


def _xml_cells(content: bytes, chance: random.Random) -> bytes:
    return _replaced(_CELL, content, chance, escape=chance.random() < 0.9)


def _xml_attributes(content: bytes, chance: random.Random) -> bytes:
    return _replaced(_ATTRIBUTE, content, chance, escape=True)


def _xml_rows(content: bytes, chance: random.Random) -> bytes:
    rows = _ROW.findall(content)
    if not rows:
        return content
    before, after = content.split(rows[0], 1)[0], content.rsplit(rows[-1], 1)[-1]
    return before + b"".join(_shuffled(rows, chance)) + after


def _xml_piece(content: bytes, chance: random.Random) -> bytes:
    if b"</sheetData>" in content:
        if chance.random() < 0.2:
            return content.replace(b"</sheetData>", b"</sheetData>" + _MERGED)
        return content.replace(b"</sheetData>", chance.choice(_XLSX_PIECES) + b"</sheetData>")
    return content.replace(b"</table:table>", chance.choice(_ODS_PIECES) + b"</table:table>", 1)


def _xml_encoding(content: bytes, chance: random.Random) -> bytes:
    declared, meant = (chance.choice((*_ENCODINGS, "utf-8", "iso-8859-1", "klingon")) for _ in range(2))
    body = content.decode("utf-8", "replace").partition("?>")[2] or content.decode("utf-8", "replace")
    coding = "utf-8" if meant == "klingon" else meant
    return f'<?xml version="1.0" encoding="{declared}"?>{body}'.encode(coding, "replace")


def _terms(content: bytes, chance: random.Random) -> bytes:
    """One name or text of an RDF file for another, or for something else."""
    found = list(re.finditer(rb'<[^<>\s]+>|"[^"\n]*"|\b[a-z]+:\w+', content))
    if not found:
        return content
    place = chance.choice(found)
    new = chance.choice(found)[0]
    if chance.random() < 0.4:
        new = b'"' + chance.choice(STUMBLES).encode("utf-8", "surrogatepass") + b'"'
    return content[: place.start()] + new + content[place.end() :]


def _statement(content: bytes, chance: random.Random) -> bytes:
    lines = content.split(b"\n")
    lines.insert(chance.randrange(len(lines) + 1), chance.choice(_RDF_PIECES))
    return b"\n".join(lines)
