"""`lianfang read NOTICE -o PACK`: an official notice becomes a draft pack, and a report of what is doubtful."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lianfang.cli.lang import Lang, LangOption, say
from lianfang.cli.refusal import Refusal, door
from lianfang.core.complaint import Complaint

if TYPE_CHECKING:
    from lianfang.core.notice.draft import DraftFile
    from lianfang.core.notice.reading import DatedQuote, Quote, Reading

MOST_DOUBTS = 60
READING = "reading.json"


@door
def read(
    notice: Annotated[Path, typer.Argument(metavar="NOTICE", help="通知文件 / .txt .docx .pdf .html")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="PACK", help="写到哪个文件夹 / folder of the draft pack")
    ] = None,
    issued: Annotated[
        str | None, typer.Option(metavar="DATE", help="原文无日期时的发文日期 / day of issue if the text has none")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="覆盖已有草稿 / write over an existing draft")] = False,
    lang: LangOption = Lang.ZH,
) -> None:
    """读公文，生成预案包草稿。 Read an official notice into a draft pack."""
    from lianfang.core.notice.document import reading_document
    from lianfang.core.notice.draft import DraftFile, draft_pack
    from lianfang.core.notice.notice import read_notice
    from lianfang.reach.drafts import write_draft
    from lianfang.reach.papers import read_paper

    day = _day(issued)
    paper, complaints = read_paper(notice)
    if paper is None:
        raise Refusal(complaints)
    reading = read_notice(paper)
    _report(reading, notice.name, lang)
    if output is None:
        return
    files = (*draft_pack(reading, _plan_id(output), day), DraftFile(READING, reading_document(reading)))
    refused = write_draft(output, files, force)
    if refused is not None:
        raise Refusal([refused])
    _tell_written(output, files, lang)


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        complaint = Complaint(
            id="cli:bad-day",
            file="--issued",
            zh="不是日期",
            en="not a date",
            found=text,
            allowed="2020-12-31",
            do_zh="改写日期",
            do_en="write the date so",
        )
        raise Refusal([complaint]) from None


def _plan_id(output: Path) -> str:
    """The folder's name as an id of the plan language."""
    return re.sub(r"[^\w.-]+", "-", output.resolve().name).strip("-.") or "draft"


def _report(reading: Reading, name: str, lang: str) -> None:
    say_line = typer.echo
    say_line(say(lang, f"{name} 读出：", f"{name}, as read:"))
    for zh, en, value in (
        ("标题", "title", _quote(reading.title, lang)),
        ("方案", "plan", _quote(reading.plan_title, lang)),
        ("发文单位", "issuer", "、".join(quote.text for quote in reading.issuers)),
        ("文号", "number", _quote(reading.number, lang)),
        ("发文日期", "issued", _dated(reading.issued, lang)),
        ("方案日期", "plan dated", _dated(reading.plan_dated, lang)),
        ("主送", "to", "；".join(quote.text for quote in reading.recipients)),
        ("附件", "annexes", "；".join(quote.text for quote in reading.annexes)),
    ):
        say_line(f"  {say(lang, zh, en)}: {value or 'null'}")
    _counts(reading, lang)
    _doubts(reading, lang)


def _quote(quote: Quote | None, lang: str) -> str:
    return say(lang, f"{quote.text}（第 {quote.line} 行）", f"{quote.text} (line {quote.line})") if quote else ""


def _dated(dated: DatedQuote | None, lang: str) -> str:
    if dated is None:
        return ""
    return f"{dated.day.isoformat() if dated.day else 'null'} {_quote(dated.quote, lang)}"


def _counts(reading: Reading, lang: str) -> None:
    top = len(reading.children(""))
    leads = [task for task in reading.tasks if task.lead is not None]
    groups = sum(task.group_lead for task in leads)
    sorts = Counter(deadline.sort.value for deadline in reading.deadlines)
    with_deadline = sum(task.deadline is not None for task in reading.tasks)
    zh = (
        "  条文 {}（一级 {}），任务 {}（有时限 {}，牵头单位 {}，其中单位组 {}），单位 {}，数字 {}，页眉页脚等 {} 行未取"
    )
    en = (
        "  {} clauses ({} at the top), {} tasks ({} with a deadline, {} with a lead, {} of them groups), {} units, "
        "{} numbers, {} lines left out as furniture"
    )
    sizes = (len(reading.clauses), top, len(reading.tasks), with_deadline, len(leads), groups)
    rest = (len(reading.units), len(reading.quantities), len(reading.left_out))
    typer.echo(say(lang, zh, en).format(*sizes, *rest))
    if sorts:
        listed = ", ".join(f"{sort} {number}" for sort, number in sorted(sorts.items()))
        typer.echo(say(lang, f"  时限：{listed}", f"  deadlines: {listed}"))


def _doubts(reading: Reading, lang: str) -> None:
    typer.echo(say(lang, f"  存疑 {len(reading.doubts)} 处：", f"  {len(reading.doubts)} doubtful:"))
    for doubt in reading.doubts[:MOST_DOUBTS]:
        place = say(lang, f"第 {doubt.line} 行", f"line {doubt.line}")
        found = f"“{doubt.found}” " if doubt.found else ""
        typer.echo(f"    {place} {doubt.field}: {found}{say(lang, doubt.zh, doubt.en)}")
    if len(reading.doubts) > MOST_DOUBTS:
        more = len(reading.doubts) - MOST_DOUBTS
        typer.echo(say(lang, f"    ……另有 {more} 处，见 {READING}", f"    … and {more} more in {READING}"))


def _tell_written(output: Path, files: tuple[DraftFile, ...], lang: str) -> None:
    names = ", ".join(file.path for file in files)
    zh = f"{output}：写出 {names}。核对后运行 lianfang check {output}"
    typer.echo(say(lang, zh, f"{output}: wrote {names}. Go through it, then run lianfang check {output}"))
