"""`lianfang restore FILE`: a backup in the place of the database, proved first; if it fails the old one stays."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from lianfang.cli.backup import key_ids, lookup_probe
from lianfang.cli.backup_file import Manifest, opened
from lianfang.cli.district import district, unmigrated
from lianfang.cli.lang import Lang, LangOption, say
from lianfang.cli.refusal import Refusal, door, show_complaints
from lianfang.core.complaint import Complaint


@door
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", exists=True, dir_okay=False, help="备份文件 / the backup")],
    replace: Annotated[
        bool, typer.Option("--replace", help="丢弃数据库现有内容 / give up what the database holds")
    ] = False,
    lang: LangOption = Lang.ZH,
) -> None:
    """把备份恢复进空数据库；先核对摘要，再核对日志。 Restore a backup: digest first, then the journal."""
    os.environ["LIANFANG_CONNECTIONS"] = "0"  # one connection, so that any other is a program still at work
    with opened(file) as (manifest, dump), district():
        show_complaints(_keys(manifest), lang)
        put_back(manifest, dump, replace=replace)
        counts = "，".join(f"{name} {number}" for name, number in manifest.counts.items())
        typer.echo(
            say(
                lang,
                f"已恢复 {manifest.made_at} 的备份：{counts}",
                f"restored the backup of {manifest.made_at}: {counts}",
            )
        )
        if missing := unmigrated():
            more = len(missing)
            typer.echo(
                say(lang, f"还差 {more} 项表变更：运行 lianfang migrate", f"{more} changes to go: run lianfang migrate")
            )


def put_back(manifest: Manifest, dump: Path, *, replace: bool) -> None:
    """Exchange the ledger for the one of the dump; refused, with the old one back, unless journal and counts agree."""
    from lianfang.ledger.dump import DumpFault, counts, is_empty, others, replaced_by

    if not replace and not is_empty():
        raise Refusal([_not_empty()])
    if busy := others():
        raise Refusal([_busy(busy)])
    if newer := _unknown(manifest):
        raise Refusal([_newer(manifest, newer)])
    try:
        with replaced_by(dump):
            _check_journal(manifest)
            found = counts()
            wrong = [f"{name}: {found[name]}" for name, number in manifest.counts.items() if found.get(name) != number]
            if wrong:
                raise Refusal([_differs("counts", "；".join(wrong))])
    except DumpFault as fault:
        raise Refusal([_differs("pg_restore", str(fault))]) from fault


def _check_journal(manifest: Manifest) -> None:
    from lianfang.ledger.journal import Head, verify

    no, _, digest = manifest.head.partition(":")
    heads = [Head(int(no), bytes.fromhex(digest))] if int(no) else []
    broken = verify(heads=heads)
    if broken is not None:
        raise Refusal([Complaint(id="restore:journal-broken", file=str(broken.no), zh=broken.zh, en=broken.en)])


def _unknown(manifest: Manifest) -> list[str]:
    """Changes of tables that the backup has seen and this program does not know."""
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(connection)
    known = {f"{app}.{name}" for app, name in loader.disk_migrations} | {
        f"{app}.{name}" for (app, _), m in loader.disk_migrations.items() for app, name in m.replaces
    }
    apps = {name.partition(".")[0] for name in known}
    return [name for name in manifest.migrations if name not in known and name.partition(".")[0] in apps]


def _keys(manifest: Manifest) -> list[Complaint]:
    """Warnings about keys that the backup was made with and that are not here."""
    missing = [id for id in manifest.seal_keys if id not in key_ids()]
    found = [_other_key("LIANFANG_SEAL_KEYS", ", ".join(missing))] if missing else []
    return found + ([_other_key("LIANFANG_LOOKUP_KEY", "")] if manifest.lookup != lookup_probe() else [])


def _other_key(name: str, found: str) -> Complaint:
    return Complaint(
        id="restore:other-key",
        file=name,
        zh="备份时的密钥不在这里：证件号和电话会打不开或查不到",
        en="the key of the backup is not here: numbers and phones cannot be opened or found",
        found=found,
        do_zh="把当时的 seal-keys 和 lookup-key 放回数据文件夹，再运行 lianfang doctor",
        do_en="put seal-keys and lookup-key of that time back into the var folder, then run lianfang doctor",
        level="warning",
    )


def _not_empty() -> Complaint:
    return Complaint(
        id="restore:not-empty",
        file="database",
        zh="数据库里已有数据",
        en="the database is not empty",
        do_zh="确定要丢弃现有数据时加 --replace（先备份）",
        do_en="add --replace if what it holds may go (back it up first)",
    )


def _busy(number: int) -> Complaint:
    return Complaint(
        id="restore:in-use",
        file="database",
        zh=f"还有 {number} 个连接在用这个数据库",
        en=f"{number} other connections use this database",
        do_zh="先停掉 lianfang serve",
        do_en="stop lianfang serve first",
    )


def _newer(manifest: Manifest, newer: list[str]) -> Complaint:
    return Complaint(
        id="restore:newer",
        file=newer[0],
        zh=f"备份来自更新的程序（{manifest.version}），有 {len(newer)} 项本程序不认识的表变更",
        en=f"the backup is of a newer program ({manifest.version}): {len(newer)} changes of tables are not known here",
        do_zh="升级程序后再恢复",
        do_en="update the program, then restore",
    )


def _differs(what: str, found: str) -> Complaint:
    return Complaint(
        id="restore:differs",
        file=what,
        zh="恢复出来的数据与备份说的不一致，已退回原来的数据库",
        en="what was restored is not what the backup says; the database is as it was",
        found=found,
        do_zh="换一份备份",
        do_en="take another backup",
    )
