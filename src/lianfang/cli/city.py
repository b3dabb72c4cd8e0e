"""`lianfang city --persons N --seed S --out DIR`: the facts of a made-up city."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lianfang.cli.lang import Lang, LangOption, say
from lianfang.cli.refusal import door


@door
def city(
    out: Annotated[Path, typer.Option(metavar="DIR", help="写入哪个文件夹 / folder to write to")],
    persons: Annotated[int, typer.Option(min=1, max=20_000_000, help="多少人 / how many people")] = 2_000,
    seed: Annotated[int, typer.Option(min=0, help="同一种子得到同样的数据 / same seed, same facts")] = 7,
    lang: LangOption = Lang.ZH,
) -> None:
    """生成虚构城市的事实。 Make the facts of a made-up city."""
    from lianfang.core.city.city import make_city
    from lianfang.reach.city_files import write_city

    tables = make_city(persons, seed)
    write_city(tables, out)
    facts = sum(table.num_rows for table in tables.values())
    zh = f"{out}：虚构居民 {persons:,} 人，事实 {facts:,} 条，{len(tables)} 类"
    typer.echo(say(lang, zh, f"{out}: {persons:,} made-up people, {facts:,} facts of {len(tables)} kinds"))
