"""Every word of the shell has its English, and the compiled catalogue is the one that is read."""

from __future__ import annotations

import gettext
import re
from pathlib import Path

import pytest

import lianfang.web

WEB = Path(lianfang.web.__file__).parent
ROOMS = ("parts", "account")
ENTRY = re.compile(r'^msgid "(.+)"\n(?:msgid_plural ".+"\n)?msgstr(?:\[0\])? "(.*)"$', re.MULTILINE)


def written(room: str) -> dict[str, str]:
    """Chinese and English of a room's catalogue."""
    text = (WEB / room / "locale/en/LC_MESSAGES/django.po").read_text(encoding="utf-8")
    assert "#, fuzzy" not in text
    return {zh.replace('\\"', '"'): en.replace('\\"', '"') for zh, en in ENTRY.findall(text)}


def marked(room: str) -> set[str]:
    """The words the templates of a room mark for translation."""
    texts = [path.read_text(encoding="utf-8") for path in (WEB / room).glob("templates/**/*.html")]
    return {word for text in texts for word in re.findall(r'{%\s*translate "([^"]+)"', text)}


@pytest.mark.parametrize("room", ROOMS)
def test_every_marked_word_has_its_english(room: str) -> None:
    assert marked(room) - {zh for zh, en in written(room).items() if en} == set()


@pytest.mark.parametrize("room", ROOMS)
def test_no_english_is_chinese(room: str) -> None:
    assert {en for en in written(room).values() if re.search(r"[\u4e00-\u9fff]", en)} == set()


@pytest.mark.parametrize("room", ROOMS)
def test_the_compiled_catalogue_says_what_the_written_one_says(room: str) -> None:
    with (WEB / room / "locale/en/LC_MESSAGES/django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    differing = {
        zh for zh, en in written(room).items() if en not in (compiled.gettext(zh), compiled.ngettext(zh, zh, 1))
    }
    assert differing == set()


@pytest.mark.parametrize("room", ROOMS)
def test_no_chinese_stands_unmarked_in_a_template(room: str) -> None:
    """Except where both languages stand side by side."""
    both = {"broken.html", "languages.html", "who.html"}
    for path in (WEB / room).glob("templates/**/*.html"):
        source = path.read_text(encoding="utf-8")
        source = re.sub(r"{% blocktranslate.*?{% endblocktranslate %}", "", source, flags=re.DOTALL)
        text = re.sub(r"{%.*?%}|{{.*?}}|{#.*?#}", "", source)
        assert path.name in both or not re.search(r"[\u4e00-\u9fff]{2,}", text), path.name
