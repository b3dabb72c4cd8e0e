"""What stands: subjects, their files, obligations, and why."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from ninja import Router

from lianfang.acts.explain_obligation import explain_obligation
from lianfang.api.asking import Asking, seen
from lianfang.api.problems import PROBLEMS, not_there
from lianfang.api.shapes import Cursor, File, Name, Obligations, Size, Subjects, Text, Why
from lianfang.core.access import acts
from lianfang.core.identity.masking import mask_name
from lianfang.ledger import journal, models
from lianfang.ledger.keyset import page
from lianfang.ledger.visible import visible

router = Router(tags=["查看 reading"])
PERSON = "person"
MOST = 500
LOOP = ("id", "measure", "state", "stage", "opened", "release", "ended", "waits_for")


def shown(row: models.Subject) -> dict[str, Any]:
    """A subject as it is answered: persons by a masked name."""
    name = mask_name(row.name) if row.kind == PERSON else row.name
    return {"kind": row.kind, "subject": row.subject, "name": name, "unit": row.unit, "path": row.path}


@router.get("/subjects/{kind}", response={200: Subjects, **PROBLEMS}, summary="对象名单 · subjects of one kind")
def subjects(request: Asking, kind: Name, after: Cursor = "", size: Size = 50) -> Any:
    """Subjects of one kind within the jurisdiction, in order of their ids."""
    rows = visible(models.Subject.objects.filter(kind=kind), seen(request, acts.SEE_SUBJECT))
    found = page(rows, ("subject",), after, size)
    return {"rows": [shown(row) for row in found.rows], "next": found.next}


@router.get("/subjects/{kind}/{subject}", response={200: File, **PROBLEMS}, summary="一份档案 · one file")
def file(request: Asking, kind: Name, subject: Name) -> Any:
    """A subject with its loops and obligations; looking at it is written in the journal."""
    filter = seen(request, acts.SEE_SUBJECT)
    row = visible(models.Subject.objects.filter(kind=kind, subject=subject), filter).first()
    if row is None:
        raise not_there("对象", "subject")
    journal.view(request.actor, f"{kind}:{subject}", now=request.now)
    own = {"subject_kind": kind, "subject": subject}
    return {
        "subject": shown(row),
        "loops": list(models.Loop.objects.filter(**own).order_by("opened", "id").values(*LOOP)[:MOST]),
        "obligations": list(models.Obligation.objects.filter(**own).order_by("due", "id")[:MOST]),
    }


@router.get("/obligations", response={200: Obligations, **PROBLEMS}, summary="应办事项 · obligations")
def obligations(
    request: Asking,
    status: Text = "",
    owner: Text = "",
    clause: Text = "",
    measure: Text = "",
    after: Cursor = "",
    size: Size = 50,
) -> Any:
    """Obligations with a due time, the earliest first; narrowed by status, owing unit, clause or measure."""
    rows: QuerySet[models.Obligation] = models.Obligation.objects.exclude(due=None)
    asked = {"status": status, "owner": owner, "clause": clause, "measure": measure}
    rows = rows.filter(**{name: value for name, value in asked.items() if value})
    found = page(visible(rows, seen(request, acts.SEE_TODAY)), ("due", "id"), after, size)
    return {"rows": list(found.rows), "next": found.next}


@router.get("/obligations/{obligation}/why", response={200: Why, **PROBLEMS}, summary="为什么 · why")
def why(request: Asking, obligation: UUID) -> Any:
    """Clause, parameter, cause, window, evidence and conclusion of one obligation."""
    found = explain_obligation(obligation, actor=request.actor, now=request.now)
    return {
        "title_zh": found.title.zh,
        "title_en": found.title.en,
        "as_of": found.as_of,
        "reasons": [
            {"topic_zh": r.label.zh, "topic_en": r.label.en, "zh": r.words.zh, "en": r.words.en} for r in found.reasons
        ],
    }
