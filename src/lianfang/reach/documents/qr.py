"""The QR code on a paper: the address where anybody can check it."""

from __future__ import annotations

import io

import segno

from lianfang.reach.documents.layout import Verify


def verify_at(base: str, code: str) -> Verify:
    """Where a paper with this code is checked: `<base>/v/<code>`."""
    return Verify(f"{base.rstrip('/')}/v/{code}", code)


def svg(verify: Verify) -> str:
    """The QR code as a drawing; it still reads with a seventh of it dirty."""
    out = io.BytesIO()
    segno.make(verify.url, error="m", micro=False).save(out, kind="svg", border=2, xmldecl=False)
    return out.getvalue().decode()


def png(verify: Verify) -> bytes:
    """The QR code as a picture for Word."""
    out = io.BytesIO()
    segno.make(verify.url, error="m", micro=False).save(out, kind="png", border=2, scale=8)
    return out.getvalue()
