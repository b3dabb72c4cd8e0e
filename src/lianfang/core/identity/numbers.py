"""Document numbers: resident ID, residence card, passport and permits, as they are typed and as they should be."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import lru_cache

from lianfang.core.identity.fault import Fault


class DocumentType(StrEnum):
    """What paper a number is from; the words of the vocabulary's `id_type`."""

    ID_CARD = "id_card"
    RESIDENCE_CARD = "residence_card"
    TRAVEL_PERMIT = "travel_permit"
    PASSPORT = "passport"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Document:
    """A number read: in its standard form, with what it says about its holder and what is wrong with it.

    `number` of a 15-digit resident ID is the 18-digit one it became. `born_on` and `sex` (female, male) only where
    the number says so.
    """

    number: str
    type: DocumentType
    faults: tuple[Fault, ...] = ()
    born_on: date | None = None
    sex: str = ""

    @property
    def valid(self) -> bool:
        """Whether nothing is wrong; a warning is not wrong."""
        return all(fault.level == "warning" for fault in self.faults)


EARLIEST = date(1870, 1, 1)
_NOISE = re.compile(r"[\s'\"`‘’“”\-‐-―_.·\u200b-\u200f\u2060\ufeff]+")
_AS_X = str.maketrans("ХΧ×", "XXX")  # Cyrillic, Greek and the times sign are typed for X
_SHAPES = (
    (re.compile(r"9\d{16}[\dX]"), DocumentType.RESIDENCE_CARD),
    (re.compile(r"[A-Z]{3}\d{12}"), DocumentType.RESIDENCE_CARD),
    (re.compile(r"\d{13,19}X?|\d{15}"), DocumentType.ID_CARD),
    (re.compile(r"[HM]\d{8}(?:\d{2})?|\d{8}|\d{10}[A-Z]"), DocumentType.TRAVEL_PERMIT),
    (re.compile(r"(?=.*\d)[A-Z0-9]{6,12}"), DocumentType.PASSPORT),
)
_LOOSE = {
    DocumentType.PASSPORT: re.compile(r"(?=.*\d)[A-Z0-9]{5,17}"),
    DocumentType.TRAVEL_PERMIT: re.compile(r"[HM]\d{8}(?:\d{2})?|\d{8}|\d{10}[A-Z]?|[A-Z]\d{7,9}"),
    DocumentType.OTHER: re.compile(r"[^\W_]{3,30}"),
}
_OLD_RESIDENCE_CARD = re.compile(r"[A-Z]{3}\d{12}")
_EIGHTEEN = re.compile(r"\d{17}[\dX]")


def normalise_number(text: str) -> str:
    """A document number as printed: half-width, upper case, without spaces, hyphens and quotes; lower x becomes X."""
    plain = unicodedata.normalize("NFKC", text).upper().translate(_AS_X)
    return _NOISE.sub("", plain)


def type_of(number: str) -> DocumentType:
    """The kind of document a normalised number looks like; one of about the right length is a mistyped resident ID."""
    return next((type for shape, type in _SHAPES if shape.fullmatch(number)), DocumentType.OTHER)


def read_number(text: str, type: DocumentType | None = None, today: date | None = None) -> Document:
    """What a typed document number says and what is wrong with it; whatever is typed, it never fails.

    Length, date and check digit decide about resident IDs and residence cards; a place code that is in no list is a
    warning, because codes came and went. Other papers are judged by their shape only. Without `today`, a birth date
    in the future is not found out.
    """
    if re.fullmatch(r"\s*'?\d+(?:\.\d+)?[eE]\+?\d+\s*", unicodedata.normalize("NFKC", text)):
        return Document(normalise_number(text), type or DocumentType.ID_CARD, (_LOST_DIGITS,))
    number = normalise_number(text)
    type = type or type_of(number)
    if not number:
        return Document("", type, (_EMPTY,))
    if type is DocumentType.ID_CARD:
        return _resident(number, today)
    if type is DocumentType.RESIDENCE_CARD:
        return _residence_card(number, today)
    return Document(number, type, () if _LOOSE[type].fullmatch(number) else (_shape(len(number)),))


def full_number(number: str) -> str:
    """The 18-digit resident ID that a 15-digit one became: the century 19 put in and the check digit put behind."""
    longer = f"{number[:6]}19{number[6:]}"
    return longer + check_digit(longer)


def check_digit(first_seventeen: str) -> str:
    """The eighteenth digit, X for ten (ISO 7064 MOD 11-2, as GB 11643 has it)."""
    from stdnum.cn import ric

    return str(ric.calc_check_digit(f"{first_seventeen}0"))


def is_resident_id(number: str) -> bool:
    """Whether a normalised number of 18 digits has a possible birth date and the right check digit."""
    fits = _EIGHTEEN.fullmatch(number) is not None and number.isascii() and _date(number[6:14]) is not None
    return fits and number[17] == check_digit(number[:17])


def _resident(number: str, today: date | None) -> Document:
    """A resident ID of 18 digits, or of 15 as before 1999."""
    if len(number) not in (15, 18):
        return Document(number, DocumentType.ID_CARD, (_length(len(number)),))
    if not (_ascii_digits(number) if len(number) == 15 else _EIGHTEEN.fullmatch(number) and number.isascii()):
        return Document(number, DocumentType.ID_CARD, (_CHARACTERS,))
    full = number if len(number) == 18 else full_number(number)
    old = (_OLD,) if len(number) == 15 else ()
    read = _eighteen(full, DocumentType.ID_CARD, today)
    place = () if read.born_on is None or _known_place(full[:6], full[6:10]) else (_PLACE,)
    sex = "male" if int(full[16]) % 2 else "female"
    return replace(read, faults=(*read.faults, *old, *place), sex=sex)


def _residence_card(number: str, today: date | None) -> Document:
    """A foreigner's permanent residence card: 18 digits from 2023 on, before that 3 letters and 12 digits."""
    if _OLD_RESIDENCE_CARD.fullmatch(number) and number.isascii():
        return Document(number, DocumentType.RESIDENCE_CARD)
    if not (_EIGHTEEN.fullmatch(number) and number.isascii() and number.startswith("9")):
        return Document(number, DocumentType.RESIDENCE_CARD, (_RESIDENCE_CARD,))
    return _eighteen(number, DocumentType.RESIDENCE_CARD, today)


def _eighteen(number: str, type: DocumentType, today: date | None) -> Document:
    born_on = _date(number[6:14])
    faults = []
    if born_on is None or born_on < EARLIEST or (today is not None and born_on > today):
        faults.append(_BIRTH)
        born_on = None
    if number[17] != check_digit(number[:17]):
        faults.append(_CHECK_DIGIT)
    return Document(number, type, tuple(faults), born_on)


def _date(eight: str) -> date | None:
    try:
        return date(int(eight[:4]), int(eight[4:6]), int(eight[6:]))
    except ValueError:
        return None


@lru_cache(maxsize=2**16)
def _known_place(place: str, year: str) -> bool:
    from stdnum.cn import ric
    from stdnum.exceptions import ValidationError

    try:
        return bool(ric.get_birth_place(f"{place}{year}01010000"))
    except (ValidationError, LookupError, ValueError):  # the list has gaps that the library trips over
        return False


def _ascii_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


_EMPTY = Fault("number:empty", "证件号码是空的;请填写", "The document number is empty; do: fill it in")
_LOST_DIGITS = Fault(
    "number:lost-digits",
    "证件号码被表格软件改成了科学计数,后几位已丢失;请把该列设为文本格式后重新填写",
    "The spreadsheet turned the number into scientific notation and lost its last digits;"
    " do: format the column as text and enter it again",
)
_CHARACTERS = Fault(
    "number:characters",
    "居民身份证号码中有不该有的字符;允许: 数字,末位可为 X;请核对证件",
    "The resident ID has characters it cannot have; allowed: digits, the last may be X; do: look at the card",
)
_BIRTH = Fault(
    "number:birth-date",
    "证件号码第 7–14 位不是可能的出生日期;允许: 年月日,不晚于今天;请核对证件",
    "Digits 7-14 are no possible date of birth; allowed: year, month, day, not after today; do: look at the card",
)
_CHECK_DIGIT = Fault(
    "number:check-digit",
    "证件号码末位校验码不符,至少有一位填错;请核对证件",
    "The last digit does not fit the others: at least one is wrong; do: look at the card",
)
_RESIDENCE_CARD = Fault(
    "number:residence-card",
    "不像外国人永久居留身份证号码;允许: 以 9 开头的 18 位,或 3 个字母加 12 位数字;请核对证件",
    "Not a permanent residence card; allowed: 18 digits that begin with 9, or 3 letters and 12 digits;"
    " do: look at the card",
)
_PLACE = Fault(
    "number:place",
    "证件号码前 6 位不在行政区划目录中(可能是撤并的地区);请留意,可以登记",
    "The first six digits are in no list of divisions, perhaps one that is no more; do: take note, it may be recorded",
    "warning",
)
_OLD = Fault(
    "number:old-style",
    "老式 15 位号码,已换成 18 位;请留意,可以登记",
    "An old number of 15 digits, written as the 18 it became; do: take note, it may be recorded",
    "warning",
)


def _length(found: int) -> Fault:
    return Fault(
        "number:length",
        f"居民身份证号码看到 {found} 位;允许: 18 位(老式 15 位);请核对证件",
        f"The resident ID has {found} characters; allowed: 18, or 15 for an old one; do: look at the card",
    )


def _shape(found: int) -> Fault:
    return Fault(
        "number:shape",
        f"证件号码看到 {found} 位,不像这类证件;允许: 字母和数字;请核对证件类型和号码",
        f"The number has {found} characters and is not like this kind of document; allowed: letters and digits;"
        " do: check the kind of document and the number",
    )
