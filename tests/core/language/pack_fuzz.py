"""Packs spoilt by chance: whatever the text, `load` answers, and says where."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from lianfang.core.complaint import Complaint
from lianfang.core.language.load import load
from lianfang.core.language.lower import lower
from lianfang.core.language.plan import Plan
from lianfang.reach.packs import PACKS, VOCABULARY

Way = Callable[[str, random.Random], str]
FIXTURES = Path(__file__).parents[2] / "fixtures"
KINDS = ("arrival", "area_level", "entry_check", "health_check", "placement", "test", "waiver")
PIECES: tuple[str, ...] = (
    *"{}[]:,#&*!|>'\"%@`?-\t\n\0",
    "\n  - ",
    ": ",
    "---\n",
    "$days",
    "$",
    "not ",
    "(((((((((",
    "\nextends: [other]\n",
    "\noverrides: {measure: [high-risk-arrival], form: nat}\n",
    "\nfirst_day: not_counted\n",
    "<<: *x",
    "&a",
    "!!python/object:os.system",
)
VALUES = (
    "$high_risk.central_days",
    "$tests.result_limit h",
    "$fever",
    "open",
    "any",
    "none",
    "last day",
    "day 0",
    "-99999999 mo",
    "999999999999999999999",
    "-1",
    "0.5",
    "null",
    "~",
    "true",
    "'",
    "甲",
    "\u2028",
    "\ufeff",
    "🙂",
    "1.10",
    "2020-02-30",
    "0001-01-01",
    "9999-12-31T23:59",
    "loop",
    "waiver",
    "person",
    "x/../y",
    "day_one",
    "stage_end",
    "[nat, nat_positive]",
    "{zh: 甲, en: a}",
    "[]",
    "{}",
    "''",
)


def text_of(folder: Path) -> dict[str, str]:
    """The files of a pack by their path inside it."""
    return {p.relative_to(folder).as_posix(): p.read_text(encoding="utf-8") for p in sorted(folder.rglob("*.yaml"))}


def vocabulary_of(kinds: Iterable[str]) -> dict[str, str]:
    """The shipped vocabulary without the kinds that the pack at hand does not need."""
    documents = "\n".join(text_of(PACKS / VOCABULARY).values()).split("\n---\n")
    wanted = [d for d in documents if any(f"\nkind: {kind}\n" in f"\n{d}" for kind in kinds)]
    return {"people.yaml": "\n---\n".join(wanted)}


def spoil(files: Mapping[str, str], chance: random.Random) -> dict[str, str]:
    """The same pack with one to four things wrong: cut, doubled, exchanged or inserted text, lines or words."""
    spoilt = dict(files)
    anyhow: tuple[Way, ...] = (_cut, _insert, _swap_lines, _double, _swap_words, _move)
    ways: tuple[Way, ...] = (_swap_words,) if chance.random() < 0.7 else anyhow
    for _ in range(chance.randint(1, 4)):
        name = chance.choice(sorted(spoilt))
        way = chance.choice(ways)
        spoilt[name] = way(spoilt[name], chance)
    return spoilt


def trial(files: Mapping[str, str], vocabulary: Mapping[str, str], seed: int) -> tuple[Plan | None, list[Complaint]]:
    """One spoilt pack loaded (every seventh time the vocabulary is spoilt, too); a plan that comes out is lowered."""
    chance = random.Random(seed)
    words = spoil(vocabulary, chance) if seed % 7 == 0 else vocabulary
    spoilt = spoil(files, chance)
    plan, complaints = load(spoilt, lambda name: files if name == "other" else None, words)
    if plan is not None:
        lower(plan.measures, plan.selections)
    return plan, list(complaints)


def _span(text: str, chance: random.Random, longest: int) -> tuple[int, int]:
    start = chance.randint(0, len(text))
    return start, min(len(text), start + chance.randint(1, longest))


def _cut(text: str, chance: random.Random) -> str:
    start, end = _span(text, chance, 40)
    return text[:start] + text[end:]


def _insert(text: str, chance: random.Random) -> str:
    start, _ = _span(text, chance, 1)
    return text[:start] + chance.choice(PIECES) + text[start:]


def _double(text: str, chance: random.Random) -> str:
    start, end = _span(text, chance, 200)
    return text[:end] + text[start:end] + text[end:]


def _move(text: str, chance: random.Random) -> str:
    start, end = _span(text, chance, 60)
    rest = text[:start] + text[end:]
    at = chance.randint(0, len(rest))
    return rest[:at] + text[start:end] + rest[at:]


def _swap_lines(text: str, chance: random.Random) -> str:
    lines = text.split("\n")
    a, b = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[a], lines[b] = lines[b], lines[a]
    return "\n".join(lines)


def _swap_words(text: str, chance: random.Random) -> str:
    """A word in the place of another: mostly well-formed, but not what belongs there."""
    words = list(re.finditer(r"[\w.$-]+", text))
    if not words:
        return text
    a, b = chance.choice(words), chance.choice(words)
    new = b.group() if chance.random() < 0.7 else chance.choice(VALUES)
    return text[: a.start()] + new + text[a.end() :]


def run(trials: int, first: int = 0) -> tuple[int, int]:
    """That many spoilt packs in a row; how many of them still gave a plan and how many complained."""
    files, vocabulary = text_of(FIXTURES / "packs" / "demo"), vocabulary_of(KINDS)
    plans = complained = 0
    for seed in range(first, first + trials):
        plan, complaints = trial(files, vocabulary, seed)
        plans, complained = plans + (plan is not None), complained + bool(complaints)
        for complaint in complaints:
            if complaint.line is None or complaint.line < 1 or not complaint.file:
                raise ValueError(f"seed {seed}: {complaint}")
    return plans, complained


if __name__ == "__main__":
    print(run(10_000))
