"""What a district lacks for its plan: need, held, gap and the reason, from a folder of facts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from tests.cli.conftest import Typed

QILIN, YANTAI = "qilin-2020-12", "yantai-2020-05"
JIANOU, TAIPING = "jianou-subdistrict-2020-autumn", "taiping-2020-01"


def folder(path: Path, **kinds: str) -> Path:
    """A folder of facts, one CSV a kind."""
    for kind, text in kinds.items():
        (path / f"{kind}.csv").write_text(text, encoding="utf-8")
    return path


def figure(typed: Typed, pack: str, facts: Path, as_of: str, id: str) -> Mapping[str, object]:
    """One indicator of the JSON answer."""
    done = typed("evaluate", pack, "--facts", facts, "--as-of", as_of, "--format", "json")
    assert done.exit_code == 0, done.output
    return next(found for found in json.loads(done.output)["indicators"] if found["indicator"] == id)


def lacks(found: Mapping[str, object]) -> tuple[object, object, object]:
    return found["need"], found["held"], found["gap"]


def shown(typed: Typed, pack: str, facts: Path, as_of: str, lang: str = "zh") -> str:
    done = typed("evaluate", pack, "--facts", facts, "--as-of", as_of, "--lang", lang)
    assert done.exit_code == 0, done.output
    return " ".join(done.output.split())


def test_a_district_that_cannot_test_everybody_in_five_days_is_told_how_many_tubes_it_lacks(
    typed: Typed, tmp_path: Path
) -> None:
    facts = folder(
        tmp_path,
        mass_test_plan="response,at,population,sites,teams,pool,tubes_per_day\n"
        "甲案,2020-12-22T09:00,1000000,200,210,10,15000\n",
    )
    found = figure(typed, QILIN, facts, "2020-12-22T10:00", "five-day-test")
    assert lacks(found) == (20_000, 15_000, 5_000)
    screen = shown(typed, QILIN, facts, "2020-12-22T10:00")
    assert "20,000 / 15,000 / 5,000" in screen
    assert "依据 6.g；需要 = ceil(people / (pool * $mass_test.days))" in screen
    assert "全员核酸完成天数 $mass_test.days = 5" in screen
    assert "甲案 需要 20,000，现有 15,000，缺 5,000" in screen
    assert "测算不超期" in screen


def test_a_school_with_more_than_600_pupils_for_each_health_worker_is_told_how_many_it_lacks(
    typed: Typed, tmp_path: Path
) -> None:
    facts = folder(
        tmp_path,
        school_staffing="place,at,pupils,full_time,teachers\n"
        "学校甲,2020-06-04T09:00,1500,2,0\n学校乙,2020-06-04T09:00,1200,2,0\n",
    )
    found = figure(typed, YANTAI, facts, "2020-06-05T09:00", "school-health-workers")
    assert lacks(found) == (5, 4, 1)
    assert "学校甲 需要 3，现有 2，缺 1" in str(found["reason"])
    screen = shown(typed, YANTAI, facts, "2020-06-05T09:00", "en")
    assert "5 / 4 / 1" in screen
    assert "clause 2.9.e3; need = ceil(pupils / $school.pupils_per_worker)" in screen
    assert "pupils per health worker $school.pupils_per_worker = 600" in screen
    assert "学校甲 needs 3, has 2, lacks 1" in screen


def test_a_subdistrict_with_34_of_35_investigators_and_8_of_9_sampling_points(typed: Typed, tmp_path: Path) -> None:
    villages = "".join(f"村{number},2020-09-10T08:00\n" for number in range(1, 10))
    points = "".join(f"村{number},2020-09-12T08:00,采样点{number}\n" for number in range(1, 9))
    facts = folder(
        tmp_path,
        pool_total="unit,at,pool,total,village_sum,villages\n街道,2020-09-20T09:00,investigation,34,34,9\n",
        village="area,at\n" + villages,
        point_linked="area,at,point\n" + points,
    )
    as_of = "2020-09-21T09:00"
    assert lacks(figure(typed, JIANOU, facts, as_of, "investigators")) == (35, 34, 1)
    assert lacks(figure(typed, JIANOU, facts, as_of, "sampling-points")) == (9, 8, 1)
    screen = shown(typed, JIANOU, facts, as_of)
    assert "流调员总数 $pool.investigators = 35" in screen
    assert "街道 需要 35，现有 34，缺 1" in screen
    assert "依据 3.5.1.1.a；需要 = villages * $points.per_village" in screen
    assert "villages = 9" in screen
    assert "已设采样点" in screen  # the ninth village, overdue


def test_a_roster_of_twenty_eight_lacks_one_post(typed: Typed, tmp_path: Path) -> None:
    facts = folder(
        tmp_path,
        group_roster="document,at,leaders,executives,deputies,members\n名单,2020-01-26T10:00,1,1,4,22\n",
    )
    found = figure(typed, TAIPING, facts, "2020-01-26T11:00", "roster-posts")
    assert lacks(found) == (29, 28, 1)
    screen = shown(typed, TAIPING, facts, "2020-01-26T11:00")
    assert "29 / 28 / 1" in screen
    assert "依据 A.b" in screen
    assert "名单成员人数 $roster.members = 23" in screen
    assert "名单 需要 29，现有 28，缺 1" in screen
    assert "成员人数" in screen
