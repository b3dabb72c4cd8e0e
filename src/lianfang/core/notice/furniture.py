"""What is printed around the text: page numbers, running heads, tables of contents, the frame of a web page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from lianfang.core.notice.markers import read_marker
from lianfang.core.notice.paper import Line, Paper, Table
from lianfang.core.notice.reading import LeftOut
from lianfang.core.notice.text import spaced, tidy

PAGE, HEAD, CONTENTS, WEB, MARK, DATA = (
    "page number",
    "running head",
    "table of contents",
    "web page",
    "mark",
    "data of the page",
)
FIRST_LINES = 25
MOST_CONTENTS = 3

_PAGE = re.compile(
    r"[—–\-―·•~_ ]*[0-9]{1,3}[—–\-―·•~_ ]*|第 ?[0-9]{1,4} ?页(?:[,/ ]*共 ?[0-9]{1,4} ?页)?|[0-9]{1,3} ?/ ?[0-9]{1,3}"
    r"|[Pp]age [0-9]{1,4}(?: of [0-9]{1,4})?|— ?[一二三四五六七八九十]{1,3} ?—"
)
_LEADER = re.compile(r"(?:[.·…．。]{3,}|(?:[.·…] ){3,}|\.{2,}) ?[0-9ivxIVX]{1,4}$")
_CONTENTS = re.compile(r"目 ?录|目 ?次|CONTENTS", re.IGNORECASE)
_TAIL_NUMBER = re.compile(r"[.·…． \t]*[0-9]{1,3}$")
_WEB_START = re.compile(
    r"(?:无障碍|长者专版|长者模式|适老|字号:|字体:|打印|【?关闭|分享到|上一篇|下一篇|扫一扫|返回顶部|网站首页"
    r"|首页 ?[>》]|当前位置|您(?:现在|当前)?的位置|版权所有|技术支持|网站标识码|网站地图"
    r"|联系我们|copyright|微信公众号|相关附件下载|责任编辑)",
    re.IGNORECASE,
)
_WEB_INSIDE = re.compile(
    r"ICP备|公网安备|版权所有|网站标识码|浏览(?:量|次数)|访问(?:量|次数):|责任编辑:|文字大小|字体大小|copyright"
    r"|网站监督|网站举报|举报邮箱|邮编:? ?[0-9]{6}|e-?mail:",
    re.IGNORECASE,
)
_READ_MORE = re.compile(r".{0,90}(?:文件解读|政策解读|图解|相关链接|相关阅读):?")
_MARK = re.compile(
    r"[(] ?(?:此件|此文件|本文|信息)?.{0,10}公开(?:发布|属性)?.{0,6}[)]|公开属性:.{0,12}|主题词:.{0,80}"
    r"|抄[送报]:.{0,200}|[^。]{2,40}[0-9]{4} ?年 ?[0-9]{1,2} ?月 ?[0-9]{1,2} ?日 ?印发"
    r"|(?:特急|急件|加急|密级|份号):?.{0,6}|签发人:.{0,8}"
)
_LABELS = (
    "索 ?引 ?号|信息来源|文 ?号|发文字号|发布时间|发布日期|发文日期|成文日期|生成日期|公开日期|发文机关|发布机构"
    "|公开机构|主题分类|有效性|信息名称|公文种类|公开方式|公开范围|关键词|信息分类|体裁分类|文件名称|文件编号"
)
_PLAIN_LABELS = "(?:来源|来自|日期|时间|名 ?称|主 ?题 ?词)"
_DATA = re.compile(
    rf"[•·●▪◦*\- \[【]*(?:(?:{_LABELS})(?:[:】\]].{{0,80}}| ?.{{0,30}})|{_PLAIN_LABELS}[:】\]].{{0,80}})"
)
_LABEL_CELL = re.compile(rf"(?:{_LABELS})(?::.{{0,80}})?")
LONGEST_WEB = 240
LONGEST_HEAD = 60


@dataclass(frozen=True, slots=True)
class Kept:
    """A line of the notice itself: uniform characters; whether a gap or an indent sets it off from the line before."""

    number: int
    text: str
    apart: bool
    indented: bool
    whole: bool = False
    loose: str = ""  # with the single spaces that separate


def leave_out(paper: Paper) -> tuple[tuple[Kept | Table, ...], tuple[LeftOut, ...]]:
    """The lines and tables of the notice itself, and what was left out with the reason."""
    lines = [item for item in paper.items if isinstance(item, Line)]
    shown = {line.number: spaced(line.text) for line in lines}
    reasons = _plain_reasons(shown)
    reasons |= _running_heads(lines, shown, reasons)
    reasons |= _contents([line.number for line in lines], shown, reasons)
    kept: list[Kept | Table] = []
    data: list[LeftOut] = []
    gap, dropped = False, False
    for item in paper.items:
        if isinstance(item, Table) and _tells_of_the_page(item):
            data += [LeftOut(row.number, spaced(" ".join(row.cells)), DATA) for row in item.rows]
        elif isinstance(item, Table):
            kept.append(item)
            gap, dropped = True, False
        elif item.number in reasons:
            dropped = True
        elif not shown[item.number]:
            gap = True
        else:
            kept.append(_kept(item, shown[item.number], gap and not dropped))
            gap, dropped = False, False
    out = tuple(LeftOut(number, shown[number], reasons[number]) for number in sorted(reasons))
    return tuple(kept), tuple(sorted((*out, *data), key=lambda left: left.line))


def _tells_of_the_page(table: Table) -> bool:
    """A table of index number, publisher, dates: the head of a web page."""
    cells = [tidy(cell).strip(":") for row in table.rows[:8] for cell in row.cells]
    return sum(_LABEL_CELL.fullmatch(cell) is not None for cell in cells) >= 2


def _kept(line: Line, text: str, apart: bool) -> Kept:
    wide = line.text.replace("\ufeff", "")
    indent = len(wide) - len(wide.lstrip(" \u3000\u00a0\t"))
    deep = indent >= 2 or wide.startswith("\u3000")
    return Kept(line.number, tidy(text), apart, deep, line.whole, text)


def _plain_reasons(shown: dict[int, str]) -> dict[int, str]:
    """Lines that give themselves away."""
    reasons = {}
    solid = [number for number, text in shown.items() if text]
    top = set(solid[:FIRST_LINES])
    for number in solid:
        text = shown[number]
        if _PAGE.fullmatch(text):
            reasons[number] = PAGE
        elif len(text) <= LONGEST_WEB and _LEADER.search(text):
            reasons[number] = CONTENTS
        elif _MARK.fullmatch(text):
            reasons[number] = MARK
        elif _is_web(text):
            reasons[number] = WEB
        elif number in top and "。" not in text and _DATA.fullmatch(text):
            reasons[number] = DATA
    return reasons


def _is_web(text: str) -> bool:
    if len(text) > LONGEST_WEB or "。" in text:
        return False
    return bool(_WEB_START.match(text) or _WEB_INSIDE.search(text) or _READ_MORE.fullmatch(text))


def _running_heads(lines: Sequence[Line], shown: dict[int, str], reasons: dict[int, str]) -> dict[int, str]:
    """Short lines that come back beside page breaks; the first stays if it may be the title."""
    solid = [line for line in lines if shown[line.number]]
    beside = [line for place, line in enumerate(solid) if _beside_a_break(solid, place, reasons)]
    texts = {line.number: tidy(line.text) for line in beside if line.number not in reasons}
    often = Counter(texts.values())
    found = [number for number, text in texts.items() if often[text] > 1 and _may_run(text)]
    seen: set[str] = set()
    heads = {}
    for number in found:
        first = texts[number] not in seen
        seen.add(texts[number])
        if not (first and re.search(r"(?:通知|方案|预案|清单|意见|办法)$", texts[number])):
            heads[number] = HEAD
    return heads


def _may_run(text: str) -> bool:
    return len(text) <= LONGEST_HEAD and text[-1] not in "。;:" and read_marker(text) is None


def _beside_a_break(solid: Sequence[Line], place: int, reasons: dict[int, str]) -> bool:
    here = solid[place]
    for other in (place - 1, place + 1):
        if not 0 <= other < len(solid):
            continue
        there = solid[other]
        if reasons.get(there.number) == PAGE or (here.page is not None and there.page != here.page):
            return True
    return False


def _contents(order: Sequence[int], shown: dict[int, str], reasons: dict[int, str]) -> dict[int, str]:
    """The lines of a table of contents: they follow its name and come back later as headings."""
    places = [place for place, number in enumerate(order) if _CONTENTS.fullmatch(shown[number])][:MOST_CONTENTS]
    found: dict[int, str] = {}
    for place in places:
        entries = _entries(order[place + 1 :], shown, reasons)
        if entries or any(reasons.get(number) == CONTENTS for number in order[place + 1 : place + 4]):
            found |= dict.fromkeys((order[place], *entries), CONTENTS)
    return found


def _entries(after: Sequence[int], shown: dict[int, str], reasons: dict[int, str]) -> list[int]:
    texts = [tidy(shown[number]) for number in after]
    later = Counter(texts)
    entries: list[int] = []
    for number, text in zip(after, texts, strict=True):
        bare = _TAIL_NUMBER.sub("", text[: LONGEST_HEAD * 2])
        if number in reasons or not text:
            continue
        comes_back = later[text] > 1 or (bare != text and any(t.startswith(bare) for t in texts if t != text))
        first_entry = tidy(shown[entries[0]]) if entries else ""
        if not comes_back or "。" in text or len(text) > LONGEST_HEAD or text == first_entry:
            break
        entries.append(number)
    return entries
