"""The verdict on one occurrence: its status, whether it is asked for, its row."""

# The compiler sees arrays; annotations could only say Any for every one of them.
# mypy: disable-error-code="no-untyped-def, no-untyped-call"
# ruff: noqa: ANN001, ANN201

from __future__ import annotations

from lianfang.core.language.program import NEVER
from lianfang.core.obligations.compiled import inlined
from lianfang.core.obligations.words import Status


@inlined
def status_of(w0, due, met_at, waived_at, exit_at, sup, sus, ns, as_of):
    """The first status that fits; met_at and waived_at are NEVER without evidence or waiver."""
    if met_at < NEVER:
        return Status.MET if met_at <= due else Status.LATE
    if waived_at < NEVER:
        return Status.WAIVED
    if sup < NEVER and due < NEVER and due >= sup:
        return Status.SUPERSEDED
    if exit_at < NEVER and w0 >= exit_at:
        return Status.CANCELLED
    if as_of < w0:
        return Status.UPCOMING
    for j in range(ns):
        if sus[j, 0] <= w0 < sus[j, 1] or (due < NEVER and sus[j, 0] <= due < sus[j, 1]):
            return Status.SUSPENDED
    return Status.DUE if as_of <= due else Status.OVERDUE


@inlined
def changed_after(status, since, opened, w0, due, seen, waived_at, exit_at, sup):
    """Did the row take its present status after `since`?"""
    if status == Status.MET or status == Status.LATE:
        return seen > since
    if status == Status.WAIVED:
        return waived_at > since
    if status == Status.OVERDUE:
        return due >= since
    if status == Status.CANCELLED:
        return exit_at > since
    if status == Status.SUPERSEDED:
        return sup > since
    if status == Status.UPCOMING:
        return opened > since
    return max(w0, opened) > since


@inlined
def write(out, n, loop, r, occurrence, w0, due, evidence, status):
    """Put one row."""
    out[0][n] = loop
    out[1][n] = r
    out[2][n] = occurrence
    out[3][n] = w0
    out[4][n] = due
    out[5][n] = evidence
    out[6][n] = status


@inlined
def record(r, i, w0, due, met_at, evidence, seen, waived_at, ends, context, sink, sus, tally, out, n):
    """Count one occurrence by status and write it if it is asked for -> rows so far.

    context: loop, opened, exit, superseded, number of suspensions, as_of; sink: emit, since, wanted statuses, top.
    """
    loop, opened, exit_at, sup, ns, as_of = context
    emit, since, keep, top = sink
    if emit == 0:
        return n
    exit_at = exit_at if ends else NEVER
    status = status_of(w0, due, met_at, waived_at, exit_at, sup, sus, ns, as_of)
    tally[status] += 1
    if (keep >> status) & 1 or changed_after(status, since, opened, w0, due, seen, waived_at, exit_at, sup):
        if n < top:
            write(out, n, loop, r, i, w0, due, evidence, status)
        n += 1
    return n
