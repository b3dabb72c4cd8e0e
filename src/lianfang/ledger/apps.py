"""The one Django app that holds all tables."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """All models under one label, so that there is one line of migrations."""

    name = "lianfang.ledger"
    label = "ledger"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "台账"
