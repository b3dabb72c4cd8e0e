"""The code knows no disease and no district: a sixth plan for another disease needs no programmer."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.architecture.sources import PACKAGE, PACKS, ROOT, name

DISEASES = (
    "corona covid sars mers ebola influenza zika measles cholera dengue tuberculosis plague mpox monkeypox omicron "
    "polio norovirus hantavirus h1n1 h7n9 h5n1"
).split()
DISEASES_ZH = "新冠 冠状病毒 非典 流感 埃博拉 霍乱 鼠疫 登革 麻疹 猴痘 结核 手足口 诺如 德尔塔 奥密克戎 肺炎".split()
PLACES = (
    "anhui fujian gansu guangdong guangxi guizhou hainan hebei heilongjiang henan hubei hunan jiangsu "
    "jiangxi jilin liaoning ningxia qinghai shaanxi shandong shanxi sichuan xinjiang xizang tibet yunnan "
    "zhejiang beijing tianjin chongqing shanghai meishan qujing fuxin nanping wuhan guangzhou harbin "
    "ruili dalian mindong shuiquan"
).split()
PLACES_ZH = (
    "东坡 眉山 眉东 麒麟 曲靖 太平 阜新 烟台 建瓯 南平 四川 云南 辽宁 山东 福建 武汉 湖北 北京 上海 广东 "
    "广州 黑龙江 哈尔滨 吉林省 河北 河南 浙江 江苏 新疆 西藏 内蒙古 重庆 天津 水泉镇 渤海 青岛"
).split()
GENERIC = {"demo", "subdistrict", "autumn", "winter", "spring", "summer", "plan", "district", "city", "vocabulary"}


def plan_words() -> list[str]:
    """The place names in the ids of the shipped packs."""
    parts = {part for folder in PACKS.iterdir() if folder.is_dir() for part in folder.name.split("-")}
    return sorted(part for part in parts if part.isalpha() and len(part) > 3 and part not in GENERIC)


def pattern() -> re.Pattern[str]:
    """Any of the words; Latin ones only as the beginning of a word, so that `numbers` is not a disease."""
    latin = "|".join(map(re.escape, (*DISEASES, *PLACES, *plan_words())))
    chinese = "|".join((*DISEASES_ZH, *PLACES_ZH))
    return re.compile(rf"(?<![a-z])(?:{latin})(?![a-z])|{chinese}", re.IGNORECASE)


def texts() -> list[Path]:
    """Every text of the product outside the packs, and the fact vocabulary inside them."""
    kinds = {".py", ".yaml", ".yml", ".toml", ".json", ".txt", ".csv", ".html", ".sql"}
    found = [path for path in PACKAGE.rglob("*") if path.is_file() and path.suffix in kinds]
    return [p for p in found if PACKS not in p.parents or PACKS / "vocabulary" in p.parents]


def lines_for_people(path: Path) -> list[tuple[int, str]]:
    """The lines of a file; in the vocabulary without the lists of the plans that need a kind."""
    numbered = list(enumerate(path.read_text(encoding="utf-8").splitlines(), 1))
    if PACKS not in path.parents:
        return numbered
    own = re.compile("|".join(re.escape(f.name) for f in PACKS.iterdir() if f.is_dir() and f.name != "vocabulary"))
    return [(number, line) for number, line in numbered if not own.search(line)]


def test_no_disease_district_or_plan_is_named_outside_the_packs() -> None:
    word = pattern()
    found = [
        f"{name(path)}:{number}: {match[0]}"
        for path in texts()
        for number, line in lines_for_people(path)
        if (match := word.search(line))
    ]
    assert texts()
    assert found == []


@pytest.mark.parametrize(
    "text", ["is_covid = 1", "COVID-19", "def wuhan_rule()", "烟台市", "新冠肺炎", "tests for SARS"]
)
def test_the_search_finds_names(text: str) -> None:
    assert pattern().search(text)


@pytest.mark.parametrize("text", ["numbers", "customers", "the district", "influential", "太空"])
def test_the_search_leaves_ordinary_words_alone(text: str) -> None:
    assert not pattern().search(text)


def test_the_plans_own_place_names_are_among_the_words() -> None:
    shipped = {folder.name.split("-")[0] for folder in PACKS.iterdir() if (folder / "plan.yaml").exists()}
    assert shipped - GENERIC <= set(plan_words())


def test_no_machine_path_and_no_package_index_is_written_down() -> None:
    own = Path(__file__)
    folders = (ROOT / "src", ROOT / "docs", ROOT / "tests", ROOT / "bench", ROOT / ".ci")
    paths = [
        p
        for folder in folders
        for p in folder.rglob("*")
        if p.is_file() and p.suffix not in {".png", ".pyc", ".parquet"}
    ]
    paths += [ROOT / n for n in ("README.md", "CONTRIBUTING.md", "pyproject.toml", "Makefile")]
    machine = re.compile(r"(?<![\w.])/(?:home|root|Users|tmp|work)/\w|pypi\.org|index-url|mirrors?\.")
    paths = [p for p in paths if p != own and "__pycache__" not in p.parts and not p.suffix.startswith(".nb")]
    found = [name(p) for p in paths if machine.search(p.read_text(encoding="utf-8", errors="replace"))]
    assert found == []
