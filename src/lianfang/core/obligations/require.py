"""One requirement of one loop: its windows, its evidence, its chained requirements. The inner half of the kernel.

What it computes is written in docs/semantics.md. Arguments are whole numbers and arrays: `store` is (off, t, k,
by_result), `loops` (first loop of
each subject, measure, opening, day one, inputs, truths), `rt` the requirement table, `p` a subject, `n` the rows so
far.
"""

# The compiler sees arrays; annotations could only say Any for every one of them.
# mypy: disable-error-code="no-untyped-def, no-untyped-call"
# ruff: noqa: ANN001, ANN201

from __future__ import annotations

from lianfang.core.days.civil import floor_day, floor_month, floor_week, shift
from lianfang.core.language.measure import Fixed, Floor, Mode, Shape
from lianfang.core.language.program import FIRST_INPUT, NEVER, R
from lianfang.core.obligations.compiled import compiled
from lianfang.core.obligations.words import Status

DAY = 86400


@compiled
def at_least(t, a, b, x):
    """First row of sorted t[a:b] not before x."""
    while b - a > 16:
        m = (a + b) >> 1
        if t[m] < x:
            a = m + 1
        else:
            b = m
    while a < b and t[a] < x:
        a += 1
    return a


@compiled
def first_fact(store, e, a, b, limit, horizon):
    """First fact of rows a..b of stream e before `limit`, visible up to `horizon`; -1 if there is none."""
    t, k, by_result = store[1], store[2], store[3]
    top = min(limit, horizon)
    while a < b and t[a] < top:
        if by_result[e] == 0 or k[a] < horizon:
            return a
        a += 1
    return -1


@compiled
def seen_at(store, e, j):
    """When fact j of stream e became visible."""
    return store[2][j] if store[3][e] else store[1][j]


@compiled
def moved(t, months, seconds, mode, zone):
    """`shift`, with the common case (seconds only) short and NEVER kept."""
    if t >= NEVER:
        return NEVER
    if months == 0 and mode == Mode.EXACT:
        return t + seconds
    return shift(t, months, seconds, mode, zone)


@compiled
def floored(t, floor, zone):
    """The first instant of t's day, week or month."""
    if floor == Floor.NONE or t >= NEVER:
        return t
    if floor == Floor.DAY:
        return floor_day(t, zone)
    return floor_week(t, zone) if floor == Floor.WEEK else floor_month(t, zone)


@compiled
def number_of(value, inputs, loop):
    """A constant, or the input column that a negative value names."""
    return value if value >= 0 else inputs[-1 - value, loop]


@compiled
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


@compiled
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


@compiled
def write(out, n, loop, r, occurrence, w0, due, evidence, status):
    """Put one row."""
    out[0][n] = loop
    out[1][n] = r
    out[2][n] = occurrence
    out[3][n] = w0
    out[4][n] = due
    out[5][n] = evidence
    out[6][n] = status


@compiled
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


@compiled
def waiver_for(rt, r, p, store, since, horizon):
    """Instant of the first waiver from `since` on, NEVER without one."""
    e = rt[r, R.WAIVER]
    if e < 0:
        return NEVER
    off, t = store[0], store[1]
    a = at_least(t, off[e, p], off[e, p + 1], since)
    j = first_fact(store, e, a, off[e, p + 1], NEVER, horizon)
    return NEVER if j < 0 else t[j]


@compiled
def window_of(rt, r, base, i, civil, begin, zone):
    """Window of occurrence i: from, due, limit of acceptance."""
    b = base if i == 0 else moved(base, i * rt[r, R.EVERY_MONTHS], i * rt[r, R.EVERY], Mode.EXACT, zone)
    w0, due, limit = -NEVER, NEVER, NEVER
    if rt[r, R.HAS_START]:
        w0 = moved(b, rt[r, R.START_MONTHS], rt[r, R.START], rt[r, R.START_MODE], zone)
    if rt[r, R.HAS_DUE]:
        due = moved(b, rt[r, R.DUE_MONTHS], rt[r, R.DUE], rt[r, R.DUE_MODE], zone)
    if rt[r, R.HAS_UNTIL]:
        limit = moved(b, rt[r, R.UNTIL_MONTHS], rt[r, R.UNTIL], rt[r, R.UNTIL_MODE], zone)
        limit += rt[r, R.UNTIL_MODE] == Mode.DAY_END
    if rt[r, R.ANCHOR] == Fixed.STAGE_END:
        if -NEVER < w0 < begin:
            w0 = begin
        if due < begin:
            due = floor_day(begin, zone) + DAY - 1 if civil else begin
        if limit < NEVER and due < NEVER:
            limit = max(limit, due + 1)
    return w0, due, limit


@compiled
def base_of(rt, r, opened, day_one, begin, planned, inputs, loop, zone):
    """The instant the windows of requirement r hang on; NEVER if it is not known."""
    anchor = rt[r, R.ANCHOR]
    if anchor == Fixed.OPENING:
        x = opened
    elif anchor == Fixed.DAY_ONE:
        x = day_one
    elif anchor == Fixed.STAGE_START:
        x = begin
    elif anchor == Fixed.STAGE_END:
        x = planned
    else:
        x = inputs[anchor - FIRST_INPUT, loop]
    return floored(x, rt[r, R.FLOOR], zone)


@compiled
def holds(rt, r, truths, loop):
    """Does requirement r exist for this loop?"""
    bit = rt[r, R.APPLIES]
    return bit < 0 or (truths[loop] >> bit) & 1 == 1


@compiled
def chain(rt, r, p, store, evidence, i, truths, zone, context, sink, horizon, sus, tally, out, n, times, rows):
    """The chained requirements under occurrence i of root r -> rows so far, missing gates, time of the last gate."""
    off, t, k = store[0], store[1], store[2]
    missing, done = 0, -NEVER
    c0 = rt[r, R.CHILD_FROM]
    root_at = t[evidence]
    for c in range(c0, rt[r, R.CHILD_TO]):
        above, j = rt[c, R.PARENT], c - c0
        at = root_at if above < 0 else times[above]
        fact = evidence if above < 0 else rows[above]
        times[j], rows[j] = NEVER, -1
        if at >= NEVER or not holds(rt, c, truths, context[0]):
            continue
        w0, due, limit = window_of(rt, c, at, 0, 1, at, zone)
        seen = NEVER
        if rt[c, R.SHAPE] == Shape.RESULT:
            result_at = k[fact] if fact < len(k) else root_at if fact == evidence else times[above]
            if result_at < horizon:
                times[j], rows[j], seen = result_at, fact, result_at
        else:
            e = rt[c, R.STREAM]
            found = first_fact(store, e, at_least(t, off[e, p], off[e, p + 1], w0), off[e, p + 1], limit, horizon)
            if found >= 0:
                times[j], rows[j], seen = t[found], found, seen_at(store, e, found)
        waived_at = NEVER
        if seen >= NEVER:
            waived_at = waiver_for(rt, c, p, store, max(context[1], w0), horizon)
        if rt[c, R.GATES]:
            gate_at = min(seen, waived_at)
            missing += gate_at >= NEVER
            if gate_at < NEVER:
                done = max(done, gate_at)
        ends = rt[c, R.CANCELS]
        n = record(c, i, w0, due, times[j], rows[j], seen, waived_at, ends, context, sink, sus, tally, out, n)
    return n, missing, done


@compiled
def checked(rt, r, p, store, truths, context, sink, horizon, sus, tally, out, n):
    """A condition on the opening, decided at once -> rows, missing gates, time of the gate."""
    loop, opened = context[0], context[1]
    met_at = opened if (truths[loop] >> rt[r, R.CONDITION]) & 1 else NEVER
    waived_at = NEVER if met_at < NEVER else waiver_for(rt, r, p, store, opened, horizon)
    if sink[0]:
        since, keep, top = sink[1], sink[2], sink[3]
        status = Status.MET if met_at < NEVER else Status.WAIVED if waived_at < NEVER else Status.OVERDUE
        tally[status] += 1
        if (keep >> status) & 1 or changed_after(
            status, since, opened, opened, opened, opened, waived_at, NEVER, NEVER
        ):
            if n < top:
                write(out, n, loop, r, 0, opened, opened, -1, status)
            n += 1
    gate_at = min(met_at, waived_at)
    if not rt[r, R.GATES]:
        return n, 0, -NEVER
    return (n, 1, -NEVER) if gate_at >= NEVER else (n, 0, gate_at)


@compiled
def settle(rt, r, i, p, store, found, w0, due, loops, zone, context, sink, horizon, sus, tally, out, n, times, rows):
    """One occurrence with its evidence (-1: none): waiver, gate, row, chain -> as `require`."""
    opened = context[1]
    met_at, seen, waived_at, missing, done = NEVER, NEVER, NEVER, 0, -NEVER
    if found >= 0:
        met_at, seen = store[1][found], seen_at(store, rt[r, R.STREAM], found)
    else:
        waived_at = waiver_for(rt, r, p, store, max(opened, w0), horizon)
    if rt[r, R.GATES]:
        gate_at = min(seen, waived_at)
        if gate_at >= NEVER:
            missing = 1
        else:
            done = gate_at
    ends = rt[r, R.CANCELS]
    n = record(r, i, w0, due, met_at, found, seen, waived_at, ends, context, sink, sus, tally, out, n)
    if found >= 0 and rt[r, R.CHILD_TO] > rt[r, R.CHILD_FROM]:
        n, lacking, late = chain(
            rt, r, p, store, found, i, loops[5], zone, context, sink, horizon, sus, tally, out, n, times, rows
        )
        missing += lacking
        done = max(done, late)
    return n, missing, done


@compiled
def counted(rt, r, p, store, place, loops, zone, context, sink, horizon, carry, sus, tally, out, n, times, rows):
    """A count-only requirement: so many pieces of evidence in its stages, none used twice -> as `require`."""
    civil, _, begin, planned, finish, _ = place
    off, t, e = store[0], store[1], rt[r, R.STREAM]
    due = planned - 1 if civil and planned < NEVER else planned
    limit = NEVER if rt[r, R.GATES] else finish
    x = floor_day(begin, zone) if civil else begin
    x = min(x, carry) if rt[r, R.CARRIES] else x
    a, b, missing, done = off[e, p], off[e, p + 1], 0, -NEVER
    wanted = number_of(rt[r, R.TIMES], loops[4], context[0])
    for i in range(0 if wanted >= NEVER else wanted):
        a = at_least(t, a, b, x)
        found = first_fact(store, e, a, b, limit, horizon)
        if found >= 0:
            a, x = found + 1, t[found] + rt[r, R.GAP]
        else:
            a = b
        n, lacking, late = settle(
            rt, r, i, p, store, found, begin, due, loops, zone, context, sink, horizon, sus, tally, out, n, times, rows
        )
        missing += lacking
        done = max(done, late)
    return n, missing, done


@compiled
def each_event(rt, r, p, store, place, loops, zone, context, sink, horizon, carry, sus, tally, out, n, times, rows):
    """A requirement once for every trigger fact, or at the exit -> as `require`."""
    loop, opened, exit_at, sup, _, as_of = context
    context = (loop, opened, exit_at, sup, 0, as_of)  # the reaction to what suspended the loop is not itself suspended
    off, t, e, q = store[0], store[1], rt[r, R.STREAM], rt[r, R.TRIGGER]
    missing, done, i = 0, -NEVER, 0
    j, last = (
        (0, 1 if exit_at < NEVER else 0) if q < 0 else (at_least(t, off[q, p], off[q, p + 1], opened), off[q, p + 1])
    )
    while j < last and (q < 0 or t[j] < min(place[5], horizon)):
        happened = exit_at if q < 0 else seen_at(store, q, j)
        j += 1
        if q >= 0 and happened >= horizon:
            continue
        base = floored(happened, rt[r, R.FLOOR], zone)
        w0, due, limit = window_of(rt, r, base, 0, place[0], place[2], zone)
        x = min(w0, carry) if rt[r, R.CARRIES] else w0
        found = first_fact(store, e, at_least(t, off[e, p], off[e, p + 1], x), off[e, p + 1], limit, horizon)
        n, lacking, late = settle(
            rt, r, i, p, store, found, w0, due, loops, zone, context, sink, horizon, sus, tally, out, n, times, rows
        )
        missing += lacking
        done = max(done, late)
        i += 1
    return n, missing, done


@compiled
def windows(rt, r, p, store, place, loops, zone, context, sink, horizon, carry, sus, tally, out, n, times, rows):
    """A requirement with a window of its own, once or again and again -> as `require`."""
    civil, day_one, begin, planned, finish, _ = place
    loop, opened, exit_at, sup, _, as_of = context
    off, t, e = store[0], store[1], rt[r, R.STREAM]
    base = base_of(rt, r, opened, day_one, begin, planned, loops[4], loop, zone)
    count, endless = number_of(rt[r, R.TIMES], loops[4], loop), rt[r, R.TO_END]
    if base >= NEVER or (count >= NEVER and not endless):
        return n, 0, -NEVER
    last = min(finish if finish < NEVER else as_of + 1, sup, exit_at if rt[r, R.CANCELS] else NEVER)
    a, b, missing, done, i = off[e, p], off[e, p + 1], 0, -NEVER, 0
    while endless or i < count:
        w0, due, limit = window_of(rt, r, base, i, civil, begin, zone)
        if endless:
            if w0 >= last or (w0 == -NEVER and i > 0):
                break
            following = window_of(rt, r, base, i + 1, civil, begin, zone)[0]
            if w0 >= planned and w0 < following < last:  # held: only the last of the endless ones
                i += 1
                continue
        a = at_least(t, a, b, min(w0, carry) if rt[r, R.CARRIES] else w0)
        found = first_fact(store, e, a, b, limit, horizon)
        n, lacking, late = settle(
            rt, r, i, p, store, found, w0, due, loops, zone, context, sink, horizon, sus, tally, out, n, times, rows
        )
        missing += lacking
        done = max(done, late)
        if endless and following <= w0:
            break
        i += 1
    return n, missing, done


@compiled
def require(rt, r, p, store, place, loops, zone, context, sink, horizon, carry, sus, tally, out, n, times, rows):
    """One root requirement of one loop with its chained ones -> rows so far, missing gates, time of the last gate.

    place: civil, day one, begin of the first stage, planned end and actual end of the last, end of the loop.
    """
    if not holds(rt, r, loops[5], context[0]):
        return n, 0, -NEVER
    shape = rt[r, R.SHAPE]
    if shape == Shape.CHECK:
        return checked(rt, r, p, store, loops[5], context, sink, horizon, sus, tally, out, n)
    if shape == Shape.COUNT:
        return counted(
            rt, r, p, store, place, loops, zone, context, sink, horizon, carry, sus, tally, out, n, times, rows
        )
    if shape == Shape.EVENT:
        return each_event(
            rt, r, p, store, place, loops, zone, context, sink, horizon, carry, sus, tally, out, n, times, rows
        )
    return windows(rt, r, p, store, place, loops, zone, context, sink, horizon, carry, sus, tally, out, n, times, rows)
