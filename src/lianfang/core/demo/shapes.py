"""Outlines of the made-up towns: corners by hand, borders roughened the same way from both sides."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

import numpy as np

Point = tuple[float, float]
CORNERS: Mapping[str, Point] = {
    "a": (0.4, 4.6),
    "b": (3.4, 6.2),
    "c": (6.4, 5.7),
    "d": (9.2, 6.6),
    "e": (9.9, 3.6),
    "f": (8.6, 0.7),
    "g": (5.2, 0.2),
    "h": (1.6, 0.9),
    "i": (3.9, 4.1),
    "j": (6.1, 4.2),
    "k": (6.4, 2.5),
    "l": (3.7, 2.3),
}
OUTLINES: tuple[str, ...] = ("abijklh", "bcji", "cdefkj", "hlkfg")
"""Four areas, each by its corners in order; neighbours share corners."""
ROUGH = 4
"""Each border is halved so many times."""


def shapes(units: Sequence[str]) -> dict[str, dict[str, object]]:
    """A GeoJSON polygon for up to four units. Degrees of an ocean where nobody lives."""
    return {unit: _polygon(outline) for unit, outline in zip(units, OUTLINES, strict=False)}


def _polygon(outline: str) -> dict[str, object]:
    ring: list[Point] = []
    for one, other in zip(outline, outline[1:] + outline[0], strict=True):
        ring += _border(one, other)[:-1]
    ring.append(ring[0])
    return {"type": "Polygon", "coordinates": [[[round(x / 20, 5), round(y / 20, 5)] for x, y in ring]]}


def _border(one: str, other: str) -> list[Point]:
    """The border between two corners; the same from both sides, only turned round."""
    first, last = sorted((one, other))
    rng = np.random.default_rng([ord(first), ord(last)])
    points = [CORNERS[first], CORNERS[last]]
    for level in range(ROUGH):
        points = _halved(rng, points, 0.16 / 2**level)
    return points if one == first else points[::-1]


def _halved(rng: np.random.Generator, points: list[Point], reach: float) -> list[Point]:
    out = [points[0]]
    for (x0, y0), (x1, y1) in itertools.pairwise(points):
        aside = float(rng.normal(0, reach))
        length = float(np.hypot(x1 - x0, y1 - y0)) or 1.0
        out += [((x0 + x1) / 2 - (y1 - y0) / length * aside, (y0 + y1) / 2 + (x1 - x0) / length * aside), (x1, y1)]
    return out
