"""Why something was not done, in Chinese and English, with what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import DataError
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, ValidationError
from pydantic import Field

from lianfang.acts.refused import Refused
from lianfang.ledger.fact_values import FactRefused


class Problem(Schema):
    """The reason of a refusal."""

    zh: str
    en: str
    missing: list[str] = Field(default_factory=list)


PROBLEMS: Mapping[int, Any] = dict.fromkeys((400, 401, 403, 404, 409, 422, 429), Problem)
"""Answers every operation may give instead of its own."""


class Stopped(Exception):
    """A refusal with its HTTP status."""

    def __init__(self, status: int, zh: str, en: str) -> None:
        super().__init__(f"{zh} / {en}")
        self.status, self.zh, self.en = status, zh, en


def not_there(zh: str, en: str) -> Stopped:
    """Something that does not exist, or that the asker may not see: both look the same."""
    return Stopped(404, f"没有{zh}，或者你看不到它。", f"There is no such {en}, or you may not see it.")


def answer_problems(api: NinjaAPI) -> None:
    """Turn every refusal into a Problem."""

    def said(request: HttpRequest, status: int, zh: str, en: str, missing: list[str] | None = None) -> HttpResponse:
        return api.create_response(request, {"zh": zh, "en": en, "missing": missing or []}, status=status)

    @api.exception_handler(Stopped)
    def stopped(request: HttpRequest, fault: Stopped) -> HttpResponse:
        return said(request, fault.status, fault.zh, fault.en)

    @api.exception_handler(Refused)
    def refused(request: HttpRequest, fault: Refused) -> HttpResponse:
        return said(request, 403 if fault.forbidden else 409, fault.zh, fault.en, list(fault.missing))

    @api.exception_handler(FactRefused)
    def not_a_fact(request: HttpRequest, fault: FactRefused) -> HttpResponse:
        return said(request, 422, fault.zh, fault.en)

    @api.exception_handler(AuthenticationError)
    def nobody(request: HttpRequest, fault: AuthenticationError) -> HttpResponse:
        return said(request, 401, "请登录，或带上有效的令牌。", "Sign in, or send a valid token.")

    @api.exception_handler(ValidationError)
    def malformed(request: HttpRequest, fault: ValidationError) -> HttpResponse:
        places = [f"{'.'.join(str(part) for part in error['loc'])}: {error['msg']}" for error in fault.errors]
        return said(request, 422, "请求的内容不合要求。", "The request is not as described.", places[:20])

    @api.exception_handler(DataError)
    def unstorable(request: HttpRequest, fault: DataError) -> HttpResponse:
        return said(request, 422, "有数据库存不下的值。", "There is a value that the database cannot hold.")
