"""Tables as facts: each row a statement about its subject and the links it claims, each with its cell."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from graph.importing import meanings
from graph.importing.addresses import address
from graph.importing.amounts import amount, heading_factor
from graph.importing.blanks import is_unknown
from graph.importing.facts import Claim, Facts, Mention, Problem, Spot, Statement, Value
from graph.importing.names import read_names
from graph.importing.passages import role_of
from graph.importing.periods import joined, period
from ontology.concepts import concepts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from graph.importing.columns import ColumnPlan, TablePlan
    from graph.importing.facts import Group
    from graph.importing.grids import Cell
    from graph.importing.names import Name
    from graph.importing.periods import Period
    from graph.importing.regions import RawRow

_GROUPS: Final = {"project": "project", "event": "event", "place": "place"}
_CLAIMS: Final = {"foerderer": "funding", "mitglied": "membership", "mitglied_von": "membership"}
_TIES: Final = {"finanziert": "finanziert"}
_IN_PROJECTS: Final = {"veranstalter": "traeger", "teilnahme": "partner"}
"""Roles at events as the roles they are in projects."""

_QUALIFIED: Final = {"about": "ungefähr", "at most": "höchstens", "at least": "mindestens"}


@dataclass(frozen=True)
class _Entry:
    """A filled cell with what is done with it and the heading above it."""

    cell: Cell
    use: meanings.Use
    column: ColumnPlan
    spot: Spot

    @property
    def heading(self) -> str:
        """What stands above it."""
        return self.column.heading.text or self.column.heading.group


@dataclass(frozen=True)
class _Term:
    """When something was: as the fields of an entry, with its cell."""

    start: str = ""
    end: str = ""
    ongoing: bool = False
    text: str = ""
    spot: Spot | None = None

    def values(self, *, of_entry: bool) -> Iterator[Value]:
        """The fields; only entries (not links) can be ongoing."""
        if self.spot is None:
            return
        plain = self.text in (self.start, self.end, f"{self.start} – {self.end}")
        texts = {"start": self.start, "end": self.end, "period_text": "" if plain else self.text}
        if of_entry and self.ongoing:
            texts["ongoing"] = "ja"
        yield from (Value(field, text, self.spot) for field, text in texts.items() if text)


class Reader:
    """Reads the rows of one table.

    Args:
        plan: a table with what its columns mean.
        known: whether a text is a name as it stands, so that it is not split.
        facts: where everything goes.
    """

    def __init__(self, plan: TablePlan, known: Callable[[str], bool], facts: Facts) -> None:
        self._plan, self._known, self._facts = plan, known, facts
        columns = [column.meaning for column in plan.columns]
        subject = meanings.subject_meaning(columns, plan.kind)
        self._uses = [meanings.use(meaning, plan.kind, subject) for meaning in columns]
        self._has_subject = bool(subject)

    def read(self) -> None:
        """Take in all rows."""
        self._report_columns()
        if not self._has_subject:
            self._problem(self._spot(), "error", "no subject", kind=self._plan.kind)
            return
        for row in self._plan.table.rows:
            self._read_row(row)

    def _report_columns(self) -> None:
        for column, use in zip(self._plan.columns, self._uses, strict=True):
            spot = self._spot(column.heading.text or column.ref)
            if use.what == "personal":
                self._problem(replace(spot, cell=column.ref), "warning", "personal", heading=column.heading.text)
            elif use.what == "note" and not column.understood:
                self._facts.unmapped.append(spot)

    def _read_row(self, row: RawRow) -> None:
        entries = [entry for entry in self._entries(row) if not is_unknown(entry.cell.text)]
        subject = next((entry for entry in entries if entry.use.what == "subject"), None)
        term = self._term(entries)
        if entries and not subject:
            self._problem(entries[0].spot, "warning", "row without subject", row=row.number)
        for about in self._subjects(subject, term) if subject else ():
            self._read_about(about, entries, term)

    def _read_about(self, about: Mention, entries: list[_Entry], term: _Term) -> None:
        links = list(self._links(entries, about, term))
        values = list(self._values(entries, links))
        if self._plan.kind not in meanings.SUBJECTS or any(entry.use.name == about.group for entry in entries if entry.use.what == "period"):
            values = [*term.values(of_entry=True), *values]
        if values or self._plan.kind not in meanings.SUBJECTS:
            self._facts.statements.append(Statement(about, _type_name(about), tuple(values)))
        self._facts.claims.extend(links)

    def _entries(self, row: RawRow) -> Iterator[_Entry]:
        for cell, use, column in zip(row.cells, self._uses, self._plan.columns, strict=False):
            if cell.text and use.what not in ("ignore", "personal"):
                yield _Entry(cell, use, column, self._spot(cell.ref))

    def _subjects(self, entry: _Entry, term: _Term) -> Iterator[Mention]:
        """What the row is about: one thing, or in tables of links and bodies the several that a cell names."""
        kind = entry.use.name
        group = _GROUPS.get(kind, "body")
        if self._plan.kind not in ("membership", "tie") or group != "body":
            text = _one_line(entry.cell.text)
            hint = kind if kind in ("network", "programme") else ""
            start = term.start if self._plan.kind == "project" else ""
            yield Mention(group, text, entry.spot, hint, start)
            return
        for name in self._names(entry):
            yield Mention(group, name.text, entry.spot, kind if kind == "network" else "")

    def _names(self, entry: _Entry) -> list[Name]:
        """The names in a cell; people in it are refused, and said without being named."""
        read = read_names(entry.cell.text, self._known)
        if read.persons:
            self._problem(entry.spot, "warning", "person in cell", heading=entry.heading)
        return list(read.names)

    def _term(self, entries: list[_Entry]) -> _Term:
        by_use = {entry.use.what: entry for entry in reversed(entries) if entry.use.what in ("period", "start", "end")}
        read = {what: period(entry.cell.text, entry.cell.value) for what, entry in by_use.items()}
        for what, entry in by_use.items():
            if read[what].problem:
                self._problem(entry.spot, "warning", read[what].problem, text=entry.cell.text)
        if "period" in read:
            return _as_term(read["period"], by_use["period"].spot)
        if not read:
            return _Term()
        empty = period("")
        whole = joined(read.get("start", empty), read.get("end", empty))
        spot = min(entry.spot for entry in by_use.values())
        if whole.problem and not any(part.problem for part in read.values()):
            self._problem(spot, "warning", whole.problem, text=whole.text)
        return _as_term(whole, spot)

    def _links(self, entries: list[_Entry], about: Mention, term: _Term) -> Iterator[Claim]:
        told = next((entry for entry in entries if entry.use.what == "role"), None)
        role = self._role(told.cell.text) if told else None
        own = [
            Value(entry.use.name if entry.use.what == "of link" else "note", entry.cell.text, entry.spot, entry.heading)
            for entry in entries
            if entry.use.what == "of link" or (told is entry and not role)
        ]
        payments = list(self._payment(entries))
        payers = 0
        for entry in entries:
            if entry.use.what != "link":
                continue
            names = self._names(entry)
            payers += len(names) if entry.use.name == "foerderer" else 0
            for place, name in enumerate(names):
                rest = meanings.use(entry.column.rest, self._plan.kind, "") if place and entry.column.rest else entry.use
                use = rest if rest.what == "link" else entry.use
                claims = self._claim(entry, use, name, about, term, role, [] if payers > 1 else payments)
                yield from (replace(claim, values=(*claim.values, *own)) for claim in claims)

    def _claim(  # noqa: PLR0913, PLR0917  # a link of a row is that many facts
        self,
        entry: _Entry,
        use: meanings.Use,
        name: Name,
        about: Mention,
        term: _Term,
        role: str | None,
        payments: list[Value],
    ) -> Iterator[Claim]:
        own = use.name
        chosen = name.role or own or role or "partner"
        if role and own in ("partner", "") and not name.role:
            chosen = role
        if own in ("mitglied", "mitglied_von", "tie", "gehoert-zu", "finanziert", "in"):
            chosen = own
        if about.group == "project":
            chosen = _IN_PROJECTS.get(chosen, chosen)
        values = [*term.values(of_entry=False)]
        if name.note:
            values.append(Value("note", name.note, entry.spot))
        mention = Mention("body", name.text, entry.spot, use.hint)
        claim = _claim(chosen, mention, about, values, payments, role)
        if claim:
            yield claim

    def _payment(self, entries: list[_Entry]) -> Iterator[Value]:
        for entry in entries:
            if entry.use.what != "amount":
                continue
            read = amount(entry.cell.text, entry.cell.value, factor=heading_factor(f"{entry.heading} {entry.column.unit}"))
            if read.problem:
                self._problem(entry.spot, "warning", f"amount {read.problem}", text=entry.cell.text)
            if read.euro is not None:
                yield Value("amount", f"{read.euro:f}".replace(".", ","), entry.spot)
            if read.euro is None or read.qualifier != "exact":
                said = f" ({_QUALIFIED[read.qualifier]})" if read.qualifier in _QUALIFIED else ""
                yield Value("note", f"{entry.heading}: {_one_line(entry.cell.text)}{said}", entry.spot)

    def _values(self, entries: list[_Entry], links: list[Claim]) -> Iterator[Value]:
        for entry in entries:
            what, name, text = entry.use.what, entry.use.name, _one_line(entry.cell.text)
            if what == "value":
                yield Value(name, entry.cell.text, entry.spot, entry.heading)
            elif what == "address":
                yield from self._address(entry)
            elif what in ("places", "parent"):
                yield from self._named(entry, "place" if what == "places" else "body")
            elif what == "fields":
                yield Value(name or "handlungsfelder", entry.cell.text, entry.spot, entry.heading)
            elif what == "link":
                for vague in read_names(entry.cell.text, self._known).vague:
                    yield Value("note", f"{entry.heading}: {vague}", entry.spot)
            elif what == "note":
                yield Value("note", f"{entry.heading}: {text}" if entry.heading else text, entry.spot)
            if entry.cell.note:
                yield Value("note", f"{entry.heading}: {entry.cell.note}", entry.spot)
        if not any(value.field == "amount" for link in links for value in link.values):
            yield from (self._as_note(value, entries) for value in self._payment(entries))

    def _role(self, text: str) -> str | None:
        """The role or, in tables of ties, the kind of tie a cell tells."""
        return tie_kind(text) if self._plan.kind == "tie" else role_of(text)

    @staticmethod
    def _as_note(value: Value, entries: list[_Entry]) -> Value:
        """An amount that belongs to no single funder is told in words."""
        if value.field == "note":
            return value
        entry = next(entry for entry in entries if entry.spot == value.spot)
        return Value("note", f"{entry.heading}: {entry.cell.text}", value.spot)

    @staticmethod
    def _address(entry: _Entry) -> Iterator[Value]:
        read = address(entry.cell.text)
        street = f"{read.street} {read.number}".strip()
        found = {"street": street, "postcode": read.postcode, "note": read.rest}
        yield from (Value(field, text, entry.spot, entry.heading) for field, text in found.items() if text)

    def _named(self, entry: _Entry, group: Group) -> Iterator[Value]:
        """The entries a cell names, as values that lead to them."""
        for name in self._names(entry):
            yield Value(entry.use.name, name.text, entry.spot, entry.heading, Mention(group, name.text, entry.spot))
            if name.note:
                yield Value("note", f"{entry.heading}: {name.text} ({name.note})", entry.spot)

    def _spot(self, cell: str = "") -> Spot:
        return Spot(self._plan.table.file, self._plan.table.sheet, cell)

    def _problem(self, spot: Spot, severity: str, what: str, **facts: object) -> None:
        self._facts.problems.append(Problem(spot, severity, what, facts))  # type: ignore[arg-type]  # three words


def body_cells(plan: TablePlan) -> Iterator[tuple[str, bool]]:
    """The cells of a table that name bodies, each with whether it surely holds one name (the subjects of its rows)."""
    columns = [column.meaning for column in plan.columns]
    subject = meanings.subject_meaning(columns, plan.kind)
    for index, meaning in enumerate(columns):
        use = meanings.use(meaning, plan.kind, subject)
        is_name = use.what == "subject" and plan.kind in ("actor", "network", "programme", "place")
        if is_name or (use.what == "link" and use.name != "in"):
            yield from ((row.cells[index].text, is_name) for row in plan.table.rows if row.cells[index].text)


def _claim(  # noqa: PLR0913, PLR0917  # as above
    role: str, body: Mention, about: Mention, values: list[Value], payments: list[Value], told: str | None
) -> Claim | None:
    """The link a name in a row makes with what the row is about; None if the two cannot be linked so."""
    if role in _CLAIMS and about.group in ("project", "event") and role == "foerderer":
        return Claim("funding", body, about, role, (*values, *payments))
    if role == "mitglied":
        return Claim("membership", body, replace(about, hint="network"), role, tuple(values))
    if role == "mitglied_von":
        return Claim("membership", about, replace(body, hint="network"), "mitglied", tuple(values))
    if role == "in":
        group = "project" if about.group == "body" else about.group
        return Claim("involvement", about, replace(body, group=group), told or "partner", tuple(values))
    if about.group == "body":
        if told == "mitglied-von":
            return Claim("membership", about, replace(body, hint="network"), "mitglied", tuple(values))
        return Claim("tie", about, body, told or _TIES.get(role) or "kooperiert-mit", tuple(values))
    return Claim("involvement", body, about, role, tuple(values)) if role in meanings.ROLES else None


def tie_kind(text: str) -> str | None:
    """The slug of the kind of tie a text names, None if it names none."""
    wanted = re.sub(r"[\W_]+", " ", text.casefold()).strip()
    for choice in concepts("tie-kind"):
        spellings = (choice.slug, *choice.label.values(), *choice.alternatives)
        if wanted in (re.sub(r"[\W_]+", " ", one.casefold()).strip() for one in spellings):
            return choice.slug
    return None


def _as_term(read: Period, spot: Spot) -> _Term:
    return _Term(read.start, read.end, read.ongoing, read.text, spot)


def _type_name(about: Mention) -> str:
    return about.group if about.group != "body" else "programme" if about.hint == "programme" else "actor"


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
