"""Plain text: which encoding it is in, then its lines."""

from __future__ import annotations

import codecs

from lianfang.core.notice.paper import Paper, paper_of
from lianfang.reach.paper_faults import PaperFault, complain

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
MOST_ODD = 0.02


def read_txt(data: bytes, name: str) -> Paper:
    """The lines and tables of a text file. Raises PaperFault if it is none."""
    return paper_of(decode(data, name), name)


def decode(data: bytes, name: str) -> str:
    """The text in UTF-8, UTF-16 or GB 18030, whichever fits. Raises PaperFault if none does."""
    marked = [encoding for mark, encoding in _MARKS if data.startswith(mark)]
    for encoding in marked or ["utf-8", *_unmarked_wide(data), "gb18030"]:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _odd(text):
            return text
    raise PaperFault(complain("paper:encoding", name, f"0x{data[:8].hex(' ')}", "UTF-8, UTF-16, GB 18030"))


def _unmarked_wide(data: bytes) -> list[str]:
    """UTF-16 without its mark: every second byte of the line ends is zero."""
    if data[:4000].count(0) < 2:
        return []
    return ["utf-16-le", "utf-16-be"] if b"\n\x00" in data or b" \x00" in data else ["utf-16-be", "utf-16-le"]


def _odd(text: str) -> bool:
    """Whether a text holds so many control and private characters that it is not one."""
    sample = text[:20_000]
    odd = sum(
        1
        for sign in sample
        if (sign < " " and sign not in "\t\n\r\f\v") or "\ue000" <= sign <= "\uf8ff" or sign == "\ufffd"
    )
    return "\x00" in sample or odd > MOST_ODD * max(len(sample), 50)
