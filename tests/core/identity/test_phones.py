"""Telephone numbers as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.core.identity.phones import check_phone, normalise_phone
from tests.core.identity.made_up import phone


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("100 0000 0012", "10000000012"),
        ("１００－００００－００１２", "10000000012"),
        ("+86 100-0000-0012", "10000000012"),
        ("0086 10000000012", "10000000012"),
        ("8610000000012", "10000000012"),
        ("0100-0000001 转 12", "01000000001#12"),
        ("+1 (000) 000-0001", "+10000000001"),
        ("", ""),
    ],
)
def test_a_number_is_the_same_however_it_is_typed(typed: str, number: str) -> None:
    assert normalise_phone(typed) == number


@pytest.mark.parametrize("number", ["10000000012", "01000000001", "01000000001#12", "2000001", "+10000000001"])
def test_mobile_land_line_and_foreign_numbers_are_accepted(number: str) -> None:
    assert check_phone(number) == ()


@pytest.mark.parametrize("number", ["", "123", "1000000001", "100000000123", "+1"])
def test_a_number_of_no_known_shape_is_refused_with_its_length(number: str) -> None:
    (fault,) = check_phone(number)
    assert str(len(number)) in fault.zh
    assert "允许" in fault.zh
    assert "allowed" in fault.en


@given(
    number=st.integers(0, 99_999_999),
    gaps=st.lists(st.sampled_from(["", " ", "-", "　", "－"]), min_size=11, max_size=11),
    before=st.sampled_from(["", "+86", "0086 ", "86", "+86-"]),
)
def test_gaps_and_the_country_code_make_no_other_number(number: int, gaps: list[str], before: str) -> None:
    typed = before + "".join(digit + gap for digit, gap in zip(phone(number), gaps, strict=True))
    assert normalise_phone(typed) == phone(number)
    assert check_phone(normalise_phone(typed)) == ()


@given(text=st.text(max_size=20))
def test_whatever_is_typed_the_reading_never_fails(text: str) -> None:
    assert set(normalise_phone(text)) <= set("0123456789+#")
