"""How values read in the page's language: dates as precise as they are known, periods, money, numbers."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask_babel import format_date, format_decimal
from flask_babel import gettext as _

from ontology.schema import entity_types
from webapp import current

if TYPE_CHECKING:
    from flask import Flask

_YEAR = re.compile(r"(-?\d{4})")
_MONTH = re.compile(r"(\d{4})-(\d\d)")
_POINT = re.compile(r"POINT ?\((-?\d+(?:\.\d+)?) (-?\d+(?:\.\d+)?)\)")
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")


def install(app: Flask) -> None:
    """Give the templates our filters."""
    app.add_template_filter(day)
    app.add_template_filter(period)
    app.add_template_filter(euro)
    app.add_template_filter(number)
    app.add_template_filter(cut)
    app.add_template_filter(host)
    app.add_template_filter(type_label)
    app.add_template_filter(position)
    app.add_template_test(is_web_address, "web_address")


def day(text: str) -> str:
    """`2023-10-11` → 11.10.2023 (11 Oct 2023), `2023-10` → Oktober 2023, `2023` → 2023; anything else as it is."""
    try:
        if match := _DAY.fullmatch(text):
            return str(format_date(date(int(match[1]), int(match[2]), int(match[3])), _("d.M.yyyy")))
        if match := _MONTH.fullmatch(text):
            return str(format_date(date(int(match[1]), int(match[2]), 1), "MMMM yyyy"))
    except ValueError:
        return text
    return text


def period(start: str, end: str = "", *, ongoing: bool = False) -> str:
    """A period in words: `2020–2022`, `seit 2020`, `bis 2022`, or one day; "" if neither end is known."""
    if start and end:
        return day(start) if start == end else _dash(day(start), day(end))
    if start:
        since = _("seit %(start)s", start=day(start)) if ongoing else _("ab %(start)s", start=day(start))
        return str(since)
    return str(_("bis %(end)s", end=day(end))) if end else ""


def euro(amount: float | str) -> str:
    """An amount in whole euros, cents only if there are any."""
    value = float(amount)
    pattern = "#,##0" if value.is_integer() else "#,##0.00"
    return f"{format_decimal(value, format=pattern)} €"


def number(value: float) -> str:
    """A number with the language's thousands mark."""
    return str(format_decimal(value))


def cut(text: str, longest: int) -> str:
    """A text of at most that many letters, with an ellipsis if it was longer: for options, chips and titles."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def host(address: str) -> str:
    """What people read of a web address: the host and the beginning of the path; a broken one as it is."""
    try:
        parts = urlsplit(address)
    except ValueError:  # such as https://[::1
        return cut(address, 60)
    return cut(parts.netloc.removeprefix("www.") + (parts.path if len(parts.path) > 1 else ""), 60)


def position(text: str) -> str:
    """A point as people write it: `POINT(13.36644 52.54499)` → 52,54499° N, 13,36644° O; anything else as it is."""
    match = _POINT.fullmatch(text)
    if not match:
        return text
    east, north = (format_decimal(float(match[one]), format="#,##0.#####") for one in (1, 2))
    return str(_("%(north)s° N, %(east)s° O", north=north, east=east))


def type_label(kind: str) -> str:
    """What an entry type is called: "actor" → Akteur."""
    return entity_types()[kind].label[current.language()]


def is_web_address(text: str) -> bool:
    """Whether a text from the data may become a link: http and https only, never `javascript:`."""
    return text.startswith(("https://", "http://"))


def _dash(start: str, end: str) -> str:
    """Years are joined closely, longer dates with spaces."""
    return f"{start}–{end}" if _YEAR.fullmatch(start) and _YEAR.fullmatch(end) else f"{start} – {end}"
