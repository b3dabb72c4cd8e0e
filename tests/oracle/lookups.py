"""Look-ups in plain Python, one opening and one fact at a time: docs/semantics.md, "Openings and look-ups"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tests.oracle.days import NEVER, Instant

Fact = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Question:
    """A look-up: what to take, of which facts, in which window; `about` names the column that must be `asked`."""

    take: str  # count, first, latest, highest, lowest
    field: str | None = None
    about: str | None = None  # None: everywhere
    since: Instant = -NEVER  # both relative to the opening's time
    until: Instant = NEVER
    overlapping: bool = False
    same_room: bool = False  # where: room == opening.room
    scored: bool = False  # where: score > 1, known with the result


def found(question: Question, facts: Sequence[Fact], opening: Fact, asked: object, as_of: int) -> object:
    """What a look-up brings back for one opening: a number, an instant, or None for unknown."""
    seen = [fact for fact in in_order(facts) if visible(question, fact, as_of)]
    fitting = [fact for fact in seen if fits(question, fact, opening, asked)]
    if question.take == "count":
        return len(fitting)
    if not fitting:
        return None
    return chosen(question, fitting)[question.field or "at"]


def in_order(facts: Sequence[Fact]) -> list[Fact]:
    """By own time, known time and row; facts come in the order of their rows."""
    return sorted(facts, key=lambda fact: (number(fact["at"]), number(fact.get("resulted_at")), number(fact["row"])))


def visible(question: Question, fact: Fact, as_of: int) -> bool:
    """Whether a fact can be seen: it has happened, and if its result is asked for, that is known."""
    return number(fact["at"]) <= as_of and (not question.scored or number(fact["resulted_at"]) <= as_of)


def fits(question: Question, fact: Fact, opening: Fact, asked: object) -> bool:
    """Whether a fact is about the subject asked for, lies in the window and fulfils the condition."""
    if question.about is not None and (asked is None or fact[question.about] != asked):
        return False
    low, high = number(opening["at"]) + question.since, number(opening["at"]) + question.until
    last = number(fact["until"]) if question.overlapping else number(fact["at"])
    if number(fact["at"]) > high or last < low:
        return False
    if question.same_room and (fact["room"] is None or fact["room"] != opening["room"]):
        return False
    return not question.scored or (fact["score"] is not None and number(fact["score"]) > 1)


def chosen(question: Question, facts: Sequence[Fact]) -> Fact:
    """The first, the last, or the first of those with the greatest or least known field."""
    if question.take in ("first", "latest"):
        return facts[0 if question.take == "first" else -1]
    known = [fact for fact in facts if fact[question.field or ""] is not None] or facts[:1]
    best = max if question.take == "highest" else min
    return best(known, key=lambda fact: number(fact[question.field or ""]))


def number(value: object) -> Instant:
    """A known instant or number; what is unknown is never."""
    return NEVER if value is None else float(str(value))
