"""An inspection from the checklist of the plan to the second look: one puts right what fails, another checks it."""

from __future__ import annotations

import re

import pytest

from lianfang.acts.in_force import InForce
from lianfang.core.access.actor import Duty
from lianfang.ledger.models import Attachment, Fact, Loop, Obligation
from lianfang.ledger.subjects import Belonging, know
from tests import cast
from tests.web.today.visit import visit

STORE = "L-store"
ADDRESS = f"/supervision/place/{STORE}/?list=cold-store"
FINE = {"ok-1": "yes", "value-2": "-20", "note-3": "通道照片一张"}
"""Records complete, cold enough, a photo of the exit."""


@pytest.fixture(autouse=True)
def _store(town: InForce) -> None:
    """A cold store in East Town's cell."""
    know([Belonging("place", STORE, name="虚构冷库", homes=("east-cell",))])


def checked() -> dict[str, object]:
    return {fact.values["item"]: fact.values.get("ok") for fact in Fact.objects.filter(kind="checked_item")}


def sent(**changes: str) -> dict[str, str]:
    return {**FINE, "key": "k", **{name.replace("_", "-"): text for name, text in changes.items()}}


def test_the_form_has_the_items_of_the_plan_with_their_limits() -> None:
    html = visit(cast.xiao_li()).get(ADDRESS).content.decode()

    assert "台账完整" in html
    assert re.search(r'type="number"[^>]*name="value-2"', html)
    assert "≤ -18.0" in html


def test_an_inspection_records_every_item_and_the_visit() -> None:
    answer = visit(cast.xiao_li()).post(ADDRESS, sent())

    assert answer.status_code == 302
    assert checked() == {"cold-store/records": True, "cold-store/temperature": True, "cold-store/exit-photo": True}
    visit_ = Fact.objects.get(kind="inspection")
    assert (visit_.values["items"], visit_.values["failed"], visit_.values["ok"]) == (3, 0, True)


def test_an_unfinished_checklist_says_what_is_missing_and_records_nothing() -> None:
    answer = visit(cast.xiao_li()).post(ADDRESS, {"ok-1": "yes", "key": "k"})

    assert answer.status_code == 422
    assert "还差 2 项：库温、通道照片。" in answer.content.decode()
    assert not Fact.objects.filter(kind="checked_item").exists()


def test_a_temperature_above_the_limit_fails_and_opens_the_rectification() -> None:
    visit(cast.xiao_li()).post(ADDRESS, sent(value_2="-5"))

    assert checked()["cold-store/temperature"] is False
    assert Loop.objects.filter(measure="cold-store-temperature", subject=STORE).exists()


def test_what_is_not_in_order_needs_the_problem_in_words() -> None:
    answer = visit(cast.xiao_li()).post(ADDRESS, sent(ok_1="no"))

    assert answer.status_code == 422
    assert "不合格须写明问题" in answer.content.decode()


def test_owner_and_deadline_of_a_problem_are_kept_with_it() -> None:
    visit(cast.xiao_li()).post(ADDRESS, sent(ok_1="no", note_1="缺三天台账", due_1="2021-01-12T18:00", who_1="演示丁"))

    note = Fact.objects.get(kind="checked_item", values__item="cold-store/records").values["note"]
    ordered = Fact.objects.get(kind="rectification", values__step="ordered")
    assert note == "缺三天台账；整改责任人：演示丁；整改期限：01-12 18:00"
    assert ordered.values["due"].startswith("2021-01-12T18:00")


def test_sent_twice_an_inspection_is_recorded_once() -> None:
    client = visit(cast.xiao_li())
    client.post(ADDRESS, sent())
    client.post(ADDRESS, sent())

    assert Fact.objects.filter(kind="inspection").count() == 1


def test_a_photo_is_kept_and_a_program_is_refused() -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    client = visit(cast.xiao_li())
    bad = client.post(ADDRESS, {**sent(), "files": SimpleUploadedFile("x.exe", b"MZ")})
    good = client.post(ADDRESS, {**sent(), "files": SimpleUploadedFile("x.png", b"\x89PNG 1")})

    assert (bad.status_code, good.status_code) == (422, 302)
    assert [file.name for file in Attachment.objects.all()] == ["x.png"]


def test_an_officer_of_another_district_finds_no_such_place() -> None:
    assert visit(cast.xiao_chen()).get(ADDRESS).status_code == 404


def test_command_does_not_inspect() -> None:
    answer = visit(cast.officer("zhihui", "headquarters", Duty.COMMAND)).get(ADDRESS)

    assert answer.status_code == 403


def rectification() -> Obligation:
    return Obligation.objects.get(measure="cold-store-records", requirement="rectified")


def second_look() -> Obligation:
    return Obligation.objects.get(measure="cold-store-records", requirement="rectified/rechecked")


def put_right() -> None:
    visit(cast.xiao_li()).post(ADDRESS, sent(ok_1="no", note_1="缺三天台账"))
    answer = visit(cast.lao_wang()).post(f"/supervision/{rectification().id}/rectify/", {"text": "已补齐", "key": "r"})
    assert answer.status_code == 302


def test_findings_stand_on_the_list_until_they_are_put_right_and_seen_again() -> None:
    client = visit(cast.xiao_li())
    put_right()

    waiting = client.get("/supervision/?of=recheck").content.decode()
    client.post(f"/supervision/{second_look().id}/recheck/", {"ok": "yes", "key": "c"})

    assert "虚构冷库" in waiting
    assert rectification().status == "met"
    assert second_look().status == "met"
    assert "虚构冷库" not in client.get("/supervision/?of=recheck").content.decode()


def test_who_reported_the_rectification_does_not_check_it() -> None:
    put_right()

    answer = visit(cast.lao_wang()).post(f"/supervision/{second_look().id}/recheck/", {"ok": "yes", "key": "c"})

    assert answer.status_code == 422
    assert "须由两个人完成" in answer.content.decode()
    assert second_look().status == "due"


def test_a_recheck_without_a_result_is_refused() -> None:
    put_right()

    answer = visit(cast.xiao_li()).post(f"/supervision/{second_look().id}/recheck/", {"key": "c"})

    assert answer.status_code == 422
    assert "请选合格或不合格" in answer.content.decode()
