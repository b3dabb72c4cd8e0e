"""What the plan manages: a person, a place, a unit, an area, a lot …, with the unit it belongs to."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models


class Subject(models.Model):
    """One subject. `next_change`: when its obligations change without a new fact; `stale` asks for an evaluation."""

    kind = models.CharField("种类", max_length=40)
    subject = models.CharField("编号", max_length=64)
    name = models.CharField("名称", max_length=200, blank=True)
    unit = models.CharField("所属单位", max_length=80, blank=True)
    path = models.CharField(max_length=600, blank=True)
    supervisor = models.CharField("主管单位", max_length=80, blank=True)
    spot = models.CharField("地点", max_length=200, blank=True)  # building or street: what the phone list groups by
    evaluated_at = models.DateTimeField(null=True)
    next_change = models.DateTimeField(null=True)
    stale = models.BooleanField(default=False)

    class Meta:
        db_table = "subject"
        verbose_name = "对象"
        constraints = [models.UniqueConstraint(fields=["kind", "subject"], name="subject_once")]
        indexes = [
            models.Index(fields=["next_change"], name="subject_next_change"),
            models.Index(fields=["id"], name="subject_stale", condition=models.Q(stale=True)),
            models.Index(fields=["supervisor"], name="subject_supervisor", condition=~models.Q(supervisor="")),
            GinIndex(fields=["name"], name="subject_name", opclasses=["gin_trgm_ops"]),
            models.Index(
                fields=["kind", "path", "subject"], name="subject_path", opclasses=["", "text_pattern_ops", ""]
            ),
        ]
