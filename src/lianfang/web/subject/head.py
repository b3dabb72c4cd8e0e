"""Who or what a file is about: name and numbers masked until they are shown with a reason, unit, state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from lianfang.acts.in_force import InForce
from lianfang.core.access import acts
from lianfang.core.access.actor import Actor
from lianfang.core.access.may import may
from lianfang.core.access.thing import Thing
from lianfang.core.facts.vocabulary import SUBJECTS
from lianfang.core.identity.masking import mask_address, mask_name
from lianfang.ledger.models import Merge, Person, Subject, Unit
from lianfang.ledger.sealed import unseal
from lianfang.web.parts.said import one_of
from lianfang.web.subject.called import PERSON, called

MOST_STEPS = 5


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a file. `shown`: name and numbers stand there in full; address "" = not for this post."""

    kind: str
    subject: str
    kind_word: str
    name: str
    sex: str
    age: int | None
    number: str
    phone: str
    address: str
    unit: str
    shown: bool
    may_unmask: bool
    merged_into: str
    took_in: tuple[str, ...]


def thing(subject: Subject) -> Thing:
    """The subject as the rules see it."""
    owner = subject.subject if subject.kind == "unit" else subject.unit
    return Thing("subject", subject.path, owner, subject.supervisor, subject.kind, subject.subject)


def head(force: InForce, subject: Subject, actor: Actor, now: datetime, shown: bool) -> Head:
    """The head of a subject's file as an actor may see it."""
    person = Person.objects.filter(pk=subject.subject).first() if subject.kind == PERSON else None
    unit = Unit.objects.filter(pk=subject.unit).values_list("name", flat=True).first() or subject.unit
    word = _kind_word(force, subject.kind)
    if person is None:
        name = called([(subject.kind, subject.subject)])[subject.kind, subject.subject]
        return Head(subject.kind, subject.subject, word, name, "", None, "", "", "", unit, False, False, "", ())
    return Head(
        kind=subject.kind,
        subject=subject.subject,
        kind_word=word,
        name=person.name if shown else mask_name(person.name),
        sex=_sex(person.sex),
        age=_age(person.born_on, now.date()) if person.born_on else None,
        number=_open(person.number_sealed) if shown else person.number_masked,
        phone=_open(person.phone_sealed) if shown else person.phone_masked,
        address=_address(person, actor, thing(subject), shown),
        unit=unit,
        shown=shown,
        may_unmask=bool(may(actor, acts.UNMASK, thing(subject))),
        merged_into=person.merged_into,
        took_in=tuple(Merge.objects.filter(kept=person.pk, undone_at=None).values_list("merged", flat=True)),
    )


def _kind_word(force: InForce, kind: str) -> str:
    zh, en = SUBJECTS.get(kind, ("", ""))
    known = force.plan.kinds.get(kind)
    return one_of(zh or (known.zh.removesuffix("登记") if known else kind), en or (known.en if known else kind))


def _address(person: Person, actor: Actor, about: Thing, shown: bool) -> str:
    """An address only where the post visits or investigates; down to the building until it is shown."""
    if person.address_sealed is None or not (shown or may(actor, acts.SEE_ADDRESS, about)):
        return ""
    full = _open(person.address_sealed)
    return full if shown else mask_address(full)


def _open(sealed: bytes | memoryview | None) -> str:
    return unseal(bytes(sealed)) if sealed is not None else ""


def _sex(word: str) -> str:
    return one_of({"male": "男", "female": "女"}.get(word, word), word)


def _age(born: date, today: date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def records_of(subject: Subject) -> tuple[str, ...]:
    """The ids under which facts about the subject are kept: its own, and those of records that became part of it."""
    found = [subject.subject]
    if subject.kind != PERSON:
        return tuple(found)
    layer = [subject.subject]
    for _ in range(MOST_STEPS):
        layer = list(Person.objects.filter(merged_into__in=layer).values_list("pk", flat=True))
        if not layer:
            break
        found += layer
    return tuple(dict.fromkeys(found))
