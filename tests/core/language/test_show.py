"""The demonstration plan as the program understood it; `python -m tests.core.language.test_show` rewrites the page."""

from __future__ import annotations

from pathlib import Path

import pytest

from lianfang.core.language.load import load
from lianfang.core.language.measure import Mode, Offset
from lianfang.core.language.show import show, show_offset
from tests.core.language.pack_fuzz import FIXTURES, KINDS, text_of, vocabulary_of

GOLDEN = Path(__file__).parents[2] / "golden" / "demo_plan.txt"


def printed() -> str:
    """The demonstration plan as text."""
    plan, _ = load(text_of(FIXTURES / "packs" / "demo"), lambda name: None, vocabulary_of(KINDS))
    return show(plan) if plan is not None else ""


def test_the_demonstration_plan_reads_as_it_was_agreed() -> None:
    assert printed() == GOLDEN.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("offset", "text"),
    [
        (None, "none"),
        (Offset(), "0 d"),
        (Offset(0, -86_400, Mode.DAY_START), "-1 d (day start)"),
        (Offset(1, -86_400, Mode.DAY_END), "1 mo + -1 d (day end)"),
        (Offset(0, 172_800), "2 d"),
        (Offset(0, 5_400), "90 min"),
        (Offset(3, 0, Mode.DAY_END), "3 mo (day end)"),
        (Offset(0, -1, Mode.DAY_END), "-1 s (day end)"),
    ],
)
def test_a_shift_is_printed_with_its_place_in_the_day(offset: Offset | None, text: str) -> None:
    assert show_offset(offset, "none") == text


if __name__ == "__main__":
    GOLDEN.write_text(printed(), encoding="utf-8")
