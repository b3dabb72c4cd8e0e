"""Somebody is found by name, by sound and by number; pages are complete while others are being registered."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lianfang.core.access.filter import Everything, Filter, PathUnder
from lianfang.ledger.facts import who_stands
from lianfang.ledger.models import Person
from lianfang.ledger.persons import join, part, search
from tests.ledger.world import NOW, add, registered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("district")]
EVERYTHING = Everything()


@pytest.fixture
def people(district: None) -> None:
    add(
        registered("P-1", "单样甲", id_number="000000199001010011", phone="100 0000 0001"),
        registered("P-2", "欧阳样乙", unit="cedar", id_number="000000199001010022", phone="10000000002"),
        registered("P-3", "样丙"),
        registered("P-4", "Jane Sample", id_number="X1234567"),
        registered("P-5", "单丙"),
    )


def found(text: str, filter: Filter = EVERYTHING) -> list[str]:
    return [person.id for person in search(text, filter=filter).persons]


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("单样甲", ["P-1"]),
        ("单", ["P-1", "P-5"]),
        ("样甲", ["P-1"]),
        ("样丙", ["P-3"]),
        ("欧阳", ["P-2"]),
        ("阳样乙", ["P-2"]),
        ("shanyangjia", ["P-1"]),
        ("Shan Yang", ["P-1"]),
        ("syj", ["P-1"]),
        ("ouyang", ["P-2"]),
        ("jane", ["P-4"]),
        ("000000 19900101 0011", ["P-1"]),
        ("000000199001010022", ["P-2"]),
        ("100-0000-0002", ["P-2"]),
        ("x1234567", ["P-4"]),
        ("P-3", ["P-3"]),
        ("1990010100", []),
        ("无此人", []),
        ("%", []),
        ("_", []),
        ("", ["P-1", "P-2", "P-3", "P-4", "P-5"]),
    ],
)
def test_a_person_is_found_by_what_somebody_has_heard_or_read(text: str, who: list[str]) -> None:
    assert found(text) == who


@pytest.mark.usefixtures("people")
def test_a_search_never_leaves_the_jurisdiction() -> None:
    assert found("单", PathUnder("hq/cedar/")) == []
    assert found("", PathUnder("hq/cedar/")) == ["P-2"]
    assert found("000000199001010011", PathUnder("hq/cedar/")) == []


@pytest.mark.parametrize("size", [1, 3, 7, 50])
def test_pages_name_everybody_once_while_others_are_registered(size: int) -> None:
    add(*(registered(f"P-{number:03d}") for number in range(0, 40, 2)))
    before = set(Person.objects.values_list("id", flat=True))
    seen: list[str] = []
    after, page_number = "", 0
    while page_number == 0 or after:
        page = search("", filter=Everything(), after=after, size=size)
        seen += [person.id for person in page.persons]
        add(registered(f"P-{2 * page_number + 1:03d}"))
        after, page_number = page.following, page_number + 1
    assert len(seen) == len(set(seen))
    assert before <= set(seen)
    assert seen == sorted(seen)


def test_a_page_has_an_end() -> None:
    add(*(registered(f"P-{number:03d}") for number in range(210)))
    page = search("", filter=Everything(), size=100_000)
    assert (len(page.persons), page.following) == (200, "P-199")


def test_any_text_may_be_searched_for() -> None:
    @settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=20))
    def holds(text: str) -> None:
        assert search(text, filter=Everything()).persons == ()

    holds()


def test_two_records_become_one_and_two_again() -> None:
    add(registered("P-1"), registered("P-2"), registered("P-3"))
    assert join("P-1", "P-2")
    assert found("") == ["P-1", "P-3"]
    assert who_stands(["P-1", "P-2", "P-3"]) == {"P-2": "P-1"}
    assert join("P-3", "P-1")
    assert who_stands(["P-1", "P-2"]) == {"P-1": "P-3", "P-2": "P-3"}
    assert part("P-3", "P-1")
    assert part("P-1", "P-2")
    assert found("") == ["P-1", "P-2", "P-3"]


def test_who_comes_second_changes_nothing() -> None:
    add(registered("P-1"), registered("P-2"), registered("P-3"))
    assert join("P-1", "P-2")
    assert not join("P-1", "P-2")
    assert not join("P-3", "P-2")
    assert not join("P-2", "P-3")
    assert not join("P-1", "P-1")
    assert not join("P-1", "nobody")
    assert not part("P-3", "P-2")
    assert part("P-1", "P-2")
    assert not part("P-1", "P-2")
    assert Person.objects.get(id="P-2").registered_at == NOW
