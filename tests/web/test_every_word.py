"""Every word a page can say has its English, in templates and in what the views say themselves."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation
from django.utils.translation.template import templatize

import lianfang.web

WEB = Path(lianfang.web.__file__).parent
ROOMS = sorted(
    path.name for path in WEB.iterdir() if (path / "__init__.py").exists() and path.name not in ("gallery", "static")
)
"""All rooms with pages; the gallery is for those who make pages."""

SAID = re.compile(r"""(?:\bgettext|\bngettext|\b_)\(u?('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")""")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
MARKS = {"gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "_"}


def in_templates(room: str) -> Iterator[str]:
    """The words that templates mark."""
    for path in (WEB / room).glob("templates/**/*"):
        if path.suffix in (".html", ".txt"):
            for found in SAID.findall(templatize(path.read_text(encoding="utf-8"))):
                yield str(ast.literal_eval(found))


def in_views(room: str) -> Iterator[str]:
    """The words that Python marks."""
    for path in (WEB / room).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS:
                first = node.args[0]
                assert isinstance(first, ast.Constant), f"{path.name}:{node.lineno} marks what is no constant"
                yield str(first.value)


@pytest.mark.parametrize("room", ROOMS)
def test_every_marked_word_has_english(room: str) -> None:
    words = {word for word in (*in_templates(room), *in_views(room)) if CHINESE.search(word)}
    with translation.override("en"):
        missing = {word for word in words if translation.gettext(word) == word and _not_counted(word)}
    assert missing == set()


def _not_counted(word: str) -> bool:
    """Whether it has no English as a word with a number either."""
    return translation.ngettext(word, word, 2) == word


@pytest.mark.parametrize("room", ROOMS)
def test_no_chinese_stands_unmarked_in_a_template(room: str) -> None:
    both = {"broken.html", "languages.html", "who.html"}
    """Where both languages stand side by side."""
    unmarked = []
    for path in (WEB / room).glob("templates/**/*.html"):
        text = re.sub(
            r"{% blocktranslate.*?{% endblocktranslate %}|{% comment.*?{% endcomment %}",
            "",
            path.read_text(encoding="utf-8"),
            flags=re.DOTALL,
        )
        bare = re.sub(r"{%.*?%}|{{.*?}}|{#.*?#}", "", text, flags=re.DOTALL)
        if path.name not in both and re.search(r"[\u4e00-\u9fff]{2,}", bare):
            unmarked.append(path.name)
    assert unmarked == []
