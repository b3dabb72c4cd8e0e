"""The district's own words stand under a clause once its document has been laid into the program's folder."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings

PAPER = """关于做好冬季疫情防控工作的通知
一、重点人员
（一）来返人员。高风险地区来返人员集中隔离。
（二）其他人员。做好登记。
二、重点场所
（一）市场。每周检查一次。
"""


@pytest.fixture
def folder(tmp_path: Path, settings: Settings) -> Path:
    """The program's own folder, with a place for documents."""
    settings.VAR = tmp_path
    (tmp_path / "documents").mkdir()
    return tmp_path / "documents"


def test_a_clause_shows_the_section_of_the_paper_it_stands_in(folder: Path) -> None:
    from lianfang.web.plan.original import original

    (folder / "city.txt").write_text(PAPER, encoding="utf-8")

    section, words = original("city", "city:1.1.c2")

    assert section == "1.1"
    assert "高风险地区来返人员集中隔离" in "".join(words)
    assert "做好登记" not in "".join(words)


def test_without_a_document_there_is_nothing_to_show(folder: Path) -> None:
    from lianfang.web.plan.original import original

    assert original("city", "city:1.1.a") == ("", ())


def test_a_clause_the_paper_does_not_have_shows_nothing(folder: Path) -> None:
    from lianfang.web.plan.original import original

    (folder / "city.txt").write_text(PAPER, encoding="utf-8")

    assert original("city", "city:7.3.a") == ("", ())
