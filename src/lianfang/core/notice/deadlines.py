"""By when: 2020年12月底, 5月底前, 24小时内, 立即, 持续推进 — read as far as the words go."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from lianfang.core.notice.dates import day_of, end_of_month
from lianfang.core.notice.numerals import CHINESE, read_amount, read_whole
from lianfang.core.notice.reading import Deadline, Quote, When

_N = rf"(?:[0-9]{{1,9}}(?:\.[0-9]{{1,3}})?|[{CHINESE}半]{{1,12}})"
_YEAR = r"(?P<year>(?:19|20)[0-9]{2}|二[〇○零][〇○零一二三四五六七八九]{2}|今|本|明|次|当) ?年 ?"
_MONTH = r"(?P<month>[0-9]{1,2}|[一二三四五六七八九十]{1,3}|本|当|次) ?月 ?"
_DAY = r"(?P<day>[0-9]{1,2}|[一二三四五六七八九十]{1,3}) ?[日号]"
_PART = r"(?P<part>底|末|初|上旬|中旬|下旬|中)"
_DATE = re.compile(
    rf"(?:{_YEAR})?(?:{_MONTH})(?:{_DAY}|{_PART})"
    r"|(?P<iso>(?:19|20)[0-9]{2}[-./][0-9]{1,2}[-./][0-9]{1,2})"
    rf"|{_YEAR.replace('year', 'year2')}(?P<half>底|末|内|上半年|下半年|第[一二三四1-4]季度末?)"
    r"|(?P<bare>年底|年末|年内|月底|月末)"
)
_BEFORE = re.compile(r"(?: ?[0-9]{1,2}(?::[0-9]{2}|[时点](?:[0-9]{1,2}分)?))? ?(?:之前|以前|前|止|截止|为止)(?![后一])")
_AFTER = re.compile(r" ?(?:以后|之后|后|起|以来|开始|至|到|—|-|~)")
_WITHIN_UNITS = {
    "小时": "h", "个小时": "h", "分钟": "min", "天": "d", "日": "d", "个工作日": "workday", "工作日": "workday",
    "周": "week", "个星期": "week", "星期": "week", "个月": "mo", "月": "mo",
}  # fmt: skip
_UNIT = "|".join(sorted(_WITHIN_UNITS, key=len, reverse=True))
_WITHIN = re.compile(rf"(?P<n>{_N}) ?(?P<unit>{_UNIT}) ?(?:之内|以内|内)")
_WITHIN_VERB = re.compile(
    r" ?(?:[,。;)]|$|完成|报|上报|进行|转|送|到|反馈|处置|能|要|必须|将|向|由|办结|提交|出|落实|开展|组织|赶"
    r"|采|流调|公布|隔离|启动|整改|作出|给予|答复|安排|制定|通知|实施|对|全部|做|登记|查|补)"
)
_LOOK_BACK = re.compile(r"(?:前|近|过去|最近|之前|以前|有效期|满) ?$")
_EVERY = re.compile(
    rf"(?P<every>每(?:(?P<n>{_N}) ?(?:个)?)?(?P<unit>小时|日|天|周|星期|月|季度|年)(?!末|来|个人|内|份))"
)
_EVERY_UNITS = {
    "小时": ("h", 1), "日": ("d", 1), "天": ("d", 1), "周": ("d", 7), "星期": ("d", 7), "月": ("mo", 1),
    "季度": ("mo", 3), "年": ("mo", 12),
}  # fmt: skip
_AT_ONCE = re.compile(r"立即|立刻|即刻|马上|第一时间|当即")
_VAGUE = re.compile(r"及时|尽快|尽早|适时|限期|定期|经常性|随时|早日|抓紧")
_CONTINUOUS = re.compile(
    r"(?:长期|持续|常态化?|全程|长效|经常|不间断|贯穿|日常)(?:性)?(?:工作|推进|坚持|开展|进行|实施|落实|抓好|任务|执行|保持|化)*"
)
_GOES_ON = re.compile(r"(?:[,、]|^)(?P<words>长期坚持|持续推进|长期推进|常抓不懈|持续坚持)(?=[。;]?$)")


@dataclass(frozen=True, slots=True)
class _Found:
    text: str
    day: date | None
    doubtful: bool
    due: bool  # the words around say that it is a deadline


def read_deadline(value: str, line: int, issued: date | None) -> Deadline:
    """What a labelled deadline (完成时限:…) says. Words that fix nothing are kept as UNREAD, never guessed."""
    quote = Quote(value, line)
    if _CONTINUOUS.fullmatch(value.strip()):
        return Deadline(When.CONTINUOUS, quote)
    if found := list(_dates(value, issued)):
        last = found[-1]
        return Deadline(
            When.DATE if last.day else When.UNREAD, quote, last.day, doubtful=last.doubtful or len(found) > 1
        )
    if match := _WITHIN.search(value) or re.search(rf"^(?P<n>{_N}) ?(?P<unit>{_UNIT})$", value):
        return _within(match, quote)
    if match := _EVERY.match(value):
        return _every(match, quote)
    if re.fullmatch(rf"(?:{_AT_ONCE.pattern})(?:落实|整改|完成|办理|执行|实施|开展|进行)?", value):
        return Deadline(When.AT_ONCE, quote)
    if _CONTINUOUS.search(value):
        return Deadline(When.CONTINUOUS, quote, doubtful=True)
    return Deadline(When.UNREAD, quote, doubtful=True)


def find_deadlines(text: str, line: int, issued: date | None) -> tuple[Deadline, ...]:
    """Every deadline that a sentence states in passing, in order of place. Looks back (近14天内) are none."""
    found: list[tuple[int, Deadline]] = []
    for match, date_found in _dated_matches(text, issued):
        if date_found.due:
            sort = When.DATE if date_found.day else When.UNREAD
            quote = Quote(date_found.text, line)
            found.append((match.start(), Deadline(sort, quote, date_found.day, doubtful=date_found.doubtful)))
    for match in _WITHIN.finditer(text):
        if not _LOOK_BACK.search(text[: match.start()]) and _WITHIN_VERB.match(text[match.end() :]):
            found.append((match.start(), _within(match, Quote(match[0], line))))
    found += [(m.start(), _every(m, Quote(m["every"], line))) for m in _EVERY.finditer(text)]
    found += [(m.start(), Deadline(When.AT_ONCE, Quote(m[0], line))) for m in _AT_ONCE.finditer(text)]
    found += [(m.start(), Deadline(When.VAGUE, Quote(m[0], line), doubtful=True)) for m in _VAGUE.finditer(text)]
    found += [(m.start(), Deadline(When.CONTINUOUS, Quote(m["words"], line))) for m in _GOES_ON.finditer(text)]
    return tuple(deadline for _, deadline in sorted(found, key=lambda item: item[0]))


def _within(match: re.Match[str], quote: Quote) -> Deadline:
    amount, unit = read_amount(match["n"]), _WITHIN_UNITS[match["unit"]]
    if amount is None:
        return Deadline(When.UNREAD, quote, doubtful=True)
    if unit == "week":
        return Deadline(When.WITHIN, quote, amount=amount * 7, unit="d")
    if unit == "workday":
        return Deadline(When.WITHIN, quote, amount=amount, unit="workday", doubtful=True)
    return Deadline(When.WITHIN, quote, amount=amount, unit=unit)


def _every(match: re.Match[str], quote: Quote) -> Deadline:
    unit, times = _EVERY_UNITS[match["unit"]]
    amount = read_amount(match["n"]) if match["n"] else 1
    if amount is None:
        return Deadline(When.UNREAD, quote, doubtful=True)
    return Deadline(When.EVERY, quote, amount=amount * times, unit=unit)


def _dates(value: str, issued: date | None) -> Iterator[_Found]:
    for _, found in _dated_matches(value, issued):
        yield found


def _dated_matches(text: str, issued: date | None) -> Iterator[tuple[re.Match[str], _Found]]:
    for match in _DATE.finditer(text):
        if text[max(0, match.start() - 1) : match.start()].isdigit() or _cut_off(text, match):
            continue
        behind = text[match.end() :]
        before = _BEFORE.match(behind)
        words = match[0] + (before[0] if before else "")
        day, doubtful = _settle(match, issued)
        soft = match["part"] in ("初", "上旬", "中旬", "下旬", "中")
        ends = match["part"] in ("底", "末") or match["half"] is not None or match["bare"] is not None
        due = before is not None or ((ends or soft) and not _AFTER.match(behind))
        yield match, _Found(words, day, doubtful or (soft and before is None), due)


def _cut_off(text: str, match: re.Match[str]) -> bool:
    """A bare 月底 or 年底 inside a longer word (每月底, 半年底) is not a date of its own."""
    ahead = text[max(0, match.start() - 1) : match.start()]
    return match["bare"] is not None and ahead in tuple("每半个整全周多少近")


def _settle(match: re.Match[str], issued: date | None) -> tuple[date | None, bool]:
    """The last day that the words allow, and whether the notice's own date had to help."""
    if match["iso"]:
        parts = [int(part) for part in re.split(r"[-./]", match["iso"])]
        return day_of(*parts), False
    if match["bare"]:
        return _of_bare(match["bare"], issued), True
    year, borrowed = _year(match["year"] or match["year2"], issued)
    if year is None:
        return None, True
    if match["half"]:
        return _of_half(year, match["half"]), borrowed
    month = issued.month if match["month"] in ("本", "当") and issued else read_whole(match["month"])
    if match["month"] == "次" and issued:
        after = issued.replace(day=1) + timedelta(days=31)
        year, month = after.year, after.month
    if month is None or not 1 <= month <= 12:
        return None, True
    if match["day"]:
        day = day_of(year, month, read_whole(match["day"]))
        return day, borrowed or day is None
    if match["part"] in ("上旬", "中旬", "初", "中"):
        return day_of(year, month, 10 if match["part"] in ("上旬", "初") else 20), True
    return end_of_month(year, month), borrowed


def _year(written: str | None, issued: date | None) -> tuple[int | None, bool]:
    if written is None or written in "今本当":
        return (issued.year if issued else None), True
    if written in "明次":
        return (issued.year + 1 if issued else None), True
    return read_whole(written), False


def _of_half(year: int, words: str) -> date | None:
    if words.startswith("第"):
        quarter = read_whole(words[1]) or 4
        return end_of_month(year, quarter * 3)
    return end_of_month(year, 6 if words == "上半年" else 12)


def _of_bare(words: str, issued: date | None) -> date | None:
    if issued is None:
        return None
    return end_of_month(issued.year, issued.month if words.startswith("月") else 12)


def in_clause(deadline: Deadline, clause: str) -> Deadline:
    """The deadline with the clause it belongs to."""
    return replace(deadline, clause=clause)
