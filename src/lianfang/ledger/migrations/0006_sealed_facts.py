"""Facts with sealed columns are few; a change of key finds them without looking at the others."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """An index over the sealed ones."""

    dependencies = [("ledger", "0005_saved_views")]
    operations = [
        migrations.AddIndex(
            model_name="fact",
            index=models.Index(condition=models.Q(("sealed__isnull", False)), fields=["no"], name="fact_sealed"),
        ),
    ]
