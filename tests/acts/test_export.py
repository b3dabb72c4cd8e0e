"""Taking a list out: the right to, the watermark, the count, the journal."""

from __future__ import annotations

import pytest

from lianfang.acts.export import export
from lianfang.acts.in_force import InForce
from lianfang.acts.refused import Refused
from lianfang.reach.sheets.read import read_sheet
from lianfang.reach.sheets.write import SheetColumn
from tests import cast
from tests.cast import NOON

COLUMNS = (SheetColumn("编号"), SheetColumn("状态"))
ROWS = [("P-1", "逾期"), ("P-2", "应办")]


def test_the_workbook_says_who_took_it_out_and_holds_the_rows(town: InForce) -> None:
    done = export("应办清单", COLUMNS, ROWS, 2, actor=cast.xiao_li(), now=NOON)

    sheet = read_sheet(done.content, "list.xlsx", expected=["编号", "状态"])
    assert len(sheet) == done.rows == 2
    assert "小李" in done.watermark
    assert "2021-01-10 12:00" in done.watermark


def test_it_is_journalled_before_it_is_handed_over(town: InForce) -> None:
    export("应办清单", COLUMNS, ROWS, 2, reason="晨会", actor=cast.xiao_li(), now=NOON)

    line = cast.journalled("export")[0]
    assert (line.details["rows"], line.reason) == (2, "晨会")
    assert len(line.details["digest"]) == 64


@pytest.mark.parametrize("who", ["grid_worker", "zhao_jie", "health_bureau"])
def test_not_everybody_takes_lists_of_people_along(town: InForce, who: str) -> None:
    with pytest.raises(Refused) as refused:
        export("应办清单", COLUMNS, ROWS, 2, actor=getattr(cast, who)(), now=NOON)

    assert refused.value.forbidden
    assert not cast.journalled("export")
