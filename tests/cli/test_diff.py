"""`lianfang diff` and `lianfang what-if`: what is printed, what other programs read, what is refused."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Typed

AS_OF = "2020-06-01T09:00"


@pytest.fixture
def packs(root: Path) -> Path:
    """The folder with the two plans that are compared."""
    return root / "tests" / "core" / "difference" / "packs"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_printed_difference_is_the_golden_one(typed: Typed, packs: Path, lang: str) -> None:
    """To renew: `lianfang diff packs/fourteen packs/seven --lang zh > golden/diff.zh.txt`, and read what changed."""
    done = typed("diff", packs / "fourteen", packs / "seven", "--lang", lang)
    assert done.exit_code == 0, done.output
    golden = (packs.parent / "golden" / f"diff.{lang}.txt").read_text(encoding="utf-8")
    assert [line.rstrip() for line in done.output.splitlines()] == [line.rstrip() for line in golden.splitlines()]


def test_two_equal_plans_have_no_difference(typed: Typed, packs: Path) -> None:
    done = typed("diff", packs / "seven", packs / "seven")
    assert done.exit_code == 0
    assert "两份预案没有不同。" in done.output


def test_the_difference_for_programs_has_every_change_under_its_clause(typed: Typed, packs: Path) -> None:
    found = json.loads(typed("diff", packs / "fourteen", packs / "seven", "--json").output)
    assert found["schema"] == "lianfang.diff/1"
    assert [group["clause"] for group in found["groups"]] == ["1.a", "1.b", "1.g", "1.f", None]
    stage = next(c for g in found["groups"] for c in g["changes"] if c["id"] == "central")
    assert stage["fields"][0]["before"] == {"zh": "14 天", "en": "14 days"}
    assert stage["because"] == ["central_days"]
    assert {"before": "red-code", "after": None, "how": None} in found["pairs"]


def test_the_screen_says_who_is_released_when(typed: Typed, packs: Path, facts: Path) -> None:
    words = ("what-if", packs / "fourteen", packs / "seven", "--facts", facts, "--as-of", AS_OF)
    done = typed(*words, "--lang", "en")
    assert done.exit_code == 0, done.output
    assert "11 days earlier" in done.output
    assert "2020-06-15 00:00   2020-06-04 00:00" in done.output
    assert "test on day 5" in done.output
    assert "提前 11 天" in typed(*words).output


def test_nothing_changes_for_anybody_under_the_same_plan(typed: Typed, packs: Path, facts: Path) -> None:
    done = typed("what-if", packs / "seven", packs / "seven", "--facts", facts, "--as-of", AS_OF)
    assert done.exit_code == 0, done.output
    assert "对任何人都没有变化。" in done.output


def test_the_what_if_for_programs_is_complete(typed: Typed, packs: Path, facts: Path) -> None:
    words = ("what-if", packs / "fourteen", packs / "seven", "--facts", facts, "--as-of", AS_OF, "--json")
    found = json.loads(typed(*words).output)
    assert found["schema"] == "lianfang.what-if/1"
    assert found["days"][0] == "2020-06-01"
    assert len(found["days"]) == len(found["rooms"]["before"]) == len(found["tubes"]["after"]) == 21
    moved = {row["subject"]: (row["release_before"], row["release_after"], row["days"]) for row in found["releases"]}
    assert moved["甲"] == ("2020-06-15T00:00:00+08:00", "2020-06-04T00:00:00+08:00", -11)
    assert found["loops"] == []
    fifth = next(o for o in found["owed"] if o["requirement_after"] == "fifth-day")
    assert (fifth["added"], fifth["removed"], fifth["evidence"]["kind"]) == (2, 0, "test")


def test_the_keys_are_those_of_their_page(typed: Typed, packs: Path, facts: Path, root: Path) -> None:
    page = (root / "docs" / "difference.md").read_text(encoding="utf-8")
    pair = (packs / "fourteen", packs / "seven")
    found = [json.loads(typed("diff", *pair, "--json").output)]
    found.append(json.loads(typed("what-if", *pair, "--facts", facts, "--as-of", AS_OF, "--json").output))
    assert sorted(key for key in {k for whole in found for k in _keys(whole)} if f"`{key}`" not in page) == []


def _keys(value: object) -> set[str]:
    if isinstance(value, dict):
        return set(value).union(*(_keys(part) for part in value.values()))
    return set().union(*(_keys(part) for part in value)) if isinstance(value, list) else set()


def test_more_than_fifty_rows_are_cut_and_counted(typed: Typed, packs: Path, facts: Path) -> None:
    lines = "".join(f"b{n},p{n:03},2020-05-25T14:00\n" for n in range(80))
    (facts / "arrival.csv").write_text("id,person,at\n" + lines, encoding="utf-8")
    (facts / "test.csv").unlink()
    words = ("what-if", packs / "fourteen", packs / "seven", "--facts", facts, "--as-of", AS_OF)
    short, long = typed(*words).output, typed(*words, "--all").output
    assert "另有 30 行" in short
    assert "p079" not in short
    assert "p079" in long


def test_plans_that_contradict_each_other_about_a_form_that_is_filled_in_are_refused(
    typed: Typed, packs: Path, facts: Path, tmp_path: Path
) -> None:
    for name, kind in (("one", "number"), ("two", "text")):
        shutil.copytree(packs / "seven", tmp_path / name)
        form = "form: roll\nname: {zh: 名册, en: roll}\nsubject: person\ntime: at\ncolumns:\n"
        form += "  at: {type: time, required: true, zh: 时间, en: at}\n"
        form += f"  listed: {{type: {kind}, zh: 登记, en: listed}}\n"
        (tmp_path / name / "forms.yaml").write_text(form, encoding="utf-8")
        head = (tmp_path / name / "plan.yaml").read_text(encoding="utf-8").replace("plan: seven", f"plan: {name}")
        (tmp_path / name / "plan.yaml").write_text(head, encoding="utf-8")
    words = ("what-if", tmp_path / "one", tmp_path / "two", "--facts", facts, "--as-of", AS_OF)
    assert typed(*words).exit_code == 0  # nobody has filled it in: no matter
    (facts / "roll.csv").write_text("id,person,at,listed\nr1,甲,2020-05-25T14:00,1\n", encoding="utf-8")
    done = typed(*words)
    assert done.exit_code == 2, done.output
    assert "roll" in done.stderr
    assert "listed" in done.stderr


def test_an_unknown_plan_is_refused(typed: Typed, packs: Path) -> None:
    done = typed("diff", packs / "seven", "no-such-plan")
    assert done.exit_code == 2
    assert "no-such-plan" in done.stderr
