"""Names as people write them, and how they sound."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.core.identity.names import check_name, is_chinese, normalise_name, surname_and_given
from lianfang.core.identity.sound import sound_alike, sound_of


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        (" 样　丙 ", "样丙"),
        ("样 测 丙", "样测丙"),
        ("样丙•测丁", "样丙·测丁"),
        ("样丙．测丁", "样丙·测丁"),
        ("样丙 ・ 测丁", "样丙·测丁"),
        ("Ｊｏｈｎ　 Smith", "John Smith"),
        ("样丙，", "样丙"),
        ("J. Smith", "J. Smith"),
    ],
)
def test_a_name_is_the_same_however_it_is_spaced(typed: str, name: str) -> None:
    assert normalise_name(typed) == name


@given(text=st.text(max_size=12))
def test_normalising_a_name_twice_changes_nothing(text: str) -> None:
    once = normalise_name(text)
    assert normalise_name(once) == once


@pytest.mark.parametrize("name", ["样丙", "样测丙", "欧阳样丙", "样丙丁·测丁戊己", "John Smith", "Ngô"])
def test_chinese_minority_and_foreign_names_are_accepted(name: str) -> None:
    assert check_name(name) == ()


@pytest.mark.parametrize(
    ("name", "fault", "level"),
    [
        ("", "name:empty", "error"),
        ("10000000012", "name:characters", "error"),
        ("样丙2", "name:characters", "error"),
        ("··", "name:characters", "error"),
        ("样", "name:length", "warning"),
        ("样测丙丁戊", "name:length", "warning"),
    ],
)
def test_an_odd_name_is_named_and_a_short_one_is_only_a_warning(name: str, fault: str, level: str) -> None:
    (found,) = check_name(name)
    assert (found.id, found.level) == (fault, level)


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("样丙", ("样", "丙")),
        ("欧阳丙", ("欧阳", "丙")),
        ("欧阳", ("欧", "阳")),
        ("样丙·测丁", ("", "样丙·测丁")),
        ("John", ("", "John")),
    ],
)
def test_a_compound_surname_is_one_surname(name: str, parts: tuple[str, str]) -> None:
    assert surname_and_given(name) == parts


def test_letters_are_no_chinese_name() -> None:
    assert is_chinese("样丙·测丁")
    assert not is_chinese("样丙A")


@pytest.mark.parametrize(
    ("name", "spelling", "initials"),
    [
        ("样丙", "yangbing", "yb"),
        ("欧阳丙", "ouyangbing", "oyb"),
        ("尉迟丙", "yuchibing", "ycb"),
        ("单丙", "shanbing", "sb"),
        ("单于丙", "chanyubing", "cyb"),
        ("仇丙", "qiubing", "qb"),
        ("吕丙", "lvbing", "lb"),
        ("样丙·测丁", "yangbingceding", "ybcd"),
        ("John Smith", "johnsmith", "js"),
        ("José Núñez", "josenunez", "jn"),
    ],
)
def test_a_name_is_found_by_its_sound_and_by_its_initials(name: str, spelling: str, initials: str) -> None:
    sound = sound_of(name)
    assert sound.spellings[0] == spelling
    assert sound.initials[0] == initials
    assert sound.text.split() == [*sound.spellings, *sound.initials]


def test_a_surname_with_two_readings_is_found_by_both() -> None:
    assert set(sound_of("单丙").spellings) == {"shanbing", "danbing"}


def test_names_of_the_same_sound_sound_alike() -> None:
    assert sound_alike("样丙", "杨炳")
    assert sound_alike("单丙", "山丙")
    assert not sound_alike("样丙", "样丁")
    assert not sound_alike("", "")


@given(text=st.text(max_size=8))
def test_any_text_has_a_sound_of_plain_letters_or_none(text: str) -> None:
    sound = sound_of(normalise_name(text))
    assert all(spelling.isalnum() for spelling in (*sound.spellings, *sound.initials))
    assert bool(sound.spellings) == bool(sound.initials)
