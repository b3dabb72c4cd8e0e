"""The made-up town with its plan in force, and the clock of the pages at noon of the tests' day."""

from __future__ import annotations

from tests.acts.conftest import town
from tests.web.clock import noon

__all__ = ["noon", "town"]
