"""Loops that ask for other loops: what runs at an instant, across subjects, settled in rounds as the page says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random

import pytest

from lianfang.core.cases import run
from lianfang.core.days.text import show_instant
from lianfang.core.facts.facts import Facts
from lianfang.core.language.plan import Case, Plan
from lianfang.core.obligations.evaluate import evaluate
from lianfang.reach.packs import load_pack
from tests.core.obligations.examples import times
from tests.oracle.pieces import Evidence
from tests.oracle.rounds import Opened, Openings, Standing, Subject, running, settle

PACK = Path(__file__).parents[2] / "fixtures" / "packs" / "running"
HOUR, START = 3_600, 1_606_780_800  # 2020-12-01T08:00 in China
FACTS = {
    "contact_found": "person",
    "contact_cleared": "person",
    "area_drawn": "area",
    "area_lifted": "area",
    "started": "response",
    "end_asked": "response",
    "ended": "response",
    "summed_up": "response",
    "closing_asked": "unit",
    "closed": "unit",
}
PLAIN = {"contact_found": "isolated", "area_drawn": "control-area", "started": "response-runs"}
Row = tuple[str, Mapping[str, str], int]


def plan() -> Plan:
    found, complaints = load_pack(PACK)
    assert found is not None, [complaint.show("en") for complaint in complaints]
    return found


PLAN = plan()


@pytest.mark.parametrize("case", PLAN.cases, ids=lambda case: case.id)
def test_the_pack_of_loops_that_look_at_each_other_does_what_its_cases_say(case: Case) -> None:
    assert run(PLAN, case) == ()


def some_rows(seed: int) -> list[Row]:
    """Facts of two subjects of each kind, at few instants."""
    random = Random(seed)
    rows: list[Row] = []
    for kind, subject in FACTS.items():
        for _ in range(random.randint(0, 4)):
            values = {subject: random.choice("甲乙")}
            if kind == "contact_found":
                values["response"] = random.choice("甲乙")
            if kind == "area_drawn" and random.random() < 0.8:
                values["event"] = random.choice("甲乙")
            rows.append((kind, values, START + random.choice((0, 1, 24, 48, 72, 73, 96)) * HOUR))
    return rows


def openings_of(rows: Sequence[Row], standing: Sequence[Standing] | None, as_of: int) -> Openings:
    """What opens by the rows and by the loops as they stand, subject by subject in the order of the rows."""
    found: dict[Subject, list[Opened]] = {}
    for kind, values, at in rows:
        subject = Subject(FACTS[kind], values[FACTS[kind]])
        if at > as_of:
            continue
        if kind in PLAIN:
            named = tuple(Subject("response", v) for name, v in values.items() if name in ("response", "event"))
            found.setdefault(subject, []).append(Opened(PLAIN[kind], at, named=named))
        elif kind in ("end_asked", "closing_asked") and standing is not None:
            found.setdefault(subject, []).append(asked(kind, subject, at, standing))
    for one in standing or ():
        if one.opened.measure == "end-response" and one.state == "released":
            found.setdefault(one.subject, []).append(Opened("summary", int(one.over)))
    return found


def asked(kind: str, subject: Subject, at: int, standing: Sequence[Standing]) -> Opened:
    """A request with those of its checks that hold."""
    if kind == "closing_asked":
        free = running(standing, ("response-runs", "summary"), at, None) == 0
        return Opened("close-headquarters", at, frozenset(("responses-run",) if free else ()))
    open_areas = running(standing, ("control-area",), at, subject)
    isolated = running(standing, ("isolated",), at, subject)
    holds = {"areas-open": open_areas == 0, "contacts-isolated": isolated == 0}
    return Opened("end-response", at, frozenset(name for name, free in holds.items() if free))


def streams_of(rows: Sequence[Row]) -> dict[Subject, dict[str, list[Evidence]]]:
    """Every fact as evidence of its kind, numbered as it comes."""
    found: dict[Subject, dict[str, list[Evidence]]] = {}
    seen: Counter[str] = Counter()
    for kind, values, at in rows:
        subject = Subject(FACTS[kind], values[FACTS[kind]])
        found.setdefault(subject, {}).setdefault(kind, []).append(Evidence(at, at, seen[kind]))
        seen[kind] += 1
    return found


def loops_of(rows: Sequence[Row], as_of: int) -> list[tuple[str, str, int, str]]:
    """Subject, measure, opening and state of every loop, by the kernel."""
    written = [(kind, {**values, "at": show_instant(at, PLAN.zone)}) for kind, values, at in rows]
    facts, complaints = Facts.from_rows(PLAN.kinds, written, PLAN.zone)
    assert facts is not None, complaints
    found = evaluate(PLAN, facts, as_of).loops().to_pylist()
    return sorted((row["subject"], row["measure"], row["opened"], row["state"]) for row in found)


@pytest.mark.parametrize("part", range(3))
def test_loops_settle_as_the_plain_reading_of_the_page_says(part: int) -> None:
    states: set[tuple[str, str]] = set()
    for seed in range(part, times(450), 3):
        rows, as_of = some_rows(seed), START + Random(seed).choice((24, 72, 73, 97)) * HOUR

        def ask(standing: Sequence[Standing] | None, rows: list[Row] = rows, as_of: int = as_of) -> Openings:
            return openings_of(rows, standing, as_of)

        standing = settle(PLAN.measures, streams_of(rows), ask, as_of, PLAN.zone)
        plainly = sorted((one.subject.name, one.opened.measure, one.opened.t0, one.state) for one in standing)
        assert loops_of(rows, as_of) == plainly, f"some_rows({seed})"
        states |= {(measure, state) for _, measure, _, state in plainly}
    assert {("end-response", "held"), ("end-response", "released"), ("summary", "held")} <= states
    assert {("close-headquarters", "held"), ("close-headquarters", "released")} <= states


def test_loops_of_subjects_evaluated_elsewhere_can_be_handed_in() -> None:
    rows: list[tuple[str, Mapping[str, object]]] = [("end_asked", {"response": "甲", "at": "2020-12-03T09:00"})]
    elsewhere = {"area": "一村", "measure": "control-area", "opened_at": "2020-12-01T09:00", "response": "甲"}
    states = {}
    for name, more in (("alone", []), ("together", [("area_loop_running", elsewhere)])):
        facts, complaints = Facts.from_rows(PLAN.kinds, [*rows, *more], PLAN.zone)
        assert facts is not None, complaints
        (loop,) = evaluate(PLAN, facts, START + 72 * HOUR).loops().to_pylist()
        states[name] = (loop["state"], loop["waits_for"])
    assert states == {"alone": ("held", "declare"), "together": ("held", "areas-open")}
