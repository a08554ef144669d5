"""Tables as facts: each row a statement about its subject and the links it claims, each with its cell."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from graph.importing import claims, meanings
from graph.importing.addresses import address
from graph.importing.blanks import is_unknown
from graph.importing.claims import Entry, Links
from graph.importing.facts import Claim, Mention, Problem, Spot, Statement, Told, Value
from graph.importing.names import Names, read_names
from graph.importing.namesakes import street_of
from graph.importing.periods import period
from graph.importing.regions import lines_of
from graph.importing.remarks import linked
from graph.importing.titles import names_projects, read_titles, with_networks
from graph.importing.values import PERIOD, ROOM

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from graph.importing.columns import TablePlan
    from graph.importing.facts import Facts, Group, Severity
    from graph.importing.names import Name
    from graph.importing.regions import RawRow

_GROUPS: Final[dict[str, Group]] = {"project": "project", "event": "event", "place": "place"}
_OF_BODIES: Final = frozenset({"actor", "network", "programme"})
_FORMER: Final = re.compile(
    r"\s*[(\[](?:vormals|ehem(?:als|alige[rs]?)?\.?|früher(?:er Titel)?|bisher|Arbeitstitel|alter Name|alias"
    r"|auch bekannt als)\s*:?\s+"
    r"(?P<name>[^()\[\]]+)[)\]]\s*$",
    re.IGNORECASE,
)
"""A former or working title behind a name."""
_WHEN: Final = ("period", "start", "end")
_FOUNDED: Final = re.compile(r"(?i)aktiv|gegründet|gründung|besteh|exist|founded")
"""What heads a body's own time in a list of members."""
_ERRORS: Final = frozenset({"end-before-start", "amount currency"})
"""What is wrong beyond reading: such a row must be mended or left out."""


class Reader:
    """Reads the rows of one table.

    Args:
        plan: a table with what its columns mean.
        known: whether a text is a name as it stands, so that it is not split.
        titled: whether a text is the title of a project as it stands.
        facts: where everything goes.
        without: lines of the table to leave out.
    """

    def __init__(
        self,
        plan: TablePlan,
        known: Callable[[str], bool],
        titled: Callable[[str], bool],
        facts: Facts,
        without: Collection[int] = (),
    ) -> None:
        self._plan, self._known, self._titled, self._facts, self._without = plan, known, titled, facts, without
        self._uses = uses(plan)
        self._is_dated = any(use.what in _WHEN for use in self._uses)
        self._lists_members = plan.kind in _OF_BODIES and any(
            use.what == "link" and use.name == "mitglied_von" and is_told(plan, at) for at, use in enumerate(self._uses)
        )
        self._names: dict[str, Names] = {}

    def read(self) -> None:
        """Take in all rows."""
        self._report_columns()
        if not any(use.what == "subject" for use in self._uses):
            if self._plan.table.rows:
                self._complain(self._spot(), "no subject", kind=self._plan.kind)
            return
        for row in self._plan.table.rows:
            if lines_of(row, self._plan.table).isdisjoint(self._without):
                self._read_row(row)

    def _report_columns(self) -> None:
        for column, use in zip(self._plan.columns, self._uses, strict=True):
            spot = self._spot(column.heading.text or column.ref)
            if use.what == "personal":
                self._complain(replace(spot, cell=column.ref), "personal", heading=column.heading.text)
            elif use.what in ("note", "of link") and not column.understood:
                self._facts.unmapped.append(spot)

    def _read_row(self, row: RawRow) -> None:
        entries = [entry for entry in self._entries(row) if not is_unknown(entry.cell.text) or self._is_name(entry)]
        entries = entries if self._is_dated else _with_term(entries)
        subject = next((entry for entry in entries if entry.use.what == "subject"), None)
        if subject is None:
            if entries:
                self._complain(entries[0].spot, "row without subject", row=row.number)
            return
        term = claims.term(entries, self._complain)
        paid = claims.payments(entries, self._complain)
        named = [(entry, self._named(entry).names) for entry in entries if entry.use.what == "link"]
        named += self._remarked(entries)
        street = next((entry.text for entry in entries if entry.use.what == "address"), "")
        for about in self._subjects(subject, term.read.start, street_of(street)):
            is_own = self._is_own_term(entries, about)
            when = claims.Term(period("")) if is_own and self._lists_members else term
            links = Links(about, named, when, paid, *self._said_of_links(entries), in_words=not is_own)
            values = [*self._values(entries), *([] if links.payers == 1 else map(_as_note, paid))]
            if is_own:
                values = [*term.values(of_entry=True), *values]
            if values or self._plan.kind not in meanings.SUBJECTS:
                self._facts.statements.append(Statement(about, _type_name(about), tuple(values)))
            claimed = tuple(links.claims(self._plan.kind))
            self._facts.claims.extend(claimed)
            self._facts.dated.extend(_dated(claimed))
            if values or claimed or self._plan.kind not in meanings.SUBJECTS:
                self._facts.told.append(Told(about, self._plan, claimed))
            if about.group != "body":
                self._facts.hosts.extend(_hosted(values, about, term))

    def _entries(self, row: RawRow) -> Iterator[Entry]:
        for cell, use, column in zip(row.cells, self._uses, self._plan.columns, strict=False):
            if cell.text and use.what not in ("ignore", "personal"):
                yield Entry(cell, use, column, self._spot(cell.ref))

    def _is_name(self, entry: Entry) -> bool:
        """Whether what reads like "unknown" is the name of a body here: "KA", where a legend explains it."""
        return entry.use.what in ("subject", "link") and self._known(entry.text)

    def _subjects(self, entry: Entry, start: str, where: str) -> Iterator[Mention]:
        """What the row is about: one thing, or in tables of members and ties the several that a cell names."""
        kind = entry.use.name
        group = _GROUPS.get(kind, "body")
        hint = kind if kind in ("network", "programme") else ""
        if self._plan.kind in ("membership", "tie"):
            names = [name.text for name in self._named(entry).names]
        else:
            names = [entry.text]
        told = None if kind == "place" else _FORMER.search(entry.text)
        for name in [entry.text[: told.start()]] if told and len(names) == 1 else names:
            yield Mention(group, name, entry.spot, hint, start if kind == "project" else "", where=where)

    def _named(self, entry: Entry) -> Names:
        """What a cell of names says; people in it are refused, and said without being named."""
        text = entry.cell.text
        if entry.use.name in claims.IN:
            read = read_titles(text, self._titled)
            return with_networks(read, self._titled) if self._may_name_networks(entry) else read
        if text not in self._names:
            self._names[text] = read_names(text, self._known)
        if self._names[text].persons:
            self._complain(entry.spot, "person in cell", heading=entry.heading)
        is_where = entry.use.what == "places" or entry.use.name == "ort"
        return _without_rooms(self._names[text]) if is_where else self._names[text]

    def _may_name_networks(self, entry: Entry) -> bool:
        """Whether bodies take part in what a cell names, under a heading that does not say that it is projects."""
        is_said = entry.column.why.kind == "marks" or names_projects(entry.column.heading.text)
        sits = any(use.what == "link" and use.name == "mitglied_von" for use in self._uses)
        return self._plan.kind == "actor" and entry.use.name == "in" and not is_said and not sits

    def _remarked(self, entries: list[Entry]) -> list[tuple[Entry, tuple[Name, ...]]]:
        """The bodies to which remarks beside a project give a role."""
        if self._plan.kind not in ("project", "event"):
            return []
        found: list[tuple[Entry, tuple[Name, ...]]] = []
        for entry in entries:
            if entry.column.understood and (entry.use.what == "note" or entry.use == meanings.Use("value", "note")):
                names = linked(entry.cell.text, self._known)
                found += [(replace(entry, use=meanings.Use("link", name.role or "")), (name,)) for name in names]
        return found

    def _said_of_links(self, entries: list[Entry]) -> tuple[str | None, list[Value]]:
        """The role that a column of roles gives, and what else the row says of its links."""
        told = next((entry for entry in entries if entry.use.what == "role"), None)
        role = claims.told_role(told.cell.text, self._plan.kind) if told else None
        own = [
            Value(entry.use.name, entry.cell.text, entry.spot, entry.heading)
            if entry.use.name != "note"
            else entry.note(entry.text)
            for entry in entries
            if entry.use.what == "of link"
        ]
        return role, [*own, *([told.note(told.text)] if told and not role else [])]

    def _is_own_term(self, entries: list[Entry], about: Mention) -> bool:
        """Whether a period is that of what the row is about: in tables of links it is mostly that of the link.

        "seit" in a list of members says when they joined.
        """
        if self._lists_members:
            return any(entry.use.what in _WHEN and _FOUNDED.search(entry.heading) for entry in entries)
        is_link = self._plan.kind in meanings.SUBJECTS
        return not is_link or any(entry.use == meanings.Use("period", about.group) for entry in entries)

    def _values(self, entries: list[Entry]) -> Iterator[Value]:
        for entry in entries:
            match entry.use.what:
                case "subject" if entry.use.name != "place" and (told := _FORMER.search(entry.text)):
                    yield Value("other_names", told["name"], entry.spot, entry.heading)
                case "value" | "fields":
                    yield Value(entry.use.name, entry.cell.text, entry.spot, entry.heading)
                case "address":
                    yield from self._address(entry)
                case "places":
                    yield from self._places(entry)
                case "parent":
                    yield from self._leading(entry, "body")
                case "link":
                    yield from (entry.note(vague) for vague in self._named(entry).vague)
                case "note":
                    yield entry.note(entry.text)
            if entry.cell.note:
                yield entry.note(entry.cell.note)

    @staticmethod
    def _address(entry: Entry) -> Iterator[Value]:
        read = address(entry.cell.text)
        found = {"street": f"{read.street} {read.number}".strip(), "postcode": read.postcode, "note": read.rest}
        yield from (Value(field, text, entry.spot, entry.heading) for field, text in found.items() if text)

    def _places(self, entry: Entry) -> Iterator[Value]:
        """The places a cell names; a town with its postcode is an address."""
        if re.match(r"(?:D-)?\d{5}\b", entry.text):
            yield from self._address(entry)
        else:
            yield from self._leading(entry, "place")

    def _leading(self, entry: Entry, group: Group) -> Iterator[Value]:
        """The entries a cell names, as values that lead to them."""
        read = self._named(entry)
        for name in read.names:
            yield Value(entry.use.name, name.text, entry.spot, entry.heading, Mention(group, name.text, entry.spot))
            if name.note:
                yield entry.note(f"{name.text} ({name.note})")
        yield from (entry.note(vague) for vague in read.vague)

    def _spot(self, cell: str = "") -> Spot:
        return Spot(self._plan.table.file, self._plan.table.sheet, cell)

    def _complain(self, spot: Spot, what: str, **facts: object) -> None:
        severity: Severity = "error" if what in _ERRORS else "warning"
        self._facts.problems.append(Problem(spot, severity, what, facts))


def uses(plan: TablePlan) -> list[meanings.Use]:
    """What is done with each column of a table."""
    columns = [column.meaning for column in plan.columns]
    subject = meanings.subject_meaning(columns, plan.kind)
    return [meanings.use(meaning, plan.kind, subject) for meaning in columns]


def is_told(plan: TablePlan, at: int) -> bool:
    """Whether what a column says stands in a title above all rows, not in cells of its own."""
    return any(plan.columns[at].ref == other.ref for other in plan.columns[:at])


def name_cells(plan: TablePlan) -> Iterator[tuple[str, bool]]:
    """The cells of a table that name bodies or places, each with whether it is one name as it stands."""
    for index, use in enumerate(uses(plan)):
        is_name = use.what == "subject" and (plan.kind in _OF_BODIES or plan.kind == "place")
        if is_name or (use.what == "link" and use.name not in claims.IN):
            yield from ((row.cells[index].text, is_name) for row in plan.table.rows if row.cells[index].text)


def _with_term(entries: list[Entry]) -> list[Entry]:
    """The entries of a row with a period of their own if one stands behind the name: "Lesezelt (2020–2022)"."""
    for at, entry in enumerate(entries):
        bracket = re.search(r"\s*\(([^()]+)\)\s*$", entry.cell.text)
        if (
            entry.use.what == "subject"
            and entry.use.name in ("project", "event")
            and bracket
            and PERIOD.fullmatch(bracket[1])
        ):
            name = replace(entry, cell=replace(entry.cell, text=entry.cell.text[: bracket.start()]))
            when = replace(entry, cell=replace(entry.cell, text=bracket[1]), use=meanings.Use("period", entry.use.name))
            return [*entries[:at], name, when, *entries[at + 1 :]]
    return entries


def _without_rooms(read: Names) -> Names:
    """Names without the rooms among them: "Saal" is neither a body nor a place."""
    rooms = tuple(name.text for name in read.names if ROOM.fullmatch(name.text))
    return replace(
        read, names=tuple(name for name in read.names if name.text not in rooms), vague=(*read.vague, *rooms)
    )


def _dated(claimed: Iterable[Claim]) -> Iterator[Statement]:
    """What titles of projects in a row of a body say of when these were."""
    for claim in claimed:
        when = tuple(value for value in claim.values if value.field in ("start", "end", "period_text"))
        if when and claim.start.group == "body" and claim.end.group == "project" and claim.end.spot == when[0].spot:
            yield Statement(claim.end, "project", when)


def _hosted(values: list[Value], about: Mention, term: claims.Term) -> Iterator[Claim]:
    for value in values:
        if value.mention and value.mention.group == "place":
            body = Mention("body", value.text, value.spot)
            yield Claim("involvement", body, about, "ort", tuple(term.values(of_entry=False, in_words=False)))


def _as_note(value: Value) -> Value:
    """An amount that belongs to no single funder is told in words."""
    return value if value.field == "note" else Value("note", f"{value.heading}: {value.text}", value.spot)


def _type_name(about: Mention) -> str:
    return about.group if about.group != "body" else "programme" if about.hint == "programme" else "actor"


def title_cells(plan: TablePlan) -> Iterator[str]:
    """The cells of a table that name projects or events, each one as it stands."""
    for index, use in enumerate(uses(plan)):
        if use.what == "subject" and use.name in _GROUPS and use.name != "place":
            yield from (row.cells[index].text for row in plan.table.rows if row.cells[index].text)
        elif use.name in claims.IN and plan.columns[index].why.kind == "marks":
            yield plan.columns[index].heading.text
