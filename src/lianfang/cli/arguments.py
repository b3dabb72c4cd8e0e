"""What the commands are given, turned into what the core takes: a plan, facts, an instant, a subject."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lianfang.cli.refusal import Refusal
from lianfang.core.complaint import Complaint

if TYPE_CHECKING:
    from lianfang.core.facts.facts import Facts
    from lianfang.core.facts.vocabulary import Kind
    from lianfang.core.language.plan import Plan

PackArgument = Annotated[
    str, typer.Argument(metavar="PACK", help="预案包的编号或文件夹 / id of a shipped pack, or a folder")
]
FactsOption = Annotated[
    Path, typer.Option("--facts", metavar="DIR", help="事实文件夹：<kind>.csv 或 .parquet / folder of fact files")
]
AsOfOption = Annotated[
    str,
    typer.Option(
        metavar="TIME",
        help="截至何时，当地时间：2020-06-15（零时）或 2020-06-15T08:00 / local; a bare date is its 00:00",
    ),
]

MOST_NAMED = 5


def read_plan(pack: str) -> Plan:
    """The checked plan of a pack. Refuses with every complaint of the pack."""
    from lianfang.reach.packs import load_pack

    plan, complaints = load_pack(pack)
    if plan is None:
        raise Refusal(complaints)
    return plan


def shipped_packs() -> tuple[str, ...]:
    """The ids of the packs that come with the program."""
    from lianfang.reach.packs import pack_ids

    return pack_ids()


def shipped_plans() -> tuple[str, ...]:
    """The ids of the shipped packs that are not composed of others."""
    from lianfang.reach.packs import plan_ids

    return plan_ids()


def read_kinds(pack: str | None) -> Mapping[str, Kind]:
    """The kinds of fact of the vocabulary; with a pack, its forms too."""
    if pack is not None:
        return read_plan(pack).kinds
    from lianfang.reach.vocabulary import load_vocabulary

    kinds, complaints = load_vocabulary()
    if complaints:
        raise Refusal(complaints)
    return kinds


def read_all_facts(folder: Path, plan: Plan) -> Facts:
    """The facts of a folder that the plan's kinds describe. Refuses with every complaint of the files."""
    from lianfang.reach.fact_files import read_facts

    facts, complaints = read_facts(folder, plan.kinds, plan.zone)
    if facts is None:
        raise Refusal(complaints)
    return facts


def read_instant(text: str, zone: int, option: str) -> int:
    """Seconds since 1970 UTC of what was typed after `option`, in the plan's local time. Refuses what is no time."""
    from lianfang.core.days.text import INSTANT_FORMS, TimeError, parse_instant

    try:
        return parse_instant(text, zone)
    except TimeError as error:
        complaint = Complaint(
            id="cli:bad-time",
            file=option,
            zh=error.reason_zh,
            en=error.reason_en,
            found=text,
            allowed=INSTANT_FORMS,
            do_zh="改写时间",
            do_en="write the time in one of these ways",
        )
        raise Refusal([complaint]) from None


def find_subject(facts: Facts, plan: Plan, subject: str) -> str:
    """The subject as the facts name it. Refuses an unknown one with how many there are and the nearest."""
    bound = sorted({measure.subject for measure in plan.measures})
    if any(facts.code(kind, subject) is not None for kind in bound):
        return subject
    sizes = {kind: facts.size(kind) for kind in bound if facts.size(kind)}
    near = list(dict.fromkeys(name for kind in sizes for name in _nearest(facts, kind, subject)))[:MOST_NAMED]
    complaint = Complaint(
        id="cli:unknown-subject",
        file="--subject",
        zh="没有这个对象",
        en="no such subject",
        found=subject,
        allowed=", ".join(f"{size} {kind}" for kind, size in sizes.items()) or "0",
        do_zh="改用已有的编号" + (f"，例如 {'、'.join(near)}" if near else ""),
        do_en="use an id that exists" + (f", such as {', '.join(near)}" if near else ""),
    )
    raise Refusal([complaint])


def near(found: str, allowed: Sequence[str], most: int = 3) -> list[str]:
    """What may have been meant: the closest of the allowed words, best first."""
    return get_close_matches(found, allowed, n=most, cutoff=0.5)


def _nearest(facts: Facts, kind: str, subject: str, most: int = 3) -> list[str]:
    """Names that begin alike, the closest of them first; where the ids are numbers, from which to which."""
    names = facts.names.get(kind)
    if names is None:
        return [f"0 … {facts.size(kind) - 1} ({kind})"]
    import pyarrow.compute as pc

    for length in range(len(subject), -1, -1):
        alike = names.filter(pc.starts_with(names, subject[:length])).slice(0, 500).to_pylist()
        if alike:
            return get_close_matches(subject, alike, n=most, cutoff=0) or alike[:most]
    return []
