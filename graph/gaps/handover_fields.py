"""What becomes of Handlungsfelder and projects when some go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from graph.gaps.gap import Ref
from graph.gaps.statements import project_ref
from graph.gaps.structure import by_name

if TYPE_CHECKING:
    from collections.abc import Collection

    from graph.gaps.records import Field
    from graph.gaps.structure import Structure

ROLES: Final = ("traeger", "auftraggeber", "foerderer", "partner", "ort")
"""Roles in a project, in the order in which their end hurts."""


@dataclass(frozen=True)
class FieldLoss:
    """A Handlungsfeld before and after.

    Attributes:
        field: which.
        actors, actors_left: who works in it.
        projects, projects_left: its projects that are not known to be over and have a known Träger; left are those of
            whom a Träger stays.
        holder: the one it hangs on afterwards: the only actor left, or the only Träger left; None if there are more
            or none.
    """

    field: Ref
    actors: int
    actors_left: int
    projects: int
    projects_left: int
    holder: Ref | None

    @property
    def state(self) -> str:
        """`empty`: nobody worked in it before. `ends`: nobody, or no Träger, is left. `thread`: one. Else `holds`."""
        if not self.actors:
            return "empty"
        if not self.actors_left or (self.projects and not self.projects_left):
            return "ends"
        return "thread" if self.holder else "holds"


@dataclass(frozen=True)
class Stake:
    """What one who goes does in a project: `role` is the slug of its role."""

    actor: Ref
    project: Ref
    role: str


def field_losses(structure: Structure, leaving: Collection[str]) -> tuple[FieldLoss, ...]:
    """Each Handlungsfeld of the latest round: those that end first, then those that hang on one, then by name."""
    order = {"ends": 0, "thread": 1, "holds": 2, "empty": 3}
    found = [_loss(structure, field, leaving) for field in structure.fields]
    return tuple(sorted(found, key=lambda one: (order[one.state], one.field.slug)))


def _loss(structure: Structure, field: Field, leaving: Collection[str]) -> FieldLoss:
    actors = {iri for iri, fields in structure.works_in.items() if field.iri in fields}
    carried = [c.keys() for p in structure.projects[field.iri] if (c := structure.carriers.get(p.iri))]
    left = [staying for carriers in carried if (staying := carriers - set(leaving))]
    return FieldLoss(
        Ref(field.iri, f"{field.round}: {field.label}" if field.round else field.label, field.slug, "handlungsfeld"),
        len(actors),
        len(actors - set(leaving)),
        len(carried),
        len(left),
        _holder(structure, actors - set(leaving), left),
    )


def _holder(structure: Structure, actors: set[str], carriers: list[set[str]]) -> Ref | None:
    if len(actors) == 1:
        return structure.ref(*actors)
    everywhere = set.intersection(*carriers) if carriers else set()
    return structure.ref(min(everywhere)) if everywhere else None


def stakes(structure: Structure, leaving: Collection[str]) -> tuple[Stake, ...]:
    """What those who go do in projects that are not known to be over: by role, then by project."""
    records, day = structure.evidence.records, structure.horizon.day
    going = {p.iri: p for p in records.projects if p.end is None or p.end >= day}
    said = [(x.actor, x.subject, x.role) for x in records.involvements if x.subject in going]
    said += [(x.payer, x.project, "foerderer") for x in records.fundings if x.project in going]
    found = {(actor, project, role) for actor, project, role in said if actor in leaving and role in ROLES}
    listed = [Stake(structure.ref(actor), project_ref(going[project]), role) for actor, project, role in found]
    return tuple(sorted(listed, key=lambda x: (ROLES.index(x.role), by_name(x.project), by_name(x.actor))))
