"""Amounts of money as offices write them: "12.500,00", "ca. 40 T€", "max. 8.000 Euro", "1,15 Mio. €"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from graph.importing.blanks import is_unknown

Qualifier = Literal["exact", "about", "at most", "at least"]

_UNITS: Final = (
    (re.compile(r"(?:mrd|milliarden?)\b\.?", re.IGNORECASE), Decimal(1_000_000_000)),
    (re.compile(r"(?:mio|mill|millionen?)\b\.?|m(?=\s?€)", re.IGNORECASE), Decimal(1_000_000)),
    (re.compile(r"(?:t|k)\.?\s?(?=€|eur)|(?:tsd|tds|tausend)\b\.?", re.IGNORECASE), Decimal(1_000)),
)
_NUMBER: Final = re.compile(
    r"""(?<![\w.,])-?(?P<number>
        \d{1,3}(?:[.'’\s]\d{3})+(?:,\d{1,2})?(?![\d.,]*\d)  # 12.500,00  12 500
      | \d{1,3}(?:,\d{3})+(?:\.\d{1,2})?(?![\d.,]*\d)       # 12,500.00
      | \d+(?:[.,]\d+)?
    )(?:[.,](?:-+|–|—))?
    (?P<unit>\s?(?:mrd|milliarden?|mio|mill|millionen?|tsd|tds|tausend)\b\.?|\s?[tkm]\.?\s?(?=€|eur))?
    (?P<euro>\s?(?:€|eur(?:o|os)?\b))?""",
    re.VERBOSE | re.IGNORECASE,
)
_FOREIGN: Final = re.compile(
    r"[$£¥₺]|\b(?:usd|us-dollar|dollar|chf|s?fr|franken|gbp|pfund|dm|d-mark|mark|pln|lira)\b", re.IGNORECASE
)
_RATE: Final = re.compile(
    r"\b(?:je|jeweils|pro|jährl(?:ich)?|p\.\s?a|mtl|monatl(?:ich)?|/\s?(?:jahr|monat|stunde|std))\b|/\s?(?:jahr|monat)",
    re.IGNORECASE,
)
_TIMES: Final = re.compile(r"^\W*(\d{1,3})\s*[x×*]\s*(?:je(?:weils)?\s+)?(?=\d)", re.IGNORECASE)
_QUALIFIERS: Final[tuple[tuple[Qualifier, re.Pattern[str]], ...]] = (
    ("at most", re.compile(r"\b(?:max(?:imal)?|höchstens|bis(?:\s+zu)?|unter|weniger als)\b|[<≤]", re.IGNORECASE)),
    ("at least", re.compile(r"\b(?:mind(?:estens)?|min|ab|über|mehr als|wenigstens)\b|[>≥]", re.IGNORECASE)),
    (
        "about",
        re.compile(
            r"\b(?:ca|circa|zirka|rd|rund|etwa|ungefähr|ungef|knapp|gut|geschätzt|voraussichtlich)\b|[~≈±]",
            re.IGNORECASE,
        ),
    ),
)
_REMARK: Final = re.compile(r"[(\[][^()\[\]]*[)\]]")
_YEAR_LABEL: Final = re.compile(
    r"\b(?:in\s+)?(?:19|20)\d{2}\s*:|\b(?:für|in|im Jahr)\s+(?:19|20)\d{2}\b(?!\s*(?:€|eur))", re.IGNORECASE
)
_PART_OF_IT: Final = re.compile(
    r"[,;]?\s*\b(?:davon|darunter|hiervon|inkl(?:usive)?|einschl(?:ießlich)?)\b.*", re.IGNORECASE | re.DOTALL
)
_TOTAL: Final = re.compile(r"=|\b(?:ins)?gesamt\w*\b:?|\bsumme\b:?", re.IGNORECASE)
_RANGE: Final = re.compile(r"(?<=[\d€.o-])\s*(?:-|–|—|\bbis\b)\s*(?=(?:zu\s+)?\d)", re.IGNORECASE)


@dataclass(frozen=True)
class Amount:
    """What a text says about money.

    Attributes:
        euro: the sum in euro, never negative; None if unknown or not readable as a sum in euro.
        qualifier: how sure the source is of it. A range ("10–15 T€") is "at most" its upper end.
        text: what was written.
        problem: why `euro` is None although something is written: "currency" (not euro), "rate" (so much per year or
            each, the sum is unknown), "percent", "negative", "unreadable"; else "".
    """

    euro: Decimal | None
    qualifier: Qualifier = "exact"
    text: str = ""
    problem: str = ""


def amount(text: str, value: object = None, *, factor: Decimal | int = 1) -> Amount:
    """Read an amount.

    Sums ("10.000 + 5.000", "2019: 10.000 €; 2020: 5.000 €") are added up; where a total is written, it counts alone.

    Args:
        text: the cell as it is shown.
        value: the number the file holds, if it holds one; it wins over the text.
        factor: what the heading says the numbers are in ("in T€" → 1000, see `heading_factor`); not applied to numbers
            that carry a currency or unit of their own.
    """
    written = " ".join(text.split())
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        if _FOREIGN.search(written):
            return Amount(None, text=written, problem="currency")
        return _checked(Decimal(str(value)) * factor, "exact", written or str(value))
    if is_unknown(written):
        return Amount(None, text=written)
    problem = _problem(written)
    if problem:
        return Amount(None, text=written, problem=problem)
    return _read(written, Decimal(factor))


def is_foreign(heading: str) -> bool:
    """Whether a heading says that the numbers below it are no euro: "Beitrag in CHF"."""
    return _FOREIGN.search(heading) is not None


def heading_factor(heading: str) -> Decimal:
    """By what the numbers below a heading are to be multiplied: 1000 for "Summe in T€", else mostly 1."""
    marked = re.sub(r"\bin\s+(tausend|tsd)", r"\1", heading, flags=re.IGNORECASE)
    for pattern, factor in _UNITS:
        if re.search(rf"(?:(?<=\W)|^)(?:{pattern.pattern})", marked, re.IGNORECASE):
            return factor
    return Decimal(1)


def _problem(written: str) -> str:
    if _FOREIGN.search(written):
        return "currency"
    if "%" in written and not re.search(r"€|eur", _REMARK.sub("", written), re.IGNORECASE):
        return "percent"
    if re.match(r"^[-−]\s?\d", written):
        return "negative"
    if re.search(r"\d[.,]?[oOlI]+(?=[\doOlI.,\s€]|$)", written):
        return "unreadable"  # letters for digits: "6.2OO"
    if _RATE.search(_REMARK.sub("", written)) and not _TIMES.search(written):
        return "rate"
    return "" if re.search(r"\d", written) else "unreadable"


def _read(written: str, factor: Decimal) -> Amount:
    bare = _REMARK.sub(" ", written) if re.search(r"\d", _REMARK.sub(" ", written)) else written.strip("()[] ")
    totals = _TOTAL.split(bare)
    if len(totals) > 1 and re.search(r"\d", totals[-1]):
        bare = totals[-1]
    bare = _PART_OF_IT.sub("", _YEAR_LABEL.sub(" ", bare))
    plain = _RANGE.sub("-", bare)
    qualifier: Qualifier = next((name for name, pattern in _QUALIFIERS if pattern.search(plain)), "exact")
    times = _TIMES.search(bare)
    bare = _TIMES.sub("", bare) if times else bare
    ends = [part for part in _RANGE.split(bare) if re.search(r"\d", part)]
    if len(ends) == 2 and (upper := _sum(ends[1], factor)) is not None:
        return _checked(upper, "at most", written)
    found = _sum(bare, factor)
    if found is None:
        return Amount(None, text=written, problem="unreadable")
    return _checked(found * int(times[1]) if times else found, qualifier, written)


def _sum(text: str, factor: Decimal) -> Decimal | None:
    """All amounts of a text added up; numbers without a currency do not count beside numbers that have one."""
    matches = list(_NUMBER.finditer(text))
    marked = [match for match in matches if match["unit"] or match["euro"]]
    if not marked and len(matches) > 1 and not re.fullmatch(r"[\d\s.,'’+&;-]*(?:und[\d\s.,'’]+)*\W*", text):
        return None
    if marked and "+" not in text:
        matches = marked
    if not matches:
        return None
    if len(marked) == 1 and matches[-1] is marked[0]:  # "10 + 5 T€": the unit stands once, for all
        unit, euro = marked[0]["unit"], marked[0]["euro"]
        return sum((_worth(match["number"], unit, euro, factor) for match in matches), Decimal())
    return sum((_worth(match["number"], match["unit"], match["euro"], factor) for match in matches), Decimal())


def _worth(number: str, unit: str | None, euro: str | None, factor: Decimal) -> Decimal:
    if not unit:
        return _number(number) * (1 if euro else factor)
    size = next(size for pattern, size in _UNITS if pattern.match(f"{unit.strip()}€"))
    return _number(number, decimals=size > 1000) * size


def _number(text: str, *, decimals: bool = False) -> Decimal:
    """A number by its pattern; `decimals` reads a single separator as the decimal one ("1,150 Mio.")."""
    plain = re.sub(r"['’\s]", "", text)
    last = max(plain.rfind(","), plain.rfind("."))
    if last < 0:
        return Decimal(plain)
    separators = {char for char in plain if char in ",."}
    tail = plain[last + 1 :]
    grouped = len(tail) == 3 and len(separators) == 1 and not (decimals and plain.count(plain[last]) == 1)
    if grouped:
        return Decimal(re.sub(r"[.,]", "", plain))
    return Decimal(re.sub(r"[.,]", "", plain[:last]) + "." + tail)


def _checked(euro: Decimal, qualifier: Qualifier, text: str) -> Amount:
    if not euro.is_finite():
        return Amount(None, text=text, problem="unreadable")
    if euro < 0:
        return Amount(None, text=text, problem="negative")
    return Amount(euro, qualifier, text)
