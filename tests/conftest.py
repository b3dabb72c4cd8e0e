"""What every test may rely on: Chinese as the language, no colours, the repository, a database where one is needed."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from tests import postgres

ROOT = Path(__file__).parent.parent
postgres.name_folder()


def pytest_pycollect_makemodule(module_path: Path) -> None:
    """Django is set up for the tests of the running district, and for no others."""
    if postgres.needs_database(module_path, ROOT / "tests"):
        postgres.prepare()


def pytest_unconfigure() -> None:
    """The run's own PostgreSQL goes with the run."""
    postgres.stop()


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: DjangoDbBlocker) -> None:
    """The database of this process of tests: a real PostgreSQL with all tables."""
    with django_db_blocker.unblock():
        postgres.make_database()


@pytest.fixture
def root() -> Path:
    """The folder of the repository."""
    return ROOT


@pytest.fixture(autouse=True)
def _plain_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    """The language and the width of whoever runs the tests must not change a result."""
    for name in ("LIANFANG_LANG", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NO_COLOR", "1")
