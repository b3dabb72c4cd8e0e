"""Why: every loop and obligation of a subject with clause, parameter, cause, window, evidence and conclusion."""

from lianfang.core.explain.document import Explanation, Line, Topic
from lianfang.core.explain.explain import explain

__all__ = ["Explanation", "Line", "Topic", "explain"]
