"""Made-up residents: nobody's name, number or telephone. Names begin with characters that are no surnames of anyone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

FAMILY = "样测例拟演试范模虚设"
GIVEN = "安柏晨丹恩方歌和嘉可兰明宁欧平青然思庭文晓言雨泽知舟子竹川禾"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"
GROUP = 30
"""So many households make one residents' group, the place by which a grid worker's list is grouped."""


@dataclass(frozen=True, slots=True)
class Resident:
    """One made-up person with household, grid cell and address."""

    id: str
    name: str
    number: str
    phone: str
    sex: str
    born: str
    age: int
    household: str
    cell: str
    village: str
    spot: str
    address: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A grid cell with its village: ids and the village's name."""

    cell: str
    village: str
    name: str


Luck = Iterator[float]
"""Numbers between 0 and 1, one after another."""
SIZES = ((0.15, 1), (0.43, 2), (0.73, 3), (0.92, 4), (1.0, 5))


@dataclass(frozen=True, slots=True)
class Home:
    """A household: its id, family name, cell, and which one of the cell's it is."""

    id: str
    family: str
    cell: Cell
    number: int


def make_residents(rng: np.random.Generator, count: int, cells: Sequence[Cell], year: int) -> list[Resident]:
    """So many residents, household by household, spread over the cells; `year` is the current one."""
    luck = iter(rng.random(count * 16 + 64).tolist())
    made: list[Resident] = []
    household = 0
    while len(made) < count:
        cell = cells[household % len(cells)]
        made += _household(luck, household, len(made), cell, household // len(cells), year)
        household += 1
    return made[:count]


def _household(luck: Luck, household: int, first: int, cell: Cell, number: int, year: int) -> list[Resident]:
    share = next(luck)
    size = next(people for least, people in SIZES if share <= least)
    home = Home(f"H-{household + 1:05d}", FAMILY[_below(luck, len(FAMILY))], cell, number)
    return [_resident(luck, first + i, home, age, year) for i, age in enumerate(_ages(luck, size))]


def _below(luck: Luck, end: int) -> int:
    return int(next(luck) * end)


def _ages(luck: Luck, size: int) -> list[int]:
    adult = 22 + _below(luck, 58)
    others = [adult - 6 + _below(luck, 12), adult - 22 - _below(luck, 13), adult - 24 - _below(luck, 14), adult + 20]
    return [adult, *(min(96, max(0, age)) for age in others)][:size]


def _resident(luck: Luck, index: int, home: Home, age: int, year: int) -> Resident:
    letters = [GIVEN[_below(luck, len(GIVEN))] for _ in range(1 if next(luck) < 0.15 else 2)]
    born = f"{year - age - 1:04d}-{1 + _below(luck, 12):02d}-{1 + _below(luck, 28):02d}"
    male = next(luck) < 0.51
    spot = f"{home.cell.name}{home.number // GROUP + 1}组"
    return Resident(
        id=f"P-{index + 1:06d}",
        name=home.family + "".join(letters),
        number=document_number(born, index, male),
        phone=f"100{(index * 7919 + 13) % 100_000_000:08d}",
        sex="male" if male else "female",
        born=born,
        age=age,
        household=home.id,
        cell=home.cell.cell,
        village=home.cell.village,
        spot=spot,
        address=f"{spot}{home.number % GROUP + 1}号",
    )


def document_number(born: str, index: int, male: bool) -> str:
    """An eighteen-digit number with a right check digit and the place 000000, which exists nowhere."""
    order = (index * 2 + (1 if male else 0)) % 1000
    order -= (order % 2) - (1 if male else 0)
    digits = f"000000{born.replace('-', '')}{order:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(digits, WEIGHTS, strict=True))
    return digits + CHECKS[total % 11]
