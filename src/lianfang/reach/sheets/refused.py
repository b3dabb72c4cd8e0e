"""The rows of an import that were refused, as a sheet to be put right and sent again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO, Literal

from lianfang.core.intake.outcome import PlannedRow
from lianfang.core.intake.sheet import Sheet
from lianfang.reach.sheets.write import SheetColumn, SheetTitle, write_sheet

_WORDS = {"zh": ("拒收原因", "原表行号", "问题行"), "en": ("reason", "original row", "rows to be put right")}


def write_refused(
    out: BinaryIO, sheet: Sheet, rows: Iterable[PlannedRow], watermark: str = "", lang: Literal["zh", "en"] = "zh"
) -> int:
    """Write the given rows of a sheet as they were sent, each with its reasons and the row it had; gives their number.

    The two columns that are added are not imported when the sheet is sent again.
    """
    wanted = tuple(rows)
    reason, number, title = _WORDS[lang]
    columns = (
        *(SheetColumn(head.full, width=16) for head in sheet.heads),
        SheetColumn(reason, width=60),
        SheetColumn(number, width=10),
    )
    return write_sheet(
        out,
        SheetTitle(f"{sheet.file} {title}", len(wanted), watermark=watermark),
        columns,
        _rows(sheet, wanted, lang),
        0,
    )


def _rows(sheet: Sheet, rows: Iterable[PlannedRow], lang: str) -> Iterator[tuple[str, ...]]:
    places = {int(number): index for index, number in enumerate(sheet.rows)}
    for row in rows:
        index = places[row.row]
        reasons = (f"{problem.cell} {problem.zh if lang == 'zh' else problem.en}" for problem in row.problems)
        yield (*(sheet.text(head.letter, index) for head in sheet.heads), "\n".join(reasons), str(row.row))
