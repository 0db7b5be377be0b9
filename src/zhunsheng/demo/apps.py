from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Floor 6: the demo province."""

    name = "zhunsheng.demo"
    label = "demo"
    default_auto_field = "django.db.models.BigAutoField"
