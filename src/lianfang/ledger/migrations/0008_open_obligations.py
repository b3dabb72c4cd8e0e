"""The oldest open obligations first: the list everybody opens in the morning, however many are closed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """An index over the open ones by their due time."""

    dependencies = [("ledger", "0007_token_use")]
    operations = [
        migrations.AddIndex(
            model_name="obligation",
            index=models.Index(
                condition=models.Q(("status__in", ["due", "overdue"])),
                fields=["due", "id"],
                include=("path",),
                name="obligation_open",
            ),
        ),
    ]
