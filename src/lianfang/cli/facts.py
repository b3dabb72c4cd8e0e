"""`lianfang facts [KIND]`: which kinds of fact there are, their columns, and empty files to fill in."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lianfang.cli.arguments import near, read_kinds
from lianfang.cli.lang import Lang, LangOption, say
from lianfang.cli.refusal import Refusal, door
from lianfang.cli.screen import screen, show_table
from lianfang.core.complaint import Complaint

if TYPE_CHECKING:
    from lianfang.core.facts.vocabulary import Column, Kind


@door
def facts(
    kind: Annotated[str | None, typer.Argument(metavar="[KIND]", help="哪一类 / which kind")] = None,
    pack: Annotated[
        str | None, typer.Option(metavar="PACK", help="连同预案自己的表单 / with the forms of a pack")
    ] = None,
    templates: Annotated[
        Path | None, typer.Option(metavar="DIR", help="每类写一个空的 CSV / write one empty CSV a kind")
    ] = None,
    lang: LangOption = Lang.ZH,
) -> None:
    """事实的种类、各列与空白模板。 Kinds of fact, their columns, empty templates."""
    kinds = read_kinds(pack)
    if kind is not None:
        kinds = {kind: _find(kinds, kind)}
    if templates is not None:
        from lianfang.reach.fact_files import write_templates

        written = len(write_templates(templates, kinds, chinese=lang is Lang.ZH))
        kept = len(kinds) - written
        zh = f"{templates}：写出空白文件 {written} 个，已有的 {kept} 个未动"
        typer.echo(say(lang, zh, f"{templates}: {written} empty files written, {kept} existing ones left alone"))
    elif kind is not None:
        _show_columns(kinds[kind], lang)
    else:
        _show_kinds(kinds, lang)


def _find(kinds: Mapping[str, Kind], kind: str) -> Kind:
    if kind in kinds:
        return kinds[kind]
    complaint = Complaint(
        id="cli:unknown-kind",
        file="KIND",
        zh="没有这类事实",
        en="no such kind of fact",
        found=kind,
        allowed=", ".join(near(kind, list(kinds))),
        do_zh=f"运行 lianfang facts 看全部 {len(kinds)} 类",
        do_en=f"run lianfang facts to see all {len(kinds)}",
    )
    raise Refusal([complaint])


def _show_kinds(kinds: Mapping[str, Kind], lang: str) -> None:
    heads = [say(lang, *h) for h in (("种类", "kind"), ("名称", "name"), ("对象", "subject"), ("时间列", "time"))]
    rows = [(k.id, say(lang, k.zh, k.en), k.subject, k.time) for k in kinds.values()]
    show_table(screen(), heads, rows)


def _show_columns(kind: Kind, lang: str) -> None:
    from lianfang.core.facts.vocabulary import COMMON

    console = screen()
    console.print(
        f"[bold]{kind.id}[/]  {say(lang, kind.zh, kind.en)}  ({say(lang, '对象', 'subject')}: {kind.subject})"
    )
    heads = [say(lang, *h) for h in (("列", "column"), ("名称", "name"), ("类型", "type"), ("可填", "allowed"))]
    columns = {**kind.columns, **{n: c for n, c in COMMON.items() if n not in kind.columns}}
    show_table(console, heads, [_column_row(kind, column, lang) for column in columns.values()])


def _column_row(kind: Kind, column: Column, lang: str) -> tuple[str, str, str, str]:
    notes = [say(lang, "必填", "required")] if column.required else []
    notes += [say(lang, "本事实的时间", "the fact's own time")] if column.name == kind.time else []
    notes += [say(lang, "何时知道", "known since")] if column.name == kind.known_at else []
    notes += [say(lang, "个人信息", "personal")] if column.personal else []
    notes += [", ".join(f"{value} {zh}" if lang == "zh" else value for value, zh in column.choices)]
    notes += [f"→ {column.to}" if column.to else "", column.unit or "", _range(column)]
    words = say(lang, column.zh, column.en)
    return column.name, words, column.type.value, "; ".join(n for n in notes if n)


def _range(column: Column) -> str:
    if column.low is None and column.high is None:
        return ""
    low, high = ("" if bound is None else f"{bound:g}" for bound in (column.low, column.high))
    return f"{low} … {high}"
