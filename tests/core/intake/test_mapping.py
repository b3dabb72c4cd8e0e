"""Heads of sheets find their columns; what a sender chose once is remembered."""

from __future__ import annotations

import pytest

from lianfang.core.intake.mapping import Why, chosen_by_hand, heads_digest, propose
from lianfang.core.intake.sheet import Head, letter_of
from tests.core.intake.made_sheets import PERSON, TEST, VISIT


def heads(*words: str) -> tuple[Head, ...]:
    return tuple(Head(letter_of(place), word) for place, word in enumerate(words))


@pytest.mark.parametrize(
    ("written", "column", "why"),
    [
        ("姓名", "name", Why.NAME),
        ("* 姓 名（必填）", "name", Why.NAME),
        ("Telephone", "phone", Why.NAME),
        ("born_on", "born_on", Why.NAME),
        ("身份证号码", "id_number", Why.ALIAS),
        ("手机号", "phone", Why.ALIAS),
        ("登记日期", "at", Why.ALIAS),
        ("现住址", "address", Why.ALIAS),
        ("证件号码号", "id_number", Why.SIMILAR),
    ],
)
def test_offices_write_many_words_for_one_column(written: str, column: str, why: Why) -> None:
    (match,) = propose(heads(written), PERSON, PERSON).matches
    assert (match.column, match.why) == (column, why)
    assert match.confidence >= 0.62


def test_remarks_and_unknown_columns_are_not_collected() -> None:
    found = propose(heads("备注", "序号", "领导批示"), PERSON, PERSON)
    assert [match.column for match in found.matches] == [None, None, None]


def test_a_column_of_the_kind_is_given_once_and_to_the_surest_head() -> None:
    found = propose(heads("联系电话", "电话"), PERSON, PERSON)
    assert found.letters == {"phone": "B"}


def test_what_was_chosen_for_a_sender_comes_first_next_time() -> None:
    sheet = heads("姓名", "联系方式", "电话")
    by_hand = chosen_by_hand(sheet, {"A": "name", "B": "phone"}, PERSON)
    again = propose(sheet, PERSON, PERSON, by_hand.remembered)
    assert again.letters == {"name": "A", "phone": "B"}
    assert again.matches[2].why is Why.REMEMBERED


def test_a_merged_head_is_read_with_the_words_above_it() -> None:
    found = propose((Head("A", "时间", "采样"), Head("B", "结果", "检测")), TEST, PERSON)
    assert found.letters == {"sampled_at": "A", "result": "B"}


def test_facts_about_people_may_name_them_by_name_and_number() -> None:
    found = propose(heads("姓名", "身份证号", "采样时间", "项目", "结果"), TEST, PERSON)
    assert set(found.letters) == {"name", "id_number", "sampled_at", "test", "result"}
    assert found.missing == ()


def test_facts_about_places_have_no_columns_of_people() -> None:
    found = propose(heads("姓名", "场所", "巡查时间"), VISIT)
    assert found.letters == {"place": "B", "at": "C"}


def test_required_columns_that_no_head_gives_are_named() -> None:
    assert [column.zh for column in propose(heads("姓名"), TEST, PERSON).missing] == ["采样时间", "检测项目"]


def test_the_columns_this_program_adds_to_refused_rows_are_never_imported() -> None:
    found = propose(heads("姓名", "拒收原因", "原表行号"), PERSON, PERSON, {"拒收原因": "address"})
    assert found.letters == {"name": "A"}


def test_a_sheet_is_recognised_however_its_heads_are_spaced() -> None:
    assert heads_digest(heads("姓 名", "电话（手机）")) == heads_digest(heads("姓名", "电话"))
    assert heads_digest(heads("姓名", "电话")) != heads_digest(heads("电话", "姓名"))
