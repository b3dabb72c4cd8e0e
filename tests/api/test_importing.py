"""Another system sends a sheet: taken in, planned, applied; a neighbour does not even see that it was."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from lianfang.acts.in_force import InForce
from lianfang.core.access.actor import Duty
from lianfang.ledger.models import Person
from tests.api.test_api import V1, post, system

SHEET = "姓名,联系电话,社区\n测试甲,10000000001,east-cell\n测试乙,10000000002,east-cell\n"


def test_a_sheet_is_planned_before_it_is_applied_and_neighbours_do_not_see_it(town: InForce) -> None:
    client = system("east", Duty.TOWN)
    sent = {"kind": "person", "file": SimpleUploadedFile("a.csv", SHEET.encode())}
    answer = client.post(f"{V1}/imports", sent)
    assert answer.status_code == 200, answer.content.decode()
    number = answer.json()["id"]

    assert post(client, f"/imports/{number}/plan", {}).json()["state"] == "done"
    rows = client.get(f"{V1}/imports/{number}/rows?size=1").json()
    assert rows["rows"][0]["outcome"] == "new"
    assert rows["next"]
    assert "10000000001" not in str(rows)
    assert not Person.objects.exists()
    assert system("elsewhere", Duty.TOWN).get(f"{V1}/imports/{number}").status_code == 404

    assert post(client, f"/imports/{number}/application", {}).json()["state"] == "done"
    assert Person.objects.count() == 2
