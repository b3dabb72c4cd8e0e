"""What happened, to whom, when, and since when it is known. Rows are only ever added."""

from django.db import models


class Fact(models.Model):
    """One fact. `values` holds the columns of its kind except the subject, its own time and the four every kind has.

    References are ids, times ISO texts with zone. A sealed column is the marker in `values` and its text in `sealed`.
    """

    no = models.BigAutoField(primary_key=True)
    id = models.CharField("编号", max_length=80)
    kind = models.CharField("种类", max_length=80)
    subject_kind = models.CharField(max_length=40)
    subject = models.CharField("对象", max_length=64)
    at = models.DateTimeField("发生")
    recorded_at = models.DateTimeField("获知")
    corrects = models.CharField("更正", max_length=80, null=True)  # null: corrects nothing
    said_by = models.CharField("填报", max_length=150, blank=True)
    values = models.JSONField(default=dict)
    sealed = models.BinaryField(null=True)

    class Meta:
        db_table = "fact"
        verbose_name = "事实"
        constraints = [models.UniqueConstraint(fields=["id"], name="fact_once")]
        indexes = [
            models.Index(fields=["subject_kind", "subject", "kind", "at"], name="fact_subject"),
            models.Index(fields=["kind", "at", "no"], name="fact_kind"),
            models.Index(fields=["no"], name="fact_sealed", condition=models.Q(sealed__isnull=False)),
            models.Index(fields=["corrects"], name="fact_corrects", condition=models.Q(corrects__isnull=False)),
        ]


class Mention(models.Model):
    """A fact of one subject names another subject that a measure looks up: a change there touches the one here."""

    to_kind = models.CharField(max_length=40)
    to_subject = models.CharField(max_length=64)
    subject_kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=64)

    class Meta:
        db_table = "mention"
        verbose_name = "提及"
        constraints = [
            models.UniqueConstraint(fields=["to_kind", "to_subject", "subject_kind", "subject"], name="mention_once")
        ]
        indexes = [models.Index(fields=["subject_kind", "subject"], name="mention_from")]
