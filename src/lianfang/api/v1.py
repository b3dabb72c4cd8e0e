"""Version 1 of the API: all operations under one description."""

from __future__ import annotations

from ninja import NinjaAPI

from lianfang.api import acting, importing, plan_and_figures, reading, recording
from lianfang.api.asking import BySession, ByToken
from lianfang.api.problems import answer_problems

api = NinjaAPI(
    title="联防 Lianfang",
    version="1",
    description=(
        "与网页同样的查询和办理。每个请求带令牌（Authorization: Bearer …）或登录会话；"
        "只看得到所在岗位管辖的对象。 The same queries and acts as the pages, within the jurisdiction of the post."
    ),
    auth=[ByToken(), BySession()],
    urls_namespace="api",
)
for router in (reading.router, recording.router, acting.router, importing.router, plan_and_figures.router):
    api.add_router("", router)
answer_problems(api)
