"""Numbers, phones and addresses are sealed: read back with the key, by nobody else, under old keys too."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured
from pytest_django import Settings

from lianfang.ledger.sealed import SealFault, lookup_key, newest_key, seal, seal_columns, unseal, unseal_columns

NEW, OLD = "k2:" + "n" * 40, "k1:" + "o" * 40
NUMBER = "000000199001010011"


@pytest.fixture(autouse=True)
def _keys(settings: Settings) -> None:
    settings.LIANFANG_SEAL_KEYS = [NEW, OLD]
    settings.LIANFANG_SEAL_SUITE = "aes-gcm"


@pytest.mark.parametrize("suite", ["aes-gcm", "sm4-gcm"])
@pytest.mark.parametrize("text", ["", NUMBER, "东街3号2单元", "a" * 5000])
def test_what_is_sealed_is_read_back(suite: str, text: str, settings: Settings) -> None:
    settings.LIANFANG_SEAL_SUITE = suite
    assert unseal(seal(text)) == text
    assert text == "" or text.encode() not in seal(text)


def test_the_same_number_never_looks_the_same_twice() -> None:
    assert seal(NUMBER) != seal(NUMBER)


def test_an_old_key_still_opens_and_the_new_one_seals(settings: Settings) -> None:
    settings.LIANFANG_SEAL_KEYS = [OLD]
    before = seal(NUMBER)
    settings.LIANFANG_SEAL_KEYS = [NEW, OLD]
    assert unseal(before) == NUMBER
    assert not before.startswith(newest_key())
    assert seal(NUMBER).startswith(newest_key())


def test_a_change_of_suite_leaves_readable_what_was_sealed_before(settings: Settings) -> None:
    before = seal(NUMBER)
    settings.LIANFANG_SEAL_SUITE = "sm4-gcm"
    assert unseal(before) == NUMBER
    assert not seal(NUMBER).startswith(before[:4])


def test_without_its_key_a_number_stays_closed_and_the_message_names_the_key(settings: Settings) -> None:
    sealed = seal(NUMBER)
    settings.LIANFANG_SEAL_KEYS = [OLD]
    with pytest.raises(SealFault, match="k2"):
        unseal(sealed)


def test_a_sealed_number_that_was_changed_anywhere_is_refused() -> None:
    sealed = seal(NUMBER)
    for place in range(len(sealed)):
        changed = bytearray(sealed)
        changed[place] ^= 1
        with pytest.raises(SealFault):
            unseal(bytes(changed))


@pytest.mark.parametrize("short", [b"", b"\x01", b"\x01\x02k", b"\x01\x02k2", b"\x01\x02k2" + b"x" * 20])
def test_bytes_that_are_no_sealed_text_are_refused(short: bytes) -> None:
    with pytest.raises(SealFault):
        unseal(short)


def test_the_index_finds_the_same_number_and_says_nothing_without_its_key(settings: Settings) -> None:
    settings.LIANFANG_LOOKUP_KEY = "l" * 40
    first = lookup_key(NUMBER)
    assert first == lookup_key(NUMBER)
    assert first != lookup_key(NUMBER[:-1] + "2")
    settings.LIANFANG_LOOKUP_KEY = "m" * 40
    assert lookup_key(NUMBER) != first


@pytest.mark.parametrize("keys", [[], ["k1:short"], [NEW, NEW], [":" + "x" * 40], ["密:" + "x" * 40]])
def test_keys_that_protect_nothing_stop_the_program_and_say_why(keys: list[str], settings: Settings) -> None:
    settings.LIANFANG_SEAL_KEYS = keys
    with pytest.raises(ImproperlyConfigured, match="LIANFANG_SEAL_KEYS"):
        seal(NUMBER)


def test_an_unknown_suite_is_refused(settings: Settings) -> None:
    settings.LIANFANG_SEAL_SUITE = "rot13"
    with pytest.raises(ImproperlyConfigured, match="sm4-gcm"):
        seal(NUMBER)


def test_sealed_columns_of_a_fact_come_back_as_they_were() -> None:
    columns = {"phone": "10000000011", "address": "一\n二\x1e三"}
    assert unseal_columns(seal_columns(columns)) == columns
    assert unseal_columns(None) == {}
