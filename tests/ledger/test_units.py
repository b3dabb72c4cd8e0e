"""The organisation of a plan becomes a tree; what belongs to a unit moves with it."""

from __future__ import annotations

import pytest

from lianfang.core.language.measure import Words
from lianfang.core.language.organisation import Organisation, Unit
from lianfang.ledger import models
from lianfang.ledger.models import Person, Subject
from lianfang.ledger.units import Stored, path_of, store_organisation
from tests.ledger.world import add, registered

pytestmark = pytest.mark.django_db


def organisation(**parents: str | None) -> Organisation:
    kinds = {id: "headquarters" if parent is None else "town" for id, parent in parents.items()}
    units = {id: Unit(id, Words(f"{id}单位", id), (), kinds[id], parent or None) for id, parent in parents.items()}
    return Organisation(units)


def test_every_unit_knows_its_way_down_from_the_root() -> None:
    assert store_organisation(organisation(hq=None, town="hq", village="town")) == Stored(3, 0, 0)
    assert [path_of(unit) for unit in ("hq", "town", "village", "nobody")] == [
        "hq/",
        "hq/town/",
        "hq/town/village/",
        "",
    ]
    assert models.Unit.objects.get(id="village").parent == "town"


def test_storing_the_same_organisation_again_changes_nothing() -> None:
    given = organisation(hq=None, town="hq")
    store_organisation(given)
    assert store_organisation(given) == Stored(0, 0, 0)


def test_a_unit_without_a_parent_hangs_below_the_only_headquarters() -> None:
    store_organisation(organisation(hq=None, office=""))
    assert (path_of("office"), models.Unit.objects.get(id="office").parent) == ("hq/office/", "hq")


def test_when_a_unit_moves_everybody_who_belongs_to_it_moves_along_and_is_evaluated_again() -> None:
    store_organisation(organisation(hq=None, town="hq", other="hq", bridge="town"))
    add(registered("P-1", unit="bridge"))
    assert store_organisation(organisation(hq=None, town="hq", other="hq", bridge="other")).moved == 1
    assert Person.objects.get().path == Subject.objects.get().path == "hq/other/bridge/"
    assert Subject.objects.get().stale


def test_two_units_may_change_places() -> None:
    store_organisation(organisation(hq=None, a="hq", b="a"))
    store_organisation(organisation(hq=None, b="hq", a="b"))
    assert (path_of("a"), path_of("b")) == ("hq/b/a/", "hq/b/")


def test_units_that_are_each_other_s_parents_still_have_a_place() -> None:
    store_organisation(organisation(hq=None, a="b", b="a"))
    assert path_of("a").endswith("a/")
    assert path_of("b").endswith("b/")


def test_a_unit_the_plan_no_longer_names_stays_because_records_belong_to_it() -> None:
    store_organisation(organisation(hq=None, town="hq"))
    store_organisation(organisation(hq=None))
    assert path_of("town") == "hq/town/"
