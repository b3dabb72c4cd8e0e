"""Health and metrics: for those who watch machines; counts only, and not for everybody."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import Settings


@pytest.mark.django_db
def test_everybody_may_ask_whether_it_runs() -> None:
    answer = Client().get("/health", REMOTE_ADDR="203.0.113.9")
    assert (answer.status_code, answer.json()["status"]) == (200, "ok")


@pytest.mark.django_db
def test_the_machine_itself_may_read_the_counts() -> None:
    said = Client().get("/metrics", REMOTE_ADDR="127.0.0.1")
    assert said.status_code == 200
    names = {line.split()[0] for line in said.content.decode().splitlines() if not line.startswith("#")}
    assert {"lianfang_up", "lianfang_jobs_failed", "lianfang_disk_free_bytes"} <= names
    assert all(line.startswith(("# ", "lianfang_")) for line in said.content.decode().splitlines())


def test_others_may_not() -> None:
    assert Client().get("/metrics", REMOTE_ADDR="203.0.113.9").status_code == 403


def test_what_a_proxy_passes_on_is_not_from_this_machine(settings: Settings) -> None:
    assert Client().get("/metrics", REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR="203.0.113.9").status_code == 403
    settings.PROXIES = 1
    assert Client().get("/metrics", REMOTE_ADDR="127.0.0.1").status_code == 403


@pytest.mark.django_db
def test_the_token_opens_it_from_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIANFANG_METRICS_TOKEN", "watcher-token")
    right, wrong = (Client(headers={"authorization": f"Bearer {each}"}) for each in ("watcher-token", "watcher"))
    assert right.get("/metrics", REMOTE_ADDR="203.0.113.9").status_code == 200
    assert wrong.get("/metrics", REMOTE_ADDR="203.0.113.9").status_code == 403
