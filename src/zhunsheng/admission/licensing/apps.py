from django.apps import AppConfig


class LicensingConfig(AppConfig):
    """Licensing: whether a licence is needed, and by which law."""

    name = "zhunsheng.admission.licensing"
    label = "licensing"
    default_auto_field = "django.db.models.BigAutoField"
