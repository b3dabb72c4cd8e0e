"""The kinds of fact that come with the program: complete, unambiguous, and fit for a spreadsheet."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from lianfang.core.facts.facts import Facts
from lianfang.core.facts.vocabulary import COMMON, SUBJECTS, ColumnType, Kind, all_columns, called
from lianfang.reach.vocabulary import load_vocabulary

ZONE = 28800
PERSONAL = {"identity", "contact", "health", "movement"}
PLANS = {
    "dongpo-2020-12",
    "qilin-2020-12",
    "taiping-2020-01",
    "yantai-2020-05",
    "jianou-subdistrict-2020-autumn",
}


@cache
def vocabulary() -> dict[str, Kind]:
    kinds, complaints = load_vocabulary()
    assert [complaint.show("en") for complaint in complaints] == []
    return dict(kinds)


def test_every_kind_of_the_contract_is_there() -> None:
    wanted = """
        person arrival trip_report registration stay test health_check placement home_check health_code
        diagnosis expert_opinion investigation contact classification cure pickup transfer order report
        clearance decision recheck certificate proof voyage invitation entry_check movement
        gathering_attendance meal visit_request waiver handling attendant_request roster_entry commitment
        target_group booking treatment_charge trip_request finding area_level first_case area_case place
        staff_membership inspection rectification environment_sample disinfection consignment lot_movement
        packaging_disinfection goods_sample exit_certificate unit local_rule purchase stock response
        exposure area_proposal flight crew_change fever_visit
    """
    assert set(wanted.split()) <= set(vocabulary())


def test_every_subject_is_one_that_a_measure_can_bind() -> None:
    for kind in vocabulary().values():
        assert kind.subject in SUBJECTS
        references = [c for c in kind.columns.values() if c.type is ColumnType.REF]
        assert {c.to for c in references} <= set(SUBJECTS), kind.id


def test_a_chinese_heading_means_exactly_one_column() -> None:
    for kind in vocabulary().values():
        headings = Counter(column.zh for column in all_columns(kind).values())
        assert [zh for zh, times in headings.items() if times > 1] == [], kind.id
        for name, column in all_columns(kind).items():
            assert called(kind, column.zh) == name
    assert [zh for zh, times in Counter(k.zh for k in vocabulary().values()).items() if times > 1] == []


def test_the_own_time_is_a_required_time_and_a_result_is_known_by_a_time() -> None:
    for kind in vocabulary().values():
        assert kind.columns[kind.time].type is ColumnType.TIME, kind.id
        assert kind.columns[kind.time].required, kind.id
        for name in filter(None, (kind.known_at, kind.period_end)):
            assert kind.columns[name].type is ColumnType.TIME, kind.id
        assert kind.known_columns <= set(kind.columns), kind.id
        assert bool(kind.known_at) == bool(kind.known_columns), kind.id


def test_names_and_places_of_people_are_marked_as_personal() -> None:
    columns = [column for kind in vocabulary().values() for column in kind.columns.values()]
    assert {column.personal for column in columns} - {None} == PERSONAL
    person = vocabulary()["person"].columns
    assert all(person[name].personal for name in ("name", "id_number", "phone", "address", "age", "household"))
    for kind in vocabulary().values():
        for name in {"temperature", "symptoms"} & set(kind.columns):
            if kind.subject == "person":
                assert kind.columns[name].personal == "health", kind.id


def test_choices_have_words_in_both_languages_and_numbers_sensible_limits() -> None:
    for kind in vocabulary().values():
        for column in kind.columns.values():
            assert bool(column.choices) == (column.type is ColumnType.CHOICE), (kind.id, column.name)
            assert len({zh for _, zh in column.choices}) == len(column.choices), (kind.id, column.name)
            if column.low is not None and column.high is not None:
                assert column.low < column.high, (kind.id, column.name)
            assert column.name not in COMMON, (kind.id, column.name)


def test_risk_levels_and_code_colours_go_from_low_to_high() -> None:
    assert [value for value, _ in vocabulary()["area_level"].columns["level"].choices] == ["low", "medium", "high"]
    assert [value for value, _ in vocabulary()["health_code"].columns["colour"].choices][-2:] == ["yellow", "red"]


def test_every_kind_says_which_plan_needs_it() -> None:
    for kind in vocabulary().values():
        assert kind.needed_by, kind.id
        assert set(kind.needed_by) <= PLANS, kind.id


def test_every_subject_can_be_excused_by_a_waiver_that_names_what_it_excuses() -> None:
    waivers = {k.subject: k for k in vocabulary().values() if k.id == "waiver" or k.id.endswith("_waiver")}
    assert set(waivers) == set(SUBJECTS) - {"facility"}
    for kind in waivers.values():
        required = {name for name, column in kind.columns.items() if column.required}
        assert required >= {"measure", "requirement", "approved_by", "reason"}, kind.id


@pytest.mark.parametrize(
    ("kind", "row"),
    [
        ("arrival", {"person": "甲", "at": "2020-05-25T14:00", "origin": "Q", "from_abroad": "否"}),
        ("area_level", {"area": "Q", "level": "high", "from": "2020-05-20"}),
        ("contact", {"person": "甲", "of_case": "乙", "last_exposure": "2020-05-20", "contact_class": "close"}),
        ("voyage", {"person": "丙", "at": "2020-06-02", "nationality": "中国籍"}),
        ("consignment", {"consignment": "L-1", "at": "2020-12-01", "goods_kind": "imported_cold_chain"}),
    ],
)
def test_a_fact_of_the_vocabulary_is_taken_as_the_plans_write_it(kind: str, row: dict[str, object]) -> None:
    facts, complaints = Facts.from_rows(vocabulary(), [(kind, row)], ZONE)
    assert complaints == ()
    assert facts is not None
    assert facts.rows(kind) == 1
