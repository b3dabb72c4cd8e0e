"""What is written can be opened by an office, harms nobody, and reads back as it was."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianfang.core.facts.vocabulary import ColumnType
from lianfang.core.intake.known import Candidate, KnownFact, Value
from lianfang.core.intake.outcome import Outcome
from lianfang.core.intake.plan import plan_import
from lianfang.reach.sheets.read import read_sheet
from lianfang.reach.sheets.refused import write_refused
from lianfang.reach.sheets.write import Cell, SheetColumn, SheetTitle, write_sheet
from tests.core.intake.made_sheets import NOW, ZONE, known_of, number_of, plan_of, reading_of

COLUMNS = (
    SheetColumn("姓名"),
    SheetColumn("证件号码", width=22),
    SheetColumn("电话"),
    SheetColumn("住址", width=30),
    SheetColumn("登记时间", ColumnType.TIME, 20),
    SheetColumn("出生日期", ColumnType.TIME, day=True),
    SheetColumn("年龄", ColumnType.NUMBER),
    SheetColumn("需照护", ColumnType.FLAG),
)
BIRTH = 631_123_200  # 1990-01-01 in the plan's zone


def written(rows: Sequence[Sequence[Cell]], columns: Sequence[SheetColumn] = COLUMNS) -> bytes:
    out = io.BytesIO()
    title = SheetTitle("人员登记表", len(rows), "示例方案 第3版", "2026-11-22 21:40", "演示数据")
    assert write_sheet(out, title, columns, rows, ZONE) == len(rows)
    return out.getvalue()


def part(raw: bytes, name: str = "xl/worksheets/sheet1.xml") -> str:
    with zipfile.ZipFile(io.BytesIO(raw)) as packed:
        return packed.read(name).decode()


def test_the_first_line_says_plan_as_of_watermark_and_how_many_rows() -> None:
    inside = part(written([("样某甲", None, None, None, NOW, None, 1, True)]))
    assert "人员登记表 · 示例方案 第3版 · 截至 2026-11-22 21:40 · 共 1 行 · 演示数据" in inside


def test_the_head_stays_in_view_and_is_printed_on_every_page() -> None:
    raw = written([("样某甲", None, None, None, None, None, None, None)])
    assert 'ySplit="2"' in part(raw)
    assert "Print_Titles" in part(raw, "xl/workbook.xml")


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "=cmd|' /C calc'!A0", "https://example.invalid"]
)
def test_text_never_becomes_a_formula_or_a_link(text: str) -> None:
    raw = written([(text,)], [SheetColumn("姓名")])
    assert "<f>" not in part(raw)
    assert "hyperlink" not in part(raw)
    assert read_sheet(raw, "a.xlsx", expected=("姓名",)).text("A", 0) == text.strip()


def test_text_that_a_sheet_might_take_for_a_formula_is_marked_as_text() -> None:
    assert 'quotePrefix="1"' in part(written([("=1+1",)], [SheetColumn("姓名")]), "xl/styles.xml")


def test_control_characters_go_and_a_text_too_long_for_a_cell_says_it_was_cut() -> None:
    columns = [SheetColumn("姓名"), SheetColumn("住址")]
    sheet = read_sheet(written([("样\x00某\x1f甲", "路" * 40_000)], columns), "a.xlsx", expected=("姓名", "住址"))
    assert sheet.text("A", 0) == "样某甲"
    assert len(sheet.text("B", 0)) == 32_767
    assert sheet.text("B", 0).endswith("…")


def test_times_are_shown_in_local_time_however_they_are_given() -> None:
    moment = datetime(2026, 11, 22, 13, 40, 5, tzinfo=UTC)
    columns = [SheetColumn(name, ColumnType.TIME) for name in ("甲时", "乙时", "丙时", "丁时")]
    row = (int(moment.timestamp()), moment, date(2026, 11, 22), datetime.fromisoformat("2026-11-22 08:00"))
    sheet = read_sheet(written([row], columns), "a.xlsx", expected=tuple(column.head for column in columns))
    found = [sheet.text(head.letter, 0) for head in sheet.heads]
    assert found == ["2026-11-22 21:40:05", "2026-11-22 21:40:05", "2026-11-22", "2026-11-22 08:00:00"]


def test_days_before_1900_are_written_as_text() -> None:
    columns = [SheetColumn("姓名"), SheetColumn("出生日期", ColumnType.TIME, day=True)]
    sheet = read_sheet(written([("样某甲", date(1895, 5, 1))], columns), "a.xlsx", expected=("姓名", "出生日期"))
    assert sheet.text("B", 0).startswith("1895-05-01")


def test_a_row_count_that_is_not_kept_is_an_error() -> None:
    with pytest.raises(ValueError, match="2 rows announced, 1 came"):
        write_sheet(io.BytesIO(), SheetTitle("表", 2), [SheetColumn("姓名")], [("样某甲",)], ZONE)


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=20)
ADDRESSES = WORDS.map(str.strip).filter(bool).filter(lambda text: not text.startswith("#"))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["样某甲", "样某乙", "阿卜·示例", "Sample Person"]),
            ADDRESSES,
            st.integers(NOW - 10**8, NOW),
            st.one_of(st.none(), st.integers(0, 130), st.sampled_from([0.5, 36.25])),
            st.sampled_from([None, True, False]),
        ),
        min_size=1,
        max_size=5,
    )
)
def test_what_is_exported_imports_unchanged(people: list[tuple[str, str, int, float | None, bool | None]]) -> None:
    rows, known = [], []
    for place, (name, address, at, age, care) in enumerate(people):
        number, phone = number_of(place), f"1000000{place:04d}"
        rows.append((name, number, phone, address, at, BIRTH, age, care))
        values: dict[str, Value] = {
            "name": name,
            "id_number": number,
            "phone": phone,
            "address": address,
            "born_on": BIRTH,
        }
        values |= {} if age is None else {"age": float(age)}
        values |= {} if care is None else {"vulnerable": care}
        known.append(Candidate(f"P-{place}", name, number, phone, (KnownFact(f"f{place}", at, values),)))
    sheet = read_sheet(written(rows), "a.xlsx", expected=("姓名", "证件号码", "电话"))
    plan = plan_import(reading_of(sheet), known_of(*known))
    assert [row.outcome for row in plan.rows] == [Outcome.SAME] * len(people), plan.rows


def test_refused_rows_come_back_with_their_reasons_and_can_be_sent_again() -> None:
    raw = "姓名,证件号码,备注\n样某甲,123456789012345678,=1\n样某乙,,\n".encode()
    sheet = read_sheet(raw, "名单.csv")
    plan = plan_of(sheet)
    refused = [row for row in plan.rows if row.outcome is Outcome.REFUSED]
    out = io.BytesIO()
    assert write_refused(out, sheet, refused, "演示数据") == 1
    again = read_sheet(out.getvalue(), "问题行.xlsx", expected=("姓名", "证件号码"))
    assert [head.text for head in again.heads] == ["姓名", "证件号码", "备注", "拒收原因", "原表行号"]
    assert again.text("D", 0).startswith("B2 ")
    assert again.text("E", 0) == "2"
    assert plan_of(again).rows[0].outcome is Outcome.REFUSED
