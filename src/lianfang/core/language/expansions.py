"""Every kind of document that stands for others, with what turns it into them."""

from __future__ import annotations

from collections.abc import Mapping

from lianfang.core.language.expand import Expansion
from lianfang.core.language.expand_checklist import expand_checklist
from lianfang.core.language.expand_post import expand_post
from lianfang.core.language.expand_resource import expand_resource
from lianfang.core.language.expand_task import expand_task
from lianfang.core.language.expand_workflow import expand_workflow

EXPANSIONS: Mapping[str, Expansion] = {
    "post": expand_post,
    "task": expand_task,
    "checklist": expand_checklist,
    "workflow": expand_workflow,
    "resource": expand_resource,
}
