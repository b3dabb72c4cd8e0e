"""Document numbers: length, date and check digit decide; nothing that is typed makes the reading fail."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.core.identity.numbers import (
    Document,
    DocumentType,
    check_digit,
    full_number,
    normalise_number,
    read_number,
    type_of,
)
from tests.core.identity.made_up import resident_id

BORN = st.dates(date(1900, 1, 1), date(2020, 12, 31))
GOOD = resident_id(date(1980, 5, 17), 12)


def ids(document: Document) -> list[str]:
    """The ids of what is wrong or odd."""
    return [fault.id for fault in document.faults]


@given(born_on=BORN, sequence=st.integers(0, 999))
def test_a_resident_id_says_birth_date_and_sex(born_on: date, sequence: int) -> None:
    read = read_number(resident_id(born_on, sequence))
    assert read.valid
    assert read.type is DocumentType.ID_CARD
    assert read.born_on == born_on
    assert read.sex == ("male" if sequence % 2 else "female")


def test_a_place_that_is_in_no_list_is_a_warning_and_refuses_nobody() -> None:
    read = read_number(GOOD)
    assert ids(read) == ["number:place"]
    assert read.valid


@given(born_on=BORN, at=st.integers(0, 16), other=st.integers(1, 9))
def test_one_wrong_digit_is_always_found(born_on: date, at: int, other: int) -> None:
    good = resident_id(born_on)
    wrong = good[:at] + str((int(good[at]) + other) % 10) + good[at + 1 :]
    assert not read_number(wrong, DocumentType.ID_CARD).valid


@given(born_on=BORN, at=st.integers(0, 15))
def test_two_neighbouring_digits_in_wrong_order_are_always_found(born_on: date, at: int) -> None:
    good = resident_id(born_on, 47)
    swapped = good[:at] + good[at + 1] + good[at] + good[at + 2 :]
    assert swapped == good or not read_number(swapped).valid


@given(text=st.text(max_size=30), type=st.sampled_from([None, *DocumentType]))
def test_whatever_is_typed_the_reading_never_fails(text: str, type: DocumentType | None) -> None:
    read = read_number(text, type)
    assert all(fault.zh and fault.en for fault in read.faults)


@given(number=st.from_regex(r"[0-9]{17}[0-9X]", fullmatch=True))
def test_any_eighteen_digits_are_read_without_failing(number: str) -> None:
    read = read_number(number, DocumentType.ID_CARD)
    assert read.valid == (read.born_on is not None and number[17] == check_digit(number[:17]))


@pytest.mark.parametrize("typed", ["０００００0 1980 0517 0125", " 000000-19800517-0125\u200b", "'000000198005170125"])
def test_full_width_digits_spaces_and_quotes_are_typing_habits(typed: str) -> None:
    assert normalise_number(typed) == "000000198005170125"


@pytest.mark.parametrize("x", ["x", "X", "ｘ", "Ｘ", "Ⅹ", "Х", "×"])
def test_every_kind_of_x_is_the_letter_x(x: str) -> None:
    with_x = next(n for n in (resident_id(date(1980, 5, 17), i) for i in range(99)) if n.endswith("X"))
    assert normalise_number(with_x[:-1] + x) == with_x


def test_an_old_number_becomes_the_new_one_with_a_warning() -> None:
    old = GOOD[:6] + GOOD[8:17]
    read = read_number(old)
    assert full_number(old) == GOOD
    assert read.number == GOOD
    assert read.born_on == date(1980, 5, 17)
    assert "number:old-style" in ids(read)
    assert read.valid


@pytest.mark.parametrize("day", ["19800230", "19801301", "00000101", "18000101", "20300101"])
def test_an_impossible_birth_date_is_refused(day: str) -> None:
    first = f"000000{day}001"
    read = read_number(first + check_digit(first), today=date(2021, 1, 31))
    assert ids(read) == ["number:birth-date"]
    assert read.born_on is None
    assert not read.valid


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("", "number:empty"),
        (GOOD[:-1], "number:length"),
        (GOOD + "0", "number:length"),
        ("00000O198005170125", "number:characters"),
        ("1.10101E+17", "number:lost-digits"),
    ],
)
def test_what_is_wrong_is_named(typed: str, fault: str) -> None:
    read = read_number(typed, DocumentType.ID_CARD)
    assert ids(read) == [fault]
    assert not read.valid


def test_no_message_repeats_the_number() -> None:
    for typed in (GOOD[:-1], GOOD[:-1] + "Y", GOOD[:10] + "99" + GOOD[12:]):
        for fault in read_number(typed, DocumentType.ID_CARD).faults:
            assert typed[6:14] not in fault.zh + fault.en


@pytest.mark.parametrize(
    ("number", "type"),
    [
        (GOOD, DocumentType.ID_CARD),
        (GOOD[:-2], DocumentType.ID_CARD),
        ("9" + "0" * 17, DocumentType.RESIDENCE_CARD),
        ("ABC000000000000", DocumentType.RESIDENCE_CARD),
        ("H00000001", DocumentType.TRAVEL_PERMIT),
        ("00000001", DocumentType.TRAVEL_PERMIT),
        ("E00000001", DocumentType.PASSPORT),
        ("000000001", DocumentType.PASSPORT),
        ("军字第00000号", DocumentType.OTHER),
    ],
)
def test_the_kind_of_document_is_guessed_from_its_shape(number: str, type: DocumentType) -> None:
    assert type_of(number) is type


def test_a_residence_card_is_checked_like_a_resident_id() -> None:
    first = "90000019800517001"
    assert read_number(first + check_digit(first)).valid
    assert read_number(first + check_digit(first)).born_on == date(1980, 5, 17)
    wrong = "0" if check_digit(first) != "0" else "1"
    assert ids(read_number(first + wrong)) == ["number:check-digit"]
    assert read_number("ABC000000000000").valid
    assert ids(read_number(GOOD, DocumentType.RESIDENCE_CARD)) == ["number:residence-card"]


def test_passports_are_judged_by_their_shape_only() -> None:
    assert read_number("e 0000 0001", DocumentType.PASSPORT).number == "E00000001"
    assert read_number("E00000001", DocumentType.PASSPORT).valid
    assert ids(read_number("护照", DocumentType.PASSPORT)) == ["number:shape"]
