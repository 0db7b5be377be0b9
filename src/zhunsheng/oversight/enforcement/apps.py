from django.apps import AppConfig


class EnforcementConfig(AppConfig):
    """Cases: investigation, hearing, decision, penalties, transfer, execution, what follows."""

    name = "zhunsheng.oversight.enforcement"
    label = "enforcement"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Load and validate the law, and register the actions."""
        from zhunsheng.oversight.enforcement import law_book, permissions

        law_book.book()
        permissions.register()
