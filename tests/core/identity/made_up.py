"""Numbers nobody has: the place is 000000, the telephones begin with 100."""

from __future__ import annotations

from datetime import date

from lianfang.core.identity.numbers import check_digit


def resident_id(born_on: date, sequence: int = 1) -> str:
    """A resident ID with the right check digit of a place that does not exist."""
    first = f"000000{born_on:%Y%m%d}{sequence:03d}"
    return first + check_digit(first)


def phone(number: int) -> str:
    """A mobile number that no operator gives out."""
    return f"100{number:08d}"
