"""Who answers for what a plan gives to "the town", "the village", "the publicity department"."""

from __future__ import annotations

import pytest

from lianfang.core.language.measure import Words
from lianfang.core.language.organisation import Group, Organisation, Unit
from lianfang.core.obligations.responsible import Responsible


def unit(id: str, zh: str, kind: str, *aliases: str) -> Unit:
    """A unit of the made-up district."""
    return Unit(id, Words(zh, id), aliases, kind)


UNITS = (
    unit("hq", "区疫情防控指挥部", "headquarters"),
    unit("publicity", "区委宣传部", "department", "宣传"),
    unit("health", "区卫生健康局", "department", "区卫健局"),
    unit("office", "街道办事处", "subdistrict"),
    unit("east", "东镇", "town"),
    unit("west", "西镇", "town"),
    unit("bridge", "桥头村", "village"),
    unit("bridge-cell", "桥头网格", "cell"),
    unit("site", "第一隔离点", "isolation_site"),
)
DISTRICT = Organisation(
    {one.id: one for one in UNITS}, {"towns": Group("towns", Words("各镇", "the towns"), ("east", "west"))}
)
HOME = "hq/east/bridge/bridge-cell/"


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("区卫生健康局", "health"),
        ("区卫健局", "health"),
        ("west", "west"),
        ("各镇", "east"),
        ("镇街", "east"),
        ("镇街疫情防控指挥部", "east"),
        ("街道办事处", "east"),
        ("社区（村）居委会", "bridge"),
        ("网格员", "bridge-cell"),
        ("宣传部门", "publicity"),
        ("区农业农村局", "hq"),
        ("市疾控中心", "hq"),
        ("县市区", "hq"),
        ("场所负责人", "bridge-cell"),
        ("隔离点", "bridge-cell"),
        ("", "bridge-cell"),
        ("教育、宣传部门", "publicity"),
    ],
)
def test_the_plans_words_mean_the_unit_above_the_subject(by: str, expected: str) -> None:
    assert Responsible(DISTRICT).unit(by, HOME) == expected


def test_a_word_for_a_site_means_the_site_somebody_is_at() -> None:
    assert Responsible(DISTRICT).unit("隔离点", "hq/health/site/") == "site"


def test_outside_every_town_the_named_subdistrict_itself_is_meant() -> None:
    assert Responsible(DISTRICT).unit("街道办事处", "hq/health/") == "office"


def test_somebody_who_belongs_nowhere_is_nobodys() -> None:
    assert Responsible(DISTRICT).unit("镇街", "") == ""
