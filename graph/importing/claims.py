"""Rows as links: who is named in a row, in what role, when and with how much money."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from graph.importing import meanings
from graph.importing.amounts import amount, heading_factor
from graph.importing.facts import Claim, Mention, Value
from graph.importing.namesakes import street_of
from graph.importing.passages import role_in, without_personal_brackets
from graph.importing.periods import joined, period
from graph.importing.values import PERIOD
from ontology.concepts import concepts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from graph.importing.columns import ColumnPlan
    from graph.importing.facts import Spot
    from graph.importing.grids import Cell
    from graph.importing.meanings import Use
    from graph.importing.names import Name
    from graph.importing.periods import Period

    Complain = Callable[..., None]

_FIXED: Final = frozenset({"mitglied", "mitglied_von", "tie", "finanziert"})
"""Roles a column gives that no word in a cell changes."""
IN: Final = {"in": "", "traeger_von": "traeger", "foerderer_von": "foerderer"}
"""Roles of columns that name the projects of the row's body, as the role it has there; "" if another cell says it."""
_IN_PROJECTS: Final = {"veranstalter": "traeger", "teilnahme": "partner"}
"""Roles at events as the roles they are in projects."""
_QUALIFIED: Final = {"about": "ungefähr", "at most": "höchstens", "at least": "mindestens"}
_WHEN: Final = ("period", "start", "end")
_TIES: Final = frozenset(choice.slug for choice in concepts("tie-kind"))


@dataclass(frozen=True)
class Entry:
    """A filled cell with what is done with it and its place."""

    cell: Cell
    use: Use
    column: ColumnPlan
    spot: Spot

    @property
    def heading(self) -> str:
        """What stands above it."""
        return self.column.heading.text or self.column.heading.group

    @property
    def text(self) -> str:
        """Its text in one line."""
        return re.sub(r"\s+", " ", self.cell.text).strip()

    def written(self, name: Name, where: str) -> str:
        """A name with its brackets or the street behind it, "" if it has none."""
        start, end = name.span
        whole = without_personal_brackets(self.cell.text[start:end]).strip(" ,;/+&")
        return whole if name.text in whole and (where or re.search(r"[(\[]", whole)) else ""

    def note(self, text: str) -> Value:
        """A remark that says under which heading it stood."""
        return Value("note", f"{self.heading}: {text}" if self.heading else text, self.spot)


@dataclass(frozen=True)
class Term:
    """When something was, with its cell; a blank one says nothing."""

    read: Period
    spot: Spot | None = None

    def values(self, *, of_entry: bool, in_words: bool = True) -> Iterator[Value]:
        """Its fields. An end before the start is told in words only.

        Args:
            of_entry: of an entry, which can be ongoing, not of a link.
            in_words: with the text as written; of links only where their entry does not have it.
        """
        if self.spot is None:
            return
        read = self.read
        plain = read.text in (read.start, read.end, f"{read.start} – {read.end}")
        is_turned = read.problem == "end-before-start"
        texts = {
            "start": "" if is_turned else read.start,
            "end": "" if is_turned else read.end,
            "ongoing": "ja" if of_entry and read.ongoing else "",
            "period_text": "" if (plain and not is_turned) or not in_words else read.text,
        }
        yield from (Value(field, text, self.spot) for field, text in texts.items() if text)


def term(entries: list[Entry], complain: Complain) -> Term:
    """When what the row is about was, from one cell or from one for the start and one for the end."""
    by_use = {entry.use.what: entry for entry in reversed(entries) if entry.use.what in _WHEN}
    read = {what: period(entry.cell.text, entry.cell.value) for what, entry in by_use.items()}
    for what, entry in by_use.items():
        if read[what].problem:
            complain(entry.spot, read[what].problem, text=entry.text)
    if "period" in read:
        return Term(read["period"], by_use["period"].spot)
    empty = period("")
    if not read:
        return Term(empty)
    whole = joined(read.get("start", empty), read.get("end", empty))
    spot = min(entry.spot for entry in by_use.values())
    if whole.problem and not any(part.problem for part in read.values()):
        complain(spot, whole.problem, text=whole.text)
    return Term(whole, spot)


def payments(entries: list[Entry], complain: Complain) -> list[Value]:
    """The amounts of a row: a number where there is one, and a remark where the number does not say it all."""
    found = []
    for entry in entries:
        if entry.use.what != "amount":
            continue
        factor = heading_factor(f"{entry.heading} {entry.column.unit}")
        read = amount(entry.cell.text, entry.cell.value, factor=factor)
        if read.problem:
            complain(entry.spot, f"amount {read.problem}", text=entry.text)
        if read.euro is not None:
            found.append(Value("amount", f"{read.euro:f}".replace(".", ","), entry.spot, entry.heading))
        if read.euro is None or read.qualifier != "exact":
            qualified = f" ({_QUALIFIED[read.qualifier]})" if read.qualifier in _QUALIFIED else ""
            found.append(entry.note(f"{entry.text}{qualified}"))
    return found


@dataclass
class Links:
    """The links of one row.

    Attributes:
        about: what the row is about.
        named: its cells of names, each with the names in it.
        when: its period. paid: its amounts.
        told: slug of the role (or kind of tie) a column of roles gives; None if there is none.
        own: what the row says of its links alone.
        in_words: the links say their period in words, because the entry the row is about does not.
    """

    about: Mention
    named: list[tuple[Entry, tuple[Name, ...]]]
    when: Term
    paid: list[Value]
    told: str | None
    own: list[Value]
    in_words: bool = True

    @property
    def payers(self) -> int:
        """How many funders the row names; an amount belongs to a funder only if there is one."""
        return sum(len(names) for entry, names in self.named if entry.use.name == "foerderer")

    def claims(self, kind: str) -> Iterator[Claim]:
        """The links, in the order of the cells; `kind` is the entity type of the table."""
        for entry, names in self.named:
            for place, name in enumerate(names):
                rest = meanings.use(entry.column.rest, kind, "") if place and entry.column.rest else entry.use
                yield self._claim(entry, rest if rest.what == "link" else entry.use, name)

    def _claim(self, entry: Entry, use: Use, name: Name) -> Claim:
        role = self._role(IN.get(use.name, use.name), name.role, is_project=use.name in IN)
        when = Term(period(name.note), entry.spot) if use.name in IN and _tells_when(name.note) else None
        values = [*(when or self.when).values(of_entry=False, in_words=self.in_words), *self.own]
        if name.note and not when:
            values.append(Value("note", name.note, entry.spot))
        if use.name in IN and role == "mitglied":
            body = Mention("body", name.text, entry.spot, "network", written=entry.written(name, ""))
            return self._linked("mitglied_von", body, tuple(values))
        if use.name in IN:
            kind = "funding" if role == "foerderer" else "involvement"
            return Claim(kind, self.about, Mention("project", name.text, entry.spot), role, tuple(values))
        where = street_of(name.note)
        body = Mention("body", name.text, entry.spot, use.hint, written=entry.written(name, where), where=where)
        if role == "foerderer" and self.about.group != "body":
            paid = self.paid if self.payers == 1 else list(_own_share(name.note, entry.spot))
            return Claim("funding", body, self.about, role, (*values, *paid))
        return self._linked(role, body, tuple(values))

    def _role(self, of_column: str, of_name: str | None, *, is_project: bool) -> str:
        if of_column in _FIXED:
            return of_column
        by_row = self.told if of_column in ("", "partner") else None
        role = of_name or by_row or of_column or "partner"
        return _IN_PROJECTS.get(role, role) if is_project or self.about.group == "project" else role

    def _linked(self, role: str, body: Mention, values: tuple[Value, ...]) -> Claim:
        about = self.about
        if role == "mitglied":
            return Claim("membership", body, replace(about, hint="network"), role, values)
        if role == "mitglied_von" or (about.group == "body" and self.told == "mitglied-von"):
            return Claim("membership", about, replace(body, hint="network"), "mitglied", values)
        if role == "finanziert":
            return Claim("tie", body, about, role, values)
        if about.group == "body":
            return Claim("tie", about, body, self.told if self.told in _TIES else "kooperiert-mit", values)
        return Claim("involvement", body, about, role, values)


def _tells_when(note: str) -> bool:
    return bool(PERIOD.fullmatch(note)) and not period(note).problem


def _own_share(note: str, spot: Spot) -> Iterator[Value]:
    """The amount that stands behind one of several funders: "Sparkasse (1.500 €)"."""
    if re.search(r"€|(?i:\bEUR|\bEuro)", note):
        read = amount(note)
        if read.euro is not None and read.qualifier == "exact":
            yield Value("amount", f"{read.euro:f}".replace(".", ","), spot)


def told_role(text: str, kind: str) -> str | None:
    """The slug of the role or, in tables of ties, of the kind of tie a text names; None if it names none."""
    if kind != "tie":
        return role_in(text)
    wanted = {_words(text), _core(text)}
    for choice in concepts("tie-kind"):
        said = (choice.slug, *choice.label.values(), *choice.alternatives)
        if wanted & {*map(_words, said), *map(_core, said)}:
            return choice.slug
    return None


def _core(text: str) -> str:
    """A relation without the small words around it: "ist Mitglied in" → "mitglied"."""
    return re.sub(r"^(?:ist|sind|wird) | (?:mit|von|in|bei|an|am|im|zu|der|des)$", "", _words(text))


def _words(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text.casefold()).strip()
