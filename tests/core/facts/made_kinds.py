"""A few kinds of fact for the tests of facts: people, their tests and stays, levels of areas."""

from __future__ import annotations

from collections.abc import Mapping

from lianfang.core.facts.vocabulary import Column, ColumnType, Kind, subject_column

ZONE = 28800
RESULTS = (("negative", "阴性"), ("positive", "阳性"), ("invalid", "无效"))
LEVELS = (("low", "低风险"), ("medium", "中风险"), ("high", "高风险"))


def made(
    id: str,
    zh: str,
    subject: str,
    time: str,
    *columns: Column,
    known_at: str | None = None,
    period_end: str | None = None,
) -> Kind:
    """A kind with its subject column in front."""
    own = {column.name: column for column in (subject_column(subject), *columns)}
    known = frozenset({"result"}) if known_at else frozenset()
    return Kind(id, zh, id, subject, time, own, known_at, known, period_end)


TEST = made(
    "test", "检测", "person", "sampled_at",
    Column("sampled_at", ColumnType.TIME, "采样时间", "sampled at", required=True),
    Column("resulted_at", ColumnType.TIME, "出结果时间", "result known at"),
    Column("result", ColumnType.CHOICE, "结果", "result", choices=RESULTS),
    Column("laboratory", ColumnType.REF, "实验室", "laboratory", to="place"),
    Column("note", ColumnType.TEXT, "说明", "note"),
    known_at="resulted_at",
)  # fmt: skip
STAY = made(
    "stay", "旅居", "person", "from",
    Column("from", ColumnType.TIME, "开始时间", "from", required=True),
    Column("left_on", ColumnType.TIME, "离开时间", "left on"),
    Column("area", ColumnType.REF, "区域", "area", to="area"),
    period_end="left_on",
)  # fmt: skip
LEVEL = made(
    "area_level", "风险等级", "area", "from",
    Column("from", ColumnType.TIME, "生效时间", "from", required=True),
    Column("level", ColumnType.CHOICE, "等级", "level", required=True, choices=LEVELS),
)  # fmt: skip
CHECK = made(
    "health_check", "健康监测", "person", "at",
    Column("at", ColumnType.TIME, "监测时间", "at", required=True),
    Column("temperature", ColumnType.NUMBER, "体温", "temperature", low=30, high=45),
    Column("symptoms", ColumnType.FLAG, "有可疑症状", "symptoms"),
)  # fmt: skip
KINDS: Mapping[str, Kind] = {kind.id: kind for kind in (TEST, STAY, LEVEL, CHECK)}
