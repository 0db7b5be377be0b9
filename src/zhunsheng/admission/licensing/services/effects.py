"""What follows a decision in the same transaction."""

from datetime import datetime

from zhunsheng.admission.licensing.models import Application, Decision
from zhunsheng.admission.licensing.services import letters
from zhunsheng.platform.accounts.models import User


def after_decision(application: Application, decision: Decision, *, late: str, by: User, at: datetime) -> None:
    """Write everything that a decision brings about; raises what any of it refuses, and then nothing holds."""
    letters.send(application, decision, late=late, by=by, at=at)
