from django.db.models import Model

from zhunsheng.platform.accounts.history import MissingReason


def demand(why: str, record: type[Model]) -> str:
    """Return the reason, trimmed. Raises MissingReason if there is none."""
    reason = why.strip()
    if not reason:
        raise MissingReason(str(record._meta.verbose_name))
    return reason
