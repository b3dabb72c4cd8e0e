"""What people hand in, say and send: notes, attachments, papers, imports; figures and alerts."""

import django.contrib.auth.models
import django.contrib.auth.validators
import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    """Tables as the models say."""

    dependencies = [("ledger", "0002_facts")]
    operations = [
        migrations.CreateModel(
            name="Alert",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=60)),
                ("text", models.TextField()),
                ("details", models.JSONField(default=dict)),
                ("at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                ("closed_by", models.CharField(blank=True, max_length=150)),
            ],
            options={
                "verbose_name": "警示",
                "db_table": "alert",
            },
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("about", models.CharField(max_length=120)),
                ("fact", models.CharField(blank=True, max_length=80)),
                ("name", models.CharField(max_length=200)),
                ("media_type", models.CharField(max_length=100)),
                ("size", models.IntegerField()),
                ("digest", models.CharField(max_length=64)),
                ("content", models.BinaryField()),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=150)),
            ],
            options={
                "verbose_name": "附件",
                "db_table": "attachment",
                "indexes": [models.Index(fields=["about", "at"], name="attachment_about")],
            },
        ),
        migrations.CreateModel(
            name="Figure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("indicator", models.CharField(max_length=120)),
                ("part", models.CharField(blank=True, max_length=160)),
                ("as_of", models.DateTimeField()),
                ("values", models.JSONField(default=dict)),
            ],
            options={
                "verbose_name": "指标",
                "db_table": "figure",
                "indexes": [models.Index(fields=["as_of", "indicator"], name="figure_as_of")],
                "constraints": [models.UniqueConstraint(fields=("indicator", "part", "as_of"), name="figure_once")],
            },
        ),
        migrations.CreateModel(
            name="Intake",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=80)),
                ("sender", models.CharField(max_length=150)),
                ("file_name", models.CharField(max_length=200)),
                ("digest", models.CharField(max_length=64)),
                ("content", models.BinaryField(null=True)),
                ("state", models.CharField(max_length=12)),
                ("counts", models.JSONField(default=dict)),
                ("mapping", models.JSONField(default=dict)),
                ("path", models.CharField(max_length=600)),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=150)),
                ("applied_at", models.DateTimeField(null=True)),
                ("applied_by", models.CharField(blank=True, max_length=150)),
            ],
            options={
                "verbose_name": "导入",
                "db_table": "intake",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ("planning", "planned", "applying", "applied", "refused", "cancelled"))
                        ),
                        name="intake_state_word",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="IntakeRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row", models.IntegerField()),
                ("outcome", models.CharField(max_length=10)),
                ("subject", models.CharField(blank=True, max_length=64)),
                ("values", models.JSONField(default=dict)),
                ("sealed", models.BinaryField(null=True)),
                ("problems", models.JSONField(default=list)),
                ("choice", models.CharField(blank=True, max_length=64)),
                (
                    "intake",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="rows", to="ledger.intake"
                    ),
                ),
            ],
            options={
                "verbose_name": "导入行",
                "db_table": "intake_row",
                "indexes": [models.Index(fields=["intake", "outcome", "row"], name="intake_row_outcome")],
                "constraints": [
                    models.UniqueConstraint(fields=("intake", "row"), name="intake_row_once"),
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ("new", "same", "changed", "conflict", "refused"))),
                        name="intake_row_outcome_word",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Mapping",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sender", models.CharField(max_length=150)),
                ("kind", models.CharField(max_length=80)),
                ("heads", models.CharField(max_length=64)),
                ("columns", models.JSONField()),
                ("used_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "列对应",
                "db_table": "mapping",
                "constraints": [
                    models.UniqueConstraint(fields=("sender", "kind", "heads"), name="mapping_once_a_sheet")
                ],
            },
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("about", models.CharField(max_length=120)),
                ("kind", models.CharField(max_length=20)),
                ("text", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=150)),
                ("post", models.CharField(blank=True, max_length=120)),
                ("to_unit", models.CharField(blank=True, max_length=80)),
            ],
            options={
                "verbose_name": "留言",
                "db_table": "note",
                "indexes": [
                    models.Index(fields=["about", "at"], name="note_about"),
                    models.Index(fields=["to_unit", "at"], name="note_to"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Paper",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=64, unique=True)),
                ("kind", models.CharField(max_length=40)),
                ("subject_kind", models.CharField(max_length=40)),
                ("subject", models.CharField(max_length=64)),
                ("loop", models.UUIDField(null=True)),
                ("issued_at", models.DateTimeField()),
                ("issued_by", models.CharField(max_length=150)),
                ("unit", models.CharField(blank=True, max_length=80)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("withdrawn_why", models.TextField(blank=True)),
            ],
            options={
                "verbose_name": "文书",
                "db_table": "paper",
                "indexes": [models.Index(fields=["subject_kind", "subject", "issued_at"], name="paper_subject")],
            },
        ),
    ]
