"""The journal: every act and every view of a person's record, each line bound to the one before by its hash."""

from django.db import models


class JournalEntry(models.Model):
    """One line. `digest` = SHA-256 over the line before and everything in this one; lines are never changed."""

    no = models.BigIntegerField(primary_key=True)  # without gaps: a missing number is a missing line
    at = models.DateTimeField()
    account = models.CharField(max_length=150)
    post = models.CharField(max_length=120, blank=True)
    unit = models.CharField(max_length=80, blank=True)
    act = models.CharField("行为", max_length=60)
    about = models.CharField("对象", max_length=160, blank=True)
    reason = models.TextField(blank=True)
    details = models.JSONField(default=dict)
    before = models.BinaryField()
    digest = models.BinaryField()

    class Meta:
        db_table = "journal"
        verbose_name = "日志"
        indexes = [
            models.Index(fields=["about", "no"], name="journal_about"),
            models.Index(fields=["account", "no"], name="journal_account"),
            models.Index(fields=["act", "no"], name="journal_act"),
        ]


class JournalHead(models.Model):
    """The last line of the journal, kept apart so that a journal cut off at its end is found out. One row."""

    only = models.BooleanField(primary_key=True, default=True)
    no = models.BigIntegerField(default=0)
    digest = models.BinaryField()
    at = models.DateTimeField(null=True)

    class Meta:
        db_table = "journal_head"
        verbose_name = "日志末行"
        constraints = [models.CheckConstraint(condition=models.Q(only=True), name="journal_head_only_one")]
