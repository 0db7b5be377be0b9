from django.apps import AppConfig


class MatchingConfig(AppConfig):
    """Names as they arrive, matched to bodies and producers, never silently."""

    name = "zhunsheng.registry.matching"
    label = "matching"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register this room's actions, its duty, and its help for imports of the bodies' register."""
        from zhunsheng.platform.jobs import duties
        from zhunsheng.registry.bodies.importers import guesses
        from zhunsheng.registry.matching import guessing, permissions
        from zhunsheng.registry.matching.services import suggesting

        permissions.register()
        guesses.register(guessing.guess_bodies)
        duties.register("suggest-matches", 20.0, suggesting.suggest_when_waiting)
