"""Who acts in the tests of the running district: made-up officers, a made-up town and its plan, made-up people.

区疾控 小李 may do most things in the district; 街道 老王 only in her own town; 外区 小陈 is of another district and may
see nothing; 审计 赵姐 sees everything and changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta, timezone

from django.db import transaction

from lianfang.acts.in_force import InForce, in_force
from lianfang.acts.record_fact import record_fact
from lianfang.acts.recorded import Recorded
from lianfang.acts.settle_units import settle_units
from lianfang.acts.write_facts import Said, checked, write_facts
from lianfang.core.access.actor import Actor, Duty, jurisdiction
from lianfang.ledger.models import JournalEntry, Loop, Obligation, Room, Unit

ZONE = timezone(timedelta(hours=8))
NOON = datetime(2021, 1, 10, 12, 0, tzinfo=ZONE)
"""The instant at which most tests begin."""


def settle() -> InForce:
    """The town's organisation in the ledger, and a unit of another district."""
    force = in_force(NOON)
    settle_units(now=NOON)
    Unit.objects.create(id="elsewhere", name="外区", kind="headquarters", path="elsewhere/")
    return force


def officer(account: str, unit: str, *duties: Duty, name: str = "") -> Actor:
    """Somebody in a post of a unit."""
    path = jurisdiction(Unit.objects.get(pk=unit).path, duties)
    return Actor(account, name or account, f"{unit} 岗", unit, path, frozenset(duties))


def xiao_li() -> Actor:
    """区疾控 小李: disease control of the district."""
    return officer("xiaoli", "headquarters", Duty.CDC, name="小李")


def lao_wang() -> Actor:
    """街道 老王: the officer of East Town."""
    return officer("laowang", "east", Duty.TOWN, name="老王")


def grid_worker() -> Actor:
    """网格 小周: the worker of East Town's first cell."""
    return officer("xiaozhou", "east-cell", Duty.GRID, name="小周")


def xiao_chen() -> Actor:
    """外区 小陈: disease control of another district."""
    return officer("xiaochen", "elsewhere", Duty.CDC, name="小陈")


def zhao_jie() -> Actor:
    """审计 赵姐: reads and changes nothing."""
    return officer("zhaojie", "headquarters", Duty.AUDIT, name="赵姐")


def office() -> Actor:
    """指挥部办公室 老孙."""
    return officer("laosun", "headquarters", Duty.OFFICE, name="老孙")


def health_bureau() -> Actor:
    """卫健局 小钱: a department."""
    return officer("xiaoqian", "health", Duty.DEPARTMENT, name="小钱")


def site_manager() -> Actor:
    """隔离点 小吴."""
    return officer("xiaowu", "site", Duty.SITE, name="小吴")


def resident(person: str, unit: str = "east-cell", **values: object) -> None:
    """Somebody registered in a cell."""
    force = in_force(NOON)
    before = NOON - timedelta(days=30)
    said = [Said("person", "person", person, {"name": "测试甲", "community": unit, **values}, before)]
    with transaction.atomic():
        write_facts(force, checked(force, said, NOON), actor=xiao_li(), now=before)


def arrived(person: str, *, days_ago: int = 3, level: str = "high", unit: str = "east-cell") -> Recorded:
    """Somebody who came from an area of that level, in isolation since the same day."""
    resident(person, unit)
    begun = NOON - timedelta(days=days_ago)
    tell("area_level", "area", f"{level}-area", {"level": level}, at=begun - timedelta(days=20))
    tell("placement", "person", person, {"place_kind": "isolation_site"}, at=begun + timedelta(hours=1))
    return tell("arrival", "person", person, {"origin": f"{level}-area"}, at=begun)


def tell(kind: str, subject_kind: str, subject: str, values: Mapping[str, object], *, at: datetime) -> Recorded:
    """A fact that 小李 records at noon."""
    if subject_kind == "person":
        return record_fact(kind, subject_kind, subject, values, at=at, actor=xiao_li(), now=NOON)
    force, said = in_force(NOON), [Said(kind, subject_kind, subject, values, at)]
    with transaction.atomic():
        write_facts(force, checked(force, said, NOON), actor=xiao_li(), now=NOON)
    return Recorded()


def loop(subject: str, measure: str) -> Loop:
    """The one loop of a measure that stands for a subject."""
    return Loop.objects.get(subject=subject, measure=measure)


def owed(subject: str, requirement: str, occurrence: int = 1) -> Obligation:
    """One obligation that stands for a subject."""
    return Obligation.objects.get(subject=subject, requirement=requirement, occurrence=occurrence)


def room(name: str = "301", *, single: bool = True, beds: int = 1) -> Room:
    """A room of the isolation site."""
    return Room.objects.create(unit_id="site", name=name, single=single, beds=beds)


def journalled(act: str) -> list[JournalEntry]:
    """The journal's lines about an act."""
    return list(JournalEntry.objects.filter(act=act).order_by("no"))
