"""Rooms and who is in them; the database itself refuses two placements of one person and a room too full."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models


class Room(models.Model):
    """A room of an isolation site; `single` rooms never hold two."""

    unit = models.ForeignKey("ledger.Unit", on_delete=models.PROTECT)
    name = models.CharField("房间", max_length=40)
    beds = models.IntegerField(default=1)
    single = models.BooleanField(default=True)
    in_use = models.BooleanField(default=True)

    class Meta:
        db_table = "room"
        verbose_name = "房间"
        constraints = [
            models.UniqueConstraint(fields=["unit", "name"], name="room_once"),
            models.CheckConstraint(condition=models.Q(beds__gte=1), name="room_has_beds"),
        ]


class Placement(models.Model):
    """A person stays in a room for a time; `single` is copied from the room so that a constraint can use it."""

    person = models.CharField(max_length=64)
    room = models.ForeignKey(Room, on_delete=models.PROTECT)
    single = models.BooleanField()
    during = DateTimeRangeField()
    fact = models.CharField(max_length=80)

    class Meta:
        db_table = "placement"
        verbose_name = "安置"
        constraints = [
            ExclusionConstraint(
                name="placement_one_a_person",
                expressions=[("person", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
            ),
            ExclusionConstraint(
                name="placement_alone_in_single",
                expressions=[("room", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
                condition=models.Q(single=True),
            ),
            models.CheckConstraint(
                condition=models.Q(during__isempty=False, during__lower_inf=False), name="placement_has_a_start"
            ),
        ]
