"""What was not recorded in its window can only be made up with the time at which it happened."""

from __future__ import annotations

import pytest

from lianfang.ledger.models import Fact, Obligation
from tests import cast
from tests.web.today.visit import HTMX, visit

pytestmark = pytest.mark.usefixtures("town")


def yesterday() -> Obligation:
    """The check of the second of four days, overdue since last night."""
    return cast.owed("P-1", "daily-check", 2)


def test_one_tap_does_not_pretend_that_yesterdays_check_was_made_today() -> None:
    cast.arrived("P-1", days_ago=2)

    answer = visit(cast.grid_worker(), phone=True).post(f"/today/{yesterday().id}/done/", {"key": "k"}, headers=HTMX)

    assert answer.status_code == 422
    assert not Fact.objects.filter(kind="health_check").exists()


def test_made_up_with_its_time_it_is_done() -> None:
    cast.arrived("P-1", days_ago=2)
    client = visit(cast.grid_worker(), phone=True)

    form = client.get(f"/today/{yesterday().id}/form/", headers=HTMX).content.decode()
    client.post(f"/today/{yesterday().id}/done/", {"at": "2021-01-09T20:00", "key": "k"}, headers=HTMX)

    assert "时间（必填）" in form
    assert yesterday().status in ("met", "late")


def test_the_button_of_such_a_row_says_so() -> None:
    cast.arrived("P-1", days_ago=2)

    html = visit(cast.grid_worker(), phone=True).get("/today/?show=overdue").content.decode()

    assert "补记" in html


def test_it_is_not_among_what_one_button_does() -> None:
    cast.arrived("P-1", days_ago=2)

    visit(cast.grid_worker()).post("/today/together/", {"id": [str(yesterday().id)], "key": "k"}, headers=HTMX)

    assert yesterday().status == "overdue"
