"""The pages as one Django app."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Holds no tables; the templates of every room are found by settings."""

    name = "lianfang.web"
    label = "web"
    verbose_name = "页面"
