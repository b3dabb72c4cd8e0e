"""Measures with dated versions side by side: which version of the one meets which of the other, and for whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lianfang.core.difference.change import Change
from lianfang.core.language.measure import Measure


@dataclass(frozen=True, slots=True)
class Span:
    """Openings from `since` on and before `until` (seconds since 1970 UTC); None: without bound."""

    since: int | None
    until: int | None


def spans(before: Sequence[Measure], after: Sequence[Measure]) -> Iterator[tuple[Span, Measure, Measure]]:
    """Every stretch of openings in which both measures stand still, with the version of each."""
    cuts = sorted({t for m in (*before, *after) for t in (m.valid_from, m.valid_to) if t is not None})
    for since, until in zip((None, *cuts), (*cuts, None), strict=True):
        yield Span(since, until), _version(before, since), _version(after, since)


def _version(versions: Sequence[Measure], since: int | None) -> Measure:
    """The version for openings just after `since`; outside all versions, the nearest."""
    if since is None:
        return versions[0]
    return next((m for m in reversed(versions) if m.valid_from is None or m.valid_from <= since), versions[0])


def spread(found: Sequence[tuple[Span, tuple[Change, ...]]]) -> Iterator[Change]:
    """Each change once for every unbroken run of stretches it holds in; undated if it holds in all of them."""
    for number, (span, changes) in enumerate(found):
        for change in changes:
            if number and change in found[number - 1][1]:
                continue
            last = number
            while last + 1 < len(found) and change in found[last + 1][1]:
                last += 1
            yield replace(change, since=span.since, until=found[last][0].until)
