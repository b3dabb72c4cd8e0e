"""Telephone numbers as they are typed and as they should be."""

from __future__ import annotations

import re
import unicodedata

from lianfang.core.identity.fault import Fault

_MOBILE = re.compile(r"1\d{10}")
_LANDLINE = re.compile(r"0\d{2,3}\d{7,8}(?:#\d{1,5})?|[2-9]\d{6,7}")
_ABROAD = re.compile(r"\+\d{7,15}")
_EXTENSION = re.compile(r"(?:转|EXT\.?|#)\s*(\d{1,5})$", re.IGNORECASE)


def normalise_phone(text: str) -> str:
    """A telephone number without spaces, hyphens and the country code 86; one from abroad keeps its +."""
    plain = unicodedata.normalize("NFKC", text).strip()
    extension = _EXTENSION.search(plain)
    digits = re.sub(r"\D", "", plain[: extension.start()] if extension else plain)
    abroad = plain.startswith(("+", "00"))
    if plain.startswith("00"):
        digits = digits[2:]
    home = digits.removeprefix("86") if abroad or len(digits) == 13 else digits
    if abroad and home == digits:
        return f"+{digits}"
    return home + (f"#{extension[1]}" if extension else "")


def check_phone(number: str) -> tuple[Fault, ...]:
    """What is wrong with a normalised telephone number: neither a mobile, nor a land line, nor one from abroad."""
    if any(shape.fullmatch(number) for shape in (_MOBILE, _LANDLINE, _ABROAD)):
        return ()
    return (
        Fault(
            "phone:shape",
            f"电话看到 {len(number)} 位;允许: 11 位手机号、带区号的固定电话、以 + 开头的境外号码;请核对",
            f"The telephone number has {len(number)} digits; allowed: a mobile number of 11 digits, a land line with"
            " its area code, a number from abroad that begins with +; do: check it",
        ),
    )
