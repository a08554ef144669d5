"""All figures of the Vernetzung, in the order in which a team asks them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from graph.errors import NotFound
from graph.vernetzung import bridges, coverage, reach, strength, trend
from graph.vernetzung.ground import Ground, Question

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from graph.store import Store
    from graph.vernetzung.figure import Figure

_FIGURES: Final[dict[str, Callable[[Ground], Figure]]] = {
    "partners": reach.partners,
    "islands": reach.islands,
    "newcomers": reach.newcomers,
    "asleep": reach.asleep,
    "without-qm": strength.without_qm,
    "bottlenecks": strength.bottlenecks,
    "dependence": strength.dependence,
    "centralisation": strength.centralisation,
    "door-openers": bridges.door_openers,
    "between-sectors": bridges.between_sectors,
    "separate-circles": bridges.separate_circles,
    "circles": bridges.circles,
    "openness": bridges.openness,
    "renewal": trend.renewal,
    "coverage": coverage.coverage,
    "gaps-in-records": coverage.gaps_in_records,
}

NAMES: Final = tuple(_FIGURES)
"""Names of all figures, in their order."""


def figures(
    store: Store, question: Question | None = None, *, language: str = "de", only: Sequence[str] = NAMES
) -> tuple[Figure, ...]:
    """The figures of one part of the Quartier, kept until the data change.

    Args:
        store: the open graph.
        question: which part; everything if None.
        language: of the names of entries in the tables; sentences come in both.
        only: names of those wanted.

    Raises:
        NotFound: a figure, round or Handlungsfeld that does not exist.
    """
    if unknown := [name for name in only if name not in _FIGURES]:
        raise NotFound("measure", unknown[0])
    asked, wanted = question or Question(), tuple(only)
    return store.trailing(("figures", asked, language, wanted), lambda: _figures(store, asked, language, wanted))


def _figures(store: Store, asked: Question, language: str, only: tuple[str, ...]) -> tuple[Figure, ...]:
    ground: Ground = store.cached(("vernetzung", asked, language), lambda: Ground(store, asked, language))
    return tuple(store.cached((ground, name), partial(_FIGURES[name], ground)) for name in only)
