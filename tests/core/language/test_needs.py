"""Which columns a plan looks at: evaluating from only those gives what evaluating from all gives."""

from __future__ import annotations

from pathlib import Path

from bench import yardstick_facts
from bench.folders import write_facts
from lianfang.core.language.needs import needed_columns
from lianfang.core.obligations.evaluate import arrow_rows, evaluate
from lianfang.reach.fact_files import read_facts
from lianfang.reach.packs import load_pack

YARDSTICK = Path(__file__).parents[3] / "bench" / "packs" / "yardstick"


def test_a_plan_that_asks_for_tests_and_origins_needs_just_their_columns() -> None:
    plan, complaints = load_pack(str(YARDSTICK))
    assert plan is not None, complaints
    needs = needed_columns(plan)
    assert needs["arrival"] == {"at", "origin"}
    assert needs["area_level"] == {"from", "level"}
    assert needs["test"] == {"sampled_at", "resulted_at", "result"}
    assert needs["health_check"] == {"at"}
    assert "stay" not in needs


def test_reading_only_what_is_needed_changes_no_obligation(tmp_path: Path) -> None:
    plan, _ = load_pack(str(YARDSTICK))
    assert plan is not None
    write_facts(yardstick_facts.make_facts(300), tmp_path)
    needs = needed_columns(plan)
    everything, _ = read_facts(tmp_path, plan.kinds, plan.zone)
    needed, _ = read_facts(tmp_path, plan.kinds, plan.zone, only=needs, columns=needs)
    assert everything is not None
    assert needed is not None
    assert needed.tables["health_check"].num_columns < everything.tables["health_check"].num_columns
    rows = [arrow_rows(evaluate(plan, facts, yardstick_facts.AS_OF).result) for facts in (everything, needed)]
    assert rows[0].num_rows > 5_000
    assert rows[0].equals(rows[1])
