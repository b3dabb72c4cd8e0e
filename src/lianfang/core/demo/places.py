"""The made-up district's places, lots and units, with stocks, rosters and inspections."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from lianfang.core.days.civil import DAY
from lianfang.core.demo.told import Told
from lianfang.core.language.organisation import Unit

HOUR = 3_600
TYPES: Mapping[str, tuple[str, str]] = {
    "school": ("education", "school"),
    "market": ("market", "farmers_market"),
    "isolation_site": ("isolation", "isolation_site"),
    "laboratory": ("health", "laboratory"),
    "cold_store": ("cold_chain", "cold_store"),
    "port": ("transport", "port"),
}
SUPERVISORS: Mapping[str, str] = {
    "school": "education",
    "market": "market-regulation",
    "cold_store": "market-regulation",
    "port": "transport",
    "isolation_site": "health",
    "laboratory": "health",
}


@dataclass(frozen=True, slots=True)
class Place:
    """A place that belongs to a unit of the same name."""

    id: str
    name: str
    unit: str
    supervisor: str


def places_of(units: Sequence[Unit]) -> list[Place]:
    """A place for every unit that is one: schools, markets, sites, laboratories, stores, ports."""
    return [
        Place(f"L-{unit.id}", unit.words.zh, unit.id, SUPERVISORS.get(unit.kind, ""))
        for unit in units
        if unit.kind in TYPES
    ]


def make_places(rng: np.random.Generator, units: Sequence[Unit], now: int) -> Iterator[Told]:
    """The register of places, with rooms of isolation sites, and lots in the cold store."""
    kinds = {unit.id: unit.kind for unit in units}
    for place in places_of(units):
        sector, type = TYPES[kinds[place.unit]]
        values: dict[str, object] = {
            "name": place.name,
            "sector": sector,
            "place_type": type,
            "supervisor": place.supervisor,
            "operator": place.unit,
            "has_manager": True,
        }
        if type == "isolation_site":
            values |= {"rooms": 240.0, "beds": 240.0, "capacity": 240.0}
        yield Told("place", place.id, now - 40 * DAY, values)
        yield Told("place_target", place.id, now - 38 * DAY, {"set": "key", "unit": place.supervisor})
    for number in range(24):
        yield from _lot(rng, number, now)


def _lot(rng: np.random.Generator, number: int, now: int) -> Iterator[Told]:
    lot = f"G-{number + 1:04d}"
    at = now - int(rng.integers(1, 12 * 24)) * HOUR
    product = ("冻虾", "冻鱼", "冻牛肉", "冻鸡爪")[number % 4]
    values = {"product": product, "goods_kind": "imported_cold_chain", "imported": True, "cold_chain": True}
    yield Told("consignment", lot, at, {**values, "warehouse": "L-cold-store", "owner": "cold-store"})
    yield Told("lot_movement", lot, at + HOUR, {"step": "received", "to_place": "L-cold-store"})


def make_stocks(rng: np.random.Generator, units: Sequence[Unit], now: int) -> Iterator[Told]:
    """Stocks of protective goods at units that hold them, some short."""
    for unit in units:
        if unit.kind in ("town", "isolation_site", "laboratory", "school"):
            for item, daily in (("masks", 400.0), ("protective_suits", 60.0)):
                days = float(rng.integers(12, 45))
                values = {"item": item, "quantity": daily * days, "needed": daily * 30, "daily_use": daily}
                yield Told("stock", unit.id, now - int(rng.integers(5, 60)) * HOUR, values)
