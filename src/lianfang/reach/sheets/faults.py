"""What can be wrong with a sheet that is to be read, said so that the sender can put it right."""

from __future__ import annotations

from collections.abc import Mapping

from lianfang.core.complaint import Complaint
from lianfang.core.facts.fault_words import Words
from lianfang.core.facts.faults import shorten


class SheetFault(Exception):
    """A sheet that cannot be read, and why."""

    def __init__(self, complaint: Complaint) -> None:
        self.complaint = complaint
        super().__init__(complaint.show("zh"))


SHEET_WORDS: Mapping[str, Words] = {
    "sheet:empty": Words(
        "表里没有内容",
        "there is nothing in the sheet",
        "换一份填好的表",
        "send one that is filled in",
    ),
    "sheet:no-rows": Words(
        "只有表头，没有数据行",
        "there is a head but no rows",
        "在表头下面填写后再导",
        "fill in the rows under the head",
    ),
    "sheet:no-head": Words(
        "找不到表头（一行至少两个列名）",
        "no head was found (a row of at least two names)",
        "在数据上方加一行列名",
        "put a row with the names of the columns over the data",
    ),
    "sheet:encrypted": Words(
        "文件加了密码，打不开",
        "the file is protected by a password",
        "在表格软件中去掉密码，另存后再导",
        "take the password off and save it again",
    ),
    "sheet:broken": Words(
        "文件已损坏，或不是表格文件",
        "the file is damaged or no sheet",
        "在表格软件中打开，另存为 xlsx 后再导",
        "open it, save it as xlsx and send that",
    ),
    "sheet:unknown-format": Words(
        "不认识这种文件",
        "this kind of file is not read",
        "另存为 xlsx 或 CSV",
        "save it as xlsx or CSV",
    ),
    "sheet:too-big": Words(
        "文件太大",
        "the file is too big",
        "分成几份，一份一份地导",
        "split it and send the parts one by one",
    ),
    "sheet:too-many-rows": Words(
        "行数太多",
        "there are too many rows",
        "分成几份，一份一份地导",
        "split it and send the parts one by one",
    ),
    "sheet:too-many-columns": Words(
        "列数太多",
        "there are too many columns",
        "删去不用的列",
        "take out columns that are not needed",
    ),
    "sheet:no-such-sheet": Words(
        "没有这个工作表",
        "there is no such sheet in the file",
        "从所列工作表中选一个",
        "choose one of those listed",
    ),
    "sheet:encoding": Words(
        "看不出文字编码",
        "the encoding of the text is not known",
        "另存为“CSV UTF-8”或 xlsx",
        "save it as “CSV UTF-8” or xlsx",
    ),
    "sheet:ragged": Words(
        "这一行比表头多出几格",
        "this line has more fields than the head",
        "含逗号的文字加双引号，或另存为 xlsx",
        "put texts with commas in double quotes, or save it as xlsx",
    ),
}
"""Every mistake a sheet can have, by its stable id."""


def refuse(id: str, file: str, found: object = "", allowed: str = "", line: int | None = None) -> SheetFault:
    """The fault to raise: the file, the line if there is one, what was found, what is allowed and what to do."""
    words = SHEET_WORDS[id]
    return SheetFault(
        Complaint(
            id=id,
            file=file,
            zh=words.zh,
            en=words.en,
            line=line,
            found=shorten(found) if found != "" else "",
            allowed=allowed,
            do_zh=words.do_zh,
            do_en=words.do_en,
        )
    )
