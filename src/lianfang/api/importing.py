"""Sheets in: taken in, planned row by row, decided, applied as a whole."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from ninja import File, Form, Path, Router, Schema
from ninja.files import UploadedFile
from pydantic import Field

from lianfang.acts.apply_intake import decide_row
from lianfang.acts.begin_intake import APPLY, PLAN, begin_intake
from lianfang.acts.plan_intake import open_intake
from lianfang.api.asking import Asking, seen
from lianfang.api.problems import PROBLEMS, Stopped, not_there
from lianfang.api.shapes import Cursor, Done, Name, Size, Text
from lianfang.core.access import acts
from lianfang.ledger import models
from lianfang.ledger.keyset import page
from lianfang.ledger.visible import visible

router = Router(tags=["导入 importing"])
Sender = Annotated[Text, Form("")]
LARGEST = 50 * 1024 * 1024
Number = Annotated[int, Path(ge=1, le=2**62)]
Line = Annotated[int, Path(ge=1, le=2**31 - 1)]


class Import(Schema):
    """One import: its state, the columns it proposes (letter -> column), what its plan counted."""

    id: int
    kind: str
    file_name: str
    sender: str
    state: str
    counts: dict[str, int]
    letters: dict[str, str | None]
    missing: list[str]
    at: datetime


class Job(Schema):
    """How far a step is; small imports are done at once, large ones go on in the background."""

    state: str
    done: int
    total: int
    message: str


class Row(Schema):
    """A planned row, masked, with its reasons and, for a conflict, what can be chosen."""

    row: int
    outcome: str
    subject: str
    values: dict[str, Any]
    problems: list[dict[str, Any]]
    choice: str


class Rows(Schema):
    """A page of rows; ask again with `after` = `next` until it is empty."""

    rows: list[Row]
    next: str


class Letters(Schema):
    """Letter of the sheet -> column of the kind, null for not imported; without it the proposed ones count."""

    letters: dict[str, str | None] | None = Field(None, examples=[{"A": "name", "B": "phone", "C": None}])


class Choice(Schema):
    """The value of one of the row's choices."""

    choice: Name = Field(examples=["sheet"])


@router.post("/imports", response={200: Import, **PROBLEMS}, summary="送入一份表格 · take a sheet in")
def take_in(request: Asking, kind: Form[Name], file: File[UploadedFile], sender: Sender = "") -> Any:
    """Take a sheet in (.xlsx, .xls, .ods, .csv, at most 50 MB); its columns are proposed, nothing is written."""
    if (file.size or 0) > LARGEST:
        raise Stopped(422, "文件超过 50 MB，请分成几份。", "The file has more than 50 MB; split it.")
    number = open_intake(kind, file.name or "", file.read(), sender=sender[:150], actor=request.actor, now=request.now)
    return _shown(_found(request, number))


@router.get("/imports/{intake}", response={200: Import, **PROBLEMS}, summary="一次导入 · one import")
def one(request: Asking, intake: Number) -> Any:
    """One import with its state and counts."""
    return _shown(_found(request, intake))


@router.post("/imports/{intake}/plan", response={200: Job, **PROBLEMS}, summary="预演 · plan")
def plan(request: Asking, intake: Number, columns: Letters) -> Any:
    """Plan the import row by row with these columns; nothing is written."""
    _found(request, intake)
    return begin_intake(intake, PLAN, columns.letters, actor=request.actor, now=request.now)


@router.get("/imports/{intake}/rows", response={200: Rows, **PROBLEMS}, summary="预演的行 · planned rows")
def rows(request: Asking, intake: Number, outcome: Text = "", after: Cursor = "", size: Size = 50) -> Any:
    """The planned rows in the order of the sheet; narrowed by outcome (new same changed conflict refused)."""
    _found(request, intake)
    wanted = models.IntakeRow.objects.filter(intake_id=intake).defer("sealed")
    found = page(wanted.filter(outcome=outcome) if outcome else wanted, ("row",), after, size)
    return {"rows": list(found.rows), "next": found.next}


@router.post(
    "/imports/{intake}/rows/{row}/choice", response={200: Done, **PROBLEMS}, summary="选定 · decide a conflict"
)
def decide(request: Asking, intake: Number, row: Line, choice: Choice) -> Any:
    """Decide a conflict; not done if the row offers no such choice."""
    _found(request, intake)
    return {"done": decide_row(intake, row, choice.choice, actor=request.actor)}


@router.post("/imports/{intake}/application", response={200: Job, **PROBLEMS}, summary="执行 · apply")
def apply(request: Asking, intake: Number) -> Any:
    """Write all of it in one transaction; conflicts nobody decided and refused rows are left out."""
    _found(request, intake)
    return begin_intake(intake, APPLY, actor=request.actor, now=request.now)


def _found(request: Asking, number: int) -> models.Intake:
    rows = visible(models.Intake.objects.defer("content"), seen(request, acts.IMPORT_PEOPLE))
    row = rows.filter(pk=number).first()
    if row is None:
        raise not_there("这次导入", "import")
    return row


def _shown(row: models.Intake) -> dict[str, Any]:
    plain = {name: getattr(row, name) for name in ("id", "kind", "file_name", "sender", "state", "counts", "at")}
    return {**plain, "letters": row.mapping.get("letters", {}), "missing": row.mapping.get("missing", [])}
