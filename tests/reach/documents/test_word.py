"""Papers as Word, on the shipped letterhead or the office's own; a bad template is answered with its place."""

from __future__ import annotations

import io
from typing import get_args

import docx
import pytest

from lianfang.reach.documents.faults import PAPER_WORDS, PaperRefused
from lianfang.reach.documents.layout import Language
from lianfang.reach.documents.letterhead import default_letterhead
from lianfang.reach.documents.word import names_of, word
from tests.reach.documents.made_papers import CODE, ENGLISH, FRAME, every_paper

SORTS = tuple(every_paper())
RELEASE = every_paper()["release certificate"]


def template(*lines: str, row: str = "", head: str = "") -> bytes:
    made = docx.Document()
    for line in lines:
        made.add_paragraph(line)
    if row:
        made.add_table(rows=1, cols=1).cell(0, 0).text = row
    if head:
        made.sections[0].header.paragraphs[0].text = head
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def lines(raw: bytes) -> list[str]:
    made = docx.Document(io.BytesIO(raw))
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    section = made.sections[0]
    edges = [paragraph.text for part in (section.header, section.footer) for paragraph in part.paragraphs]
    return [paragraph.text for paragraph in made.paragraphs] + cells + edges


@pytest.mark.parametrize("lang", get_args(Language))
@pytest.mark.parametrize("sort", SORTS)
def test_every_paper_can_be_had_on_the_shipped_letterhead(sort: str, lang: Language) -> None:
    paper = every_paper(english=lang == "en")[sort]
    found = lines(word(paper, FRAME if lang == "zh" else ENGLISH))
    text = "\n".join(found)
    assert paper.title in found
    assert all(words in text for words in (*(one.text for one in paper.lines), *(one.text for one in paper.quotes)))
    assert not [line for line in found if "{{" in line or "{%" in line]


def test_tables_have_as_many_columns_and_rows_as_the_paper() -> None:
    made = docx.Document(io.BytesIO(word(every_paper()["clause"], FRAME)))
    assert [(len(table.rows), len(table.columns)) for table in made.tables] == [(3, 8), (15, 7)]
    assert made.tables[0].cell(1, 2).text == "已办 122 应办 24 待补 7 逾期 14"


def test_the_qr_code_and_its_code_are_on_the_paper() -> None:
    raw = word(RELEASE, FRAME)
    assert len(docx.Document(io.BytesIO(raw)).inline_shapes) == 1
    assert CODE in lines(raw)


def test_an_office_uses_its_own_letterhead_with_chinese_names() -> None:
    own = template(
        "示例街道办事处", "兹证明 {{ 姓名 }} 自 {{ 起始日 }} …… {{ 解除时间 }}", row="{{ 编号 }}", head="{{ 方案 }}"
    )
    found = lines(word(RELEASE, FRAME, own))
    assert "兹证明 样某丙 自 11月8日 …… 11月22日10时" in found
    assert {"示防解〔2026〕17号", FRAME.plan} <= set(found)


def test_what_is_written_in_a_field_is_never_read_as_a_mark_or_as_markup() -> None:
    from dataclasses import replace

    from lianfang.reach.documents.layout import Letter

    assert isinstance(RELEASE, Letter)
    nasty = replace(RELEASE, to="{{ 7*7 }} <w:p/> & \"'")
    assert "{{ 7*7 }} <w:p/> & \"'" in lines(word(nasty, FRAME, template("{{ 收件人 }}")))


@pytest.mark.parametrize(
    ("made", "id", "place", "found"),
    [
        (template("抬头", "{{ 姓命 }}"), "template:unknown-name", "第2段", "姓命"),
        (template("抬头", row="{{ 姓命 }}"), "template:unknown-name", "表1 (table) 第1行", "姓命"),
        (template("抬头", head="{{ 姓命 }}"), "template:unknown-name", "页眉", "姓命"),
        (template("{{ 项目[0].名字 }}"), "template:unknown-name", "第1段", "名字"),
        (template("好", "{{ 姓名 }"), "template:syntax", "第2段", "{{ 姓名 }"),
        (template("｛｛姓名｝｝"), "template:syntax", "第1段", "｛｛姓名｝｝"),
        (template("{{ 姓名 | 没有 }}"), "template:syntax", "第1段", "没有"),
        (template("{%p for 段 in 正文 %}", "{{ 段 }}"), "template:syntax", None, "endfor"),
        (template("{{ 姓名.__class__ }}"), "template:not-allowed", None, "__class__"),
        (template("{{ 'a' * 1000000000 }}"), "template:not-allowed", None, "*"),
        (template("{{ '%1000000000d' % 1 }}"), "template:not-allowed", None, "%"),
        (template("{{ 姓名.ljust(1000000000) }}"), "template:not-allowed", None, "ljust"),
        (template("{{ 姓名 | center(1000000000) }}"), "template:syntax", None, "center"),
        (template("{{ range(9) }}"), "template:unknown-name", "第1段", "range"),
        (b"not a document", "template:broken", None, ""),
        (bytes(21 << 20), "template:too-big", None, "21 MB"),
    ],
)
def test_a_bad_template_is_answered_in_both_languages_with_its_place(
    made: bytes, id: str, place: str | None, found: str
) -> None:
    with pytest.raises(PaperRefused) as refused:
        word(RELEASE, FRAME, made, "街道.docx")
    complaint = refused.value.complaint
    assert (complaint.id, complaint.file) == (id, "街道.docx")
    assert found in complaint.found
    assert place is None or str(complaint.column).startswith(place)
    assert all((complaint.zh, complaint.en, complaint.do_zh, complaint.do_en))


def test_an_unknown_name_is_answered_with_the_names_there_are() -> None:
    with pytest.raises(PaperRefused) as refused:
        word(RELEASE, FRAME, template("{{ 姓命 }}"))
    assert all(name in refused.value.complaint.allowed for name in ("姓名", "编号", "机关"))


@pytest.mark.parametrize("sort", SORTS)
def test_every_name_that_is_offered_can_be_used(sort: str) -> None:
    paper = every_paper()[sort]
    own = template(*(f"{{% if {name} %}}有{{% endif %}}" for name in names_of(paper)))
    assert "有" in lines(word(paper, FRAME, own))


def test_the_shipped_letterhead_can_be_taken_as_a_start() -> None:
    assert lines(word(RELEASE, FRAME, default_letterhead())) == lines(word(RELEASE, FRAME))


def test_every_message_is_in_both_languages() -> None:
    assert all(all((words.zh, words.en, words.do_zh, words.do_en)) for words in PAPER_WORDS.values())
