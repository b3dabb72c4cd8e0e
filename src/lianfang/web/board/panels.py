"""The pictures of the board: the curve, the releases, the map, the stages, what is overdue by unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext

from lianfang.core.access.actor import Actor
from lianfang.core.language.measure import Words
from lianfang.ledger.models import Unit
from lianfang.ledger.visible import visible
from lianfang.web.board import links
from lianfang.web.board.figures import Figures, seen
from lianfang.web.parts.said import one_of, said

WEEK = 7
UNITS, STAGES = 8, 7
Chart = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Line:
    """A name with a number and the list behind it; `wide` is its share of the longest, in percent."""

    name: str
    number: int
    address: str
    wide: float = 0.0


@dataclass(frozen=True, slots=True)
class Map:
    """The district coloured by persons under management, and the same as lines."""

    chart: Chart
    lines: tuple[Line, ...]
    steps: tuple[int, ...]


def curve(figures: Figures) -> Chart:
    """New infections by report day, with the mean of the last seven days."""
    days = [one.day for one in figures.found]
    totals = [one.persons for one in figures.found]
    inside = [one.inside for one in figures.found]
    mean = [_mean(totals[: place + 1]) for place in range(len(totals))]
    addresses = [links.persons(f"found:{day}") for day in days]
    return {
        "days": [_day(day) for day in days],
        "stacked": True,
        "totals": True,
        "grid": {"top": 46},
        "series": [
            {"name": gettext("管控中发现"), "tone": "light", "values": inside, "links": addresses},
            {
                "name": gettext("社会面发现"),
                "tone": "dark",
                "values": [total - part for total, part in zip(totals, inside, strict=True)],
                "links": addresses,
            },
            {"name": gettext("7日平均"), "line": True, "values": mean},
        ],
    }


def _mean(values: Sequence[int]) -> float | None:
    """The mean of the last seven values; fewer days give none."""
    return round(sum(values[-WEEK:]) / WEEK, 2) if len(values) >= WEEK else None


def release_chart(figures: Figures) -> Chart:
    """Releases of the next fourteen days."""
    coming = figures.releases[1:]
    addresses = [links.persons(f"due:{one.day}") for one in coming]
    return {
        "days": [_day(one.day) for one in coming],
        "stacked": True,
        "totals": True,
        "grid": {"top": 46},
        "series": [
            {
                "name": gettext("条件已齐或按期可齐"),
                "values": [one.persons - one.missing for one in coming],
                "links": addresses,
            },
            {
                "name": gettext("缺证据，可能顺延"),
                "tone": "held",
                "values": [one.missing for one in coming],
                "links": addresses,
            },
        ],
    }


def _day(day: date) -> str:
    return f"{day:%m-%d}"


def stages(figures: Figures, *, linked: bool) -> tuple[Line, ...]:
    """Persons by stage, as the plan calls the stages; each person once, so that they add up."""
    words = {(kept.measure, kept.stage): kept.words for kept in figures.stages}
    found: dict[Words, int] = defaultdict(int)
    for one in figures.people:
        found[words[one.measure, one.stage]] += one.persons
    lines = [Line(said(name), number, links.persons(f"stage:{name.zh}")) for name, number in found.items()]
    return _widths(_folded(lines, STAGES, gettext("其他阶段")), linked)


def units(figures: Figures, actor: Actor, *, linked: bool) -> tuple[Line, ...]:
    """What is overdue, by the unit that owes it: those right below the actor's own, with all that is under them."""
    names: dict[str, str] = {}
    paths: dict[str, str] = {}
    found: dict[str, int] = defaultdict(int)
    known = {row.id: row for row in Unit.objects.only("id", "name", "name_en", "path")}
    for owner, bar in figures.bars.items():
        unit = known.get(_right_below(known[owner].path, actor.path)) if owner in known else None
        id = unit.id if unit else ""
        names[id] = one_of(unit.name, unit.name_en) if unit else gettext("未落到单位")
        paths[id] = unit.path if unit else ""
        found[id] += bar.overdue
    late = {id: number for id, number in found.items() if number}
    lines = [Line(names[id], number, _owed_by(id, paths[id], actor)) for id, number in late.items()]
    rest = gettext("其他 %(n)s 个单位") % {"n": max(0, len(lines) - UNITS + 1)}
    return _widths(_folded(lines, UNITS, rest, links.owed(status="overdue")), linked)


def _owed_by(unit: str, path: str, actor: Actor) -> str:
    """The list of what a unit and those under it owe; of the actor's own unit only what itself owes."""
    if path == actor.path:
        return links.owed(status="overdue", owner=unit)
    return links.owed(status="overdue", owner_under=path)


def _right_below(path: str, above: str) -> str:
    """The unit on a path that comes right after the way down to somebody's own; the last one if it does not lie there.

    >>> _right_below("h/town/village/", "h/"), _right_below("h/", "h/"), _right_below("x/y/", "h/")
    ('town', 'h', 'y')
    """
    if path.startswith(above) and path != above:
        return path[len(above) :].split("/")[0]
    return path.rstrip("/").rpartition("/")[2]


def _folded(lines: list[Line], most: int, rest: str, address: str = "") -> list[Line]:
    """The longest lines; what does not fit is one line at the end."""
    ordered = sorted(lines, key=lambda line: (-line.number, line.name))
    if len(ordered) <= most:
        return ordered
    folded = sum(line.number for line in ordered[most - 1 :])
    return [*ordered[: most - 1], Line(rest, folded, address)]


def _widths(lines: Sequence[Line], linked: bool) -> tuple[Line, ...]:
    """The lines with the length of their bars; an earlier day has no lists, so nothing leads anywhere."""
    most = max((line.number for line in lines), default=1) or 1
    return tuple(
        replace(line, wide=round(100 * line.number / most, 1), address=line.address if linked else "") for line in lines
    )


def district_map(figures: Figures, actor: Actor, *, linked: bool) -> Map | None:
    """The areas the actor looks after; None where no unit has an outline."""
    rows: QuerySet[Unit] = visible(Unit.objects.exclude(shape=None), seen(actor))
    areas = list(rows.order_by("id").values_list("id", "name", "name_en", "path", "shape"))
    if not areas:
        return None
    lines, features = [], []
    for _, zh, en, path, shape in areas:
        number = sum(one.persons for one in figures.people if one.path.startswith(path))
        name = one_of(zh, en)
        lines.append(Line(name, number, links.persons("managed", under=path) if linked else ""))
        features.append({"type": "Feature", "properties": {"name": name}, "geometry": shape})
    steps = _steps([line.number for line in lines])
    values = [{"name": line.name, "value": line.number, "link": line.address} for line in lines]
    chart: Chart = {
        "shapes": {"type": "FeatureCollection", "features": features},
        "values": values,
        "steps": list(steps),
    }
    ordered = sorted(lines, key=lambda line: (-line.number, line.name))
    return Map(chart, _widths(ordered, linked), steps)


def _steps(numbers: Sequence[int]) -> tuple[int, ...]:
    """Three round numbers that part the areas into four shades.

    >>> _steps([61, 112, 148, 271, 396, 209, 87, 64])
    (100, 200, 300)
    >>> _steps([0, 0])
    (1, 2, 3)
    """
    most = max(numbers, default=0)
    if most < 4:
        return (1, 2, 3)
    width = most / 4
    size = 10 ** (len(str(int(width))) - 1)
    step = max(1, round(width / size) * size)
    return (step, 2 * step, 3 * step)
