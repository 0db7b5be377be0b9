from django.apps import AppConfig


class MatchingConfig(AppConfig):
    """Names as they arrive, matched to bodies and producers, never silently."""

    name = "zhunsheng.registry.matching"
    label = "matching"
    default_auto_field = "django.db.models.BigAutoField"
