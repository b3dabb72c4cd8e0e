"""Take a file in as a plan: row by row what importing it would do, before anything is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime
from hashlib import sha256

from django.db import transaction

from lianfang.acts.in_force import InForce, in_force
from lianfang.acts.intake_known import known_for
from lianfang.acts.intake_rows import put_rows
from lianfang.acts.known import check
from lianfang.acts.refused import Refused
from lianfang.core.access.actor import Actor
from lianfang.core.access.acts import IMPORT_PEOPLE
from lianfang.core.access.thing import Thing
from lianfang.core.facts.vocabulary import Kind
from lianfang.core.intake import mapping as intake_mapping
from lianfang.core.intake.mapping import Columns
from lianfang.core.intake.outcome import ImportPlan, Outcome, PlannedRow, Problem
from lianfang.core.intake.plan import plan_import
from lianfang.core.intake.reading import Setting, read_rows, wanted
from lianfang.core.intake.sheet import Sheet
from lianfang.ledger import journal
from lianfang.ledger.models import Intake, Subject
from lianfang.ledger.models import Mapping as Kept
from lianfang.ledger.sealed import seal, unseal
from lianfang.reach.sheets.faults import SheetFault
from lianfang.reach.sheets.read import read_sheet

PLANNING, PLANNED = "planning", "planned"
OPEN_STATES = (PLANNING, PLANNED)


def open_intake(
    kind: str, file_name: str, content: bytes, *, sheet: str = "", sender: str = "", actor: Actor, now: datetime
) -> int:
    """Take a file in; gives the number of the import, with a mapping of its columns proposed or remembered.

    `sender` is who sends such files (default: the actor's unit). Refused if the file cannot be read.
    """
    check(actor, IMPORT_PEOPLE, Thing("import", actor.path, actor.unit))
    force = in_force(now)
    wanted_kind = kind_of(force, kind)
    read = _read(wanted_kind, content, file_name, sheet)
    whose = sender or actor.unit or actor.account
    columns = _proposed(force, wanted_kind, read, whose)
    with transaction.atomic():
        row = Intake.objects.create(
            kind=kind,
            sender=whose,
            file_name=file_name[:200],
            digest=sha256(content).hexdigest(),
            content=seal(content.decode("latin-1")),
            state=PLANNING,
            mapping=_plain(read, columns),
            path=actor.path,
            at=now,
            by=actor.account,
        )
        journal.write(actor, IMPORT_PEOPLE, f"intake:{row.pk}", now=now, details={"file": file_name, "kind": kind})
    return int(row.pk)


def plan_intake(
    intake: int, choice: Mapping[str, str | None] | None = None, *, actor: Actor, now: datetime
) -> dict[str, int]:
    """Plan an import; gives how many rows are new, the same, changed, in conflict, refused.

    `choice`: letter of the sheet -> column of the kind, None for not imported; without it the proposed mapping counts.
    The mapping is remembered for the next file of the same sender with the same heads.
    """
    row = intake_of(intake, actor)
    if row.state not in OPEN_STATES:
        raise Refused("这次导入已经执行或取消。", "This import has been applied or cancelled.")
    force = in_force(now)
    kind = kind_of(force, row.kind)
    read = sheet_of(force, row)
    register = register_of(force, kind)
    letters = choice if choice is not None else row.mapping["letters"]
    columns = intake_mapping.chosen_by_hand(read.heads, letters, kind)
    missing = [column for column in columns.missing if kind != register or column.name != kind.time]
    if missing:  # when somebody was registered is today if the sheet does not say
        zh, en = [column.zh for column in missing], [column.en for column in missing]
        raise Refused(f"还缺必填列：{'、'.join(zh)}。", f"Required columns are missing: {', '.join(en)}.", zh)
    reading = read_rows(read, columns, Setting(kind, force.plan.zone, int(now.timestamp()), register))
    plan = plan_import(reading, known_for(force, kind, wanted(reading)))
    plan = _within_reach(plan, kind, actor)
    counts = {outcome.value: count for outcome, count in plan.counts.items()}
    with transaction.atomic():
        put_rows(row.pk, plan.rows, intake_mapping.targets(kind, register), force.plan.zone)
        _remember(row, read, columns, now)
        mapping = _plain(read, columns)
        Intake.objects.filter(pk=row.pk).update(state=PLANNED, counts=counts, mapping=mapping)
    return counts


def choose_sheet(intake: int, sheet: str, *, actor: Actor, now: datetime) -> None:
    """Take another sheet of the workbook, with a mapping of its columns proposed or remembered."""
    row = intake_of(intake, actor)
    if row.state not in OPEN_STATES or sheet not in row.mapping.get("sheets", ()):
        raise Refused("这次导入不能再换工作表，或文件里没有这张表。", "This import cannot take that sheet any more.")
    force = in_force(now)
    row.mapping = {**row.mapping, "sheet": sheet}
    read = sheet_of(force, row)
    columns = _proposed(force, kind_of(force, row.kind), read, row.sender)
    opened = Intake.objects.filter(pk=intake, state__in=OPEN_STATES)
    opened.update(state=PLANNING, counts={}, mapping=_plain(read, columns))


def intake_of(intake: int, actor: Actor) -> Intake:
    """The import of that number, if the actor may work on it."""
    row = Intake.objects.filter(pk=intake).first()
    if row is None:
        raise Refused(f"没有编号为 {intake} 的导入。", f"There is no import {intake}.")
    check(actor, IMPORT_PEOPLE, Thing("import", row.path, row.sender))
    return row


def kind_of(force: InForce, kind: str) -> Kind:
    """The kind of fact that is imported."""
    found = force.plan.kinds.get(kind)
    if found is None:
        raise Refused(f"在用方案没有“{kind}”这种台账。", f"The plan in force knows no kind of fact {kind!r}.")
    return found


def register_of(force: InForce, kind: Kind) -> Kind | None:
    """The kind of fact that registers people, for facts about people; None for others."""
    return force.plan.kinds.get(kind.subject) if kind.subject == "person" else None


def sheet_of(force: InForce, row: Intake) -> Sheet:
    """The sheet of an import, read again from its file."""
    content = unseal(bytes(row.content or b"")).encode("latin-1")
    return _read(kind_of(force, row.kind), content, row.file_name, row.mapping.get("sheet", ""))


def _read(kind: Kind, content: bytes, file_name: str, sheet: str) -> Sheet:
    try:
        return read_sheet(content, file_name, sheet, [column.zh for column in kind.columns.values()])
    except SheetFault as fault:
        raise Refused(fault.complaint.show("zh"), fault.complaint.show("en")) from fault


def _proposed(force: InForce, kind: Kind, read: Sheet, sender: str) -> Columns:
    kept = Kept.objects.filter(sender=sender, kind=kind.id, heads=intake_mapping.heads_digest(read.heads)).first()
    remembered = kept.columns if kept is not None else None
    return intake_mapping.propose(read.heads, kind, register_of(force, kind), remembered)


def _plain(read: Sheet, columns: Columns) -> dict[str, object]:
    """The mapping as JSON: letters, and for each head what it is taken for, how surely and why."""
    return {
        "sheet": read.name,
        "sheets": list(read.sheets),
        "rows": len(read),
        "letters": {match.head.letter: match.column for match in columns.matches},
        "heads": [
            {**asdict(m.head), "column": m.column, "confidence": m.confidence, "why": m.why.value}
            for m in columns.matches
        ],
        "missing": [column.name for column in columns.missing],
    }


def _remember(row: Intake, read: Sheet, columns: Columns, now: datetime) -> None:
    Kept.objects.update_or_create(
        sender=row.sender,
        kind=row.kind,
        heads=intake_mapping.heads_digest(read.heads),
        defaults={"columns": dict(columns.remembered), "used_at": now},
    )


OUT_OF_REACH = Problem(
    "intake:out-of-reach",
    "",
    "",
    "此人（对象）已登记在其他辖区；请转交所在单位办理",
    "is registered in another jurisdiction; do: pass it on to the unit there",
)


def _within_reach(plan: ImportPlan, kind: Kind, actor: Actor) -> ImportPlan:
    """Rows about subjects of another jurisdiction are refused: a file is no way round it."""
    named = sorted({row.subject for row in plan.rows if row.subject})
    outside: set[str] = set()
    for start in range(0, len(named), 5_000):
        rows = Subject.objects.filter(kind=kind.subject, subject__in=named[start : start + 5_000])
        outside |= set(rows.exclude(path__startswith=actor.path).values_list("subject", flat=True))
    if not outside:
        return plan
    return replace(plan, rows=tuple(_refused(row) if row.subject in outside else row for row in plan.rows))


def _refused(row: PlannedRow) -> PlannedRow:
    bare = replace(row, subject="", values={}, choices=(), corrects="")
    return bare.turned(Outcome.REFUSED, replace(OUT_OF_REACH, cell=str(row.row)))
