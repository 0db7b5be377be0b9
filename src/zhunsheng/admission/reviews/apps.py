from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    """Technical reviews: panels, checklists, nonconformities, conclusions."""

    name = "zhunsheng.admission.reviews"
    label = "reviews"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Load and validate the law, register the actions, and add the card of an application's page."""
        from zhunsheng.admission.licensing import seats
        from zhunsheng.admission.reviews import lawbook, parts, permissions, wording
        from zhunsheng.admission.reviews.lifecycle import WAYS
        from zhunsheng.platform.draws import words
        from zhunsheng.registry.bodies.models import ExpertRank

        lawbook.checked(WAYS)
        permissions.register()
        seats.register(permissions.serves_on_panel_of)
        parts.register()
        words.register(reasons=wording.BARRED, ranks=dict(ExpertRank.choices))
