from django.apps import AppConfig


class CreditConfig(AppConfig):
    """What was learned about a body: events, obligations, its grade."""

    name = "zhunsheng.registry.credit"
    label = "credit"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Load and check the kinds, register the actions, and add the card of the body's page."""
        from zhunsheng.registry.credit import duties, effects_book, law_book, panels, permissions, scorecard_book

        law_book.events()
        law_book.obligations()
        law_book.person_events()
        scorecard_book.book()
        effects_book.book()
        duties.register()
        permissions.register()
        panels.register()
