"""Made-up sheets, kinds and a register that imports are tried on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from lianfang.core.facts.vocabulary import Column, ColumnType, Kind, Mask
from lianfang.core.identity.numbers import check_digit
from lianfang.core.intake.known import Candidate, Known, KnownFact, Value
from lianfang.core.intake.mapping import propose
from lianfang.core.intake.outcome import ImportPlan, Outcome, PlannedRow
from lianfang.core.intake.plan import plan_import
from lianfang.core.intake.reading import Reading, Setting, read_rows, wanted
from lianfang.core.intake.settle import Write
from lianfang.core.intake.sheet import Head, Sheet, letter_of

ZONE = 8 * 3600
NOW = 1_795_000_000


def _columns(*columns: Column) -> Mapping[str, Column]:
    return {column.name: column for column in columns}


PERSON = Kind(
    "person",
    "人员登记",
    "person",
    "person",
    "at",
    _columns(
        Column("at", ColumnType.TIME, "登记时间", "registered at", required=True),
        Column("name", ColumnType.TEXT, "姓名", "name", personal="identity"),
        Column(
            "id_type",
            ColumnType.CHOICE,
            "证件类型",
            "document type",
            choices=(("id_card", "身份证"), ("passport", "护照")),
        ),
        Column("id_number", ColumnType.TEXT, "证件号码", "document number", personal="identity", mask=Mask.NUMBER),
        Column("phone", ColumnType.TEXT, "电话", "telephone", personal="contact", mask=Mask.PHONE),
        Column("born_on", ColumnType.TIME, "出生日期", "date of birth", personal="identity"),
        Column("address", ColumnType.TEXT, "住址", "address", personal="contact", mask=Mask.ADDRESS),
        Column("age", ColumnType.NUMBER, "年龄", "age", low=0, high=130),
        Column("vulnerable", ColumnType.FLAG, "需照护", "needs care"),
        Column("community", ColumnType.REF, "所属社区(村)", "community", to="unit"),
    ),
    needed_by={"made-up-plan": ("2.2.b",)},
)
TEST = Kind(
    "test",
    "检测",
    "test",
    "person",
    "sampled_at",
    _columns(
        Column("sampled_at", ColumnType.TIME, "采样时间", "sampled at", required=True),
        Column(
            "test",
            ColumnType.CHOICE,
            "检测项目",
            "test",
            required=True,
            choices=(("nucleic_acid", "核酸"), ("antibody", "抗体")),
        ),
        Column("result", ColumnType.CHOICE, "结果", "result", choices=(("negative", "阴性"), ("positive", "阳性"))),
    ),
    needed_by={"made-up-plan": ("2.2.c2",)},
)
VISIT = Kind(
    "visit",
    "巡查",
    "visit",
    "place",
    "at",
    _columns(
        Column("at", ColumnType.TIME, "巡查时间", "visited at", required=True),
        Column("place", ColumnType.REF, "场所", "place", required=True, to="place"),
        Column("found", ColumnType.TEXT, "发现", "found"),
    ),
)


def number_of(place: int) -> str:
    """A made-up resident ID: its place code does not exist."""
    first = f"000000{1950 + place % 50}01{1 + place % 28:02d}{place % 1000:03d}"
    return first + check_digit(first)


def sheet_of(heads: Sequence[str], *rows: Sequence[str | None]) -> Sheet:
    """A sheet whose head is row 1."""
    made = tuple(Head(letter_of(place), text) for place, text in enumerate(heads))
    columns = {
        head.letter: pa.array([row[place] or None for row in rows], pa.string()) for place, head in enumerate(made)
    }
    return Sheet("登记表.xlsx", "排查", made, pa.table(columns), np.arange(2, len(rows) + 2, dtype=np.int64), 1)


def reading_of(sheet: Sheet, kind: Kind = PERSON) -> Reading:
    """The sheet read with the mapping that is proposed."""
    register = PERSON if kind.subject == "person" else None
    return read_rows(sheet, propose(sheet.heads, kind, register), Setting(kind, ZONE, NOW, register))


def plan_of(sheet: Sheet, known: Known | None = None, kind: Kind = PERSON) -> ImportPlan:
    """The plan of a sheet against what is known."""
    return plan_import(reading_of(sheet, kind), known or Known())


def outcomes(plan: ImportPlan) -> list[Outcome]:
    """The outcomes in the order of the rows."""
    return [row.outcome for row in plan.rows]


def known_person(subject: str = "P-1", corrected: Mapping[str, object] | None = None, **values: Value) -> Known:
    """A register with one person in it."""
    fact = KnownFact(f"{subject}-f", NOW - 86400, values, corrected or {})  # type: ignore[arg-type]
    named = {name: str(values.get(name, "")) for name in ("name", "id_number", "phone")}
    return known_of(Candidate(subject, named["name"], named["id_number"], named["phone"], (fact,)))


def known_of(*candidates: Candidate) -> Known:
    """A register with these people under all their keys."""

    def by(key: str) -> Mapping[str, tuple[Candidate, ...]]:
        found: dict[str, tuple[Candidate, ...]] = {}
        for one in candidates:
            if getattr(one, key):
                found[getattr(one, key)] = (*found.get(getattr(one, key), ()), one)
        return found

    return Known(subjects=by("subject"), numbers=by("number"), phones=by("phone"), names=by("name"))


@dataclass
class Register:
    """A small register that imports are applied to, as the ledger would."""

    people: dict[str, Candidate] = field(default_factory=dict)

    def known(self, read: Reading) -> Known:
        """Only what was asked for."""
        want = wanted(read)
        everything = known_of(*self.people.values())
        return Known(
            subjects={key: found for key, found in everything.subjects.items() if key in want.subjects},
            numbers={key: found for key, found in everything.numbers.items() if key in want.numbers},
            phones={key: found for key, found in everything.phones.items() if key in want.phones},
            names={key: found for key, found in everything.names.items() if key in want.names},
        )

    def apply(self, writes: Iterable[Write], kind: Kind = PERSON) -> None:
        """Facts added and replaced; each new person brought in once."""
        brought: dict[int, str] = {}
        for write in writes:
            subject = write.subject or brought.setdefault(write.first, f"N-{len(self.people) + 1}")
            one = self.people.get(subject, Candidate(subject))
            old = next((fact for fact in one.facts if fact.id == write.corrects), None)
            values = {**(old.values if old else {}), **write.values}
            fact = KnownFact(f"{subject}/{write.row}/{len(one.facts)}", write.at or 0, values)
            kept = tuple(held for held in one.facts if held is not old)
            named = values if kind is PERSON else {} if subject in self.people else write.who
            self.people[subject] = Candidate(
                subject,
                str(named.get("name", one.name)),
                str(named.get("id_number", one.number)),
                str(named.get("phone", one.phone)),
                (*kept, fact),
            )


def row_of(plan: ImportPlan, number: int) -> PlannedRow:
    """The planned row of a row of the sheet."""
    return next(row for row in plan.rows if row.row == number)
