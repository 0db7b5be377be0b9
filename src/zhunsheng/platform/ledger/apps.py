from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """The public tamper-evident log: append, seal, serve, prove, audit."""

    name = "zhunsheng.platform.ledger"
    label = "ledger"
    default_auto_field = "django.db.models.BigAutoField"
