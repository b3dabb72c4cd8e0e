"""Importing a sheet: first a plan, then all of it at once; a second run of the same file changes nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from lianfang.acts.apply_intake import apply_intake, decide_row, preview_intake, undecided_rows
from lianfang.acts.in_force import InForce
from lianfang.acts.plan_intake import open_intake, plan_intake
from lianfang.acts.refused import Refused
from lianfang.core.access.actor import Actor
from lianfang.ledger.models import Fact, Intake, IntakeRow, Loop, Mapping, Person
from tests import cast
from tests.cast import NOON

HEAD = "姓名,联系电话,社区"
PEOPLE = f"{HEAD}\n测试甲,10000000001,east-cell\n测试乙,10000000002,east-cell\n"
ARRIVALS = "姓名,联系电话,抵达时间,来源地\n测试甲,10000000001,2021-01-08 10:00,high-area\n"


def opened(text: str, kind: str = "person", actor: Actor | None = None) -> int:
    """A file is taken in by the town."""
    who = actor or cast.lao_wang()
    return open_intake(kind, "名单.csv", text.encode(), actor=who, now=NOON)


def imported(text: str, kind: str = "person") -> dict[str, int]:
    """A file is planned and applied; gives what the plan counted."""
    number = opened(text, kind)
    counts = plan_intake(number, actor=cast.lao_wang(), now=NOON)
    apply_intake(number, actor=cast.lao_wang(), now=NOON)
    return {outcome: count for outcome, count in counts.items() if count}


def test_a_plan_writes_nothing_but_itself(town: InForce) -> None:
    number = opened(PEOPLE)

    counts = plan_intake(number, actor=cast.lao_wang(), now=NOON)

    assert counts["new"] == 2
    assert not Person.objects.exists()
    assert [row.row for row in IntakeRow.objects.filter(intake=number).order_by("row")] == [2, 3]


def test_what_is_planned_is_applied_and_a_second_run_changes_nothing(town: InForce) -> None:
    assert imported(PEOPLE) == {"new": 2}
    facts = Fact.objects.count()

    assert imported(PEOPLE) == {"same": 2}

    assert Person.objects.count() == 2
    assert Fact.objects.count() == facts


def test_arrivals_are_put_to_the_people_they_belong_to_and_open_their_loops(town: InForce) -> None:
    cast.tell("area_level", "area", "high-area", {"level": "high"}, at=NOON - timedelta(days=20))
    imported(PEOPLE)

    assert imported(ARRIVALS, "arrival") == {"new": 1}

    assert Person.objects.count() == 2
    person = Person.objects.get(name="测试甲")
    assert Loop.objects.get(measure="high-risk-arrival").subject == person.id


def test_what_it_will_cause_is_seen_before_and_left_undone(town: InForce) -> None:
    cast.tell("area_level", "area", "high-area", {"level": "high"}, at=NOON - timedelta(days=20))
    imported(PEOPLE)
    number = opened(ARRIVALS, "arrival")
    plan_intake(number, actor=cast.lao_wang(), now=NOON)

    would = preview_intake(number, actor=cast.lao_wang(), now=NOON)

    assert [change.measure for change in would.changes.opened] == ["high-risk-arrival"]
    assert not Loop.objects.filter(measure="high-risk-arrival").exists()
    assert Intake.objects.get(pk=number).state == "planned"


def test_a_number_of_somebody_with_another_name_is_decided_by_a_person(town: InForce) -> None:
    imported(PEOPLE)
    number = opened(f"{HEAD}\n测试丁,10000000001,east-cell\n测试甲,10000000001,east-cell\n")
    plan_intake(number, actor=cast.lao_wang(), now=NOON)
    rows = {row.row: row for row in IntakeRow.objects.filter(intake=number)}
    conflicts = [row for row in rows.values() if row.outcome == "conflict"]

    for row in conflicts:
        choices = [one["value"] for problem in row.problems for one in problem.get("choices", [])]
        assert not decide_row(number, row.row, "made-up", actor=cast.lao_wang())
        assert decide_row(number, row.row, choices[0], actor=cast.lao_wang())
    assert undecided_rows(number) == ()


def test_rows_are_masked_for_the_page_and_whole_only_under_seal(town: InForce) -> None:
    number = opened(PEOPLE)
    plan_intake(number, actor=cast.lao_wang(), now=NOON)

    row = IntakeRow.objects.get(intake=number, row=2)

    assert "10000000001" not in str(row.values)
    assert b"10000000001" not in bytes(row.sealed or b"")
    assert b"10000000001" not in bytes(Intake.objects.get(pk=number).content or b"")


def test_a_file_is_no_way_round_the_jurisdiction(town: InForce) -> None:
    cast.resident("P-9", "west-cell", phone="10000000001")
    number = opened(PEOPLE)

    counts = plan_intake(number, actor=cast.lao_wang(), now=NOON)

    assert (counts["refused"], counts["new"]) == (1, 1)
    assert IntakeRow.objects.get(intake=number, outcome="refused").problems[-1]["id"] == "intake:out-of-reach"


def test_the_mapping_of_a_sender_is_remembered(town: InForce) -> None:
    number = opened("大名,联系电话,社区\n测试甲,10000000001,east-cell\n")
    heads = {head["text"]: head for head in Intake.objects.get(pk=number).mapping["heads"]}
    chosen = {head["letter"]: head["column"] for head in heads.values()} | {heads["大名"]["letter"]: "name"}

    assert plan_intake(number, chosen, actor=cast.lao_wang(), now=NOON)["new"] == 1

    again = opened("大名,联系电话,社区\n测试乙,10000000002,east-cell\n")
    assert Mapping.objects.count() == 1
    assert Intake.objects.get(pk=again).mapping["letters"][heads["大名"]["letter"]] == "name"


def test_two_who_apply_it_do_it_once(town: InForce) -> None:
    number = opened(PEOPLE)
    plan_intake(number, actor=cast.lao_wang(), now=NOON)
    apply_intake(number, actor=cast.lao_wang(), now=NOON)

    with pytest.raises(Refused, match="已经执行"):
        apply_intake(number, actor=cast.xiao_li(), now=NOON)

    assert len(cast.journalled("apply_import")) == 1


def test_a_file_that_cannot_be_read_says_why(town: InForce) -> None:
    with pytest.raises(Refused) as refused:
        opened("")

    assert refused.value.zh
    assert refused.value.en


def test_a_grid_worker_imports_nothing(town: InForce) -> None:
    with pytest.raises(Refused) as refused:
        opened(PEOPLE, actor=cast.grid_worker())

    assert refused.value.forbidden
