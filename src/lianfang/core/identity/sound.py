"""How a name sounds: syllables and initials, so that it is found by what somebody heard on the phone."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from lianfang.core.identity.names import HAN, name_parts, surname_and_given

SURNAME_SOUNDS = {
    surname: tuple(sounds.split("/"))
    for surname, _, sounds in (
        entry.partition(":")
        for entry in (
            "单:shan 仇:qiu 区:ou 曾:zeng 解:xie 查:zha 朴:piao 盖:ge/gai 任:ren 华:hua 覃:qin/tan 乐:yue/le 员:yun "
            "种:chong 繁:po 折:she 黑:he/hei 秘:bi 冼:xian 召:shao 祭:zhai 缪:miao 尉:wei/yu 佴:nai 洗:xian "
            "牟:mu/mou 宓:mi/fu 逄:pang 翟:zhai/di 车:che 都:du 句:gou 隗:wei/kui 褚:chu "
            "晁:chao 郗:xi/chi 贠:yun 郇:xun/huan 撒:sa 行:xing/hang 长:chang 应:ying 燕:yan 宁:ning 葛:ge "
            "尉迟:yu-chi 万俟:mo-qi 长孙:zhang-sun 澹台:tan-tai 单于:chan-yu 令狐:ling-hu 鲜于:xian-yu 亓官:qi-guan "
            "宰父:zai-fu 夏侯:xia-hou 公冶:gong-ye 钟离:zhong-li 乐正:yue-zheng"
        ).split()
    )
}
"""Surnames that do not sound as their character usually does; the usual reading of surnames first."""

_HAN = re.compile(f"[{HAN}]")


@dataclass(frozen=True, slots=True)
class Sound:
    """How a name is spelt in Latin letters without tones, the likeliest way first, and the initials of each way."""

    spellings: tuple[str, ...]
    initials: tuple[str, ...]

    @property
    def text(self) -> str:
        """One line to search in: every spelling, then every way of initials."""
        return " ".join((*self.spellings, *self.initials))


@lru_cache(maxsize=2**16)
def sound_of(name: str) -> Sound:
    """The sounds of a normalised name; a surname with two readings gives two spellings, ü is written v."""
    ways = tuple(_ways(name))
    spellings = dict.fromkeys("".join(way) for way in ways)
    initials = dict.fromkeys("".join(syllable[0] for syllable in way) for way in ways)
    return Sound(tuple(filter(None, spellings)), tuple(filter(None, initials)))


def sound_alike(a: str, b: str) -> bool:
    """Whether two normalised names can sound the same."""
    return not set(sound_of(a).spellings).isdisjoint(sound_of(b).spellings)


def _ways(name: str) -> Iterable[tuple[str, ...]]:
    if not _HAN.search(name):
        yield _latin(name_parts(name))
        return
    surname, given = surname_and_given(name)
    rest = tuple(syllable for part in name_parts(given) for syllable in _syllables(part))
    sounds = SURNAME_SOUNDS.get(surname, ())
    for sound in sounds:
        yield (*sound.split("-"), *rest)
    if len(surname) < 2 or not sounds:
        yield (*_syllables(surname), *rest)


@lru_cache(maxsize=2**16)
def _syllables(text: str) -> tuple[str, ...]:
    """By part of a name, because surnames and given names come again and again: the library is slow, memory is not."""
    from pypinyin import lazy_pinyin

    return _latin(lazy_pinyin(text)) if text else ()


def _latin(parts: Iterable[str]) -> tuple[str, ...]:
    """Plain lower-case letters: accents are dropped, as people type them."""
    plain = (unicodedata.normalize("NFKD", part.lower().replace("ü", "v")) for part in parts)
    return tuple(filter(None, ("".join(c for c in part if c.isalnum()) for part in plain)))
