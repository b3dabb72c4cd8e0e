"""The journal as the auditor reads it: filters, who looked at a record, whether the chain is whole, Excel."""

from __future__ import annotations

import re

from django.db import connection

from lianfang.acts.in_force import InForce
from lianfang.ledger.models import JournalEntry
from tests import cast
from tests.web.today.visit import visit


def page(query: str = "", actor: str = "zhao_jie") -> str:
    answer = visit(getattr(cast, actor)()).get(f"/journal/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def numbers(text: str) -> list[int]:
    return [int(found) for found in re.findall(r'<tr data-row><td class="number">(\d+)</td>', text)]


def test_the_newest_line_comes_first_and_names_the_act(town: InForce) -> None:
    cast.arrived("P-1")

    text = page()

    found = numbers(text)
    assert found == sorted(found, reverse=True)
    assert "登记事实" in text
    assert "测试甲" not in text


def test_who_looked_at_a_record_is_one_filter(town: InForce) -> None:
    cast.arrived("P-1")
    cast.arrived("P-2")
    visit(cast.lao_wang()).get("/subject/person/P-1/")

    text = page("?about=person:P-1&act=looking")

    assert len(numbers(text)) == 1
    assert "老王" in text


def test_filters_by_account_and_day_leave_out_everything_else(town: InForce) -> None:
    cast.arrived("P-1")

    assert numbers(page("?account=xiaoli"))
    assert numbers(page("?account=nobody")) == []
    assert numbers(page("?until=2021-01-09")) == []
    assert numbers(page("?since=2021-01-10&until=2021-01-10")) == numbers(page())


def test_pages_go_on_by_number_without_gap_or_repeat(town: InForce) -> None:
    cast.arrived("P-1")
    from lianfang.ledger import journal

    for _ in range(60):
        journal.view(cast.xiao_li(), "person:P-1", now=cast.NOON)

    first = numbers(page())
    rest = numbers(page(f"?after={first[-1]}"))

    assert len(first) == 50
    assert rest[0] == first[-1] - 1


def test_the_whole_chain_is_verified_at_a_press(town: InForce) -> None:
    cast.arrived("P-1")

    text = visit(cast.zhao_jie()).post("/journal/verify/").content.decode()

    assert "日志完整" in text


def test_a_line_that_was_changed_in_the_database_is_named(town: InForce) -> None:
    cast.arrived("P-1")
    no = JournalEntry.objects.order_by("no").values_list("no", flat=True)[0]
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE journal DISABLE TRIGGER USER")
        cursor.execute("UPDATE journal SET account = 'somebody-else' WHERE no = %s", [no])
        cursor.execute("ALTER TABLE journal ENABLE TRIGGER USER")

    text = visit(cast.zhao_jie()).post("/journal/verify/").content.decode()

    assert f"第 {no} 行断开" in text


def test_a_line_shows_its_digest_and_the_one_before(town: InForce) -> None:
    cast.arrived("P-1")
    row = JournalEntry.objects.order_by("-no")[0]

    text = visit(cast.zhao_jie()).get(f"/journal/{row.no}/").content.decode()

    assert bytes(row.digest).hex() in text
    assert bytes(row.before).hex() in text


def test_the_journal_goes_out_as_excel_and_that_is_a_line_of_it(town: InForce) -> None:
    cast.arrived("P-1")

    answer = visit(cast.zhao_jie()).get("/journal/excel/?account=xiaoli")

    assert answer.content.startswith(b"PK")
    assert cast.journalled("export")[0].details["rows"] == JournalEntry.objects.filter(account="xiaoli").count()


def test_nobody_but_audit_reads_the_journal(town: InForce) -> None:
    for who in ("xiao_li", "lao_wang", "office", "grid_worker"):
        assert visit(getattr(cast, who)()).get("/journal/").status_code == 403


def test_audit_of_another_district_sees_no_line_of_this_one(town: InForce) -> None:
    cast.arrived("P-1")
    from lianfang.core.access.actor import Duty

    other = cast.officer("waishen", "elsewhere", Duty.AUDIT)

    assert numbers(visit(other).get("/journal/").content.decode()) == []
