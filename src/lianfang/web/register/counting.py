"""How many rows a list has, counted only as far as anybody reads."""

from __future__ import annotations

from django.db.models import Model, QuerySet

FAR = 2_000


def count(queryset: QuerySet[Model]) -> tuple[int, bool]:
    """The number of rows, and whether there are more than that."""
    many = queryset.order_by()[: FAR + 1].count()
    return min(many, FAR), many > FAR
