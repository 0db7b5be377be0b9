from django.apps import AppConfig


class NationalConfig(AppConfig):
    """The national list and library."""

    name = "zhunsheng.registry.national"
    label = "national"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register this app's action and validate its law."""
        from zhunsheng.registry.catalogue import remarks
        from zhunsheng.registry.national import law_book, permissions, remarking

        permissions.register()
        law_book.book()
        remarks.register("national", remarking.TITLE, remarking.on_numbers)
