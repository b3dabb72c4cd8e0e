"""One requirement of one loop: its windows, its evidence, its chained requirements. The inner half of the kernel.

What it computes is written in docs/semantics.md. Arguments are whole numbers and arrays: `store` is (off, t, k,
by_result, cut and days of the calendars), `loops` (first loop of each subject, measure, opening, day one, inputs,
truths), `rt` the requirement table, `p` a subject, `n` the rows so far.
"""

# The compiler sees arrays; annotations could only say Any for every one of them.
# mypy: disable-error-code="no-untyped-def, no-untyped-call"
# ruff: noqa: ANN001, ANN201

from __future__ import annotations

from lianfang.core.days.civil import floor_day, floor_month, floor_week, shift
from lianfang.core.language.measure import Fixed, Floor, Mode, Shape
from lianfang.core.language.program import FIRST_INPUT, NEVER, R
from lianfang.core.obligations.compiled import compiled, inlined
from lianfang.core.obligations.verdict import changed_after, record, write
from lianfang.core.obligations.words import Status

DAY = 86400
ENDLESS = 1 << 40
"""More occurrences than there can be."""


@inlined
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


@inlined
def first_fact(store, e, a, b, limit, horizon):
    """First fact of rows a..b of stream e before `limit`, visible up to `horizon`; -1 if there is none."""
    t, k, by_result = store[1], store[2], store[3]
    top = min(limit, horizon)
    while a < b and t[a] < top:
        if by_result[e] == 0 or k[a] < horizon:
            return a
        a += 1
    return -1


@inlined
def seen_at(store, e, j):
    """When fact j of stream e became visible."""
    return store[2][j] if store[3][e] else store[1][j]


@inlined
def moved(t, months, seconds, mode, zone):
    """`shift`, with the common case (seconds only) short and NEVER kept."""
    if t >= NEVER:
        return NEVER
    if months == 0 and mode == Mode.EXACT:
        return t + seconds
    return shift(t, months, seconds, mode, zone)


@inlined
def floored(t, floor, zone):
    """The first instant of t's day, week or month."""
    if floor == Floor.NONE or t >= NEVER:
        return t
    if floor == Floor.DAY:
        return floor_day(t, zone)
    return floor_week(t, zone) if floor == Floor.WEEK else floor_month(t, zone)


@inlined
def number_of(value, inputs, loop):
    """A constant, or the input column that a negative value names."""
    return value if value >= 0 else inputs[-1 - value, loop]


@inlined
def waiver_for(rt, r, p, store, since, horizon):
    """Instant of the first waiver from `since` on, NEVER without one."""
    e = rt[r, R.WAIVER]
    if e < 0:
        return NEVER
    off, t = store[0], store[1]
    a = at_least(t, off[e, p], off[e, p + 1], since)
    j = first_fact(store, e, a, off[e, p + 1], NEVER, horizon)
    return NEVER if j < 0 else t[j]


@inlined
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


@inlined
def day_of_calendar(store, c, t, i, zone):
    """The first second of the i-th day of calendar c that begins at or after an instant; NEVER if it has no more."""
    cut, days = store[4], store[5]
    first = floor_day(t, zone)
    day = (first + zone) // DAY + (t > first)
    j = at_least(days, cut[c], cut[c + 1], day) + i
    return days[j] * DAY - zone if j < cut[c + 1] else NEVER


@inlined
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


@inlined
def holds(rt, r, truth):
    """Does requirement r exist for a loop with these truth bits?"""
    bit = rt[r, R.APPLIES]
    return bit < 0 or (truth >> bit) & 1 == 1


@inlined
def chain(rt, r, p, store, evidence, i, truth, zone, context, sink, horizon, room, out, n):
    """The chained requirements under occurrence i of root r -> rows so far, missing gates, time of the last gate."""
    off, t, k = store[0], store[1], store[2]
    sus, tally, times, rows = room
    missing, done, zero = 0, -NEVER, context[5] - context[5]
    c0 = rt[r, R.CHILD_FROM]
    root_at = t[evidence]
    for c in range(c0, rt[r, R.CHILD_TO]):
        above, j = rt[c, R.PARENT], c - c0
        at = root_at if above < 0 else times[above]
        fact = evidence if above < 0 else rows[above]
        times[j], rows[j] = NEVER, -1
        if at >= NEVER or not holds(rt, c, truth):
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
            since = max(context[1], w0)
            if rt[c, R.SHAPE] == Shape.RESULT:
                gate_at = min(seen, waiver_for(rt, c, p, store, since, horizon))
            else:
                gate_at = gate_time(rt, c, p, store, (w0, limit, zero, zero + 1), horizon, seen, since)
            missing += gate_at >= NEVER
            if gate_at < NEVER:
                done = max(done, gate_at)
        ends = rt[c, R.CANCELS]
        n = record(c, i, w0, due, times[j], rows[j], seen, waived_at, ends, context, sink, sus, tally, out, n)
    return n, missing, done


@inlined
def checked(rt, r, p, store, truth, context, sink, horizon, tally, out, n):
    """A condition on the opening, decided at once -> rows, missing gates, time of the gate."""
    loop, opened = context[0], context[1]
    met_at = opened if (truth >> rt[r, R.CONDITION]) & 1 else NEVER
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
def known_enough(store, e, p, x, limit, horizon, gap, wanted):
    """The least instant at which what was known gave `wanted` facts of stream e in [x, limit); NEVER if none."""
    off, t, k = store[0], store[1], store[2]
    b, top, best = off[e, p + 1], min(limit, horizon), NEVER
    first = at_least(t, off[e, p], b, x)
    j = first
    while j < b and t[j] < top:
        if k[j] < horizon and k[j] < best:
            count, low, i = 0, x, first
            while i < b and t[i] < top and count < wanted:
                if k[i] <= k[j] and t[i] >= low:
                    count, low = count + 1, t[i] + gap
                i += 1
            if count >= wanted:
                best = k[j]
        j += 1
    return best


@inlined
def gate_time(rt, r, p, store, span, horizon, seen, since):
    """Since when an occurrence was there for good: evidence or waiver, whichever came first; NEVER while missing."""
    e = rt[r, R.STREAM]
    if seen < NEVER and e >= 0 and store[3][e]:
        seen = known_enough(store, e, p, span[0], span[1], horizon, span[2], span[3])
    return min(seen, waiver_for(rt, r, p, store, since, horizon))


@inlined
def settle(rt, r, i, p, store, found, w0, due, span, truth, zone, context, sink, horizon, room, out, n):
    """One occurrence with its evidence (-1: none): waiver, gate, row, chain -> as `require`."""
    opened, sus, tally = context[1], room[0], room[1]
    met_at, seen, waived_at, missing, done = NEVER, NEVER, NEVER, 0, -NEVER
    if found >= 0:
        met_at, seen = store[1][found], seen_at(store, rt[r, R.STREAM], found)
    else:
        waived_at = waiver_for(rt, r, p, store, max(opened, w0), horizon)
    if rt[r, R.GATES]:
        gate_at = gate_time(rt, r, p, store, span, horizon, seen, max(opened, w0))
        if gate_at >= NEVER:
            missing = 1
        else:
            done = gate_at
    ends = rt[r, R.CANCELS]
    n = record(r, i, w0, due, met_at, found, seen, waived_at, ends, context, sink, sus, tally, out, n)
    if found >= 0 and rt[r, R.CHILD_TO] > rt[r, R.CHILD_FROM]:
        n, lacking, late = chain(rt, r, p, store, found, i, truth, zone, context, sink, horizon, room, out, n)
        missing += lacking
        done = max(done, late)
    return n, missing, done


@inlined
def count_of(rt, r, base, inputs, loop, exit_at):
    """How many occurrences at most: ENDLESS to the end of the stage or for every trigger, 0 if a date is unknown."""
    shape = rt[r, R.SHAPE]
    if shape == Shape.EVENT:
        return ENDLESS if rt[r, R.TRIGGER] >= 0 else (1 if exit_at < NEVER else 0)
    if shape == Shape.WINDOW and base >= NEVER:
        return 0
    if rt[r, R.TO_END]:
        return ENDLESS
    count = number_of(rt[r, R.TIMES], inputs, loop)
    return 0 if count >= NEVER else count


@inlined
def gates_without_date(rt, r, base, inputs, loop):
    """Does a gating requirement still wait for its date or its number?"""
    if not rt[r, R.GATES] or rt[r, R.SHAPE] == Shape.EVENT:
        return False
    if rt[r, R.SHAPE] == Shape.WINDOW and base >= NEVER:
        return True
    return not rt[r, R.TO_END] and number_of(rt[r, R.TIMES], inputs, loop) >= NEVER


@inlined
def occurrence(rt, r, i, p, store, base, place, trigger, context, horizon, zone, last):
    """Window of occurrence i: from, due, limit, and what to do: 0 take it, 1 pass over it, 2 stop."""
    civil, _, begin, planned, finish, stop = place
    shape, q = rt[r, R.SHAPE], rt[r, R.TRIGGER]
    if shape == Shape.COUNT:
        due = planned - 1 if civil and planned < NEVER else planned
        return begin, due, NEVER if rt[r, R.GATES] else finish, 0
    if shape == Shape.EVENT:
        happened = context[2]
        if q >= 0:
            j = trigger + i
            if j >= store[0][q, p + 1] or store[1][j] >= min(stop, horizon):
                return 0, 0, 0, 2
            happened = seen_at(store, q, j)
            if happened >= horizon:
                return 0, 0, 0, 1
        w0, due, limit = window_of(rt, r, floored(happened, rt[r, R.FLOOR], zone), 0, civil, begin, zone)
        return w0, due, limit, 0
    c, following = rt[r, R.CALENDAR], base
    if c >= 0:
        following, base = day_of_calendar(store, c, base, i + 1, zone), day_of_calendar(store, c, base, i, zone)
        if base >= NEVER:
            return 0, 0, 0, 2
    w0, due, limit = window_of(rt, r, base, i, civil, begin, zone)
    if rt[r, R.TO_END]:
        stands = c < 0 and rt[r, R.EVERY_MONTHS] + rt[r, R.EVERY] <= 0
        if w0 >= last or (i > 0 and (w0 == -NEVER or stands)):
            return 0, 0, 0, 2
        if w0 >= planned and window_of(rt, r, following, i + 1, civil, begin, zone)[0] < last:
            return 0, 0, 0, 1  # held: of the endless ones only the last
    return w0, due, limit, 0


@inlined
def is_plain(rt, r):
    """Is requirement r a fixed number of windows in exact seconds? Most are, and need no calendar."""
    months = rt[r, R.START_MONTHS] | rt[r, R.DUE_MONTHS] | rt[r, R.UNTIL_MONTHS] | rt[r, R.EVERY_MONTHS]
    modes = rt[r, R.START_MODE] | rt[r, R.DUE_MODE] | rt[r, R.UNTIL_MODE]
    window = (
        rt[r, R.SHAPE] == Shape.WINDOW
        and rt[r, R.TO_END] == 0
        and rt[r, R.CALENDAR] < 0
        and rt[r, R.ANCHOR] != Fixed.STAGE_END
    )
    return window and months == 0 and modes == 0 and rt[r, R.HAS_START] != 0 and rt[r, R.HAS_DUE] != 0


@inlined
def require(rt, r, p, store, place, inputs, truth, zone, context, sink, horizon, carry, room, out, n):
    """One root requirement of one loop with its chained ones -> rows so far, missing gates, time of the last gate.

    place: civil, day one, begin of the first stage, planned end and actual end of the last, end of the loop.
    """
    if not holds(rt, r, truth):
        return n, 0, -NEVER
    shape, e, carries = rt[r, R.SHAPE], rt[r, R.STREAM], rt[r, R.CARRIES]
    if shape == Shape.CHECK:
        return checked(rt, r, p, store, truth, context, sink, horizon, room[1], out, n)
    loop, opened, exit_at, sup, ns, as_of = context
    off, t = store[0], store[1]
    begin, finish = place[2], place[4]
    if shape == Shape.EVENT:
        ns = 0  # the reaction to what suspended the loop is not itself suspended
    context = (loop, opened, exit_at, sup, ns, as_of)
    base = base_of(rt, r, opened, place[1], begin, place[3], inputs, loop, zone)
    count = count_of(rt, r, base, inputs, loop, exit_at)
    last = min(finish if finish < NEVER else as_of + 1, sup, exit_at if rt[r, R.CANCELS] else NEVER)
    q = rt[r, R.TRIGGER]
    trigger = at_least(t, off[q, p], off[q, p + 1], opened) if shape == Shape.EVENT and q >= 0 else 0
    a, b, missing, done = off[e, p], off[e, p + 1], 0, -NEVER
    after = floor_day(begin, zone) if place[0] else begin
    if gates_without_date(rt, r, base, inputs, loop):
        return n, 1, -NEVER
    i = shown = 0
    origin, zero = after, as_of - as_of
    plain, every, start, within = is_plain(rt, r), rt[r, R.EVERY], rt[r, R.START], rt[r, R.DUE]
    until = rt[r, R.UNTIL] if rt[r, R.HAS_UNTIL] else NEVER
    while i < count:
        if plain:
            due = base + i * every + within
            w0, limit, verdict = due - within + start, due - within + until, 0
        else:
            w0, due, limit, verdict = occurrence(rt, r, i, p, store, base, place, trigger, context, horizon, zone, last)
        i += 1
        if verdict == 2:
            break
        if verdict == 1:
            continue
        x = after if shape == Shape.COUNT else w0
        if carries and (shape != Shape.COUNT or i == 1):
            x = min(x, carry)
        origin = x if shape != Shape.COUNT or i == 1 else origin
        a = at_least(t, off[e, p] if shape == Shape.EVENT else a, b, x)
        found = first_fact(store, e, a, b, limit, horizon)
        if shape == Shape.COUNT:
            a = b if found < 0 else found + 1
            after = after if found < 0 else t[found] + rt[r, R.GAP]
        number = shown if shape == Shape.EVENT else i - 1
        span = (origin, limit, zero + rt[r, R.GAP], zero + (i if shape == Shape.COUNT else 1))
        n, lacking, late = settle(
            rt, r, number, p, store, found, w0, due, span, truth, zone, context, sink, horizon, room, out, n
        )
        shown += 1
        missing += lacking
        done = max(done, late)
    return n, missing, done
