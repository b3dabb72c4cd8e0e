"""The same work on several pieces at once, on threads; compiled functions let go of the interpreter's lock."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor


def each(work: Callable[[int], int], count: int, threads: int) -> Sequence[int]:
    """Do the work for 0 .. count - 1 -> what each gave, in that order."""
    if threads <= 1 or count <= 1:
        return [work(i) for i in range(count)]
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(work, range(count)))
