"""What would change for whom if a proposed plan stood: worked out over all that is recorded, as a job."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

import pyarrow as pa
from django.db import transaction

from lianfang.acts.in_force import InForce, in_force
from lianfang.acts.known import check, district
from lianfang.acts.plan_store import kept, load_texts
from lianfang.acts.read_facts import read_everything
from lianfang.acts.refused import Refused
from lianfang.core.access.actor import Actor
from lianfang.core.access.acts import PROPOSE_PLAN
from lianfang.core.difference import Difference, kinds_of_both, what_if
from lianfang.core.language.plan import Plan
from lianfang.ledger.models import PlanVersion, Progress
from lianfang.ledger.queue import defer

JOB = "what_if"
STEPS = 3
"""Facts read, both plans evaluated, the difference written down."""
FIRST = 50
RESULT = "result"


def begin_what_if(version: int, *, actor: Actor, now: datetime) -> int:
    """Ask what a version would change; gives the progress of the job. One at a time for each version."""
    check(actor, PROPOSE_PLAN, district(actor))
    with transaction.atomic():
        PlanVersion.objects.select_for_update().filter(pk=version).first()
        running = Progress.objects.filter(job=JOB, about=f"plan:{version}", state__in=("waiting", "running")).first()
        if running is not None:
            return int(running.pk)
        row = Progress.objects.create(
            job=JOB, about=f"plan:{version}", total=STEPS, started_by=actor.account, created_at=now, changed_at=now
        )
        defer(JOB, once=f"{JOB}-{row.pk}", progress=row.pk)
    return int(row.pk)


def run_what_if(progress: int, *, now: datetime) -> None:
    """Do the whole comparison; begun anew after it was killed, because it writes nothing but its answer."""
    row = Progress.objects.filter(pk=progress).exclude(state__in=("done", "cancelled")).first()
    if row is None:
        return
    try:
        before, after = in_force(now).plan, plan_of_version(int(row.about.partition(":")[2]))
        _step(row, 0, now)
        kinds, _ = kinds_of_both(before, after)
        facts = read_everything(InForce(replace(after, kinds=kinds), ""))
        _step(row, 1, now)
        difference = what_if(before, after, facts, int(now.timestamp()))
        row.cursor = {RESULT: _plain(difference, {**_names(before), **_names(after)}, _subjects(after))}
        row.state = "done"
        _step(row, STEPS, now)
    except Refused as why:
        row.state, row.message = "failed", f"{why.zh} / {why.en}"
        row.save(update_fields=["state", "message"])


def plan_of_version(version: int) -> Plan:
    """The checked plan of a version."""
    row = PlanVersion.objects.filter(pk=version).first()
    if row is None:
        raise Refused("没有这个方案版本。", "There is no such version of the plan.")
    return kept(row.digest, lambda: load_texts(row.texts, row.plan))


def _step(row: Progress, done: int, now: datetime) -> None:
    row.done, row.changed_at = done, now
    row.state = "done" if done == STEPS else "running"
    row.save(update_fields=["cursor", "done", "state", "changed_at"])


def _names(plan: Plan) -> dict[str, list[str]]:
    """What the measures of a plan are called, in both languages."""
    return {measure.id: [measure.words.zh, measure.words.en] for measure in plan.measures}


def _subjects(plan: Plan) -> dict[str, str]:
    """What each measure is about."""
    return {measure.id: measure.subject for measure in plan.measures}


def _plain(difference: Difference, names: Mapping[str, list[str]], kinds: Mapping[str, str]) -> dict[str, object]:
    """The answer as JSON values: counts, the first rows of each list, numbers for each of the coming days."""
    turns = [
        {
            "turn": one.turn.value,
            "measure": names.get(one.after or one.before or ""),
            "from": one.state_before,
            "to": one.state_after,
            "loops": one.loops,
            "subjects": one.subjects,
        }
        for one in difference.turns.counts
    ]
    owed = [
        {
            "kind": one.evidence.kind,
            "result": one.evidence.result,
            "before": one.owed_before,
            "after": one.owed_after,
            "added": one.added,
            "removed": one.removed,
            "moved": one.moved,
        }
        for one in difference.by_evidence()
        if one.added or one.removed or one.moved
    ]
    return {
        "as_of": difference.as_of,
        "first_day": difference.first_day,
        "loops": [difference.loops_before, difference.loops_after],
        "turns": turns[:FIRST],
        "histogram": [list(pair) for pair in difference.releases.histogram if pair[0]],
        "moved": difference.releases.moved,
        "dated": difference.releases.dated,
        "undated": difference.releases.undated,
        "releases": _releases(difference.releases.table, names, kinds),
        "owed": owed[:FIRST],
        "tests": _daily(difference.tubes.before, difference.tubes.after),
        "rooms": _daily(difference.rooms.before, difference.rooms.after),
        "nothing": difference.nothing,
    }


def _releases(table: pa.Table, names: Mapping[str, list[str]], kinds: Mapping[str, str]) -> list[Mapping[str, object]]:
    """The releases that move furthest: of whom, under which measure, from when to when."""
    rows = table.slice(0, FIRST).to_pylist()
    return [
        {
            "kind": kinds.get(row["measure_after"], "person"),
            "subject": row["subject"],
            "measure": names.get(row["measure_after"]),
            "before": row["release_before"],
            "after": row["release_after"],
            "days": row["days"],
        }
        for row in rows
    ]


def _daily(before: Iterable[int], after: Iterable[int]) -> dict[str, list[int]]:
    return {"before": [int(one) for one in before], "after": [int(one) for one in after]}
