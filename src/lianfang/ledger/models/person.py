"""The register of persons: a person is a person first; case or contact are roles that facts give."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models


class Person(models.Model):
    """One person. Document number and phone are sealed; `number_key` and `phone_key` find exact matches."""

    id = models.CharField("编号", primary_key=True, max_length=64)
    name = models.CharField("姓名", max_length=120)
    sound = models.CharField("读音", max_length=200, blank=True)  # syllables and initials, for searching
    sex = models.CharField(max_length=8, blank=True)
    born_on = models.DateField(null=True)
    number_kind = models.CharField("证件类型", max_length=40, blank=True)
    number_sealed = models.BinaryField(null=True)
    number_key = models.BinaryField(null=True)
    number_masked = models.CharField(max_length=40, blank=True)
    phone_sealed = models.BinaryField(null=True)
    phone_key = models.BinaryField(null=True)
    phone_masked = models.CharField(max_length=40, blank=True)
    address_sealed = models.BinaryField(null=True)
    household = models.CharField("户", max_length=80, blank=True)
    unit = models.CharField(max_length=80, blank=True)
    path = models.CharField(max_length=600, blank=True)
    merged_into = models.CharField(max_length=64, blank=True)
    registered_at = models.DateTimeField()

    class Meta:
        db_table = "person"
        verbose_name = "人员"
        indexes = [
            models.Index(fields=["number_key"], name="person_number"),
            models.Index(fields=["phone_key"], name="person_phone"),
            models.Index(fields=["household"], name="person_household"),
            models.Index(fields=["path", "id"], name="person_path", opclasses=["text_pattern_ops", ""]),
            models.Index(fields=["merged_into"], name="person_merged", condition=~models.Q(merged_into="")),
            GinIndex(fields=["name"], name="person_name", opclasses=["gin_trgm_ops"]),
            GinIndex(fields=["sound"], name="person_sound", opclasses=["gin_trgm_ops"]),
        ]


class Merge(models.Model):
    """Two records turned out to be one person; `moved` holds what went where, so that it can be taken back."""

    kept = models.CharField(max_length=64)
    merged = models.CharField(max_length=64)
    moved = models.JSONField()
    reason = models.TextField()
    at = models.DateTimeField()
    by = models.CharField(max_length=150)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.CharField(max_length=150, blank=True)

    class Meta:
        db_table = "merge"
        verbose_name = "合并"
        constraints = [models.CheckConstraint(condition=~models.Q(kept=models.F("merged")), name="merge_of_two")]
        indexes = [
            models.Index(fields=["kept"], name="merge_kept"),
            models.Index(fields=["merged"], name="merge_merged"),
        ]
