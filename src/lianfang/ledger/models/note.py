"""What people say about an obligation, and what they attach to it; both survive every evaluation."""

from django.db import models


class Note(models.Model):
    """A comment, a reminder or an escalation. `about` is an obligation, a loop or a subject `kind:id`."""

    about = models.CharField(max_length=120)
    kind = models.CharField(max_length=20)  # comment, reminder, escalation, return
    text = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=150)
    post = models.CharField(max_length=120, blank=True)
    to_unit = models.CharField(max_length=80, blank=True)

    class Meta:
        db_table = "note"
        verbose_name = "留言"
        indexes = [
            models.Index(fields=["about", "at"], name="note_about"),
            models.Index(fields=["to_unit", "at"], name="note_to"),
        ]


class Attachment(models.Model):
    """A file handed in as proof; its bytes lie in the database so that one backup holds everything."""

    about = models.CharField(max_length=120)
    fact = models.CharField(max_length=80, blank=True)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.IntegerField()
    digest = models.CharField(max_length=64)
    content = models.BinaryField()
    at = models.DateTimeField()
    by = models.CharField(max_length=150)

    class Meta:
        db_table = "attachment"
        verbose_name = "附件"
        indexes = [models.Index(fields=["about", "at"], name="attachment_about")]
