"""Numbers with units as a notice writes them: 14天, ３－５人, 两次, 百分之九十, 1米."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lianfang.core.notice.numerals import CHINESE, read_amount
from lianfang.core.notice.reading import Quantity, Quote

_COUNTED = "人次 次 轮 遍 个 所 家 支 组 台 辆 处 份 管 套 只 件"
_UNITS: dict[str, tuple[str, int]] = {
    **dict.fromkeys(_COUNTED.split(), ("count", 1)),
    **{"小时": ("h", 1), "个小时": ("h", 1), "分钟": ("min", 1), "天": ("d", 1), "日": ("d", 1), "周": ("d", 7)},
    **{
        "个星期": ("d", 7),
        "个月": ("mo", 1),
        "个季度": ("mo", 3),
        "个工作日": ("workday", 1),
        "工作日": ("workday", 1),
    },
    **{"人": ("person", 1), "名": ("person", 1), "万人": ("person", 10_000), "万份": ("count", 10_000)},
    **{"间": ("room", 1), "张": ("bed", 1), "户": ("household", 1), "吨": ("tonne", 1), "公斤": ("kg", 1)},
    **{"米": ("metre", 1), "公里": ("km", 1), "平方米": ("square_metre", 1), "元": ("yuan", 1)},
    **{"万元": ("yuan", 10_000), "%": ("percent", 1), "℃": ("celsius", 1), "度": ("celsius", 1)},
}
_UNIT = "|".join(sorted(_UNITS, key=len, reverse=True))
_ARABIC = r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,4}|[0-9]{1,12}(?:\.[0-9]{1,6})?)"
_TO = r" ?(?:-|~|—|–|至|到) ?"
_NUMBER = re.compile(rf"(?P<low>{_ARABIC})(?: ?%)?(?:{_TO}(?P<high>{_ARABIC}))? ?(?P<unit>{_UNIT})")
_PLUS = re.compile(rf"(?P<low>{_ARABIC}) ?\+ ?(?P<high>{_ARABIC})[”\"’]? ?(?P<unit>天|日|小时)")
_WRITTEN = re.compile(rf"(?P<low>[{CHINESE}]{{1,12}})(?:(?:至|到)(?P<high>[{CHINESE}]{{1,12}}))? ?(?P<unit>{_UNIT})")
_SHARE = re.compile(rf"百分之(?P<low>[{CHINESE}]{{1,12}}|{_ARABIC})|(?P<all>百分百|百分之百)")
_HALF_YEAR = re.compile(r"半年")
_NOT_BEFORE = "第进统同任唯之其逐某独单不另哪这那该千万百十初专星周每近数几上年月.0123456789"
_ONLY_ONE = {"次", "轮", "遍", "天", "周", "小时", "个小时", "个月", "个星期", "个工作日", "分钟"}
_RHETORIC = {"个", "家", "处", "组", "支", "所", "件", "份", "张"}
MOST = 10**9


def find_quantities(text: str, line: int, clause: str) -> tuple[Quantity, ...]:
    """Every number with a unit in a text, in order of place; doubtful ones are marked."""
    taken: set[int] = set()
    found: list[tuple[int, Quantity]] = []
    for match, quantities in _matches(text, line, clause):
        if taken.isdisjoint(range(*match.span())):
            taken.update(range(*match.span()))
            found += [(match.start(), quantity) for quantity in quantities]
    return tuple(quantity for _, quantity in sorted(found, key=lambda item: item[0]))


def _matches(text: str, line: int, clause: str) -> Iterator[tuple[re.Match[str], tuple[Quantity, ...]]]:
    for match in _PLUS.finditer(text):
        parts = (match["low"], match["high"])
        yield match, tuple(q for part in parts if (q := _one(part, match["unit"], Quote(match[0], line), clause, True)))
    for match in _SHARE.finditer(text):
        if quantity := _one("100" if match["all"] else match["low"], "%", Quote(match[0], line), clause, False):
            yield match, (quantity,)
    for match in _HALF_YEAR.finditer(text):
        if text[max(0, match.start() - 1) : match.start()] not in ("上", "下", "前", "后"):
            yield match, (Quantity(6, 6, "mo", Quote(match[0], line), clause),)
    for match in _NUMBER.finditer(text):
        if quantity := _arabic(match, text, line, clause):
            yield match, (quantity,)
    for match in _WRITTEN.finditer(text):
        if quantity := _written(match, text, line, clause):
            yield match, (quantity,)


def _arabic(match: re.Match[str], text: str, line: int, clause: str) -> Quantity | None:
    ahead, behind = text[max(0, match.start() - 1) : match.start()], text[match.end() : match.end() + 1]
    if ahead and (ahead in "第月年-/.〔[" or (ahead.isascii() and ahead.isalnum())):
        return None
    if (match["unit"] in ("日", "号") and "月" in ahead) or (match["unit"] == "所" and behind in "有在"):
        return None
    quote = Quote(match[0], line)
    return _ranged(match["low"], match["high"], match["unit"], quote, clause, False)


def _written(match: re.Match[str], text: str, line: int, clause: str) -> Quantity | None:
    ahead, behind = text[max(0, match.start() - 1) : match.start()], text[match.end() : match.end() + 1]
    low, unit = match["low"], match["unit"]
    if (ahead and ahead in _NOT_BEFORE) or (unit == "日" and behind not in ("内", "以", "后", "前")):
        return None
    if low == "一" and match["high"] is None and (unit not in _ONLY_ONE or behind in ("性", "般", "一")):
        return None
    if unit in ("度", "处", "所", "名", "人") and (
        low in ("一", "百", "千", "万", "十") or behind in ("有", "之", "心")
    ):
        return None
    return _ranged(low, match["high"], unit, Quote(match[0], line), clause, unit in _RHETORIC)


def _ranged(low: str, high: str | None, unit: str, quote: Quote, clause: str, doubtful: bool) -> Quantity | None:
    least = _one(low, unit, quote, clause, doubtful)
    most = _one(high, unit, quote, clause, doubtful) if high else least
    if least is None or most is None:
        return None
    return Quantity(least.low, most.high, least.unit, quote, clause, doubtful or most.high < least.low)


def _one(number: str, unit: str, quote: Quote, clause: str, doubtful: bool) -> Quantity | None:
    amount = read_amount(number.replace(",", ""))
    name, times = _UNITS[unit]
    if amount is None or amount * times > MOST:
        return None
    return Quantity(amount * times, amount * times, name, quote, clause, doubtful)
