from django.apps import AppConfig


class BodiesConfig(AppConfig):
    """Bodies, sites, people, instruments, accreditations and scope, as of any date."""

    name = "zhunsheng.registry.bodies"
    label = "bodies"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register this app's actions and the building of the scope index."""
        from zhunsheng.platform.jobs import duties
        from zhunsheng.registry.bodies import permissions, scope
        from zhunsheng.registry.bodies.importers import guesses, numbers
        from zhunsheng.registry.bodies.services import loading

        permissions.register()
        guesses.register(numbers.guess_by_number)
        duties.register("index-scope", scope.INDEX_EVERY_SECONDS, scope.index_when_stale)
        duties.register("load-tables", loading.EVERY_SECONDS, loading.start_when_waiting)
