"""Units with their place in the tree, and who holds which post from when to when."""

from django.db import models


class Unit(models.Model):
    """A unit of the organisation. `path` is the units from the root down, each ended by a slash."""

    id = models.CharField("编号", primary_key=True, max_length=80)
    name = models.CharField("名称", max_length=120)
    name_en = models.CharField(max_length=160, blank=True)
    kind = models.CharField("层级", max_length=40)
    parent = models.CharField(max_length=80, blank=True)
    path = models.CharField(max_length=600, unique=True)
    groups = models.JSONField(default=list)
    shape = models.JSONField(null=True)

    class Meta:
        db_table = "unit"
        verbose_name = "单位"
        constraints = [models.CheckConstraint(condition=models.Q(path__endswith="/"), name="unit_path_ends")]
        indexes = [models.Index(fields=["path"], name="unit_under", opclasses=["text_pattern_ops"])]


class Holding(models.Model):
    """An account holds a post in a unit for a time; a deputy acts while the holder is away. `duties` are Duty words."""

    account = models.ForeignKey("ledger.Account", on_delete=models.PROTECT, related_name="holdings")
    post = models.CharField("岗位", max_length=120)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT)
    duties = models.JSONField(default=list)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    deputy = models.BooleanField(default=False)

    class Meta:
        db_table = "holding"
        verbose_name = "任岗"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gt=models.F("since")),
                name="holding_ends_after_it_begins",
            )
        ]


class Absence(models.Model):
    """The holder of a post is away; deputies then act."""

    holding = models.ForeignKey(Holding, on_delete=models.CASCADE, related_name="absences")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        db_table = "absence"
        verbose_name = "缺岗"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gt=models.F("since")),
                name="absence_ends_after_it_begins",
            )
        ]
