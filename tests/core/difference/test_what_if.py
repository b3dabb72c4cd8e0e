"""What changes for whom when another plan stands in the place of the first, over a made-up city."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianfang.core.days.civil import floor_day
from lianfang.core.difference import Difference, Paired, kinds_of_both, what_if
from lianfang.core.difference.owed import Evidence
from lianfang.core.difference.turns import Turn
from lianfang.core.facts.facts import Facts
from lianfang.core.facts.vocabulary import ColumnType
from lianfang.core.language.measure import Measure, Mode, Offset, Requirement, Shape, Words
from lianfang.core.language.plan import Plan
from lianfang.core.obligations.evaluate import evaluate
from tests.core.difference.plans_compared import (
    DAY,
    ZONE,
    at,
    city,
    plan,
    plus_requirement,
    with_days,
    with_measure,
    with_requirement,
)

FOURTEEN, SEVEN = plan("fourteen"), plan("seven")
AS_OF = at("2020-06-15T08:00")
PEOPLE = 800


def looked(after: Plan, before: Plan = FOURTEEN, facts: Facts | None = None, as_of: int = AS_OF) -> Difference:
    """What changes in the made-up city."""
    return what_if(before, after, city(PEOPLE, 7) if facts is None else facts, as_of)


def evidence(difference: Difference, kind: str, result: bool = False) -> tuple[int, int]:
    """How many obligations with this evidence are added and removed."""
    found = [o for o in difference.by_evidence() if o.evidence == Evidence(kind, result)]
    return sum(o.added for o in found), sum(o.removed for o in found)


@pytest.mark.parametrize("name", ["fourteen", "seven"])
def test_a_plan_against_itself_changes_nothing_for_anybody(name: str) -> None:
    found = looked(plan(name), plan(name))
    assert found.loops_before > 100
    assert found.nothing
    assert found.turns.table.num_rows == found.releases.table.num_rows == found.releases.moved == 0
    assert all(d.before == d.after for d in found.daily)
    assert all(p.before == p.after for p in found.places)


@settings(max_examples=15, deadline=None)
@given(
    st.tuples(st.integers(1, 20), st.integers(1, 10)),
    st.tuples(st.integers(0, 10), st.integers(0, 5)),
    st.integers(1, 40),
    st.integers(0, 3),
)
def test_shorter_isolation_never_moves_a_release_later(
    longer: tuple[int, int], less: tuple[int, int], day: int, seed: int
) -> None:
    shorter = tuple(max(0, n - m) for n, m in zip(longer, less, strict=True))
    as_of = at("2020-05-25T20:00") + day * DAY
    facts = city(300, seed)
    found = what_if(with_days(FOURTEEN, longer), with_days(FOURTEEN, shorter), facts, as_of)
    assert all(days <= 0 for days, _ in found.releases.histogram)
    if not found.turns.loops(Turn.OPENED):  # else a second arrival counts that the longer isolation had absorbed
        assert all(b <= a for a, b in zip(found.rooms.before, found.rooms.after, strict=True))


def test_fourteen_plus_seven_to_seven_plus_three_is_eleven_days_earlier_unless_held_by_evidence() -> None:
    after = with_days(FOURTEEN, (7, 3))
    found = looked(after)
    table = found.releases.table.to_pylist()
    planned: dict[str, set[int]] = {}
    for row in evaluate(after, city(PEOPLE, 7), AS_OF).loops().to_pylist():
        planned.setdefault(row["subject"], set()).add(row["day_one"] + 10 * DAY)
    moved = [row for row in table if row["days"] is not None]
    exactly = [row for row in moved if row["days"] == -11]
    assert len(exactly) > 80
    for row in moved:
        on_time = row["release_after"] in planned[row["subject"]]
        assert row["days"] == -11 or not on_time or row["release_before"] > row["release_after"] + 11 * DAY
        assert row["days"] <= 0
    assert all(row["release_after"] - row["release_before"] == -11 * DAY for row in exactly if _midnight(row))
    assert dict(found.releases.histogram)[-11] == len(exactly)


def _midnight(row: dict[str, int]) -> bool:
    return all(int(floor_day(row[name], ZONE)) == row[name] for name in ("release_before", "release_after"))


def test_without_gating_evidence_every_release_is_exactly_eleven_days_earlier() -> None:
    free = with_requirement(FOURTEEN, "negatives", gates=False)
    found = looked(with_days(free, (7, 3)), free)
    assert {row["measure_before"] for row in found.releases.table.to_pylist()} == {"arrival-isolation"}
    assert {row["days"] for row in found.releases.table.to_pylist()} == {-11}
    assert found.releases.dated == found.releases.undated == 0


def test_a_later_release_is_told_with_both_dates() -> None:
    found = looked(with_days(FOURTEEN, (14, 14)))
    assert found.releases.histogram[-1] == (7, max(n for _, n in found.releases.histogram))
    row = next(r for r in found.releases.table.to_pylist() if r["days"] == 7)
    assert row["release_after"] - row["release_before"] == 7 * DAY


DAY_10 = Requirement(
    "tenth-day",
    Words("第十天核酸", "test on day 10"),
    Shape.WINDOW,
    ("1.c",),
    evidence="nat",
    last_stage=1,
    start=Offset(0, 9 * DAY, Mode.DAY_START),
    due=Offset(0, 9 * DAY, Mode.DAY_END),
)


def test_adding_a_test_adds_exactly_that_test_for_every_open_loop() -> None:
    never = replace(DAY_10, evidence="nat_positive")  # nobody in a running loop has one
    found = looked(plus_requirement(FOURTEEN, never))
    live = evaluate(FOURTEEN, city(PEOPLE, 7), AS_OF).loops().to_pylist()
    arrivals = [
        r for r in live if r["measure"] == "arrival-isolation" and r["state"] in ("running", "held", "suspended")
    ]
    changed = [o for o in found.owed if o.added or o.removed or o.moved]
    assert [(o.requirement_before, o.requirement_after) for o in changed] == [(None, "tenth-day")]
    owed = evaluate(plus_requirement(FOURTEEN, never), city(PEOPLE, 7), AS_OF).obligations().to_pylist()
    mine = [
        r["loop"] for r in owed if r["requirement"] == "tenth-day" and r["status"] in ("upcoming", "due", "overdue")
    ]
    assert {r["loop"] for r in arrivals} <= set(mine)
    assert (changed[0].added, changed[0].removed) == (len(mine), 0)
    assert found.turns.counts == ()
    assert found.releases.table.num_rows == 0


def test_the_added_tests_are_counted_on_the_days_on_which_they_fall_due() -> None:
    after = plus_requirement(FOURTEEN, DAY_10)
    found = looked(after)
    start = int(floor_day(AS_OF, ZONE))
    expected = [0] * 21
    for row in evaluate(after, city(PEOPLE, 7), AS_OF).obligations().to_pylist():
        day = -1 if row["due"] is None else (row["due"] - start) // DAY
        if row["requirement"] == "tenth-day" and row["status"] in ("upcoming", "due") and 0 <= day < 21:
            expected[day] += 1
    assert sum(expected) > 20
    assert [b - a for a, b in zip(found.tubes.before, found.tubes.after, strict=True)] == expected


def test_rooms_are_the_persons_whose_stage_touches_the_day() -> None:
    found = looked(SEVEN)
    for plan_, counted in ((FOURTEEN, found.rooms.before), (SEVEN, found.rooms.after)):
        stages = evaluate(plan_, city(PEOPLE, 7), AS_OF).stages().to_pylist()
        for number in (0, 1, 7, 20):
            begin = found.first_day + number * DAY
            inside = {
                r["subject"]
                for r in stages
                if r["stage"] == "central" and r["from"] < begin + DAY and (r["to"] is None or r["to"] > begin)
            }
            assert counted[number] == len(inside)
    assert sum(found.rooms.after) < sum(found.rooms.before)


def test_a_measure_that_goes_closes_its_loops_and_only_those() -> None:
    rest = tuple(m for m in FOURTEEN.measures if m.id != "red-code")
    found = looked(replace(FOURTEEN, measures=rest))
    live = [
        row["subject"]
        for row in evaluate(FOURTEEN, city(PEOPLE, 7), AS_OF).loops().to_pylist()
        if row["measure"] == "red-code" and row["state"] in ("running", "held", "suspended")
    ]
    closed = [row for row in found.turns.table.to_pylist() if row["turn"] == Turn.CLOSED]
    assert sorted(row["subject"] for row in closed) == sorted(live) != []
    assert {row["measure_before"] for row in closed} == {"red-code"}
    assert found.turns.loops(Turn.OPENED) == 0


def test_a_new_measure_opens_loops() -> None:
    rest = replace(FOURTEEN, measures=tuple(m for m in FOURTEEN.measures if m.id != "red-code"))
    there, back = looked(rest), looked(FOURTEEN, rest)
    assert back.turns.loops(Turn.OPENED) == there.turns.loops(Turn.CLOSED) > 0


def test_a_renamed_measure_goes_on_with_its_loops() -> None:
    renamed = with_measure(FOURTEEN, "arrival-isolation", lambda m: replace(m, id="returnees"))
    found = looked(renamed)
    assert {p.how for p in found.pairs} == {Paired.ID, Paired.CLAUSES}
    assert found.nothing


def test_loops_opened_by_another_kind_of_fact_are_matched_in_order_of_opening() -> None:
    def registered(m: Measure) -> Measure:
        return replace(m, opening=replace(m.opening, on="registration", where=None))

    other = with_measure(FOURTEEN, "arrival-isolation", registered)
    found = looked(other)
    many = [
        Counter(row["subject"] for row in evaluate(p, city(PEOPLE, 7), AS_OF).loops().to_pylist() if _isolates(row))
        for p in (FOURTEEN, other)
    ]
    matched = (many[0] & many[1]).total()
    assert matched > 100
    unmatched = [r for r in found.turns.table.to_pylist() if None in (r["measure_before"], r["measure_after"])]
    assert len(unmatched) == many[0].total() + many[1].total() - 2 * matched


def _isolates(row: dict[str, str]) -> bool:
    return row["measure"] == "arrival-isolation"


def test_a_person_in_two_loops_needs_one_room() -> None:
    twice = [replace(m, id="again", clauses=("9.z",)) for m in FOURTEEN.measures if m.id == "arrival-isolation"]
    found = looked(replace(FOURTEEN, measures=(*FOURTEEN.measures, *twice)))
    assert found.loops_after > found.loops_before
    assert found.rooms.after == found.rooms.before != (0,) * 21


def test_a_stage_that_begins_during_a_day_needs_a_room_that_day() -> None:
    exact = with_measure(FOURTEEN, "arrival-isolation", lambda m: replace(m, civil=False))
    found = looked(exact, exact)
    today = {
        row["subject"]
        for row in evaluate(exact, city(PEOPLE, 7), AS_OF).stages().to_pylist()
        if row["stage"] == "central" and found.first_day < row["from"] <= AS_OF
    }
    yesterday = looked(exact, exact, as_of=found.first_day - 1).rooms.after[1]
    assert today
    assert found.rooms.after[0] == yesterday + len(today)


@pytest.mark.parametrize(("first", "second"), [("fourteen", "seven"), ("seven", "fourteen")])
def test_what_is_owed_after_is_what_was_owed_plus_added_minus_removed(first: str, second: str) -> None:
    found = looked(plan(second), plan(first))
    assert found.owed
    assert all(o.owed_after - o.owed_before == o.added - o.removed for o in found.owed)
    assert all(o.moved <= min(o.owed_before, o.owed_after) for o in found.owed)
    back = looked(plan(first), plan(second))
    assert sum(o.added for o in found.owed) == sum(o.removed for o in back.owed)
    assert {(-d, n) for d, n in found.releases.histogram} == set(back.releases.histogram)


def test_owed_obligations_are_those_of_the_evaluation() -> None:
    found = looked(SEVEN)
    for plan_, side in ((FOURTEEN, "owed_before"), (SEVEN, "owed_after")):
        rows = evaluate(plan_, city(PEOPLE, 7), AS_OF).obligations().to_pylist()
        owed = [r for r in rows if r["status"] in ("upcoming", "due", "overdue", "suspended")]
        assert sum(getattr(o, side) for o in found.owed) == len(owed)


def test_a_shorter_watch_takes_daily_checks_away_and_adds_none_of_them() -> None:
    daily = Offset(0, DAY)
    watched = with_requirement(FOURTEEN, "daily", every=daily, to_stage_end=True, last_stage=1)
    found = looked(with_days(watched, (7, 7)), watched)
    added, removed = evidence(found, "health_check")
    assert removed > 100
    assert added <= found.turns.loops(Turn.OPENED) * 21


def test_nobody_at_all_is_no_difference() -> None:
    nobody = Facts(FOURTEEN.kinds, {}, {})
    found = looked(SEVEN, facts=nobody)
    assert (found.loops_before, found.loops_after, found.nothing) == (0, 0, True)
    assert found.rooms.before == (0,) * 21


def test_kinds_that_both_plans_declare_alike_are_one_kind() -> None:
    kinds, complaints = kinds_of_both(FOURTEEN, SEVEN)
    assert complaints == ()
    assert set(kinds) == set(FOURTEEN.kinds) | set(SEVEN.kinds)


def test_a_form_with_more_columns_in_one_plan_has_the_columns_of_both() -> None:
    visit = FOURTEEN.kinds["home_check"]
    extra = replace(visit.columns[visit.time], name="called_at", zh="电话时间", en="called at", required=True)
    wider = replace(visit, columns={**visit.columns, "called_at": extra})
    kinds, complaints = kinds_of_both(FOURTEEN, replace(SEVEN, kinds={**SEVEN.kinds, "home_check": wider}))
    assert complaints == ()
    assert kinds["home_check"].columns["called_at"].required is False


def test_a_form_the_plans_contradict_each_other_about_is_refused() -> None:
    visit = FOURTEEN.kinds["home_check"]
    timed = replace(visit.columns[visit.time], type=ColumnType.TEXT)
    other = replace(visit, columns={**visit.columns, visit.time: timed})
    _, complaints = kinds_of_both(FOURTEEN, replace(SEVEN, kinds={**SEVEN.kinds, "home_check": other}))
    (complaint,) = complaints
    assert "home_check" in complaint.show("zh")
    assert f"{visit.time}: text" in complaint.show("en")
