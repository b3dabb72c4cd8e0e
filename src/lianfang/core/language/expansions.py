"""Every kind of document that stands for others, with what turns it into them."""

from __future__ import annotations

from collections.abc import Mapping

from lianfang.core.language.expand import Expansion
from lianfang.core.language.expand_checklist import expand_checklist
from lianfang.core.language.expand_post import expand_post
from lianfang.core.language.expand_register import expand_register
from lianfang.core.language.expand_release import expand_release
from lianfang.core.language.expand_report import expand_report
from lianfang.core.language.expand_resource import expand_resource
from lianfang.core.language.expand_round import expand_round
from lianfang.core.language.expand_task import expand_task
from lianfang.core.language.expand_workflow import expand_workflow

EXPANSIONS: Mapping[str, Expansion] = {
    "post": expand_post,
    "task": expand_task,
    "checklist": expand_checklist,
    "workflow": expand_workflow,
    "round": expand_round,
    "register": expand_register,
    "report": expand_report,
    "release": expand_release,
    "resource": expand_resource,
}
