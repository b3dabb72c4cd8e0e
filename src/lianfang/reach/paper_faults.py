"""What can be wrong with a document that is to be read."""

from __future__ import annotations

from dataclasses import dataclass

from lianfang.core.complaint import Complaint

FORMATS = ".txt .md .docx .pdf .html .htm"


class PaperFault(Exception):
    """A document that cannot be read, and why."""

    def __init__(self, complaint: Complaint) -> None:
        self.complaint = complaint
        super().__init__(complaint.show("en"))


@dataclass(frozen=True, slots=True)
class _Words:
    zh: str
    en: str
    do_zh: str
    do_en: str


_FAULTS = {
    "paper:folder": _Words("这是文件夹，不是公文", "this is a folder, not a document", "写明文件", "name a file"),
    "paper:unreadable": _Words(
        "文件无法读取", "the file cannot be read", "检查路径和权限", "check the path and the permissions"
    ),
    "paper:too-big": _Words(
        "文件过大", "the document is too big", "只保留通知和附件再读", "keep only the notice and its annexes"
    ),
    "paper:too-deep": _Words(
        "文件嵌套过深", "the document is nested too deeply", "另存为纯文本再读", "save it as plain text"
    ),
    "paper:empty": _Words("文件是空的", "the file is empty", "换一份有内容的文件", "give a file with a text in it"),
    "paper:no-text": _Words(
        "文件里没有文字（可能是扫描图片）",
        "there is no text in the document (it may be a scanned image)",
        "先做文字识别（OCR），或改用电子版",
        "run text recognition (OCR) first, or use the electronic original",
    ),
    "paper:encrypted": _Words(
        "文件有密码或已加密",
        "the document is encrypted or has a password",
        "去掉密码后再读",
        "remove the password first",
    ),
    "paper:broken": _Words(
        "文件损坏，打不开",
        "the document is damaged and cannot be opened",
        "重新导出或另存一份",
        "export or save it again",
    ),
    "paper:encoding": _Words(
        "读不出文字编码", "the encoding of the text is unknown", "另存为 UTF-8 文本", "save it as UTF-8 text"
    ),
    "paper:not-what-it-says": _Words(
        "内容与文件后缀不符",
        "the content is not what the name says",
        "改正后缀或重新导出",
        "correct the ending or export it again",
    ),
    "paper:unknown-format": _Words(
        "不支持这种格式",
        "this format cannot be read",
        "另存为 .docx、.pdf、.txt 或 .html",
        "save it as .docx, .pdf, .txt or .html",
    ),
}


def complain(id: str, file: str, found: str = "", allowed: str = "") -> Complaint:
    """The complaint with that id about a file."""
    words = _FAULTS[id]
    return Complaint(
        id=id,
        file=file,
        zh=words.zh,
        en=words.en,
        found=found,
        allowed=allowed,
        do_zh=words.do_zh,
        do_en=words.do_en,
    )
