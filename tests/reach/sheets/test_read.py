"""Sheets are read as offices send them; what cannot be read says why, in both languages."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianfang.core.intake.sheet import Sheet
from lianfang.reach.sheets.faults import SheetFault
from lianfang.reach.sheets.read import Limits, read_sheet
from tests.reach.sheets.made_books import encrypted, ods, rows_xlsx, xlsx

HEAD = ("姓名", "电话")
ROW = ("样某甲", "10000000001")


def heads(sheet: Sheet) -> list[str]:
    return [head.full for head in sheet.heads]


def cells(sheet: Sheet) -> list[tuple[str | None, ...]]:
    return [tuple(row.values()) for row in sheet.cells.to_pylist()]


@pytest.mark.parametrize(
    "raw",
    [
        rows_xlsx(HEAD, ROW),
        ods(HEAD, ROW),
        "姓名,电话\n样某甲,10000000001\n".encode(),
        "\ufeff姓名,电话\r\n样某甲,10000000001\r\n".encode(),
        "姓名,电话\n样某甲,10000000001".encode("gb18030"),
        "姓名;电话\n样某甲;10000000001".encode("gb18030"),
        "姓名\t电话\n样某甲\t10000000001\n".encode("utf-16"),
    ],
    ids=["xlsx", "ods", "csv", "csv with mark", "gb18030", "semicolons", "utf-16 tabs"],
)
def test_every_format_gives_the_same_rows(raw: bytes) -> None:
    sheet = read_sheet(raw, "名单")
    assert (heads(sheet), cells(sheet), sheet.address("B", 0)) == (list(HEAD), [ROW], "B2")


def test_the_head_is_found_under_a_title_and_blank_rows_are_left_out() -> None:
    raw = rows_xlsx(("2026年示例街道排查表",), (), HEAD, ROW, (), ("样某乙", "10000000002"), top=1, left=2)
    sheet = read_sheet(raw, "名单.xlsx")
    assert heads(sheet) == list(HEAD)
    assert [sheet.address("C", index) for index in range(len(sheet))] == ["C5", "C7"]


def test_a_row_with_the_expected_names_is_the_head_even_under_a_table_of_notes() -> None:
    raw = rows_xlsx(
        ("填表单位", "示例街道", "填表人"), ("说明", "如实填写", "勿改格式"), (*HEAD, "住址"), (*ROW, "示例路")
    )
    assert heads(read_sheet(raw, "名单.xlsx", expected=("姓名", "联系电话", "电话"))) == [*HEAD, "住址"]


def test_merged_heads_keep_the_words_above_them() -> None:
    def fill(sheet: object) -> None:
        sheet.merge_range("A1:D1", "采样登记表")  # type: ignore[attr-defined]
        sheet.merge_range("A2:A3", "姓名")  # type: ignore[attr-defined]
        sheet.merge_range("B2:C2", "采样")  # type: ignore[attr-defined]
        sheet.write("B3", "时间")  # type: ignore[attr-defined]
        sheet.write("C3", "结果")  # type: ignore[attr-defined]
        sheet.merge_range("D2:D3", "备注")  # type: ignore[attr-defined]
        sheet.write_row("A4", ["样某甲", "2026-11-20", "阴性", "无"])  # type: ignore[attr-defined]

    sheet = read_sheet(xlsx(fill), "名单.xlsx")
    assert heads(sheet) == ["姓名", "采样时间", "采样结果", "备注"]
    assert sheet.head_row == 3
    assert cells(sheet) == [("样某甲", "2026-11-20", "阴性", "无")]


def test_cells_are_read_as_somebody_would_type_them() -> None:
    typed = (date(2026, 11, 22), datetime.fromisoformat("2026-11-22 11:59:59"), 3, 36.5, True, " 字 ")
    sheet = read_sheet(rows_xlsx(tuple("甲乙丙丁戊己"), typed), "名单.xlsx")
    assert cells(sheet) == [("2026-11-22", "2026-11-22 11:59:59", "3", "36.5", "是", "字")]


def test_a_number_too_long_for_a_cell_is_not_taken_for_exact() -> None:
    sheet = read_sheet(rows_xlsx(("姓名", "证件号码"), ("样某甲", 110000199003070000)), "名单.xlsx")
    assert "E+17" in sheet.text("B", 0)


def test_a_failed_formula_is_seen_in_its_cell() -> None:
    def fill(sheet: object) -> None:
        sheet.write_row("B2", HEAD)  # type: ignore[attr-defined]
        sheet.write("B3", "样某甲")  # type: ignore[attr-defined]
        sheet.write_formula("C3", "=#REF!", None, "#REF!")  # type: ignore[attr-defined]

    assert cells(read_sheet(xlsx(fill), "名单.xlsx")) == [("样某甲", "#REF!")]


def test_a_named_sheet_is_read_and_all_are_named() -> None:
    sheet = read_sheet(rows_xlsx(HEAD, ROW), "名单.xlsx", "排查")
    assert (sheet.name, sheet.sheets) == ("排查", ("排查",))


@pytest.mark.parametrize(
    ("raw", "id"),
    [
        (b"", "sheet:empty"),
        (b"\n\n , \n", "sheet:empty"),
        (b"PK\x03\x04broken", "sheet:broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1broken", "sheet:broken"),
        (encrypted(), "sheet:encrypted"),
        (b"\xff\x81\x00a", "sheet:encoding"),
        (rows_xlsx(), "sheet:empty"),
        (rows_xlsx(HEAD), "sheet:no-rows"),
        (b"1,2\n3,4\n", "sheet:no-head"),
        ("姓名,电话\n样某甲,1,2\n".encode(), "sheet:ragged"),
        (rows_xlsx(HEAD, ROW, ROW, ROW), "sheet:too-many-rows"),
        (rows_xlsx((*HEAD, "住址", "年龄"), (*ROW, "示例路", "1")), "sheet:too-many-columns"),
    ],
)
def test_what_cannot_be_read_says_why_in_both_languages(raw: bytes, id: str) -> None:
    with pytest.raises(SheetFault) as fault:
        read_sheet(raw, "名单.xlsx", limits=Limits(rows=2, columns=3))
    complaint = fault.value.complaint
    assert (complaint.id, complaint.file) == (id, "名单.xlsx")
    assert all((complaint.zh, complaint.en, complaint.do_zh, complaint.do_en))


def test_a_zip_that_is_no_workbook_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("a.txt", "x")
    with pytest.raises(SheetFault, match="sheet:unknown-format"):
        read_sheet(out.getvalue(), "名单.zip")


def test_a_sheet_that_is_not_there_is_answered_with_those_that_are() -> None:
    with pytest.raises(SheetFault, match="排查"):
        read_sheet(rows_xlsx(HEAD, ROW), "名单.xlsx", "没有")


def test_a_file_too_big_is_refused_before_it_is_opened() -> None:
    with pytest.raises(SheetFault, match="sheet:too-big"):
        read_sheet(bytes(2 << 20), "名单.xlsx", limits=Limits(size=1 << 20))


@settings(max_examples=200, deadline=None)
@given(
    st.binary(max_size=400), st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xef\xbb\xbf"])
)
def test_whatever_is_sent_is_read_or_refused_with_a_reason(tail: bytes, start: bytes) -> None:
    try:
        rows = len(read_sheet(start + tail, "名单"))
    except SheetFault as fault:
        rows, said = 0, fault.complaint.id
    assert rows > 0 or said.startswith("sheet:")
