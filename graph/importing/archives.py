"""Workbooks are zip archives of XML: opened here with caps, so that no small file grows into a full memory."""

from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET  # expat; document types are refused below, so there are no entities to expand

from graph.errors import BadFile

if TYPE_CHECKING:
    from collections.abc import Iterator

BIGGEST: Final = 100_000_000
"""Bytes a file may hold, packed and unpacked: an office's lists hold thousands of rows, not millions."""

_BROKEN: Final = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, NotImplementedError)
_ENCRYPTED: Final = 0x1
_DOCUMENT_TYPE: Final = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))


class Archive:
    """The parts of a zipped workbook.

    Args:
        file: name of the file.
        content: its bytes.

    Raises:
        BadFile: it is no archive, is locked, or would unpack to more than `BIGGEST` bytes.
    """

    def __init__(self, file: str, content: bytes) -> None:
        self.file = file
        try:
            self._zip = zipfile.ZipFile(BytesIO(content))
        except _BROKEN as error:
            raise self.broken(str(error)) from error
        entries = self._zip.infolist()
        if any(entry.flag_bits & _ENCRYPTED for entry in entries):
            raise BadFile(self.file, "password")
        if sum(entry.file_size for entry in entries) > BIGGEST:
            raise BadFile(self.file, "too big", "unpacked")
        self.names = frozenset(entry.filename for entry in entries)

    def broken(self, reason: str) -> BadFile:
        """The error for something in it that cannot be read."""
        return BadFile(self.file, "broken", reason)

    def read(self, name: str) -> bytes:
        """The bytes of a part.

        Raises:
            BadFile: there is no such part, or it is damaged.
        """
        try:
            with self._zip.open(name) as part:
                content = part.read(BIGGEST + 1)  # the directory's sizes are a claim
        except KeyError as error:
            raise self.broken(name) from error
        except (*_BROKEN, RuntimeError) as error:
            raise self.broken(f"{name}: {error}") from error
        if len(content) > BIGGEST:
            raise BadFile(self.file, "too big", "unpacked")
        return content

    def elements(self, name: str, *ends: str) -> Iterator[ET.Element]:
        """The elements of a part that bear one of these local names, each once it is complete, in document order.

        An element is emptied once the next one is asked for: parts of any length need the memory of one element.

        Raises:
            BadFile: there is no such part, or it is no XML.
        """
        content = self.read(name)
        if any(marker in content for marker in _DOCUMENT_TYPE):
            raise self.broken(f"{name}: document type")
        try:
            for _, element in ET.iterparse(BytesIO(content)):  # noqa: S314  # see above
                if local(element.tag) in ends:
                    yield element
                    element.clear()
        except (ET.ParseError, ValueError, LookupError) as error:
            raise self.broken(f"{name}: {error}") from error


def local(tag: str) -> str:
    """The name of an element or attribute without its namespace, which differs between editions of one format."""
    return tag.rpartition("}")[2]


def attribute(element: ET.Element, name: str, default: str = "") -> str:
    """The value of the attribute of that local name."""
    found = element.get(name)
    if found is None:
        found = next((value for key, value in element.attrib.items() if local(key) == name), default)
    return found
