"""What `lianfang doctor` looks at, one check a function: all well, or what is wrong and what to do."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from lianfang.cli.district import unmigrated
from lianfang.core.complaint import Complaint

Finding = Complaint | None
Check = Callable[[datetime], Finding]

OLDEST_SERVER = 150_000
LEAST_FREE, LITTLE_FREE = 1 << 30, 5 << 30
LATE = 900
EXTENSIONS = ("pg_trgm", "btree_gist")


def database(now: datetime) -> Finding:
    """The server is new enough."""
    found = int(_one("SHOW server_version_num"))
    if found >= OLDEST_SERVER:
        return None
    zh, en = ("数据库版本太旧", "the database server is too old")
    return _bad(
        "database-version", "database", zh, en, str(found), "升级到 PostgreSQL 15 以上", "use PostgreSQL 15 or newer"
    )


def tables(now: datetime) -> Finding:
    """The tables are those of this program."""
    missing = unmigrated()
    if not missing:
        return None
    zh, en = (f"表比程序旧，差 {len(missing)} 项变更", f"the tables lack {len(missing)} changes")
    return _bad(
        "old-tables", missing[0], zh, en, "", "先备份，再运行 lianfang migrate", "back up, then run lianfang migrate"
    )


def extensions(now: datetime) -> Finding:
    """What the tables need of PostgreSQL is installed."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT extname FROM pg_extension")
        missing = sorted(set(EXTENSIONS) - {name for (name,) in cursor.fetchall()})
    if not missing:
        return None
    found = ", ".join(missing)
    zh, en = ("缺少数据库扩展", "extensions of the database are missing")
    return _bad(
        "extensions", found, zh, en, "", "由数据库管理员 CREATE EXTENSION", "let the administrator CREATE EXTENSION"
    )


def disk(now: datetime) -> Finding:
    """There is room to write."""
    from django.conf import settings

    free = shutil.disk_usage(settings.VAR).free
    if free >= LITTLE_FREE:
        return None
    found = f"{free / (1 << 30):.1f} GiB"
    zh, en = ("磁盘空间不足", "little disk space is left")
    plenty = free >= LEAST_FREE
    do = ("清理旧备份和日志，或换更大的盘", "remove old backups and logs, or take a larger disk")
    return _bad("disk", str(settings.VAR), zh, en, found, *do, warning=plenty)


def clock(now: datetime) -> Finding:
    """This machine and the database agree on the time."""
    from django.utils import timezone

    away = abs((_one("SELECT clock_timestamp()") - timezone.now()).total_seconds())
    if away < 2:
        return None
    zh, en = ("本机与数据库的时钟不一致", "the clocks of this machine and of the database differ")
    return _bad("clock", "clock", zh, en, f"{away:.0f} s", "两边都与时间服务器对时", "set both by a time server")


def keys(now: datetime) -> Finding:
    """The oldest and the newest sealed texts can be opened."""
    from lianfang.ledger.sealed import SealFault, unseal

    for table, column, order in (("fact", "sealed", "no"), ("person", "number_sealed", "registered_at")):
        for way in ("ASC", "DESC"):
            query = f'SELECT {column} FROM "{table}" WHERE {column} IS NOT NULL ORDER BY {order} {way} LIMIT 1'  # noqa: S608
            sealed = _one(query)
            try:
                if sealed is not None:
                    unseal(bytes(sealed))
            except SealFault as fault:
                zh, en = ("有密文打不开", "a sealed text cannot be opened")
                do = ("把当时的 seal-keys 放回数据文件夹", "put seal-keys of that time back into the var folder")
                return _bad("keys", f"{table}.{column}", zh, en, str(fault), *do)
    return None


def journal(now: datetime) -> Finding:
    """The journal is whole."""
    from lianfang.ledger.journal import verify

    broken = verify()
    if broken is None:
        return None
    do = (
        "保留现场，报告审计，与备份的末行凭证核对",
        "keep everything as it is, tell the auditors, compare with a backup's head",
    )
    return _bad("journal", str(broken.no), broken.zh, broken.en, "", *do)


def jobs_late(now: datetime) -> Finding:
    """Jobs are done when they should be."""
    from lianfang.ledger.jobs import jobs

    found = jobs(now)
    if not found.stuck and found.oldest < LATE:
        return None
    zh, en = ("后台任务没有人做", "nobody does the jobs")
    said = f"waiting {found.waiting}, oldest {found.oldest:.0f} s, stuck {found.stuck}"
    return _bad(
        "jobs-late", "jobs", zh, en, said, "看 lianfang serve 是否在运行，重启它", "see whether serve runs; restart it"
    )


def jobs_failed(now: datetime) -> Finding:
    """No job has failed."""
    from lianfang.ledger.jobs import jobs

    found = jobs(now)
    if not found.failed:
        return None
    zh, en = (f"有 {found.failed} 个后台任务失败", f"{found.failed} jobs failed")
    do = (
        "看 serve 的输出找原因；改正后会在下一轮重做",
        "find the cause in the output of serve; the next round does them again",
    )
    return _bad("jobs-failed", "jobs", zh, en, ", ".join(found.failed_names), *do)


def zone(now: datetime) -> Finding:
    """Pages count the hours as the plan in force does."""
    from zoneinfo import ZoneInfo

    from django.conf import settings

    from lianfang.acts.in_force import in_force

    ours = now.astimezone(ZoneInfo(settings.TIME_ZONE)).utcoffset()
    plan = timedelta(seconds=in_force(now).plan.zone)
    if ours == plan:
        return None
    zh, en = ("网页时区与预案时区不同", "the pages' time zone is not the plan's")
    do = ("改 LIANFANG_TIME_ZONE（东八区是 Etc/GMT-8）", "set LIANFANG_TIME_ZONE (UTC+8 is Etc/GMT-8)")
    return _bad("zone", "LIANFANG_TIME_ZONE", zh, en, f"{ours} / {plan}", *do)


def fonts(now: datetime) -> Finding:
    """The fonts of the papers came along."""
    import lianfang.reach

    folder = Path(next(iter(lianfang.reach.__path__))) / "fonts"
    if len(list(folder.glob("*.otf"))) >= 3:
        return None
    zh, en = ("文书字体不全", "fonts of the papers are missing")
    return _bad("fonts", str(folder), zh, en, "", "重新安装本程序", "install the program again")


def standing(now: datetime) -> Finding:
    """What stands is what a new evaluation says, for a few subjects."""
    from lianfang.acts.check_sample import check_sample

    count, wrong = check_sample(now=now)
    if not wrong:
        return None
    zh, en = (
        f"{count} 个对象中 {len(wrong)} 个的应办与重新评估不一致",
        f"{len(wrong)} of {count} subjects stand otherwise",
    )
    found = ", ".join(f"{kind}:{subject}" for kind, subject in wrong[:5])
    do = (
        "夜间核对会改正并记下警示；请把这些编号报给开发者",
        "the night's check corrects it; report these ids to the developers",
    )
    return _bad("standing", "obligations", zh, en, found, *do)


def _one(query: str) -> Any:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(query)
        row = cursor.fetchone()
    return row[0] if row else None


def _bad(
    id: str, file: str, zh: str, en: str, found: str, do_zh: str, do_en: str, *, warning: bool = False
) -> Complaint:
    return Complaint(
        id=f"doctor:{id}",
        file=file,
        zh=zh,
        en=en,
        found=found,
        do_zh=do_zh,
        do_en=do_en,
        level="warning" if warning else "error",
    )


BEFORE: tuple[tuple[str, str, Check], ...] = (
    ("数据库", "database", database),
    ("表", "tables", tables),
    ("扩展", "extensions", extensions),
    ("磁盘", "disk", disk),
    ("时钟", "clock", clock),
    ("字体", "fonts", fonts),
)
"""What can be asked of any database."""

AFTER: tuple[tuple[str, str, Check], ...] = (
    ("密钥", "keys", keys),
    ("日志", "journal", journal),
    ("任务及时", "jobs in time", jobs_late),
    ("任务成功", "jobs done", jobs_failed),
    ("时区", "time zone", zone),
    ("应办现状", "what stands", standing),
)
"""What needs the tables of this program."""
