"""Chains of infection: generations, offspring, serial intervals, likely sources."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.core.contacts.chains import Link, chains, likely_sources, offspring, serial_intervals
from lianfang.core.contacts.classes import Exposure

DAY = 86_400
LINELISTS = Path(__file__).parents[4] / "shared" / "data" / "linelists"

links = st.lists(st.builds(Link, st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh")), max_size=15)


@given(links)
def test_every_case_stands_in_one_chain_at_most_one_below_a_source(found: list[Link]) -> None:
    every = chains("abcdefgh", found)
    assert sorted(case for chain in every for case in chain.cases) == list("abcdefgh")
    generation = {case: g for chain in every for case, g in chain.generation.items()}
    assert all(generation[link.infected] <= generation[link.source] + 1 for link in found)


def test_generations_count_from_the_case_nobody_infected() -> None:
    (chain, alone) = chains("abcd", [Link("a", "b"), Link("b", "c"), Link("a", "c")])
    assert chain.generation == {"a": 0, "b": 1, "c": 1}
    assert alone.cases == ("d",)


def test_a_ring_has_a_beginning_all_the_same() -> None:
    (chain,) = chains("ab", [Link("b", "a"), Link("a", "b")])
    assert chain.generation == {"a": 0, "b": 1}


def test_who_infected_nobody_counts_zero() -> None:
    assert offspring("abc", [Link("a", "b"), Link("a", "c")]) == {"a": 2, "b": 0, "c": 0}


def test_the_likeliest_source_fits_the_usual_time_between_onsets() -> None:
    met = [Exposure("c", "a", 0, 9000), Exposure("c", "b", 0, 600), Exposure("c", "late", 20 * DAY, 21 * DAY)]
    found = likely_sources("c", met, {"a": 0, "b": 5 * DAY, "c": 10 * DAY}, usual_days=(3, 7))
    assert [(s.source, s.days_between, s.usual) for s in found] == [("b", 5, True), ("a", 10, False)]


def rows(name: str) -> list[dict[str, str]]:
    if not LINELISTS.is_dir():
        pytest.skip("no shared data beside the checkout")
    with (LINELISTS / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_the_hospital_outbreak_of_2015_has_98_links_and_its_greatest_spreader_38() -> None:
    cases = [row["id"] for row in rows("mers_korea_2015_linelist.csv")]
    linked = [Link(row["from"], row["to"]) for row in rows("mers_korea_2015_contacts.csv")]
    assert (len(cases), len(linked)) == (162, 98)
    assert next(iter(offspring(cases, linked).items())) == ("SK_14", 38)


def test_its_serial_intervals_are_those_of_the_line_list() -> None:
    epoch = date(1970, 1, 1)
    onset = {
        row["id"]: (date.fromisoformat(row["dt_onset"]) - epoch).days * DAY
        for row in rows("mers_korea_2015_linelist.csv")
        if row["dt_onset"]
    }
    listed = rows("mers_korea_2015_contacts.csv")
    found = serial_intervals((Link(row["from"], row["to"]) for row in listed), onset)
    known = {Link(r["from"], r["to"]): int(r["diff_dt_onset"]) for r in listed if r["diff_dt_onset"] not in ("", "NA")}
    assert found == known
