"""The duty that reads and enters schedules handed in on a page, and takes up what a crash left."""

from django.utils import timezone

from zhunsheng.registry.schedules import services

EVERY_SECONDS = 2.0


def work_on_schedules() -> int:
    """Read and enter what waits; return how many schedules. Raises: LockBusy when another worker does."""
    return services.work_on_waiting(at=timezone.now())
