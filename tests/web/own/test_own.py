"""A resident's own page: her own matters in plain words, and nobody else's."""

from __future__ import annotations

from django.test import Client

from lianfang.acts.in_force import InForce
from lianfang.acts.issue_paper import issue_paper
from lianfang.ledger.models import Account, Fact, Note, Obligation
from tests import cast
from tests.cast import NOON
from tests.web.today.visit import HTMX, visit


def resident(person: str) -> Client:
    account = Account.objects.create(username=f"r-{person}", person=person)
    client = Client()
    client.force_login(account)
    return client


def test_who_is_isolated_sees_day_end_and_what_is_to_be_done(town: InForce) -> None:
    cast.arrived("P-1", days_ago=3)

    text = resident("P-1").get("/own/").content.decode()

    assert "第 4 天" in text
    assert "解除。" in text
    assert "我有异议" in text


def test_who_is_under_no_measure_is_told_so(town: InForce) -> None:
    cast.resident("P-1")

    assert "没有对您的管控措施" in resident("P-1").get("/own/").content.decode()


def test_the_reasons_of_ones_own_matters_are_given_and_of_others_refused(town: InForce) -> None:
    cast.arrived("P-1")
    cast.arrived("P-2")
    own, other = (cast.loop(person, "high-risk-arrival").pk for person in ("P-1", "P-2"))
    due, others_due = (Obligation.objects.filter(subject=person)[0].pk for person in ("P-1", "P-2"))
    browser = resident("P-1")

    assert "条文" in browser.get(f"/own/why/loop/{own}/", headers=HTMX).content.decode()
    assert browser.get(f"/own/why/{due}/").status_code == 200
    assert browser.get(f"/own/why/loop/{other}/").status_code == 403
    assert browser.get(f"/own/why/{others_due}/").status_code == 403


def test_a_declaration_is_recorded_about_oneself(town: InForce) -> None:
    cast.resident("P-1")

    answer = resident("P-1").post(
        "/own/declare/health_check/", {"v-temperature": "36.6", "v-symptoms": "no", "key": "k"}, follow=True
    )

    assert "已收到您的申报" in answer.content.decode()
    assert Fact.objects.get(kind="health_check").subject == "P-1"


def test_a_declaration_without_its_needed_part_is_asked_again(town: InForce) -> None:
    cast.resident("P-1")

    answer = resident("P-1").post("/own/declare/health_check/", {"v-symptoms": "no", "key": "k"})

    assert answer.status_code == 422
    assert not Fact.objects.filter(kind="health_check").exists()


def test_what_cannot_be_declared_has_no_form(town: InForce) -> None:
    cast.resident("P-1")

    assert resident("P-1").get("/own/declare/test/").status_code == 404


def test_an_appeal_goes_to_the_officers_and_the_answer_comes_back(town: InForce) -> None:
    cast.arrived("P-1")
    loop = cast.loop("P-1", "high-risk-arrival").pk
    browser, officer = resident("P-1"), visit(cast.lao_wang())
    browser.post(f"/own/appeal/{loop}/", {"why": "到达日期不对", "key": "k"})
    asked = officer.get("/own/appeals/").content.decode()
    assert "到达日期不对" in asked
    assert "测试甲" not in asked

    officer.post(f"/own/appeals/{Note.objects.get().pk}/", {"text": "已核对车票，日期无误"})

    assert "已核对车票，日期无误" in browser.get("/own/").content.decode()
    assert "到达日期不对" not in officer.get("/own/appeals/").content.decode()


def test_ones_own_paper_opens_and_anothers_does_not(town: InForce) -> None:
    for person in ("P-1", "P-2"):
        cast.arrived(person)
    own, other = (
        issue_paper("isolation_notice", str(cast.loop(person, "high-risk-arrival").pk), actor=cast.xiao_li(), now=NOON)
        for person in ("P-1", "P-2")
    )
    browser = resident("P-1")

    assert browser.get(f"/own/paper/{own}/")["Content-Type"] == "application/pdf"
    assert browser.get(f"/own/paper/{other}/").status_code == 404


def test_a_resident_sees_who_looked_at_her_file_by_post_and_not_by_name(town: InForce) -> None:
    cast.arrived("P-1")
    visit(cast.lao_wang()).get("/subject/person/P-1/")

    text = resident("P-1").get("/own/").content.decode()

    assert "east 岗" in text
    assert "老王" not in text


def test_officers_have_no_own_page_and_residents_no_other(town: InForce) -> None:
    cast.resident("P-1")
    browser = resident("P-1")

    assert visit(cast.lao_wang()).get("/own/").status_code == 403
    for address in ("/board/", "/today/", "/register/person/", "/subject/person/P-1/", "/own/appeals/", "/papers/"):
        assert browser.get(address).status_code == 403
