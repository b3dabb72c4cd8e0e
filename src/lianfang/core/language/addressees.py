"""The kind of fact `addressee`: the plan was issued to this unit. Evaluation makes one for every unit."""

from __future__ import annotations

from lianfang.core.facts.vocabulary import Column, ColumnType, Kind, subject_column

ADDRESSEE = "addressee"
REGISTER = "unit"
"""The kind of fact by which a district names its own units."""


def addressee_kind() -> Kind:
    """Unit, its id, level and name, the groups it belongs to (`、a、b、`), and when the plan came to hold for it."""
    columns = (
        Column("at", ColumnType.TIME, "下发时间", "issued at", required=True),
        Column("unit_id", ColumnType.TEXT, "单位编号", "id of the unit"),
        Column("name", ColumnType.TEXT, "名称", "name"),
        Column("level", ColumnType.TEXT, "层级", "level"),
        Column("parent", ColumnType.TEXT, "上级单位", "parent unit"),
        Column("groups", ColumnType.TEXT, "所属单位组", "groups"),
    )
    named = {column.name: column for column in (subject_column("unit"), *columns)}
    return Kind(ADDRESSEE, "预案下发单位", "unit the plan is issued to", "unit", "at", named)


def in_group(group: str) -> str:
    """How a group stands in the column `groups`."""
    return f"、{group}、"
