"""Compiled sorting and searching over all facts: streams by (subject, time), look-ups around an opening."""

# The compiler sees arrays; annotations could only say Any for every one of them.
# mypy: disable-error-code="no-untyped-def, no-untyped-call"
# ruff: noqa: ANN001, ANN201

from __future__ import annotations

from lianfang.core.days.civil import shift
from lianfang.core.language.measure import Take
from lianfang.core.language.program import NEVER
from lianfang.core.obligations.compiled import compiled


@compiled
def count_subjects(subject, off, base):
    """Fill off with the first row of each subject, rows starting at `base`."""
    for i in range(len(subject)):
        off[subject[i] + 1] += 1
    off[0] = base
    for p in range(1, len(off)):
        off[p] += off[p - 1]


@compiled
def scatter(subject, t, k, row, has_known, p0, p1, at, off, t_out, k_out, row_out):
    """Facts of subjects p0..p1, given in any order -> sorted by (subject, t, k, row); `row` may be empty: then they are
    numbered as they come.

    `at` is a copy of the offsets `off` and is used up. Unordered facts of one subject cost the square.
    """
    numbered = len(row) > 0
    for i in range(len(subject)):
        p = subject[i]
        if p < p0 or p >= p1:
            continue
        q = at[p]
        at[p] += 1
        x, y, z = t[i], k[i] if has_known else t[i], row[i] if numbered else i
        low = off[p]  # not at[p - 1]: facts of the subject before may still be to come
        while q > low:
            u = t_out[q - 1]
            if u < x:
                break
            v = k_out[q - 1] if has_known else u
            if u == x and (v < y or (v == y and row_out[q - 1] < z)):
                break
            t_out[q], row_out[q] = u, row_out[q - 1]
            if has_known:
                k_out[q] = v
            q -= 1
        t_out[q], row_out[q] = x, z
        if has_known:
            k_out[q] = y


@compiled
def look_up(subject, low, high, off, t, end, value, overlapping, take, found, counted):
    """For each opening the chosen fact (position in sorted order, -1 for none) and how many there are in the window.

    `end` is the last instant of each fact's period (its own time for kinds without one); `value` is what HIGHEST and
    LOWEST compare.
    """
    for i in range(len(subject)):
        found[i], counted[i] = -1, 0
        p = subject[i]
        if p < 0 or p >= len(off) - 1 or low[i] >= NEVER:
            continue
        for j in range(off[p], off[p + 1]):
            if t[j] > high[i]:
                break
            if (end[j] if overlapping else t[j]) < low[i]:
                continue
            counted[i] += 1
            best = found[i]
            later = take == Take.LATEST
            higher = best >= 0 and take == Take.HIGHEST and value[j] > value[best]
            lower = best >= 0 and take == Take.LOWEST and value[j] < value[best]
            if best < 0 or later or higher or lower:
                found[i] = j


@compiled
def shift_all(t, months, seconds, mode, zone, out):
    """`shift` for a column of instants; NEVER (unknown) stays NEVER."""
    for i in range(len(t)):
        out[i] = NEVER if t[i] >= NEVER else shift(t[i], months, seconds, mode, zone)
