"""Whether the district runs, for those who watch machines: /health and /metrics; never anything about a person."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime
from hmac import compare_digest
from importlib.metadata import version
from ipaddress import ip_address

from django.conf import settings
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lianfang.ledger.jobs import jobs
from lianfang.ledger.journal import head
from lianfang.ledger.models import Alert, Subject
from lianfang.site.env import envtext
from lianfang.web.door import Asked, public_door

PLAIN = "text/plain; version=0.0.4; charset=utf-8"
FORWARDED = ("X-Forwarded-For", "Forwarded", "X-Real-IP")

Sample = tuple[str, str, str, float]
"""Name, kind (gauge or counter), what it is, value."""


@public_door
@never_cache
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """200 when the database answers, 503 when not."""
    answers = _database_answers()
    said = {"status": "ok" if answers else "database", "version": version("lianfang")}
    return JsonResponse(said, status=200 if answers else 503)


@public_door
@never_cache
@require_safe
def metrics(request: Asked) -> HttpResponse:
    """Counts for Prometheus; only from this machine itself, or with the token of LIANFANG_METRICS_TOKEN."""
    if not _may_watch(request):
        return HttpResponse("只对本机或持令牌者开放 / only for this machine, or with the token\n", PLAIN, 403)
    samples = list(_samples(request.now)) if _database_answers() else [_up(0)]
    return HttpResponse("".join(map(_lines, samples)), PLAIN)


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return False
    return True


def _may_watch(request: HttpRequest) -> bool:
    """A proxy of ours stands on this machine too: what it passes on is not from this machine."""
    token = envtext("LIANFANG_METRICS_TOKEN", "")
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    if token and scheme.lower() == "bearer" and compare_digest(given.strip().encode(), token.encode()):
        return True
    passed_on = settings.PROXIES > 0 or any(name in request.headers for name in FORWARDED)
    return not passed_on and _is_loopback(request.META.get("REMOTE_ADDR", ""))


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


def _up(value: int) -> Sample:
    return ("up", "gauge", "1: the database answers", value)


def _samples(now: datetime) -> Iterator[Sample]:
    yield _up(1)
    yield ("journal_lines", "counter", "lines of the journal", head().no)
    overdue = Subject.objects.filter(next_change__lt=now)
    yield ("subjects_stale", "gauge", "subjects waiting to be evaluated", Subject.objects.filter(stale=True).count())
    yield ("subjects_behind", "gauge", "subjects whose next change has passed", overdue.count())
    yield ("alerts_open", "gauge", "alerts nobody has closed", Alert.objects.filter(closed_at=None).count())
    found = jobs(now)
    yield ("jobs_waiting", "gauge", "jobs that should have begun", found.waiting)
    yield ("jobs_oldest_seconds", "gauge", "how long the oldest of them waits", found.oldest)
    yield ("jobs_running", "gauge", "jobs at work", found.running)
    yield ("jobs_failed", "gauge", "jobs that failed", found.failed)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database()), (SELECT coalesce(max(no), 0) FROM fact)")
        size, facts = cursor.fetchone()
    yield ("facts", "counter", "number of the last fact", facts)
    yield ("database_bytes", "gauge", "size of the database", size)
    yield ("disk_free_bytes", "gauge", "free space of the data folder", shutil.disk_usage(settings.VAR).free)


def _lines(sample: Sample) -> str:
    name, kind, about, value = sample
    return f"# HELP lianfang_{name} {about}\n# TYPE lianfang_{name} {kind}\nlianfang_{name} {value:.15g}\n"
