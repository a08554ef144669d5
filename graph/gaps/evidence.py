"""All that is known about actors on one day, as sparse matrices: rows are actors, columns what they share.

Actors stand in the order of their IRIs. `w` below is the recency e^(−Δ/5) of a fact that ended Δ years before the
day; a project of k partners gives each pair of them w/(k−1), so that large projects do not drown the small ones.

Source:
    Newman, M. E. J. (2001): Scientific collaboration networks II. Physical Review E 64, 016132.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, cast

import numpy as np
from scipy import sparse

from graph.gaps import matrices as m
from graph.gaps.geometry import located, points
from graph.gaps.horizon import known
from graph.gaps.records import PARTNERSHIP_ROLES, Involvement, Records, Tie
from graph.gaps.terms import Terms

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from graph.gaps.horizon import Horizon

T = TypeVar("T")

TEAM_CAP = 40
"""A project, event or body of more members than this names no pairs: everybody would have met everybody."""

FADING = 5.0
"""Years after which a shared fact counts 1/e."""

RECENT = 3.0
"""Years that count as recent activity."""

EVENT = 0.5
"""What a visited event counts as activity, against a project."""

PARTNER_TIES = frozenset({"kooperiert-mit", "vernetzt-mit"})
FAMILY_TIES = frozenset({"gehoert-zu"})
MONEY_TIES = frozenset({"finanziert", "beauftragt"})
REAL_STATES = frozenset({"asserted", "ended"})
"""States of a tie that exists or existed; a wished or failed one is no tie."""


class Traits(NamedTuple):
    """One kind of attribute: of projects, of actors themselves, and the names of the columns."""

    projects: sparse.csr_array
    actors: sparse.csr_array
    names: dict[str, int]


class Evidence:
    """Matrices of one day; each is built when first asked for.

    Attributes:
        horizon: the day.
        records: what was known on it.
        shares: actors × projects, w of a partnership role (Träger, Partner, Ort).
        ages: years since each involvement ended, by IRI.
        projects_of: number of all projects, per actor.
        quartiersmanagement: True for the Quartiersmanagements, per actor.
        agency: True for public authorities, per actor.
        active: True for actors that existed on the day, per actor.
    """

    def __init__(self, records: Records, horizon: Horizon) -> None:
        self.horizon = horizon
        self._made: dict[Hashable, Any] = {}
        self.records = known(records, horizon)
        self.actor_at = {actor.iri: at for at, actor in enumerate(self.records.actors)}
        self.project_at = {project.iri: at for at, project in enumerate(self.records.projects)}
        self.event_at = {event.iri: at for at, event in enumerate(self.records.events)}
        projects = {project.iri: project for project in self.records.projects}
        self._in_projects = [item for item in self.records.involvements if item.subject in self.project_at]
        self.ages = {item.iri: self._age(item, projects[item.subject].ongoing) for item in self._in_projects}
        self.partnerships = [item for item in self._in_projects if item.role in PARTNERSHIP_ROLES]
        self.shares = self._seats(self.partnerships)
        self.projects_of = np.diff(self.shares.indptr).astype(float)
        actors = self.records.actors
        self.quartiersmanagement = np.array([actor.hub == "qm" for actor in actors], dtype=bool)
        self.agency = np.array([actor.klass == "Agency" for actor in actors], dtype=bool)
        self.active = np.array([horizon.active(actor) for actor in actors], dtype=bool)

    def _age(self, item: Involvement, ongoing: bool) -> float:
        end = self.horizon.day if ongoing and item.end is None and item.start is not None else item.end
        return self.horizon.years_since(item.start, end)

    def _seats(self, items: Iterable[Involvement]) -> sparse.csr_array:
        cells = ((item.actor, item.subject, float(np.exp(-self.ages[item.iri] / FADING))) for item in items)
        return m.incidence(self.actor_at, self.project_at, cells)

    @staticmethod
    def lasting(tie: Tie) -> bool:
        """Whether a tie holds on: it was asserted and has a beginning, but no end."""
        return tie.end is None and tie.start is not None and tie.state != "ended"

    def tie_weight(self, tie: Tie) -> float:
        """The w of a tie."""
        end = self.horizon.day if self.lasting(tie) else tie.end
        return float(np.exp(-self.horizon.years_since(tie.start, end) / FADING))

    def _square(self, pairs: Iterable[tuple[str, str, float]]) -> sparse.csr_array:
        both = ((a, b, value) for one, other, value in pairs for a, b in ((one, other), (other, one)))
        return m.without_diagonal(m.incidence(self.actor_at, self.actor_at, both))

    @cached_property
    def partners(self) -> sparse.csr_array:
        """Actors × actors: Σ w/(k−1) over shared projects plus w of declared cooperation; symmetric."""
        sizes = np.diff(self.shares.tocsc().indptr)
        weights = np.where((sizes > 1) & (sizes <= TEAM_CAP), 1 / np.maximum(sizes - 1, 1), 0.0)
        roots = self.shares.copy()
        roots.data = np.sqrt(roots.data)
        shared = m.column_scaled(roots, weights) @ roots.T
        ties = (tie for tie in self.records.ties if tie.kind in PARTNER_TIES and tie.state in REAL_STATES)
        declared = self._square((tie.first, tie.second, self.tie_weight(tie)) for tie in ties)
        return m.without_diagonal(sparse.csr_array(shared + declared))

    @cached_property
    def middles(self) -> sparse.csr_array:
        """`partners` without the columns of QM and agencies: those through whom two actors can meet."""
        open_to = np.where(self.quartiersmanagement | self.agency, 0.0, 1.0)
        through = m.column_scaled(self.partners, open_to)
        through.eliminate_zeros()
        return through

    @cached_property
    def any_role(self) -> sparse.csr_array:
        """Actors × projects: w of a role of any kind."""
        return self._seats(self._in_projects)

    @cached_property
    def tied(self) -> sparse.csr_array:
        """Actors × actors: 1 where two ever had a joint project (any role), a tie or one is member of the other.

        Former partners are a list of their own ("Wieder aufnehmen"), so age does not matter here.
        """
        joint = self.any_role
        ties = [(t.first, t.second, 1.0) for t in self.records.ties if t.state in REAL_STATES]
        members = [(x.member, x.network, 1.0) for x in self.records.memberships]
        return m.binary(m.without_diagonal(sparse.csr_array(joint @ joint.T + self._square([*ties, *members]))))

    @cached_property
    def family(self) -> sparse.csr_array:
        """Actors × actors: 1 where one belongs to the other, directly or over up to three steps."""
        up = [(actor.iri, parent, 1.0) for actor in self.records.actors for parent in actor.parents]
        up += [(t.first, t.second, 1.0) for t in self.records.ties if t.kind in FAMILY_TIES]
        step = m.incidence(self.actor_at, self.actor_at, up)
        reach = step + step @ step + step @ step @ step
        return m.binary(m.without_diagonal(sparse.csr_array(reach + reach.T)))

    @cached_property
    def money(self) -> sparse.csr_array:
        """Actors × actors: 1 where one pays or commissions the other, or a project or programme of the other."""
        pays = [(t.first, t.second, 1.0) for t in self.records.ties if t.kind in MONEY_TIES]
        payers = [(funding.payer, funding.project) for funding in self.records.fundings]
        payers += [(x.actor, x.subject) for x in self._in_projects if x.role in {"foerderer", "auftraggeber"}]
        paid = m.incidence(self.actor_at, self.project_at, ((actor, project, 1.0) for actor, project in payers))
        grants = paid @ m.binary(self.any_role).T
        return m.binary(m.without_diagonal(sparse.csr_array(grants + grants.T + self._square(pays))))

    @cached_property
    def events(self) -> sparse.csr_array:
        """Actors × events: √(w/(n−1)) of a gathering of n actors, so that products of rows give w/(n−1)."""
        held = [item for item in self.records.involvements if item.subject in self.event_at]
        cells = ((x.actor, x.subject, np.exp(-self.horizon.years_since(x.start, x.end) / FADING)) for x in held)
        return _small_groups(m.incidence(self.actor_at, self.event_at, cells))

    @cached_property
    def bodies(self) -> sparse.csr_array:
        """Actors × networks and bodies: √(1/(n−1)) of a body of n members."""
        names = m.numbered(item.network for item in self.records.memberships)
        cells = ((item.member, item.network, 1.0) for item in self.records.memberships)
        return _small_groups(m.incidence(self.actor_at, names, cells))

    def traits(self, kind: str) -> Traits:
        """One kind of attribute ("field", "place", "target", "seeks", "offers") of projects and actors."""
        return self.once(("traits", kind), lambda: self._read_traits(kind))

    def once(self, key: Hashable, build: Callable[[], T]) -> T:
        """The value of `build()`, computed once: for what others make of these matrices again and again."""
        if key not in self._made:
            self._made[key] = build()
        return cast("T", self._made[key])

    def _read_traits(self, kind: str) -> Traits:
        found = [trait for trait in self.records.traits if trait.kind == kind]
        if kind == "place":
            sites = [(actor.iri, actor.place, 1.0) for actor in self.records.actors if actor.place]
            names = m.numbered(place.iri for place in self.records.places if not place.is_area)
        else:
            sites = []
            names = m.numbered(trait.value for trait in found)
        cells = [*((trait.entry, trait.value, 1.0) for trait in found), *sites]
        return Traits(m.incidence(self.project_at, names, cells), m.incidence(self.actor_at, names, cells), names)

    @cached_property
    def fields(self) -> Traits:
        """Handlungsfelder; one step of matching across rounds counts half, never further."""
        plain = self.traits("field")
        found = [trait for trait in self.records.traits if trait.kind == "match"]
        both = [(a, b, 0.5) for trait in found for a, b in ((trait.entry, trait.value), (trait.value, trait.entry))]
        names = m.numbered([*plain.names, *(name for a, b, _ in both for name in (a, b))])
        same = [(name, name, 1.0) for name in names]
        spread = m.incidence(plain.names, names, [*same, *both])
        return Traits(sparse.csr_array(plain.projects @ spread), sparse.csr_array(plain.actors @ spread), names)

    @cached_property
    def terms(self) -> Terms:
        """tf-idf of the names and descriptions of the projects, in their order."""
        return Terms([f"{project.label} {project.text}" for project in self.records.projects])

    @cached_property
    def callings(self) -> Terms:
        """tf-idf of what kind of body each actor is, in the words of `terms`: first all actors, then all projects."""
        words = self.records.words
        kinds = [" ".join(words[iri][0] for iri in actor.callings) for actor in self.records.actors]
        return Terms([*kinds, *(f"{project.label} {project.text}" for project in self.records.projects)])

    @cached_property
    def spots(self) -> NDArray[np.float64]:
        """Longitude and latitude of the actors' own addresses, a row for each; NaN where unknown."""
        return located(points(self), len(self.actor_at))

    def through_projects(self, projects: sparse.csr_array) -> sparse.csr_array:
        """Actors × attributes: sum over an actor's projects, recent ones counting more."""
        return sparse.csr_array(self.shares @ projects)

    @cached_property
    def standing(self) -> NDArray[np.float64]:
        """Standing g = ln(1 + r₃) + 0.1·ln(1 + r), per actor.

        r counts projects in any role and half of the events; r₃ those of the last three years. Undated records
        count in r only.
        """
        late = [x for x in self.records.involvements if x.start and self._years(x) <= RECENT]
        every = self._records_of(self.records.involvements)
        return np.asarray(np.log1p(self._records_of(late)) + 0.1 * np.log1p(every))

    def _records_of(self, items: Sequence[Involvement]) -> NDArray[np.float64]:
        return np.asarray(self._different(items, self.project_at) + EVENT * self._different(items, self.event_at))

    def _different(self, items: Sequence[Involvement], subjects: Mapping[str, int]) -> NDArray[np.int64]:
        """In how many of some projects or events each actor is, whatever its roles there."""
        seats = {(item.actor, item.subject) for item in items if item.subject in subjects}
        at = [self.actor_at[actor] for actor, _ in seats if actor in self.actor_at]
        return np.bincount(np.array(at, dtype=np.int64), minlength=len(self.actor_at))

    def _years(self, item: Involvement) -> float:
        return self.ages[item.iri] if item.iri in self.ages else self.horizon.years_since(item.start, item.end)

    @cached_property
    def newcomer(self) -> NDArray[np.bool_]:
        """True for actors with at most one project, per actor."""
        return np.asarray(self.projects_of <= 1)


def _small_groups(matrix: sparse.csr_array) -> sparse.csr_array:
    """Group memberships with the larger than `TEAM_CAP` left out, scaled so that pairs of n members get w/(n−1)."""
    sizes = np.diff(matrix.tocsc().indptr)
    weights = np.where((sizes > 1) & (sizes <= TEAM_CAP), 1 / np.maximum(sizes - 1, 1), 0.0)
    scaled = m.column_scaled(matrix, weights)
    scaled.eliminate_zeros()
    scaled.data = np.sqrt(scaled.data)
    return scaled
