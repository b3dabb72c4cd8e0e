"""The made-up district: filled once, an account for every role, and what stands agrees with a full evaluation."""

from __future__ import annotations

from collections import Counter

import pytest
from django.utils import timezone

from lianfang.acts.check_night import check_night
from lianfang.acts.make_demo import Size, is_filled, make_demo
from lianfang.core.access.actor import Duty
from lianfang.ledger.actors import actors_of
from lianfang.ledger.models import Account, Figure, Loop, Obligation, Person, Placement, Subject

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


def test_a_district_at_work() -> None:
    now = timezone.now()
    assert not is_filled()
    told: list[str] = []
    signs = make_demo(Size(residents=4_000, managed=1_000), now=now, tell=told.append)
    assert is_filled()
    assert len(told) >= 5

    duties = {duty for account in Account.objects.all() for actor in actors_of(account, now) for duty in actor.duties}
    assert duties == set(Duty)
    assert len({sign.password for sign in signs}) == len(signs)

    assert Person.objects.count() == 4_000
    assert Placement.objects.filter(during__endswith=None).count() > 100
    assert Figure.objects.exists()
    assert not Subject.objects.filter(path="").exists()
    assert Loop.objects.filter(state="running").count() > 500
    status = Counter(Obligation.objects.values_list("status", flat=True))
    assert min(status["met"], status["late"], status["due"], status["overdue"], status["upcoming"]) > 0

    night = check_night(now=now)
    assert night.subjects >= 4_000
    assert night.different == ()
