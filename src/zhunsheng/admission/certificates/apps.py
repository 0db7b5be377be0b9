from django.apps import AppConfig


class CertificatesConfig(AppConfig):
    """Certificates and their schedules: issued, changed, ended, announced."""

    name = "zhunsheng.admission.certificates"
    label = "certificates"
    default_auto_field = "django.db.models.BigAutoField"
