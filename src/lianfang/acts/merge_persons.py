"""Two records turned out to be one person: one stays, and everything said about the other is read under it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from lianfang.acts.evaluate_subjects import evaluate_subjects, who_names
from lianfang.acts.known import PERSON, about, check, subject_of, thing_of
from lianfang.acts.refused import Refused
from lianfang.core.access.actor import Actor
from lianfang.core.access.acts import MERGE_PERSONS, UNMERGE_PERSONS
from lianfang.core.identity.merge import Standing, which_stays
from lianfang.core.identity.numbers import read_number
from lianfang.ledger import journal, persons
from lianfang.ledger.models import Fact, Merge, Person
from lianfang.ledger.sealed import unseal

MOST_TOUCHED = 1_000


def merge_persons(a: str, b: str, reason: str, *, keep: str = "", actor: Actor, now: datetime) -> int:
    """Join two records; gives the number of the merge, by which it can be taken back. `keep` chooses which one stays.

    Refused if one of them has become part of another meanwhile.
    """
    if not reason.strip():
        raise Refused("合并须写明依据。", "Say why they are one person.")
    for person in (a, b):
        check(actor, MERGE_PERSONS, thing_of(subject_of(PERSON, person), now))
    kept, merged = (
        (keep, b if keep == a else a) if keep in (a, b) else which_stays(_standing(a, now), _standing(b, now))
    )
    with transaction.atomic():
        if not persons.join(kept, merged):
            raise Refused(
                "其中一份档案已并入别的档案；请刷新后再看。", "One of them has become part of another record; reload."
            )
        row = Merge.objects.create(
            kept=kept, merged=merged, moved=_facts(merged), reason=reason.strip(), at=now, by=actor.account
        )
        look_again(kept, merged, now)
        details = {"kept": kept, "merged": merged, "merge": row.pk}
        journal.write(actor, MERGE_PERSONS, about(PERSON, kept), now=now, reason=reason, details=details)
    return int(row.pk)


def unmerge_persons(merge: int, reason: str = "", *, actor: Actor, now: datetime) -> bool:
    """Take a merge back: both records are as they were, with what was said since about each of them.

    False if it has been taken back already.
    """
    row = Merge.objects.filter(pk=merge).first()
    if row is None:
        raise Refused(f"没有编号为 {merge} 的合并。", f"There is no merge {merge}.")
    check(actor, UNMERGE_PERSONS, thing_of(subject_of(PERSON, row.kept), now))
    with transaction.atomic():
        taken = Merge.objects.filter(pk=merge, undone_at=None).update(undone_at=now, undone_by=actor.account)
        if not taken:
            return False
        if not persons.part(row.kept, row.merged):
            raise Refused(
                "留存的档案后来又并入了别的档案；请先撤销后一次合并。",
                "The record that stayed has become part of another since; take that merge back first.",
            )
        look_again(row.kept, row.merged, now)
        details = {"kept": row.kept, "merged": row.merged, "merge": merge}
        journal.write(actor, UNMERGE_PERSONS, about(PERSON, row.kept), now=now, reason=reason, details=details)
    return True


def look_again(kept: str, merged: str, now: datetime) -> None:
    """Evaluate both records and everybody who names them."""
    naming = who_names(Q(to_kind=PERSON, to_subject__in=[kept, merged]), MOST_TOUCHED)
    evaluate_subjects({(PERSON, kept), (PERSON, merged), *naming}, now=now)


def _facts(merged: str) -> list[str]:
    """The facts that are read under the other record from now on."""
    return list(Fact.objects.filter(subject_kind=PERSON, subject=merged).order_by("no").values_list("id", flat=True))


def _standing(person: str, now: datetime) -> Standing:
    row = Person.objects.filter(id=person).first()
    if row is None:
        raise Refused(f"名册里没有“{person}”。", f"The register has no {person!r}.")
    number = unseal(bytes(row.number_sealed)) if row.number_sealed else ""
    valid = bool(number) and read_number(number, None, now.date()).valid
    facts = Fact.objects.filter(subject_kind=PERSON, subject=person).count()
    return Standing(person, valid, facts, int(row.registered_at.timestamp()))
