from django.apps import AppConfig


class ScreeningConfig(AppConfig):
    """Signals of made-up results, with evidence, for people to judge."""

    name = "zhunsheng.oversight.screening"
    label = "screening"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Check the words, register actions, duties, the source of leads and what the ledger's audit proves."""
        from zhunsheng.oversight.screening import duties, explaining, links, permissions
        from zhunsheng.oversight.screening.services import auditing

        explaining.book()
        permissions.register()
        duties.register()
        links.register()
        auditing.register()
