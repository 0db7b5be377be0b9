from django.apps import AppConfig


class EnforcementConfig(AppConfig):
    """Cases: investigation, hearing, decision, penalties, transfer, execution, what follows."""

    name = "zhunsheng.oversight.enforcement"
    label = "enforcement"
    default_auto_field = "django.db.models.BigAutoField"
