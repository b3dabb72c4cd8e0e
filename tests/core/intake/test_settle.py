"""Once every conflict is decided the sheet is written; sent again, it changes nothing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianfang.core.facts.vocabulary import Kind
from lianfang.core.intake.outcome import Outcome
from lianfang.core.intake.plan import plan_import
from lianfang.core.intake.settle import settle, undecided
from tests.core.intake.made_sheets import (
    PERSON,
    TEST,
    Register,
    known_person,
    number_of,
    outcomes,
    plan_of,
    reading_of,
    sheet_of,
)

HEADS = ("姓名", "身份证号", "手机", "住址", "年龄", "出生日期", "需照护")
TEST_HEADS = ("姓名", "身份证号", "手机", "采样时间", "检测项目", "结果")
A = number_of(1)

NAMES = st.sampled_from(["样某甲", "样某乙", "示某"])
NUMBERS = st.sampled_from([None, number_of(1), number_of(2), number_of(3), "123"])
PHONES = st.sampled_from([None, "10000000001", "100 0000 0002"])
PEOPLE = st.tuples(
    NAMES,
    NUMBERS,
    PHONES,
    st.sampled_from([None, "示例路1号", " 示例路2号 ", "=1+1"]),
    st.sampled_from([None, "40", "40.5", "四十"]),
    st.sampled_from([None, "1990-01-01", "1990.1.1"]),
    st.sampled_from([None, "是", "否"]),
)
TESTS = st.tuples(
    NAMES,
    NUMBERS,
    PHONES,
    st.sampled_from(["2026-11-20", "2026-11-21 09:30", None]),
    st.sampled_from(["核酸", "抗体"]),
    st.sampled_from([None, "阴性", "阳性"]),
)

Rows = list[tuple[str | None, ...]]


def without_conflicts(heads: tuple[str, ...], rows: Rows, register: Register, kind: Kind) -> Rows:
    """The rows that remain when those in conflict are taken out, until none is."""
    while rows:
        read = reading_of(sheet_of(heads, *rows), kind)
        plan = plan_import(read, register.known(read))
        kept = [row for row, one in zip(rows, plan.rows, strict=True) if one.outcome is not Outcome.CONFLICT]
        if len(kept) == len(rows):
            break
        rows = kept
    return rows


@pytest.mark.parametrize(("kind", "heads", "row"), [(PERSON, HEADS, PEOPLE), (TEST, TEST_HEADS, TESTS)])
def test_a_sheet_that_was_applied_changes_nothing_when_it_is_sent_again(
    kind: Kind, heads: tuple[str, ...], row: st.SearchStrategy[tuple[str | None, ...]]
) -> None:
    @settings(max_examples=150, deadline=None)
    @given(st.lists(row, max_size=8), st.lists(row, max_size=4))
    def law(rows: Rows, earlier: Rows) -> None:
        register = Register()
        for sent in (earlier, rows):
            clean = without_conflicts(heads, sent, register, kind)
            if not clean:
                continue
            read = reading_of(sheet_of(heads, *clean), kind)
            first = plan_import(read, register.known(read))
            register.apply(settle(first.rows, {}), kind)
            again = plan_import(read, register.known(read))
            applied = [
                two.outcome
                for one, two in zip(first.rows, again.rows, strict=True)
                if one.outcome is not Outcome.REFUSED
            ]
            assert set(applied) <= {Outcome.SAME}

    law()


def test_refused_same_and_undecided_rows_write_nothing() -> None:
    known = known_person(name="样某甲", id_number=A)
    rows = [("样某甲", A), ("样某乙", A), ("样某丙", A[:17])]
    plan = plan_of(sheet_of(HEADS[:2], *rows), known)
    assert outcomes(plan) == [Outcome.SAME, Outcome.CONFLICT, Outcome.REFUSED]
    assert list(settle(plan.rows, {})) == []
    assert undecided(plan.rows, {}) == (3,)


def test_use_the_sheet_corrects_the_fact_and_use_what_is_known_leaves_it() -> None:
    plan = plan_of(sheet_of(HEADS[:2], ("样某乙", A)), known_person(name="样某甲", id_number=A))
    (write,) = settle(plan.rows, {2: "sheet"})
    assert (write.subject, write.corrects, write.values["name"]) == ("P-1", "P-1-f", "样某乙")
    assert list(settle(plan.rows, {2: "known"})) == []


def test_of_two_rows_only_the_chosen_one_is_written() -> None:
    rows = [("样某甲", A, None, "1幢"), ("样某甲", A, None, "2幢")]
    plan = plan_of(sheet_of(HEADS[:4], *rows))
    assert [write.values["address"] for write in settle(plan.rows, {3: "row:3"})] == ["2幢"]
    assert [write.values["address"] for write in settle(plan.rows, {3: "row:2"})] == ["1幢"]


def test_a_person_chosen_among_several_is_written_to_and_a_new_one_is_brought_in() -> None:
    plan = plan_of(sheet_of(HEADS[:1], ("样某甲",)), known_person(name="样某甲", id_number=A))
    (chosen,) = settle(plan.rows, {2: "subject:P-1"})
    (new,) = settle(plan.rows, {2: "new"})
    assert (chosen.subject, chosen.corrects) == ("P-1", "P-1-f")
    assert (new.subject, new.corrects, new.who) == ("", "", {"name": "样某甲"})


def test_a_choice_the_row_does_not_offer_is_an_error_that_says_which_are() -> None:
    plan = plan_of(sheet_of(HEADS[:2], ("样某乙", A)), known_person(name="样某甲", id_number=A))
    with pytest.raises(ValueError, match="known, sheet"):
        list(settle(plan.rows, {2: "row:9"}))
