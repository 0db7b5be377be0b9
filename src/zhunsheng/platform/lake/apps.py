from django.apps import AppConfig


class LakeConfig(AppConfig):
    """Result lines as columns, by month, for any engine."""

    name = "zhunsheng.platform.lake"
    label = "lake"
    default_auto_field = "django.db.models.BigAutoField"
