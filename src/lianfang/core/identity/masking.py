"""What the screen shows of names, numbers, phones and addresses: enough to tell people apart, not enough to use."""

from __future__ import annotations

import re

from lianfang.core.facts.vocabulary import Column, Mask
from lianfang.core.identity.names import is_chinese, surname_and_given

COVERED = "***"
"""What stands for something of which nothing is shown."""

_BUILDING = re.compile(
    r"^(.*?(?:\d+|[一二三四五六七八九十百]+|[A-Za-z])\s*(?:号楼|号院|栋|幢|座|楼|弄|号|组|户))", re.IGNORECASE
)
_STREET = re.compile(r"^(.*(?:社区|街道|小区|公寓|大厦|花园|村|镇|乡|路|街|巷|道))")


def mask_name(name: str) -> str:
    """A name with its middle covered: 样*丙, 测*, 欧阳**, 样*·测*, J*** S****."""
    if not name:
        return ""
    if "·" in name or " " in name or not is_chinese(name):
        return "".join(_first_letter(part) for part in re.split(r"([·\s]+)", name))
    surname, given = surname_and_given(name)
    if len(surname) == 2:
        return surname + "*" * len(given)
    if len(name) <= 2:
        return name[0] + "*" if len(name) == 2 else "*"
    return name[0] + "*" * (len(name) - 2) + name[-1]


def _first_letter(part: str) -> str:
    if not part or part.isspace() or "·" in part:
        return part
    return part[0] + "*" * (len(part) - 1) if len(part) > 1 else "*"


def mask_number(number: str) -> str:
    """A document number without its middle: the place and the last four of a long one, the ends of a shorter one.

    Of 18 characters the first 6 and the last 4 stay (000000********001X); of 8 to 14 the first and the last 2; of
    anything shorter nothing.
    """
    if len(number) >= 15:
        return number[:6] + "*" * (len(number) - 10) + number[-4:]
    if len(number) >= 8:
        return number[0] + "*" * (len(number) - 3) + number[-2:]
    return "*" * len(number)


def mask_phone(phone: str) -> str:
    """A telephone number without its middle: the first 3 and the last 4 (100****0012); of a short one the last 2."""
    if len(phone) >= 10:
        return phone[:3] + "*" * (len(phone) - 7) + phone[-4:]
    return "*" * (len(phone) - 2) + phone[-2:] if len(phone) > 4 else "*" * len(phone)


def mask_address(address: str) -> str:
    """An address down to the building; without a building down to the village or street; otherwise nothing.

    What comes after (entrance, floor, room) is covered, and so is the whole when no such word is found.
    """
    if not address:
        return ""
    cut = _BUILDING.match(address) or _STREET.match(address)
    shown = cut[1] if cut else ""
    return shown if shown == address else shown + COVERED


def mask_contact(contact: str) -> str:
    """A contact written freely is covered whole: it may hold anything."""
    return COVERED if contact else ""


_MASKS = {
    Mask.NAME: mask_name,
    Mask.NUMBER: mask_number,
    Mask.PHONE: mask_phone,
    Mask.ADDRESS: mask_address,
    Mask.CONTACT: mask_contact,
}


def masked(column: Column, text: str) -> str:
    """The text of a column as the screen shows it, by what the vocabulary says about the column."""
    mask = _MASKS.get(column.hidden)
    return mask(text) if mask else text
