"""Which records are worth comparing: those that share a key, so that a million people are not compared pairwise."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from lianfang.core.identity.likely import WORTH_A_LOOK, Likeness, Record, compare
from lianfang.core.identity.sound import sound_of

MOST_IN_A_BLOCK = 50
"""A key that more people share than this says nothing: a telephone of a whole school."""


@dataclass(frozen=True, slots=True)
class Queue:
    """The pairs somebody should look at, likeliest first, and the keys left out because too many people share them."""

    pairs: tuple[Likeness, ...]
    left_out: Mapping[str, int]


def blocking_keys(record: Record) -> frozenset[str]:
    """The keys under which a record is found: number, its digits, telephone, birth date with two initials.

    Two records without a common key are never compared. Each reason that is enough by itself, and each two that are
    enough together, give a common key: digits in wrong order have the same digits, a name with one other character
    still has two initials in common.
    """
    keys = {f"n:{number}" for number in (record.number, *record.former) if number}
    if len(record.number) >= 15:
        keys.add(f"d:{''.join(sorted(record.number))}")
    if record.phone and record.name:
        keys.add(f"p:{record.phone}")
    if record.born_on is not None:
        keys |= {f"b:{record.born_on.isoformat()}:{two}" for two in _initials_by_two(record.name)}
    return frozenset(keys)


def _initials_by_two(name: str) -> frozenset[str]:
    """Every two initials of a name in alphabetical order; the initial itself where there is only one."""
    ways = map(sorted, sound_of(name).initials)
    return frozenset("".join(two) for way in ways for two in combinations(way, min(2, len(way))))


def likely_same(records: Iterable[Record], at_least: int = WORTH_A_LOOK, most: int = MOST_IN_A_BLOCK) -> Queue:
    """The pairs of a register that are likely one person, by the keys they share; each pair once.

    A key shared by more than `most` records is left out and reported, so that the work grows with the number of
    people and not with its square.
    """
    blocks: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        for key in blocking_keys(record):
            blocks[key].append(record)
    left_out = {key: len(block) for key, block in blocks.items() if len(block) > most}
    pairs = {
        (min(a.id, b.id), max(a.id, b.id)): (a, b)
        for key, block in blocks.items()
        if len(block) > 1 and key not in left_out
        for a, b in combinations(block, 2)
        if a.id != b.id
    }
    found = (compare(a, b) for a, b in pairs.values())
    kept = sorted((like for like in found if like.score >= at_least), key=lambda like: (-like.score, like.a, like.b))
    return Queue(tuple(kept), left_out)
