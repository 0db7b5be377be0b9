from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People, organisations, roles, API clients, the one permission policy."""

    name = "zhunsheng.platform.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what this room's policy grants."""
        from zhunsheng.platform.accounts import permissions

        permissions.register()
