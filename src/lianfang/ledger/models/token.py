"""Access of another system to the API: whose jurisdiction it has, and how much it may ask."""

from django.db import models


class Token(models.Model):
    """A token by its digest; the token itself is shown once and kept nowhere."""

    name = models.CharField(max_length=120)
    digest = models.CharField(max_length=64, unique=True)
    holding = models.ForeignKey("ledger.Holding", on_delete=models.PROTECT)
    per_minute = models.IntegerField(default=120)
    minute = models.BigIntegerField(default=0)  # the minute that `used` counts, since 1970
    used = models.IntegerField(default=0)
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "token"
        verbose_name = "接口令牌"
