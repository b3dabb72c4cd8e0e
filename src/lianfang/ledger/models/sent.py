"""What a phone or a file may send twice is done once."""

from django.db import models


class SentOnce(models.Model):
    """The key a sender gave an act, and what the act answered the first time."""

    account = models.CharField(max_length=150)
    key = models.CharField(max_length=80)
    act = models.CharField(max_length=60)
    answer = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        db_table = "sent_once"
        verbose_name = "幂等键"
        constraints = [models.UniqueConstraint(fields=["account", "key"], name="sent_only_once")]
