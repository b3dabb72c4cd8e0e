"""Worked examples of a plan: what was given, when we look, what must then be true."""

from lianfang.core.cases.mismatch import Mismatch
from lianfang.core.cases.misuse import misuse
from lianfang.core.cases.run import Prepared, differences, holds, opened, prepare, run, run_all

__all__ = ["Mismatch", "Prepared", "differences", "holds", "misuse", "opened", "prepare", "run", "run_all"]
