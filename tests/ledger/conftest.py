"""The district of these tests is there for every test that asks for it."""

from __future__ import annotations

import pytest


@pytest.fixture
def district(db: None) -> None:
    """Five units in a real database."""
    from tests.ledger import world  # a conftest is read before Django is set up

    world.units()
