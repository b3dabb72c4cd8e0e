"""Whatever a file holds: no traceback, the order of the lines is kept, and nothing is said that is not there."""

from __future__ import annotations

import re
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from lianfang.core.notice.dates import day_of, end_of_month
from lianfang.core.notice.deadlines import find_deadlines, read_deadline
from lianfang.core.notice.markers import read_marker
from lianfang.core.notice.notice import read_notice
from lianfang.core.notice.numerals import letters, read_amount, read_whole
from lianfang.core.notice.paper import Line, Paper, Row, Table, paper_of
from lianfang.core.notice.quantities import find_quantities
from lianfang.core.notice.reading import When
from lianfang.core.notice.text import spaced, squeeze, tidy
from tests.core.notice.loading import errors_of
from tests.core.notice.quotes import strangers

PIECES = (
    "一、 二、 三、 （一） (二) 1. 2． 1.1 1.1.1 （1） ① 第一章 第二条 第三部分 附件 附件1 附件：1.某表 "
    "目录 — 3 — 责任单位： 完成时限： 牵头单位： 配合单位: 各镇 县卫健局 、 ， 。 ； ： （ ） 《 》 “ ” "
    "2031年5月1日 5月底前 二〇三一年一月二日 24小时内 立即 持续推进 每周 14天 3-5人 两次 百分之九十 "
    "关于做好工作的通知 方案 名单 青溪县指挥部 青防办〔2031〕3号 各部门： 要 由 负责 牵头 近 前 内 "
    "落实登记 \t | \n \n \n\n \f 　　 9999年99月99日 第 页 共 浏览次数：1 2月30日 次月 明年底 半年 一百 "
    "零 0 99999999999999999999 1,000人 %"
).split(" ")
NOTICE_LIKE = st.lists(st.sampled_from([*PIECES, "\n", " "]), max_size=60).map("".join)
ANY = st.one_of(NOTICE_LIKE, st.text(max_size=200))


@settings(max_examples=300, deadline=None)
@given(ANY)
def test_any_text_can_be_read_and_every_quotation_stands_in_it(text: str) -> None:
    reading = read_notice(paper_of(text))
    assert strangers(reading) == []
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for clause in reading.clauses:
        assert 1 <= clause.line <= len(lines)
        assert clause.line <= clause.last_line


@settings(max_examples=200, deadline=None)
@given(NOTICE_LIKE)
def test_the_clauses_stand_in_the_order_of_the_lines_and_have_names_of_their_own(text: str) -> None:
    reading = read_notice(paper_of(text))
    names = [clause.id for clause in reading.clauses]
    assert len(names) == len(set(names))
    top = {clause.id for clause in reading.clauses} | {"", "0"}
    assert all(clause.parent in top or re.fullmatch("[A-Z]+", clause.parent) for clause in reading.clauses)


@settings(max_examples=60, deadline=None)
@given(ANY)
def test_the_draft_of_any_text_passes_the_check(text: str) -> None:
    assert errors_of(read_notice(paper_of(text)), "draft") == []


@settings(max_examples=100, deadline=None)
@given(NOTICE_LIKE)
def test_reading_twice_gives_the_same(text: str) -> None:
    assert read_notice(paper_of(text)) == read_notice(paper_of(text))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(ANY.map(lambda t: t[:30]), max_size=5).map(tuple), max_size=6))
def test_any_table_can_be_read(rows: list[tuple[str, ...]]) -> None:
    made = tuple(Row(number, cells) for number, cells in enumerate(rows, 1))
    assert strangers(read_notice(Paper((Table(made), Line(len(rows) + 1, "青溪县指挥部"))))) == []


@given(ANY)
def test_uniform_writing_is_stable(text: str) -> None:
    assert spaced(spaced(text)) == spaced(text)
    assert squeeze(tidy(text)) == squeeze(text)


@given(ANY)
def test_small_readers_take_any_text(text: str) -> None:
    line = tidy(text)
    read_marker(line)
    read_deadline(line, 1, date(2031, 5, 1))
    for deadline in find_deadlines(line, 1, None):
        assert deadline.quote.text in line
        assert deadline.sort is not When.DATE or deadline.day is not None
    for quantity in find_quantities(line, 1, "1"):
        assert quantity.quote.text in line


@given(st.integers(1, 9999))
def test_a_number_is_the_same_in_both_scripts(number: int) -> None:
    assert read_whole(str(number)) == number
    assert read_whole(in_chinese(number)) == number


def in_chinese(number: int) -> str:
    digits, places = "零一二三四五六七八九", ("", "十", "百", "千")
    text = ""
    for place, digit in zip(range(len(str(number)) - 1, -1, -1), str(number), strict=True):
        text += digits[int(digit)] + places[place] if digit != "0" else "零"
    return re.sub("零+", "零", text).strip("零")


@given(st.integers(0, 10_000))
def test_every_sentence_has_its_own_letters(place: int) -> None:
    assert letters(place) != letters(place + 1)
    assert len(letters(place)) <= len(letters(place + 1))


def test_numbers_that_are_none_are_not_read() -> None:
    assert [read_whole(text) for text in ("", "三五", "3.5", "abc", "-1", "①", "²", "9" * 13)] == [None] * 8
    assert [read_amount(text) for text in ("半", "4.5", "1.2.3", "两")] == [0.5, 4.5, None, 2]


def test_days_that_do_not_exist_are_none() -> None:
    assert day_of(2031, 2, 29) is None
    assert day_of(None, 2, 1) is None
    assert end_of_month(2032, 2) == date(2032, 2, 29)
    assert end_of_month(2031, 13) is None
    assert end_of_month(9999, 12) is None
