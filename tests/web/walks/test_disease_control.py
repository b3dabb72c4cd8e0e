"""Disease control records a positive result and sees in the person's file that the loop is another one now."""

from __future__ import annotations

from playwright.sync_api import expect

from lianfang.ledger.models import Fact, Loop
from tests import cast
from tests.web.walks.conftest import Opened


def test_a_positive_result_that_is_recorded_changes_the_loop(window: Opened) -> None:
    cast.arrived("P-1", days_ago=1)
    before = set(Loop.objects.filter(subject="P-1", state="running").values_list("measure", flat=True))
    page = window(cast.xiao_li(), "/today/record/person/P-1/test/")

    page.locator("[name='v-test']").select_option("nucleic_acid")
    page.locator("summary", has_text="还可以写明").click()
    page.locator("[name='at']").fill("2021-01-10T08:00")
    page.locator("[name='v-resulted_at']").fill("2021-01-10T11:30")
    page.locator("label:has([name='v-result'][value='positive'])").click()
    page.locator("main button.primary").click()
    page.wait_for_url(lambda url: not url.endswith("/test/"))
    page.goto("/subject/person/P-1/")

    expect(page.locator("main")).to_contain_text("阳性")
    assert Fact.objects.get(kind="test", subject="P-1").values["result"] == "positive"
    assert set(Loop.objects.filter(subject="P-1", state="running").values_list("measure", flat=True)) != before
