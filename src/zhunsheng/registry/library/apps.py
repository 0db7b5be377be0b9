from django.apps import AppConfig


class LibraryConfig(AppConfig):
    """The national list and library, and the provincial parameter library with its stewards and reviews."""

    name = "zhunsheng.registry.library"
    label = "library"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register this app's actions."""
        from zhunsheng.registry.library import permissions

        permissions.register()
