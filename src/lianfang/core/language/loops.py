"""Results as facts: `loop` when a loop of a person is over, `loop_running` while it runs; `area_loop` … of others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from lianfang.core.facts.vocabulary import SUBJECTS, Column, ColumnType, Kind, subject_column
from lianfang.core.language.document import Branch, Document, Listing, Node, Scalar
from lianfang.core.language.schema import LOOP_STATES, TAKES

LOOP = "loop"
RUNNING = "_running"
UNTIL = "running_until"
_PERSON = "person"
_ASKING = frozenset({*TAKES, "on", "of"})


def is_loop_kind(kind: str) -> bool:
    """Whether facts of a kind are made by evaluation out of loops and are never recorded by anybody."""
    result = kind.removesuffix(RUNNING)
    return result == LOOP or result.endswith(f"_{LOOP}")


def loop_kinds(asked: Iterable[str], binds: Mapping[str, str]) -> dict[str, Kind]:
    """`loop`, and of the others those asked for. `binds`: measure -> the subject it binds."""
    wanted = {LOOP, *asked}
    found: dict[str, Kind] = {}
    for subject in dict.fromkeys((*SUBJECTS, *binds.values())):
        id = _result_of(subject)
        kind = _result(subject, tuple(measure for measure, about in binds.items() if about == subject))
        found |= {id: kind} if id in wanted else {}
        found |= {id + RUNNING: _running(kind)} if id + RUNNING in wanted else {}
    return found


def kinds_asked(documents: Iterable[Document]) -> Iterator[str]:
    """Every kind of loop that a document opens on, looks up or selects from."""
    for document in documents:
        yield from (name for name in _names(document.node) if is_loop_kind(name))


def _names(node: Node, key: str = "") -> Iterator[str]:
    match node:
        case Scalar(text=text):
            if key in _ASKING:
                yield text.partition(".")[0]
        case Listing(items):
            for item in items:
                yield from _names(item, key)
        case Branch(entries):
            for name, value in entries:
                yield from _names(value, name.text)


def _result_of(subject: str) -> str:
    return LOOP if subject == _PERSON else f"{subject}_{LOOP}"


def _result(subject: str, measures: tuple[str, ...]) -> Kind:
    """How a loop ended or where it stands; whom and what its opening fact names besides its subject."""
    others = (Column(other, ColumnType.REF, zh, en, to=other) for other, (zh, en) in SUBJECTS.items())
    columns = (
        subject_column(subject),
        Column("measure", ColumnType.CHOICE, "措施", "measure", choices=tuple((m, m) for m in measures)),
        Column("state", ColumnType.CHOICE, "状态", "state", choices=tuple((s, s) for s in LOOP_STATES)),
        Column("exit", ColumnType.TEXT, "出口", "exit"),
        Column("stage", ColumnType.TEXT, "阶段", "stage"),
        Column("opened_at", ColumnType.TIME, "开启时间", "opened at"),
        Column("ended_at", ColumnType.TIME, "结束时间", "ended at"),
        *(column for column in others if column.name != subject),
    )
    zh, en = SUBJECTS.get(subject, (subject, subject))
    named = ("闭环", "loop") if subject == _PERSON else (f"{zh}闭环", f"loop of a {en}")
    return Kind(_result_of(subject), *named, subject, "ended_at", {column.name: column for column in columns})


def _running(kind: Kind) -> Kind:
    until = Column(UNTIL, ColumnType.TIME, "持续至", "running until")
    return replace(
        kind,
        id=kind.id + RUNNING,
        zh=f"进行中的{kind.zh}",
        en=f"{kind.en}, running",
        time="opened_at",
        period_end=UNTIL,
        columns={**kind.columns, UNTIL: until},
    )
