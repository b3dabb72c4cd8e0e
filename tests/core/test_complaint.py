"""A complaint says where, what, what is allowed, what to do: in Chinese and English."""

from __future__ import annotations

from lianfang.core.complaint import Complaint

WRONG_LEVEL = Complaint(
    id="fact:bad-choice",
    file="area_level.csv",
    line=7,
    column="level",
    zh="不在可选项中",
    en="this is not one of the choices",
    found="hihg",
    allowed="low, medium, high",
    do_zh="从所列各项中选一个",
    do_en="choose one of those listed",
)


def test_a_complaint_reads_as_one_line_in_either_language() -> None:
    chinese, english = WRONG_LEVEL.show("zh"), WRONG_LEVEL.show("en")
    assert chinese.startswith("area_level.csv:7:level 不在可选项中")
    assert english.startswith(
        "area_level.csv:7:level this is not one of the choices; found: hihg; allowed: low, medium, high"
    )
    assert english.endswith("do: choose one of those listed [fact:bad-choice]")
    assert "从所列各项中选一个" in chinese
    assert "\n" not in chinese + english


def test_a_complaint_about_a_whole_file_names_only_the_file() -> None:
    whole = Complaint("file:empty", "test.csv", "文件是空的", "the file is empty")
    assert whole.place == "test.csv"
    assert whole.show("en") == "test.csv the file is empty [file:empty]"
