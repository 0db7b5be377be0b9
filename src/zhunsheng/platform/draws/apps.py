from django.apps import AppConfig


class DrawsConfig(AppConfig):
    """Draws that anyone can recompute: commitment, source, transcript."""

    name = "zhunsheng.platform.draws"
    label = "draws"
    default_auto_field = "django.db.models.BigAutoField"
