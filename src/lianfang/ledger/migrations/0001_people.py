"""Accounts, units and posts, persons, subjects, rooms."""

import django.contrib.auth.models
import django.contrib.auth.validators
import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension
from django.db import migrations, models


class Migration(migrations.Migration):
    """Tables as the models say."""

    initial = True
    dependencies = [("auth", "0012_alter_user_first_name_max_length")]
    operations = [
        TrigramExtension(),
        BtreeGistExtension(),
        migrations.CreateModel(
            name="Account",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "username",
                    models.CharField(
                        error_messages={"unique": "A user with that username already exists."},
                        help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                        max_length=150,
                        unique=True,
                        validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                        verbose_name="username",
                    ),
                ),
                ("first_name", models.CharField(blank=True, max_length=150, verbose_name="first name")),
                ("last_name", models.CharField(blank=True, max_length=150, verbose_name="last name")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="email address")),
                (
                    "is_staff",
                    models.BooleanField(
                        default=False,
                        help_text="Designates whether the user can log into this admin site.",
                        verbose_name="staff status",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Designates whether this user should be treated as active. "
                        "Unselect this instead of deleting accounts.",
                        verbose_name="active",
                    ),
                ),
                ("date_joined", models.DateTimeField(default=django.utils.timezone.now, verbose_name="date joined")),
                ("title", models.CharField(blank=True, max_length=80, verbose_name="称呼")),
                ("language", models.CharField(default="zh-hans", max_length=8, verbose_name="语言")),
                ("person", models.CharField(blank=True, max_length=64, verbose_name="本人编号")),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions "
                        "granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "verbose_name": "账号",
                "db_table": "account",
            },
            managers=[
                ("objects", django.contrib.auth.models.UserManager()),
            ],
        ),
        migrations.CreateModel(
            name="Unit",
            fields=[
                ("id", models.CharField(max_length=80, primary_key=True, serialize=False, verbose_name="编号")),
                ("name", models.CharField(max_length=120, verbose_name="名称")),
                ("name_en", models.CharField(blank=True, max_length=160)),
                ("kind", models.CharField(max_length=40, verbose_name="层级")),
                ("parent", models.CharField(blank=True, max_length=80)),
                ("path", models.CharField(max_length=600, unique=True)),
                ("groups", models.JSONField(default=list)),
                ("shape", models.JSONField(null=True)),
            ],
            options={
                "verbose_name": "单位",
                "db_table": "unit",
                "indexes": [models.Index(fields=["path"], name="unit_under", opclasses=["text_pattern_ops"])],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("path__endswith", "/")), name="unit_path_ends")
                ],
            },
        ),
        migrations.CreateModel(
            name="Holding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("post", models.CharField(max_length=120, verbose_name="岗位")),
                ("duties", models.JSONField(default=list)),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField(null=True)),
                ("deputy", models.BooleanField(default=False)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="holdings",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "任岗",
                "db_table": "holding",
            },
        ),
        migrations.AddField(
            model_name="holding",
            name="unit",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="ledger.unit"),
        ),
        migrations.AddConstraint(
            model_name="holding",
            constraint=models.CheckConstraint(
                condition=models.Q(("until", None), ("until__gt", models.F("since")), _connector="OR"),
                name="holding_ends_after_it_begins",
            ),
        ),
        migrations.CreateModel(
            name="Absence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField(null=True)),
                (
                    "holding",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="absences", to="ledger.holding"
                    ),
                ),
            ],
            options={
                "verbose_name": "缺岗",
                "db_table": "absence",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until", None), ("until__gt", models.F("since")), _connector="OR"),
                        name="absence_ends_after_it_begins",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Token",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120)),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("per_minute", models.IntegerField(default=120)),
                ("created_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("holding", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="ledger.holding")),
            ],
            options={
                "verbose_name": "接口令牌",
                "db_table": "token",
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.CharField(max_length=64, primary_key=True, serialize=False, verbose_name="编号")),
                ("name", models.CharField(max_length=120, verbose_name="姓名")),
                ("sound", models.CharField(blank=True, max_length=200, verbose_name="读音")),
                ("sex", models.CharField(blank=True, max_length=8)),
                ("born_on", models.DateField(null=True)),
                ("number_kind", models.CharField(blank=True, max_length=40, verbose_name="证件类型")),
                ("number_sealed", models.BinaryField(null=True)),
                ("number_key", models.BinaryField(null=True)),
                ("number_masked", models.CharField(blank=True, max_length=40)),
                ("phone_sealed", models.BinaryField(null=True)),
                ("phone_key", models.BinaryField(null=True)),
                ("phone_masked", models.CharField(blank=True, max_length=40)),
                ("address_sealed", models.BinaryField(null=True)),
                ("household", models.CharField(blank=True, max_length=80, verbose_name="户")),
                ("unit", models.CharField(blank=True, max_length=80)),
                ("path", models.CharField(blank=True, max_length=600)),
                ("merged_into", models.CharField(blank=True, max_length=64)),
                ("registered_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "人员",
                "db_table": "person",
                "indexes": [
                    models.Index(fields=["number_key"], name="person_number"),
                    models.Index(fields=["phone_key"], name="person_phone"),
                    models.Index(fields=["household"], name="person_household"),
                    models.Index(fields=["path", "id"], name="person_path", opclasses=["text_pattern_ops", ""]),
                    models.Index(
                        condition=models.Q(("merged_into", ""), _negated=True),
                        fields=["merged_into"],
                        name="person_merged",
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["name"], name="person_name", opclasses=["gin_trgm_ops"]
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["sound"], name="person_sound", opclasses=["gin_trgm_ops"]
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Merge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kept", models.CharField(max_length=64)),
                ("merged", models.CharField(max_length=64)),
                ("moved", models.JSONField()),
                ("reason", models.TextField()),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=150)),
                ("undone_at", models.DateTimeField(null=True)),
                ("undone_by", models.CharField(blank=True, max_length=150)),
            ],
            options={
                "verbose_name": "合并",
                "db_table": "merge",
                "indexes": [
                    models.Index(fields=["kept"], name="merge_kept"),
                    models.Index(fields=["merged"], name="merge_merged"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kept", models.F("merged")), _negated=True), name="merge_of_two"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Subject",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40, verbose_name="种类")),
                ("subject", models.CharField(max_length=64, verbose_name="编号")),
                ("name", models.CharField(blank=True, max_length=200, verbose_name="名称")),
                ("unit", models.CharField(blank=True, max_length=80, verbose_name="所属单位")),
                ("path", models.CharField(blank=True, max_length=600)),
                ("supervisor", models.CharField(blank=True, max_length=80, verbose_name="主管单位")),
                ("spot", models.CharField(blank=True, max_length=200, verbose_name="地点")),
                ("evaluated_at", models.DateTimeField(null=True)),
                ("next_change", models.DateTimeField(null=True)),
                ("stale", models.BooleanField(default=False)),
            ],
            options={
                "verbose_name": "对象",
                "db_table": "subject",
                "indexes": [
                    models.Index(fields=["next_change"], name="subject_next_change"),
                    models.Index(condition=models.Q(("stale", True)), fields=["id"], name="subject_stale"),
                    models.Index(
                        condition=models.Q(("supervisor", ""), _negated=True),
                        fields=["supervisor"],
                        name="subject_supervisor",
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["name"], name="subject_name", opclasses=["gin_trgm_ops"]
                    ),
                    models.Index(
                        fields=["kind", "path", "subject"], name="subject_path", opclasses=["", "text_pattern_ops", ""]
                    ),
                ],
                "constraints": [models.UniqueConstraint(fields=("kind", "subject"), name="subject_once")],
            },
        ),
        migrations.CreateModel(
            name="Room",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=40, verbose_name="房间")),
                ("beds", models.IntegerField(default=1)),
                ("single", models.BooleanField(default=True)),
                ("in_use", models.BooleanField(default=True)),
                ("unit", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="ledger.unit")),
            ],
            options={
                "verbose_name": "房间",
                "db_table": "room",
            },
        ),
        migrations.AddConstraint(
            model_name="room",
            constraint=models.UniqueConstraint(fields=("unit", "name"), name="room_once"),
        ),
        migrations.AddConstraint(
            model_name="room",
            constraint=models.CheckConstraint(condition=models.Q(("beds__gte", 1)), name="room_has_beds"),
        ),
        migrations.CreateModel(
            name="Placement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("person", models.CharField(max_length=64)),
                ("single", models.BooleanField()),
                ("during", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                ("fact", models.CharField(max_length=80)),
                ("room", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="ledger.room")),
            ],
            options={
                "verbose_name": "安置",
                "db_table": "placement",
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("person", "="), ("during", "&&")], name="placement_one_a_person"
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("single", True)),
                        expressions=[("room", "="), ("during", "&&")],
                        name="placement_alone_in_single",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("during__isempty", False), ("during__lower_inf", False)),
                        name="placement_has_a_start",
                    ),
                ],
            },
        ),
    ]
