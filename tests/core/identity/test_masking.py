"""What the screen shows: enough to tell two people of a list apart, never the whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.core.facts.vocabulary import Column, ColumnType, Mask
from lianfang.core.identity.masking import mask_address, mask_contact, mask_name, mask_number, mask_phone, masked


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("", ""),
        ("样", "*"),
        ("测乙", "测*"),
        ("样测丙", "样*丙"),
        ("样测丙丁", "样**丁"),
        ("欧阳丙", "欧阳*"),
        ("欧阳丙丁", "欧阳**"),
        ("样丙·测丁戊", "样*·测**"),
        ("John Smith", "J*** S****"),
        ("样A", "样*"),
    ],
)
def test_a_name_keeps_its_ends(name: str, shown: str) -> None:
    assert mask_name(name) == shown


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("00000019800517001X", "000000********001X"),
        ("000000800517001", "000000*****7001"),
        ("E00000001", "E******01"),
        ("H0000001", "H*****01"),
        ("00001", "*****"),
        ("", ""),
    ],
)
def test_a_number_keeps_its_place_and_its_last_four(number: str, shown: str) -> None:
    assert mask_number(number) == shown


@pytest.mark.parametrize(
    ("phone", "shown"),
    [("10000000012", "100****0012"), ("00000000001", "000****0001"), ("2000012", "*****12"), ("110", "***"), ("", "")],
)
def test_a_telephone_keeps_its_first_three_and_last_four(phone: str, shown: str) -> None:
    assert mask_phone(phone) == shown


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("甲镇乙村3组12号", "甲镇乙村3组***"),
        ("甲路18号5栋2单元301室", "甲路18号***"),
        ("甲小区A座1203", "甲小区A座***"),
        ("甲小区十二栋", "甲小区十二栋"),
        ("甲镇乙村村口第二家", "甲镇乙村村***"),
        ("集市旁边", "***"),
        ("Room 301, Building 5", "***"),
        ("", ""),
    ],
)
def test_an_address_goes_down_to_the_building(address: str, shown: str) -> None:
    assert mask_address(address) == shown


def test_a_contact_written_freely_is_covered_whole() -> None:
    assert mask_contact("样丙 10000000012") == "***"
    assert mask_contact("") == ""


@given(number=st.from_regex(r"[A-Z0-9]{1,20}", fullmatch=True))
def test_no_number_is_shown_whole_and_its_birth_date_never(number: str) -> None:
    shown = mask_number(number)
    assert len(shown) == len(number)
    assert shown.count("*") >= min(len(number), 5)
    assert set(shown[6:14]) <= {"*"} or len(number) != 18


@given(name=st.text(alphabet="样测丙丁甲", min_size=1, max_size=6))
def test_no_name_is_shown_whole(name: str) -> None:
    assert "*" in mask_name(name)
    assert len(mask_name(name)) == len(name)


@given(address=st.text(alphabet="甲乙镇村路号栋室0123456789", max_size=20), room=st.integers(100, 999))
def test_a_room_is_never_shown(address: str, room: int) -> None:
    assert f"{room}室" not in mask_address(f"{address}9栋{room}室")


@pytest.mark.parametrize(
    ("mask", "personal", "shown"),
    [
        (Mask.NUMBER, "identity", "1********12"),
        (Mask.PHONE, "contact", "100****0012"),
        (Mask.NONE, "identity", "10000000012"),
        (None, "contact", "***"),
        (None, "health", "10000000012"),
        (None, None, "10000000012"),
    ],
)
def test_the_vocabulary_says_how_a_column_is_hidden(mask: Mask | None, personal: str | None, shown: str) -> None:
    column = Column("c", ColumnType.TEXT, "栏", "column", personal=personal, mask=mask)
    assert masked(column, "10000000012") == shown
