from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Files by digest, PDFs, QR codes."""

    name = "zhunsheng.platform.documents"
    label = "documents"
    default_auto_field = "django.db.models.BigAutoField"
