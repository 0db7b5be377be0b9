from django.apps import AppConfig


class CapabilitiesConfig(AppConfig):
    """Capability search: who can test what, where, by which method."""

    name = "zhunsheng.registry.capabilities"
    label = "capabilities"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register this app's actions and the keeping of the search index."""
        from zhunsheng.platform.jobs import duties
        from zhunsheng.registry.capabilities import permissions
        from zhunsheng.registry.capabilities.index import keeping

        permissions.register()
        duties.register("index-capabilities", keeping.INDEX_EVERY_SECONDS, keeping.index_when_stale)
