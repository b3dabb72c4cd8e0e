"""What is recorded to discharge an obligation follows from the plan's own words, also for a plan's own forms."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from lianfang.core.facts.facts import Facts
from lianfang.core.language.lower import walk
from lianfang.core.language.plan import Plan
from lianfang.core.language.predicate_row import evaluate_row
from lianfang.core.obligations.answers import answer_with, usual_answer
from lianfang.core.obligations.fitting import fitting
from lianfang.reach.packs import load_pack

PACKS = Path(__file__).parents[2] / "fixtures" / "packs"


@cache
def plan(name: str) -> Plan:
    """One of the small plans of the tests."""
    found, complaints = load_pack(PACKS / name)
    assert found is not None, complaints
    return found


@pytest.mark.parametrize("name", ["town", "school-measles", "small"])
def test_what_needs_nothing_more_is_accepted_by_the_plan(name: str) -> None:
    chosen = plan(name)
    tried = 0
    for selection in chosen.selections.values():
        fit = fitting(chosen, selection.id)
        if fit.asked or selection.where is None:
            continue
        tried += 1
        assert evaluate_row(selection.where, {fit.kind.time: 0, **fit.values}, chosen.zone) is True, selection.id
    assert tried


@pytest.mark.parametrize("name", ["town", "school-measles", "small"])
def test_one_tap_is_a_fact_that_the_vocabulary_takes(name: str) -> None:
    chosen = plan(name)
    tried = 0
    for measure in chosen.measures:
        every = dict(walk(measure.requirements))
        for path, requirement in every.items():
            answer = usual_answer(chosen, requirement, every.get(path.rpartition("/")[0]))
            if answer is None or not answer.one_tap:
                continue
            kind = chosen.kinds[answer.kind]
            row = {kind.subject: "S-1", kind.time: 1_600_000_000, **answer.values}
            _, complaints = Facts.from_rows(chosen.kinds, [(kind.id, row)], chosen.zone)
            assert complaints == (), path
            tried += 1
    assert tried


def test_a_check_that_people_are_well_can_also_say_that_they_are_not() -> None:
    answer = answer_with(plan("town"), "health_check")

    assert (answer.verb.zh, dict(answer.values)) == ("正常", {"symptoms": False})
    assert answer.quiet is not None
    assert (answer.quiet.verb.zh, dict(answer.quiet.values)) == ("异常", {"symptoms": True})
    assert [column.name for column in answer.quiet.more] == ["temperature", "symptom_text"]


def test_a_result_is_asked_for_and_never_guessed() -> None:
    answer = answer_with(plan("town"), "nat_negative")

    assert not answer.one_tap
    assert [column.name for column in answer.fields] == ["resulted_at"]


def test_what_the_plan_only_wants_to_be_there_is_asked_for() -> None:
    answer = answer_with(plan("town"), "cold-store-exit-photo-passed")

    assert answer.values["item"] == "cold-store/exit-photo"
    assert [column.name for column in answer.fields] == ["note"]


def test_a_measured_value_is_asked_for() -> None:
    answer = answer_with(plan("town"), "cold-store-temperature-passed")

    assert "value" in [column.name for column in answer.fields]
