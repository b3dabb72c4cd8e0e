"""Likely the same person: the mistakes that registers really hold, and the people who only look alike."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from lianfang.core.identity.candidates import blocking_keys, likely_same
from lianfang.core.identity.likely import WORTH_A_LOOK, Record, compare
from tests.core.identity.made_up import phone, resident_id

BORN = date(1980, 5, 17)
BING = Record("P-1", "样测丙", resident_id(BORN, 13), phone(12), BORN, "male")
UNKNOWN = Record("P-2")


def why(a: Record, b: Record) -> list[str]:
    """The ids of the reasons, strongest first."""
    return [reason.id for reason in compare(a, b).reasons]


def score(a: Record, b: Record) -> int:
    """How likely they are one person."""
    return compare(a, b).score


def test_the_same_document_number_is_the_same_person_whatever_else_is_typed() -> None:
    other = Record("P-2", "杨测炳", BING.number, phone(99), date(1980, 5, 18), "female")
    assert why(BING, other) == ["same-number"]
    assert score(BING, other) >= 95


def test_an_old_document_and_a_new_one_are_found_to_belong_together() -> None:
    renewed = Record("P-2", "样测丙", "E00000002", born_on=BORN, former=("E00000001",))
    assert "former-number" in why(Record("P-1", "样测丙", "E00000001"), renewed)
    assert score(Record("P-1", "样测丙", "E00000001"), renewed) >= 95


def test_swapped_digits_are_a_typing_mistake_when_a_check_digit_fails() -> None:
    number = BING.number
    swapped = number[:12] + number[13] + number[12] + number[14:]
    assert swapped != number
    assert why(BING, Record("P-2", "", swapped)) == ["swapped-digits"]
    assert score(BING, Record("P-2", "", swapped)) >= WORTH_A_LOOK


def test_one_wrong_digit_needs_a_second_reason() -> None:
    wrong = replace(UNKNOWN, number=BING.number[:14] + "9" + BING.number[15:])
    assert why(BING, wrong) == ["one-digit"]
    assert score(BING, wrong) < WORTH_A_LOOK
    assert score(BING, replace(wrong, name="样测丁", phone=BING.phone)) >= WORTH_A_LOOK


def test_twins_with_two_valid_numbers_are_two_people() -> None:
    twin = Record("P-2", "样测丁", resident_id(BORN, 15), BING.phone, BORN, "male")
    assert "two-valid-numbers" in why(BING, twin)
    assert score(BING, twin) < 20


@given(born_on=st.dates(date(1900, 1, 1), date(2020, 12, 31)), one=st.integers(0, 999), other=st.integers(0, 999))
def test_two_valid_numbers_are_never_taken_for_a_typing_mistake(born_on: date, one: int, other: int) -> None:
    a, b = Record("P-1", "", resident_id(born_on, one)), Record("P-2", "", resident_id(born_on, other))
    assert why(a, b) == (["same-number"] if one == other else [])


def test_a_name_written_as_it_sounds_with_the_same_birth_date_is_worth_a_look() -> None:
    heard = Record("P-2", "杨册炳", born_on=BORN)
    assert why(replace(BING, number=""), heard) == ["sound-and-birth"]
    assert score(replace(BING, number=""), heard) >= WORTH_A_LOOK


def test_one_other_character_is_not_enough_but_is_with_telephone_and_birth_date() -> None:
    alike = Record("P-2", "样测丁", born_on=BORN)
    assert score(BING, alike) < WORTH_A_LOOK
    assert score(BING, replace(alike, phone=BING.phone)) >= WORTH_A_LOOK


def test_a_family_with_one_telephone_is_not_one_person() -> None:
    mother = Record("P-2", "测甲", phone=BING.phone, sex="female")
    assert score(BING, mother) == 0


def test_another_birth_date_and_another_sex_speak_against() -> None:
    same = Record("P-2", BING.name, phone=BING.phone)
    older = replace(same, born_on=date(1950, 1, 1))
    assert score(BING, same) > score(BING, older) > score(BING, replace(older, sex="female"))
    assert {"other-birth", "other-sex"} <= set(why(BING, replace(older, sex="female")))


def test_foreign_names_in_another_order_and_spelling_are_similar() -> None:
    a = Record("P-1", "John Smith", born_on=BORN, phone=phone(7))
    assert "similar-and-birth" in why(a, Record("P-2", "SMITH Jon", born_on=BORN))
    assert compare(a, Record("P-2", "Mary Brown", born_on=BORN)).reasons == ()


def test_what_is_not_known_is_no_reason() -> None:
    assert compare(UNKNOWN, Record("P-3")).reasons == ()
    assert score(UNKNOWN, Record("P-3")) == 0


NAMES = st.text(alphabet="样杨测册丙炳丁单", min_size=2, max_size=4)
NUMBERS = st.sampled_from(
    [
        "",
        BING.number,
        resident_id(BORN, 15),
        BING.number[:12] + BING.number[13] + BING.number[12] + BING.number[14:],
        BING.number[:14] + "9" + BING.number[15:],
        "E00000001",
    ]
)
RECORDS = st.builds(
    Record,
    id=st.integers(0, 99).map(lambda n: f"P-{n:02d}"),
    name=NAMES | st.just(""),
    number=NUMBERS,
    phone=st.sampled_from(["", phone(1), phone(2)]),
    born_on=st.sampled_from([None, BORN, date(1990, 1, 1)]),
    sex=st.sampled_from(["", "female", "male"]),
    former=st.sampled_from([(), ("E00000001",)]),
)


@settings(deadline=None)
@given(a=RECORDS, b=RECORDS)
def test_it_does_not_matter_which_record_comes_first(a: Record, b: Record) -> None:
    b = replace(b, id=f"{b.id}-b")
    assert compare(a, b) == compare(b, a)
    assert 0 <= compare(a, b).score <= 100
    assert all(reason.zh and reason.en for reason in compare(a, b).reasons)


@settings(deadline=None, max_examples=300)
@given(records=st.lists(RECORDS, max_size=12, unique_by=lambda record: record.id))
def test_looking_only_where_a_key_is_shared_misses_nobody(records: list[Record]) -> None:
    everybody = [compare(a, b) for a, b in combinations(records, 2)]
    worth = {(like.a, like.b) for like in everybody if like.score >= WORTH_A_LOOK}
    assert {(like.a, like.b) for like in likely_same(records).pairs} == worth


def test_a_wrong_digit_and_a_wrong_character_are_found_by_the_birth_date() -> None:
    wrong = Record("P-2", "样测丁", BING.number[:16] + "9" + BING.number[17:], born_on=BORN)
    assert [(like.a, like.b) for like in likely_same([BING, wrong]).pairs] == [("P-1", "P-2")]


def test_the_likeliest_pairs_come_first() -> None:
    heard = Record("P-2", "杨册炳", born_on=BORN)
    twice = Record("P-3", "样测丙", BING.number)
    found = likely_same([heard, twice, BING]).pairs
    assert [(like.a, like.b) for like in found] == [("P-1", "P-3"), ("P-1", "P-2")]


def test_a_telephone_of_a_whole_school_is_left_out_and_reported() -> None:
    pupils = [Record(f"P-{n}", "样丙", phone=phone(1)) for n in range(6)]
    queue = likely_same(pupils, most=5)
    assert queue.pairs == ()
    assert queue.left_out == {f"p:{phone(1)}": 6}


def test_keys_are_few_so_that_a_million_people_fit() -> None:
    assert len(blocking_keys(BING)) <= 8
    assert blocking_keys(UNKNOWN) == frozenset()
