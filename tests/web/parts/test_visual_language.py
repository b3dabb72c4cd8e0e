"""The colours hold their contrast, nothing comes from elsewhere, and no page needs what the content policy refuses."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import lianfang.web
from lianfang.web.parts.assets import SCRIPTS, STYLES

WEB = Path(lianfang.web.__file__).parent
STATIC = WEB / "static"
TOKENS = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", (STATIC / "css/tokens.css").read_text(encoding="utf-8")))
TEMPLATES = sorted(WEB.glob("*/templates/**/*.html"))


def brightness(colour: str) -> float:
    """Relative luminance of a colour (WCAG 2)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast of two named colours, 1 to 21."""
    light, dark = sorted((brightness(TOKENS[one]), brightness(TOKENS[other])), reverse=True)
    return (light + 0.05) / (dark + 0.05)


TEXTS = [
    *((text, ground) for text in ("ink", "second", "third", "accent") for ground in ("sheet", "page", "group")),
    *((f"{word}-text", ground) for word in ("met", "due", "overdue", "held") for ground in ("sheet", f"{word}-ground")),
    ("accent", "accent-ground"),
    ("ink", "accent-ground"),
    ("sheet", "accent"),
    ("ink", "conflict-row"),
    ("overdue-text", "refused-row"),
    ("third", "faint"),
]


@pytest.mark.parametrize(("text", "ground"), TEXTS)
def test_every_text_stands_out_from_its_ground(text: str, ground: str) -> None:
    assert contrast(text, ground) >= 4.5


@pytest.mark.parametrize("mark", ["met", "due", "overdue", "held", "rest"])
def test_every_status_shape_stands_out_from_the_sheet(mark: str) -> None:
    assert contrast(mark, "sheet") >= 3


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_page_carries_what_the_content_policy_refuses(template: Path) -> None:
    text = re.sub(r"{%.*?%}|{{.*?}}", "", template.read_text(encoding="utf-8"))
    assert not re.search(r"\sstyle=", text)
    assert not re.search(r"\son[a-z]+=", text)
    assert not re.search(r"<style\b", text)
    assert not re.search(r"<script\b(?![^>]*\b(?:src=|type=\"application/json\"))", text)


@pytest.mark.parametrize(
    "file",
    [*TEMPLATES, *STATIC.glob("css/*.css"), *STATIC.glob("js/*.js")],
    ids=lambda path: path.name,
)
def test_nothing_is_fetched_from_elsewhere(file: Path) -> None:
    addresses = re.findall(r"(?:https?:)?//[\w.-]+\.\w+", file.read_text(encoding="utf-8"))
    assert [a for a in addresses if "www.w3.org" not in a] == []


@pytest.mark.parametrize("name", [*STYLES, *SCRIPTS])
def test_what_every_page_loads_is_there_and_no_longer_than_a_screenful_of_screens(name: str) -> None:
    assert len((STATIC / name).read_text(encoding="utf-8").splitlines()) <= 400


def test_every_colour_of_a_style_sheet_is_a_token() -> None:
    used = {
        name
        for sheet in STATIC.glob("css/*.css")
        for name in re.findall(r"var\(--([\w-]+)", sheet.read_text(encoding="utf-8"))
    }
    known = set(re.findall(r"--([\w-]+):", (STATIC / "css/tokens.css").read_text(encoding="utf-8")))
    assert used - known == set()


def test_there_are_two_weights() -> None:
    sheets = "\n".join(sheet.read_text(encoding="utf-8") for sheet in STATIC.glob("css/*.css"))
    weights = set(re.findall(r"font(?:-weight)?: (\d{3})\b", sheets))
    assert weights == {"400", "600"}
