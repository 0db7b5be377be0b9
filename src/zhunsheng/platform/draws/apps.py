from django.apps import AppConfig


class DrawsConfig(AppConfig):
    """Draws that anyone can recompute: commitment, source, transcript."""

    name = "zhunsheng.platform.draws"
    label = "draws"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register this app's actions, and let the ledger's audit prove draws, too."""
        from zhunsheng.platform.draws import permissions
        from zhunsheng.platform.draws.services import auditing

        permissions.register()
        auditing.register()
