from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    """Technical reviews: panels, checklists, nonconformities, conclusions."""

    name = "zhunsheng.admission.reviews"
    label = "reviews"
    default_auto_field = "django.db.models.BigAutoField"
