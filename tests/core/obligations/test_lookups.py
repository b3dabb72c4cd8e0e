"""Look-ups answer what the plain reading of the page answers: every take, window and way to another subject."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from random import Random

import numpy as np
import pytest

from lianfang.core.days.text import show_instant
from lianfang.core.facts.facts import Facts
from lianfang.core.language.load import load
from lianfang.core.language.plan import Plan
from lianfang.core.language.program import NEVER
from lianfang.core.obligations import lookups
from lianfang.core.obligations.evaluate import evaluate
from tests.core.obligations.examples import times
from tests.oracle.lookups import Fact, Question, found

ZONE, HOUR = 28_800, 3_600
START = 1_600_000_000
HEAD = "plan: trial\nname: {zh: 试行, en: trial}\nissued: 2020-01-01\n"
FORMS = """
form: probe
name: {zh: 探查, en: probe}
subject: person
time: at
known: {at: resulted_at, columns: [score]}
period_end: until
columns:
  at:          {type: time, required: true, zh: 时间, en: at}
  until:       {type: time, zh: 至, en: until}
  resulted_at: {type: time, zh: 得知, en: known at}
  score:       {type: number, zh: 分, en: score}
  room:        {type: text, zh: 房间, en: room}
  friend:      {type: ref, to: person, zh: 同伴, en: friend}
---
form: ask
name: {zh: 询问, en: ask}
subject: person
time: at
columns:
  at:     {type: time, required: true, zh: 时间, en: at}
  room:   {type: text, zh: 房间, en: room}
  friend: {type: ref, to: person, zh: 同伴, en: friend}
"""
WAYS = {
    "own": ("person", "person", ""),
    "of": ("person", "friend", "of: friend, "),
    "through": ("friend", "person", "through: friend, "),
    "both": ("friend", "friend", "through: friend, of: friend, "),
    "everywhere": (None, None, "everywhere: true, "),
}
WINDOWS = ((None, None), (-2, 2), (0, 0), (-3, None))


def questions() -> Iterator[tuple[Question, str, str | None]]:
    """Questions of every make, as the oracle and as the plan puts them, and the column that names who is asked."""
    takes = (("count", None), ("first", None), ("latest", "score"), ("highest", "score"), ("lowest", "score"))
    for (take, field), way, window, overlapping in product(takes, WAYS, WINDOWS, (False, True)):
        for same_room, scored in ((False, False), (True, False), (True, True), (False, True)):
            about, asked, words = WAYS[way]
            low, high = (
                (-float("inf") if window[0] is None else window[0] * HOUR),
                (float("inf") if window[1] is None else window[1] * HOUR),
            )
            yield (
                Question(take, field, about, low, high, overlapping, same_room, scored),
                f"{{{take}: probe{'.' + field if field else ''}, {words}{bounds(window)}{conditions(same_room, scored)}"
                f"overlapping: {str(overlapping).lower()}}}",
                asked,
            )


def bounds(window: tuple[int | None, int | None]) -> str:
    pairs = zip(("since", "until"), window, strict=True)
    return "".join(f"{name}: {hours} h, " for name, hours in pairs if hours is not None)


def conditions(same_room: bool, scored: bool) -> str:
    parts = ["room == opening.room"] * same_room + ["score > 1"] * scored
    return f'where: "{" and ".join(parts)}", ' if parts else ""


def plan_of(written: list[str]) -> Plan:
    measures = "---\n".join(
        f"measure: m{number}\nname: {{zh: 问, en: ask}}\nbinds: person\n"
        f"opens: {{on: ask, with: {{got: {text}}}}}\ninputs: {{answer: got}}\n"
        "stages: [{stage: s, name: {zh: 段, en: s}, days: 1}]\n"
        f"requires: [{{requirement: r, name: {{zh: 查, en: r}}, check: got == got}}]\nagain: own\n"
        for number, text in enumerate(written)
    )
    plan, complaints = load({"plan.yaml": HEAD, "forms.yaml": FORMS, "m.yaml": measures}, lambda name: None, {})
    assert plan is not None, [complaint.show("en") for complaint in complaints]
    return plan


def world(seed: int) -> tuple[list[tuple[str, Mapping[str, object]]], list[Fact], list[Fact]]:
    """Facts as rows to be read, and the same for the oracle: probes and asks, instants that often coincide."""
    random = Random(seed)
    people, rooms = ("甲", "乙", "丙"), ("a", "b", None)
    probes = [probe(random, row, people, rooms) for row in range(random.randint(0, 9))]
    asks: list[Fact] = [
        {
            "row": row,
            "person": random.choice(people),
            "at": START + random.randint(0, 8) * HOUR,
            "room": random.choice(rooms),
            "friend": random.choice((*people, None)),
        }
        for row in range(random.randint(1, 4))
    ]
    rows = [("probe", written(fact)) for fact in probes] + [("ask", written(fact)) for fact in asks]
    return rows, probes, asks


def probe(random: Random, row: int, people: tuple[str, ...], rooms: tuple[str | None, ...]) -> Fact:
    """A probe whose end and whose result come later, at once or never."""
    at = START + random.randint(0, 8) * HOUR
    until, known = (random.choice((None, at, at + random.randint(0, 5) * HOUR)) for _ in range(2))
    return {
        "row": row,
        "person": random.choice(people),
        "at": at,
        "until": until,
        "resulted_at": known,
        "score": None if known is None else random.choice((1, 2, 3)),
        "room": random.choice(rooms),
        "friend": random.choice((*people, None)),
    }


def written(fact: Fact) -> Mapping[str, object]:
    times_of = ("at", "until", "resulted_at")
    known = {name: value for name, value in fact.items() if value is not None and name != "row"}
    return {name: show_instant(int(str(v)), ZONE) if name in times_of else v for name, v in known.items()}


QUESTIONS = list(questions())


@pytest.mark.parametrize("pairs", [1_000_000, 3])
@pytest.mark.parametrize("part", range(4))
def test_a_look_up_finds_what_reading_fact_by_fact_finds(
    monkeypatch: pytest.MonkeyPatch, part: int, pairs: int
) -> None:
    monkeypatch.setattr(lookups, "_PAIRS", pairs)
    mine = QUESTIONS[part :: 4 if pairs > 3 else 40]
    plan = plan_of([text for _, text, _ in mine])
    for seed in range(times(12)):
        rows, probes, asks = world(seed)
        facts, complaints = Facts.from_rows(plan.kinds, rows, plan.zone)
        assert facts is not None, complaints
        as_of = START + Random(seed).randint(4, 9) * HOUR
        loops = evaluate(plan, facts, as_of).result.loops
        answers = {
            (int(measure), int(fact)): None if answer == NEVER else int(answer)
            for measure, fact, answer in zip(loops.measure, loops.fact, np.asarray(loops.inputs[0]), strict=True)
        }
        expected = {
            (number, int(str(ask["row"]))): found(question, probes, ask, ask[asked] if asked else None, as_of)
            for number, (question, _, asked) in enumerate(mine)
            for ask in asks
            if int(str(ask["at"])) <= as_of
        }
        wrong = {key: (answers.get(key), value) for key, value in expected.items() if answers.get(key) != value}
        assert not wrong, [(mine[number][1], pair, f"seed {seed}") for (number, _), pair in wrong.items()][:3]
        assert len(answers) == len(expected)
