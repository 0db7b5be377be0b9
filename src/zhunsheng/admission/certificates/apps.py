from django.apps import AppConfig


class CertificatesConfig(AppConfig):
    """Certificates and their schedules: issued, changed, ended, announced."""

    name = "zhunsheng.admission.certificates"
    label = "certificates"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Load and validate the law, and register actions."""
        from zhunsheng.admission.certificates import law_book, permissions

        law_book.book()
        permissions.register()
