"""How often one address may ask, so that nobody tries codes until one fits."""

from __future__ import annotations

from datetime import datetime

from django.core.cache import cache
from django.http import HttpRequest

from lianfang.web.account.adapter import visitor_address

A_MINUTE = 20
SECONDS = 60


def too_often(request: HttpRequest, now: datetime) -> bool:
    """Count one question; True when this address has asked more than A_MINUTE times in this minute."""
    key = f"verify:{visitor_address(request)}:{int(now.timestamp()) // SECONDS}"
    if cache.add(key, 1, 2 * SECONDS):
        return False
    return int(cache.incr(key)) > A_MINUTE
