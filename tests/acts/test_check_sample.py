"""The doctor's sample: what stands is compared with a new evaluation, and nothing is changed."""

from __future__ import annotations

from lianfang.acts.check_sample import check_sample
from lianfang.acts.in_force import InForce
from lianfang.ledger.models import Obligation
from tests.cast import NOON, arrived


def test_what_stands_agrees_with_a_new_evaluation(town: InForce) -> None:
    arrived("P-1")
    count, wrong = check_sample(now=NOON)
    assert (count > 0, wrong) == (True, ())


def test_a_duty_that_was_lost_is_found_and_left_as_it_is(town: InForce) -> None:
    arrived("P-1")
    Obligation.objects.filter(pk=Obligation.objects.filter(subject="P-1").values("pk")[:1]).delete()
    left = Obligation.objects.count()
    assert check_sample(now=NOON)[1] == (("person", "P-1"),)
    assert Obligation.objects.count() == left
