from django.apps import AppConfig


class WebConfig(AppConfig):
    """Floor 7: settings, addresses, UI kit, home pages."""

    name = "zhunsheng.web"
    label = "web"
    default_auto_field = "django.db.models.BigAutoField"
