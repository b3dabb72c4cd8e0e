"""How many examples a property draws: modest by default, LIANFANG_EXAMPLES multiplies (`LIANFANG_EXAMPLES=20`)."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

FACTOR = float(os.environ.get("LIANFANG_EXAMPLES", "1"))


def times(examples: int) -> int:
    """So many examples, or as many more as are asked for."""
    return max(1, round(examples * FACTOR))


def some(examples: int) -> settings:
    """Settings for a property that draws this many examples unless more are asked for."""
    slow = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example)
    return settings(max_examples=times(examples), deadline=None, suppress_health_check=slow)
