"""The code on a paper: only the key's holder can make one, and a typed one still reads."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.core.papers.code import LETTERS, read_code, sign_code

KEY, OLD = b"k" * 32, b"o" * 32
IDS = (
    st.text(min_size=1, max_size=20)
    .filter(lambda text: 1 <= len(text.encode("utf-8", "ignore")) <= 20)
    .filter(lambda text: not any(0xD800 <= ord(sign) <= 0xDFFF for sign in text))
)


@given(IDS, st.binary(min_size=16, max_size=64))
def test_every_signed_paper_reads_back_with_its_key_and_with_no_other(paper: str, key: bytes) -> None:
    code = sign_code(paper, key, "A1")
    assert len(code) <= 64
    assert read_code(code, {"A1": key}) == paper
    assert read_code(code, {"A1": bytes(len(key)) if any(key) else b"\1" * len(key)}) is None


@given(IDS, st.data())
def test_one_changed_sign_makes_a_code_worthless(paper: str, data: st.DataObject) -> None:
    code = sign_code(paper, KEY, "A")
    place = data.draw(st.sampled_from([i for i, sign in enumerate(code) if sign != "-"]))
    other = data.draw(st.sampled_from([sign for sign in LETTERS if sign != code[place]]))
    assert read_code(f"{code[:place]}{other}{code[place + 1 :]}", {"A": KEY}) is None


def test_a_code_typed_in_lower_case_with_spaces_and_misread_letters_still_reads() -> None:
    code = sign_code("2026-000017", KEY, "A")
    misread = code.lower().replace("0", "o").replace("1", "l")
    assert read_code(f" {misread[:9]} {misread[9:]}\n", {"A": KEY}) == "2026-000017"


def test_papers_signed_with_an_old_key_stay_valid_as_long_as_the_key_is_kept() -> None:
    code = sign_code("p1", OLD, "A")
    assert read_code(code, {"B": KEY, "A": OLD}) == "p1"
    assert read_code(code, {"B": KEY}) is None


def test_the_key_id_is_signed_too() -> None:
    code = sign_code("p1", KEY, "A")
    assert read_code(f"B{code[1:]}", {"A": KEY, "B": KEY}) is None


@given(st.text(max_size=100))
def test_whatever_is_typed_never_fails(text: str) -> None:
    assert read_code(text, {"A": KEY}) is None


@pytest.mark.parametrize(
    ("paper", "key", "key_id", "words"),
    [
        ("", KEY, "A", "1–20"),
        ("x" * 21, KEY, "A", "1-20 allowed"),
        ("p", b"short", "A", "at least 16"),
        ("p", KEY, "I", "key id 'I'"),
        ("p", KEY, "ABCDE", "1–4"),
    ],
)
def test_what_cannot_be_signed_is_refused_in_both_languages(paper: str, key: bytes, key_id: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        sign_code(paper, key, key_id)
