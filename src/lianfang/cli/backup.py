"""`lianfang backup FILE`: the whole ledger in one file, while everybody goes on working."""

from __future__ import annotations

from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from lianfang.cli.backup_file import Manifest, digest_of, write
from lianfang.cli.district import district, unmigrated
from lianfang.cli.lang import Lang, LangOption, say
from lianfang.cli.refusal import Refusal, door
from lianfang.core.complaint import Complaint

if TYPE_CHECKING:
    from lianfang.ledger.dump import Dumped

PROBE = "lianfang backup"


@door
def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="备份文件 / the file to write")],
    force: Annotated[bool, typer.Option("--force", help="覆盖已有文件 / replace a file that is there")] = False,
    lang: LangOption = Lang.ZH,
) -> None:
    """在线备份数据库到一个文件；密钥不在其中，要另外保存。 Back the ledger up; keys are not in it."""
    if file.exists() and not force:
        raise Refusal([_there(file)])
    with district():
        from django.utils import timezone

        manifest = make(file, timezone.now())
        _tell(file, manifest, lang)


def make(file: Path, now: datetime) -> Manifest:
    """Write the backup; gives its manifest."""
    from lianfang.ledger.dump import DumpFault, dump

    if missing := unmigrated():
        raise Refusal([_no_ledger(missing)])
    with TemporaryDirectory(dir=file.parent) as folder:
        content = Path(folder) / "dump"
        try:
            held = dump(content)
        except DumpFault as fault:
            raise Refusal([_failed(file, fault)]) from fault
        manifest = _manifest(held, digest_of(content), now)
        write(file, manifest, content)
    return manifest


def _manifest(held: Dumped, digest: str, now: datetime) -> Manifest:
    return Manifest(
        made_at=now.isoformat(timespec="seconds"),
        version=version("lianfang"),
        digest=digest,
        counts=held.counts,
        head=f"{held.head.no}:{held.head.digest.hex()}",
        migrations=held.migrations,
        seal_keys=key_ids(),
        lookup=lookup_probe(),
    )


def key_ids() -> tuple[str, ...]:
    """The names of the sealing keys, never the keys."""
    from django.conf import settings

    return tuple(key.partition(":")[0].strip() for key in settings.LIANFANG_SEAL_KEYS if key.strip())


def lookup_probe() -> str:
    """A fixed text under the look-up key: tells later whether it is the same key, and nothing about it."""
    from lianfang.ledger.sealed import lookup_key

    return lookup_key(PROBE).hex()


def _tell(file: Path, manifest: Manifest, lang: Lang) -> None:
    from django.conf import settings

    counts = "，".join(f"{name} {number}" for name, number in manifest.counts.items())
    typer.echo(say(lang, f"已备份到 {file}：{counts}", f"backed up to {file}: {counts.replace('，', ', ')}"))
    typer.echo(
        say(lang, f"日志末行凭证（另处抄存）：{manifest.head}", f"head of the journal (keep it apart): {manifest.head}")
    )
    keys = f"{settings.VAR / 'seal-keys'}, {settings.VAR / 'lookup-key'}"
    typer.echo(
        say(
            lang,
            f"密钥（{'、'.join(manifest.seal_keys)}）不在备份里。没有它们，证件号和电话打不开。请与备份分开保存：{keys}",
            f"The keys ({', '.join(manifest.seal_keys)}) are not in it; without them numbers and phones stay sealed. "
            f"Keep them apart from the backup: {keys}",
        )
    )


def _there(file: Path) -> Complaint:
    return Complaint(
        id="backup:there-already",
        file=str(file),
        zh="文件已存在",
        en="the file is there already",
        do_zh="换个文件名，或加 --force",
        do_en="choose another name, or add --force",
    )


def _no_ledger(missing: list[str]) -> Complaint:
    return Complaint(
        id="backup:old-tables",
        file=missing[0],
        zh=f"数据库的表与本程序不符，差 {len(missing)} 项变更",
        en=f"the tables are not those of this program: {len(missing)} changes are missing",
        do_zh="用当时的程序版本备份，或先运行 lianfang migrate",
        do_en="back up with the program of that version, or run lianfang migrate first",
    )


def _failed(file: Path, fault: Exception) -> Complaint:
    return Complaint(
        id="backup:failed",
        file=str(file),
        zh="pg_dump 没有完成，没有写出备份",
        en="pg_dump did not finish; no backup was written",
        found=str(fault),
        do_zh="检查磁盘空间和数据库版本，或运行 lianfang doctor",
        do_en="check disk space and the database's version, or run lianfang doctor",
    )
