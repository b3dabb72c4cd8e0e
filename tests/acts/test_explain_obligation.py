"""Why: the reasons of an obligation, a loop and its dates, now and as known on an earlier day."""

from __future__ import annotations

from datetime import timedelta

import pytest

from lianfang.acts.explain_obligation import explain_date, explain_loop, explain_obligation
from lianfang.acts.in_force import InForce
from lianfang.acts.refused import Refused
from lianfang.core.explain.document import Topic
from tests import cast
from tests.cast import NOON


def test_an_obligation_names_clause_cause_time_evidence_and_conclusion(town: InForce) -> None:
    cast.arrived("P-1")

    why = explain_obligation(cast.owed("P-1", "first-sample").pk, actor=cast.grid_worker(), now=NOON)

    topics = [reason.topic for reason in why.reasons]
    assert topics == sorted(topics, key=list(Topic).index)
    assert {Topic.CLAUSE, Topic.CAUSE, Topic.WINDOW, Topic.EVIDENCE, Topic.CONCLUSION} <= set(topics)
    assert "逾期" in why.reasons[-1].words.zh
    assert "overdue" in why.reasons[-1].words.en


def test_one_occurrence_of_many_is_explained_and_no_other(town: InForce) -> None:
    cast.arrived("P-1")

    why = explain_obligation(cast.owed("P-1", "daily-check", 2).pk, actor=cast.grid_worker(), now=NOON)

    assert [reason.topic for reason in why.reasons].count(Topic.CONCLUSION) == 1


def test_the_release_of_a_loop_is_explained_by_its_stages(town: InForce) -> None:
    cast.arrived("P-1")
    loop = cast.loop("P-1", "high-risk-arrival")

    whole = explain_loop(loop.pk, actor=cast.xiao_li(), now=NOON)
    date = explain_date(loop.pk, "release", actor=cast.xiao_li(), now=NOON)

    assert set(date.reasons) <= set(whole.reasons)
    assert any("集中隔离" in reason.words.zh for reason in date.reasons)


def test_an_earlier_day_is_explained_with_what_was_known_then(town: InForce) -> None:
    cast.arrived("P-1")
    loop = cast.loop("P-1", "high-risk-arrival")

    with pytest.raises(Refused, match="那一天"):
        explain_loop(loop.pk, actor=cast.xiao_li(), now=NOON, as_of=NOON - timedelta(days=2))


def test_whoever_may_not_see_the_person_gets_no_reasons(town: InForce) -> None:
    cast.arrived("P-1")

    with pytest.raises(Refused) as refused:
        explain_obligation(cast.owed("P-1", "first-sample").pk, actor=cast.xiao_chen(), now=NOON)

    assert refused.value.forbidden


def test_there_are_only_the_dates_a_loop_has(town: InForce) -> None:
    cast.arrived("P-1")

    with pytest.raises(Refused, match="release"):
        explain_date(cast.loop("P-1", "high-risk-arrival").pk, "wedding", actor=cast.xiao_li(), now=NOON)
