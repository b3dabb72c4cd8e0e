"""Pages that say no: what was found, what is allowed, what to do, and never more than that."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from lianfang.core.access.actor import Duty
from lianfang.ledger.models import Account, Holding, Unit

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.parts.addresses")]


@pytest.fixture
def client_of_grid(client: Client) -> Client:
    """A grid worker who has signed in."""
    cache.clear()
    unit = Unit.objects.create(id="cell", name="测试社区 第3网格", kind="cell", path="root/cell/")
    account = Account.objects.create(username="grid", title="例某")
    since = datetime(2026, 1, 1, tzinfo=UTC)
    Holding.objects.create(account=account, post="网格员", unit=unit, duties=[Duty.GRID.value], since=since)
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_a_page_for_others_says_which_duty_it_needs_and_which_the_post_has(client_of_grid: Client) -> None:
    answer = client_of_grid.get(reverse("journal"))
    page = answer.content.decode()
    assert answer.status_code == 403
    for word in ("审计", "网格员", "测试社区 第3网格·网格员", "回到首页"):
        assert word in page


def test_the_same_in_english(client_of_grid: Client) -> None:
    client_of_grid.post(reverse("language"), {"language": "en"})
    page = client_of_grid.get(reverse("journal")).content.decode()
    assert "You may not read the journal" in page
    assert "这一页" not in page


def test_a_visitor_is_led_to_the_entrance_and_back(client: Client) -> None:
    answer = client.get(reverse("journal"))
    assert answer.headers["Location"] == f"{reverse('account_login')}?next={reverse('journal')}"


def test_a_page_that_is_not_there_says_what_to_do(client: Client) -> None:
    answer = client.get("/nowhere/")
    assert answer.status_code == 404
    assert "地址 /nowhere/ 没有内容" in answer.content.decode()


def test_an_address_cannot_bring_markup_into_the_page(client: Client) -> None:
    assert "<script>x" not in client.get("/<script>x/").content.decode()


def test_a_form_without_its_token_is_refused_in_words() -> None:
    answer = Client(enforce_csrf_checks=True).post(reverse("account_login"), {"login": "grid", "password": "x"})
    assert answer.status_code == 403
    assert "这张表单已失效" in answer.content.decode()


def test_a_fault_is_told_in_both_languages_and_shows_nothing_of_itself() -> None:
    answer = Client(raise_request_exception=False).get("/breaks/")
    page = answer.content.decode()
    assert answer.status_code == 500
    assert "没有写入" in page
    assert "was not saved" in page
    assert "made up" not in page
