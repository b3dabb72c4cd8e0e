"""What the system itself must tell somebody: a difference found at night, a job that failed."""

from django.db import models


class Alert(models.Model):
    """One alert, until somebody says what was done about it."""

    kind = models.CharField(max_length=60)
    text = models.TextField()
    details = models.JSONField(default=dict)
    at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=150, blank=True)

    class Meta:
        db_table = "alert"
        verbose_name = "警示"
