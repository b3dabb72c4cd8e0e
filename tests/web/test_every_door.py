"""Every address, asked by every duty at home, next door and from another district, answers as the rules of access say.

The rules are asked here about the record itself; the page must come to the same verdict in its own way.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from lianfang.acts.in_force import InForce
from lianfang.core.access.actor import Actor, Duty
from lianfang.core.access.filter import Nothing
from lianfang.core.access.may import may
from lianfang.core.access.scope import scope
from lianfang.core.access.thing import Thing
from lianfang.ledger.actors import actors_of
from lianfang.ledger.models import (
    Absence,
    Account,
    Attachment,
    Fact,
    Holding,
    Intake,
    Note,
    Obligation,
    Paper,
    Person,
    PlanVersion,
    Progress,
    SavedView,
    Unit,
)
from lianfang.web.account.urls import OWN
from tests.cast import NOON
from tests.web.clock import noon
from tests.web.records import PERSON, Address, make_records

__all__ = ["noon"]

NOBODY = {"int": 987654, "str": "nobody", "uuid": UUID(int=1)}
"""Numbers of records that do not exist, by the sort of number."""

REFUSED = {403, 404, 409, 422}
"""A refusal by page, by hiding, or by answering what was sent; which of them is the page's own choice."""

PLACES = {"home": "east-cell", "next door": "west-cell", "another district": "elsewhere"}
CITIZENS = {"home": PERSON, "next door": "P-west", "another district": "P-elsewhere"}
DUTIES = sorted(Duty)


@dataclass(frozen=True)
class Door:
    """An address with the act that stands at its door."""

    name: str
    view: Callable[..., HttpResponse]
    route: str

    @property
    def act(self) -> str:
        return str(getattr(self.view, "door", "none"))


def doors(resolver: URLResolver | None = None, before: str = "") -> Iterator[Door]:
    """All addresses but those of the API, which have no pages: their doors are tokens."""
    for one in (resolver or get_resolver()).url_patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from () if route.startswith("api/") else doors(one, route)
        elif isinstance(one, URLPattern):
            yield Door(one.name or "", one.callback, route)


def guarded() -> list[Door]:
    """The addresses behind an act of the rules."""
    return [one for one in doors() if one.act not in ("", OWN)]


@pytest.fixture
def records(town: InForce) -> dict[str, Address]:
    return make_records()


def somebody(duty: Duty, place: str) -> tuple[Client, Actor]:
    """A browser of somebody with one duty, standing at home (East Town's cell), next door, or in another district."""
    account = Account.objects.create(username=f"{duty} {place}", title="演示甲")
    if duty is Duty.CITIZEN:
        account.person = CITIZENS[place]
        account.save()
        home = Unit.objects.get(pk=PLACES[place])
        told = {"name": "测试乙", "path": home.path, "unit": home.pk, "registered_at": NOON}
        Person.objects.get_or_create(pk=account.person, defaults=told)
    else:
        since = NOON - timedelta(days=400)
        Holding.objects.create(account=account, post="岗", unit_id=PLACES[place], duties=[duty.value], since=since)
    client = Client()
    client.force_login(account)
    return client, actors_of(account, NOON)[0]


@dataclass(frozen=True)
class Answer:
    """What came back: the status, where it leads, and what stood afterwards."""

    status: int
    leads: str
    standing: tuple[object, ...]


def ask(client: Client, door: Door, address: Address) -> Answer:
    """Look, or send; what it changes is taken back."""
    with transaction.atomic():
        url = reverse(door.name, kwargs=dict(address.args)) if door.name else f"/{door.route}"
        answer = client.get(f"{url}?{address.query}") if address.data is None else client.post(url, dict(address.data))
        if answer.status_code == 405 and address.data is None:
            answer = client.post(url)
        after = standing()
        transaction.set_rollback(True)
    return Answer(answer.status_code, answer.headers.get("Location", ""), after)


def address_of(door: Door, records: Mapping[str, Address]) -> Address:
    """How to call an address: about its record, else about something that is not there."""
    if door.name in records:
        return records[door.name]
    args = {name: NOBODY[sort] for sort, name in re.findall(r"<(\w+):(\w+)>", door.route)}
    return Address(args, missing=bool(args))


def standing() -> tuple[object, ...]:
    """What an act could have changed, counted."""
    counted = (Fact, Note, Attachment, Holding, Absence, Paper, SavedView, PlanVersion, Progress, Intake)
    open_ = Absence.objects.filter(until=None).count(), Holding.objects.filter(until=None).count()
    withdrawn = Paper.objects.exclude(withdrawn_at=None).count()
    waived = Obligation.objects.filter(status="waived").count()
    return (*(model.objects.count() for model in counted), *open_, withdrawn, waived)


def allowed(actor: Actor, door: Door, address: Address) -> bool:
    """What the rules say of all that is asked for there."""
    listed = Thing(address.sort, actor.path, actor.unit) if address.sort else None
    asked = ((door.act, address.about or listed), *address.also)
    return all(
        not isinstance(scope(actor, act), Nothing)
        and (thing is None or any(may(actor, one, thing) for one in (act, address.or_act) if one))
        for act, thing in asked
    )


def test_every_address_says_what_stands_at_its_door() -> None:
    assert [one.route for one in doors() if one.act == "none"] == []


def test_the_records_are_of_addresses_that_exist(records: dict[str, Address]) -> None:
    assert set(records) - {one.name for one in doors()} == set()


@pytest.mark.django_db
def test_every_operation_of_the_api_asks_who_is_there() -> None:
    from lianfang.api.v1 import api

    described = api.get_openapi_schema()["paths"]
    asked = [(method, path) for path, known in described.items() for method in known]
    number = "6b3c7f3e-0000-4000-8000-000000000000"
    answers = {each: getattr(Client(), each[0])(re.sub(r"{\w+}", number, each[1]), {}).status_code for each in asked}
    assert len(asked) > 5
    assert {each for each, status in answers.items() if status != 401} == {("get", "/api/v1/papers/{code}")}


def test_without_an_account_only_public_doors_open(records: dict[str, Address]) -> None:
    wrong = {}
    for one in guarded():
        answer = ask(Client(), one, address_of(one, records))
        if answer.status != 405 and "/account/login/" not in answer.leads:
            wrong[one.route] = answer.status
    assert wrong == {}


@pytest.mark.parametrize("duty", DUTIES)
def test_every_address_answers_as_the_rules_say(duty: Duty, records: dict[str, Address]) -> None:
    wrong = []
    for place in PLACES:
        client, actor = somebody(duty, place)
        before = standing()
        for one in guarded():
            address = address_of(one, records)
            answer, may_ = ask(client, one, address), allowed(actor, one, address)
            changed = answer.standing != before
            wrong += [f"{place}, {one.name}: {told}" for told in judge(answer.status, may_, changed, address)]
    assert wrong == []


def judge(status: int, may_: bool, changed: bool, address: Address) -> list[str]:
    """What is wrong with an answer."""
    if may_ and (status in (403, 405) or (status == 404 and not address.missing)):
        return [f"allowed, but answered {status}"]
    if not may_ and changed:
        return [f"not allowed, but it was done ({status})"]
    if not may_ and status not in REFUSED and address.data is None:
        return [f"not allowed, but shown ({status})"]
    return []
