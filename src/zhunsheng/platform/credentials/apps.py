from django.apps import AppConfig


class CredentialsConfig(AppConfig):
    """Verifiable documents: signed data, PDF, code and status."""

    name = "zhunsheng.platform.credentials"
    label = "credentials"
    default_auto_field = "django.db.models.BigAutoField"
