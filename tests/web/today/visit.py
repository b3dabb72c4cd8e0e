"""Somebody of the cast at a page: an account in a post, signed in, at noon of the tests' day."""

from __future__ import annotations

from datetime import timedelta

from django.test import Client

from lianfang.core.access.actor import Actor
from lianfang.ledger.models import Account, Holding
from tests.cast import NOON

PHONE = "Mozilla/5.0 (Linux; Android 14) Mobile"
HTMX = {"HX-Request": "true"}


def visit(actor: Actor, *, phone: bool = False) -> Client:
    """A browser in which the actor has signed in."""
    account, _ = Account.objects.get_or_create(username=actor.account, defaults={"title": actor.name})
    Holding.objects.get_or_create(
        account=account,
        post=actor.post,
        unit_id=actor.unit,
        defaults={"duties": sorted(actor.duties), "since": NOON - timedelta(days=400)},
    )
    client = Client(headers={"User-Agent": PHONE} if phone else {})
    client.force_login(account)
    return client
