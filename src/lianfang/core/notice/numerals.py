"""Numbers as people write them: 14, １４, 十四, 两, 二〇二〇, 百分之九十."""

from __future__ import annotations

_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {
    "〇": 0, "○": 0, "Ο": 0, "两": 2, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7, "捌": 8, "玖": 9
}  # fmt: skip
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_HEAPS = {"万": 10_000, "亿": 100_000_000}

CHINESE = "零〇○一二两三四五六七八九十百千万亿"
"""The signs of a written number, for patterns."""

LONGEST = 12


def read_whole(text: str) -> int | None:
    """The whole number that a text is; None if it is none (`14`, `十四`, `二〇二〇`, `一百零五`, `3万`)."""
    if not text or len(text) > LONGEST:
        return None
    if text.isascii():
        return int(text) if text.isdigit() else None
    if all(sign in _DIGITS for sign in text):
        return int("".join(str(_DIGITS[sign]) for sign in text)) if len(text) != 2 else _two(text)
    return _counted(text)


def read_amount(text: str) -> float | int | None:
    """The number that a text is, with decimals; None if it is none."""
    if text == "半":
        return 0.5
    if text.isascii() and text.count(".") == 1 and text.replace(".", "", 1).isdigit() and len(text) <= LONGEST:
        return float(text)
    return read_whole(text)


def _two(text: str) -> int | None:
    """Two digits side by side are a number only with a nought (二〇); 三五 means three to five."""
    return int("".join(str(_DIGITS[sign]) for sign in text)) if "0" in {str(_DIGITS[sign]) for sign in text} else None


def _counted(text: str) -> int | None:
    total, part, digit = 0, 0, 0
    number = ""
    for sign in text:
        if sign.isascii() and sign.isdigit():
            number += sign
            digit = int(number)
            continue
        number = ""
        if sign in _DIGITS:
            digit = _DIGITS[sign]
        elif sign in _TENS:
            part += (digit or 1) * _TENS[sign]
            digit = 0
        elif sign in _HEAPS:
            total += (part + digit or 1) * _HEAPS[sign]
            part, digit = 0, 0
        else:
            return None
    return total + part + digit


def letters(place: int) -> str:
    """The place of a sentence as a letter: 0 is a, 25 is z, 26 is aa."""
    text = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        text = chr(97 + rest) + text
    return text
