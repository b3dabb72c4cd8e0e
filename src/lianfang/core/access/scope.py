"""The same rules as a filter: which records an actor may do an act to."""

from __future__ import annotations

from lianfang.core.access.actor import Actor
from lianfang.core.access.filter import (
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
    any_of,
)
from lianfang.core.access.may import binds, rules_for
from lianfang.core.access.rules import Reach, Rule


def scope(actor: Actor, act: str) -> Filter:
    """All the records that `may` would allow this actor to do the act to, as a filter for lists and counts."""
    return any_of(_narrowed(rule, actor) for rule in rules_for(act) if binds(rule, actor))


def _narrowed(rule: Rule, actor: Actor) -> Filter:
    found = _reached(rule.reach, actor)
    if isinstance(found, Nothing):
        return found
    if rule.facts:
        found = OfFacts(rule.facts, found)
    if rule.subjects:
        found = OfSubjects(rule.subjects, found)
    return OfKinds(rule.kinds, found) if rule.kinds else found


def _reached(reach: Reach, actor: Actor) -> Filter:
    if reach is Reach.ANYWHERE:
        return Everything()
    if not actor.path:
        return Nothing()
    match reach:
        case Reach.DISTRICT:
            return PathUnder(actor.root)
        case Reach.JURISDICTION:
            return PathUnder(actor.path)
        case Reach.OWN_UNIT:
            return OwnedBy(frozenset({actor.unit}), actor.root) if actor.unit else Nothing()
        case Reach.SUPERVISED:
            return SupervisedBy(actor.unit, actor.root) if actor.unit else Nothing()
        case Reach.SELF:
            return IsSubject("person", actor.subject, actor.root) if actor.subject else Nothing()
