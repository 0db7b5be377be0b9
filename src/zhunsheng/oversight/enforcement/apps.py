from django.apps import AppConfig
from django.urls import reverse


class EnforcementConfig(AppConfig):
    """Cases: investigation, hearing, decision, penalties, transfer, execution, what follows."""

    name = "zhunsheng.oversight.enforcement"
    label = "enforcement"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Load and validate the law, register actions, duties and where referrals of cases lead."""
        from zhunsheng.oversight.enforcement import law_book, permissions
        from zhunsheng.oversight.enforcement.services import carrying_out, clocks, listing, replies
        from zhunsheng.oversight.leads import parts
        from zhunsheng.platform.jobs import duties

        law_book.book()
        permissions.register()
        parts.register_subject("case", lambda number: reverse("enforcement:case", args=[number]))
        parts.listen("case", replies.answered)
        duties.register("published-decisions", 3600.0, carrying_out.hide_expired)
        duties.register(clocks.DUTY, 3600.0, clocks.keep_up)
        duties.register("severe-list", 3600.0, listing.end_expired)
