"""Bring a person into the register, after a look at who might be the same person already."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_

from django.db import transaction
from django.db.models import Q

from lianfang.acts.in_force import in_force
from lianfang.acts.known import PERSON, about, check, unit_of
from lianfang.acts.refused import Refused
from lianfang.acts.write_facts import Said, checked, write_facts
from lianfang.core.access.actor import Actor
from lianfang.core.access.acts import RECORD_FACT
from lianfang.core.access.thing import Thing
from lianfang.core.identity.likely import WORTH_A_LOOK, Likeness, Record, compare
from lianfang.core.identity.masking import mask_name
from lianfang.core.identity.names import check_name, normalise_name
from lianfang.core.identity.numbers import DocumentType, normalise_number, read_number
from lianfang.core.identity.phones import check_phone, normalise_phone
from lianfang.ledger import journal
from lianfang.ledger.facts import NewFact
from lianfang.ledger.models import Person
from lianfang.ledger.sealed import lookup_key, unseal
from lianfang.ledger.sent import once

REGISTER = "register_person"
MOST_ALIKE = 20


@dataclass(frozen=True, slots=True)
class Alike:
    """Somebody registered already who may be the same person: masked name, score 0 to 100, and why."""

    person: str
    name: str
    score: int
    zh: tuple[str, ...]
    en: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Registered:
    """The person's id; or, with nobody registered, who looks like the same person."""

    person: str
    alike: tuple[Alike, ...] = ()


def register_person(
    values: Mapping[str, object],
    unit: str,
    *,
    although_alike: bool = False,
    actor: Actor,
    now: datetime,
    key: str = "",
) -> Registered:
    """Register somebody in a unit, with the columns of the kind `person` (name, id_type, id_number, phone …).

    Nobody is registered while the register holds somebody who is likely the same, unless `although_alike`. Wrong
    numbers and names are refused with everything that is wrong.
    """
    home = unit_of(unit)
    check(actor, RECORD_FACT, Thing("fact", home.path, home.id, "", PERSON, "", PERSON))
    given = _in_order(values, now)
    found = () if although_alike else alike_to(given)
    if found:
        return Registered("", found)
    force = in_force(now)

    def do() -> Mapping[str, object]:
        person = f"P-{secrets.token_hex(5)}"
        said = checked(force, [Said(PERSON, PERSON, person, given)], now)
        new = [NewFact(f.kind, f.subject_kind, f.subject, f.at, f.values, unit=home.id) for f in said]
        written = write_facts(force, new, actor=actor, now=now)
        journal.write(actor, REGISTER, about(PERSON, person), now=now, details={"facts": list(written.facts)})
        return {"person": person}

    with transaction.atomic():
        return Registered(str(once(actor, key, REGISTER, do, now=now)["person"]))


def _in_order(values: Mapping[str, object], now: datetime) -> dict[str, object]:
    """The values in their standard form; refused with every fault that numbers and names have."""
    given = {name: value for name, value in values.items() if value not in (None, "")}
    name, number, phone = (str(given.get(column, "")) for column in ("name", "id_number", "phone"))
    type_ = str(given.get("id_type", ""))
    known = {type.value for type in DocumentType}
    faults = [*(check_name(name) if name else ())]
    if number:
        faults += read_number(number, DocumentType(type_) if type_ in known else None, now.date()).faults
    faults += check_phone(phone) if phone else ()
    wrong = [fault for fault in faults if fault.level == "error"]
    if wrong or not name:
        zh = [fault.zh for fault in wrong] or ["须填写姓名"]
        en = [fault.en for fault in wrong] or ["the name is missing"]
        raise Refused(f"{'；'.join(zh)}。", f"{'; '.join(en)}.", zh)
    standard = {"name": normalise_name(name)}
    standard |= {"id_number": normalise_number(number)} if number else {}
    standard |= {"phone": normalise_phone(phone)} if phone else {}
    return {**given, **standard}


def alike_to(values: Mapping[str, object], besides: str = "") -> tuple[Alike, ...]:
    """Who in the register is likely the same person as these values describe, the likeliest first."""
    record = Record(
        besides,
        str(values.get("name", "")),
        str(values.get("id_number", "")),
        str(values.get("phone", "")),
        _day(values.get("born_on")),
        str(values.get("sex", "")),
    )
    found = (_alike(person, compare(record, record_of(person))) for person in _candidates(record))
    likely = (one for one in found if one.score >= WORTH_A_LOOK and one.person != besides)
    return tuple(sorted(likely, key=lambda one: -one.score)[:MOST_ALIKE])


def _candidates(record: Record) -> Iterator[Person]:
    """Those who share a number or a telephone, or a name and a date of birth."""
    asked = []
    if record.number:
        asked.append(Q(number_key=lookup_key(record.number)))
    if record.phone:
        asked.append(Q(phone_key=lookup_key(record.phone)))
    if record.name and record.born_on:
        asked.append(Q(name=record.name, born_on=record.born_on))
    if asked:
        yield from Person.objects.filter(reduce(or_, asked), merged_into="").order_by("id")[: 10 * MOST_ALIKE]


def record_of(person: Person) -> Record:
    """A person of the register as the comparison sees her, with her numbers opened."""
    number = unseal(bytes(person.number_sealed)) if person.number_sealed else ""
    phone = unseal(bytes(person.phone_sealed)) if person.phone_sealed else ""
    return Record(person.id, person.name, number, phone, person.born_on, person.sex)


def _alike(person: Person, likeness: Likeness) -> Alike:
    reasons = likeness.reasons
    return Alike(
        person.id,
        mask_name(person.name),
        likeness.score,
        tuple(reason.zh for reason in reasons),
        tuple(reason.en for reason in reasons),
    )


def _day(value: object) -> date | None:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value)[:10]) if value else None
    except ValueError:
        return None
