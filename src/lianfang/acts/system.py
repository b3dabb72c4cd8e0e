"""Who acts when a job does: nobody in a post, and the journal says so."""

from __future__ import annotations

from lianfang.core.access.actor import Actor

SYSTEM = Actor("", "系统", "system", "", "", frozenset())
"""The program itself, by its settings; it has no duties and passes no check of rights."""
