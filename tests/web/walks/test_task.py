"""A task between a unit and the office: handed in, returned with the reason, handed in again, accepted."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from lianfang.ledger.models import Fact, Obligation
from tests import cast
from tests.web.walks.conftest import Opened


def address() -> str:
    """To inspect the cold stores, owed by East Town."""
    task = Obligation.objects.get(subject="east", measure="task-cold-stores", requirement="hand-in")
    return f"/tasks/{task.id}/"


def steps() -> list[object]:
    return [row.values.get("step") for row in Fact.objects.filter(kind="task_report", subject="east").order_by("no")]


def minutes_later(monkeypatch: pytest.MonkeyPatch, minutes: int) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: cast.NOON + timedelta(minutes=minutes))


def test_a_task_is_handed_in_returned_with_the_reason_handed_in_again_and_accepted(
    window: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    town, office = window(cast.lao_wang(), address()), window(cast.office(), address())

    town.locator("#note").fill("已排查 2 处冷库")
    town.get_by_role("button", name="报送", exact=True).click()
    expect(town.locator("main")).to_contain_text("已报送，等验收")

    minutes_later(monkeypatch, 10)
    office.reload()
    office.locator("#answer").fill("缺第 3 处的记录，明日补上")
    office.get_by_role("button", name="退回", exact=True).click()
    expect(office.locator("main")).to_contain_text("缺第 3 处的记录，明日补上")

    minutes_later(monkeypatch, 20)
    town.goto(address())
    expect(town.locator(".head")).to_contain_text("已退回，等重新报送")
    expect(town.locator("main")).to_contain_text("缺第 3 处的记录，明日补上")
    town.locator("#note").fill("第 3 处的记录已补")
    town.get_by_role("button", name="报送", exact=True).click()
    expect(town.locator(".head")).to_contain_text("已报送，等验收")

    minutes_later(monkeypatch, 30)
    office.goto(address())
    office.get_by_role("button", name="验收通过", exact=True).click()
    expect(office.locator(".head")).to_contain_text("已验收")
    assert steps() == ["done", "returned", "done", "accepted_done"]
