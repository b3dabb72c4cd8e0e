"""`lianfang demo-district`: a made-up district at work, filled on the first run, with accounts for every role."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Annotated

import typer

from lianfang.cli.district import district
from lianfang.cli.lang import Lang, LangOption, say
from lianfang.cli.refusal import Refusal, door
from lianfang.cli.serve import Host, Port, Processes, prepare, run, serving
from lianfang.core.complaint import Complaint

FOLDER = Path("var") / "demo-district"


@door
def demo_district(
    folder: Annotated[Path, typer.Option("--var", metavar="DIR", help="数据放在哪里 / where the data lie")] = FOLDER,
    host: Host = "127.0.0.1",
    port: Port = 8000,
    processes: Processes = 2,
    residents: Annotated[int, typer.Option(min=2_000, max=1_000_000, help="居民数 / residents")] = 60_000,
    managed: Annotated[int, typer.Option(min=1_000, max=50_000, help="在管人数 / people under management")] = 3_000,
    fill_only: Annotated[bool, typer.Option("--fill-only", help="只造数据，不启动 / make the data and stop")] = False,
    lang: LangOption = Lang.ZH,
) -> None:
    """一个虚构的区，五份预案生效，各种岗位都有账号。 A made-up district with five plans in force."""
    os.environ["LIANFANG_VAR"] = str(folder)
    os.environ.setdefault("LIANFANG_DEMO", "yes")
    os.environ.setdefault("LIANFANG_DISTRICT", say(lang, "云岭区", "Yunling"))
    with district() if fill_only else serving(host, port, lang):
        prepare(migrate=True)
        signs = _filled(folder / "accounts.json", residents, managed, lang)
        _show(signs, host, port, folder, lang)
        if not fill_only:
            run(host, port, processes, lang)


def _filled(kept: Path, residents: int, managed: int, lang: Lang) -> list[dict[str, str]]:
    """The accounts: made with the data on the first run, read again on later ones."""
    from dataclasses import asdict

    from django.utils import timezone

    from lianfang.acts.make_demo import Size, is_filled, make_demo

    if is_filled():
        if not kept.is_file():
            raise Refusal([_accounts_lost(kept)])
        return list(json.loads(kept.read_text(encoding="utf-8")))
    typer.echo(say(lang, "造一个虚构的区，约一分钟……", "making a made-up district, about a minute …"))
    signs = make_demo(Size(residents, managed), now=timezone.now(), tell=lambda words: typer.echo(f"  {words}"))
    rows = [asdict(sign) for sign in signs]
    kept.touch(mode=0o600)
    kept.write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")
    return rows


def _show(signs: list[dict[str, str]], host: str, port: int, folder: Path, lang: Lang) -> None:
    typer.echo(say(lang, "\n账号（人和数据都是虚构的）：", "\naccounts (people and data are made up):"))
    for sign in signs:
        typer.echo(f"  {sign['account']:<10} {sign['password']:<12} {sign['en' if lang == 'en' else 'zh']}")
    typer.echo(say(lang, f"\n打开 http://{host}:{port}/", f"\nopen http://{host}:{port}/"))
    typer.echo(say(lang, f"从头再来：停止后删掉 {folder}\n", f"to begin anew: stop it and remove {folder}\n"))


def _accounts_lost(kept: Path) -> Complaint:
    return Complaint(
        id="demo:accounts-lost",
        file=str(kept),
        zh="数据库里已有数据，却没有账号表",
        en="the database is filled already, but the list of accounts is gone",
        do_zh="停止后删掉这个文件夹，重新运行",
        do_en="stop it, remove this folder, and run again",
    )
