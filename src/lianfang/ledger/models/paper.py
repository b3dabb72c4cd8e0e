"""Papers that were issued; a public page tells whether one is valid, and nothing else."""

from django.db import models


class Paper(models.Model):
    """An issued paper about a subject. `code` is what its QR code carries."""

    code = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=40)
    subject_kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=64)
    loop = models.UUIDField(null=True)
    issued_at = models.DateTimeField()
    issued_by = models.CharField(max_length=150)
    unit = models.CharField(max_length=80, blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_why = models.TextField(blank=True)

    class Meta:
        db_table = "paper"
        verbose_name = "文书"
        indexes = [models.Index(fields=["subject_kind", "subject", "issued_at"], name="paper_subject")]
