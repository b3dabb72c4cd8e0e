"""A small made-up district for the tests of the ledger: five units, six kinds of fact, people who do not exist."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from lianfang.core.access.actor import Actor, Duty
from lianfang.core.facts.vocabulary import Column, ColumnType, Kind, Mask, subject_column
from lianfang.ledger.facts import NewFact, append
from lianfang.ledger.models import Room, Unit

NOW = datetime(2020, 5, 25, 4, 0, tzinfo=UTC)
ROOT, WILLOW, BRIDGE, CEDAR, SITE = (
    "hq/",
    "hq/willow/",
    "hq/willow/bridge/",
    "hq/cedar/",
    "hq/first-site/",
)
UNITS = {"hq": ROOT, "willow": WILLOW, "bridge": BRIDGE, "cedar": CEDAR, "first-site": SITE}
CLERK = Actor("clerk", "甲", "疾控", "hq", ROOT, frozenset({Duty.CDC}))


def _column(name: str, type: ColumnType, **more: object) -> Column:
    return Column(name, type, more.pop("zh", name), name, **more)  # type: ignore[arg-type]


def _kind(id: str, subject: str, *columns: Column, time: str = "at", **more: object) -> Kind:
    every = (subject_column(subject), _column(time, ColumnType.TIME, required=True), *columns)
    return Kind(id, id, id, subject, time, {c.name: c for c in every}, **more)  # type: ignore[arg-type]


T, N, F, C, R = ColumnType.TEXT, ColumnType.NUMBER, ColumnType.FLAG, ColumnType.CHOICE, ColumnType.REF
RESULTS = (("negative", "阴性"), ("positive", "阳性"))

KINDS: Mapping[str, Kind] = {
    kind.id: kind
    for kind in (
        _kind(
            "person",
            "person",
            _column("name", T, personal="identity"),
            _column("id_type", C, choices=(("id_card", "身份证"), ("passport", "护照"))),
            _column("id_number", T, personal="identity", mask=Mask.NUMBER),
            _column("phone", T, personal="contact", mask=Mask.PHONE),
            _column("address", T, personal="contact", mask=Mask.ADDRESS),
            _column("born_on", ColumnType.TIME),
            _column("household", T, mask=Mask.NONE),
            _column("community", R, to="unit"),
        ),
        _kind("arrival", "person", _column("origin", R, to="area"), _column("abroad", F), _column("seat", T)),
        _kind("check", "person", _column("temperature", N), _column("note", T), _column("well", F, zh="良好")),
        _kind(
            "test",
            "person",
            _column("resulted_at", ColumnType.TIME),
            _column("result", C, choices=RESULTS),
            time="sampled_at",
            known_at="resulted_at",
            known_columns=frozenset({"result"}),
        ),
        _kind("contact", "person", _column("case", R, to="person")),
        _kind("area_level", "area", _column("level", C, choices=(("low", "低"), ("high", "高"))), time="from"),
        _kind("place", "place", _column("name", T), _column("area", R, to="area"), _column("supervisor", R, to="unit")),
    )
}
NAMED = {"arrival": (("origin", "area"),), "contact": (("case", "person"),)}


@dataclass(frozen=True, slots=True)
class Plan:
    """What the ledger needs to know of a plan."""

    kinds: Mapping[str, Kind] = field(default_factory=lambda: KINDS)
    zone: int = 28800


PLAN = Plan()


def units() -> None:
    """The district's five units."""
    for id, path in UNITS.items():
        Unit.objects.create(id=id, name=id, kind="unit", path=path)


def add(*facts: NewFact, at: datetime = NOW, home: str = "bridge") -> list[str]:
    """Add facts as the clerk."""
    return append(facts, plan=PLAN, said_by="clerk@hq", now=at, named=NAMED, home=home)


def registered(person: str, name: str = "测试甲", unit: str = "bridge", **values: object) -> NewFact:
    """The registration of somebody who does not exist."""
    return NewFact("person", "person", person, NOW, {"name": name, "community": unit, **values})


def checked(person: str, days: int = 0, **values: object) -> NewFact:
    """A health check some days after the beginning."""
    return NewFact("check", "person", person, NOW + timedelta(days=days), {"temperature": 36.5, **values})


def room(name: str = "301", *, single: bool = True, beds: int = 1) -> Room:
    """A room of the isolation site."""
    return Room.objects.create(unit_id="first-site", name=name, single=single, beds=beds)
