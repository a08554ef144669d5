"""Links as people say them: "silent green ist Partner in Hoffest seit 2021"."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from graph.directory import Ref

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from graph.directory import Row, Value

    Texts = Mapping[str, str]

Sentence = tuple["str | Ref", ...]
"""Pieces of text and entries, which a page links."""

_INVOLVED: dict[str, Texts] = {
    "traeger": {"de": "{a} ist Träger von {b}", "en": "{a} is responsible for {b}"},
    "partner": {"de": "{a} ist Partner in {b}", "en": "{a} is a partner in {b}"},
    "foerderer": {"de": "{a} fördert {b}", "en": "{a} funds {b}"},
    "auftraggeber": {"de": "{a} ist Auftraggeber von {b}", "en": "{a} commissioned {b}"},
    "ort": {"de": "{a} ist Ort von {b}", "en": "{a} is the venue of {b}"},
    "zielgruppe": {"de": "{a} ist Zielgruppe von {b}", "en": "{a} is a beneficiary of {b}"},
    "veranstalter": {"de": "{a} veranstaltet {b}", "en": "{a} organises {b}"},
    "teilnahme": {"de": "{a} nimmt an {b} teil", "en": "{a} takes part in {b}"},
    "": {"de": "{a} ist an {b} beteiligt", "en": "{a} is involved in {b}"},
}
_TIED: dict[str, Texts] = {
    "kooperiert-mit": {"de": "{a} kooperiert mit {b}", "en": "{a} cooperates with {b}"},
    "vernetzt-mit": {"de": "{a} ist mit {b} vernetzt", "en": "{a} is in contact with {b}"},
    "gehoert-zu": {"de": "{a} gehört zu {b}", "en": "{a} belongs to {b}"},
    "mitglied-von": {"de": "{a} ist Mitglied von {b}", "en": "{a} is a member of {b}"},
    "finanziert": {"de": "{a} finanziert {b}", "en": "{a} finances {b}"},
    "beauftragt": {"de": "{a} beauftragt {b}", "en": "{a} commissions {b}"},
    "sitzt-bei": {"de": "{a} sitzt bei {b}", "en": "{a} is housed at {b}"},
    "": {"de": "{a} steht mit {b} in Beziehung", "en": "{a} is related to {b}"},
}
_MEMBER: Texts = {"de": "{a} ist Mitglied in {b}", "en": "{a} is a member of {b}"}
_FUNDED: Texts = {"de": "{a} fördert {b}", "en": "{a} funds {b}"}
_FUNDED_THROUGH: Texts = {"de": "{a} fördert {b} aus {c}", "en": "{a} funds {b} from {c}"}
_NOTE: Texts = {"de": "Anmerkung zu {a}", "en": "Remark on {a}"}
_SOMEONE: Texts = {"de": "jemand", "en": "someone"}
_SOMETHING: Texts = {"de": "etwas", "en": "something"}
_SINCE: Texts = {"de": "seit {0}", "en": "since {0}"}
_UNTIL: Texts = {"de": "bis {0}", "en": "until {0}"}
_AMOUNT: Texts = {"de": "mit {0} €", "en": "with € {0}"}
_MONTHS = {
    "de": ("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
           "Dezember"),
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December"),
}  # fmt: skip
_PLACE = re.compile(r"\{([abc])\}")


def sentence(row: Row, language: str) -> Sentence:
    """What a link says; () for entries that have a name of their own."""
    say = {"involvement": _involvement, "membership": _membership, "tie": _tie, "funding": _funding, "note": _note}
    return say[row.kind.name](row, language) if row.kind.name in say else ()


def plain(said: Sentence) -> str:
    """A sentence as text."""
    return "".join(piece.label if isinstance(piece, Ref) else piece for piece in said)


def day(text: str, language: str) -> str:
    """A date as exact as it is known: 17.5.2024, Mai 2024, 2024; anything else as it is."""
    parts = text.split("-")
    try:
        numbers = [int(part) for part in parts]
        date(*[*numbers, 1, 1][:3])
    except (ValueError, TypeError):
        return text
    if len(parts) == 3 and language == "de":
        return f"{numbers[2]}.{numbers[1]}.{numbers[0]}"
    words = [str(numbers[2])] if len(parts) == 3 else []
    words += [_MONTHS[language][numbers[1] - 1]] if len(parts) > 1 else []
    return " ".join([*words, str(numbers[0])])


def _involvement(row: Row, language: str) -> Sentence:
    role = _key(row, "role")
    form = _INVOLVED.get(role, _INVOLVED[""])[language]
    extra = f" ({row.text('role')})" if role not in _INVOLVED else ""
    return _filled(form, language, row, a="actor", b="project_or_event", after=extra)


def _membership(row: Row, language: str) -> Sentence:
    extra = f" ({row.text('role')})" if row.text("role") else ""
    return _filled(_MEMBER[language], language, row, a="member", b="network", after=extra)


def _tie(row: Row, language: str) -> Sentence:
    state = "" if _key(row, "state") in ("asserted", "") else f" ({row.text('state').lower()})"
    form = _TIED.get(_key(row, "kind"), _TIED[""])[language]
    return _filled(form, language, row, a="from_actor", b="to_actor", after=state)


def _funding(row: Row, language: str) -> Sentence:
    amount = row.text("amount")
    extra = " " + _AMOUNT[language].format(_euros(amount, language)) if amount else ""
    if row.values("payer") and row.values("programme"):
        return _filled(_FUNDED_THROUGH[language], language, row, a="payer", b="project", c="programme", after=extra)
    source = "programme" if row.values("programme") else "payer"
    return _filled(_FUNDED[language], language, row, a=source, b="project", after=extra)


def _note(row: Row, language: str) -> Sentence:
    return _filled(_NOTE[language], language, row, a="about")


def _filled(form: str, language: str, row: Row, *, after: str = "", **fields: str) -> Sentence:
    """The form with the entries of these fields in it, then `after`, then the period."""
    pieces: list[str | Ref] = []
    for number, piece in enumerate(_PLACE.split(form)):
        if number % 2 == 0:
            pieces.append(piece)
        elif values := row.values(fields[piece]):
            pieces.append(values[0].ref or values[0].text)
        else:
            pieces.append((_SOMEONE if piece == "a" else _SOMETHING)[language])
    pieces.append(after + " ".join(["", *_period(row, language)]))
    return tuple(piece for piece in pieces if piece)


def _period(row: Row, language: str) -> Iterator[str]:
    start, end = (day(row.text(name), language) if row.text(name) else "" for name in ("start", "end"))
    if start and end:
        yield start if start == end else f"{start}–{end}" if start.isdigit() and end.isdigit() else f"{start} – {end}"
    elif start or end:
        yield (_SINCE if start else _UNTIL)[language].format(start or end)


def _key(row: Row, name: str) -> str:
    values: tuple[Value, ...] = row.values(name)
    return values[0].key if values else ""


def _euros(text: str, language: str) -> str:
    whole, _, cents = text.partition(".")
    if not whole.isdigit():
        return text
    grouped = f"{int(whole):,}"
    if language == "de":
        return grouped.replace(",", ".") + (f",{cents:0<2}" if cents else "")
    return grouped + (f".{cents:0<2}" if cents else "")
