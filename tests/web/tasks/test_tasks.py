"""A task from the list to acceptance: handed in with proof, returned with the reason, accepted, brought upwards."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lianfang.core.access.actor import Duty
from lianfang.ledger.models import Attachment, Fact, Note, Obligation
from tests import cast
from tests.web.today.visit import visit

pytestmark = pytest.mark.usefixtures("town")


def task(unit: str = "east") -> Obligation:
    """To inspect the cold stores, due on 20 December."""
    return Obligation.objects.get(subject=unit, measure="task-cold-stores", requirement="hand-in")


def steps() -> list[object]:
    rows = Fact.objects.filter(kind="task_report", subject="east").order_by("no")
    return [row.values.get("step") for row in rows]


def hand_in(client: Client, *files: SimpleUploadedFile, key: str = "h") -> int:
    data = {"text": "已排查 3 处冷库", "key": key, "files": list(files)}
    return client.post(f"/tasks/{task().id}/hand-in/", data).status_code


def test_a_town_sees_its_own_tasks_and_not_those_of_another() -> None:
    html = visit(cast.lao_wang()).get("/tasks/").content.decode()

    assert f"/tasks/{task('east').id}/" in html
    assert f"/tasks/{task('west').id}/" not in html


def test_the_sheet_names_who_leads_the_deadline_and_how_far_it_is() -> None:
    html = visit(cast.office()).get(f"/tasks/{task().id}/").content.decode()

    assert "排查冷库" in html
    assert "东镇、西镇" in html
    assert "2020-12-20" in html
    assert "2 项应报，已报 0 项（0.0%）" in html


def test_what_is_handed_in_with_files_is_kept_and_counts() -> None:
    client = visit(cast.lao_wang())

    status = hand_in(client, SimpleUploadedFile("清单.pdf", b"%PDF-1.7 x"))
    html = client.get(f"/tasks/{task().id}/").content.decode()

    assert status == 302
    assert task().status == "late"
    assert "已报送，等验收" in html
    assert "清单.pdf" in html


def test_handed_in_twice_with_one_key_it_is_there_once() -> None:
    client = visit(cast.lao_wang())
    hand_in(client)
    hand_in(client)

    assert len(steps()) == 1


def test_a_file_that_is_not_what_its_name_says_is_refused_and_nothing_is_handed_in() -> None:
    client = visit(cast.lao_wang())

    status = hand_in(client, SimpleUploadedFile("清单.pdf", b"MZ program"))

    assert status == 422
    assert steps() == []
    assert not Attachment.objects.exists()


def test_too_many_files_at_once_are_refused() -> None:
    many = [SimpleUploadedFile(f"{number}.txt", b"x") for number in range(11)]

    assert hand_in(visit(cast.lao_wang()), *many) == 422
    assert not Attachment.objects.exists()


def test_a_file_is_opened_by_whoever_may_see_the_task_and_by_nobody_else() -> None:
    hand_in(visit(cast.lao_wang()), SimpleUploadedFile("a.txt", b"proof"))
    address = f"/tasks/file/{Attachment.objects.get().pk}/"

    answer = visit(cast.office()).get(address)

    assert answer.content == b"proof"
    assert answer["Content-Disposition"].startswith("attachment")
    assert visit(cast.officer("xizhen", "west", Duty.TOWN)).get(address).status_code == 404
    assert visit(cast.xiao_chen()).get(address).status_code == 404


def test_the_office_returns_it_with_a_reason_and_accepts_the_second_time() -> None:
    town, office = visit(cast.lao_wang()), visit(cast.office())
    hand_in(town)

    office.post(f"/tasks/{task().id}/return/", {"text": "缺北库照片", "key": "r"})
    read = town.get(f"/tasks/{task().id}/").content.decode()
    again = Obligation.objects.get(subject="east", measure="task-cold-stores", requirement="hand-in-again")
    town.post(f"/tasks/{again.id}/hand-in/", {"text": "已补", "key": "h2"})
    office.post(f"/tasks/{task().id}/accept/", {"key": "a"})

    assert "缺北库照片" in read
    assert steps()[-1] == "accepted_done"
    assert "已验收" in office.get(f"/tasks/{task().id}/").content.decode()


def test_a_return_without_a_reason_is_refused() -> None:
    hand_in(visit(cast.lao_wang()))

    answer = visit(cast.office()).post(f"/tasks/{task().id}/return/", {"text": " ", "key": "r"})

    assert answer.status_code == 422
    assert "退回须写明理由" in answer.content.decode()


def test_a_town_does_not_accept_its_own_task() -> None:
    client = visit(cast.lao_wang())
    hand_in(client)

    answer = client.post(f"/tasks/{task().id}/accept/", {"key": "a"})

    assert answer.status_code == 403
    assert "accepted_done" not in steps()


def test_help_is_asked_of_the_unit_above_and_stands_in_the_history() -> None:
    client = visit(cast.lao_wang())

    client.post(f"/tasks/{task().id}/escalate/", {"text": "需要冷链车"})

    assert Note.objects.get(kind="escalation").to_unit == "headquarters"
    assert "需要冷链车" in client.get(f"/tasks/{task().id}/").content.decode()


def test_a_comment_and_a_reminder_stand_in_the_history() -> None:
    office = visit(cast.office())

    office.post(f"/tasks/{task().id}/comment/", {"text": "周五前补表"})
    office.post(f"/tasks/{task().id}/remind/", {"text": ""})
    html = office.get(f"/tasks/{task().id}/").content.decode()

    assert "周五前补表" in html
    assert html.count("催办") >= 2
    assert task().reminded_at is not None


def test_what_waits_for_an_answer_stands_with_who_has_to_give_it() -> None:
    hand_in(visit(cast.lao_wang()))

    html = visit(cast.health_bureau()).get("/tasks/?of=answer").content.decode()

    assert "验收答复" in html


def test_the_task_of_another_district_is_not_there() -> None:
    assert visit(cast.xiao_chen()).get(f"/tasks/{task().id}/").status_code == 404


def test_the_auditor_has_no_tasks_to_comment_on() -> None:
    assert visit(cast.zhao_jie()).get("/tasks/").status_code == 403
