"""The plan in force at an instant, loaded once a process and kept by the digest of its texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from threading import Lock

from django.conf import settings
from django.db.models import Q

from lianfang.acts.plan_store import kept, load_texts, texts_of_pack
from lianfang.core.language.loops import is_loop_kind
from lianfang.core.language.lower import lower, walk
from lianfang.core.language.measure import Measure, Requirement
from lianfang.core.language.plan import Plan
from lianfang.core.language.program import Program
from lianfang.core.obligations.mentions import (
    asked_everywhere,
    looked_up_kinds,
    named_columns,
    opening_kinds,
    through_kinds,
)
from lianfang.core.obligations.responsible import Responsible
from lianfang.ledger.models import PlanVersion


@dataclass
class InForce:
    """A plan that is in force, with what every act asks it for. `version` is its row; None: the pack of the settings.

    Kept for the whole life of the process: nothing in it changes except what it has worked out already.
    """

    plan: Plan
    digest: str
    version: int | None = None
    programs: dict[frozenset[int], Program] = field(default_factory=dict)

    @cached_property
    def named(self) -> Mapping[str, tuple[tuple[str, str], ...]]:
        """Kind of fact -> (column, kind of subject) through which a measure looks at another subject."""
        return named_columns(self.plan)

    @cached_property
    def looked_up(self) -> Mapping[str, frozenset[str]]:
        """Kind of subject -> the kinds of its facts that others look up."""
        return looked_up_kinds(self.plan)

    @cached_property
    def looked_up_kinds(self) -> frozenset[str]:
        """Every kind of fact that others look up."""
        return frozenset().union(*self.looked_up.values())

    @cached_property
    def through(self) -> frozenset[str]:
        """The kinds of fact that are looked for under a subject they name."""
        return through_kinds(self.plan)

    @cached_property
    def asked_everywhere(self) -> Mapping[str, frozenset[str]]:
        """The kinds of fact of which a measure looks at all there are -> the kinds that open such a measure."""
        return asked_everywhere(self.plan)

    def everywhere(self, kinds: frozenset[str]) -> frozenset[str]:
        """The kinds of which all facts are needed, whoever they are about, where facts of `kinds` are evaluated."""
        return frozenset(kind for kind, openings in self.asked_everywhere.items() if openings & kinds)

    @cached_property
    def responsible(self) -> Responsible:
        """Who answers for what the plan gives to somebody."""
        return Responsible(self.plan.organisation)

    @cached_property
    def requirements(self) -> Mapping[tuple[str, str], tuple[Measure, Requirement]]:
        """(measure, path of the requirement) -> both, in the newest version that has it."""
        return {(m.id, path): (m, r) for m in self.plan.measures for path, r in walk(m.requirements)}

    @cached_property
    def clauses(self) -> Mapping[str, tuple[tuple[str, str], ...]]:
        """Clause -> the (measure, requirement) pairs that carry it out."""
        found: dict[str, dict[tuple[str, str], None]] = {}
        for (measure, path), (of, requirement) in self.requirements.items():
            for clause in requirement.clauses or of.clauses:
                found.setdefault(clause, {})[measure, path] = None
        return {clause: tuple(pairs) for clause, pairs in found.items()}

    @cached_property
    def measures(self) -> Mapping[str, Measure]:
        """Measures by id, the newest version of each."""
        return {measure.id: measure for measure in self.plan.measures}

    @cached_property
    def _openings(self) -> Mapping[str, frozenset[int]]:
        return opening_kinds(self.plan)

    def opens(self, kind: str) -> bool:
        """Whether any measure opens on facts of a kind."""
        return kind in self._openings

    def program(self, subject_kind: str, kinds: frozenset[str]) -> Program:
        """The tables of the measures about a kind of subject that facts of these kinds can open."""
        opening = (*kinds, *(kind for kind in self._openings if is_loop_kind(kind)))
        able = frozenset().union(*(self._openings.get(kind, frozenset()) for kind in opening))
        wanted = frozenset(number for number in able if self.plan.measures[number].subject == subject_kind)
        if wanted not in self.programs:
            measures = [self.plan.measures[number] for number in sorted(wanted)]
            known = [kind.id for kind in self.plan.kinds.values() if kind.known_at]
            self.programs[wanted] = lower(measures, self.plan.selections, known)
        return self.programs[wanted]


_loaded: dict[str, InForce] = {}
_one_at_a_time = Lock()


def in_force(now: datetime) -> InForce:
    """The plan in force at an instant: the version two people put in force, otherwise the pack of the settings."""
    holds = Q(in_force_from__lte=now) & (Q(in_force_until=None) | Q(in_force_until__gt=now))
    row = PlanVersion.objects.filter(holds).order_by("-in_force_from").values("id", "digest").first()
    if row is None:
        return _of_settings()
    return _kept(row["digest"], row["id"])


def plan_on(now: datetime) -> Plan:
    """The plan that was in force at an instant."""
    return in_force(now).plan


def _of_settings() -> InForce:
    name = str(settings.LIANFANG_PLAN)
    with _one_at_a_time:
        if name not in _loaded:
            texts = texts_of_pack(name)
            digest = digest_of(texts)
            _loaded[name] = InForce(kept(digest, lambda: load_texts(texts, name)), digest)
        return _loaded[name]


def _kept(digest: str, version: int) -> InForce:
    with _one_at_a_time:
        if digest not in _loaded:
            _loaded[digest] = InForce(kept(digest, lambda: _of_version(version)), digest, version)
        return _loaded[digest]


def _of_version(version: int) -> Plan:
    row = PlanVersion.objects.get(pk=version)
    return load_texts(row.texts, row.plan)


def digest_of(texts: Mapping[str, str]) -> str:
    """SHA-256 over the names and texts of all files of a plan."""
    total = sha256()
    for name in sorted(texts):
        for part in (name, texts[name]):
            raw = part.encode()
            total.update(len(raw).to_bytes(8, "big") + raw)
    return total.hexdigest()
