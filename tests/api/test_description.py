"""The API keeps to its own description, whatever it is asked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import response_schema_conformance, status_code_conformance

from lianfang.core.access.actor import Duty

if TYPE_CHECKING:
    from lianfang.acts.in_force import InForce

CHECKS = [not_a_server_error, status_code_conformance, response_schema_conformance]


@pytest.fixture
def asked(town: InForce) -> Iterator[Any]:
    """The description, and the header of a system that may do most things."""
    from django.core.wsgi import get_wsgi_application

    from lianfang.api.v1 import api
    from lianfang.ledger.models import Account, Holding, Unit
    from lianfang.ledger.tokens import make_token

    now = timezone.now()
    post = Holding.objects.create(
        account=Account.objects.create_user(username="system"),
        post="接口",
        unit=Unit.objects.get(pk="headquarters"),
        duties=[Duty.CDC, Duty.OFFICE, Duty.AUDIT],
        since=now - timedelta(days=1),
    )
    schema = schemathesis.openapi.from_dict(dict(api.get_openapi_schema(path_prefix="/api/v1/")))
    schema.app = get_wsgi_application()
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    yield schema, {"Authorization": f"Bearer {make_token('样例', post, 100_000, now=now)}"}
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


def test_no_operation_fails_or_answers_what_it_does_not_describe(asked: Any) -> None:
    schema, headers = asked
    tried = 0
    for found in schema.get_all_operations():
        operation = found.ok()
        _ask(operation, headers)
        tried += 1
    assert tried >= 20


def _ask(operation: Any, headers: dict[str, str]) -> None:
    @settings(
        max_examples=12,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def ask(case: Any) -> None:
        case.call_and_validate(headers=headers, checks=CHECKS)

    ask()
