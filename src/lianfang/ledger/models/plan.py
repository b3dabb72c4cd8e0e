"""Which plan is in force since when; putting one in force takes two people."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q


class PlanVersion(models.Model):
    """A version of a plan pack: `digest` of all its texts, proposed by one, confirmed by another."""

    plan = models.CharField(max_length=80)
    digest = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    texts = models.JSONField(default=dict)  # path -> text, so that an earlier day can be evaluated with its own plan
    proposed_by = models.CharField(max_length=150)
    proposed_at = models.DateTimeField()
    confirmed_by = models.CharField(max_length=150, blank=True)
    in_force_from = models.DateTimeField(null=True)
    in_force_until = models.DateTimeField(null=True)

    class Meta:
        db_table = "plan_version"
        verbose_name = "方案版本"
        constraints = [
            models.CheckConstraint(
                condition=Q(in_force_from=None) | (~Q(confirmed_by="") & ~Q(confirmed_by=F("proposed_by"))),
                name="plan_version_two_people",
            ),
            ExclusionConstraint(
                name="plan_version_one_in_force",
                expressions=[
                    ("plan", RangeOperators.EQUAL),
                    (
                        Func(
                            "in_force_from", "in_force_until", function="tstzrange", output_field=DateTimeRangeField()
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(in_force_from__isnull=False),
            ),
        ]
