"""Distances between the addresses of actors, in metres."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from graph.gaps.gap import Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from graph.gaps.evidence import Evidence

POINT = re.compile(r"POINT\s*\(\s*(-?\d+(?:\.\d+)?)\s+(-?\d+(?:\.\d+)?)\s*\)", re.IGNORECASE)
_HALF = ((1, -1), (1, 0), (1, 1), (0, 1))
METRES_PER_DEGREE = 111_195.0
"""Length of a degree of latitude on a sphere of 6 371 km."""

CHUNK = 20_000
"""Pairs of one step: few enough that what is worked out for them stays near the processor."""


def points(evidence: Evidence) -> dict[int, tuple[float, float]]:
    """Longitude and latitude by actor position; actors without a located place are missing."""
    return evidence.once("points", lambda: _points(evidence))


def _points(evidence: Evidence) -> dict[int, tuple[float, float]]:
    at = {place.iri: point(place.wkt) for place in evidence.records.places if place.wkt}
    places = ((number, actor.place) for number, actor in enumerate(evidence.records.actors) if actor.place)
    return {number: spot for number, place in places if (spot := at.get(place)) is not None}


@lru_cache(maxsize=20_000)  # the same places again and again
def point(wkt: str) -> tuple[float, float] | None:
    """Longitude and latitude of a WKT point; None for anything else."""
    match = POINT.search(wkt)
    return (float(match[1]), float(match[2])) if match else None


def metres_grid(spots: Sequence[tuple[float, float]]) -> NDArray[np.float64]:
    """Positions in metres on a plane through the middle of `spots`; good to 1 ‰ within a city.

    Returns:
        An array of len(spots) × 2.
    """
    degrees = np.array(spots, dtype=float)
    shrink = np.cos(np.radians(degrees[:, 1].mean()))
    return np.asarray(degrees * METRES_PER_DEGREE * np.array([shrink, 1.0]))


def near_pairs(spots: Mapping[int, tuple[float, float]], radius: float) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Pairs of keys at most `radius` metres apart.

    Compares the spots of neighbouring squares only (a library's tree would take longer to import than this to run).

    Returns:
        The smaller and the greater keys of the pairs, each pair once.
    """
    keys = np.array(sorted(spots), dtype=np.int64)
    if not len(keys):
        return keys, keys
    # Many share an address, so distances are taken between addresses.
    grid, place = np.unique(metres_grid([spots[key] for key in keys.tolist()]), axis=0, return_inverse=True)
    one, other = _near_places(grid, radius).T
    order = np.argsort(place, kind="stable")
    starts = np.searchsorted(place[order], np.arange(len(grid) + 1))
    at, number = keys[order], np.diff(starts)
    # Each of one address with each of the other: first who is at the one, then for each of them who is at the other.
    here, pair = at[_runs(starts[one], number[one])], np.repeat(np.arange(len(one)), number[one])
    first = np.repeat(here, number[other[pair]])
    second = at[_runs(starts[other[pair]], number[other[pair]])]
    once = np.repeat((one != other)[pair], number[other[pair]]) | (first < second)
    first, second = first[once], second[once]
    return np.minimum(first, second), np.maximum(first, second)


def _runs(starts: NDArray[np.int64], lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """The numbers that follow each start, as many as its length, one run after the other."""
    ends = np.cumsum(lengths)
    return np.asarray(np.arange(lengths.sum()) + np.repeat(starts - (ends - lengths), lengths))


def _near_places(grid: NDArray[np.float64], radius: float) -> NDArray[np.int64]:
    """Pairs of rows of a grid at most `radius` apart, each with itself too."""
    found = []
    squares: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for number, (x, y) in enumerate(np.floor(grid / radius).astype(int).tolist()):
        squares[x, y].append(number)
    for (x, y), here in squares.items():
        # The square itself, and of those around it one half: the other half finds this one.
        around = [*here, *(n for dx, dy in _HALF for n in squares.get((x + dx, y + dy), ()))]
        apart = np.hypot(*(grid[here][:, None, :] - grid[around][None, :, :]).transpose(2, 0, 1))
        rows, columns = np.nonzero(apart <= radius)
        once = columns >= rows  # of two in this square the first finds the other
        found.append(np.stack([np.array(here)[rows[once]], np.array(around)[columns[once]]], axis=1))
    return np.concatenate(found)


def located(spots: Mapping[int, tuple[float, float]], count: int) -> NDArray[np.float64]:
    """Longitude and latitude of keys 0…count−1 as rows; NaN for keys without a spot."""
    found = np.full((count, 2), np.nan)
    if spots:
        found[list(spots)] = list(spots.values())
    return found


def apart(ones: NDArray[np.float64], others: NDArray[np.float64]) -> NDArray[np.float64]:
    """Distances in metres between rows of longitude and latitude, row by row; NaN where one is unknown."""
    return _apart(ones[..., 0], ones[..., 1], others[..., 0], others[..., 1])


def _apart(
    east: NDArray[np.float64], north: NDArray[np.float64], far_east: NDArray[np.float64], far_north: NDArray[np.float64]
) -> NDArray[np.float64]:
    shrink = np.cos(np.radians((north + far_north) / 2))
    width, height = (east - far_east) * METRES_PER_DEGREE, (north - far_north) * METRES_PER_DEGREE
    return np.asarray(np.hypot(width * shrink, height))


def apart_by_pair(
    spots: NDArray[np.float64], first: NDArray[np.int64], second: NDArray[np.int64]
) -> NDArray[np.float64]:
    """The same for pairs of rows of one array, given by their positions: for millions of them a third of the time."""
    found, (east, north) = np.empty(len(first)), np.ascontiguousarray(spots.T)
    for start in range(0, len(first), CHUNK):
        part = slice(start, start + CHUNK)
        one, other = first[part], second[part]
        found[part] = _apart(east[one], north[one], east[other], north[other])
    return found


def metres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Distance of two spots in metres."""
    return float(apart(np.array(one), np.array(other)))


def told_metres(away: float) -> Text:
    """A distance as it is said: rounded to tens, "less than 10 m" below."""
    near = round(away / 10) * 10
    if near < 10:
        return Text("weniger als 10 m", "less than 10 m")
    return Text(f"rund {near} m", f"about {near} m")
