"""The source files the architecture tests look at."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PACKAGE = ROOT / "src" / "lianfang"
CORE = PACKAGE / "core"
PACKS = PACKAGE / "packs"


@dataclass(frozen=True)
class Function:
    """A function and how many lines it has."""

    place: str
    lines: int


@cache
def modules(*folders: Path) -> tuple[Path, ...]:
    """Every Python file below the folders, outside the packs."""
    found = (path for folder in folders for path in sorted(folder.rglob("*.py")))
    return tuple(path for path in found if PACKS not in path.parents and "__pycache__" not in path.parts)


def name(path: Path) -> str:
    """The path inside the repository."""
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    """The parsed file."""
    return ast.parse(path.read_text(encoding="utf-8"), name(path))


def functions(path: Path) -> Iterator[Function]:
    """Every function of a file, methods and inner ones too."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield Function(
                f"{name(path)}:{node.lineno} {node.name}", (node.end_lineno or node.lineno) - node.lineno + 1
            )
