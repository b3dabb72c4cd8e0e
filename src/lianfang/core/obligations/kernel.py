"""The kernel: loops and obligations of subjects from their streams, for any plan. What it computes is written in
docs/semantics.md.

Two passes over the loops of a subject: first in order of opening (precedence, stages, exit), then every requirement
once. That order breaks the
circle between stage ends and evidence.
"""

# The compiler sees arrays; annotations could only say Any for every one of them.
# mypy: disable-error-code="no-untyped-def, no-untyped-call"
# ruff: noqa: ANN001, ANN201

from __future__ import annotations

from lianfang.core.days.civil import floor_day
from lianfang.core.language.measure import Again, Fixed
from lianfang.core.language.program import FIRST_INPUT, NEVER, M, R, S, X
from lianfang.core.obligations.compiled import compiled, inlined
from lianfang.core.obligations.require import DAY, at_least, first_fact, moved, number_of, require, seen_at
from lianfang.core.obligations.words import HELD_FOR_NOTHING, HELD_FOR_ORDER, LoopState

SUP, RELEASE, EXIT, CARRY, BY, WHICH, HELD_FOR = (
    0,
    1,
    2,
    3,
    4,
    5,
    6,
)  # columns of `mark`, the room of one subject's loops
MARKS = 7


@inlined
def suspensions(mt, m, p, store, opened, until, as_of, sus):
    """Intervals [suspended, cleared) begun in [opened, until) -> how many."""
    q, z = mt[m, M.SUSPEND], mt[m, M.CLEAR]
    if q < 0:
        return 0
    off, t = store[0], store[1]
    b = off[q, p + 1]
    a, n = at_least(t, off[q, p], b, opened), 0
    while a < b and t[a] < until and t[a] <= as_of:
        end = NEVER
        if z >= 0:
            c = at_least(t, off[z, p], off[z, p + 1], t[a])
            if c < off[z, p + 1] and t[c] <= as_of:
                end = t[c]
        sus[n, 0], sus[n, 1] = t[a], end
        n += 1
        begun = t[a]
        a = at_least(t, a, b, max(begun + 1, end))  # + 1: cleared at the very instant
    return n


@inlined
def active(mark, j, at):
    """Does loop j still bind at an instant?"""
    return mark[j, SUP] > at and mark[j, RELEASE] > at and mark[j, EXIT] > at


@inlined
def precede(mt, beats, loops, first, i, opened, mark):
    """Precedence between loop i and the loops of this subject opened before it."""
    measures = loops[1]
    m = measures[first + i]
    mark[i, SUP], mark[i, CARRY], mark[i, BY] = NEVER, opened, -1
    identity = mt[m, M.ID]
    for j in range(i):
        other = mt[measures[first + j], M.ID]
        absorbed = other == identity and mt[m, M.AGAIN] == Again.ABSORBED
        if active(mark, j, opened) and (beats[other, identity] or absorbed):
            mark[i, SUP], mark[i, BY] = opened, first + j
            return
    for j in range(i):
        other = mt[measures[first + j], M.ID]
        restarted = other == identity and mt[m, M.AGAIN] == Again.RESTART
        if active(mark, j, opened) and (beats[identity, other] or restarted):
            mark[j, SUP], mark[j, BY] = opened, first + i
            mark[i, CARRY] = min(mark[i, CARRY], mark[j, CARRY])


@inlined
def limit_of(st, s, x, opened, day_one, civil, inputs, loop, zone):
    """Planned end of stage s begun at x before suspensions; NEVER if open-ended, -NEVER if its days are not
    ordered yet.
    """
    if st[s, S.OPEN]:
        return NEVER
    days = number_of(st[s, S.DAYS], inputs, loop)
    anchor = st[s, S.FROM]
    if anchor == Fixed.OPENING:
        base = opened
    elif anchor == Fixed.DAY_ONE:
        base = day_one
    elif anchor == Fixed.STAGE_START or anchor == Fixed.STAGE_END:
        base = x
    else:
        base = inputs[anchor - FIRST_INPUT, loop]
    if days >= NEVER or base >= NEVER:
        return -NEVER
    if civil:
        base = floor_day(base, zone)
    return max(x, moved(base, st[s, S.MONTHS], days * DAY, 0, zone))


@inlined
def stretched(limit, x, civil, sus, ns, as_of, zone):
    """A planned end moved by the time the clock stood still."""
    for j in range(ns):
        if sus[j, 0] < limit and sus[j, 1] > x and limit < NEVER:
            until, since = min(sus[j, 1], as_of), max(sus[j, 0], x)
            if civil:
                until, since = floor_day(until, zone), floor_day(since, zone)
            limit += max(0, until - since)
    return limit


@inlined
def cut(st, s, p, store, x, limit, opened, civil, as_of, zone):
    """A planned end brought forward by the fact that ends the stage early."""
    e = st[s, S.CUT]
    if e < 0:
        return limit
    off, t = store[0], store[1]
    a = at_least(t, off[e, p], off[e, p + 1], floor_day(opened, zone) if civil else opened)
    j = first_fact(store, e, a, off[e, p + 1], limit, as_of + 1)
    if j < 0:
        return limit
    return max(x, floor_day(t[j], zone) if civil else t[j])


@inlined
def held_until(tables, m, s, p, store, day_one, begin, limit, loops, context, zone, carry, room, out):
    """End of stage s when its gating requirements must be there: the end, and the first requirement that is missing."""
    mt, rt, civil = tables[0], tables[2], tables[0][m, M.CIVIL]
    as_of = context[5]
    zero = as_of - as_of  # a constant would make the compiler build `require` a second time
    missing, late, missed = 0, -NEVER, HELD_FOR_NOTHING
    for r in range(mt[m, M.REQ_FROM], mt[m, M.REQ_TO]):
        if rt[r, R.LAST] == s and rt[r, R.GATES_ANY]:
            place = (civil, day_one, begin[rt[r, R.FIRST]], limit, limit, limit)
            sink, seen = (zero, zero, zero, zero), as_of + 1
            _, lacking, done = require(
                rt,
                r,
                p,
                store,
                place,
                loops[4],
                loops[5][context[0]],
                zone,
                context,
                sink,
                seen,
                carry,
                room,
                out,
                zero,
            )
            if lacking and missing == 0:
                missed = r
            missing += lacking
            late = max(late, done)
    if missing == 0:
        return max(limit, late), HELD_FOR_NOTHING
    return (limit, HELD_FOR_NOTHING) if as_of < limit else (NEVER, missed)


@inlined
def run_stages(tables, p, store, loops, i, first, as_of, zone, begin, planned, mark, room, out):
    """Begins and planned ends of the stages of loop i, its release and its reason to be held -> end of the loop."""
    mt, st = tables[0], tables[1]
    loop = first + i
    m, opened = loops[1][loop], loops[2][loop]
    civil, day_one = mt[m, M.CIVIL], loops[3][loop]
    if civil:
        day_one = floor_day(day_one, zone)
    sus = room[0]
    ns = suspensions(mt, m, p, store, opened, NEVER, as_of, sus) if mt[m, M.STOPS_CLOCK] else 0
    zero = as_of - as_of
    context = (loop, opened, NEVER + zero, NEVER + zero, zero, as_of)
    x, count = day_one, mt[m, M.STAGE_TO] - mt[m, M.STAGE_FROM]
    release = x
    mark[i, HELD_FOR] = HELD_FOR_NOTHING
    for s in range(count):
        begin[s], planned[s] = x, NEVER
        if x >= NEVER:
            continue
        row = mt[m, M.STAGE_FROM] + s
        limit = limit_of(st, row, x, opened, day_one, civil, loops[4], loop, zone)
        ordered = limit != -NEVER
        if not ordered:
            limit = NEVER
        limit = stretched(limit, x, civil, sus, ns, as_of, zone)
        limit = cut(st, row, p, store, x, limit, opened, civil, as_of, zone)
        if not ordered and limit >= NEVER:  # a stage that a fact cut short waits for no order
            mark[i, HELD_FOR] = HELD_FOR_ORDER
        planned[s] = limit
        end = limit
        if mt[m, M.HOLDING] and mark[i, SUP] > opened and limit < NEVER:
            end, missed = held_until(
                tables, m, s, p, store, day_one, begin, limit, loops, context, zone, mark[i, CARRY], room, out
            )
            if end >= NEVER:
                mark[i, HELD_FOR] = missed
        if s < mt[m, M.BINDING]:
            release = end
        x = floor_day(end, zone) if civil and end < NEVER else end
    mark[i, RELEASE] = release
    begin[count] = x
    return x


@inlined
def find_exit(tables, p, store, m, opened, begin, stop, as_of, mark, i):
    """The earliest exit of loop i and which one it is."""
    mt, xt, streams = tables[0], tables[3], tables[4]
    off, t = store[0], store[1]
    mark[i, EXIT], mark[i, WHICH] = NEVER, -1
    for x in range(mt[m, M.EXIT_FROM], mt[m, M.EXIT_TO]):
        low = opened if xt[x, X.FIRST] == 0 else max(opened, begin[xt[x, X.FIRST]])
        at = -NEVER
        for q in range(xt[x, X.STREAM_FROM], xt[x, X.STREAM_TO]):
            e = streams[q]
            j = at_least(t, off[e, p], off[e, p + 1], low)
            least = NEVER
            while j < off[e, p + 1] and t[j] < stop and t[j] <= as_of:
                seen = seen_at(store, e, j)
                if seen <= as_of:
                    least = min(least, seen)
                j += 1
            at = max(at, least)
        if -NEVER < at < mark[i, EXIT]:
            mark[i, EXIT], mark[i, WHICH] = at, x - mt[m, M.EXIT_FROM]


@inlined
def state_of(mt, m, mark, i, as_of, ns, sus, missing):
    """The state of loop i, first that fits."""
    if mark[i, SUP] < NEVER:
        return LoopState.SUPERSEDED
    if mark[i, EXIT] < NEVER:
        return LoopState.EXITED
    if ns > 0 and sus[ns - 1, 1] >= NEVER:
        return LoopState.SUSPENDED
    if mark[i, RELEASE] >= NEVER:
        return LoopState.RUNNING if mark[i, HELD_FOR] == HELD_FOR_NOTHING else LoopState.HELD
    if as_of < mark[i, RELEASE]:
        return LoopState.RUNNING
    return LoopState.HELD if missing and not mt[m, M.HOLDING] else LoopState.RELEASED


@inlined
def oblige(tables, p, store, loops, i, first, as_of, since, keep, zone, mark, room, heads, out, n, top):
    """Second pass: the obligations of loop i and its line of the heads -> rows so far."""
    mt, rt = tables[0], tables[2]
    sus, tally = room[0], room[1]
    state, stage, held_for, release, ended, which, by, counts, begins, planned = heads
    loop = first + i
    m, opened = loops[1][loop], loops[2][loop]
    civil, day_one = mt[m, M.CIVIL], loops[3][loop]
    if civil:
        day_one = floor_day(day_one, zone)
    stages = mt[m, M.STAGE_TO] - mt[m, M.STAGE_FROM]
    begin, plan, stop, sup = begins[loop], planned[loop], begins[loop, stages], mark[i, SUP]
    if mark[i, EXIT] >= sup or sup <= opened:  # day one may lie before the opening, and an exit with it
        mark[i, EXIT], mark[i, WHICH] = NEVER, -1
    tally[:] = 0
    missing, missed, ns = 0, HELD_FOR_NOTHING, 0
    if sup > opened:
        ns = suspensions(mt, m, p, store, opened, min(stop, sup), as_of, sus)
        context = (loop, opened, mark[i, EXIT], sup, ns, as_of)
        horizon, carry = min(as_of + 1, sup), mark[i, CARRY]
        for r in range(mt[m, M.REQ_FROM], mt[m, M.REQ_TO]):
            b, z = begin[rt[r, R.FIRST]], rt[r, R.LAST]
            if b >= NEVER:
                continue
            place = (civil, day_one, b, plan[z], begin[z + 1], stop)
            sink = (as_of - as_of + 1, since, keep, top)
            n, lacking, _ = require(
                rt, r, p, store, place, loops[4], loops[5][loop], zone, context, sink, horizon, carry, room, out, n
            )
            lacking = lacking if z < mt[m, M.BINDING] else 0  # a follow-up does not hold
            if lacking and missing == 0:
                missed = r
            missing += lacking
    s = 0
    while s + 1 < stages and begin[s + 1] <= as_of:
        s += 1
    state[loop] = state_of(mt, m, mark, i, as_of, ns, sus, missing)
    stage[loop] = s
    waits = state[loop] == LoopState.HELD and mark[i, RELEASE] < NEVER
    held_for[loop] = missed if waits else mark[i, HELD_FOR]
    release[loop] = mark[i, RELEASE]
    ended[loop] = min(mark[i, EXIT], sup)
    which[loop] = mark[i, WHICH]
    by[loop] = mark[i, BY]
    for j in range(len(tally)):
        counts[loop, j] = tally[j]
    return n


@compiled
def evaluate_subjects(p0, p1, loops, tables, store, as_of, since, keep, zone, room, heads, out, base, top):
    """Subjects p0..p1: fills the heads (a line a loop) and rows from `base`, never past `top` -> rows there are.

    There may be more rows than fit. tables: measures, stages, requirements, exits, exit streams, who beats whom.
    `keep` has one bit for every status that is wanted; a row that took its status after `since` is wanted too.
    """
    mark, work = room[0], (room[1], room[2], room[3], room[4])
    begins, planned = heads[8], heads[9]
    n = base
    for p in range(p0, p1):
        first = loops[0][p]
        count = loops[0][p + 1] - first
        for i in range(count):
            loop = first + i
            m, opened = loops[1][loop], loops[2][loop]
            precede(tables[0], tables[5], loops, first, i, opened, mark)
            begin, plan = begins[loop], planned[loop]
            stop = run_stages(tables, p, store, loops, i, first, as_of, zone, begin, plan, mark, work, out)
            find_exit(tables, p, store, m, opened, begin, stop, as_of, mark, i)
        for i in range(count):
            n = oblige(tables, p, store, loops, i, first, as_of, since, keep, zone, mark, work, heads, out, n, top)
    return n - base


@compiled
def by_subject(subject, measure, opened, day_one, fact, inputs, truths, p0, p1, at, loops, facts_out):
    """Openings of subjects p0..p1, given in any order -> sorted by (subject, opening, measure, fact), by insertion.

    `at` is a copy of the first loops of the subjects and is used up.
    """
    lo, m_out, o_out, d_out, in_out, t_out = loops
    for i in range(len(subject)):
        p, o, m, f = subject[i], opened[i], measure[i], fact[i]
        if p < p0 or p >= p1:
            continue
        q = at[p]
        at[p] += 1
        while q > lo[p] and before(o, m, f, o_out[q - 1], m_out[q - 1], facts_out[q - 1]):
            o_out[q], m_out[q], d_out[q] = o_out[q - 1], m_out[q - 1], d_out[q - 1]
            t_out[q], facts_out[q] = t_out[q - 1], facts_out[q - 1]
            for c in range(in_out.shape[0]):
                in_out[c, q] = in_out[c, q - 1]
            q -= 1
        o_out[q], m_out[q], d_out[q], t_out[q], facts_out[q] = o, m, day_one[i], truths[i], f
        for c in range(in_out.shape[0]):
            in_out[c, q] = inputs[c, i]


@inlined
def before(o, m, f, other_o, other_m, other_f):
    """Is the opening (o, m, f) taken before the other?"""
    if o != other_o:
        return o < other_o
    return m < other_m if m != other_m else f < other_f
