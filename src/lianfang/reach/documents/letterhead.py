"""The letterhead that comes along for Word: made by code, so that an office can take it as the start of its own."""

from __future__ import annotations

import io

from docx import Document
from docx.document import Document as Docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from lianfang.reach.documents.layout import Language

HEI, SONG = "黑体", "宋体"


def default_letterhead(lang: Language = "zh") -> bytes:
    """A .docx with the names of every part of a paper in double brackets: it serves all letters and reports."""
    made = Document()
    _page(made)
    _head_and_foot(made, lang)
    _line(made, "{{ 标题 }}", HEI, 18, WD_ALIGN_PARAGRAPH.CENTER)
    _when(made, "编号", "{{ 编号 }}", 10, WD_ALIGN_PARAGRAPH.CENTER)
    _when(made, "收件人", "{{ 收件人 }}：" if lang == "zh" else "{{ 收件人 }}:")
    _each(made, "段", "正文", "{{ 段 }}", indent=lang == "zh")
    _each(made, "点", "要点", "{{ 点 }}")
    _each(made, "项", "项目", "{{ 项.名称 }}　{{ 项.内容 }}")
    _line(made, "{%p for 表 in 表格 %}")
    _line(made, "{{ 表.标题 }}", HEI, 12)
    _table(made)
    _when(made, "表.说明", "{{ 表.说明 }}", 9)
    _line(made, "{%p endfor %}")
    _each(made, "条", "条文", "{{ 条.原文 }}（{{ 条.方案 }} {{ 条.编号 }}）", font=SONG)
    _when(made, "结语", "{{ 结语 }}")
    for name in ("机关", "日期"):
        _when(made, name, f"{{{{ {name} }}}}", align=WD_ALIGN_PARAGRAPH.RIGHT)
    _when(made, "二维码", "{{ 二维码 }}")
    _when(made, "核验码", "{{ 核验码 }}", 8)
    signed = "　　签名：　　　　　　日期：" if lang == "zh" else "  Signature:                Date:"
    _when(made, "签收", "{{ 签收 }}" + signed)
    _when(made, "说明", "{{ 说明 }}", 9)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _page(made: Docx) -> None:
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(26)
    section.top_margin, section.bottom_margin = Mm(30), Mm(25)


def _head_and_foot(made: Docx, lang: Language) -> None:
    zh = lang == "zh"
    section = made.sections[0]
    head, foot = section.header.paragraphs[0], section.footer.paragraphs[0]
    _set(head, "{{ 方案 }} {{ 版本 }}　" + ("截至 {{ 截至 }}" if zh else "as of {{ 截至 }}"), HEI, 9)
    _set(foot, "{{ 水印 }}　{{ 打印人 }}" + (" 打印　第 " if zh else "  page "), HEI, 9)
    _field(foot, "PAGE")
    _set(foot, " 页，共 " if zh else " of ", HEI, 9)
    _field(foot, "NUMPAGES")
    _set(foot, " 页" if zh else "", HEI, 9)


def _line(
    made: Docx, text: str, font: str = HEI, size: float = 11, align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.LEFT
) -> Paragraph:
    paragraph: Paragraph = made.add_paragraph()
    paragraph.alignment = align
    _set(paragraph, text, font, size)
    return paragraph


def _when(
    made: Docx, name: str, text: str, size: float = 11, align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.LEFT
) -> None:
    """A line that stands only if there is something to say."""
    _line(made, f"{{%p if {name} %}}")
    _line(made, text, HEI, size, align)
    _line(made, "{%p endif %}")


def _each(made: Docx, one: str, name: str, text: str, font: str = HEI, indent: bool = False) -> None:
    _line(made, f"{{%p for {one} in {name} %}}")
    paragraph = _line(made, text, font)
    if indent:
        paragraph.paragraph_format.first_line_indent = Pt(22)
    _line(made, "{%p endfor %}")


def _table(made: Docx) -> None:
    """A table with as many columns and rows as the paper has."""
    table = made.add_table(rows=4, cols=3, style="Table Grid")
    words = (
        ("{%tc for 列 in 表.列 %}", "{{ 列 }}", "{%tc endfor %}"),
        ("{%tr for 行 in 表.行 %}", "", ""),
        ("{%tc for 格 in 行 %}", "{{ 格 }}", "{%tc endfor %}"),
        ("{%tr endfor %}", "", ""),
    )
    for row, texts in zip(table.rows, words, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            _set(cell.paragraphs[0], text, HEI, 9.5)


def _set(paragraph: Paragraph, text: str, font: str, size: float) -> None:
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    run.font.name = font
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def _field(paragraph: Paragraph, code: str) -> None:
    """A number that Word counts: the page, or how many there are."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)
