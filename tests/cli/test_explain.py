"""`lianfang explain`: one subject, in Chinese, English or both."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Typed

AS_OF = "2020-05-28T09:00"


def test_an_explanation_names_clause_cause_and_conclusion(typed: Typed, small: Path, facts: Path) -> None:
    done = typed("explain", small, "--facts", facts, "--subject", "乙", "--as-of", AS_OF)
    assert done.exit_code == 0, done.output
    for word in ("条文", "参数", "起因", "时限", "证据", "结论", "首次核酸", "1.b"):
        assert word in done.output


def test_both_languages_come_one_after_the_other(typed: Typed, small: Path, facts: Path) -> None:
    done = typed("explain", small, "--facts", facts, "--subject", "丙", "--as-of", AS_OF, "--lang", "both")
    assert done.output.index("结论") < done.output.index("Conclusion")


def test_an_unknown_subject_is_refused(typed: Typed, small: Path, facts: Path) -> None:
    done = typed("explain", small, "--facts", facts, "--subject", "丁", "--as-of", AS_OF, "--lang", "both")
    assert done.exit_code == 2
    assert "没有这个对象" in done.stderr
    assert "no such subject" in done.stderr
