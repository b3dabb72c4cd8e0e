"""What stands above a register: its name, the other registers, the filters and what they may be set to."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext

from lianfang.acts.in_force import InForce
from lianfang.core.facts.vocabulary import SUBJECTS, Kind
from lianfang.core.language.loops import is_loop_kind
from lianfang.ledger.models import SavedView, Unit
from lianfang.web.door import Asked as Request
from lianfang.web.parts import status
from lianfang.web.parts.said import one_of, said
from lianfang.web.register.asked import Asked
from lianfang.web.register.duties import STATUSES
from lianfang.web.register.loops import STATES, momentary
from lianfang.web.register.words import FIRST, OBLIGATION, known_words

MOST_UNITS = 300


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a filter."""

    value: str
    word: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter as a list to choose from."""

    name: str
    word: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """All filters of a register, the kept views, and what the two days mean."""

    filters: tuple[Filter, ...]
    views: tuple[SavedView, ...]
    days: str
    both_lists: bool
    kinds: tuple[Option, ...]


def title(force: InForce, word: str, fact: Kind | None = None) -> str:
    """What a register is called."""
    if fact is not None:
        return one_of(fact.zh, fact.en)
    if word == OBLIGATION:
        return gettext("应办事项")
    zh, en = SUBJECTS.get(word, ("", ""))
    known = force.plan.kinds.get(word)
    return one_of(zh or (known.zh if known else word), en or (known.en if known else word))


def names_of_lists(force: InForce, here: str) -> tuple[Option, ...]:
    """The registers to switch to: those all plans share, then the obligations, then where one is."""
    known = known_words(force)
    shown = [word for word in (*FIRST, OBLIGATION) if word in known]
    shown += [here] if here not in shown and here in known else []
    return tuple(Option(word, title(force, word), word == here) for word in shown)


def choices(request: Request, force: InForce, word: str, asked: Asked, fact: Kind | None = None) -> Choices:
    """The filters that a register has."""
    filters: list[Filter | None] = [_units(request, asked)] if fact is None else []
    subject = fact.subject if fact is not None else word
    if word == OBLIGATION:
        filters = [_statuses(asked), *filters, _owners(asked)]
    elif fact is None and asked.list != "all":
        filters = [_measures(force, word, asked), _stages(force, asked), _states(asked), *filters]
    kept = SavedView.objects.filter(account=request.user.pk, register=word if fact is None else f"fact-{fact.id}")
    days = gettext("发生日") if fact else gettext("时限") if word == OBLIGATION else gettext("解除日")
    return Choices(
        filters=tuple(one for one in filters if one is not None and one.options),
        views=tuple(kept.order_by("name")),
        days=days if asked.list != "all" else "",
        both_lists=fact is None and word != OBLIGATION,
        kinds=_kinds(force, subject, fact),
    )


def _kinds(force: InForce, subject: str, here: Kind | None) -> tuple[Option, ...]:
    """The kinds of fact about the same kind of subject, each with a register of its own."""
    own = [kind for kind in force.plan.kinds.values() if kind.subject == subject and not is_loop_kind(kind.id)]
    named = sorted(own, key=lambda kind: one_of(kind.zh, kind.en))
    return tuple(Option(kind.id, one_of(kind.zh, kind.en), here is not None and kind.id == here.id) for kind in named)


def _measures(force: InForce, word: str, asked: Asked) -> Filter:
    quick = set(momentary(force, word))
    own = [m for m in force.measures.values() if m.subject == word and (m.id not in quick or m.id == asked.measure)]
    return Filter("measure", gettext("措施"), tuple(Option(m.id, said(m.words), m.id == asked.measure) for m in own))


def _stages(force: InForce, asked: Asked) -> Filter | None:
    measure = force.measures.get(asked.measure)
    if measure is None or len(measure.stages) < 2:
        return None
    found = tuple(Option(stage.id, said(stage.words), stage.id == asked.stage) for stage in measure.stages)
    return Filter("stage", gettext("阶段"), found)


def _states(asked: Asked) -> Filter:
    return Filter(
        "state", gettext("状态"), tuple(Option(word, str(status.word(word)), word == asked.state) for word in STATES)
    )


def _statuses(asked: Asked) -> Filter:
    words = (word for word in STATUSES if word != "counted")
    return Filter(
        "status", gettext("状态"), tuple(Option(word, str(status.word(word)), word == asked.status) for word in words)
    )


def _units(request: Request, asked: Asked) -> Filter:
    rows = (
        Unit.objects.filter(path__startswith=request.actor.path)
        .order_by("path")
        .values_list("path", "name")[:MOST_UNITS]
    )
    depth = request.actor.path.count("/")
    found = tuple(
        Option(path, "　" * max(0, path.count("/") - depth) + name, path == asked.under) for path, name in rows
    )
    return Filter("under", gettext("辖区"), found)


def _owners(asked: Asked) -> Filter | None:
    if not asked.owner:
        return None
    name = Unit.objects.filter(pk=asked.owner).values_list("name", flat=True).first() or asked.owner
    return Filter("owner", gettext("责任单位"), (Option(asked.owner, name, True),))
