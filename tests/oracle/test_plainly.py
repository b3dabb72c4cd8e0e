"""Sentences of docs/semantics.md, worked out by hand, against the slow evaluator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, timezone
from typing import Any

from lianfang.core.language.measure import (
    Again,
    Exit,
    Fixed,
    Floor,
    Input,
    Measure,
    Mode,
    Offset,
    Opening,
    Requirement,
    Shape,
    Stage,
    Words,
)
from lianfang.core.language.predicate import parse
from tests.oracle.days import shift
from tests.oracle.plainly import Evidence, LoopOpening, LoopResult, Row, evaluate_subject

ZONE = 28800
W = Words("词", "word")
ALWAYS = parse("true", {}, {})
HOUR, DAY = 3600, 86400
DUE_THAT_DAY = Offset(mode=Mode.DAY_END)


def at(text: str) -> int:
    """An instant of 2020 in China time: "05-25" or "05-25 14:00"."""
    form = "%Y-%m-%d %H:%M" if " " in text else "%Y-%m-%d"
    when = datetime.strptime(f"2020-{text}", form).replace(tzinfo=timezone(timedelta(seconds=ZONE)))
    return int(when.timestamp())


def say(t: int | None) -> str | None:
    """An instant of 2020 as text, to the second where it is not a full minute."""
    if t is None:
        return None
    text = datetime.fromtimestamp(t, timezone(timedelta(seconds=ZONE))).strftime("%m-%d %H:%M:%S")
    return text.removesuffix(":00").removesuffix(" 00:00")


def day(k: int) -> Offset:
    """The first second of day k of an anchor."""
    return Offset(seconds=(k - 1) * DAY, mode=Mode.DAY_START)


def end_of(k: int) -> Offset:
    """The last second of day k of an anchor."""
    return Offset(seconds=(k - 1) * DAY, mode=Mode.DAY_END)


def need(name: str, **more: Any) -> Requirement:
    """A windowed requirement unless told otherwise."""
    return Requirement(name, W, more.pop("shape", Shape.WINDOW), **more)


def measure(name: str = "arrival", **more: Any) -> Measure:
    """A measure of 14 central and 7 home days unless told otherwise."""
    stages = more.pop("stages", (Stage("central", W, days=14), Stage("home", W, days=7)))
    return Measure(name, W, "person", Opening(on="arrival"), stages, **more)


SAMPLED = need("first-sample", evidence="nat", due=DUE_THAT_DAY, gates=True, carries=True)


def run(
    measures: Measure | Sequence[Measure],
    as_of: str,
    *,
    opened: Sequence[LoopOpening | str] = ("05-25 14:00",),
    by_result: Mapping[str, bool] | None = None,
    **facts: Sequence[str | tuple[str, str | None]],
) -> tuple[list[LoopResult], list[Row]]:
    """Evaluate facts given as times, or as pairs of own time and time of the result (None: still out)."""
    streams: dict[str, list[Evidence]] = {}
    for selection, times in facts.items():
        pairs = [(one, one) if isinstance(one, str) else one for one in times]
        stream = [Evidence(at(t), float("inf") if k is None else at(k), row) for row, (t, k) in enumerate(pairs)]
        streams[selection] = stream
    loops = [LoopOpening(0, at(one), at(one)) if isinstance(one, str) else one for one in opened]
    several = [measures] if isinstance(measures, Measure) else list(measures)
    return evaluate_subject(several, streams, by_result or {}, loops, at(as_of), ZONE)


def test_fourteen_and_seven_days_end_three_weeks_after_the_day_of_arrival() -> None:
    (loop,), _ = run(measure(requirements=(SAMPLED,)), "06-15", nat=["05-25 15:00"])
    assert [say(t) for t in loop.begins] == ["05-25", "06-08", "06-15"]
    assert (loop.state, say(loop.release), loop.stage) == ("released", "06-15", 1)


def test_a_late_test_moves_the_second_stage_to_its_own_day_and_release_with_it() -> None:
    sample = need("last-sample", evidence="nat", start=day(14), due=end_of(14), gates=True)
    (loop,), (row,) = run(measure(requirements=(sample,)), "06-20", nat=["05-26", "06-10 09:30"])
    assert [say(t) for t in loop.begins] == ["05-25", "06-10", "06-17"]
    assert (row.status, row.evidence, say(row.due)) == ("late", 1, "06-07 23:59:59")
    (release,), _ = run(
        measure(stages=(Stage("central", W, days=14),), requirements=(sample,)), "06-20", nat=["06-10 09:30"]
    )
    assert (say(release.release), say(release.stop)) == ("06-10 09:30", "06-10")


def test_a_stage_without_its_gating_test_is_held_from_its_planned_end_on_and_names_the_test() -> None:
    other = need("temperature", evidence="temperature")
    (before,), _ = run(measure(requirements=(other, SAMPLED)), "06-07 23:59")
    (after,), rows = run(measure(requirements=(other, SAMPLED)), "06-08")
    assert (before.state, say(before.begins[1])) == ("running", "06-08")
    assert (after.state, after.held_for, after.begins[1], say(after.planned[0])) == ("held", 1, None, "06-08")
    assert [(row.path, row.status) for row in rows] == [("first-sample", "overdue"), ("temperature", "due")]


def test_a_selection_by_result_gates_from_the_hour_of_the_result_but_is_in_time_by_the_sample() -> None:
    negative = need("negative", evidence="nat_negative", start=day(14), due=end_of(14), gates=True)
    plan = measure(stages=(Stage("central", W, days=14),), requirements=(negative,))
    facts: Any = {"by_result": {"nat_negative": True}, "nat_negative": [("06-07 10:00", "06-09 08:00")]}
    (waiting,), (owed,) = run(plan, "06-09 07:59", **facts)
    (done,), (met,) = run(plan, "06-09 08:00", **facts)
    assert (waiting.state, owed.status, owed.evidence) == ("held", "overdue", None)
    assert (done.state, say(done.release), met.status) == ("released", "06-09 08:00", "met")


def test_a_month_from_the_last_of_january_ends_on_the_last_of_february() -> None:
    assert shift(at("01-31 10:00"), Offset(months=1), ZONE) == at("02-29 10:00")
    stages = (Stage("watch", W, months=1, days=0),)
    (loop,), _ = run(measure(stages=stages), "03-01", opened=["01-31 10:00"])
    assert say(loop.release) == "02-29"


def test_days_of_a_suspension_are_added_to_the_stage_when_the_clock_stops() -> None:
    spell: Any = {"ill": ["05-30 13:00"], "well": ["06-02 09:00"]}
    halt: Any = {"suspend_on": "ill", "clear_on": "well"}
    (stopped,), _ = run(measure(stops_clock=True, **halt), "06-20", **spell)
    (running,), _ = run(measure(**halt), "06-20", **spell)
    assert [say(t) for t in stopped.begins] == ["05-25", "06-11", "06-18"]
    assert [say(t) for t in running.begins] == ["05-25", "06-08", "06-15"]


def test_an_open_suspension_stops_the_clock_up_to_now_and_shows() -> None:
    plan = measure(stops_clock=True, suspend_on="ill", clear_on="well")
    (loop,), _ = run(plan, "06-01 12:00", ill=["05-30 13:00"], well=["05-29"])
    assert (loop.state, say(loop.begins[1])) == ("suspended", "06-10")


def test_a_duty_that_falls_in_a_suspension_is_suspended() -> None:
    daily = need("health", evidence="visit", due=DUE_THAT_DAY, every=Offset(seconds=DAY), times=7)
    plan = measure(requirements=(daily,), suspend_on="ill", clear_on="well")
    _, rows = run(plan, "05-29 12:00", ill=["05-26 06:00"], well=["05-27 00:00"])
    assert [row.status for row in rows] == ["overdue", "suspended", "overdue", "overdue", "due", "upcoming", "upcoming"]


def test_daily_checks_of_a_held_stage_fold_into_the_last_one() -> None:
    daily = need("health", evidence="visit", due=DUE_THAT_DAY, every=Offset(seconds=DAY), to_stage_end=True)
    plan = measure(stages=(Stage("central", W, days=3),), requirements=(daily, SAMPLED))
    (loop,), rows = run(plan, "06-03 12:00", visit=["05-25 15:00", "06-03 08:00"])
    checks = [row for row in rows if row.path == "health"]
    assert loop.state == "held"
    assert [(row.occurrence, row.status) for row in checks] == [(0, "met"), (1, "late"), (2, "late"), (9, "met")]


def test_a_waiver_excuses_the_missing_test_and_the_stage_ends_at_the_waiver() -> None:
    sample = need("sample", evidence="nat", due=DUE_THAT_DAY, gates=True, waiver="excused")
    plan = measure(stages=(Stage("central", W, days=14),), requirements=(sample,))
    (loop,), (row,) = run(plan, "06-20", excused=["05-25 13:59", "06-09 10:00"])
    assert (loop.state, say(loop.release), row.status, row.evidence) == ("released", "06-09 10:00", "waived", None)
    (unchanged,), (early,) = run(plan, "06-20", excused=["05-25 13:59"])
    assert (unchanged.state, early.status) == ("held", "overdue")


def test_a_stricter_measure_takes_over_the_evidence_of_the_one_it_supersedes() -> None:
    mild = measure("medium", requirements=(SAMPLED,))
    strict = measure("high", requirements=(SAMPLED,), supersedes=("medium",))
    opened = [LoopOpening(0, at("05-25"), at("05-25")), LoopOpening(1, at("05-28"), at("05-28"))]
    loops, rows = run([mild, strict], "06-01", opened=opened, nat=["05-25 09:00"])
    assert [(loop.state, say(loop.superseded)) for loop in loops] == [("superseded", "05-28"), ("running", None)]
    assert [(row.loop, row.status, row.evidence) for row in rows] == [(0, "met", 0), (1, "met", 0)]


def test_what_a_superseded_loop_owed_later_is_superseded_and_what_was_missed_before_stays_overdue() -> None:
    daily = need("health", evidence="visit", due=DUE_THAT_DAY, every=Offset(seconds=DAY), times=3)
    mild, strict = measure("medium", requirements=(daily,)), measure("high", supersedes=("medium",))
    opened = [LoopOpening(0, at("05-25"), at("05-25")), LoopOpening(1, at("05-26 10:00"), at("05-26"))]
    _, rows = run([mild, strict], "06-01", opened=opened, visit=["05-26 11:00"])
    assert [row.status for row in rows] == ["overdue", "superseded", "superseded"]


def test_a_milder_measure_that_opens_under_a_stricter_one_raises_nothing() -> None:
    mild, strict = measure("medium", requirements=(SAMPLED,)), measure("high", supersedes=("medium",))
    opened = [LoopOpening(0, at("05-26"), at("05-26")), LoopOpening(1, at("05-25"), at("05-25"))]
    loops, rows = run([mild, strict], "06-01", opened=opened)
    assert [(loop.state, say(loop.superseded)) for loop in loops] == [("superseded", "05-26"), ("running", None)]
    assert rows == []


def test_a_second_arrival_is_absorbed_restarts_or_stands_beside_the_first() -> None:
    states = []
    for again in (Again.ABSORBED, Again.RESTART, Again.OWN):
        loops, _ = run(measure(again=again), "06-01", opened=["05-25", "05-28"])
        states.append([loop.state for loop in loops])
    assert states == [["running", "superseded"], ["superseded", "running"], ["running", "running"]]


def test_a_result_is_due_from_the_sampling_and_met_when_it_is_known() -> None:
    result = need("result", shape=Shape.RESULT, due=Offset(seconds=24 * HOUR), gates=True)
    sample = need("sample", evidence="nat", gates=True, then=(result,))
    plan = measure(stages=(Stage("central", W, days=3),), requirements=(sample,))
    nat: Any = [("05-26 08:00", "05-28 09:00")]
    (held,), before = run(plan, "05-28 08:59", nat=nat)
    (done,), after = run(plan, "05-28 09:00", nat=nat)
    assert [(row.path, row.status) for row in before] == [("sample", "met"), ("sample/result", "overdue")]
    assert (held.state, held.held_for) == ("held", 0)
    assert [(row.status, row.evidence) for row in after] == [("met", 0), ("late", 0)]
    assert (done.state, say(done.release), say(after[1].due)) == ("released", "05-28 09:00", "05-27 08:00")


def test_a_count_asks_for_no_days_but_for_a_gap_and_uses_no_fact_twice() -> None:
    tests = need("tests", shape=Shape.COUNT, evidence="nat", times=3, gap=24 * HOUR, gates=True)
    plan = measure(requirements=(tests,))
    _, rows = run(plan, "05-28", nat=["05-25 15:00", "05-26 14:59", "05-26 15:00"])
    assert [(row.evidence, row.status, say(row.due)) for row in rows] == [
        (0, "met", "06-07 23:59:59"),
        (2, "met", "06-07 23:59:59"),
        (None, "due", "06-07 23:59:59"),
    ]


def test_a_follow_up_that_does_not_bind_comes_after_the_release() -> None:
    stages = (Stage("central", W, days=14), Stage("watch", W, days=7, binding=False))
    (loop,), _ = run(measure(stages=stages), "06-10")
    assert (loop.state, say(loop.release), say(loop.stop), loop.stage) == ("released", "06-08", "06-15", 1)


def test_an_open_ended_stage_runs_on_and_asks_daily_up_to_now() -> None:
    daily = need("health", evidence="visit", due=DUE_THAT_DAY, every=Offset(seconds=DAY), to_stage_end=True)
    plan = measure(stages=(Stage("watch", W, days=None),), requirements=(daily,))
    (loop,), rows = run(plan, "05-27 12:00")
    assert (loop.state, loop.release, [row.status for row in rows]) == ("running", None, ["overdue", "overdue", "due"])


def test_a_suitable_home_ends_the_central_stage_on_the_day_it_is_found() -> None:
    stages = (Stage("central", W, days=14, cut_by="home_found"), Stage("home", W, days=7))
    (loop,), _ = run(measure(stages=stages), "06-20", home_found=["05-24", "05-30 16:00"])
    assert [say(t) for t in loop.begins] == ["05-25", "05-30", "06-06"]


def test_days_that_were_never_ordered_hold_the_loop_until_they_are() -> None:
    stages = (Stage("central", W, days=Input("ordered")),)
    unknown = LoopOpening(0, at("05-25"), at("05-25"), {"ordered": None})
    known = LoopOpening(0, at("05-25"), at("05-25"), {"ordered": 10})
    (held,), _ = run(measure(stages=stages, holding=False), "06-20", opened=[unknown])
    (done,), _ = run(measure(stages=stages), "06-20", opened=[known])
    assert (held.state, held.held_for, say(done.release)) == ("held", -2, "06-04")


def test_an_exit_needs_every_named_fact_and_comes_when_the_last_is_known() -> None:
    ends = (Exit("confirmed", W, ("positive", "symptoms")), Exit("positive", W, ("positive",), state="handed_over"))
    daily = need("health", evidence="visit", due=DUE_THAT_DAY, every=Offset(seconds=DAY), times=4)
    facts: Any = {"by_result": {"positive": True}, "positive": [("05-26 08:00", "05-27 12:00")]}
    (loop,), rows = run(measure(exits=ends, requirements=(daily,)), "06-01", symptoms=["05-26"], **facts)
    assert (loop.state, loop.exit_index, say(loop.exit_at)) == ("exited", 0, "05-27 12:00")
    assert [row.status for row in rows] == ["overdue", "overdue", "overdue", "cancelled"]
    (other,), _ = run(measure(exits=ends), "06-01", symptoms=["05-28"], **facts)
    assert (other.state, other.exit_index) == ("handed_over", 1)


def test_each_trigger_asks_once_and_the_exit_asks_at_its_own_hour() -> None:
    report = need("report", shape=Shape.EVENT, trigger="ill", evidence="told", due=Offset(seconds=2 * HOUR))
    transfer = need("transfer", shape=Shape.EVENT, evidence="moved", due=Offset(seconds=2 * HOUR), ends_with_exit=False)
    plan = measure(exits=(Exit("positive", W, ("positive",)),), requirements=(report, transfer))
    facts: Any = {"ill": ["05-25 13:00", "05-26 10:00", "05-27 10:00"], "positive": ["05-28"], "told": ["05-26 13:00"]}
    _, rows = run(plan, "06-01", **facts)
    assert [(row.path, say(row.start), row.status, row.evidence) for row in rows] == [
        ("report", "05-26 10:00", "late", 0),
        ("report", "05-27 10:00", "overdue", None),
        ("transfer", "05-28", "overdue", None),
    ]


def test_a_window_at_the_stage_end_moves_with_it_and_never_lies_before_the_stage() -> None:
    last = need("last-day", evidence="nat", anchor=Fixed.STAGE_END, start=day(0), due=end_of(0))
    (_,), (row,) = run(measure(requirements=(last,)), "05-26")
    assert (say(row.start), say(row.due), row.status) == ("06-07", "06-07 23:59:59", "upcoming")
    short = measure(stages=(Stage("handling", W, days=0),), requirements=(last,))
    (_,), (same_day,) = run(short, "05-26")
    assert (say(same_day.start), say(same_day.due)) == ("05-25", "05-25 23:59:59")


def test_an_anchor_moved_to_its_month_counts_evidence_from_the_first() -> None:
    monthly = need("inspection", evidence="visit", floor=Floor.MONTH, due=Offset(months=1, seconds=-1))
    _, (row,) = run(measure(requirements=(monthly,)), "05-26", visit=["04-30", "05-01"])
    assert (say(row.start), say(row.due), row.evidence) == ("05-01", "05-31 23:59:59", 1)
    weekly = need("inspection", evidence="visit", floor=Floor.WEEK)
    _, (week,) = run(measure(requirements=(weekly,)), "05-31 13:00", opened=["05-31 12:00"])
    assert say(week.start) == "05-25"


def test_a_check_is_met_or_overdue_at_once_and_refuses_a_gate_until_waived() -> None:
    check = need("form-complete", shape=Shape.CHECK, condition=ALWAYS, gates=True, waiver="excused")
    gate = measure(stages=(Stage("handling", W, days=0),), requirements=(check,), gate=True)
    good = LoopOpening(0, at("05-25 14:00"), at("05-25 14:00"), {}, {"form-complete:condition": True})
    (allowed,), (met,) = run(gate, "05-25 14:00", opened=[good])
    (refused,), (missing,) = run(gate, "05-25 14:00")
    (excused,), (waived,) = run(gate, "05-26", excused=["05-25 15:00"])
    assert (allowed.state, met.status) == ("released", "met")
    assert (refused.state, missing.status) == ("held", "overdue")
    assert (excused.state, waived.status) == ("released", "waived")


def test_a_requirement_that_does_not_apply_is_neither_owed_nor_waited_for() -> None:
    sample = need("sample", evidence="nat", gates=True, applies=ALWAYS)
    (loop,), rows = run(measure(requirements=(sample,)), "06-20")
    assert (loop.state, rows) == ("released", [])


def test_a_fact_at_this_very_second_is_seen_and_one_a_second_later_is_not() -> None:
    _, (seen,) = run(measure(requirements=(SAMPLED,)), "05-25 18:00", nat=["05-25 18:00"])
    _, (unseen,) = run(measure(requirements=(SAMPLED,)), "05-25 18:00", nat=["05-25 18:01"])
    assert (seen.status, unseen.status) == ("met", "due")


def test_a_missing_order_no_longer_matters_once_a_fact_cut_the_stage_short() -> None:
    stages = (Stage("central", W, days=Input("ordered"), cut_by="home_found"), Stage("watch", W, days=None))
    unknown = LoopOpening(0, at("05-25"), at("05-25"), {"ordered": None})
    (held,), _ = run(measure(stages=stages), "05-28", opened=[unknown])
    (loop,), _ = run(measure(stages=stages), "06-20", opened=[unknown], home_found=["05-30 16:00"])
    assert (held.state, held.held_for) == ("held", -2)
    assert (loop.state, say(loop.begins[1]), loop.held_for) == ("running", "05-30", -1)


def test_a_loop_superseded_at_its_own_opening_was_never_left_by_an_exit() -> None:
    stages = (Stage("entry", W, days=0), Stage("central", W, days=14))
    ends = (Exit("positive", W, ("positive",), first_stage=1),)
    mild, strict = measure("medium", stages=stages, exits=ends), measure("high", supersedes=("medium",))
    opened = [LoopOpening(1, at("05-24"), at("05-24")), LoopOpening(0, at("05-28"), at("05-25"))]
    (_, loop), _ = run([mild, strict], "06-01", opened=opened, positive=["05-26"])
    assert (loop.state, say(loop.superseded), loop.exit_at) == ("superseded", "05-28", None)


def test_a_chained_requirement_that_does_not_apply_is_not_owed() -> None:
    result = need("result", shape=Shape.RESULT, gates=True, applies=ALWAYS)
    sample = need("sample", evidence="nat", then=(result,))
    _, rows = run(measure(requirements=(sample,)), "05-28", nat=[("05-26 08:00", None)])
    assert [row.path for row in rows] == ["sample"]


def test_what_answers_a_symptom_is_owed_although_the_symptom_suspends_the_loop() -> None:
    report = need("report", shape=Shape.EVENT, trigger="ill", evidence="told", due=Offset(seconds=2 * HOUR))
    visit = need("visit", evidence="visit", start=day(2), due=end_of(2))
    plan = measure(requirements=(report, visit), suspend_on="ill")
    (loop,), rows = run(plan, "05-27", ill=["05-26 08:00"])
    assert (loop.state, [(row.path, row.status) for row in rows]) == (
        "suspended",
        [("report", "overdue"), ("visit", "suspended")],
    )
