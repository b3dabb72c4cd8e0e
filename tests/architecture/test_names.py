"""Rooms and files carry words of the district, and each says what it is for."""

from __future__ import annotations

import ast

from tests.architecture.sources import PACKAGE, ROOT, modules, name, tree

NAMELESS = {"utils", "util", "helpers", "helper", "common", "misc", "services", "service", "managers", "manager", "lib"}


def test_no_room_and_no_file_has_a_name_that_says_nothing() -> None:
    paths = modules(PACKAGE, ROOT / "bench", ROOT / "tests")
    words = {name(path): set(path.relative_to(ROOT).with_suffix("").parts) for path in paths}
    assert [path for path, parts in words.items() if parts & NAMELESS] == []


def test_every_module_opens_with_one_to_three_lines_that_say_what_it_is() -> None:
    docs = {name(path): ast.get_docstring(tree(path)) or "" for path in modules(PACKAGE, ROOT / "bench")}
    assert [path for path, doc in docs.items() if not doc.strip()] == []
    assert [path for path, doc in docs.items() if len(doc.splitlines()) > 12] == []


def test_every_public_function_and_class_of_the_product_says_what_it_does() -> None:
    silent = [
        f"{name(path)}:{node.lineno} {node.name}"
        for path in modules(PACKAGE)
        for node in tree(path).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert silent == []
