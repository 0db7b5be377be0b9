from django.apps import AppConfig


class OpendataConfig(AppConfig):
    """The public registers as open data."""

    name = "zhunsheng.registry.opendata"
    label = "opendata"
    default_auto_field = "django.db.models.BigAutoField"
