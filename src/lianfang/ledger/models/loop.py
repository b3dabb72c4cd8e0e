"""Loops and obligations as last evaluated: a cache of the pure function, with keys that never change."""

from django.db import models

STATUSES = "upcoming due met late overdue suspended superseded cancelled waived held".split()
"""The words of the kernel, and `held`."""


class Loop(models.Model):
    """The instance of a measure for one subject. `id` follows from measure, subject and opening fact."""

    id = models.UUIDField(primary_key=True)
    subject_kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=64)
    path = models.CharField(max_length=600, blank=True)
    measure = models.CharField("措施", max_length=120)
    state = models.CharField("状态", max_length=20)
    outcome = models.CharField(max_length=40, blank=True)
    stage = models.CharField("阶段", max_length=80, blank=True)
    opened = models.DateTimeField("开启")
    day_one = models.DateTimeField(null=True)
    release = models.DateTimeField("解除", null=True)
    ended = models.DateTimeField(null=True)
    exit = models.CharField(max_length=80, blank=True)
    superseded_by = models.CharField(max_length=120, blank=True)
    waits_for = models.CharField(max_length=160, blank=True)
    fact = models.CharField(max_length=80)
    fact_kind = models.CharField(max_length=80)
    plan = models.CharField(max_length=80)
    stages = models.JSONField(default=list)  # [{stage, from, planned_to, to}], instants in seconds

    class Meta:
        db_table = "loop"
        verbose_name = "闭环"
        indexes = [
            models.Index(fields=["subject_kind", "subject"], name="loop_subject"),
            models.Index(fields=["measure", "state", "id"], name="loop_measure"),
            models.Index(fields=["state", "release"], name="loop_release"),
            models.Index(fields=["path", "id"], name="loop_path", opclasses=["text_pattern_ops", ""]),
        ]


class Obligation(models.Model):
    """Who must do what about which subject in which window. `id` follows from loop, requirement and occurrence.

    `status` holds the words of the kernel plus `held` (a release waits for it and it has no due time of its own).
    """

    id = models.UUIDField(primary_key=True)
    loop = models.UUIDField()
    subject_kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=64)
    path = models.CharField(max_length=600, blank=True)
    measure = models.CharField(max_length=120)
    requirement = models.CharField("要求", max_length=160)
    occurrence = models.IntegerField(default=1)
    clause = models.CharField("条文", max_length=80, blank=True)
    by = models.CharField("责任", max_length=200, blank=True)
    owner = models.CharField("责任单位", max_length=80, blank=True)
    since = models.DateTimeField(null=True)
    due = models.DateTimeField("时限", null=True)
    status = models.CharField("状态", max_length=12)
    evidence = models.CharField(max_length=80, blank=True)
    evidence_kind = models.CharField(max_length=80, blank=True)
    evidence_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "obligation"
        verbose_name = "应办事项"
        constraints = [models.CheckConstraint(condition=models.Q(status__in=STATUSES), name="obligation_status_word")]
        indexes = [
            models.Index(fields=["subject_kind", "subject"], name="obligation_subject"),
            models.Index(fields=["loop"], name="obligation_loop"),
            models.Index(fields=["path", "due", "id"], name="obligation_path", opclasses=["text_pattern_ops", "", ""]),
            models.Index(fields=["owner", "status", "due", "id"], name="obligation_owner"),
            models.Index(fields=["status", "due", "id"], name="obligation_status"),
            models.Index(fields=["clause", "status"], name="obligation_clause"),
            models.Index(
                fields=["due", "id"],
                name="obligation_open",
                condition=models.Q(status__in=["due", "overdue"]),
                include=["path"],
            ),
        ]
