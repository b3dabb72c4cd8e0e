"""Taking back a fact whose result was known, or whose period has ended."""

from __future__ import annotations

from datetime import timedelta

from lianfang.acts.in_force import InForce
from lianfang.acts.record_fact import record_fact
from lianfang.acts.undo_fact import undo_fact
from tests import cast
from tests.cast import NOON


def test_a_positive_result_entered_by_mistake_is_taken_back_with_all_that_followed(town: InForce) -> None:
    cast.arrived("P-1")
    positive = {"test": "nucleic_acid", "result": "positive", "resulted_at": NOON}
    sampled = NOON - timedelta(hours=5)
    done = record_fact("test", "person", "P-1", positive, at=sampled, actor=cast.xiao_li(), now=NOON)
    assert cast.loop("P-1", "high-risk-arrival").state == "exited"

    undo_fact(done.facts[0], actor=cast.xiao_li(), now=NOON)

    assert cast.loop("P-1", "high-risk-arrival").state == "running"
