"""How often a token was used within the current minute."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Two columns of `token`."""

    dependencies = [("ledger", "0006_sealed_facts")]

    operations = [
        migrations.AddField("token", "minute", models.BigIntegerField(default=0)),
        migrations.AddField("token", "used", models.IntegerField(default=0)),
    ]
