"""Every kind of document that stands for others, with what turns it into them."""

from __future__ import annotations

from collections.abc import Mapping

from lianfang.core.language.expand import Expansion
from lianfang.core.language.expand_resource import expand_resource
from lianfang.core.language.expand_task import expand_task

EXPANSIONS: Mapping[str, Expansion] = {"task": expand_task, "resource": expand_resource}
