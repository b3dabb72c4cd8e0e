"""Likely the same person: two records compared, with a score and every reason for and against."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from math import prod

from lianfang.core.identity.numbers import is_resident_id
from lianfang.core.identity.sound import sound_alike


@dataclass(frozen=True, slots=True)
class Record:
    """What the register knows about somebody. Texts are normalised; what is not known is empty.

    `former` holds numbers of earlier documents. `sex` is female or male.
    """

    id: str
    name: str = ""
    number: str = ""
    phone: str = ""
    born_on: date | None = None
    sex: str = ""
    former: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that speaks for (weight above 0) or against (below 0) the same person, on a scale to 100."""

    id: str
    zh: str
    en: str
    weight: int


@dataclass(frozen=True, slots=True)
class Likeness:
    """How likely two records are one person: 0 to 100, with the reasons, strongest first."""

    a: str
    b: str
    score: int
    reasons: tuple[Reason, ...]


WORTH_A_LOOK = 60
"""From this score on a pair belongs in the queue that somebody decides."""

SAME_NUMBER = Reason("same-number", "证件号码相同", "same document number", 97)
FORMER_NUMBER = Reason(
    "former-number", "一方的旧证件号码与另一方相同", "the old document of one is that of the other", 95
)
SWAPPED_DIGITS = Reason(
    "swapped-digits",
    "证件号码只有相邻两位对调,且至少一个校验码不符",
    "document numbers differ by two neighbouring digits in wrong order, and one fails its check digit",
    75,
)
ONE_DIGIT = Reason(
    "one-digit",
    "证件号码只差一位,且至少一个校验码不符",
    "document numbers differ in one digit, and one fails its check digit",
    45,
)
NAME_AND_BIRTH = Reason("name-and-birth", "姓名和出生日期相同", "same name and date of birth", 70)
SOUND_AND_BIRTH = Reason("sound-and-birth", "姓名同音、出生日期相同", "names sound alike, same date of birth", 60)
SIMILAR_AND_BIRTH = Reason("similar-and-birth", "姓名相近、出生日期相同", "similar names, same date of birth", 45)
NAME_AND_PHONE = Reason("name-and-phone", "姓名和电话相同", "same name and telephone", 75)
SOUND_AND_PHONE = Reason("sound-and-phone", "姓名同音、电话相同", "names sound alike, same telephone", 65)
SIMILAR_AND_PHONE = Reason("similar-and-phone", "姓名相近、电话相同", "similar names, same telephone", 45)
OTHER_PERSON = Reason(
    "two-valid-numbers",
    "两个居民身份证号码都有效而不相同",
    "two different resident IDs, both valid",
    -90,
)
OTHER_BIRTH = Reason("other-birth", "出生日期不同", "different dates of birth", -40)
OTHER_SEX = Reason("other-sex", "性别不同", "different sex", -30)


def compare(a: Record, b: Record) -> Likeness:
    """How likely two records are one person, and why.

    Independent reasons for add up as 1 - (1-p)(1-q)…; each reason against lowers the result by its share. A number
    in common outweighs a different date of birth or sex, which are then errors of typing. The order does not matter.
    """
    first, second = sorted((a, b), key=lambda record: record.id)
    strong = _numbers(first, second)
    weak = tuple(_names(first, second))
    settled = SAME_NUMBER in strong or FORMER_NUMBER in strong or not (strong or weak)
    against = () if settled else tuple(_against(first, second))
    for_it = 1 - prod(1 - reason.weight / 100 for reason in (*strong, *weak))
    left = prod(1 + reason.weight / 100 for reason in against)
    reasons = sorted((*strong, *weak, *against), key=lambda reason: -abs(reason.weight))
    return Likeness(first.id, second.id, round(100 * for_it * left), tuple(reasons))


def _numbers(a: Record, b: Record) -> tuple[Reason, ...]:
    if a.number and a.number == b.number:
        return (SAME_NUMBER,)
    if {a.number, *a.former} & {b.number, *b.former} - {""}:
        return (FORMER_NUMBER,)
    if not _mistyped(a.number, b.number):
        return ()
    return (SWAPPED_DIGITS,) if sorted(a.number) == sorted(b.number) else (ONE_DIGIT,)


def _mistyped(a: str, b: str) -> bool:
    """Whether one number can be the other mistyped. Two valid ones, those of twins, are never that close."""
    from rapidfuzz.distance import OSA

    return min(len(a), len(b)) >= 15 and len(a) == len(b) and OSA.distance(a, b, score_cutoff=1) == 1


def _names(a: Record, b: Record) -> Iterator[Reason]:
    if not (a.name and b.name):
        return
    like = _name_likeness(a.name, b.name)
    if like is None:
        return
    if a.born_on and a.born_on == b.born_on:
        yield (NAME_AND_BIRTH, SOUND_AND_BIRTH, SIMILAR_AND_BIRTH)[like]
    if a.phone and a.phone == b.phone:
        yield (NAME_AND_PHONE, SOUND_AND_PHONE, SIMILAR_AND_PHONE)[like]


def _name_likeness(a: str, b: str) -> int | None:
    """0 the same name, 1 they sound alike, 2 similar: one character of three differs, or nearly the same letters."""
    from rapidfuzz.distance import OSA
    from rapidfuzz.fuzz import token_sort_ratio

    if a == b:
        return 0
    if sound_alike(a, b):
        return 1
    if a.isascii() and b.isascii():
        return 2 if token_sort_ratio(a.casefold(), b.casefold()) >= 85 else None
    return 2 if min(len(a), len(b)) >= 3 and OSA.distance(a, b, score_cutoff=1) == 1 else None


def _against(a: Record, b: Record) -> Iterator[Reason]:
    if a.number != b.number and is_resident_id(a.number) and is_resident_id(b.number):
        yield OTHER_PERSON
    if a.born_on and b.born_on and a.born_on != b.born_on:
        yield OTHER_BIRTH
    if a.sex and b.sex and a.sex != b.sex:
        yield OTHER_SEX
