"""Papers as PDF say what they have to say, in the plan's and the software's fonts, and can be checked."""

from __future__ import annotations

import io
import shutil
import zipfile
from dataclasses import replace

import numpy as np
import pypdfium2  # type: ignore[import-untyped]
import pytest

from lianfang.core.papers.code import read_code
from lianfang.reach.documents import fonts
from lianfang.reach.documents.bundle import PIECE, one_by_one, print_many, zip_many
from lianfang.reach.documents.faults import PaperRefused
from lianfang.reach.documents.layout import Report, Table, TableColumn
from lianfang.reach.documents.notices import release_certificate
from lianfang.reach.documents.pdf import pdf, texts
from lianfang.reach.documents.qr import svg
from tests.reach.documents.made_papers import (
    CLAUSE,
    CODE,
    ENGLISH,
    FRAME,
    RELEASE,
    VERIFY,
    every_paper,
    font_names,
    joined,
    pages,
)

SORTS = tuple(every_paper())
RARE = "𰻞"  # outside every list of common characters


@pytest.mark.parametrize("sort", SORTS)
def test_every_word_of_a_paper_is_printed_once_it_is_on_it(sort: str) -> None:
    paper = every_paper()[sort]
    printed = joined(pages(pdf([paper], FRAME)))
    missing = [text for text in map(joined_one, texts(paper)) if text and text not in printed and text not in HIDDEN]
    # A long text breaks inside a table cell: its beginning is looked for.
    assert [text for text in missing if text[:4] not in printed] == []


HIDDEN = {"left", "right", "met", "due", "held", "overdue", VERIFY.url}


def joined_one(text: str) -> str:
    return joined([text])


@pytest.mark.parametrize("sort", SORTS)
def test_plan_version_and_as_of_stand_in_the_head_and_who_printed_in_the_foot(sort: str) -> None:
    for page in pages(pdf([every_paper()[sort]], FRAME)):
        assert "示例区疫情防控工作方案第3版截至2026-11-2221:40" in page
        assert "演示数据·区指挥部办公室值班岗打印第" in page


def test_the_plans_words_are_in_song_and_the_softwares_in_hei_and_both_are_inside() -> None:
    found = font_names(pdf([every_paper()["clause"]], FRAME))
    assert found == {"LianfangHei-Regular", "LianfangHei-Bold", "LianfangSong-Regular"}


def test_a_paper_in_english_has_no_chinese_labels() -> None:
    labels = ("姓名", "签名", "依据", "打印", "截至", "第1页")
    page = pages(pdf([every_paper(english=True)["isolation notice"]], ENGLISH))[0]
    assert "Noticeofisolation" in page
    assert not [label for label in labels if label in page]


def test_a_clause_of_one_meeting_fits_one_page() -> None:
    assert len(pages(pdf([every_paper()["clause"]], FRAME))) == 1


def test_a_long_table_goes_on_with_its_head_on_the_next_page() -> None:
    rows = tuple((str(number), "样*丙") for number in range(80))
    long = Report("长表", tables=(Table("名单", (TableColumn("顺序号"), TableColumn("对象")), rows),))
    found = pages(pdf([long], FRAME))
    assert len(found) == 3
    assert all("顺序号对象" in page for page in found)
    assert [f"第{number}页，共3页" in page for number, page in enumerate(found, 1)] == [True] * 3


def test_each_paper_of_a_print_counts_its_own_pages() -> None:
    found = pages(pdf([every_paper()["release certificate"]] * 3, FRAME))
    assert ["第1页，共1页" in page for page in found] == [True] * 3


def test_the_same_papers_give_the_same_bytes() -> None:
    assert pdf([every_paper()["task"]], FRAME) == pdf([every_paper()["task"]], FRAME)


def test_the_code_on_a_paper_is_the_one_that_was_signed() -> None:
    (page,) = pages(pdf([every_paper()["release certificate"]], FRAME))
    assert CODE in page.replace("\u200b", "")
    assert read_code(CODE, {"A": b"k" * 32}) == "2026-000017"
    assert VERIFY.url == f"https://lianfang.invalid/v/{CODE}"


def test_the_qr_code_is_drawn_with_dark_and_light_squares() -> None:
    assert svg(VERIFY).startswith("<svg")
    page = pypdfium2.PdfDocument(pdf([every_paper()["release certificate"]], FRAME))[0]
    picture = np.asarray(page.render(scale=4).to_pil().convert("L"))
    left = picture[:, : picture.shape[1] // 4]
    dark = (left < 60).sum(axis=1)
    assert (dark > 40).sum() > 100  # some 60 points of rows with many dark squares: nothing else on the left has them


def test_typst_never_reads_text_as_its_own_language() -> None:
    nasty = '#panic("x") $1/0$ *a* _b_ `c` <d> @e \\ [f] "g"'
    (page,) = pages(pdf([release_certificate(replace(RELEASE, place=nasty))], FRAME))
    assert '#panic("x")$1/0$*a*_b_`c`<d>@e\\[f]"g"'.replace('"', "") in page.translate(
        {ord(sign): None for sign in '"“”'}
    )


def test_common_characters_need_no_font_of_the_system() -> None:
    names = "镕喆堃翀祎赟旻珺璟彧㛃𬭎"
    assert set(names) <= fonts.shipped_characters()
    assert len({sign for sign in fonts.shipped_characters() if "\u4e00" <= sign <= "\u9fff"}) > 7_900


def test_a_character_no_font_has_refuses_the_paper_and_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "_with_system", fonts._shipped)
    fonts._printable.cache_clear()
    try:
        with pytest.raises(PaperRefused) as refused:
            pdf([release_certificate(replace(RELEASE, person=replace(RELEASE.person, name=f"样{RARE}")))], FRAME)
    finally:
        fonts._printable.cache_clear()
    complaint = refused.value.complaint
    assert (complaint.id, complaint.found) == ("paper:no-glyph", f"{RARE} U+30EDE")
    assert all((complaint.zh, complaint.en, complaint.do_zh, complaint.do_en))


@pytest.mark.skipif(shutil.which("fc-list") is None, reason="没有 fc-list，不知道系统有哪些字体")
def test_a_rare_character_is_printed_with_a_font_of_the_system_if_it_has_one() -> None:
    if not fonts._printable(RARE):
        pytest.skip("系统没有大字库")
    paper = release_certificate(replace(RELEASE, person=replace(RELEASE.person, name=f"样{RARE}")))
    assert f"样{RARE}" in pages(pdf([paper], FRAME))[0]


def test_no_paper_is_an_error() -> None:
    with pytest.raises(ValueError, match="no paper"):
        pdf([], FRAME)
    with pytest.raises(ValueError, match="no paper"):
        print_many([], FRAME, io.BytesIO())


def test_many_papers_become_one_pdf_in_their_order() -> None:
    many = PIECE * 2 + 3
    papers = (release_certificate(replace(RELEASE, number=f"示防解〔2026〕{place}号")) for place in range(many))
    out = io.BytesIO()
    assert print_many(papers, FRAME, out) == many
    found = pages(out.getvalue())
    assert [f"〔2026〕{place}号" in page for place, page in enumerate(found)] == [True] * many


def test_many_papers_become_a_zip_with_a_file_for_each() -> None:
    paper = every_paper()["release certificate"]
    out = io.BytesIO()
    assert zip_many([("样某丙/1", paper), ("样某丙_1", paper), ("..", paper)], out, one_by_one(FRAME), ".pdf") == 3
    with zipfile.ZipFile(out) as packed:
        assert packed.namelist() == ["样某丙_1.pdf", "样某丙_1 (2).pdf", "_.pdf"]
        assert all(packed.read(name).startswith(b"%PDF") for name in packed.namelist())


def test_nothing_overdue_leaves_the_table_of_overdue_items_out() -> None:
    from lianfang.reach.documents.reports import clause_sheet

    assert len(clause_sheet(replace(CLAUSE, overdue=())).tables) == 1
