"""Netz ohne QM: what ends when the QM or anybody else goes, and which new ties would hold it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, Response, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from markupsafe import Markup

from graph import upkeep
from graph.errors import BadInput
from graph.gaps.parting import ENDING, GROUPS
from graph.upkeep import Meant
from webapp import current
from webapp import what_if as what_if_strip
from webapp.gaps import day_asked

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from graph.gaps.handover import Handover, NewTie
    from graph.gaps.moment import Moment

blueprint = Blueprint("handover", __name__, url_prefix="/gaps/handover")

GROUP_NAMES = {
    "qm": lazy_gettext("Quartiersmanagement"),
    "bodies": lazy_gettext("Gremien des Quartiersmanagements"),
    "bezirk": lazy_gettext("Ämter des Bezirks"),
    "senat": lazy_gettext("Ämter des Senats"),
    "bund": lazy_gettext("Behörden des Bundes"),
    "funder": lazy_gettext("wer nur fördert"),
}
MOST = 20
"""Actors that can be taken out by name."""

ROWS = 30
"""Lines of a table on the page; the spreadsheet has all. More new ties than this are not ticked one by one."""


@dataclass(frozen=True)
class Asked:
    """What the address asks for.

    Attributes:
        groups: who goes, by group. leaves: slugs of others who go. unclear: names that fit nobody, or several.
        as_of: the day. ticks: ids of the new ties that count; None for all.
    """

    groups: tuple[str, ...]
    leaves: tuple[str, ...]
    unclear: tuple[upkeep.Unclear, ...]
    as_of: date | None
    ticks: tuple[str, ...] | None

    @property
    def is_usual(self) -> bool:
        """Whether the QM and its bodies go, and nobody else."""
        return set(self.groups) == set(ENDING) and not self.leaves


@blueprint.get("")
def page() -> str | Response:
    """What ends, what would hold it; with `?format=csv&table=…` one of its tables."""
    from graph.gaps.handover import handover
    from graph.gaps.handover_sheets import role_name
    from graph.gaps.structure import situation_of, structure

    asked = _asked()
    found = handover(current.store(), groups=asked.groups, actors=asked.leaves, as_of=asked.as_of)
    if request.args.get("format") == "csv":
        return _spreadsheet(found)
    chosen = [tie for tie in found.ties if asked.ticks is None or tie_id_of(tie) in asked.ticks]
    situation = situation_of(current.store(), asked.as_of)
    known = structure(situation)
    return render_template(
        "handover/page.html",
        asked=asked,
        found=found,
        title=_title(asked, found),
        moments=_moments(asked, found, chosen),
        pictures=_pictures(asked, found, chosen),
        chosen={tie_id_of(tie) for tie in chosen},
        group_names={name: GROUP_NAMES[name] for name in GROUPS if known.groups[name]},
        members=known.groups,
        hubs=known.hubs,
        leaves=[known.ref(iri) for iri in known.iris(asked.leaves)],
        as_of=request.args.get("as_of", "").strip(),
        rows=None if request.args.get("all") == "yes" else ROWS,
        tie_id=tie_id_of,
        can_tick=len(found.ties) <= ROWS,
        role_name=lambda slug: role_name(slug, current.language()),
    )


def tie_id_of(tie: NewTie) -> str:
    """The id under which a new tie is ticked."""
    from graph.gaps.handover_list import tie_id

    return tie_id(*(ref.slug for ref in tie.gap.actors))


def _asked() -> Asked:
    args = request.args
    texts = list(dict.fromkeys(text.strip()[:200] for text in args.getlist("leaves") if text.strip()))[:MOST]
    found = [upkeep.meant(current.store(), text, language=current.language()) for text in texts]
    leaves = tuple(one.ref.slug for one in found if isinstance(one, Meant) and one.ref)
    groups = tuple(name for name in args.getlist("group") if name)
    is_first = not (groups or texts or args.get("chosen"))
    for name in groups:
        if name not in GROUPS:
            raise BadInput("group", name, GROUPS)
    return Asked(
        groups=ENDING if is_first else tuple(name for name in GROUPS if name in groups),
        leaves=leaves,
        unclear=tuple(one for one in found if isinstance(one, upkeep.Unclear)),
        as_of=day_asked(),
        ticks=tuple(args.getlist("tick")) if args.get("ticked") else None,
    )


def _title(asked: Asked, found: Handover) -> str:
    if asked.is_usual:
        return str(_("Netz ohne QM"))
    if len(asked.leaves) == 1 and not asked.groups and found.leaving:
        return str(_("Wenn „%(name)s“ geht", name=found.leaving[0].label))
    return str(_("Netz ohne diese Auswahl"))


def _moments(asked: Asked, found: Handover, chosen: Sequence[NewTie]) -> list[tuple[str, Moment]]:
    """The columns of the table of counts."""
    columns = [(str(_("heute")), found.before), (str(_("danach")), found.after)]
    if len(chosen) == len(found.ties):
        mended = found.mended
    else:
        from graph.gaps.what_if import what_if

        ids = [tie_id_of(tie) for tie in chosen]
        answer = what_if(current.store(), ids, groups=asked.groups, actors=asked.leaves, as_of=asked.as_of)
        mended = answer.after
    return [*columns, (str(_("danach, mit neuen Bekanntschaften")), mended)] if chosen else columns


def _pictures(asked: Asked, found: Handover, chosen: Sequence[NewTie]) -> tuple[Markup, Markup] | None:
    """Both drawings; None where nobody goes."""
    if not found.leaving or not found.losses:
        return None
    ties = [(tie.gap.actors[0].iri, tie.gap.actors[1].iri) for tie in chosen]
    titles = (
        str(_("Das Netz heute, mit allen.")),
        str(_("Das Netz danach; neue Bekanntschaften sind grün, wer geht, ist hohl.")),
    )
    from graph.gaps.structure import situation_of
    from graph.picture.before_after import before_and_after

    situation = situation_of(current.store(), asked.as_of)
    before, after = before_and_after(situation, found, ties, titles, str(_("{count} andere")))
    return Markup(before), Markup(after)  # noqa: S704  # our own XML, written by a serializer


def _spreadsheet(found: Handover) -> Response:
    from graph.gaps.handover_sheets import HEADINGS, sheet

    table = request.args.get("table", "losses")
    if table not in HEADINGS:
        raise BadInput("table", table, tuple(HEADINGS))
    headers = {"Content-Disposition": f'attachment; filename="handover-{table}.csv"'}
    return Response(sheet(found, table, current.language()), mimetype="text/csv", headers=headers)


def address_of(slug: str) -> str:
    """What happens when one actor goes."""
    return url_for("handover.page", leaves=slug)


blueprint.add_app_template_global(address_of, "handover_address")
what_if_strip.install(blueprint)
