"""Units, posts and who is on duty: seen by all staff, changed by the office."""

from __future__ import annotations

from datetime import timedelta

from lianfang.acts.in_force import InForce
from lianfang.acts.set_absence import set_absence
from lianfang.ledger.models import Account, Holding
from tests import cast
from tests.cast import NOON
from tests.web.today.visit import visit

FORM = {"account": "xinren", "post": "值班岗", "duties": ["town"], "unit": "east", "since": "", "until": ""}


def appointed(**more: object) -> int:
    Account.objects.create(username="xinren", title="新人")
    return visit(cast.office()).post("/organisation/appoint/", {**FORM, **more}).status_code


def test_a_unit_shows_its_posts_and_the_clauses_it_carries_out(town: InForce) -> None:
    cast.arrived("P-1")
    visit(cast.health_bureau())

    text = visit(cast.zhao_jie()).get("/organisation/health/").content.decode()

    assert "health 岗" in text
    assert 'class="clause"' in text
    assert "任岗</button>" not in text


def test_the_office_appoints_and_the_holder_is_listed(town: InForce) -> None:
    assert appointed() == 302

    holding = Holding.objects.get(account__username="xinren")
    assert (holding.unit_id, holding.duties, holding.since) == ("east", ["town"], NOON)
    assert "新人" in visit(cast.zhao_jie()).get("/organisation/east/").content.decode()


def test_an_appointment_without_a_duty_says_what_is_missing_and_keeps_the_rest(town: InForce) -> None:
    Account.objects.create(username="xinren", title="新人")

    answer = visit(cast.office()).post("/organisation/appoint/", {**FORM, "duties": []})

    assert answer.status_code == 422
    assert "值班岗" in answer.content.decode()
    assert not Holding.objects.filter(account__username="xinren").exists()


def test_others_do_not_appoint(town: InForce) -> None:
    Account.objects.create(username="xinren")

    assert visit(cast.lao_wang()).post("/organisation/appoint/", FORM).status_code == 403
    assert not Holding.objects.filter(account__username="xinren").exists()


def test_nobody_reaches_a_unit_of_another_district(town: InForce) -> None:
    assert visit(cast.lao_wang()).get("/organisation/elsewhere/").status_code == 404


def test_a_post_whose_holder_is_away_without_a_deputy_is_a_gap(town: InForce) -> None:
    appointed()
    holding = Holding.objects.get(account__username="xinren")
    browser = visit(cast.office())
    assert "每个岗位都有人" in browser.get("/organisation/duty/").content.decode()

    set_absence(holding.pk, NOON - timedelta(hours=1), None, actor=cast.office(), now=NOON)

    text = browser.get("/organisation/duty/").content.decode()
    assert "1 个岗位无人" in text
    assert "新人 缺岗，没有副岗" in text


def test_an_absence_is_entered_and_ended_on_the_page(town: InForce) -> None:
    appointed()
    holding = Holding.objects.get(account__username="xinren")
    browser = visit(cast.office())

    browser.post(f"/organisation/holding/{holding.pk}/away/", {"since": "2021-01-10T08:00", "until": ""})
    away = holding.absences.get()
    assert "缺岗，返岗时间未定" in browser.get("/organisation/east/").content.decode()
    browser.post(f"/organisation/absence/{away.pk}/back/")

    away.refresh_from_db()
    assert away.until == NOON


def test_ending_a_post_keeps_it_in_the_list_as_ended(town: InForce) -> None:
    appointed()
    holding = Holding.objects.get(account__username="xinren")
    Holding.objects.filter(pk=holding.pk).update(since=NOON - timedelta(days=1))
    browser = visit(cast.office())

    browser.post(f"/organisation/holding/{holding.pk}/end/")

    assert "已结束" in browser.get("/organisation/east/").content.decode()
