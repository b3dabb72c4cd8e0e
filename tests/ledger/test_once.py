"""What a phone sends twice is done once, whoever is faster."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest
from django.db import connection

from lianfang.ledger.models import SentOnce
from lianfang.ledger.sent import Answer, KeyUsed, once
from tests.ledger.world import CLERK, NOW


def counter() -> tuple[list[int], Callable[[], Answer]]:
    done: list[int] = []

    def do() -> Answer:
        done.append(1)
        return {"fact": f"f-{len(done)}"}

    return done, do


@pytest.mark.django_db
def test_the_same_key_is_done_once_and_answered_alike() -> None:
    done, do = counter()
    answers = [once(CLERK, "k", "record_fact", do, now=NOW) for _ in range(3)]
    assert answers == [{"fact": "f-1"}] * 3
    assert len(done) == 1


@pytest.mark.django_db
def test_another_account_another_key_or_no_key_is_something_else() -> None:
    done, do = counter()
    once(CLERK, "k", "record_fact", do, now=NOW)
    once(CLERK, "l", "record_fact", do, now=NOW)
    once(replace(CLERK, account="other"), "k", "record_fact", do, now=NOW)
    once(CLERK, "", "record_fact", do, now=NOW)
    once(CLERK, "", "record_fact", do, now=NOW)
    assert len(done) == 5


@pytest.mark.django_db
def test_a_key_of_another_act_is_refused_and_nothing_is_done() -> None:
    done, do = counter()
    once(CLERK, "k", "record_fact", do, now=NOW)
    with pytest.raises(KeyUsed, match="record_fact"):
        once(CLERK, "k", "remind", do, now=NOW)
    assert len(done) == 1


@pytest.mark.django_db
def test_what_failed_may_be_sent_again() -> None:
    def fails() -> Answer:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        once(CLERK, "k", "record_fact", fails, now=NOW)
    done, do = counter()
    assert once(CLERK, "k", "record_fact", do, now=NOW) == {"fact": "f-1"}
    assert len(done) == 1


@pytest.mark.django_db(transaction=True)
def test_two_that_come_at_the_same_moment_are_done_once() -> None:
    done, do = counter()
    together = Barrier(5)

    def send(_: int) -> Answer:
        together.wait(20)
        try:
            return once(CLERK, "k", "record_fact", do, now=NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(5) as phones:
        answers = list(phones.map(send, range(5)))
    assert answers == [{"fact": "f-1"}] * 5
    assert len(done) == 1
    assert SentOnce.objects.count() == 1
