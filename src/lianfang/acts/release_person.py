"""Release a person from a site: only when nothing keeps her there; otherwise the refusal says what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta, timezone

from django.db import transaction

from lianfang.acts.evaluate_subjects import evaluate_subjects
from lianfang.acts.in_force import InForce, in_force
from lianfang.acts.known import PERSON, about, check, owner_of, subject_of
from lianfang.acts.place_person import SITE, done, person_at
from lianfang.acts.recorded import Recorded, recorded
from lianfang.acts.refused import Refused
from lianfang.acts.write_facts import Said, checked, write_facts
from lianfang.core.access.actor import Actor
from lianfang.core.access.acts import RELEASE_PERSON
from lianfang.core.language.measure import Measure, Stage
from lianfang.ledger import journal, placements
from lianfang.ledger.models import Loop, Obligation
from lianfang.ledger.sent import once
from lianfang.ledger.state import OPEN

KIND, HOME = "release", "home"
DONE = ("met", "late", "waived", "cancelled", "superseded")


def release_person(person: str, *, at: datetime | None = None, actor: Actor, now: datetime, key: str = "") -> Recorded:
    """A person leaves the site: free, or home if her loop goes on there. Refused while a stage keeps her there."""
    row = subject_of(PERSON, person)
    check(actor, RELEASE_PERSON, person_at(row, owner_of(row, now)))
    force, left = in_force(now), at or now

    def do() -> Mapping[str, object]:
        evaluate_subjects([(PERSON, person)], now=now)
        keeps = list(what_keeps(force, person))
        if keeps:
            raise Refused("还不能离开隔离点。", "She cannot leave the site yet.", keeps)
        new = checked(force, _facts(force, person, left, actor), now)
        answer = recorded(write_facts(force, new, actor=actor, now=now)) if new else Recorded()
        done(placements.end(person, at=left))
        journal.write(actor, RELEASE_PERSON, about(PERSON, person), now=now, details={"facts": list(answer.facts)})
        return answer.plain()

    with transaction.atomic():
        return Recorded.again(once(actor, key, RELEASE_PERSON, do, now=now))


def what_keeps(force: InForce, person: str) -> Iterator[str]:
    """What keeps a person at the site, in words: how long the stage lasts, and what it waits for."""
    for loop in Loop.objects.filter(subject_kind=PERSON, subject=person, state__in=OPEN).order_by("opened"):
        measure = force.measures.get(loop.measure)
        stage = _stage(measure, loop.stage)
        if measure is None or stage is None or stage.place != SITE:
            continue
        yield f"{measure.words.zh}：{stage.words.zh}{_until(force, loop)}"
        missing = Obligation.objects.filter(loop=loop.pk).exclude(status__in=DONE)
        for owed in missing.order_by("due", "requirement", "occurrence"):
            found = force.requirements.get((owed.measure, owed.requirement))
            if found is not None and found[1].gates:
                yield f"{found[1].words.zh}（第 {owed.occurrence} 次）"


def _stage(measure: Measure | None, id: str) -> Stage | None:
    return next((stage for stage in measure.stages if stage.id == id), None) if measure is not None else None


def _until(force: InForce, loop: Loop) -> str:
    """Until when the stage is planned to last."""
    zone = timezone(timedelta(seconds=force.plan.zone))
    for line in loop.stages:
        if line["stage"] == loop.stage and line["planned_to"] is not None:
            return f"，至 {datetime.fromtimestamp(line['planned_to'], zone):%Y-%m-%d %H:%M}"
    return "，期限未定"


def _facts(force: InForce, person: str, left: datetime, actor: Actor) -> list[Said]:
    """At home from now on if a loop goes on there, otherwise released."""
    stages = (
        _stage(force.measures.get(loop.measure), loop.stage)
        for loop in Loop.objects.filter(subject_kind=PERSON, subject=person, state__in=OPEN)
    )
    if any(stage is not None and stage.place == HOME for stage in stages):
        return [Said("placement", PERSON, person, {"place_kind": HOME, "by": actor.unit}, left)]
    if KIND not in force.plan.kinds:
        return []
    return [Said(KIND, PERSON, person, {"by": actor.unit}, left)]
