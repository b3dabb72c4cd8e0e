"""The living plan: its clauses with what is owed, the sheet of one clause, names masked, earlier days, reminders."""

from __future__ import annotations

import re
from datetime import timedelta

from lianfang.acts.in_force import InForce
from lianfang.ledger.bar import bar
from lianfang.ledger.models import Account, Note, Obligation
from tests import cast
from tests.cast import NOON
from tests.web.today.visit import visit


def page(address: str, actor: str = "xiao_li") -> str:
    answer = visit(getattr(cast, actor)()).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def words(text: str) -> str:
    """What a reader sees, without tags and white space."""
    return re.sub(r"\s+", "", re.sub(r"<[^>]*>", "", text))


def test_a_clause_shows_its_text_how_it_runs_and_who_is_late(town: InForce) -> None:
    cast.arrived("P-1", days_ago=3)

    text = page("/plan/clause/demo:1.3/")

    assert "每日健康监测" in words(text)
    assert "人员闭环高风险地区来返人员" in words(text)
    assert "每天一次" in words(text)
    assert "测**" not in text
    assert "测*甲" in text or "测试甲" not in text


def test_nobody_is_named_in_full(town: InForce) -> None:
    cast.arrived("P-1", days_ago=3)

    assert "测试甲" not in page("/plan/clause/demo:1.3/")


def test_the_numbers_of_the_clause_are_those_of_the_bar(town: InForce) -> None:
    for number in range(3):
        cast.arrived(f"P-{number}", days_ago=3)

    counted = bar(Obligation.objects.filter(requirement="daily-check"), now=NOON, zone=town.plan.zone)

    assert counted.overdue > 0
    assert f"逾期{counted.overdue}项" in words(page("/plan/clause/demo:1.3/"))


def test_the_whole_plan_lists_the_clauses_with_most_overdue(town: InForce) -> None:
    cast.arrived("P-1", days_ago=3)

    text = page("/plan/")

    assert "/plan/clause/demo:1.3/" in text


def test_a_principle_says_that_it_owes_nothing(town: InForce) -> None:
    assert "原则，不产生应办" in page("/plan/clause/demo:1.8/")


def test_a_clause_carried_by_stages_says_so(town: InForce) -> None:
    text = words(page("/plan/clause/demo:1.1/"))

    assert "集中隔离21天" in text.replace(" ", "") or "集中隔离14天" in text.replace(" ", "")


def test_a_number_of_the_text_opens_its_parameter(town: InForce) -> None:
    text = page("/plan/clause/demo:1.1/")

    assert "/why/parameter/high_risk.home_days" in text
    assert "2020-05-21" in page("/why/parameter/high_risk.home_days")


def test_an_earlier_day_has_fewer_overdue_and_cannot_be_worked_on(town: InForce) -> None:
    cast.arrived("P-1", days_ago=5)
    day = (NOON - timedelta(days=3)).date().isoformat()

    now, then = page("/plan/clause/demo:1.3/"), page(f"/plan/clause/demo:1.3/?as_of={day}")

    late = re.compile(r"逾期(\d+)项")
    assert int(late.findall(words(then))[0]) < int(late.findall(words(now))[0])
    assert "记录办理" in now
    assert "记录办理" not in then


def test_a_town_sees_only_its_own_people(town: InForce) -> None:
    cast.arrived("P-1", days_ago=3, unit="west-cell")

    assert "/subject/person/P-1/" not in page("/plan/clause/demo:1.3/", "lao_wang")
    assert "/subject/person/P-1/" in page("/plan/clause/demo:1.3/")


def test_searching_narrows_the_tree_to_clauses_that_speak_of_it(town: InForce) -> None:
    text = page("/plan/?pack=demo&q=定点医院")

    tree = text[text.index("trunk") :]
    assert "demo:1.4" in tree
    assert "demo:1.3/" not in tree[: tree.index("plan-hints")]


def test_one_press_reminds_everybody_who_is_late(town: InForce) -> None:
    cast.arrived("P-1", days_ago=3)
    client = visit(cast.office())

    client.post("/plan/clause/demo:1.3/remind/")

    late = Obligation.objects.filter(requirement="daily-check", status="overdue").count()
    assert Note.objects.filter(kind="reminder").count() == late > 0


def test_a_grid_worker_may_not_remind(town: InForce) -> None:
    cast.arrived("P-1", days_ago=3)

    assert visit(cast.grid_worker()).post("/plan/clause/demo:1.3/remind/").status_code == 403


def test_printed_it_is_a_list_to_sign(town: InForce) -> None:
    cast.arrived("P-1", days_ago=3)

    text = page("/plan/clause/demo:1.3/?print=1")

    assert "签收" in text
    assert "测试甲" not in text


def test_an_unknown_clause_is_not_there(town: InForce) -> None:
    assert visit(cast.xiao_li()).get("/plan/clause/demo:9.9/").status_code == 404


def test_the_sheet_speaks_english_to_who_chose_it(town: InForce) -> None:
    cast.arrived("P-1", days_ago=3)
    client = visit(cast.xiao_li())
    Account.objects.update(language="en")

    text = client.get("/plan/clause/demo:1.3/").content.decode()

    assert "Why overdue" in text
    assert "loop of a person" in text
    assert "为什么逾期" not in text
