"""Figures of the plan as last counted: need, held, gap, shares."""

from django.db import models


class Figure(models.Model):
    """One indicator as of an instant, whole or for one group."""

    indicator = models.CharField(max_length=120)
    part = models.CharField(max_length=160, blank=True)  # "" = the whole
    as_of = models.DateTimeField()
    values = models.JSONField(default=dict)

    class Meta:
        db_table = "figure"
        verbose_name = "指标"
        constraints = [models.UniqueConstraint(fields=["indicator", "part", "as_of"], name="figure_once")]
        indexes = [models.Index(fields=["as_of", "indicator"], name="figure_as_of")]
