"""A moment of a period as offices write it: "04.2019", "1. April 2020", "IV/2023", "Sommer 2021", "SJ 21/22"."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass, replace
from typing import Final, TypeVar

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "januar jan jänner", "februar feb febr feber", "märz mär mrz maerz mrz", "april apr", "mai", "juni jun",
            "juli jul", "august aug", "september sep sept", "oktober okt", "november nov", "dezember dez",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
# First and last month; a last month beyond 12 lies in the next year.
_SEASONS: Final = {
    "frühjahr": (3, 5), "frühling": (3, 5), "fruehjahr": (3, 5), "sommer": (6, 8), "herbst": (9, 11),
    "winter": (12, 14),
    "sommerferien": (7, 8), "osterferien": (3, 4), "herbstferien": (10, 10), "winterferien": (2, 2),
    "schuljahr": (8, 19), "schuljahre": (8, 19), "schulj": (8, 19), "sj": (8, 19), "kitajahr": (8, 19),
    "sommersemester": (4, 9), "sose": (4, 9), "ss": (4, 9),
    "wintersemester": (10, 15), "wise": (10, 15), "ws": (10, 15),
}  # fmt: skip
_ROMAN: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4}

T = TypeVar("T")

_Y4: Final = r"(?:19|20)\d{2}"
_Y: Final = rf"(?:{_Y4}|['’]?\d{{2}})(?![\d])"
_MONTH: Final = "|".join(sorted(_MONTHS, key=len, reverse=True))
_SEASON: Final = "|".join(sorted(_SEASONS, key=len, reverse=True))

MOMENT: Final = re.compile(
    rf"""
      (?P<iso>(?<!\d){_Y4}-\d{{2}}-\d{{2}}(?!\d))
    | (?P<week>\bKW\s*\d{{1,2}}\s*[/.]?\s*{_Y4})
    | (?P<day>(?<![\d.])\d{{1,2}}\.\s?\d{{1,2}}\.\s?(?:{_Y})?(?!\d))
    | (?P<wordday>(?<![\d.])\d{{1,2}}\.\s*(?:{_MONTH})\b\.?(?:\s*{_Y})?)
    | (?P<quarter>\b(?:[1-4]|IV|I{{1,3}})\.?\s*(?:Quartal|Quart\b\.?|Qu\b\.?|Q\b\.?)\s*/?\s*(?:{_Y})?
        | \bQ\s?[1-4]\s*[/.]?\s*(?:{_Y})? | \b(?:IV|I{{1,3}})\s*[/.]\s*{_Y} | \b(?:IV|I{{1,3}})\s+{_Y4})
    | (?P<yearquarter>(?<!\d){_Y4}\s*[/-]?\s*(?:Q[1-4]|IV|I{{1,3}})\b)
    | (?P<half>\b(?:[12]|II?)\.?\s*(?:Halbjahr|Hj\b\.?|HJ\b\.?)\s*/?\s*(?:{_Y})?)
    | (?P<yearhalf>(?<!\d){_Y4}\s*[/-]?\s*[12]\.?\s*(?:Halbjahr|Hj\b\.?))
    | (?P<season>\b(?:{_SEASON})\b\.?(?:\s*{_Y}(?:\s*[/–-]\s*\d{{2,4}}(?!\d))?)?)
    | (?P<wordmonth>\b(?:{_MONTH})\b\.?(?:\s*/?\s*{_Y}(?!\.))?)
    | (?P<isomonth>(?<!\d){_Y4}-(?:0[1-9]|1[0-2])(?!\d))
    | (?P<month>(?<![\d.])(?:0?[1-9]|1[0-2])\s?[./-]\s?{_Y4}(?!\d))
    | (?P<years>(?<!\d){_Y4}\s?[/–-]\s?\d{{2}}(?![\d./]))
    | (?P<year>(?<!\d){_Y4}(?:\.0)?(?!\d))
    | (?P<shortmonth>(?<![\d.])(?:0?[1-9]|1[0-2])\s?[./]\s?['’]?\d{{2}}(?![\d.]))
    | (?P<shortyears>(?<![\d.])(?:1[3-9]|2\d)\s?/\s?\d{{2}}(?![\d.]))
    | (?P<shortyear>['’]\d{{2}}(?!\d))
    | (?P<roman>\b(?:IV|I{{1,3}})\b)
    | (?P<number>(?<![\d.])\d{{1,2}}\.?(?!\d))
    """,
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True)
class Moment:
    """A moment, perhaps without its year.

    Attributes:
        year: four digits; 0 if it is not written.
        months: first and last month, counted from January of `year`; (0, 0) for a whole year.
        day: day of the month; 0 if only months are known.
        unit: what a bare number counts: "day", "month" or "quarter"; "" once that is settled.
        number: the bare number.
        last_year: where several years are named ("2018/19"), the last of them; else 0.
    """

    year: int = 0
    months: tuple[int, int] = (0, 0)
    day: int = 0
    unit: str = ""
    number: int = 0
    last_year: int = 0

    @property
    def start(self) -> str:
        """As "YYYY", "YYYY-MM" or "YYYY-MM-DD"."""
        return self._written(self.year, self.months[0])

    @property
    def end(self) -> str:
        """As `start`, of the last month or year."""
        return self._written(self.last_year or self.year, self.months[1])

    def _written(self, year: int, month: int) -> str:
        if not month:
            return f"{year}"
        year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
        return f"{year}-{month:02}-{self.day:02}" if self.day else f"{year}-{month:02}"

    def borrowed(self, other: Moment, *, other_follows: bool) -> Moment:
        """This moment with what it lacks taken from a neighbour, as far as that has it.

        "November bis Februar 2021" began the year before.
        """
        found = self
        if found.number and not found.months[0] and other.months[0]:
            found = found._counted(other)
        if found.year or not other.year or not found.months[0]:
            return found
        return replace(found, year=other.year - (other_follows and found.months[0] > other.months[1] > 0))

    def _counted(self, other: Moment) -> Moment:
        """What the bare number means beside a neighbour that is a day, a month or a quarter."""
        if other.day:
            return replace(self, months=other.months, day=self.number)
        if other.unit == "quarter" and self.number <= 4:
            return replace(self, months=_span(self.number, 3), unit="quarter")
        if other.unit == "half" and self.number <= 2:
            return replace(self, months=_span(self.number, 6), unit="half")
        return replace(self, months=(self.number, self.number)) if 1 <= self.number <= 12 else self


def moment(match: re.Match[str]) -> Moment:
    """The moment that `MOMENT` found; one without any part where day or month do not exist ("31.2.2020")."""
    text = match[0].lower()
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    found = _READERS[match.lastgroup or ""](text, numbers)
    return found if _exists(found) else Moment()


def _iso(_: str, numbers: list[int]) -> Moment:
    year, month, *day = numbers
    return Moment(year, (month, month), day[0] if day else 0)


def _week(_: str, numbers: list[int]) -> Moment:
    week, year = numbers
    if not 1 <= week <= 52:
        return Moment(year)
    monday, sunday = (dt.date.fromisocalendar(year, week, day) for day in (1, 7))
    return Moment(monday.year, (monday.month, monday.month + (sunday.month - monday.month) % 12))


def _day(_: str, numbers: list[int]) -> Moment:
    return Moment(_year(numbers[2:]), (numbers[1], numbers[1]), numbers[0])


def _wordday(text: str, numbers: list[int]) -> Moment:
    month = _named(text, _MONTHS)
    return Moment(_year(numbers[1:]), (month, month), numbers[0])


def _wordmonth(text: str, numbers: list[int]) -> Moment:
    month = _named(text, _MONTHS)
    return Moment(_year(numbers), (month, month))


def _month(_: str, numbers: list[int]) -> Moment:
    return Moment(_year(numbers[1:]), (numbers[0], numbers[0]))


def _quarter(text: str, numbers: list[int]) -> Moment:
    roman = re.match(r"iv|i{1,3}", text)
    count = _ROMAN[roman[0]] if roman else numbers[0]
    return Moment(_year(numbers if roman else numbers[1:]), _span(count, 3), unit="quarter")


def _yearquarter(text: str, numbers: list[int]) -> Moment:
    roman = re.search(r"(iv|i{1,3})$", text)
    return Moment(numbers[0], _span(_ROMAN[roman[1]] if roman else numbers[1], 3), unit="quarter")


def _half(text: str, numbers: list[int]) -> Moment:
    roman = re.match(r"ii?", text)
    count = _ROMAN[roman[0]] if roman else numbers[0]
    return Moment(_year(numbers if roman else numbers[1:]), _span(count, 6), unit="half")


def _yearhalf(_: str, numbers: list[int]) -> Moment:
    return Moment(numbers[0], _span(numbers[1], 6), unit="half")


def _season(text: str, numbers: list[int]) -> Moment:
    return Moment(_year(numbers[:1]), _named(text, _SEASONS))


def _years(text: str, numbers: list[int]) -> Moment:
    """Two years in "2018/19", a month in "2018/04", three years in "2018–20"."""
    year, short = numbers
    later = year // 100 * 100 + short
    if later == year + 1 or (later > year and ("/" not in text or short > 12)):
        return Moment(year, last_year=later)
    return Moment(year, (short, short)) if 1 <= short <= 12 else Moment(year)


def _shortyears(_: str, numbers: list[int]) -> Moment:
    first, last = (_year([number]) for number in numbers)
    return Moment(first, last_year=last) if last >= first else Moment()


def _plain_year(_: str, numbers: list[int]) -> Moment:
    return Moment(_year(numbers))


def _bare(text: str, numbers: list[int]) -> Moment:
    return Moment(number=_ROMAN[text] if text in _ROMAN else numbers[0])


_READERS: Final = {
    "iso": _iso, "isomonth": _iso, "week": _week, "day": _day, "wordday": _wordday, "wordmonth": _wordmonth,
    "month": _month, "shortmonth": _month, "quarter": _quarter, "yearquarter": _yearquarter, "half": _half,
    "yearhalf": _yearhalf, "season": _season, "years": _years, "shortyears": _shortyears, "number": _bare,
    "roman": _bare,
    "year": _plain_year, "shortyear": _plain_year,
}  # fmt: skip


def _year(numbers: list[int]) -> int:
    if not numbers:
        return 0
    return numbers[0] if numbers[0] > 99 else (2000 if numbers[0] < 70 else 1900) + numbers[0]


def _named(text: str, names: dict[str, T]) -> T:
    return next(names[word] for word in re.findall(r"[a-zäöü]+", text) if word in names)


def _span(count: int, months: int) -> tuple[int, int]:
    return (count - 1) * months + 1, count * months


def _exists(found: Moment) -> bool:
    if not found.day:
        return found.months[0] == 0 or 1 <= found.months[0] <= 12
    month = found.months[0]
    return 1 <= month <= 12 and found.day <= calendar.monthrange(found.year or 2000, month)[1]
