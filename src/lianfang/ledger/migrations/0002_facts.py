"""Facts, what follows from them, the journal, the plans, the progress of jobs."""

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

    dependencies = [("ledger", "0001_people")]
    operations = [
        migrations.CreateModel(
            name="Fact",
            fields=[
                ("no", models.BigAutoField(primary_key=True, serialize=False)),
                ("id", models.CharField(max_length=80, verbose_name="编号")),
                ("kind", models.CharField(max_length=80, verbose_name="种类")),
                ("subject_kind", models.CharField(max_length=40)),
                ("subject", models.CharField(max_length=64, verbose_name="对象")),
                ("at", models.DateTimeField(verbose_name="发生")),
                ("recorded_at", models.DateTimeField(verbose_name="获知")),
                ("corrects", models.CharField(max_length=80, null=True, verbose_name="更正")),
                ("said_by", models.CharField(blank=True, max_length=150, verbose_name="填报")),
                ("values", models.JSONField(default=dict)),
                ("sealed", models.BinaryField(null=True)),
            ],
            options={
                "verbose_name": "事实",
                "db_table": "fact",
                "indexes": [
                    models.Index(fields=["subject_kind", "subject", "kind", "at"], name="fact_subject"),
                    models.Index(fields=["kind", "at", "no"], name="fact_kind"),
                    models.Index(
                        condition=models.Q(("corrects__isnull", False)), fields=["corrects"], name="fact_corrects"
                    ),
                ],
                "constraints": [models.UniqueConstraint(fields=("id",), name="fact_once")],
            },
        ),
        migrations.CreateModel(
            name="Mention",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("to_kind", models.CharField(max_length=40)),
                ("to_subject", models.CharField(max_length=64)),
                ("subject_kind", models.CharField(max_length=40)),
                ("subject", models.CharField(max_length=64)),
            ],
            options={
                "verbose_name": "提及",
                "db_table": "mention",
                "indexes": [models.Index(fields=["subject_kind", "subject"], name="mention_from")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("to_kind", "to_subject", "subject_kind", "subject"), name="mention_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Loop",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("subject_kind", models.CharField(max_length=40)),
                ("subject", models.CharField(max_length=64)),
                ("path", models.CharField(blank=True, max_length=600)),
                ("measure", models.CharField(max_length=120, verbose_name="措施")),
                ("state", models.CharField(max_length=20, verbose_name="状态")),
                ("outcome", models.CharField(blank=True, max_length=40)),
                ("stage", models.CharField(blank=True, max_length=80, verbose_name="阶段")),
                ("opened", models.DateTimeField(verbose_name="开启")),
                ("day_one", models.DateTimeField(null=True)),
                ("release", models.DateTimeField(null=True, verbose_name="解除")),
                ("ended", models.DateTimeField(null=True)),
                ("exit", models.CharField(blank=True, max_length=80)),
                ("superseded_by", models.CharField(blank=True, max_length=120)),
                ("waits_for", models.CharField(blank=True, max_length=160)),
                ("fact", models.CharField(max_length=80)),
                ("fact_kind", models.CharField(max_length=80)),
                ("plan", models.CharField(max_length=80)),
                ("stages", models.JSONField(default=list)),
            ],
            options={
                "verbose_name": "闭环",
                "db_table": "loop",
                "indexes": [
                    models.Index(fields=["subject_kind", "subject"], name="loop_subject"),
                    models.Index(fields=["measure", "state", "id"], name="loop_measure"),
                    models.Index(fields=["state", "release"], name="loop_release"),
                    models.Index(fields=["path", "id"], name="loop_path", opclasses=["text_pattern_ops", ""]),
                ],
            },
        ),
        migrations.CreateModel(
            name="Obligation",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("loop", models.UUIDField()),
                ("subject_kind", models.CharField(max_length=40)),
                ("subject", models.CharField(max_length=64)),
                ("path", models.CharField(blank=True, max_length=600)),
                ("measure", models.CharField(max_length=120)),
                ("requirement", models.CharField(max_length=160, verbose_name="要求")),
                ("occurrence", models.IntegerField(default=1)),
                ("clause", models.CharField(blank=True, max_length=80, verbose_name="条文")),
                ("by", models.CharField(blank=True, max_length=200, verbose_name="责任")),
                ("owner", models.CharField(blank=True, max_length=80, verbose_name="责任单位")),
                ("since", models.DateTimeField(null=True)),
                ("due", models.DateTimeField(null=True, verbose_name="时限")),
                ("status", models.CharField(max_length=12, verbose_name="状态")),
                ("evidence", models.CharField(blank=True, max_length=80)),
                ("evidence_kind", models.CharField(blank=True, max_length=80)),
                ("evidence_at", models.DateTimeField(null=True)),
                ("reminded_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "应办事项",
                "db_table": "obligation",
                "indexes": [
                    models.Index(fields=["subject_kind", "subject"], name="obligation_subject"),
                    models.Index(fields=["loop"], name="obligation_loop"),
                    models.Index(
                        fields=["path", "due", "id"], name="obligation_path", opclasses=["text_pattern_ops", "", ""]
                    ),
                    models.Index(fields=["owner", "status", "due", "id"], name="obligation_owner"),
                    models.Index(fields=["status", "due", "id"], name="obligation_status"),
                    models.Index(fields=["clause", "status"], name="obligation_clause"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                [
                                    "upcoming",
                                    "due",
                                    "met",
                                    "late",
                                    "overdue",
                                    "suspended",
                                    "superseded",
                                    "cancelled",
                                    "waived",
                                    "held",
                                ],
                            )
                        ),
                        name="obligation_status_word",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="JournalEntry",
            fields=[
                ("no", models.BigIntegerField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("account", models.CharField(max_length=150)),
                ("post", models.CharField(blank=True, max_length=120)),
                ("unit", models.CharField(blank=True, max_length=80)),
                ("act", models.CharField(max_length=60, verbose_name="行为")),
                ("about", models.CharField(blank=True, max_length=160, verbose_name="对象")),
                ("reason", models.TextField(blank=True)),
                ("details", models.JSONField(default=dict)),
                ("before", models.BinaryField()),
                ("digest", models.BinaryField()),
            ],
            options={
                "verbose_name": "日志",
                "db_table": "journal",
                "indexes": [
                    models.Index(fields=["about", "no"], name="journal_about"),
                    models.Index(fields=["account", "no"], name="journal_account"),
                    models.Index(fields=["act", "no"], name="journal_act"),
                ],
            },
        ),
        migrations.CreateModel(
            name="JournalHead",
            fields=[
                ("only", models.BooleanField(default=True, primary_key=True, serialize=False)),
                ("no", models.BigIntegerField(default=0)),
                ("digest", models.BinaryField()),
                ("at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "日志末行",
                "db_table": "journal_head",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("only", True)), name="journal_head_only_one")
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("plan", models.CharField(max_length=80)),
                ("digest", models.CharField(max_length=64)),
                ("name", models.CharField(max_length=200)),
                ("texts", models.JSONField(default=dict)),
                ("proposed_by", models.CharField(max_length=150)),
                ("proposed_at", models.DateTimeField()),
                ("confirmed_by", models.CharField(blank=True, max_length=150)),
                ("in_force_from", models.DateTimeField(null=True)),
                ("in_force_until", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "方案版本",
                "db_table": "plan_version",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("in_force_from", None),
                            models.Q(
                                models.Q(("confirmed_by", ""), _negated=True),
                                models.Q(("confirmed_by", models.F("proposed_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="plan_version_two_people",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("in_force_from__isnull", False)),
                        expressions=[
                            ("plan", "="),
                            (
                                models.Func(
                                    "in_force_from",
                                    "in_force_until",
                                    function="tstzrange",
                                    output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        name="plan_version_one_in_force",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SentOnce",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("account", models.CharField(max_length=150)),
                ("key", models.CharField(max_length=80)),
                ("act", models.CharField(max_length=60)),
                ("answer", models.JSONField(default=dict)),
                ("at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "幂等键",
                "db_table": "sent_once",
                "constraints": [models.UniqueConstraint(fields=("account", "key"), name="sent_only_once")],
            },
        ),
        migrations.CreateModel(
            name="Progress",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("job", models.CharField(max_length=80)),
                ("about", models.CharField(blank=True, max_length=160)),
                ("state", models.CharField(default="waiting", max_length=12)),
                ("total", models.BigIntegerField(default=0)),
                ("done", models.BigIntegerField(default=0)),
                ("cursor", models.JSONField(default=dict)),
                ("message", models.TextField(blank=True)),
                ("started_by", models.CharField(blank=True, max_length=150)),
                ("created_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "进度",
                "db_table": "progress",
                "indexes": [models.Index(fields=["job", "about", "id"], name="progress_job")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ("waiting", "running", "done", "failed", "cancelled"))),
                        name="progress_state_word",
                    )
                ],
            },
        ),
    ]
