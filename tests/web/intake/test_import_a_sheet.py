"""A clerk imports a sheet: columns first, then the plan with its choices, then all of it at once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lianfang.acts.in_force import InForce
from lianfang.ledger.models import Fact, Intake, IntakeRow, Loop, Person
from lianfang.reach.sheets.read import read_sheet
from tests import cast
from tests.cast import NOON
from tests.web.today.visit import HTMX, visit

HEAD = "姓名,联系电话,社区"
PEOPLE = f"{HEAD}\n测试甲,10000000001,east-cell\n测试乙,10000000002,east-cell\n"


def clerk() -> Client:
    return visit(cast.lao_wang())


def sent(client: Client, text: str, kind: str = "person", name: str = "排查表.csv") -> int:
    """The number of the import that a sent file became."""
    answer = client.post("/intake/open/", {"kind": kind, "file": SimpleUploadedFile(name, text.encode())})
    assert answer.status_code == 302, answer.content.decode()
    return int(answer["Location"].split("/")[2])


def planned(client: Client, text: str, kind: str = "person") -> int:
    number = sent(client, text, kind)
    client.post(f"/intake/{number}/plan/", {})
    return number


def read(answer: Any) -> str:
    return str(answer.content.decode())


def test_the_columns_are_proposed_before_anything_is_planned(town: InForce) -> None:
    client = clerk()
    number = sent(client, PEOPLE)

    page = read(client.get(f"/intake/{number}/columns/"))

    assert "必填列都有了" in page
    assert '<option value="name" selected>' in page


def test_the_plan_counts_and_says_what_it_would_cause_and_writes_nothing(town: InForce) -> None:
    client = clerk()

    page = read(client.get(f"/intake/{planned(client, PEOPLE)}/"))

    assert "执行导入 2 行" in page
    assert "新登记的人</dt><dd><b>2" in page
    assert "10000000001" not in page
    assert not Person.objects.exists()


def test_loops_and_what_is_overdue_at_once_are_foreseen(town: InForce) -> None:
    cast.tell("area_level", "area", "high-area", {"level": "high"}, at=NOON - timedelta(days=30))
    client = clerk()
    client.post(f"/intake/{planned(client, PEOPLE)}/apply/")

    number = planned(
        client, "姓名,联系电话,抵达时间,来源地\n测试甲,10000000001,2021-01-08 10:00,high-area\n", "arrival"
    )
    page = read(client.get(f"/intake/{number}/"))

    assert "新开闭环</dt><dd><b>1" in page
    assert not Loop.objects.filter(measure="high-risk-arrival").exists()


def test_applied_the_people_are_registered_and_the_same_file_changes_nothing(town: InForce) -> None:
    client = clerk()
    number = planned(client, PEOPLE)

    client.post(f"/intake/{number}/apply/")
    after = read(client.get(f"/intake/{number}/"))
    facts = Fact.objects.count()
    again = planned(client, PEOPLE)
    client.post(f"/intake/{again}/apply/")

    assert "写入 2 条记录，新登记 2 人" in after
    assert Person.objects.count() == 2
    assert Fact.objects.count() == facts
    assert Intake.objects.get(pk=again).counts["same"] == 2


def test_a_conflict_is_decided_with_one_press(town: InForce) -> None:
    client = clerk()
    number = planned(client, f"{HEAD}\n测试丁,10000000003,east-cell\n测试丁,10000000003,west-cell\n")
    row = IntakeRow.objects.filter(intake=number, outcome="conflict").first()
    assert row is not None
    choice = row.problems[0]["choices"][0]["value"]

    answer = client.post(f"/intake/{number}/decide/{row.row}/", {"choice": choice}, headers=HTMX)

    row.refresh_from_db()
    assert row.choice == choice
    assert 'aria-pressed="true"' in read(answer)
    assert "没有待选的冲突" in read(answer)


def test_refused_rows_come_back_as_a_sheet_with_their_reasons(town: InForce) -> None:
    client = clerk()
    number = planned(client, f"{HEAD}\n,10000000001,east-cell\n测试乙,10000000002,east-cell\n")
    assert Intake.objects.get(pk=number).counts["refused"] == 1

    answer = client.get(f"/intake/{number}/refused/")

    sheet = read_sheet(answer.content, "back.xlsx", expected=["姓名", "联系电话", "社区"])
    written = {head.text: sheet.text(head.letter, 0) for head in sheet.heads}
    assert len(sheet) == 1
    assert written["原表行号"] == "2"
    assert written["联系电话"] == "10000000001"
    assert written["拒收原因"]


def test_given_up_it_leaves_nothing(town: InForce) -> None:
    client = clerk()
    number = planned(client, PEOPLE)

    client.post(f"/intake/{number}/cancel/")
    client.post(f"/intake/{number}/apply/")

    row = Intake.objects.get(pk=number)
    assert (row.state, row.content) == ("cancelled", None)
    assert not Person.objects.exists()
    assert not IntakeRow.objects.filter(intake=number).exists()


def test_a_file_that_is_no_sheet_is_refused_with_words(town: InForce) -> None:
    client = clerk()

    page = read(
        client.post(
            "/intake/open/", {"kind": "person", "file": SimpleUploadedFile("a.xlsx", b"PK\x03\x04x")}, follow=True
        )
    )

    assert not Intake.objects.exists()
    assert "a.xlsx" in page


def test_a_neighbouring_town_does_not_see_the_import(town: InForce) -> None:
    number = planned(clerk(), PEOPLE)
    other = visit(cast.officer("west", "elsewhere", *cast.lao_wang().duties))

    assert other.get(f"/intake/{number}/").status_code == 404
    assert other.post(f"/intake/{number}/apply/").status_code == 404


def test_a_grid_worker_has_no_imports(town: InForce) -> None:
    assert visit(cast.grid_worker()).get("/intake/").status_code == 403
