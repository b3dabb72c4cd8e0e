"""The five plans that the project was founded on, where their texts are at hand; elsewhere these tests say they skip.

The folder is `LIANFANG_PLANS`, or `shared/plans` beside the repository: `source/*.txt` and `clauses/*.yaml`.
"""

from __future__ import annotations

import os
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from lianfang.core.notice.notice import read_notice
from lianfang.core.notice.paper import paper_of
from lianfang.core.notice.reading import Reading, When
from tests.core.notice.loading import errors_of
from tests.core.notice.quotes import strangers

PLANS = Path(os.environ.get("LIANFANG_PLANS", Path(__file__).parents[4] / "shared" / "plans"))
NAMES = ("dongpo-2020-12", "jianou-subdistrict-2020-autumn", "qilin-2020-12", "taiping-2020-01", "yantai-2020-05")

pytestmark = pytest.mark.skipif(
    not (PLANS / "source").is_dir(), reason="the texts of the five plans are not here; set LIANFANG_PLANS to test them"
)

_READ: dict[str, Reading] = {}


def read(name: str) -> Reading:
    if name not in _READ:
        _READ[name] = read_notice(paper_of((PLANS / "source" / f"{name}.txt").read_text(encoding="utf-8")))
    return _READ[name]


def catalogue(name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.load((PLANS / "clauses" / f"{name}.yaml").read_bytes(), yaml.CSafeLoader)
    return found


def test_the_work_list_has_24_items_each_with_its_lead_and_its_deadline() -> None:
    reading = read("dongpo-2020-12")
    assert [len(reading.children(top)) for top in ("1", "2", "3")] == [16 + 0, 3, 5]
    assert len(reading.tasks) == 24
    assert all(task.deadline is not None for task in reading.tasks)
    assert Counter(task.group_lead for task in reading.tasks if task.lead) == {False: 22, True: 2}
    assert [task.clause for task in reading.tasks if task.group_lead] == ["1.7", "1.9"]


def test_eleven_items_of_the_work_list_are_due_on_the_day_of_issue() -> None:
    reading = read("dongpo-2020-12")
    due = Counter(task.deadline.day for task in reading.tasks if task.deadline)
    assert due == {date(2020, 12, 31): 11, date(2021, 1, 10): 12, None: 1}
    assert sum("day of issue" in doubt.en for doubt in reading.doubts) == 11
    continuous = [task.clause for task in reading.tasks if task.deadline and task.deadline.sort is When.CONTINUOUS]
    assert continuous == ["1.9"]


def test_the_leads_of_the_work_list_are_those_of_the_catalogue() -> None:
    leads: dict[str, set[str]] = {}
    for clause in catalogue("dongpo-2020-12")["clauses"]:
        leads.setdefault(clause["id"].rsplit(".", 1)[0], set()).add(clause["lead"])
    for task in read("dongpo-2020-12").tasks:
        assert task.lead is not None
        # the catalogue writes the office of the command by its full name
        assert task.lead.text in leads[task.clause] | {
            name.replace("应急指挥部", "指挥部") for name in leads[task.clause]
        }


def test_the_joint_control_plan_has_20_duty_rows_and_7_mechanisms() -> None:
    reading = read("taiping-2020-01")
    duties = [task for task in reading.tasks if task.basis == "label"]
    assert [task.clause for task in duties] == [f"4.{n}" for n in range(1, 21)]
    assert all(task.deadline is None for task in reading.tasks)
    assert len(reading.children("5")) == 7
    assert reading.number is not None
    assert [clause.id for clause in reading.children("6")] == ["6.a", "6.b"]


def test_the_city_plan_has_four_sections_and_its_paragraphs_are_counted_as_the_catalogue_counts_them() -> None:
    reading = read("yantai-2020-05")
    assert [clause.id for clause in reading.children("")] == ["1", "2", "3", "4"]
    items = {".".join(clause["id"].split(".")[:2]) for clause in catalogue("yantai-2020-05")["clauses"]}
    found = {clause.id for top in "1234" for clause in reading.children(top)}
    assert found - items <= {"2.2"}  # a heading without an order of its own
    assert {item for item in items if item[0] in "1234" and not item.endswith(".0")} <= found


def test_the_undated_plan_keeps_its_undated_deadlines_without_a_day() -> None:
    reading = read("jianou-subdistrict-2020-autumn")
    assert reading.issued is None
    assert [d.quote.text for d in reading.deadlines if d.sort is When.UNREAD] == ["8月底", "9月下旬"]
    assert all(deadline.day is None for deadline in reading.deadlines)


@pytest.mark.parametrize("name", NAMES)
def test_no_day_is_found_that_the_catalogue_does_not_have(name: str) -> None:
    listed = {str(clause["deadline"]) for clause in catalogue(name)["clauses"]}
    days = {deadline.day.isoformat() for deadline in read(name).deadlines if deadline.day is not None}
    assert days <= listed


@pytest.mark.parametrize("name", NAMES)
def test_the_head_is_that_of_the_catalogue(name: str) -> None:
    plan, reading = catalogue(name)["plan"], read(name)
    assert (reading.issued.day.isoformat() if reading.issued and reading.issued.day else None) == plan["date"]
    assert (reading.number.text if reading.number else None) == plan["document_number"]
    assert reading.issuer is not None
    assert plan["issuer"].replace(" ", "").startswith(reading.issuer.text)


@pytest.mark.parametrize("name", NAMES)
def test_every_quoted_word_stands_in_the_notice(name: str) -> None:
    assert strangers(read(name)) == []


@pytest.mark.parametrize("name", NAMES)
def test_the_draft_pack_has_no_error(name: str) -> None:
    assert errors_of(read(name), name) == []
