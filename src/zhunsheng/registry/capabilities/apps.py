from django.apps import AppConfig


class CapabilitiesConfig(AppConfig):
    """Capability search: who can test what, where, by which method."""

    name = "zhunsheng.registry.capabilities"
    label = "capabilities"
    default_auto_field = "django.db.models.BigAutoField"
