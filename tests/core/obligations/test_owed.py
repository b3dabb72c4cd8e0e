"""What stands for subjects: numbers that never change, the word for what a release waits for, when it changes next."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from lianfang.core.facts.facts import Facts
from lianfang.core.language.plan import Plan
from lianfang.core.obligations.evaluate import evaluate
from lianfang.core.obligations.keys import Keys, first_said
from lianfang.core.obligations.owed import Standing, standing_of
from lianfang.reach.packs import load_pack

DAY, ZONE = 86_400, 28_800
START = int(datetime(2021, 1, 10, 4, tzinfo=UTC).timestamp())
FORTNIGHT = 14 * DAY
PACK = Path(__file__).parents[2] / "fixtures" / "packs" / "town"
PATHS = {"甲": "headquarters/east/", "乙": "headquarters/west/"}

Row = tuple[str, dict[str, object]]


@cache
def plan() -> Plan:
    """The small town's plan."""
    found, complaints = load_pack(PACK)
    assert found is not None, complaints
    return found


def standing(rows: list[Row], as_of: int) -> Standing:
    """What stands for 甲 and 乙 at an instant."""
    facts, complaints = Facts.from_rows(plan().kinds, rows, ZONE)
    assert facts is not None, [c.show() for c in complaints]
    sizes = {kind.subject: 0 for kind in plan().kinds.values()}
    evaluation = evaluate(plan(), replace(facts, sizes={**sizes, **facts.sizes}), as_of)
    return standing_of(evaluation, "person", PATHS, lambda by, path: path, FORTNIGHT)


def arrival(person: str = "甲", day: int = 0, **more: object) -> Row:
    """Somebody comes from a high-risk area."""
    return "arrival", {"id": f"a-{person}-{day}", "person": person, "at": START + day * DAY, "origin": "远区", **more}


LEVEL: Row = ("area_level", {"id": "l", "area": "远区", "level": "high", "from": START - 30 * DAY})


def check(person: str, day: int, hour: int = 1, **more: object) -> Row:
    """A health check."""
    at = START + day * DAY + hour * 3600
    return "health_check", {"id": f"h-{person}-{day}-{hour}", "person": person, "at": at, "symptoms": False, **more}


def sample(person: str, day: int, result: str = "negative") -> Row:
    """A test with its result eight hours later."""
    at = START + day * DAY
    known = {"resulted_at": at + 8 * 3600, "result": result}
    return "test", {"id": f"t-{person}-{day}", "person": person, "sampled_at": at, "test": "nucleic_acid", **known}


def numbers(found: Standing) -> set[str]:
    """The numbers of all loops and obligations."""
    return {*found.loops["id"].to_pylist(), *found.obligations["id"].to_pylist()}


def test_numbers_follow_from_what_they_are_about_alone() -> None:
    one, other = Keys(), Keys()

    assert one.loop("m", "person", "甲", "f") == other.loop("m", "person", "甲", "f")
    assert one.loop("m", "person", "乙", "f") != other.loop("m", "place", "乙", "f")
    assert one.obligation("l", "a", 11) != one.obligation("l", "a1", 1)


def test_two_loops_that_look_alike_have_numbers_of_their_own() -> None:
    keys = Keys()

    assert keys.loop("m", "person", "甲", "f") != keys.loop("m", "person", "甲", "f")


def test_corrections_go_back_to_the_fact_said_first() -> None:
    roots = first_said([("c", "b"), ("b", "a"), ("x", "y"), ("y", "x")])

    assert (roots["c"], roots["b"]) == ("a", "a")
    assert roots["x"] in {"x", "y"}


facts = st.lists(
    st.one_of(
        st.builds(check, st.sampled_from("甲乙"), st.integers(0, 40), st.integers(0, 23)),
        st.builds(sample, st.sampled_from("甲乙"), st.integers(0, 40), st.sampled_from(["negative", "positive"])),
        st.builds(arrival, st.just("乙"), st.integers(0, 20)),
    ),
    max_size=12,
    unique_by=lambda row: str(row[1]["id"]),
)


@settings(max_examples=40, deadline=None)
@given(facts, st.integers(0, 40))
def test_numbers_do_not_change_when_later_facts_come_in(more: list[Row], day: int) -> None:
    known = [LEVEL, arrival()]
    as_of = START + day * DAY
    before = standing(known, as_of)
    later = [row for row in more if row[0] != "test" and int(str(row[1].get("at", 0))) > as_of]

    assert numbers(standing([*known, *later], as_of)) == numbers(before)


@settings(max_examples=60, deadline=None)
@given(facts, st.integers(0, 50), st.integers(0, 86_399), st.floats(0, 1, exclude_max=True))
def test_nothing_changes_before_the_ledger_looks_again(rows: list[Row], day: int, second: int, part: float) -> None:
    known = [LEVEL, arrival(), *rows]
    as_of = START + day * DAY + second
    now = standing(known, as_of)
    ahead = min((at for at in now.next_change if at is not None), default=as_of + 60 * DAY)
    assert ahead > as_of

    then = standing(known, as_of + int((ahead - 1 - as_of) * part))

    assert then.obligations.sort_by("id").to_pylist() == now.obligations.sort_by("id").to_pylist()
    assert then.loops.drop_columns(["stages"]).sort_by("id") == now.loops.drop_columns(["stages"]).sort_by("id")


def statuses(found: Standing, requirement: str) -> list[str]:
    """The statuses of a requirement's occurrences in order."""
    rows = [row for row in found.obligations.to_pylist() if row["requirement"] == requirement]
    return [row["status"] for row in sorted(rows, key=lambda row: row["occurrence"])]


def test_what_a_release_waits_for_without_a_time_of_its_own_is_held() -> None:
    handed_in = ("task_report", {"id": "r", "unit": "east", "at": START, "item": "cold-stores", "step": "done"})
    read, complaints = Facts.from_rows(plan().kinds, [handed_in], ZONE)
    assert read is not None, complaints
    evaluation = evaluate(plan(), read, START + DAY)

    found = standing_of(evaluation, "unit", {"east": "headquarters/east/"}, lambda by, path: by, FORTNIGHT)

    assert statuses(found, "hand-in/accepted") == ["held"]
    assert statuses(found, "hand-in/answered") == ["due"]


def test_a_negative_series_that_is_not_complete_is_overdue_and_not_held() -> None:
    found = standing([LEVEL, arrival(), sample("甲", 0)], START + 60 * DAY)

    assert statuses(found, "negatives") == ["met", "overdue", "overdue"]
    assert found.loops["state"].to_pylist() == ["held"]


def test_a_loop_that_ended_long_ago_no_longer_stands() -> None:
    rows = [LEVEL, arrival(), sample("甲", 1, "positive")]
    moved = (
        "placement",
        {"id": "p", "person": "甲", "at": START + DAY + 9 * 3600, "place_kind": "designated_hospital"},
    )

    assert numbers(standing([*rows, moved], START + 10 * DAY))
    assert not numbers(standing([*rows, moved], START + 30 * DAY))
    assert numbers(standing(rows, START + 30 * DAY)), "the transfer is still owed"


def test_nobody_but_the_subjects_asked_for_stands() -> None:
    found = standing([LEVEL, arrival(), arrival("丙")], START + DAY)

    assert set(found.loops["subject"].to_pylist()) == {"甲"}
    assert found.subjects == ("甲", "乙")
    assert found.next_change[1] is None
