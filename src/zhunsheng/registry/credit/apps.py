from django.apps import AppConfig


class CreditConfig(AppConfig):
    """What was learned about a body: events, obligations, its grade."""

    name = "zhunsheng.registry.credit"
    label = "credit"
    default_auto_field = "django.db.models.BigAutoField"
