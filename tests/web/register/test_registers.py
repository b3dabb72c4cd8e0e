"""Registers: filters, masking, jurisdiction, pages by key, kept views, Excel with its right and its journal line."""

from __future__ import annotations

from datetime import timedelta

import pytest

from lianfang.acts.in_force import InForce
from lianfang.ledger.bar import bar
from lianfang.ledger.models import Obligation, SavedView
from lianfang.reach.sheets.read import read_sheet
from tests import cast
from tests.cast import NOON
from tests.web.today.visit import visit


def page(address: str, actor: str = "xiao_li") -> str:
    answer = visit(getattr(cast, actor)()).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def shown(text: str) -> set[str]:
    """The persons whose files a list opens."""
    return {name for name in ("P-1", "P-2", "P-3") if f"/subject/person/{name}/" in text}


def test_the_register_lists_who_is_under_management_with_masked_names(town: InForce) -> None:
    cast.arrived("P-1")

    text = page("/register/person/")

    assert shown(text) == {"P-1"}
    assert "测*甲" in text
    assert "测试甲" not in text
    assert "集中隔离 第" in text


def test_a_street_worker_sees_only_her_own_street(town: InForce) -> None:
    cast.arrived("P-1", unit="east-cell")
    cast.arrived("P-2", unit="west-cell")

    assert shown(page("/register/person/", "lao_wang")) == {"P-1"}


def test_another_district_sees_nothing(town: InForce) -> None:
    cast.arrived("P-1")

    for address in (
        "/register/person/",
        "/register/person/?list=all",
        "/register/obligation/",
        "/register/fact/arrival/",
    ):
        assert shown(page(address, "xiao_chen")) == set()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("measure=high-risk-arrival", {"P-1"}),
        ("measure=medium-risk-arrival", {"P-2"}),
        ("under=headquarters/west/", {"P-2"}),
        ("overdue=1&measure=high-risk-arrival", {"P-1"}),
        ("state=released", set()),
        ("measure=high-risk-arrival&stage=home", set()),
        ("list=all", {"P-1", "P-2", "P-3"}),
        ("list=all&q=P-3", {"P-3"}),
        ("since=2021-06-01", set()),
    ],
)
def test_filters_leave_only_what_fits(town: InForce, query: str, expected: set[str]) -> None:
    cast.arrived("P-1", days_ago=3)
    cast.arrived("P-2", days_ago=1, level="medium", unit="west-cell")
    cast.resident("P-3")

    assert shown(page(f"/register/person/?{query}")) == expected


def test_obligations_are_filtered_by_clause_and_status(town: InForce) -> None:
    cast.arrived("P-1", days_ago=3)

    text = page("/register/obligation/?clause=demo:1.3&status=overdue")

    assert "每日健康监测" in text
    assert "首次采样" not in text


def test_the_list_behind_a_figure_has_as_many_rows_as_the_figure_says(town: InForce) -> None:
    for number in (1, 2):
        cast.arrived(f"P-{number}", days_ago=4)
    figure = bar(Obligation.objects.filter(requirement="daily-check"), now=NOON, zone=town.plan.zone)

    text = page("/register/obligation/?clause=demo:1.3&status=overdue")

    assert figure.overdue > 2
    assert f"{figure.overdue} 条" in text
    assert text.count("<tr data-row>") == figure.overdue


def test_the_pages_of_a_list_together_hold_every_row_once(town: InForce, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lianfang.web.register.views.SIZE", 2)
    for number in (1, 2, 3):
        cast.arrived(f"P-{number}")
    address = "/register/person/?measure=high-risk-arrival"

    first = page(address)
    after = first.split("&amp;after=")[1].split('"')[0]
    second = page(f"{address}&after={after}")

    assert shown(first) | shown(second) == {"P-1", "P-2", "P-3"}
    assert not shown(first) & shown(second)


def test_a_key_that_is_none_shows_the_first_page(town: InForce) -> None:
    cast.arrived("P-1")

    assert shown(page("/register/person/?after=nonsense")) == {"P-1"}
    assert shown(page("/register/person/?after=WyJhIiwgImIiXQ")) == {"P-1"}


def test_facts_of_a_kind_have_a_register_without_what_was_taken_back(town: InForce) -> None:
    from lianfang.acts.undo_fact import undo_fact

    cast.arrived("P-1")
    said = cast.tell("health_check", "person", "P-1", {"symptoms": True}, at=NOON - timedelta(hours=1))

    assert shown(page("/register/fact/health_check/")) == {"P-1"}
    undo_fact(said.facts[0], actor=cast.xiao_li(), now=NOON)
    assert shown(page("/register/fact/health_check/")) == set()


def test_excel_holds_the_rows_of_the_list_and_is_journalled(town: InForce) -> None:
    cast.arrived("P-1")
    cast.arrived("P-2")

    answer = visit(cast.xiao_li()).get("/register/person/excel/?measure=high-risk-arrival")

    sheet = read_sheet(answer.content, "list.xlsx", expected=["对象", "措施"])
    assert len(sheet) == 2
    assert "测试甲".encode() not in answer.content
    (line,) = cast.journalled("export")
    assert (line.account, line.details["rows"]) == ("xiaoli", 2)


def test_a_grid_worker_takes_no_list_along(town: InForce) -> None:
    cast.arrived("P-1")

    assert visit(cast.grid_worker()).get("/register/person/excel/").status_code == 403
    assert not cast.journalled("export")


def test_filters_are_kept_under_a_name_for_oneself_only(town: InForce) -> None:
    visit(cast.xiao_li()).post("/register/person/keep/", {"name": "高风险", "measure": "high-risk-arrival"})

    assert SavedView.objects.get().query == "measure=high-risk-arrival"
    assert "高风险</a>" in page("/register/person/")
    assert "高风险</a>" not in page("/register/person/", "lao_wang")


def test_a_kept_view_is_given_up_by_its_owner_only(town: InForce) -> None:
    visit(cast.xiao_li()).post("/register/person/keep/", {"name": "高风险", "measure": "high-risk-arrival"})
    view = SavedView.objects.get().pk

    assert visit(cast.lao_wang()).post(f"/register/person/forget/{view}/").status_code == 404
    assert visit(cast.xiao_li()).post(f"/register/person/forget/{view}/").status_code == 302
    assert not SavedView.objects.exists()


def test_an_empty_list_says_what_to_do(town: InForce) -> None:
    assert "没有符合条件的记录" in page("/register/person/")


def test_a_register_of_nothing_known_is_not_there(town: InForce) -> None:
    assert visit(cast.xiao_li()).get("/register/unicorn/").status_code == 404
