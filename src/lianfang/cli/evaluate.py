"""`lianfang evaluate PACK --facts DIR --as-of T`: who owes what at an instant."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from dataclasses import replace
from enum import StrEnum
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from lianfang.cli.arguments import (
    AsOfOption,
    FactsOption,
    PackArgument,
    find_subject,
    read_all_facts,
    read_instant,
    read_plan,
)
from lianfang.cli.figures import show_figures
from lianfang.cli.lang import Lang, LangOption
from lianfang.cli.overview import show_rows, show_summary
from lianfang.cli.refusal import Refusal, door
from lianfang.cli.screen import FIRST_ROWS, screen
from lianfang.core.complaint import Complaint

if TYPE_CHECKING:
    from lianfang.core.language.plan import Plan
    from lianfang.reach.results import Results


class Format(StrEnum):
    """How the result is written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    PARQUET = "parquet"


class Rows(StrEnum):
    """Which table; JSON carries all three."""

    OBLIGATIONS = "obligations"
    LOOPS = "loops"
    STAGES = "stages"


@door
def evaluate(
    pack: PackArgument,
    facts: FactsOption,
    as_of: AsOfOption,
    known_at: Annotated[
        str | None,
        typer.Option(metavar="TIME", help="只用当时已登记的事实 / only facts recorded by then"),
    ] = None,
    subject: Annotated[str | None, typer.Option(metavar="ID", help="只看一个对象 / one subject only")] = None,
    rows: Annotated[Rows, typer.Option(help="哪张表 / which table")] = Rows.OBLIGATIONS,
    format: Annotated[Format, typer.Option(help="输出格式 / output format")] = Format.TABLE,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="写入文件 / write to a file")] = None,
    all: Annotated[bool, typer.Option("--all", help="表格不限 200 行 / lift the limit of 200 rows")] = False,
    excel: Annotated[bool, typer.Option("--excel", help="CSV 供 Excel 打开 / CSV with byte order mark")] = False,
    lang: LangOption = Lang.ZH,
) -> None:
    """算出截至某时的闭环与应办事项。 Loops and obligations as of an instant."""
    if format is Format.PARQUET and out is None:
        raise Refusal([_needs_file()])
    counted = format in (Format.TABLE, Format.JSON)
    results = results_of(read_plan(pack), facts, as_of, known_at, subject, counted=counted)
    with nullcontext(sys.stdout.buffer) if out is None else out.open("wb") as target:
        if format is Format.TABLE:
            _show(results, rows, None if out is None else target, everything=all, lang=lang)
        else:
            _write(results, rows, format, target, for_excel=excel)


def results_of(
    plan: Plan, folder: Path, as_of: str, known_at: str | None, subject: str | None, *, counted: bool
) -> Results:
    """Everything from what was typed to the tables; `counted`: with the figures, which are those of all subjects."""
    from lianfang.core.indicators import present
    from lianfang.core.obligations.evaluate import evaluate as evaluate_plan
    from lianfang.reach.results import results_from

    instant = read_instant(as_of, plan.zone, "--as-of")
    known = instant if known_at is None else read_instant(known_at, plan.zone, "--known-at")
    facts = read_all_facts(folder, plan)
    subject = None if subject is None else find_subject(facts, plan, subject)
    evaluation = evaluate_plan(plan, facts, instant, known)
    results = results_from(evaluation, known, subject)
    if not counted or subject is not None:
        return results
    return replace(results, figures=present(plan, evaluation, results.obligations))


def _show(results: Results, rows: Rows, target: BinaryIO | None, *, everything: bool, lang: Lang) -> None:
    text = None if target is None else TextIOWrapper(target, encoding="utf-8")
    console = screen(text)
    show_summary(console, results, lang)
    show_rows(console, results, rows, most=None if everything else FIRST_ROWS, lang=lang)
    show_figures(console, results, lang)
    if text is not None:
        text.detach()  # hands everything on to the file, which its opener closes


def _write(results: Results, rows: Rows, format: Format, target: BinaryIO, *, for_excel: bool) -> None:
    from lianfang.reach.results import write_csv, write_json, write_parquet

    table = results.tables()[rows]
    if format is Format.JSON:
        write_json(results, target)
    elif format is Format.CSV:
        write_csv(table, results.zone, target, for_excel=for_excel)
    else:
        write_parquet(results, table, target)


def _needs_file() -> Complaint:
    return Complaint(
        id="cli:parquet-needs-file",
        file="--format parquet",
        zh="Parquet 不能写到屏幕",
        en="Parquet cannot go to the screen",
        do_zh="加上 --out 文件名",
        do_en="add --out FILE",
    )
