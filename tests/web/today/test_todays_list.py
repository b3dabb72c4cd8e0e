"""The list of today: whose it is, in which order, what the bar counts, what stands when all is done."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client

from lianfang.acts.in_force import InForce
from lianfang.core.access.actor import Duty
from lianfang.ledger.models import Obligation
from tests import cast
from tests.cast import NOON
from tests.web.today.visit import visit


def page(client: Client, address: str = "/today/") -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return str(answer.content.decode())


def rows(html: str) -> list[str]:
    return re.findall(r'id="[ol]-([0-9a-f-]{36})"', html)


def numbers(**asked: object) -> set[str]:
    return {str(id) for id in Obligation.objects.filter(**asked).values_list("id", flat=True)}


def moved_to(address: str) -> None:
    """P-1 gave this address an hour ago."""
    values = {"name": "测试甲", "community": "east-cell", "address": address}
    cast.tell("person", "person", "P-1", values, at=NOON - timedelta(hours=1))


def test_a_grid_worker_sees_her_own_cell_and_no_other(town: InForce) -> None:
    cast.arrived("P-1", days_ago=2, unit="east-cell")
    cast.arrived("P-2", days_ago=2, unit="west-cell")

    shown = set(rows(page(visit(cast.grid_worker(), phone=True))))

    assert shown
    assert shown <= numbers(subject="P-1")


def test_names_stand_on_the_list_only_masked(town: InForce) -> None:
    cast.arrived("P-1", days_ago=2)

    html = page(visit(cast.grid_worker(), phone=True))

    assert "测*甲" in html
    assert "测试甲" not in html


def test_what_is_overdue_stands_first(town: InForce) -> None:
    cast.arrived("P-1", days_ago=3)
    open_ = {str(o.id): o.status for o in Obligation.objects.filter(subject="P-1")}

    shown = [open_[row] for row in rows(page(visit(cast.grid_worker(), phone=True)))]

    assert shown.index("overdue") == 0
    assert "due" in shown
    assert "overdue" not in shown[shown.index("due") :]


def test_the_bar_counts_what_the_list_shows(town: InForce) -> None:
    cast.arrived("P-1", days_ago=3)
    client = visit(cast.grid_worker(), phone=True)
    overdue = len(rows(page(client, "/today/?show=overdue")))
    due = len(rows(page(client, "/today/?show=due")))

    said = re.search(r"已办 (\d+)，应办 (\d+)，待补 (\d+)，逾期 (\d+)", page(client))

    assert said is not None
    assert (int(said[2]) + int(said[3]), int(said[4])) == (due, overdue)
    assert overdue > 0


def test_rows_stand_under_the_place_where_people_live(town: InForce) -> None:
    cast.arrived("P-1", days_ago=1)
    moved_to("演示花园2幢301")

    html = page(visit(cast.grid_worker(), phone=True))

    assert "<h2>演示花园2幢</h2>" in html


def test_an_address_is_shown_to_whoever_visits_and_to_no_department(town: InForce) -> None:
    cast.arrived("P-1", days_ago=1)
    moved_to("演示花园2幢301")

    assert "301" in page(visit(cast.grid_worker(), phone=True))
    assert "301" not in page(visit(cast.office()))


def test_when_all_is_done_the_page_says_so_and_what_comes_next(town: InForce) -> None:
    html = page(visit(cast.grid_worker(), phone=True))

    assert "今天的都办完了" in html
    assert "登记新来的人" in html


def test_a_department_first_sees_what_it_owes_itself(town: InForce) -> None:
    cast.arrived("P-1", days_ago=2)
    client = visit(cast.officer("duan", "headquarters", Duty.CDC))
    own = numbers(owner__in=["headquarters", "health", "police", "east", "west", "east-cell", "west-cell", "site"])

    shown = set(rows(page(client)))

    assert shown <= own


def test_a_long_list_goes_on_after_the_last_row_without_repeating_one(
    town: InForce, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lianfang.web.today.lists.SIZE", 2)
    for person in ("P-1", "P-2", "P-3"):
        cast.arrived(person, days_ago=3)
    client = visit(cast.grid_worker(), phone=True)
    seen: list[str] = []
    address = "/today/?show=overdue"
    for _ in range(40):
        html = page(client, address)
        seen += rows(html)
        more = re.search(r'href="(\?[^"]*after=[^"]+)"', html)
        if more is None:
            break
        address = "/today/" + more[1].replace("&amp;", "&")

    assert len(seen) == len(set(seen))
    assert set(seen) == numbers(status="overdue", subject_kind="person")


def test_an_officer_of_another_district_sees_nothing(town: InForce) -> None:
    cast.arrived("P-1", days_ago=2)

    assert rows(page(visit(cast.xiao_chen()))) == []


def test_the_system_administrator_has_no_list(town: InForce) -> None:
    answer = visit(cast.officer("admin", "headquarters", Duty.ADMIN)).get("/today/")

    assert answer.status_code == 403


def test_whoever_has_not_signed_in_is_asked_to(town: InForce) -> None:
    answer = Client().get("/today/")

    assert answer.status_code == 302
    assert "/account/login/" in answer["Location"]
