"""What keeps a paper from being printed, said so that the office can put it right."""

from __future__ import annotations

from collections.abc import Mapping

from lianfang.core.complaint import Complaint
from lianfang.core.facts.fault_words import Words


class PaperRefused(Exception):
    """A paper that cannot be made as it should be, and why."""

    def __init__(self, complaint: Complaint) -> None:
        self.complaint = complaint
        super().__init__(complaint.show("zh"))


PAPER_WORDS: Mapping[str, Words] = {
    "paper:no-glyph": Words(
        "这些字没有字体可印",
        "no font has these characters",
        "在服务器装一套大字库（如 fonts-noto-cjk）后重打",
        "install a large font on the server (such as fonts-noto-cjk) and print again",
    ),
    "template:broken": Words(
        "模板不是 Word 文件，或已损坏",
        "the template is no Word file, or damaged",
        "在 Word 中打开，另存为 .docx",
        "open it in Word and save it as .docx",
    ),
    "template:too-big": Words(
        "模板太大",
        "the template is too big",
        "压缩其中的图片",
        "make the pictures in it smaller",
    ),
    "template:syntax": Words(
        "模板中的标记写法不对",
        "a mark in the template is not written correctly",
        "按 {{ 姓名 }} 的样子写，括号成对",
        "write it as {{ 姓名 }}, with both brackets",
    ),
    "template:unknown-name": Words(
        "模板用了这种文书没有的名称",
        "the template uses a name that this paper does not have",
        "改用所列名称之一",
        "use one of the names listed",
    ),
    "template:not-allowed": Words(
        "模板中的标记做了不允许的事",
        "a mark in the template does something that is not allowed",
        "模板里只写名称、循环和判断",
        "use only names, loops and conditions in a template",
    ),
}
"""Every mistake, by its stable id."""


def refuse(id: str, file: str, found: str = "", allowed: str = "", place: str | None = None) -> PaperRefused:
    """The fault to raise: which paper or template, the place in it, what was found, what is allowed, what to do."""
    words = PAPER_WORDS[id]
    return PaperRefused(
        Complaint(
            id=id,
            file=file,
            zh=words.zh,
            en=words.en,
            column=place,
            found=found,
            allowed=allowed,
            do_zh=words.do_zh,
            do_en=words.do_en,
        )
    )
