"""An import is a plan first: new, the same, changed, in conflict or refused, and why, with the cell."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from lianfang.core.intake.known import Candidate, Correction, Known, KnownFact
from lianfang.core.intake.outcome import Outcome
from lianfang.core.intake.reading import wanted
from tests.core.intake.made_sheets import (
    NOW,
    TEST,
    VISIT,
    ZONE,
    known_of,
    known_person,
    number_of,
    outcomes,
    plan_of,
    reading_of,
    row_of,
    sheet_of,
)

HEADS = ("姓名", "身份证号", "手机", "住址", "年龄")
NEW, SAME, CHANGED, CONFLICT, REFUSED = Outcome
A, B = number_of(1), number_of(2)
NOVEMBER_20 = int(datetime(2026, 11, 20, tzinfo=timezone(timedelta(seconds=ZONE))).timestamp())


def test_somebody_unknown_is_new_and_is_named() -> None:
    plan = plan_of(sheet_of(HEADS, ("样某甲", A, "10000000001", "示例路1号", "40")))
    row = plan.rows[0]
    assert row.outcome is NEW
    assert row.who == {"name": "样某甲", "id_number": A, "phone": "10000000001"}
    assert (row.subject, row.at, row.values["age"]) == ("", NOW, 40.0)


def test_a_person_known_with_the_same_values_is_the_same_and_blanks_erase_nothing() -> None:
    known = known_person(name="样某甲", id_number=A, phone="10000000001", address="示例路1号", age=40.0)
    plan = plan_of(sheet_of(HEADS, ("样某甲", A, None, None, "40")), known)
    assert outcomes(plan) == [SAME]
    assert plan.rows[0].subject == "P-1"


def test_a_changed_value_shows_the_cell_the_old_and_the_new() -> None:
    known = known_person(name="样某甲", id_number=A, address="2幢")
    plan = plan_of(sheet_of(HEADS, ("样某甲", A, "10000000001", "2幢 301", None)), known)
    row = plan.rows[0]
    assert row.outcome is CHANGED
    assert [(p.id, p.cell, p.known, p.found) for p in row.problems] == [
        ("intake:filled-in", "C2", "", "10000000001"),
        ("intake:changed", "D2", "2幢", "2幢 301"),
    ]
    assert row.corrects == "P-1-f"


def test_the_same_number_under_another_name_is_a_conflict_to_decide() -> None:
    plan = plan_of(sheet_of(HEADS, ("样某乙", A, None, None, None)), known_person(name="样某甲", id_number=A))
    row = plan.rows[0]
    assert row.outcome is CONFLICT
    assert (row.problems[0].cell, row.problems[0].found, row.problems[0].known) == ("A2", "样某乙", "样某甲")
    assert [choice.value for choice in row.choices] == ["known", "sheet"]


def test_a_value_somebody_put_right_by_hand_is_not_overwritten_silently() -> None:
    known = known_person(
        corrected={"phone": Correction("示例街道", NOW)}, name="样某甲", id_number=A, phone="10000000077"
    )
    row = plan_of(sheet_of(HEADS, ("样某甲", A, "10000000081", None, None)), known).rows[0]
    assert row.outcome is CONFLICT
    assert row.problems[0].zh == "电话已由示例街道更正过"
    assert "100000000" not in row.problems[0].zh + row.problems[0].en


def test_two_known_people_with_one_number_are_offered_as_choices() -> None:
    fact = KnownFact("f", NOW, {"name": "样某甲"})
    known = known_of(Candidate("P-1", "样某甲", A, facts=(fact,)), Candidate("P-2", "样某丙", A))
    row = plan_of(sheet_of(HEADS, ("样某丁", A, None, None, None)), known).rows[0]
    assert row.outcome is CONFLICT
    assert [(choice.value, choice.fact) for choice in row.choices] == [("subject:P-1", "f"), ("subject:P-2", "")]


def test_a_family_shares_a_telephone_but_not_a_name() -> None:
    known = known_person(name="样某甲", phone="10000000001")
    plan = plan_of(sheet_of(HEADS, ("样某乙", None, "10000000001", None, None)), known)
    assert outcomes(plan) == [NEW]


def test_name_and_telephone_find_a_person_whose_number_was_not_known() -> None:
    known = known_person(name="样某甲", phone="10000000001")
    row = plan_of(sheet_of(HEADS, ("样某甲", A, "10000000001", None, None)), known).rows[0]
    assert (row.outcome, row.subject, row.problems[0].id) == (CHANGED, "P-1", "intake:filled-in")


def test_name_and_telephone_with_another_number_are_asked_about() -> None:
    known = known_person(name="样某甲", phone="10000000001", id_number=B)
    row = plan_of(sheet_of(HEADS, ("样某甲", A, "10000000001", None, None)), known).rows[0]
    assert row.outcome is CONFLICT
    assert [choice.value for choice in row.choices] == ["subject:P-1", "new"]


def test_a_name_alone_never_decides_who_it_is() -> None:
    known = known_person(name="样某甲", id_number=B)
    assert outcomes(plan_of(sheet_of(HEADS, ("样某甲", None, None, None, None)), known)) == [CONFLICT]


@pytest.mark.parametrize(
    ("cells", "cell", "id"),
    [
        (("样某甲", A[:17], None, None, None), "B2", "number:length"),
        (("样某甲", A[:17] + ("0" if A[17] != "0" else "1"), None, None, None), "B2", "number:check-digit"),
        (("样某甲", "1.1000019900307E+17", None, None, None), "B2", "number:lost-digits"),
        (("样某甲", None, "12345", None, None), "C2", "phone:shape"),
        (("12", A, None, None, None), "A2", "name:characters"),
        (("样某甲", A, None, None, "四十"), "E2", "fact:bad-number"),
        (("样某甲", A, None, None, "400"), "E2", "fact:number-out-of-range"),
        (("样某甲", A, None, "#REF!", None), "D2", "sheet:formula-error"),
        ((None, None, "10000000001", None, None), "2", "intake:nobody"),
    ],
)
def test_what_cannot_be_right_is_refused_with_its_cell_and_words_in_both_languages(
    cells: tuple[str | None, ...], cell: str, id: str
) -> None:
    row = plan_of(sheet_of(HEADS, cells)).rows[0]
    assert row.outcome is REFUSED
    assert (row.problems[0].cell, row.problems[0].id) == (cell, id)
    assert row.problems[0].zh
    assert row.problems[0].en


def test_every_bad_row_is_found_also_beyond_the_first_two_hundred() -> None:
    rows = [("样某甲", number_of(place), None, None, "多" if place % 2 else "30") for place in range(900)]
    counts = plan_of(sheet_of(HEADS, *rows)).counts
    assert (counts[REFUSED], counts[NEW]) == (450, 450)


def test_a_missing_required_value_names_the_clause_that_asks_for_it() -> None:
    sheet = sheet_of(("姓名", "身份证号", "采样时间", "检测项目"), ("样某甲", A, None, "核酸"))
    row = plan_of(sheet, kind=TEST).rows[0]
    assert (row.outcome, row.problems[0].cell) == (REFUSED, "C2")
    assert "2.2.c2" in row.problems[0].zh


@pytest.mark.parametrize("written", ["2026-11-20", "2026.11.20", "20261120", "2026年11月20日", "２０２６/11/20"])
def test_days_are_read_however_they_are_written(written: str) -> None:
    sheet = sheet_of(("姓名", "身份证号", "采样时间", "检测项目"), ("样某甲", A, written, "核酸"))
    (row,) = plan_of(sheet, kind=TEST).rows
    assert row.at == NOVEMBER_20


def test_full_width_digits_and_old_numbers_are_the_same_person() -> None:
    wide = A.translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"})
    plan = plan_of(sheet_of(HEADS, ("样 某 甲", wide, None, None, None)), known_person(name="样某甲", id_number=A))
    assert outcomes(plan) == [SAME]


def test_a_row_that_comes_twice_is_written_once() -> None:
    row = ("样某甲", A, None, "示例路1号", None)
    plan = plan_of(sheet_of(HEADS, row, row))
    assert outcomes(plan) == [NEW, SAME]
    assert plan.rows[1].problems[0].zh == "与第 2 行重复"


def test_two_rows_of_one_person_that_differ_are_a_conflict_of_rows() -> None:
    plan = plan_of(sheet_of(HEADS, ("样某甲", A, None, "1幢", None), ("样某甲", A, None, "2幢", None)))
    row = row_of(plan, 3)
    assert (row.outcome, row.twin) == (CONFLICT, 2)
    assert (row.problems[0].cell, row.problems[0].other) == ("D3", "D2")
    assert [choice.value for choice in row.choices] == ["row:2", "row:3"]


def test_one_number_under_two_names_in_a_sheet_is_a_conflict() -> None:
    plan = plan_of(sheet_of(HEADS, ("样某甲", A, None, None, None), ("样某乙", A, None, None, None)))
    assert outcomes(plan) == [NEW, CONFLICT]
    assert plan.rows[1].problems[0].column == "name"


def test_two_tests_of_somebody_new_bring_in_one_person() -> None:
    heads = ("姓名", "身份证号", "采样时间", "检测项目", "结果")
    sheet = sheet_of(heads, ("样某甲", A, "2026-11-20", "核酸", "阴性"), ("样某甲", A, "2026-11-21", "核酸", "阴性"))
    plan = plan_of(sheet, kind=TEST)
    assert outcomes(plan) == [NEW, NEW]
    assert [row.first for row in plan.rows] == [2, 2]


def test_a_result_added_to_a_known_test_is_a_change_and_another_kind_of_test_is_new() -> None:
    known = known_of(Candidate("P-1", "样某甲", A, facts=(KnownFact("t1", NOVEMBER_20, {"test": "nucleic_acid"}),)))
    heads = ("姓名", "身份证号", "采样时间", "检测项目", "结果")
    sheet = sheet_of(heads, ("样某甲", A, "2026-11-20", "核酸", "阴性"), ("样某甲", A, "2026-11-20", "抗体", "阴性"))
    plan = plan_of(sheet, known, TEST)
    assert outcomes(plan) == [CHANGED, NEW]
    assert [row.corrects for row in plan.rows] == ["t1", ""]


def test_places_go_by_the_name_that_is_written() -> None:
    sheet = sheet_of(("场所", "巡查时间", "发现"), ("示例市场", "2026-11-20", "无"), (None, "2026-11-20", "无"))
    plan = plan_of(sheet, kind=VISIT)
    assert outcomes(plan) == [NEW, REFUSED]
    assert plan.rows[0].subject == "示例市场"


def test_units_are_looked_up_and_an_unknown_one_is_refused() -> None:
    sheet = sheet_of(("姓名", "所属社区(村)"), ("样某甲", "石桥社区"), ("样某乙", "无此社区"))
    assert wanted(reading_of(sheet)).references == {"unit": frozenset({"石桥社区", "无此社区"})}
    plan = plan_of(sheet, Known(references={"unit": {"石桥社区": "shiqiao"}}))
    assert outcomes(plan) == [NEW, REFUSED]
    assert plan.rows[0].values["community"] == "shiqiao"
    assert plan.rows[1].problems[0].cell == "B3"


def test_only_bare_names_are_looked_up_by_name() -> None:
    read = reading_of(sheet_of(HEADS, ("样某甲", A, None, None, None), ("样某乙", None, None, None, None)))
    assert wanted(read).names == {"样某乙"}
    assert wanted(read).numbers == {A}


def test_the_counts_add_up_to_the_rows() -> None:
    rows = [("样某甲", number_of(place), None, None, "多" if place == 3 else None) for place in range(5)]
    plan = plan_of(sheet_of(HEADS, *rows))
    assert sum(plan.counts.values()) == len(plan.rows) == 5


def test_rows_that_share_a_number_or_a_name_and_telephone_are_one_person() -> None:
    heads = ("姓名", "身份证号", "手机", "采样时间", "检测项目")
    sheet = sheet_of(
        heads,
        ("样某甲", A, None, "2026-11-20", "核酸"),
        ("样某甲", A, "10000000001", "2026-11-21", "核酸"),
        ("样某甲", None, "10000000001", "2026-11-22", "核酸"),
    )
    assert [row.first for row in plan_of(sheet, kind=TEST).rows] == [2, 2, 2]
    known = known_of(Candidate("P-1", "样某甲", phone="10000000001"))
    assert [row.subject for row in plan_of(sheet, known, TEST).rows] == ["P-1", "P-1", "P-1"]


def test_one_name_and_telephone_with_two_numbers_is_asked_about() -> None:
    rows = [("样某甲", number, "10000000001", None, None) for number in (A, B, None)]
    plan = plan_of(sheet_of(HEADS, *rows))
    assert outcomes(plan) == [NEW, CONFLICT, CONFLICT]
    assert plan.rows[1].problems[0].cell == "B3"
    assert [choice.value for choice in plan.rows[1].choices] == ["new"]


def test_rows_that_point_at_two_known_people_are_asked_about() -> None:
    known = known_of(Candidate("P-1", "样某甲", phone="10000000001"), Candidate("P-2", "样某甲", phone="10000000002"))
    rows = [("样某甲", A, "10000000001", None, None), ("样某甲", A, "10000000002", None, None)]
    plan = plan_of(sheet_of(HEADS, *rows), known)
    assert outcomes(plan) == [CONFLICT, CONFLICT]
    assert {choice.value for choice in plan.rows[0].choices} == {"subject:P-1", "subject:P-2", "new"}
