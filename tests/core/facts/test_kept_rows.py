"""Rows that were checked when they were recorded give the same facts as rows read from a file."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from lianfang.core.facts.facts import Facts
from lianfang.core.facts.kept_rows import from_kept_rows
from lianfang.core.facts.vocabulary import Kind
from lianfang.reach.packs import load_pack

ZONE = 28_800
NOON = datetime(2021, 1, 10, 4, tzinfo=UTC)
PACK = Path(__file__).parents[2] / "fixtures" / "packs" / "town"

Row = tuple[str, dict[str, object]]


@cache
def kinds() -> dict[str, Kind]:
    """The kinds of fact of the small town."""
    plan, complaints = load_pack(PACK)
    assert plan is not None, complaints
    return dict(plan.kinds)


people = st.sampled_from(["P-1", "P-2", "P-3"])
times = st.integers(0, 40 * 24).map(lambda hours: NOON + timedelta(hours=hours))


def sampled_row(person: str, at: datetime, number: int, result: str) -> Row:
    """A test with its result on the next day."""
    known = (at + timedelta(days=1)).astimezone(UTC).isoformat()
    own = {"person": person, "sampled_at": at, "test": "nucleic_acid", "result": result, "resulted_at": known}
    return "test", {"id": f"t{number}", "recorded_at": at, "corrects": None, "said_by": "a@b", **own}


sampled_row.__test__ = False  # type: ignore[attr-defined]


def check_row(person: str, at: datetime, number: int, warm: float, ill: bool) -> Row:
    """A health check."""
    own = {"person": person, "at": at, "temperature": warm, "symptoms": ill}
    return "health_check", {"id": f"h{number}", "recorded_at": at, "corrects": None, "said_by": "a@b", **own}


def arrival_row(person: str, at: datetime, number: int, origin: str) -> Row:
    """An arrival from an area."""
    own = {"person": person, "at": at, "origin": origin}
    return "arrival", {"id": f"a{number}", "recorded_at": at, "corrects": None, "said_by": "a@b", **own}


number = st.integers(0, 10**6)
rows = st.lists(
    st.one_of(
        st.builds(sampled_row, people, times, number, st.sampled_from(["negative", "positive"])),
        st.builds(check_row, people, times, number, st.floats(35, 41), st.booleans()),
        st.builds(arrival_row, people, times, number, st.sampled_from(["远区", "近区"])),
    ),
    max_size=20,
    unique_by=lambda row: str(row[1]["id"]),
)


def spelled(facts: Facts) -> dict[str, list[dict[str, object]]]:
    """Every fact with names instead of codes, without columns of which nothing is known."""
    found: dict[str, list[dict[str, object]]] = {}
    for kind, table in facts.tables.items():
        columns = facts.kinds[kind].columns
        found[kind] = [
            {
                name: facts.name(columns[name].to or "", value)
                if name in columns and columns[name].to is not None and isinstance(value, int)
                else value
                for name, value in row.items()
                if value is not None
            }
            for row in table.to_pylist()
        ]
    return found


@settings(max_examples=60, deadline=None)
@given(rows)
def test_kept_rows_and_written_rows_give_the_same_facts(given_rows: list[Row]) -> None:
    checked, complaints = Facts.from_rows(kinds(), given_rows, ZONE)

    assert checked is not None, complaints
    assert spelled(from_kept_rows(kinds(), given_rows, ZONE)) == spelled(checked)


def test_a_value_that_an_earlier_plan_kept_otherwise_is_unknown() -> None:
    kept: list[Row] = [("health_check", {"id": "h", "person": "P-1", "at": NOON, "temperature": "warm", "shoe": 42})]

    facts = from_kept_rows(kinds(), [*kept, ("no_such_kind", {"id": "x"})], ZONE)

    assert set(facts.tables) == {"health_check"}
    assert facts.tables["health_check"].to_pylist() == [
        {"id": "h", "person": 0, "at": int(NOON.timestamp()), "temperature": None}
    ]


def test_instants_between_two_seconds_belong_to_the_earlier() -> None:
    late = NOON + timedelta(microseconds=999_999)

    facts = from_kept_rows(kinds(), [("arrival", {"id": "a", "person": "P-1", "at": late})], ZONE)

    assert facts.tables["arrival"]["at"].to_pylist() == [int(NOON.timestamp())]
