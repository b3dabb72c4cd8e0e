"""Compiled loops over stays: arranging them, and finding who was in the same place for how long."""

# The compiler sees arrays; annotations could only say Any for every one of them.
# mypy: disable-error-code="no-untyped-def, no-untyped-call, untyped-decorator"
# ruff: noqa: ANN001, ANN201

from __future__ import annotations

import numpy as np
from numba import njit


@njit(nogil=True, cache=True)
def count_into(place, off):
    """Add one to the slot after each place."""
    for i in range(len(place)):
        off[place[i] + 1] += 1


@njit(nogil=True, cache=True)
def scatter_stays(person, place, start, end, at, person_out, start_out, end_out):
    """Put every stay into the next free row of its place; `at` moves on."""
    for i in range(len(place)):
        q = at[place[i]]
        at[place[i]] = q + 1
        person_out[q], start_out[q], end_out[q] = person[i], start[i], end[i]


@njit(nogil=True, cache=True)
def sort_places(off, person, start, end):
    """Sort each place by start, end and person; places already in order are left alone."""
    for p in range(len(off) - 1):
        a, b = off[p], off[p + 1]
        ordered = True
        for i in range(a + 1, b):
            if start[i] < start[i - 1]:
                ordered = False
                break
        if not ordered:
            order = np.argsort(start[a:b], kind="mergesort")
            person[a:b], start[a:b], end[a:b] = person[a:b][order], start[a:b][order], end[a:b][order]


@njit(nogil=True, cache=True)
def longest_of(off, start, end):
    """The longest stay of each place, in seconds."""
    out = np.zeros(len(off) - 1, np.int64)
    for p in range(len(off) - 1):
        for i in range(off[p], off[p + 1]):
            out[p] = max(out[p], end[i] - start[i])
    return out


@njit(nogil=True, cache=True)
def rows_by_person(person, of_off, of):
    """Fill the index from a person to the rows of that person."""
    for i in range(len(person)):
        of_off[person[i] + 1] += 1
    for q in range(1, len(of_off)):
        of_off[q] += of_off[q - 1]
    at = of_off[:-1].copy()
    for i in range(len(person)):
        of[at[person[i]]] = i
        at[person[i]] += 1


@njit(nogil=True, cache=True)
def first_start(start, a, b, least):
    """The first row in a..b that starts at `least` or later."""
    while a < b:
        middle = (a + b) // 2
        if start[middle] < least:
            a = middle + 1
        else:
            b = middle
    return a


@njit(nogil=True, cache=True)
def meet(off, person, start, end, longest, place, who, begin, until, least, most, skip, since, total, count):
    """For each visit (place, who, begin, until): everybody else there for `least` seconds of it at least.

    Adds to the columns by person: earliest begin of a meeting, longest meeting, number of meetings. A visit where more
    than `most` others were met is left out (0: no bound). People marked in `skip` are never met. Returns the number of
    meetings.
    """
    met = 0
    for v in range(len(place)):
        a, b = off[place[v]], off[place[v] + 1]
        first = first_start(start, a, b, begin[v] - longest[place[v]])
        last = first_start(start, first, b, until[v] - least + 1)
        if most > 0 and others(person, start, end, first, last, who[v], begin[v], until[v], least) > most:
            continue
        for i in range(first, last):
            x = max(start[i], begin[v])
            shared = min(end[i], until[v]) - x
            q = person[i]
            if shared >= least and q != who[v] and not skip[q]:
                since[q] = min(since[q], x)
                total[q] = max(total[q], shared)
                count[q] += 1
                met += 1
    return met


@njit(nogil=True, cache=True)
def others(person, start, end, first, last, who, begin, until, least):
    """How many stays of other people share `least` seconds with begin..until."""
    n = 0
    for i in range(first, last):
        if min(end[i], until) - max(start[i], begin) >= least and person[i] != who:
            n += 1
    return n


@njit(nogil=True, cache=True)
def meetings(off, person, start, end, longest, place, who, begin, until, least, wanted, visit_out, row_out):
    """The meetings themselves, of visits with `wanted` people: visit and row of each. Returns how many there are.

    With outputs of length 0 it only counts.
    """
    n = 0
    for v in range(len(place)):
        a, b = off[place[v]], off[place[v] + 1]
        first = first_start(start, a, b, begin[v] - longest[place[v]])
        for i in range(first, first_start(start, first, b, until[v] - least + 1)):
            shared = min(end[i], until[v]) - max(start[i], begin[v])
            if shared >= least and person[i] != who[v] and wanted[person[i]]:
                if n < len(visit_out):
                    visit_out[n], row_out[n] = v, i
                n += 1
    return n
