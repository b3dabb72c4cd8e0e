"""Lines become paragraphs: what a page broke is joined again, what begins anew is kept apart."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from lianfang.core.notice.dates import is_date_line
from lianfang.core.notice.furniture import Kept
from lianfang.core.notice.labels import begins_with_label
from lianfang.core.notice.markers import Marker, Numbering, Style, read_bare, read_marker
from lianfang.core.notice.paper import Table

ENDS = "。!?;:"
_TITLE_END = re.compile(
    r"(?:通知|通告|公告|意见|方案|预案|清单|办法|规定|规范|指引|指南|要点|决定|名单|细则|制度|流程|措施|通报|批复|纪要|命令"
    r"|计划|分工表|一览表|汇总表|任务表|明细表|安排|手册|文件|的函|的令|一封信|倡议书|部署|提示|提醒|须知|公开信|规划|总结|简报|任务|责任书|承诺书)(?:[(][^()]{1,16}[)])?[》”]?"
)
_ANNEX = re.compile(r"附 ?[件表录] ?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})?(?: ?[-—] ?[0-9]{1,2})?(?:[:.、 ].*)?")
LONG_LINE = 40
SHORT_LINE = 22
TITLE_LINE = 60
WIDEST_PAGE = 56
LONGEST_WHOLE = 60
_CN = "[一二三四五六七八九十]{1,3}"
_LOST_END = re.compile(rf"(?<=[。;])(?=[(]{_CN}[)]|{_CN}、|第{_CN}[章条][^的规])")
RAGGED = 4


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or a table: its text without the number it begins with, where it begins and ends."""

    text: str
    line: int
    last_line: int
    marker: Marker | None = None
    table: Table | None = None
    skips: bool = False  # the number is not the one that was due
    apart: bool = True
    loose: str = ""
    width: int = 0  # of its last line
    indented: bool = False  # its first line
    lines: int = 1
    cut_off: bool = False  # annexes or a label stood between it and what comes before

    @property
    def ends(self) -> bool:
        """Whether the paragraph has come to its end by its own punctuation."""
        return self.text.rstrip("”\"')》」』").endswith(tuple(ENDS))


def is_title(text: str) -> bool:
    """Whether a line ends as the titles of official documents do."""
    if len(text) > TITLE_LINE * 2 or re.search(r"[。;,]", text):
        return False
    return bool(_TITLE_END.search(text[-20:]) and _TITLE_END.fullmatch(_tail(text)))


def _tail(text: str) -> str:
    found = list(_TITLE_END.finditer(text))
    return text[found[-1].start() :] if found else ""


def is_annex_line(text: str) -> bool:
    """Whether a line names an annex (附件, 附件1, 附件1:…)."""
    return len(text) <= TITLE_LINE * 2 and _ANNEX.fullmatch(text) is not None


def blocks_of(kept: tuple[Kept | Table, ...]) -> tuple[Block, ...]:
    """The paragraphs and tables of a notice, in order."""
    numbering, full = Numbering(), full_line(kept)
    kept = tuple(piece for item in kept for piece in _pieces(item))
    bare = any(_is_decimal(item.text) for item in kept if isinstance(item, Kept))
    blocks: list[Block] = []
    for place, item in enumerate(kept):
        before = blocks[-1] if blocks else None
        if isinstance(item, Table):
            blocks.append(Block("", item.number, _last(item), table=item))
            continue
        following = kept[place + 1] if place + 1 < len(kept) else None
        marker = _marker(item, before, numbering, full, bare)
        if marker is None and before is not None and _goes_on(before, item, following, full):
            blocks[-1] = _joined(before, item)
        else:
            blocks.append(_begun(item, marker, numbering))
    return tuple(blocks)


def _is_decimal(text: str) -> bool:
    marker = read_marker(text)
    return marker is not None and marker.style is Style.DECIMAL


def _pieces(item: Kept | Table) -> tuple[Kept | Table, ...]:
    """A long line in which line ends were lost is cut where the next number follows a full stop."""
    if isinstance(item, Table) or len(item.text) < LONGEST_WHOLE:
        return (item,)
    first, *rest = _LOST_END.split(item.text)
    cut = [replace(item, text=first), *(replace(item, text=text, loose=text, whole=True) for text in rest)]
    return tuple(cut) if rest else (item,)


def full_line(kept: tuple[Kept | Table, ...]) -> int:
    """From what length on a line was broken by the page: near the common width, if the pages have one."""
    widths = sorted(_width(item) for item in kept if isinstance(item, Kept) and not item.whole)
    if len(widths) < 8 or widths[-1] > WIDEST_PAGE:
        return LONG_LINE
    widest = widths[-max(1, len(widths) // 20)]
    near = sum(width >= widest - RAGGED for width in widths)
    return max(widest - RAGGED, SHORT_LINE - RAGGED) if near * 6 >= len(widths) else LONG_LINE


def _width(item: Kept) -> int:
    return len(item.text) + 2 * item.indented


def _last(table: Table) -> int:
    return table.rows[-1].number if table.rows else table.number


def _begun(item: Kept, marker: Marker | None, numbering: Numbering) -> Block:
    text = item.text if marker is None else marker.rest
    skips = marker is not None and numbering.skips(marker)
    if marker is not None:
        numbering.take(marker)
    return Block(
        text,
        item.number,
        item.number,
        marker,
        skips=skips,
        apart=item.apart,
        loose=item.loose,
        width=_width(item),
        indented=item.indented,
    )


def _joined(before: Block, item: Kept) -> Block:
    text = before.text + item.text if before.text else item.text.lstrip(" 。.,")
    return replace(before, text=text, last_line=item.number, width=_width(item), lines=before.lines + 1)


def _marker(item: Kept, before: Block | None, numbering: Numbering, full: int, bare: bool) -> Marker | None:
    marker = read_marker(item.text) or (read_bare(item.text) if bare else None)
    if marker is None:
        return None
    fresh = before is None or before.table is not None or before.ends or item.apart or item.indented or item.whole
    if before is not None and not fresh:
        fresh = before.width < full or is_title(before.text)
    return marker if numbering.fits(marker, fresh) else None


def _goes_on(before: Block, item: Kept, following: Kept | Table | None, full: int) -> bool:
    """Whether a line without a number of its own continues the paragraph before it."""
    if before.table is not None or begins_with_label(item.text) or is_annex_line(item.text) or is_date_line(item.text):
        return False
    if before.marker is not None and not before.text:
        return True
    if item.apart or item.whole or before.ends or is_date_line(before.text) or is_annex_line(before.text):
        return False
    if before.text.endswith((",", "、", "《", "“", "(")):
        return True
    if item.indented or (before.marker is None and is_title(before.text)):
        return False
    if before.indented and before.width >= SHORT_LINE:
        return True
    return before.width >= full or _broken_heading(before, item, following)


def _broken_heading(before: Block, item: Kept, following: Kept | Table | None) -> bool:
    """A numbered heading that runs on into a short line without an end, with other text after it."""
    if before.marker is None or before.lines > 1 or len(before.text) < SHORT_LINE // 2 or following is None:
        return False
    if len(item.text) > SHORT_LINE or item.text[-1] in ENDS or re.search(r"[:。]", item.text):
        return False
    return isinstance(following, Table) or not is_date_line(following.text)
