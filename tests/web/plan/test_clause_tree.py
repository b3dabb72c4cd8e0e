"""The tree follows the numbers of the paper; amounts in a text are its parameters; units roll up; asked in words."""

from __future__ import annotations

from datetime import date

import pytest

from lianfang.core.language.measure import Fixed, Mode, Offset, Requirement, Shape, Words
from lianfang.core.language.plan import Clause, Parameter, Plan


def plan(*numbers: str) -> Plan:
    clauses = {f"city:{n}": Clause(f"city:{n}", "rule", Words(n, n)) for n in numbers}
    headings = {"city:1": Words("人员", "people")}
    return Plan("own", Words("x", "x"), date(2020, 1, 1), clauses=clauses, headings=headings, packs=("city", "own"))


def test_clauses_stand_under_their_sections_in_the_order_of_the_paper() -> None:
    from lianfang.web.plan.tree import clause_tree, walk

    nodes = clause_tree(plan("1.2.a", "1.2.b", "1.1.a", "A"), "city")

    assert [node.number for node in walk(nodes)] == ["1", "1.2", "1.2.a", "1.2.b", "1.1", "1.1.a", "A"]


def test_chapters_have_chinese_numbers_and_their_heading() -> None:
    from lianfang.web.plan.tree import clause_tree

    (first,) = clause_tree(plan("1.1.a"), "city")

    assert (first.shown_number, first.words.zh) == ("一", "人员")


def test_a_section_holds_every_clause_below_it() -> None:
    from lianfang.web.plan.tree import above, clause_tree

    nodes = clause_tree(plan("1.2.a", "1.2.b", "1.3"), "city")

    assert above(nodes, "city:1.2")[-1].clauses == {"city:1.2.a", "city:1.2.b"}
    assert above(nodes, "city:1.9") == ()


@pytest.mark.parametrize(
    ("text", "unit", "value", "found"),
    [
        ("集中隔离十四天后", "d", 14, "十四天"),
        ("集中隔离两周", "d", 14, "两周"),
        ("两小时内转运", "h", 2, "两小时"),
        ("共检测4次", "count", 4, "4次"),
        ("体温37.3℃以上", "celsius", 37.3, "37.3℃"),
    ],
)
def test_an_amount_in_the_text_is_its_parameter(text: str, unit: str, value: float, found: str) -> None:
    from lianfang.web.plan.wording import pieces

    known = Parameter("p", Words("参数", "p"), unit, "1", ((date(2020, 1, 1), value),))

    assert [piece.text for piece in pieces(text, [known]) if piece.parameter] == [found]


def test_another_amount_stays_plain_text() -> None:
    from lianfang.web.plan.wording import pieces

    known = Parameter("p", Words("参数", "p"), "d", "1", ((date(2020, 1, 1), 7),))

    assert [piece.parameter for piece in pieces("集中隔离14天", [known])] == [""]


@pytest.mark.parametrize(
    ("due", "said"),
    [
        (Offset(0, 86_400), "开启后 24 小时内"),
        (Offset(0, 2 * 86_400), "开启后 2 天内"),
        (Offset(0, 0, Mode.DAY_END), "开启第 1 天内"),
        (Offset(1), "开启后 1 个月内"),
        (None, "没有自己的期限"),
    ],
)
def test_a_due_time_is_said_in_plain_words(due: Offset | None, said: str) -> None:
    from lianfang.web.plan.mechanism import asks

    requirement = Requirement("r", Words("r", "r"), Shape.WINDOW, anchor=Fixed.OPENING, due=due)

    assert asks(plan("1"), requirement).zh == said


def test_a_unit_counts_everything_below_it() -> None:
    from lianfang.ledger.bar import Bar
    from lianfang.web.plan.progress import unit_rows

    bars = {
        "h/a/x/": Bar(1, 0, 0, 0, 2),
        "h/a/y/": Bar(3, 0, 0, 0, 0),
        "h/b/": Bar(0, 0, 1, 0, 0),
        "h/": Bar(1, 0, 0, 0, 0),
    }

    rows = {row.path: row for row in unit_rows(bars, {"h/a/x/": 5}, {"h/a/": "甲镇"}, "h/")}

    assert (rows["h/a/"].bar.met, rows["h/a/"].bar.overdue, rows["h/a/"].subjects) == (4, 2, 5)
    assert rows["h/a/"].deeper
    assert not rows["h/b/"].deeper
    assert rows["h/"].bar.met == 1
