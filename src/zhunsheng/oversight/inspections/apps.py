from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    """Plans, frames, verifiable draws, inspectors, estimates."""

    name = "zhunsheng.oversight.inspections"
    label = "inspections"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Load the law, register the actions, and give draws the words that only this room knows."""
        from zhunsheng.oversight.inspections import lawbook, permissions, selectors, wording
        from zhunsheng.platform.draws import words

        lawbook.book()
        permissions.register()
        words.register(reasons=wording.BARRED, spoken=selectors.spoken)
