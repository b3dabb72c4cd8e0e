"""The plan in force with its bars, its figures, the organisation, and the journal for auditors."""

from __future__ import annotations

from typing import Annotated, Any

from ninja import Router
from pydantic import Field

from lianfang.acts.in_force import InForce, in_force
from lianfang.api.asking import Asking, seen
from lianfang.api.problems import PROBLEMS, not_there
from lianfang.api.shapes import Figure, JournalLines, Name, Plan, Unit
from lianfang.core.access import acts
from lianfang.ledger import models
from lianfang.ledger.bar import Bar, bars
from lianfang.ledger.visible import visible

router = Router(tags=["方案与指标 plan and figures"])
NOTHING = Bar(0, 0, 0, 0, 0)
MOST = 1_000
Number = Annotated[int, Field(ge=0, le=2**62)]


@router.get("/plan", response={200: Plan, **PROBLEMS}, summary="活的方案 · the living plan")
def plan(request: Asking) -> Any:
    """Every clause of the plan in force with what is due today and still owed under it, within the jurisdiction."""
    force = in_force(request.now)
    owed = visible(models.Obligation.objects.all(), seen(request, acts.SEE_PLAN))
    counted = bars(owed, "clause", now=request.now, zone=force.plan.zone)
    return {
        "plan": force.plan.id,
        "zh": force.plan.words.zh,
        "en": force.plan.words.en,
        "digest": force.digest,
        "clauses": _clauses(force, counted),
    }


def _clauses(force: InForce, counted: dict[str, Bar]) -> list[dict[str, Any]]:
    return [
        {
            "clause": clause.id,
            "kind": clause.kind,
            "zh": clause.gist.zh,
            "en": clause.gist.en,
            "bar": counted.get(clause.id, NOTHING),
        }
        for clause in force.plan.clauses.values()
    ]


@router.get("/figures", response={200: list[Figure], **PROBLEMS}, summary="指标 · figures")
def figures(request: Asking) -> Any:
    """Every figure of the plan as last counted: met, need, held, gap, percent."""
    seen(request, acts.SEE_FIGURES)
    newest = models.Figure.objects.order_by("-as_of").values_list("as_of", flat=True).first()
    return list(models.Figure.objects.filter(as_of=newest).order_by("indicator", "part")[:MOST]) if newest else []


@router.get("/units", response={200: list[Unit], **PROBLEMS}, summary="组织 · the organisation")
def units(request: Asking) -> Any:
    """The units of the organisation with their places in the tree."""
    return list(visible(models.Unit.objects.all(), seen(request, acts.SEE_ORGANISATION)).order_by("path")[:MOST])


@router.get("/units/{unit}", response={200: Unit, **PROBLEMS}, summary="一个单位 · one unit")
def unit(request: Asking, unit: Name) -> Any:
    """One unit."""
    found = visible(models.Unit.objects.filter(id=unit), seen(request, acts.SEE_ORGANISATION)).first()
    if found is None:
        raise not_there("单位", "unit")
    return found


@router.get("/journal", response={200: JournalLines, **PROBLEMS}, summary="日志 · the journal")
def journal(request: Asking, after: Number = 0, size: Annotated[int, Field(ge=1, le=500)] = 100) -> Any:
    """Lines of the journal after a number, for auditors."""
    rows = visible(models.JournalEntry.objects.filter(no__gt=after), seen(request, acts.READ_JOURNAL)).order_by("no")
    found = list(rows[: size + 1])
    return {"rows": found[:size], "next": found[size - 1].no if len(found) > size else None}
