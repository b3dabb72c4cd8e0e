"""What subjects are called on a page: people by their masked name, everything else by its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from lianfang.core.identity.masking import mask_name
from lianfang.ledger.models import Person, Subject, Unit

Key = tuple[str, str]
"""A kind of subject and its id."""

PERSON = "person"


def called(keys: Iterable[Key]) -> Mapping[Key, str]:
    """The names of many subjects in a few queries; who has no name is called by the id."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for kind, subject in keys:
        wanted[kind].add(subject)
    found: dict[Key, str] = {}
    for kind, subjects in wanted.items():
        names = _people(subjects) if kind == PERSON else _others(kind, subjects)
        found.update({(kind, subject): names.get(subject) or subject for subject in subjects})
    return found


def _people(subjects: set[str]) -> dict[str, str]:
    rows = Person.objects.filter(pk__in=subjects).values_list("id", "name")
    return {id: mask_name(name) for id, name in rows}


def _others(kind: str, subjects: set[str]) -> dict[str, str]:
    rows = Subject.objects.filter(kind=kind, subject__in=subjects).exclude(name="").values_list("subject", "name")
    found = dict(rows)
    if kind == "unit":
        found = {**dict(Unit.objects.filter(pk__in=subjects).values_list("id", "name")), **found}
    return found


def unit_names() -> Mapping[str, str]:
    """The name of every unit by its id."""
    return dict(Unit.objects.values_list("id", "name"))
