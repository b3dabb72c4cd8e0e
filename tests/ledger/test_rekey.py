"""The sealing key changes while the district works, in batches, and the old key may go when it is over."""

from __future__ import annotations

import pytest
from pytest_django import Settings

from lianfang.core.access.filter import Everything
from lianfang.ledger.models import Fact, Person
from lianfang.ledger.persons import search
from lianfang.ledger.rekey import Mark, reindex, rekey
from lianfang.ledger.sealed import SealFault, unseal, unseal_columns
from tests.ledger.world import add, registered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("district")]
NEW, OLD = "k2:" + "n" * 40, "k1:" + "o" * 40
PHONES = [f"1000000000{number}" for number in range(5)]


@pytest.fixture
def sealed(settings: Settings, district: None) -> None:
    settings.LIANFANG_SEAL_KEYS = [OLD]
    settings.LIANFANG_LOOKUP_KEY = "l" * 40
    add(*(registered(f"P-{number}", phone=phone) for number, phone in enumerate(PHONES)))
    settings.LIANFANG_SEAL_KEYS = [NEW, OLD]


def run(size: int = 2) -> int:
    mark: Mark | None = Mark()
    done = 0
    while mark is not None:
        done, mark = mark.done, rekey(mark, size)
    return done


def read() -> list[str]:
    persons = [unseal(bytes(person.phone_sealed or b"")) for person in Person.objects.order_by("id")]
    facts = [unseal_columns(bytes(fact.sealed or b""))["phone"] for fact in Fact.objects.order_by("no")]
    assert persons == facts
    return persons


@pytest.mark.usefixtures("sealed")
def test_after_the_change_the_old_key_may_go(settings: Settings) -> None:
    assert run() == 10
    settings.LIANFANG_SEAL_KEYS = [NEW]
    assert read() == PHONES


@pytest.mark.usefixtures("sealed")
def test_a_change_broken_off_half_way_is_readable_and_goes_on(settings: Settings) -> None:
    mark = rekey(Mark(), 2)
    assert read() == PHONES
    settings.LIANFANG_SEAL_KEYS = [NEW]
    with pytest.raises(SealFault):
        read()
    settings.LIANFANG_SEAL_KEYS = [NEW, OLD]
    while mark is not None:
        mark = rekey(mark, 2)
    settings.LIANFANG_SEAL_KEYS = [NEW]
    assert read() == PHONES


@pytest.mark.usefixtures("sealed")
def test_a_second_run_seals_nothing_anew(settings: Settings) -> None:
    run()
    assert run() == 0


@pytest.mark.usefixtures("sealed")
def test_a_change_of_suite_is_a_change_of_key(settings: Settings) -> None:
    run()
    settings.LIANFANG_SEAL_SUITE = "sm4-gcm"
    assert run() == 10
    assert read() == PHONES


@pytest.mark.usefixtures("sealed")
def test_after_a_new_look_up_key_numbers_are_found_again(settings: Settings) -> None:
    settings.LIANFANG_LOOKUP_KEY = "m" * 40
    assert search(PHONES[3], filter=Everything()).persons == ()
    after = reindex("", 2)
    while after:
        after = reindex(after, 2)
    assert [person.id for person in search(PHONES[3], filter=Everything()).persons] == ["P-3"]
