"""The values of one fact as the ledger keeps them: one spelling for each type, sealed columns apart."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Protocol

from lianfang.core.days.text import TimeError, parse_instant
from lianfang.core.facts.typed import NO, YES
from lianfang.core.facts.vocabulary import COMMON, Column, ColumnType, Kind, all_columns, called
from lianfang.core.identity.sealed_columns import sealed_columns
from lianfang.ledger.sealed import MARKER

_FLAGS = {**dict.fromkeys(YES, True), **dict.fromkeys(NO, False)}


class Vocabulary(Protocol):
    """What the ledger needs to know of a plan: its kinds of fact, and its distance from UTC in seconds."""

    @property
    def kinds(self) -> Mapping[str, Kind]: ...

    @property
    def zone(self) -> int: ...


class FactRefused(ValueError):
    """A fact that cannot be kept: which kind and column, what was found, what is allowed, in Chinese and English."""

    def __init__(self, where: str, found: object, zh: str, en: str) -> None:
        super().__init__(f"{where}:看到 {str(found)[:60]!r},允许 {zh};请改正 / found, allowed: {en}; correct it")
        self.where, self.zh, self.en = where, zh, en


@dataclass(frozen=True, slots=True)
class Kept:
    """The values as they are kept: `plain` as JSON (sealed columns as a marker), `sealed` the texts to encrypt."""

    plain: Mapping[str, object]
    sealed: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Reader:
    """One kind of fact, ready to read the values of many."""

    kind: Kind
    zone: int
    columns: Mapping[str, Column]
    secret: frozenset[str]
    left_out: frozenset[str]

    def kept(self, values: Mapping[str, object]) -> Kept:
        """Values typed as the vocabulary says: times as ISO texts with zone, choices by their word, no empty ones.

        Columns may be named in Chinese. The subject, the own time and the four columns of every kind are left out:
        they have columns of their own. FactRefused names the first that does not fit.
        """
        plain: dict[str, object] = {}
        sealed: dict[str, str] = {}
        for written, value in values.items():
            name = written if written in self.columns else self._meant(written)
            if name in self.left_out or value is None or value == "":
                continue
            column = self.columns[name]
            text = _READERS[column.type](self.kind.id, column, value, self.zone)
            if name in self.secret:
                sealed[name] = str(text)
            plain[name] = MARKER if name in self.secret else text
        return Kept(plain, sealed)

    def _meant(self, written: str) -> str:
        name = called(self.kind, written)
        if name is None:
            where, zh = f"{self.kind.id}.{written}", "该种类声明的列"
            raise FactRefused(where, written, zh, "a column that the kind declares")
        return name


def reader(plan: Vocabulary, name: str) -> Reader:
    """The reader of a kind; FactRefused when the plan has no kind of that name."""
    kind = plan.kinds.get(name)
    if kind is None:
        raise FactRefused(name, name, "方案中声明的事实种类", "a kind of fact that the plan declares")
    left_out = frozenset({*COMMON, kind.time, kind.subject})
    return Reader(kind, plan.zone, all_columns(kind), sealed_columns(kind), left_out)


def instant_of(where: str, value: object, zone: int) -> datetime:
    """An instant from a datetime, a day, seconds since 1970 or a written time; without a zone it is local time."""
    local = timezone(timedelta(seconds=zone))
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=local)
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day, tzinfo=local)
    try:
        seconds = value if isinstance(value, int | float) else parse_instant(str(value), zone)
        return datetime.fromtimestamp(seconds, UTC)
    except (TimeError, OverflowError, OSError, ValueError) as fault:
        raise FactRefused(where, value, "时间，如 2020-05-25T14:00", "a time, such as 2020-05-25T14:00") from fault


def iso(instant: datetime, zone: int) -> str:
    """An instant as it is kept in values: local time of the plan with its zone, whole seconds."""
    return instant.astimezone(timezone(timedelta(seconds=zone))).isoformat(timespec="seconds")


def _time(kind: str, column: Column, value: object, zone: int) -> object:
    return iso(instant_of(f"{kind}.{column.name}", value, zone), zone)


def _number(kind: str, column: Column, value: object, zone: int) -> object:
    try:
        number = value if isinstance(value, int | float) else float(str(value))
    except ValueError as fault:
        raise FactRefused(f"{kind}.{column.name}", value, "数字", "a number") from fault
    if number != number or abs(number) == float("inf"):
        raise FactRefused(f"{kind}.{column.name}", value, "有限的数字", "a finite number")
    return number


def _flag(kind: str, column: Column, value: object, zone: int) -> object:
    flag = value if isinstance(value, bool) else _FLAGS.get(str(value).strip().lower())
    if flag is None:
        raise FactRefused(f"{kind}.{column.name}", value, "是 或 否", "yes or no")
    return flag


def _choice(kind: str, column: Column, value: object, zone: int) -> object:
    word = str(value).strip()
    for name, zh in column.choices:
        if word in (name, zh):
            return name
    allowed = ", ".join(name for name, _ in column.choices)
    raise FactRefused(f"{kind}.{column.name}", value, allowed, allowed)


def _text(kind: str, column: Column, value: object, zone: int) -> object:
    return str(value).replace("\x00", "").strip()


_READERS: Mapping[ColumnType, Callable[[str, Column, object, int], object]] = {
    ColumnType.TIME: _time,
    ColumnType.NUMBER: _number,
    ColumnType.FLAG: _flag,
    ColumnType.CHOICE: _choice,
    ColumnType.TEXT: _text,
    ColumnType.REF: _text,
}
