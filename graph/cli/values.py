"""Values on the command line: choices, numbers, days. Wrong ones are answered with what would be right."""

from __future__ import annotations

import calendar
import re
from datetime import date
from typing import Any

import click

from graph.cli.errors import refuse_value
from graph.cli.words import said

_DAY = re.compile(r"([0-9]{4})(?:-([0-9]{1,2}))?(?:-([0-9]{1,2}))?")


class OneOf(click.ParamType[str]):
    """One of a few words."""

    name = "choice"

    def __init__(self, *choices: str) -> None:
        self.choices = choices

    def get_metavar(self, param: click.Parameter, ctx: click.Context | None = None) -> str:  # noqa: ARG002  # click's signature
        """`[a|b|c]`."""
        return f"[{'|'.join(self.choices)}]"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ARG002  # click's signature
        """The word, written in whatever case."""
        if (word := str(value).lower()) not in self.choices:
            raise refuse_value(param, value, allowed=self.choices)
        return word


class Count(click.ParamType[int]):
    """A whole number from `least` to `most`."""

    name = "N"

    def __init__(self, least: int = 1, most: int = 999_999_999) -> None:
        self.least, self.most = least, most

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:  # noqa: ARG002  # click's signature
        """The number."""
        number = int(value) if re.fullmatch(r"[0-9]{1,9}", str(value)) else -1
        if not self.least <= number <= self.most:
            words = "gebraucht wird eine ganze Zahl von {least} bis {most}"
            raise refuse_value(param, value, rule=said(words, least=self.least, most=self.most))
        return number


class Seconds(click.ParamType[float]):
    """A time to wait, up to an hour."""

    name = "S"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:  # noqa: ARG002  # click's signature
        """The seconds."""
        text = str(value)
        seconds = float(text) if re.fullmatch(r"[0-9]{1,4}(\.[0-9]+)?|\.[0-9]+", text) else 0.0
        if not 0 < seconds <= 3600:
            rule = said("gebraucht wird eine Zahl größer als 0 und höchstens 3600")
            raise refuse_value(param, value, rule=rule)
        return seconds


class Day(click.ParamType[date]):
    """A day; of a month or a year its last day, because "as of 2024" means with all that 2024 brought."""

    name = "YYYY[-MM[-DD]]"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:  # noqa: ARG002  # click's signature
        """The day."""
        match = _DAY.fullmatch(str(value))
        try:
            return _last_day(*(int(part) if part else 0 for part in match.groups())) if match else date(0, 0, 0)
        except ValueError:
            rule = said("gebraucht wird ein Tag, Monat oder Jahr wie 2024-05-31, 2024-05 oder 2024")
            raise refuse_value(param, value, rule=rule) from None


def _last_day(year: int, month: int, day: int) -> date:
    """The day itself, or the last of its month or year. Raises ValueError for days that never were."""
    if not month:
        return date(year, 12, 31)
    if not day:
        return date(year, month, 1).replace(day=calendar.monthrange(year, month)[1])
    return date(year, month, day)
