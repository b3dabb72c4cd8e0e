"""How far a long job has come, so that people see it and a restart can go on."""

from django.db import models

STATES = ("waiting", "running", "done", "failed", "cancelled")


class Progress(models.Model):
    """One job: `done` of `total`, `cursor` where to go on."""

    job = models.CharField(max_length=80)
    about = models.CharField(max_length=160, blank=True)
    state = models.CharField(max_length=12, default="waiting")  # one of STATES
    total = models.BigIntegerField(default=0)
    done = models.BigIntegerField(default=0)
    cursor = models.JSONField(default=dict)
    message = models.TextField(blank=True)
    started_by = models.CharField(max_length=150, blank=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "progress"
        verbose_name = "进度"
        constraints = [models.CheckConstraint(condition=models.Q(state__in=STATES), name="progress_state_word")]
        indexes = [models.Index(fields=["job", "about", "id"], name="progress_job")]
