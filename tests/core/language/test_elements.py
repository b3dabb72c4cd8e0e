"""Tasks, resources, checklists … as measures: what each kind of document does, shown by the cases of one pack."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from lianfang.core.cases import run
from lianfang.core.coverage.prove import prove
from lianfang.core.days.text import parse_instant
from lianfang.core.facts.facts import Facts
from lianfang.core.language.load import load
from lianfang.core.language.needs import needed_columns
from lianfang.core.language.organisation import Organisation
from lianfang.core.language.plan import Plan
from lianfang.core.obligations.addressed import with_built_in
from lianfang.reach.packs import load_pack
from tests.core.language.pack_fuzz import text_of, trial, vocabulary_of

PACK = Path(__file__).parents[2] / "fixtures" / "packs" / "elements"


@cache
def plan() -> Plan:
    found, complaints = load_pack(PACK)
    assert found is not None, [complaint.show("en") for complaint in complaints]
    assert not complaints, [complaint.show("en") for complaint in complaints]
    return found


@pytest.mark.parametrize("id", [case.id for case in plan().cases])
def test_the_pack_of_elements_does_what_its_cases_say(id: str) -> None:
    case = next(case for case in plan().cases if case.id == id)
    assert run(plan(), case) == ()


def test_every_element_is_missed_when_it_is_taken_out() -> None:
    proof = prove(plan())
    assert proof.failing == ()
    assert [(v.element.key, v.reason) for v in proof.unproved] == []


KINDS = """
task_report escalation post_holder stock outcome_count checked_item rectification closure response response_step
response_report response_approval end_request case_report place_target environment_sample disinfection inspection
gathering_attendance unit_report unit unit_checked_item unit_rectification
""".split()


def elements_without_cases() -> dict[str, str]:
    return {path: text for path, text in text_of(PACK).items() if not path.startswith("cases")}


def told(**changed: str) -> list[tuple[str, str]]:
    """Complaints about the pack with some of its files replaced: id and place."""
    files = {**elements_without_cases(), **{f"elements/{name}.yaml": text for name, text in changed.items()}}
    _, complaints = load(files, lambda name: None, vocabulary_of(KINDS))
    return [(complaint.id, complaint.place) for complaint in complaints if not complaint.id.startswith("pack:unused")]


def test_the_pack_stands_without_its_cases() -> None:
    assert told() == []


HEAD = "name: {zh: 名, en: name}\nclauses: [t.a]\n"


@pytest.mark.parametrize(
    ("text", "id", "place"),
    [
        ("task: x\n" + HEAD + "lead: health\nwithin: 3 dd\n", "pack:not-an-offset", "5:9"),
        ("task: x\n" + HEAD + "lead: health\ndue: 2020-13-01\n", "pack:no-due", "5:6"),
        ("task: x\n" + HEAD + "lead: health\ndue: continuous\n", "pack:missing-key", "5:6"),
        ("task: x\n" + HEAD + "lead: health\nwithin: 3 d\nhand_in: nothing\n", "pack:unknown-selection", "6:10"),
        (
            "task: x\n" + HEAD + "lead: health\nwithin: 3 d\naccept: {by: nobody, within: 1 d}\n",
            "pack:unknown-unit",
            "6:14",
        ),
        (
            "task: x\n" + HEAD + "lead: health\nwithin: 1 mo\nescalate: [{after: 1 d, to: mayor}]\n",
            "pack:no-escalation",
            "6:1",
        ),
        ("task: x\n" + HEAD + "lead: health\nwithin: 3 d\ncolour: red\n", "pack:unknown-key", "6:1"),
        ("task: cold-stores\n" + HEAD + "lead: health\nwithin: 3 d\n", "pack:duplicate-id", "1:7"),
        ("post: p\nname: {zh: 名, en: n}\nunit: nowhere\n", "pack:unknown-unit", "3:7"),
        ("unit: east\nname: {zh: 名, en: n}\n", "pack:duplicate-id", "organisation.yaml:14:7"),
        ("resource: x\n" + HEAD + "need: pupils / 600\nheld: 1\n", "expression:unknown-name", "4:7"),
        ("resource: x\n" + HEAD + "need: 1\nheld: {of_facts: stock, take: sum}\n", "pack:missing-key", "5:31"),
        ("resource: x\n" + HEAD + "per: item\nneed: 1\nheld: {of_facts: pupils}\n", "pack:unknown-column", "4:6"),
        (
            "resource: x\n"
            + HEAD
            + "need: 1\nheld: {of_facts: masks}\nshort: {of: stock, enough: amount > 1, within: 1 d}\n",
            "expression:unknown-name",
            "6:28",
        ),
        ("indicator: x\n" + HEAD + "figures: {a: {of_facts: masks}}\n", "pack:missing-key", "4:1"),
        ("indicator: x\n" + HEAD + "figures: {a: {of_facts: masks, of: y}}\nvalue: a\n", "pack:one-figure", "4:11"),
        (
            "indicator: x\n" + HEAD + "figures: {a: {of: task-training, take: sum}}\nvalue: a\n",
            "pack:not-a-choice",
            "4:40",
        ),
        (
            "checklist: x\n"
            + HEAD
            + "items: [{item: a, name: {zh: 甲, en: a}, kind: number}]\nrectify: {within: 1 d}\n",
            "pack:missing-key",
            "4:41",
        ),
        (
            "checklist: x\n"
            + HEAD
            + "items: [{item: a, name: {zh: 甲, en: a}, kind: yes_no, low: 3}]\nrectify: {within: 1 d}\n",
            "pack:no-meaning",
            "4:55",
        ),
        (
            "workflow: x\n" + HEAD + "binds: response\nopens: {on: end_request}\n"
            "refuses_while: [{reason: r, name: {zh: 甲, en: a}, is: contact > 0}]\n"
            "steps: [{step: a, name: {zh: 甲, en: a}, evidence: assessed}]\n",
            "expression:unknown-name",
            "6:55",
        ),
        (
            "round: x\n" + HEAD + "binds: place\nover: stock\nevidence: disinfection\nevery: 7 d\n",
            "pack:unknown-kind",
            "5:7",
        ),
        (
            "round: x\n" + HEAD + "binds: place\nover: place_target\nevidence: disinfection\nevery: once\n",
            "pack:missing-key",
            "7:8",
        ),
        (
            "register: x\n" + HEAD + "binds: person\nof: visit_entry\nrequired: [nam]\n",
            "expression:unknown-name",
            "6:12",
        ),
        (
            "release: x\n" + HEAD + "binds: response\nopens: {on: case_report}\ndraft: {by: mayor, evidence: drafted}\n"
            "review: {by: [副镇长, 镇长]}\npublish: {evidence: made_public}\n",
            "pack:same-approver",
            "7:20",
        ),
        (
            "report: x\n" + HEAD + "binds: response\non: response\nevidence: response_report\nwithin: 2 h\n"
            'zero_report: {at: "25:00", by: 各镇}\n',
            "pack:wrong-value",
            "8:19",
        ),
    ],
)
def test_a_mistake_is_told_at_the_authors_own_line(text: str, id: str, place: str) -> None:
    file = "z" if "duplicate" in id else "extra"
    assert (id, place if ".yaml" in place else f"elements/{file}.yaml:{place}") in told(**{file: text})


@pytest.mark.parametrize("first", range(0, 60, 20))
def test_a_spoilt_pack_of_elements_is_answered_with_places(first: int) -> None:
    files, vocabulary = elements_without_cases(), vocabulary_of(KINDS)
    complained = 0
    for seed in range(first, first + 20):
        _, complaints = trial(files, vocabulary, seed)
        complained += bool(complaints)
        assert all(complaint.line and complaint.file for complaint in complaints)
    assert complained > 10


def test_a_unit_is_known_by_its_id_its_names_and_its_aliases() -> None:
    organisation = plan().organisation
    for name in ("health", "卫健局", "health bureau", "卫计局"):
        found = organisation.named(name)
        assert found is not None
        assert found.id == "health"
    assert organisation.named("镇长") is organisation.posts["mayor"]
    assert organisation.posts["deputy-mayor"].deputy_of == "mayor"
    assert organisation.named("无此单位") is None


def test_a_group_holds_the_members_of_the_groups_inside_it() -> None:
    organisation = plan().organisation
    assert organisation.groups["everybody"].members == ("east", "west", "health", "police")
    assert organisation.units["east"].groups == ("towns", "everybody")
    assert organisation.units["police"].parent == "headquarters"


def addressees(*rows: tuple[str, dict[str, object]]) -> list[dict[str, object]]:
    facts, complaints = Facts.from_rows(plan().kinds, rows, plan().zone)
    assert facts is not None, complaints
    built = with_built_in(plan(), facts)
    assert with_built_in(plan(), built) is built
    table = built.tables["addressee"]
    names = [built.name("unit", code) for code in table["unit"].to_pylist()]
    return [{**row, "unit": name} for name, row in zip(names, table.to_pylist(), strict=True)]


def test_the_plan_is_issued_to_every_unit_on_the_first_second_of_its_day() -> None:
    rows = addressees()
    assert [row["unit"] for row in rows] == ["指挥部", "卫健局", "公安局", "东镇", "西镇"]
    assert {row["at"] for row in rows} == {parse_instant("2020-12-01T00:00", 28_800)}
    assert rows[3]["groups"] == "、towns、everybody、"


def test_units_of_the_facts_are_the_plans_own_or_join_by_their_register() -> None:
    rows = addressees(
        ("unit", {"unit": "卫计局", "at": "2020-11-01"}),
        ("unit", {"unit": "北镇", "at": "2020-12-09", "group": "各镇，其他", "unit_type": "subdistrict"}),
        ("unit", {"unit": "南镇", "at": "2020-11-09"}),
    )
    by_name = {row["unit"]: row for row in rows}
    assert set(by_name) == {"指挥部", "卫计局", "公安局", "东镇", "西镇", "北镇", "南镇"}
    assert by_name["卫计局"]["unit_id"] == "health"
    assert (by_name["北镇"]["groups"], by_name["北镇"]["level"]) == ("、towns、其他、", "subdistrict")
    assert by_name["北镇"]["at"] == parse_instant("2020-12-09T00:00", 28_800)
    assert by_name["南镇"]["at"] == parse_instant("2020-12-01T00:00", 28_800)


def test_what_the_built_in_facts_are_made_from_is_read() -> None:
    needed = needed_columns(plan())
    assert {"unit", "at", "group", "unit_type"} <= needed["unit"]
    assert {"at", "left_on", "set"} <= needed["place_target"]
    assert {"inhabitants", "quantity"} & needed["stock"] == {"quantity"}


def test_a_plan_without_units_has_no_addressees_and_leaves_the_facts_alone() -> None:
    bare = replace(plan(), organisation=Organisation(), kinds={"stock": plan().kinds["stock"]})
    facts, _ = Facts.from_rows(
        bare.kinds, [("stock", {"unit": "甲", "at": "2020-12-01", "item": "mask", "quantity": 1})], bare.zone
    )
    assert facts is not None
    assert with_built_in(bare, facts) is facts


def test_a_task_due_on_the_day_of_issue_is_doubted_unless_the_paper_has_it_so() -> None:
    task = "task: x\n" + HEAD + "lead: health\ndue: 2020-12-01\n"
    assert ("pack:due-at-issue", "elements/extra.yaml:5:6") in told(extra=task)
    assert told(extra=task + "as_printed: true\n") == []
