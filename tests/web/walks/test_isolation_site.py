"""The manager of an isolation site admits somebody into a free room and lets somebody go whose time is over."""

from __future__ import annotations

from datetime import timedelta

from playwright.sync_api import expect

from lianfang.acts.place_person import place_person
from lianfang.ledger.models import Placement
from tests import cast
from tests.cast import NOON
from tests.web.walks.conftest import Opened

PHONE = "100 0000 0001"


def test_somebody_is_admitted_by_telephone_number_and_another_is_released(window: Opened) -> None:
    cast.resident("P-new", phone=PHONE)
    cast.resident("P-done")
    cast.room("301")
    room = cast.room("302")
    place_person("P-done", room.pk, at=NOON - timedelta(days=14), actor=cast.site_manager(), now=NOON)
    page = window(cast.site_manager(), "/rooms/?of=free", phone=True)

    page.get_by_role("link", name="办理入住").click()
    page.locator("#q").fill(PHONE)
    page.get_by_role("button", name="查找").click()
    page.get_by_role("button", name="入住 301").click()
    expect(page.locator("main")).to_contain_text("301")

    page.goto("/rooms/?of=leaving&q=302")
    page.get_by_role("link", name="换房或解除").click()
    page.get_by_role("button", name="解除，空出床位").click()
    page.wait_for_url(lambda url: "/stay/" not in url)

    inside = dict(Placement.objects.filter(during__upper_inf=True).values_list("person", "room__name"))
    assert inside == {"P-new": "301"}
