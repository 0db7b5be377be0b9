from django.apps import AppConfig


class CredentialsConfig(AppConfig):
    """Verifiable documents: signed data, PDF, code and status."""

    name = "zhunsheng.platform.credentials"
    label = "credentials"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what this room's policy grants, and its part in the audit of the log."""
        from zhunsheng.platform.credentials import permissions
        from zhunsheng.platform.credentials.services import audit

        permissions.register()
        audit.register()
