from django.apps import AppConfig


class LicensingConfig(AppConfig):
    """Licensing: whether a licence is needed, by which route, and by which law."""

    name = "zhunsheng.admission.licensing"
    label = "licensing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Load and validate the law, register actions and duties, and add the card of the body's page."""
        from zhunsheng.admission.licensing import decision_book, duties, law_book, panels, permissions

        law_book.load_all()
        decision_book.decisions()
        decision_book.documents()
        duties.register()
        permissions.register()
        panels.register()
