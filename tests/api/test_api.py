"""Other systems ask within the jurisdiction of a post, by the same acts as the pages."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from lianfang.acts.in_force import InForce
from lianfang.core.access.actor import Duty
from lianfang.ledger.models import Account, Fact, Holding, JournalEntry, Token, Unit
from lianfang.ledger.tokens import make_token
from tests.cast import xiao_li

V1 = "/api/v1"


def system(unit: str, *duties: Duty, per_minute: int = 1_000) -> Client:
    """A system with a token for a post of a unit."""
    now = timezone.now()
    account = Account.objects.create_user(username=f"system-{unit}-{'-'.join(duties)}")
    post = Holding.objects.create(
        account=account, post="接口", unit=Unit.objects.get(pk=unit), duties=list(duties), since=now - timedelta(days=1)
    )
    token = make_token("样例系统", post, per_minute, now=now)
    return Client(headers={"Authorization": f"Bearer {token}"})


def post(client: Client, path: str, body: Any, **headers: str) -> Any:
    return client.post(f"{V1}{path}", json.dumps(body), content_type="application/json", headers=headers)


def registered(client: Client, name: str = "样小明") -> str:
    answer = post(client, "/persons", {"unit": "east-cell", "values": {"name": name}, "although_alike": True})
    return str(answer.json()["person"])


def check(person: str, **values: Any) -> dict[str, Any]:
    own = {"temperature": 36.5, **values}
    return {"kind": "health_check", "subject_kind": "person", "subject": person, "values": own}


def test_who_brings_no_token_is_asked_to_sign_in(town: InForce) -> None:
    answer = Client().get(f"{V1}/obligations")
    assert answer.status_code == 401
    assert "令牌" in answer.json()["zh"]


def test_an_ended_token_opens_nothing(town: InForce) -> None:
    client = system("headquarters", Duty.CDC)
    Token.objects.update(ended_at=timezone.now())
    assert client.get(f"{V1}/obligations").status_code == 401


def test_a_system_that_asks_too_often_is_told_to_wait(town: InForce) -> None:
    client = system("headquarters", Duty.CDC, per_minute=2)
    answers = [client.get(f"{V1}/units").status_code for _ in range(4)]
    assert answers.count(429) >= 1
    assert answers[0] == 200


def test_a_fact_is_recorded_once_for_one_key_and_journalled(town: InForce) -> None:
    client = system("headquarters", Duty.CDC)
    fact = check(registered(client))
    first = post(client, "/facts", fact, **{"Idempotency-Key": "k1"})
    again = post(client, "/facts", fact, **{"Idempotency-Key": "k1"})
    assert first.status_code == again.status_code == 200
    assert first.json() == again.json()
    assert Fact.objects.filter(kind="health_check").count() == 1
    assert JournalEntry.objects.filter(act="record_fact", details__facts=first.json()["facts"]).count() == 1


def test_somebody_likely_registered_already_is_named_instead_of_registered_twice(town: InForce) -> None:
    client = system("headquarters", Duty.CDC)
    newcomer = {"unit": "east-cell", "values": {"name": "样小明", "phone": "10000000001"}}
    first = post(client, "/persons", newcomer).json()
    assert post(client, "/persons", newcomer).json() == {"person": "", "alike": [first["person"]]}


def test_a_file_shows_the_person_masked_and_the_look_is_journalled(town: InForce) -> None:
    client = system("headquarters", Duty.CDC)
    person = registered(client)
    answer = client.get(f"{V1}/subjects/person/{person}")
    assert answer.json()["subject"]["name"] == "样*明"
    assert JournalEntry.objects.filter(about=f"person:{person}", act="see_subject").count() == 1


def test_another_district_sees_as_little_as_if_there_were_nothing(town: InForce) -> None:
    person = registered(system("headquarters", Duty.CDC))
    stranger = system("elsewhere", Duty.CDC)
    assert stranger.get(f"{V1}/subjects/person/{person}").status_code == 404
    assert stranger.get(f"{V1}/subjects/person").json()["rows"] == []


def test_who_may_not_record_is_told_why(town: InForce) -> None:
    person = registered(system("headquarters", Duty.CDC))
    answer = post(system("headquarters", Duty.AUDIT), "/facts", check(person))
    assert answer.status_code == 403
    assert answer.json()["zh"]
    assert answer.json()["en"]


def test_a_value_that_the_vocabulary_does_not_know_is_named(town: InForce) -> None:
    client = system("headquarters", Duty.CDC)
    answer = post(client, "/facts", check(registered(client), by="陌生人"))
    assert answer.status_code in (409, 422)
    assert "陌生人" in answer.json()["zh"]


def test_pages_of_a_list_follow_each_other_without_a_gap(town: InForce) -> None:
    client = system("headquarters", Duty.CDC)
    people = sorted(registered(client, f"样{letter}") for letter in "甲乙丙丁戊己庚")
    seen, after = [], ""
    for _ in range(4):
        answer = client.get(f"{V1}/subjects/person", {"size": "3", "after": after}).json()
        seen += [row["subject"] for row in answer["rows"]]
        after = answer["next"]
        if not after:
            break
    assert seen == people


def test_the_plan_is_answered_with_a_bar_for_every_clause(town: InForce) -> None:
    answer = system("headquarters", Duty.OFFICE).get(f"{V1}/plan").json()
    assert {clause["clause"] for clause in answer["clauses"]} == set(town.plan.clauses)


def test_a_paper_nobody_issued_is_not_valid(town: InForce) -> None:
    assert Client().get(f"{V1}/papers/ABCDEFGH").json() == {"valid": False, "issued_at": None, "withdrawn_at": None}


def test_who_is_signed_in_needs_no_token(town: InForce) -> None:
    actor = xiao_li()
    account = Account.objects.create_user(username=actor.account)
    Holding.objects.create(
        account=account,
        post=actor.post,
        unit_id=actor.unit,
        duties=[duty.value for duty in actor.duties],
        since=timezone.now() - timedelta(days=1),
    )
    client = Client()
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(f"{V1}/units").status_code == 200


@pytest.mark.parametrize("path", ["/openapi.json", "/docs"])
def test_the_description_is_there(town: InForce, path: str) -> None:
    assert Client().get(f"{V1}{path}").status_code == 200
