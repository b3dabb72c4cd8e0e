"""Which columns of a kind of fact are encrypted at rest: numbers, phones, addresses and contacts of people."""

from __future__ import annotations

from lianfang.core.facts.vocabulary import Kind, Mask

SEALED = frozenset({Mask.NUMBER, Mask.PHONE, Mask.ADDRESS, Mask.CONTACT})


def sealed_columns(kind: Kind) -> frozenset[str]:
    """The columns that the database holds only encrypted, as the vocabulary says (`mask`, `personal`).

    Names are not among them: they are searched by sound, and hidden on the screen.
    """
    return frozenset(column.name for column in kind.columns.values() if column.hidden in SEALED)


def masked_columns(kind: Kind) -> frozenset[str]:
    """The columns that the screen does not show in full: the sealed ones, and names of people."""
    return frozenset(column.name for column in kind.columns.values() if column.hidden is not Mask.NONE)
