"""What holds for every command: quick help, quiet pipes, Chinese on any machine, no traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from time import perf_counter

import pytest

from tests.cli.conftest import Typed

COMMANDS = ("check", "test", "facts", "evaluate", "explain", "coverage", "city", "demo")


def run(root: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Type a command in a process of its own."""
    own = {**os.environ, "PYTHONPATH": str(root / "src"), **environment}
    return subprocess.run(
        [sys.executable, "-m", "lianfang", *words], env=own, capture_output=True, timeout=60, check=False
    )


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(typed: Typed, command: str) -> None:
    done = typed(command, "--help")
    assert done.exit_code == 0
    assert command in done.output


def test_help_loads_no_heavy_library(root: Path) -> None:
    code = "import sys, lianfang.cli; print(sorted({'pyarrow', 'numba', 'numpy', 'yaml', 'duckdb'} & set(sys.modules)))"
    own = {**os.environ, "PYTHONPATH": str(root / "src")}
    done = subprocess.run([sys.executable, "-c", code], env=own, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "[]"


def test_help_answers_before_anybody_waits(root: Path) -> None:
    quickest = min(_seconds(root) for _ in range(3))
    assert quickest < 2.0, "0.2 s on a quiet machine; this bound allows for a busy one"


def _seconds(root: Path) -> float:
    begin = perf_counter()
    assert run(root, "--help").returncode == 0
    return perf_counter() - begin


@pytest.mark.parametrize("locale", ["C", "POSIX", "en_US.ISO-8859-1"])
def test_chinese_comes_out_whatever_the_locale(root: Path, locale: str) -> None:
    done = run(root, "check", "no-such-pack", LC_ALL=locale, PYTHONIOENCODING="latin-1")
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
    assert any("一" <= c <= "鿿" for c in done.stderr.decode("utf-8"))


def test_a_name_that_is_not_utf8_is_refused_like_any_other(root: Path) -> None:
    own = {**os.environ, "PYTHONPATH": str(root / "src")}
    words = [sys.executable.encode(), b"-m", b"lianfang", b"check", b"\xff\xfe"]
    done = subprocess.run(words, env=own, capture_output=True, timeout=60, check=False)
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
    assert b"qilin" in done.stderr


def test_an_unknown_language_is_refused(root: Path) -> None:
    done = run(root, "check", "no-such-pack", LIANFANG_LANG="fr")
    assert done.returncode == 2
    assert b"fr" in done.stderr


def test_a_reader_that_stops_early_is_no_error_worth_a_traceback(root: Path, small: Path, facts: Path) -> None:
    lines = "".join(f"b{n},p{n:04},2020-05-25T14:00\n" for n in range(2_000))
    (facts / "arrival.csv").write_text("id,person,at\n" + lines, encoding="utf-8")
    words = ["evaluate", str(small), "--facts", str(facts), "--as-of", "2020-05-28", "--format", "csv"]
    own = {**os.environ, "PYTHONPATH": str(root / "src")}
    writer = subprocess.Popen([sys.executable, "-m", "lianfang", *words], env=own, stdout=-1, stderr=-1)
    assert writer.stdout is not None
    assert writer.stderr is not None
    writer.stdout.read(10)
    writer.stdout.close()
    complaint = writer.stderr.read()
    writer.stderr.close()
    writer.wait(60)
    assert b"Traceback" not in complaint


@pytest.mark.parametrize(
    ("words", "zh", "en"),
    [
        (("evaluate",), "缺少必填项", "Missing argument 'PACK'"),
        (("chek",), "命令写得不对", "check"),
        (("check", "small", "--colour"), "没有这个选项", "--colour"),
        (("check", "small", "--lang", "fr"), "给的值不能用", "fr"),
        (("city", "--persons", "many", "--out", "x"), "给的值不能用", "--persons"),
    ],
)
def test_a_mistyped_command_is_answered_in_both_languages(
    typed: Typed, words: tuple[str, ...], zh: str, en: str
) -> None:
    done = typed(*words)
    assert done.exit_code == 2
    assert zh in done.stderr
    assert en in done.stderr
