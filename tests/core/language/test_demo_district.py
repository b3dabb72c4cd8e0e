"""Five plans in one made-up district: free of faults as written, and open about every conflict if nothing is chosen."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from lianfang.core.cases import run_all
from lianfang.core.city.city import make_city
from lianfang.core.complaint import Complaint
from lianfang.core.language.adapt import adapt
from lianfang.core.language.book import Book
from lianfang.core.language.extend import Pack, gather
from lianfang.core.language.load import load
from lianfang.core.language.plan import Plan
from lianfang.core.obligations.evaluate import evaluate
from lianfang.reach.city_files import write_city
from lianfang.reach.fact_files import read_facts
from lianfang.reach.packs import PACKS, read_pack

DISTRICT = "demo-district"
CHOICES = ("without", "rename", "overrides")
ISOLATING = {"central", "home", "home-isolation", "home-health", "isolation"}
EVENINGS = (1_591_797_600, 1_593_525_600)  # 22:00 on 10 and 30 June 2020
DOCUMENTS = ("measure", "parameter", "selection", "indicator", "kind")


@cache
def files_of(name: str) -> dict[str, str]:
    folder = PACKS / name
    return read_pack(folder)[0]


def undecided() -> dict[str, str]:
    """The district with what it says about conflicts taken out of plan.yaml."""
    kept, skipping = [], False
    for line in files_of(DISTRICT)["plan.yaml"].splitlines():
        if re.match(r"\w", line):
            skipping = line.partition(":")[0] in CHOICES
        if not skipping:
            kept.append(line)
    return {**files_of(DISTRICT), "plan.yaml": "\n".join(kept) + "\n"}


@cache
def decided() -> tuple[Plan | None, tuple[Complaint, ...]]:
    return load(files_of(DISTRICT), files_of, files_of("vocabulary"))


def packs(files: dict[str, str]) -> tuple[Pack, ...]:
    book = Book()
    found = gather(files, files_of, book)
    assert not book.refused
    return found


def conflicts(gathered: tuple[Pack, ...]) -> dict[tuple[str, str], list[str]]:
    """Ids that several packs give to the same kind of document, with the places of all but the first."""
    places: dict[tuple[str, str], list[str]] = {}
    for pack in gathered:
        for document in pack.documents:
            if document.kind in DOCUMENTS and document.id:
                places.setdefault((document.kind, document.id), []).append(document.id_place.text)
    return {key: found for key, found in places.items() if len(found) > 1}


def test_the_composed_plan_has_neither_errors_nor_warnings() -> None:
    plan, complaints = decided()
    assert complaints == ()
    assert plan is not None
    assert len(plan.packs) == 6


def test_every_case_of_the_composed_plan_holds() -> None:
    plan, _ = decided()
    assert plan is not None
    outcomes = {case.id: wrong for case, wrong in run_all(plan)}
    assert len(outcomes) >= 12
    assert {id: wrong for id, wrong in outcomes.items() if wrong} == {}


def test_without_its_choices_every_conflict_is_reported_with_both_places() -> None:
    _, complaints = load(undecided(), files_of, files_of("vocabulary"))
    told = {c.place: c.allowed for c in complaints if c.id == "pack:conflict"}
    expected = conflicts(packs(undecided()))
    assert len(expected) >= 40
    for first, *later in expected.values():
        for place in later:
            assert told[place] == first
    assert sum(len(places) - 1 for places in expected.values()) == len(told)


def test_the_only_ids_written_twice_after_the_choices_are_those_the_district_overrides() -> None:
    adapted = adapt(packs(files_of(DISTRICT)))
    for kind, id in conflicts(adapted):
        assert adapted[-1].overrides(kind, id), (kind, id)


@pytest.mark.parametrize("key", CHOICES)
def test_no_choice_can_be_taken_back_unnoticed(key: str) -> None:
    text = files_of(DISTRICT)["plan.yaml"]
    without = re.sub(rf"^{key}:\n(?:(?:[ #].*)?\n)*", "", text, flags=re.MULTILINE)
    assert without != text
    plan, complaints = load({**files_of(DISTRICT), "plan.yaml": without}, files_of, files_of("vocabulary"))
    assert plan is None
    assert "pack:conflict" in {c.id for c in complaints}


def test_every_choice_gives_its_reason_in_both_languages() -> None:
    lines = (PACKS / DISTRICT / "plan.yaml").read_text(encoding="utf-8").splitlines()
    comment, reasoned, choosing = "", 0, False
    for line in lines:
        if re.match(r"\w", line):
            choosing = line.partition(":")[0] in CHOICES
        stripped = line.strip()
        if stripped.startswith("#"):
            comment = stripped
        elif choosing and (stripped.startswith("- ") or re.fullmatch(r"[\w.-]+: [\w.-]+", stripped)):
            assert re.search(r"[\u4e00-\u9fff].* / .*[a-z]", comment), line
            reasoned += 1
    assert reasoned >= 40


def test_a_renamed_thing_is_followed_by_all_that_speaks_of_it() -> None:
    plan, _ = decided()
    assert plan is not None
    measures = {measure.id: measure for measure in plan.measures}
    assert plan.selections[measures["opinion-question"].opening.on].kind == "opinion_question"
    assert plan.selections[measures["public-question"].opening.on].kind == "public_question"
    assert "contact-isolation" in measures["confirmed-case"].supersedes
    assert {i.of for i in plan.indicators} >= {"contact-isolation/admission", "contact-isolation/nat"}


def test_the_district_has_its_towns_villages_and_cells() -> None:
    plan, _ = decided()
    assert plan is not None
    kinds = [unit.kind for unit in plan.organisation.units.values()]
    assert (kinds.count("town"), kinds.count("village"), kinds.count("cell")) == (4, 20, 20)
    assert plan.organisation.groups["four-towns"].members == ("qingxi", "baishi", "jingu", "yunwan")


def test_nobody_in_a_made_up_city_is_in_two_isolation_loops(tmp_path: Path) -> None:
    plan, _ = decided()
    assert plan is not None
    write_city(make_city(400, 7), tmp_path)
    facts, complaints = read_facts(tmp_path, plan.kinds, plan.zone)
    assert facts is not None, complaints
    for evening in EVENINGS:
        rows = evaluate(plan, facts, evening).loops().to_pylist()
        isolated = [
            row["subject"]
            for row in rows
            if row["stage"] in ISOLATING and row["state"] in ("running", "held", "suspended")
        ]
        assert len(isolated) > 30
        assert len(isolated) == len(set(isolated))
