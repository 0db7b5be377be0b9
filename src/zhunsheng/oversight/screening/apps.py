from django.apps import AppConfig


class ScreeningConfig(AppConfig):
    """Signals of made-up results, with evidence, for people to judge."""

    name = "zhunsheng.oversight.screening"
    label = "screening"
    default_auto_field = "django.db.models.BigAutoField"
