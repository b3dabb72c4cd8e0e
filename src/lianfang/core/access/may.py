"""Whether somebody may do an act to a record, with the reason in Chinese and English."""

from __future__ import annotations

from dataclasses import dataclass

from lianfang.core.access.actor import Actor, Duty
from lianfang.core.access.acts import ACTS
from lianfang.core.access.rules import RULES, Reach, Rule
from lianfang.core.access.thing import Thing


@dataclass(frozen=True, slots=True)
class Verdict:
    """Yes or no, and why: the rule that allows it, or what is missing. A verdict is true when it allows."""

    allowed: bool
    zh: str
    en: str

    def __bool__(self) -> bool:
        return self.allowed


def rules_for(act: str) -> tuple[Rule, ...]:
    """The rules about an act; an act that does not exist is refused with ValueError."""
    if act not in ACTS:
        allowed = ", ".join(ACTS)
        raise ValueError(
            f"act: 看到 {act!r};允许: {allowed};请: 用 core/access/acts.py 中的名称"
            f" / found {act!r}; allowed: {allowed}; do: use a name of core/access/acts.py"
        )
    return _RULES[act]


_RULES = {act: tuple(rule for rule in RULES if rule.act == act) for act in ACTS}


def may(actor: Actor, act: str, thing: Thing) -> Verdict:
    """Whether the actor may do the act to this record: the first rule that allows it, or what every rule misses.

    The reason names no part of a record that the actor may not see.
    """
    held = [rule for rule in rules_for(act) if binds(rule, actor)]
    if not held:
        return _without_duty(actor, act)
    for rule in held:
        if _reaches(rule.reach, actor, thing) and _fits(rule, thing):
            return _allowed(rule, actor)
    near = [rule for rule in held if _reaches(rule.reach, actor, thing)]
    return _of_another_kind(near, act) if near else _out_of_reach(held, act)


def binds(rule: Rule, actor: Actor) -> bool:
    """Whether a rule speaks of the actor: it holds one of the duties, or the rule is for everybody."""
    return not rule.duties or bool(rule.duties & actor.duties)


def different_person(verdict: Verdict, actor: Actor, first_account: str) -> Verdict:
    """The same verdict, unless the actor is the one who took the first step: two steps need two persons.

    It goes by account and not by post, so that a deputy who holds both posts is still one person. When it is not
    known who took the first step, nobody may take the second.
    """
    if not verdict.allowed or (actor.account and first_account and actor.account != first_account):
        return verdict
    if not (actor.account and first_account):
        return Verdict(
            False,
            "须由两个人完成:不知道第一步由谁办理;请先由一人提出或办理",
            "Two persons are needed: it is not known who took the first step; let one person take it first",
        )
    return Verdict(
        False,
        "须由两个人完成:第一步由本账号办理,不能再由本账号确认;请由另一人确认",
        "Two persons are needed: this account took the first step and cannot confirm it; let another person do so",
    )


def _reaches(reach: Reach, actor: Actor, thing: Thing) -> bool:
    """Whether a record is as near to the actor as a rule asks for. Who stands nowhere reaches nothing."""
    if reach is Reach.ANYWHERE:
        return True
    if not actor.path or not thing.path.startswith(actor.root):
        return False
    match reach:
        case Reach.DISTRICT:
            return True
        case Reach.JURISDICTION:
            return thing.path.startswith(actor.path)
        case Reach.OWN_UNIT:
            return actor.unit != "" and thing.owner == actor.unit
        case Reach.SUPERVISED:
            return actor.unit != "" and thing.supervisor == actor.unit
        case Reach.SELF:
            return actor.subject != "" and (thing.subject_kind, thing.subject) == ("person", actor.subject)


def _fits(rule: Rule, thing: Thing) -> bool:
    return (
        (not rule.kinds or thing.kind in rule.kinds)
        and (not rule.subjects or thing.subject_kind in rule.subjects)
        and (not rule.facts or thing.fact in rule.facts)
    )


def _allowed(rule: Rule, actor: Actor) -> Verdict:
    called = ACTS[rule.act]
    if not rule.duties:
        return Verdict(True, f"任何人都可以{called.zh}", f"Anybody may {called.en}")
    duty = min(rule.duties & actor.duties)
    return Verdict(
        True, f"{duty.zh}可以{called.zh}:{rule.reach.zh}", f"The duty {duty.en} may {called.en}: {rule.reach.en}"
    )


def _without_duty(actor: Actor, act: str) -> Verdict:
    called = ACTS[act]
    needed = sorted({duty for rule in rules_for(act) for duty in rule.duties}, key=list(Duty).index)
    held = sorted(actor.duties, key=list(Duty).index)
    return Verdict(
        False,
        f"不能{called.zh}:需要职责 {'、'.join(duty.zh for duty in needed)};"
        f"本岗职责: {'、'.join(duty.zh for duty in held) or '无'}",
        f"You may not {called.en}: it needs the duty {', '.join(duty.en for duty in needed)};"
        f" your post has: {', '.join(duty.en for duty in held) or 'none'}",
    )


def _out_of_reach(held: list[Rule], act: str) -> Verdict:
    called, reaches = ACTS[act], dict.fromkeys(rule.reach for rule in held)
    return Verdict(
        False,
        f"不能{called.zh}:这条记录不在您的范围内;您的范围: {'、'.join(reach.zh for reach in reaches)}",
        f"You may not {called.en}: this record is out of your reach; your reach:"
        f" {', '.join(reach.en for reach in reaches)}",
    )


def _of_another_kind(near: list[Rule], act: str) -> Verdict:
    called = ACTS[act]
    words = sorted({word for rule in near for word in (rule.kinds | rule.subjects | rule.facts)})
    return Verdict(
        False,
        f"不能{called.zh}:您的职责只对这些种类可以: {'、'.join(words)}",
        f"You may not {called.en}: your duty may do so only for: {', '.join(words)}",
    )
