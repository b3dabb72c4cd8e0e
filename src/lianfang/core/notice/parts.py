"""Where the cover notice ends, where the plan and its annexes begin, and who signed when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from lianfang.core.notice.blocks import ENDS, TITLE_LINE, Block, is_annex_line, is_title
from lianfang.core.notice.dates import find_date, is_date_line
from lianfang.core.notice.labels import begins_with_label
from lianfang.core.notice.names import ends_like_unit
from lianfang.core.notice.reading import Quote
from lianfang.core.notice.text import tidy

_ANNEX_ALONE = re.compile(r"附 ?[件表录] ?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})?(?: ?[-—] ?[0-9]{1,2})?[:.、 ]*")
_SIGNED = re.compile(
    r"(?P<who>[^。;:,、]{3,40}?) ?(?P<date>(?:(?:19|20)[0-9]{2}|二[〇○零][〇○零一二三四五六七八九]{2}) ?年.{2,9}日)"
)
NUMBER = r"(?P<number>[\u3400-\u9fff()]{1,20}[〔\[﹝【(] ?(?:19|20)[0-9]{2} ?[〕\]﹞】)] ?第? ?[0-9]{1,4} ?号)"
"""A document number such as 某发〔2020〕3号, for patterns."""
_NUMBER = re.compile(rf"(?:发文字号|文 ?号|文件编号|字 ?号)?:? ?{NUMBER}(?: ?签发人.*)?")
_RECIPIENTS = re.compile(r"各|局|政府|部门|单位|办|委|街道|镇|乡|中心|会|院|校|公司|专班|指挥部|组|站|所")
_SPEECH = re.compile(r"如下|通知|要求|为了|根据|按照|是|事项|包括|以下|^为|提出")
MOST_SIGNED = 14
LONGEST_SIGNED = 45
LONGEST_RECIPIENTS = 400


@dataclass(frozen=True, slots=True)
class Part:
    """A cover notice, a plan or an annex: its head, its body and its signature."""

    annex: Block | None
    titles: tuple[Block, ...]
    number: Quote | None
    recipients: Block | None
    head_date: Block | None
    body: tuple[Block, ...]
    issuers: tuple[Quote, ...]
    signed: Block | None
    annex_list: tuple[Block, ...] = ()
    dropped: tuple[Block, ...] = ()

    @property
    def numbered(self) -> bool:
        """Whether the body has numbered clauses or tables."""
        return any(block.marker is not None or block.table is not None for block in self.body)

    @property
    def title(self) -> Quote | None:
        """The title, put together from its lines."""
        if not self.titles:
            return None
        return Quote("".join(whole(block) for block in self.titles), self.titles[0].line)


def whole(block: Block) -> str:
    """The text of a paragraph with the number it begins with."""
    return f"{block.marker.label}{block.text}" if block.marker else block.text


def split_parts(blocks: Sequence[Block]) -> tuple[Part, ...]:
    """The parts of a document in order; there is always at least one."""
    cut: list[_Cut] = [_Cut()]
    named = [place for place, block in enumerate(blocks) if _ANNEX_ALONE.fullmatch(whole(block))]
    last_named = named[-1] if named else -1
    for place, block in enumerate(blocks):
        here = cut[-1]
        if block.table is None and _begins_annex(block, blocks[place + 1 : place + 11], place < last_named):
            cut.append(_Cut(annex=block))
        elif here.listing is not None and not is_date_line(block.text) and _lists_on(block):
            here.listing.append(block)
        elif block.table is None and is_annex_line(whole(block)) and not here.closed:
            here.listing = [*(here.listing or []), block]
        elif _signs(block, here):
            here.blocks.append(block)
            here.closed = True
            cut.append(_Cut())
        else:
            here.spoken = here.spoken or "。" in block.text or block.marker is not None or block.table is not None
            here.blocks.append(replace(block, cut_off=here.listed_since_last))
    return tuple(_part(piece) for piece in cut if piece.blocks or piece.annex) or (_part(_Cut()),)


@dataclass(slots=True)
class _Cut:
    annex: Block | None = None
    blocks: list[Block] = field(default_factory=list)
    listing: list[Block] | None = None
    spoken: bool = False
    closed: bool = False

    @property
    def listed_since_last(self) -> bool:
        """Whether annexes were named after the last paragraph."""
        return bool(self.listing and self.blocks) and (self.listing or [])[-1].line > self.blocks[-1].last_line


def _begins_annex(block: Block, after: Sequence[Block], named_later: bool) -> bool:
    """An annex begins where its name stands alone, or with a title where no signature follows at once."""
    text = whole(block)
    if not is_annex_line(text) or (block.marker is not None and block.marker.rest):
        return False
    if _ANNEX_ALONE.fullmatch(text):
        return True
    if named_later:
        return False
    soon = [other for other in after if other.table is None]
    listed = any(is_date_line(other.text) or _SIGNED.fullmatch(other.loose) for other in soon)
    return not listed and any("。" in other.text or other.marker or other.table for other in after[:6])


def _lists_on(block: Block) -> bool:
    short = len(block.text) <= TITLE_LINE and not block.ends and block.table is None
    return short and (block.marker is not None or is_annex_line(block.text) or is_title(block.text))


def _signs(block: Block, here: _Cut) -> bool:
    if not here.spoken or block.table is not None or block.marker is not None:
        return False
    return is_date_line(block.text) or (_SIGNED.fullmatch(block.loose) is not None and ends_like_unit(_who(block)))


def _who(block: Block) -> str:
    match = _SIGNED.fullmatch(block.loose)
    return match["who"].strip().replace(" ", "") if match else ""


def _part(cut: _Cut) -> Part:
    blocks = list(cut.blocks)
    signed = blocks.pop() if cut.closed and blocks else None
    issuers: tuple[Quote, ...] = ()
    if signed is not None and not is_date_line(signed.text):
        issuers = (Quote(_who(signed), signed.line),)
    elif blocks:
        issuers = _signature(blocks, signed is not None)
    titles, rest, dropped = _titles(blocks)
    number, rest = _numbered(rest)
    number_above, titles = _number_above(titles)
    head_date, rest = _dated(rest)
    more_titles, rest, more_dropped = _titles(rest) if not titles else ((), rest, ())
    late_number, rest = _numbered(rest)
    recipients, rest = _recipients(rest)
    found = number_above or number or late_number
    dropped = (*dropped, *more_dropped)
    listing = tuple(cut.listing or ())
    titles = titles or more_titles
    body = tuple(_torn(blocks, rest))
    return Part(cut.annex, titles, found, recipients, head_date, body, issuers, signed, listing, dropped)


def _torn(blocks: Sequence[Block], rest: Sequence[Block]) -> Iterator[Block]:
    """What is left of the blocks, marked where something was taken out between two of them."""
    place = {id(block): number for number, block in enumerate(blocks)}
    last = -1
    for block in rest:
        number = place[id(block)]
        yield replace(block, cut_off=True) if last >= 0 and number > last + 1 else block
        last = number


def _signature(blocks: list[Block], dated: bool) -> tuple[Quote, ...]:
    """The names above the date, taken off the end; a name broken over lines is put together."""
    names: list[Block] = []
    while blocks and len(names) < MOST_SIGNED and _may_sign(blocks[-1]) and len(blocks) > 1:
        names.insert(0, blocks.pop())
    while names and not any(ends_like_unit(text) for text in (names[0].text, "".join(b.text for b in names))):
        blocks.append(names.pop(0))
    if names and not dated and not (blocks and blocks[-1].ends):
        blocks.extend(names)
        return ()
    pieces = [(tidy(word), block.line) for block in names for word in _side_by_side(block)]
    if all(ends_like_unit(word) for word, _ in pieces):
        return tuple(Quote(word, line) for word, line in pieces)
    joined = "".join(block.text for block in names)
    if ends_like_unit(joined) or dated:
        return (Quote(joined, names[0].line),)
    blocks.extend(names)
    return ()


def _side_by_side(block: Block) -> list[str]:
    """Two who sign on one line stand apart by spaces."""
    words = block.loose.split(" ")
    return words if len(words) > 1 and all(len(w) > 3 and ends_like_unit(w) for w in words) else [block.text]


def _may_sign(block: Block) -> bool:
    plain = block.table is None and block.marker is None and not begins_with_label(block.text)
    return plain and len(block.text) <= LONGEST_SIGNED and not re.search(rf"[{ENDS},《》]", block.text)


def _titles(blocks: list[Block]) -> tuple[tuple[Block, ...], list[Block], tuple[Block, ...]]:
    """The leading lines that make up the title; the same title said twice is kept once."""
    lines: list[Block] = []
    for block in blocks[:8]:
        if not _may_entitle(block):
            break
        lines.append(block)
        if is_title(whole(block)) and not whole(block).endswith("文件"):
            break
    if not lines or not is_title(whole(lines[-1])):
        return (), blocks, ()
    rest = blocks[len(lines) :]
    title = "".join(whole(block) for block in lines)
    again = [block for block in rest[:1] if whole(block) == title]
    return tuple(lines), rest[len(again) :], tuple(again)


def _may_entitle(block: Block) -> bool:
    if block.table is not None or block.marker is not None or is_date_line(block.text):
        return False
    return len(block.text) <= TITLE_LINE * 2 and not re.search(r"[。;:!]", block.text)


def _number_above(titles: tuple[Block, ...]) -> tuple[Quote | None, tuple[Block, ...]]:
    """A document number and a letterhead above the title are no part of it."""
    number = None
    kept: list[Block] = []
    for block in titles:
        match = _NUMBER.fullmatch(block.text)
        if match:
            number = Quote(match["number"], block.line)
            kept = []
        elif not block.text.endswith("文件"):
            kept.append(block)
        else:
            kept = []
    return number, tuple(kept)


def _numbered(blocks: list[Block]) -> tuple[Quote | None, list[Block]]:
    for place, block in enumerate(blocks[:4]):
        match = _NUMBER.fullmatch(block.text) if block.table is None and block.marker is None else None
        if match:
            return Quote(match["number"], block.line), blocks[:place] + blocks[place + 1 :]
    return None, blocks


def _dated(blocks: list[Block]) -> tuple[Block | None, list[Block]]:
    for place, block in enumerate(blocks[:2]):
        if block.table is None and block.marker is None and is_date_line(block.text) and find_date(block.text):
            return block, blocks[:place] + blocks[place + 1 :]
    return None, blocks


def _recipients(blocks: list[Block]) -> tuple[Block | None, list[Block]]:
    for place, block in enumerate(blocks[:3]):
        if block.table is not None or block.marker is not None:
            break
        if _addresses(block):
            return block, blocks[:place] + blocks[place + 1 :]
    return None, blocks


def _addresses(block: Block) -> bool:
    text = block.text
    if not text.endswith((":", ":")) or len(text) > LONGEST_RECIPIENTS or "。" in text:
        return False
    return _RECIPIENTS.search(text) is not None and _SPEECH.search(text) is None
