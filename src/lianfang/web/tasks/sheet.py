"""One task as a sheet: who leads and helps, how far it is, what was said and handed in, what can be done next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from lianfang.acts.evidence import answer_for
from lianfang.acts.in_force import InForce, in_force
from lianfang.acts.known import obligation_thing
from lianfang.acts.task_step import ACCEPTED, AGAIN, ANSWERED, asked_again, is_task
from lianfang.core.access import acts
from lianfang.core.access.may import may
from lianfang.core.access.thing import Thing
from lianfang.ledger.bar import DONE
from lianfang.ledger.models import Attachment, Note, Obligation
from lianfang.web.door import Asked
from lianfang.web.parts.said import said
from lianfang.web.tasks.listing import tasks_of
from lianfang.web.today.fields import FactForm
from lianfang.web.today.owed import OPEN
from lianfang.web.today.rows import Row, rows_of

MOST_UNITS = 200
MOST_LINES = 100

HELPS, BELOW = "cooperation", "sub-task"
"""What units owe that do not lead, as the plan's tasks name it."""


@dataclass(frozen=True, slots=True)
class Said:
    """One line of the history: when, who, what; `number` is that of a file that can be opened."""

    at: datetime
    who: str
    word: str
    text: str
    kind: str = ""
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """How far the task is over all its units, by the plan's own formula: handed in of those who owe it."""

    done: int
    owed: int

    @property
    def percent(self) -> float:
        """Of one."""
        return self.done / self.owed if self.owed else 1.0


@dataclass(frozen=True, slots=True)
class Able:
    """Which verbs the post may use now."""

    hand_in: bool
    answer: bool
    escalate: bool
    comment: bool
    remind: bool


@dataclass(frozen=True)
class Sheet:
    """Everything the page of a task shows."""

    row: Row
    gist: str
    accepter: str
    needs_answer: bool
    answered: str
    units: tuple[Row, ...]
    share: Share
    history: tuple[Said, ...]
    able: Able
    form: FactForm | None
    asked: str

    @property
    def leads(self) -> list[str]:
        """Who leads."""
        return list(dict.fromkeys(u.known.name for u in self.units if u.obligation.requirement not in (HELPS, BELOW)))

    @property
    def helpers(self) -> list[str]:
        """Who helps."""
        return list(dict.fromkeys(u.known.name for u in self.units if u.obligation.requirement == HELPS))


def sheet_of(request: Asked, one: Obligation, form: FactForm | None = None) -> Sheet:
    """The sheet of a task; `form` is the one that was sent and found wanting."""
    force = in_force(request.now)
    row = rows_of([one], request.actor, request.now)[0]
    units = units_of(request, one)
    answers = answers_to(one)
    able = able_to(request, one, force)
    clause = force.plan.clauses.get(one.clause)
    return Sheet(
        row=row,
        gist=said(clause.gist) if clause else "",
        accepter=_accepter(request, answers),
        needs_answer=is_task(force, one),
        answered=_answered(answers, one),
        units=units,
        share=Share(sum(unit.obligation.status in DONE for unit in units), len(units)),
        history=history_of(one),
        able=able,
        form=(form or hand_in_form(one, force, request)) if able.hand_in else None,
        asked=_asked(one, force),
    )


def units_of(request: Asked, one: Obligation) -> tuple[Row, ...]:
    """Everybody who owes something for this task: those who lead, those who help, the units below them."""
    same = tasks_of(request).filter(measure=one.measure).exclude(requirement__contains="/")
    owed = same.exclude(status__in=("superseded", "cancelled")).order_by("requirement", "subject")[:MOST_UNITS]
    return rows_of(owed, request.actor, request.now)


def answers_to(one: Obligation) -> list[Obligation]:
    """What those who accept owe for it."""
    names = [f"{one.requirement}/{step}" for step in (ANSWERED, ACCEPTED)]
    found = Obligation.objects.filter(loop=one.loop, requirement__in=names, occurrence=one.occurrence)
    return list(found.order_by("requirement"))


def _accepter(request: Asked, answers: list[Obligation]) -> str:
    rows = rows_of(answers[:1], request.actor, request.now)
    return rows[0].owner if rows else ""


def _answered(answers: list[Obligation], one: Obligation) -> str:
    """How it stands between the two sides, in words."""
    if not one.evidence:
        return ""
    if _accepted(answers):
        return gettext("已验收")
    if asked_again(one) is not None:
        return gettext("已退回，等重新报送")
    return gettext("已报送，等验收") if answers else gettext("已报送")


def _accepted(answers: list[Obligation]) -> bool:
    return any(answer.requirement.endswith(f"/{ACCEPTED}") and answer.status in DONE for answer in answers)


def able_to(request: Asked, one: Obligation, force: InForce) -> Able:
    """What the post may do to it now: the same rules the acts ask."""
    thing, task = obligation_thing(one), obligation_thing(one, kind="task")
    accepted = _accepted(answers_to(one))
    open_ = not accepted and (one.status in OPEN or asked_again(one) is not None)
    waits = bool(one.evidence) and is_task(force, one)
    answer = answer_for(force, one.measure, one.requirement)
    return Able(
        hand_in=open_ and answer is not None and not answer.completes and _can(request, acts.HAND_IN_TASK, thing),
        answer=waits and not accepted and _can(request, acts.ACCEPT_TASK, task),
        escalate=open_ and _can(request, acts.ESCALATE_TASK, thing),
        comment=_can(request, acts.COMMENT, thing),
        remind=open_ and _can(request, acts.REMIND, thing),
    )


def _can(request: Asked, act: str, thing: Thing) -> bool:
    return bool(may(request.actor, act, thing))


def hand_in_form(one: Obligation, force: InForce, request: Asked) -> FactForm | None:
    """The fields a hand-in asks for besides the note."""
    answer = answer_for(force, one.measure, one.requirement)
    if answer is None:
        return None
    data = request.POST if request.method == "POST" else None
    more = [column for column in answer.more if column.name != "evidence"]
    must = [column for column in answer.fields if column.name != "evidence"]
    return FactForm(must, more, request.now, data, time=False)


def _asked(one: Obligation, force: InForce) -> str:
    """What counts as handed in, in the plan's words."""
    found = force.requirements.get((one.measure, one.requirement))
    if found is None or found[1].evidence is None:
        return ""
    chosen = force.plan.selections.get(found[1].evidence)
    return said(chosen.words) if chosen else ""


def history_of(one: Obligation) -> tuple[Said, ...]:
    """What was said and handed in, newest first."""
    abouts = [str(one.id), *(str(answer.id) for answer in answers_to(one))]
    notes = Note.objects.filter(about__in=abouts).order_by("-at")[:MOST_LINES]
    files = Attachment.objects.filter(about__in=abouts).defer("content").order_by("-at")[:MOST_LINES]
    lines = [Said(one.at, one.post or one.by, _word(one.kind), one.text, one.kind) for one in notes]
    lines += [Said(file.at, file.by, gettext("附件"), file.name, "file", file.pk) for file in files]
    lines += [Said(at, "", gettext("报送"), "", "evidence") for at in _handed_in_at(one)]
    return tuple(sorted(lines, key=lambda line: line.at, reverse=True))


def _handed_in_at(one: Obligation) -> list[datetime]:
    """When it was handed in, the first time and after each return."""
    every = Obligation.objects.filter(loop=one.loop, requirement__in=(one.requirement, f"{one.requirement}{AGAIN}"))
    times = every.exclude(evidence_at=None).values_list("evidence_at", flat=True).distinct()
    return [at for at in times[:MOST_LINES] if at is not None]


def _word(kind: str) -> str:
    words = {"reminder": gettext("催办"), "escalation": gettext("提请协调"), "return": gettext("退回")}
    return words.get(kind, gettext("留言"))
