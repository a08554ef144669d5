"""The columns of a table once it is sure what it is about: roles of bodies, the one amount, what is no place."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from graph.importing.columnplans import Why
from graph.importing.headings import key_headings, normal, parts, tight, understood
from graph.importing.passages import role_of
from graph.importing.tablekinds import OF_BODIES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.importing.columnplans import ColumnPlan
    from graph.importing.profiles import Profile
    from graph.importing.regions import Heading


def settled(kind: str, columns: tuple[ColumnPlan, ...], profiles: Sequence[Profile]) -> tuple[ColumnPlan, ...]:
    """The columns once the kind is sure: bodies have roles, one amount is the amount, a town is no place."""
    paid = _with_sources(_without_addresses(kind, columns), profiles)
    told = _with_givers(_of_carriers(kind, _with_roles(kind, paid, profiles)))
    return _without_towns(_one_amount(told), profiles)


def _with_roles(kind: str, columns: tuple[ColumnPlan, ...], profiles: Sequence[Profile]) -> tuple[ColumnPlan, ...]:
    """Bodies of no named role carry the project (host the event) if nobody else does, else are partners.

    Several in a cell, under a heading in the plural, are partners as well, unless those have a column of their own.
    """
    meanings = [plan.meaning for plan in columns]
    has_traeger = "link:traeger" in meanings or "link:veranstalter" in meanings
    found = []
    for plan, column in zip(columns, profiles, strict=True):
        if plan.meaning == "link:":
            is_plural = tight(plan.heading.text).endswith(("e", "en"))
            are_partners = is_plural and ("link:partner" not in meanings or column.share("several") > 0.5)
            carries = "traeger" if kind == "project" else "veranstalter"
            role = "partner" if has_traeger or are_partners else carries
            if kind == "project" and column.share("programme") > 0.5:
                role = "foerderer"  # pots of money carry nothing
            has_traeger |= role not in ("partner", "foerderer")
            found.append(replace(plan, meaning=f"link:{role}", confidence=min(plan.confidence, 0.75)))
        else:
            found.append(replace(plan, rest="link:partner") if plan.rest == "link:" else plan)
    return tuple(found)


def _of_carriers(kind: str, columns: tuple[ColumnPlan, ...]) -> tuple[ColumnPlan, ...]:
    """Bodies that are headed "Träger" (or "Förderer") carry (or fund) what "Projekte" beside them names."""
    named = next((plan.heading.text for plan in columns if plan.meaning == f"{kind}.name"), "")
    meaning = {"traeger": "link:traeger_von", "foerderer": "link:foerderer_von"}.get(role_of(named) or "", "")
    if kind != "actor" or not meaning:
        return columns
    return tuple(
        replace(plan, meaning=meaning, confidence=min(plan.confidence, 0.8))
        if plan.meaning == "link:in" and plan.why.kind == "heading" and plan.why.detail in key_headings("project")
        else plan
        for plan in columns
    )


def _with_givers(columns: tuple[ColumnPlan, ...]) -> tuple[ColumnPlan, ...]:
    """Who supports, beside those who work along and where nobody else pays, gives money."""
    pays = any(plan.meaning in ("link:foerderer", "project.fund", "funding.payer") for plan in columns)
    helps = [plan.meaning == "link:partner" and tight(plan.heading.text).startswith("unterstuetz") for plan in columns]
    works = any(plan.meaning == "link:partner" and not one for plan, one in zip(columns, helps, strict=True))
    if pays or not works:
        return columns
    return tuple(
        replace(plan, meaning="link:foerderer", confidence=min(plan.confidence, 0.75))
        if one and plan.why.kind != "mapping"
        else plan
        for plan, one in zip(columns, helps, strict=True)
    )


def _with_sources(columns: tuple[ColumnPlan, ...], profiles: Sequence[Profile]) -> tuple[ColumnPlan, ...]:
    """A source with an amount right of it ("Quelle 1 | Betrag 1") is one of money."""
    found = list(columns)
    for at, plan in enumerate(columns):
        if plan.meaning.endswith(".source") and plan.unit and plan.why.kind != "mapping":
            found[at] = replace(plan, meaning="link:foerderer", confidence=min(plan.confidence, 0.75))
    for at, (plan, after) in enumerate(pairwise(columns)):
        is_paid = after.meaning in ("project.amount", "funding.amount") and not profiles[at].share("url")
        if plan.meaning == "project.source" and is_paid and plan.why.kind != "mapping":
            found[at] = replace(plan, meaning="link:foerderer", confidence=min(plan.confidence, 0.75))
    return tuple(found)


def _is_address_of_body(kind: str, heading: Heading) -> bool:
    """Whether a heading asks where a body of the row is: "Träger | Straße", "ZE_ORT"."""
    if len(parts(heading.text)) > 1:
        return False
    *before, last = normal(heading.text).split() or [""]
    whose = " ".join(before) or heading.group
    return last in _ADDRESS and any(
        sense.kind == kind and sure > 0.9 and sense.meaning in OF_BODIES for sense, sure, _ in understood(whose)[:3]
    )


_ADDRESS: Final = frozenset({"ort", "plz", "strasse", "adresse", "anschrift", "hausnummer", "sitz", "postleitzahl"})


def _without_addresses(kind: str, columns: tuple[ColumnPlan, ...]) -> tuple[ColumnPlan, ...]:
    """Where the bodies of a project are is not where the project is."""
    if kind not in ("project", "event"):
        return columns
    return tuple(
        replace(plan, meaning="note")
        if (plan.meaning.startswith("link:") or plan.meaning.endswith((".place", ".places")))
        and plan.why.kind != "mapping"
        and _is_address_of_body(kind, plan.heading)
        else plan
        for plan in columns
    )


_AMOUNTS: Final = ("foerder", "bewillig", "zuwend", "zuschuss", "gesamt", "summe", "total", "betrag")
"""What the heading of the amount that was paid contains, the surest first."""


def _one_amount(columns: tuple[ColumnPlan, ...]) -> tuple[ColumnPlan, ...]:
    """Of several amounts (asked for, granted, in all) the one that was granted, or the sum; the others are notes.

    Amounts year by year without a sum are all notes: none of them is the amount.
    """
    amounts = [at for at, plan in enumerate(columns) if plan.meaning in ("project.amount", "funding.amount")]
    if len(amounts) < 2:
        return columns

    headings = [tight(columns[at].heading.text) for at in amounts]
    by_year = len({re.sub("(?:19|20)[0-9][0-9]", "", heading) for heading in headings}) == 1
    best = (
        None
        if by_year
        else min(amounts, key=lambda at: (columns[at].why.kind == "values", _rank(tight(columns[at].heading.text))))
    )
    return tuple(
        replace(plan, meaning="note") if at in amounts and at != best else plan for at, plan in enumerate(columns)
    )


def _rank(heading: str) -> int:
    if heading.startswith("davon"):
        return len(_AMOUNTS) + 1
    return next((place for place, word in enumerate(_AMOUNTS) if word in heading), len(_AMOUNTS))


def _without_towns(columns: tuple[ColumnPlan, ...], profiles: Sequence[Profile]) -> tuple[ColumnPlan, ...]:
    """The "Ort" of an address is a town, which its postcode says already."""
    addressed = any(plan.meaning.endswith((".postcode", ".street", ".address")) for plan in columns)
    return tuple(
        replace(plan, meaning="ignore", why=Why("town"))
        if addressed and plan.meaning.endswith(".place") and tight(plan.heading.text) in _TOWNS and _few(profile)
        else plan
        for plan, profile in zip(columns, profiles, strict=True)
    )


def _few(column: Profile) -> bool:
    return column.distinct <= 0.5 or column.count <= 3


_TOWNS: Final = frozenset({"ort", "stadt", "gemeinde", "wohnort"})
