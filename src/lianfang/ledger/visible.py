"""Which rows somebody sees: the filter of core/access as a condition of the database."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar, assert_never

from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat

from lianfang.core.access.filter import (
    AnyOf,
    Everything,
    Filter,
    IsSubject,
    Nothing,
    OfFacts,
    OfKinds,
    OfSubjects,
    OwnedBy,
    PathUnder,
    SupervisedBy,
)
from lianfang.ledger.models import (
    Fact,
    Intake,
    Loop,
    Obligation,
    Paper,
    Person,
    Placement,
    Subject,
    Unit,
)
