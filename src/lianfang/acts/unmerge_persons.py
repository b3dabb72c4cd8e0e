"""Take the merge of two persons' records back."""

from __future__ import annotations

from lianfang.acts.merge_persons import unmerge_persons

__all__ = ["unmerge_persons"]
