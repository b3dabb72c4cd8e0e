"""Every test of an act has the made-up town: its plan in force, its organisation in a real database."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pytest_django import Settings

if TYPE_CHECKING:  # Django is set up only when the tests of this folder are collected
    from lianfang.acts.in_force import InForce

PACK = Path(__file__).parent.parent / "fixtures" / "packs" / "town"


@pytest.fixture
def town(db: None, settings: Settings) -> InForce:
    """The plan of the town in force, its units in the ledger."""
    from tests.cast import settle

    settings.LIANFANG_PLAN = str(PACK)
    return settle()
