"""The made-up town, asked by other systems."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pytest_django import Settings

if TYPE_CHECKING:
    from lianfang.acts.in_force import InForce

PACK = Path(__file__).parent.parent / "fixtures" / "packs" / "town"


@pytest.fixture
def town(db: None, settings: Settings) -> InForce:
    """The plan of the town in force, its units in the ledger."""
    from tests.cast import settle

    settings.LIANFANG_PLAN = str(PACK)
    return settle()
