"""The signature on papers: its key follows from the district's secret, so that nothing more has to be kept."""

from __future__ import annotations

import hmac
from functools import lru_cache
from hashlib import sha256

from django.conf import settings

from lianfang.core.papers.code import read_code, sign_code

KEY_ID = "A"


def code_of(paper: str) -> str:
    """The code printed on the paper of that id."""
    return sign_code(paper, _key(str(settings.LIANFANG_LOOKUP_KEY)), KEY_ID)


def standard(code: str) -> str | None:
    """A code as it was printed, whatever was misread in typing it; None if this district never signed it."""
    paper = read_code(code, {KEY_ID: _key(str(settings.LIANFANG_LOOKUP_KEY))})
    return None if paper is None else code_of(paper)


@lru_cache(maxsize=4)
def _key(secret: str) -> bytes:
    return hmac.new(secret.encode(), b"lianfang papers", sha256).digest()
