"""A list with its filters that somebody keeps under a name of their own."""

from django.db import models


class SavedView(models.Model):
    """The filters of a register (`query` as in its address), kept by an account."""

    account = models.ForeignKey("ledger.Account", on_delete=models.CASCADE, related_name="saved_views")
    register = models.CharField(max_length=80)
    name = models.CharField("名称", max_length=20)
    query = models.CharField(max_length=600)

    class Meta:
        db_table = "saved_view"
        verbose_name = "常用视图"
        constraints = [models.UniqueConstraint(fields=["account", "register", "name"], name="saved_view_once")]
