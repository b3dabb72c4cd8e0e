"""The menu shows a post what it may open, and marks where one is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import path

from lianfang.core.access.actor import Actor, Duty
from lianfang.web.parts.nav import PAGES, TABS, shown


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


urlpatterns = [path(f"{url}/", page, name=url) for url in sorted({entry.url for entry in (*PAGES, *TABS)})]


@pytest.fixture(autouse=True)
def _all_pages_there() -> Iterator[None]:
    with override_settings(ROOT_URLCONF=__name__):
        yield


def actor(*duties: Duty) -> Actor:
    return Actor("demo", "例某", "岗", "unit", "root/unit/", frozenset(duties), subject="P-1")


def words(*duties: Duty, tabs: bool = False) -> list[str]:
    return [str(entry.word) for entry in shown(TABS if tabs else PAGES, actor(*duties), "", "")]


def test_the_grid_worker_sees_her_day_and_neither_import_nor_journal() -> None:
    assert words(Duty.GRID)[0] == "今日应办"
    assert not {"台账导入", "日志", "文书"} & set(words(Duty.GRID))


def test_the_auditor_finds_the_journal_in_the_menu() -> None:
    assert "日志" in words(Duty.AUDIT)


def test_a_citizen_sees_only_her_own() -> None:
    assert words(Duty.CITIZEN) == ["我的事项"]
    assert words(Duty.CITIZEN, tabs=True) == ["我的事项", "我的"]


def test_the_grid_workers_phone_has_four_tabs() -> None:
    assert words(Duty.GRID, tabs=True) == ["今日", "登记", "查找", "我的"]


def test_somebody_without_a_duty_has_an_empty_menu() -> None:
    assert words() == []


@pytest.mark.parametrize(
    ("room", "url", "current"),
    [
        ("today", "today", "今日"),
        ("today", "today-item", "今日"),
        ("today", "record-person", "登记"),
        ("today", "me", "我的"),
        ("account", "usersessions_list", "我的"),
    ],
)
def test_exactly_one_tab_is_marked_as_the_place_one_is_at(room: str, url: str, current: str) -> None:
    found = shown(TABS, actor(Duty.GRID), room, url)
    assert [str(entry.word) for entry in found if entry.current] == [current]


def test_a_page_that_does_not_exist_is_not_in_the_menu() -> None:
    with override_settings(ROOT_URLCONF="lianfang.web.gallery.urls"):
        assert shown(PAGES, actor(Duty.GRID), "", "") == ()
