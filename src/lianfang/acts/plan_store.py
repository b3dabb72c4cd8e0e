"""The texts of a plan with all it builds on, and the checked plan kept in the program's own folder."""

from __future__ import annotations

import os
import pickle
import re
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path

from django.conf import settings

import lianfang
from lianfang.acts.refused import Refused, refuse_complaints
from lianfang.core.language.load import load
from lianfang.core.language.plan import Plan
from lianfang.reach.packs import PACKS, VOCABULARY, find_pack, read_pack

_EXTENDS = re.compile(r"^extends:\s*\[([^\]]*)\]|^extends:\s*\n((?:\s+-\s*\S+\n)+)", re.MULTILINE)
MOST_KEPT = 8


def texts_of_pack(path_or_id: str) -> dict[str, str]:
    """Every text a plan is made of as `pack/file`: its own, those of the packs it extends, the shared vocabulary."""
    found: dict[str, str] = {}
    _gather(path_or_id, Path(path_or_id).name, found)
    words, complaints = read_pack(PACKS / VOCABULARY)
    refuse_complaints(complaints)
    return {**found, **{f"{VOCABULARY}/{name}": text for name, text in words.items()}}


def _gather(path_or_id: str, name: str, found: dict[str, str]) -> None:
    folder = find_pack(path_or_id)
    if folder is None:
        raise Refused(
            f"没有方案包“{path_or_id}”；请检查 LIANFANG_PLAN 或方案包的 extends。",
            f"There is no plan pack {path_or_id!r}; check LIANFANG_PLAN or the pack's extends.",
        )
    texts, complaints = read_pack(folder)
    refuse_complaints(complaints)
    found.update({f"{name}/{file}": text for file, text in texts.items()})
    for other in _extended(texts.get("plan.yaml", "")):
        if not any(file.startswith(f"{other}/") for file in found):
            beside = folder.resolve().parent / other
            _gather(str(beside) if beside.is_dir() else other, other, found)


def _extended(text: str) -> list[str]:
    match = _EXTENDS.search(text)
    return re.findall(r"[\w.-]*\w[\w.-]*", match[1] or match[2]) if match else []


def load_texts(texts: Mapping[str, str], name: str) -> Plan:
    """The checked plan; refused with everything that is wrong if its texts are not in order."""
    own = Path(name).name

    def library(pack: str) -> dict[str, str] | None:
        start = f"{pack}/"
        inside = {file.removeprefix(start): text for file, text in texts.items() if file.startswith(start)}
        return inside or None

    plan, complaints = load(library(own) or {}, library, library(VOCABULARY) or {})
    if plan is None:
        refuse_complaints(complaint for complaint in complaints if complaint.level == "error")
        raise Refused(f"方案“{own}”不能载入。", f"The plan {own!r} cannot be loaded.")
    return plan


def kept(digest: str, make: Callable[[], Plan]) -> Plan:
    """The checked plan as another process kept it, else made now and kept: checking takes seconds, reading it does not.

    The name of the file follows from the plan's texts and from the program's own code, so nothing stale is ever read.
    """
    folder = Path(settings.VAR) / "plans"
    file = folder / f"{sha256((digest + _code()).encode()).hexdigest()[:40]}.plan"
    if file.is_file():
        try:
            read: Plan = pickle.loads(file.read_bytes())  # noqa: S301  our own folder, which also holds the database
            return read
        except (pickle.UnpicklingError, EOFError, AttributeError, ImportError):
            file.unlink(missing_ok=True)
    plan = make()
    _keep(file, plan)
    return plan


def _keep(file: Path, plan: Plan) -> None:
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    draft.write_bytes(pickle.dumps(plan, protocol=pickle.HIGHEST_PROTOCOL))
    draft.chmod(0o600)
    draft.replace(file)
    kept_now = sorted(file.parent.glob("*.plan"), key=lambda path: path.stat().st_mtime, reverse=True)
    for old in kept_now[MOST_KEPT:]:
        old.unlink(missing_ok=True)


def _code() -> str:
    """What tells one state of the program's plan language from another: its files with their sizes and times."""
    root = Path(lianfang.__file__).parent / "core"
    files = sorted((*root.glob("language/*.py"), *root.glob("facts/*.py"), *root.glob("days/*.py")))
    states = [(path.name, path.stat().st_size, path.stat().st_mtime_ns) for path in files]
    return str(states)
