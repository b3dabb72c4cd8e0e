"""One tap gives the evidence, once however often it is sent; it can be taken back; one button does a whole place."""

from __future__ import annotations

import json
import re
from datetime import timedelta

from lianfang.acts.in_force import InForce
from lianfang.ledger.models import Fact, JournalEntry, Obligation
from tests import cast
from tests.cast import NOON
from tests.web.today.visit import HTMX, visit


def check(person: str = "P-1") -> Obligation:
    """The health check of the second day, due today."""
    return cast.owed(person, "daily-check", 2)


def said(person: str = "P-1") -> list[dict[str, object]]:
    return list(Fact.objects.filter(kind="health_check", subject=person).values_list("values", flat=True))


def test_one_tap_records_the_evidence_and_the_row_says_done(town: InForce) -> None:
    cast.arrived("P-1", days_ago=1)
    client = visit(cast.grid_worker(), phone=True)

    answer = client.post(f"/today/{check().id}/done/", {"key": "k1"}, headers=HTMX)

    assert answer.status_code == 200
    assert check().status == "met"
    assert "撤回" in answer.content.decode()
    assert 'id="standing" hx-swap-oob="true"' in answer.content.decode()


def test_sent_twice_with_the_same_key_it_is_recorded_once(town: InForce) -> None:
    cast.arrived("P-1", days_ago=1)
    client = visit(cast.grid_worker(), phone=True)

    answers = [client.post(f"/today/{check().id}/done/", {"key": "k1"}, headers=HTMX) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert len(said()) == 1


def test_the_rarer_answer_opens_its_fields_and_records_what_is_filled_in(town: InForce) -> None:
    cast.arrived("P-1", days_ago=1)
    client = visit(cast.grid_worker(), phone=True)

    form = client.get(f"/today/{check().id}/form/?answer=quiet", headers=HTMX).content.decode()
    client.post(f"/today/{check().id}/done/", {"answer": "quiet", "v-temperature": "38.2", "key": "k"}, headers=HTMX)

    assert "体温" in form
    assert said() == [{"symptoms": True, "temperature": 38.2}]


def test_a_number_beyond_its_limits_is_refused_beside_its_field(town: InForce) -> None:
    cast.arrived("P-1", days_ago=1)
    client = visit(cast.grid_worker(), phone=True)

    answer = client.post(
        f"/today/{check().id}/done/", {"answer": "quiet", "v-temperature": "382", "key": "k"}, headers=HTMX
    )

    assert answer.status_code == 422
    assert 'class="wrong"' in answer.content.decode()
    assert said() == []


def test_what_lies_ahead_cannot_be_recorded(town: InForce) -> None:
    cast.arrived("P-1", days_ago=1)
    tomorrow = (NOON + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")

    answer = visit(cast.grid_worker()).post(f"/today/{check().id}/done/", {"at": tomorrow, "key": "k"}, headers=HTMX)

    assert answer.status_code == 422
    assert said() == []


def test_what_was_just_recorded_can_be_taken_back(town: InForce) -> None:
    cast.arrived("P-1", days_ago=1)
    client = visit(cast.grid_worker(), phone=True)
    answer = client.post(f"/today/{check().id}/done/", {"key": "k1"}, headers=HTMX)
    undo = json.loads(answer["HX-Trigger"])["told"]["undo"]

    back = client.post(undo, {"item": str(check().id)}, headers=HTMX)

    assert back.status_code == 200
    assert check().status == "due"


def test_nobody_else_takes_it_back(town: InForce) -> None:
    cast.arrived("P-1", days_ago=1)
    answer = visit(cast.grid_worker()).post(f"/today/{check().id}/done/", {"key": "k1"}, headers=HTMX)
    undo = json.loads(answer["HX-Trigger"])["told"]["undo"]

    refused = visit(cast.lao_wang()).post(undo, headers=HTMX)

    assert refused.status_code == 409
    assert check().status == "met"


def test_one_button_does_everybody_at_a_place(town: InForce) -> None:
    people = ["P-1", "P-2", "P-3"]
    for person in people:
        cast.arrived(person, days_ago=1)
    client = visit(cast.grid_worker(), phone=True)
    html = client.get("/today/").content.decode()
    foot = next(part for part in re.findall(r'<form class="group-foot".*?</form>', html, re.S))
    ids = re.findall(r'name="id" value="([0-9a-f-]+)"', foot)

    answer = client.post("/today/together/", {"id": ids, "key": "k"}, headers=HTMX)

    assert "一起提交" in foot
    assert answer.status_code == 200
    assert {check(person).status for person in people} == {"met"}


def test_the_button_for_a_place_leaves_out_what_the_post_may_not_see(town: InForce) -> None:
    cast.arrived("P-1", days_ago=1, unit="east-cell")
    cast.arrived("P-2", days_ago=1, unit="west-cell")
    ids = [str(check("P-1").id), str(check("P-2").id)]

    visit(cast.grid_worker()).post("/today/together/", {"id": ids, "key": "k"}, headers=HTMX)

    assert (check("P-1").status, check("P-2").status) == ("met", "due")


def test_a_worker_of_another_cell_finds_no_such_item(town: InForce) -> None:
    cast.arrived("P-2", days_ago=1, unit="west-cell")

    answer = visit(cast.grid_worker()).post(f"/today/{check('P-2').id}/done/", {"key": "k"}, headers=HTMX)

    assert answer.status_code == 404
    assert said("P-2") == []


def test_the_auditor_records_nothing(town: InForce) -> None:
    cast.arrived("P-1", days_ago=1)

    answer = visit(cast.zhao_jie()).post(f"/today/{check().id}/done/", {"key": "k"}, headers=HTMX)

    assert answer.status_code == 403
    assert check().status == "due"


def test_the_tap_is_in_the_journal(town: InForce) -> None:
    cast.arrived("P-1", days_ago=1)

    visit(cast.grid_worker()).post(f"/today/{check().id}/done/", {"key": "k"}, headers=HTMX)

    newest = JournalEntry.objects.order_by("-no").first()
    assert newest is not None
    assert (newest.account, newest.act, newest.about) == ("xiaozhou", "record_fact", "person:P-1")


def test_without_scripts_the_form_leads_back_to_the_list(town: InForce) -> None:
    cast.arrived("P-1", days_ago=1)

    answer = visit(cast.grid_worker()).post(f"/today/{check().id}/done/", {"key": "k"})

    assert (answer.status_code, answer["Location"]) == (302, "/today/")
    assert check().status == "met"


def test_the_sheet_of_an_item_says_why_by_when_and_asks_what_is_needed(town: InForce) -> None:
    cast.arrived("P-1", days_ago=1)
    sheet = visit(cast.xiao_li()).get(f"/today/{check().id}/", headers=HTMX).content.decode()

    assert "依据" in sheet
    assert "剩" in sheet
    assert "正常" in sheet
    assert "异常" in sheet
