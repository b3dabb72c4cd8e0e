"""A file somebody sent: first a plan row by row, then applied as a whole; mappings are remembered by sender."""

from django.db import models

STATES = ("planning", "planned", "applying", "applied", "refused", "cancelled")
OUTCOMES = ("new", "same", "changed", "conflict", "refused")


class Mapping(models.Model):
    """Which column of a sender's sheet is which column of a kind of fact."""

    sender = models.CharField(max_length=150)
    kind = models.CharField(max_length=80)
    heads = models.CharField(max_length=64)  # digest of the sheet's heads
    columns = models.JSONField()
    used_at = models.DateTimeField()

    class Meta:
        db_table = "mapping"
        verbose_name = "列对应"
        constraints = [models.UniqueConstraint(fields=["sender", "kind", "heads"], name="mapping_once_a_sheet")]


class Intake(models.Model):
    """One import: the file's digest, what it would do, and whether it has been applied."""

    kind = models.CharField(max_length=80)
    sender = models.CharField(max_length=150)
    file_name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    content = models.BinaryField(null=True)
    state = models.CharField(max_length=12)  # one of STATES
    counts = models.JSONField(default=dict)
    mapping = models.JSONField(default=dict)
    path = models.CharField(max_length=600)
    at = models.DateTimeField()
    by = models.CharField(max_length=150)
    applied_at = models.DateTimeField(null=True)
    applied_by = models.CharField(max_length=150, blank=True)

    class Meta:
        db_table = "intake"
        verbose_name = "导入"
        constraints = [models.CheckConstraint(condition=models.Q(state__in=STATES), name="intake_state_word")]


class IntakeRow(models.Model):
    """One row of an import: what it is against what is known, and why."""

    intake = models.ForeignKey(Intake, on_delete=models.CASCADE, related_name="rows")
    row = models.IntegerField()
    outcome = models.CharField(max_length=10)  # one of OUTCOMES
    subject = models.CharField(max_length=64, blank=True)
    values = models.JSONField(default=dict)
    sealed = models.BinaryField(null=True)
    problems = models.JSONField(default=list)  # [{cell, column, found, known, zh, en, choices}]
    choice = models.CharField(max_length=64, blank=True)

    class Meta:
        db_table = "intake_row"
        verbose_name = "导入行"
        constraints = [
            models.UniqueConstraint(fields=["intake", "row"], name="intake_row_once"),
            models.CheckConstraint(condition=models.Q(outcome__in=OUTCOMES), name="intake_row_outcome_word"),
        ]
        indexes = [models.Index(fields=["intake", "outcome", "row"], name="intake_row_outcome")]
