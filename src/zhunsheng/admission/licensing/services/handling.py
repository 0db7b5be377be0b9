"""Who handles an application."""

from datetime import datetime

from zhunsheng.admission.licensing.lifecycle import OPEN
from zhunsheng.admission.licensing.models import Application
from zhunsheng.admission.licensing.services.acceptance import locked
from zhunsheng.admission.licensing.services.refusals import log, refusals_logged
from zhunsheng.foundation.errors import DomainError
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import User


@refusals_logged("take_over")
def take_over(*, application_id: int, by: User, at: datetime) -> Application:
    """Take an application that is at work over as its handler.

    Raises: Application.DoesNotExist, NotAllowed, DomainError for one that has ended or was not filed.
    """
    application = locked(application_id, by, at)
    if application.stage not in OPEN:
        raise DomainError("This application has ended.", code="application-ended", remedy="Look at its decision.")
    before = application.handler
    application.handler = by
    with recorded(by, "take over"):
        application.save(update_fields=["handler"])
    log(application, "take_over", by=by, at=at, words=f"{before} → {by}" if before else str(by), inside=True)
    return application
