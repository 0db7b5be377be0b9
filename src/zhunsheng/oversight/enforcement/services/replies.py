"""What comes back to a case from where it was referred to."""

from datetime import datetime

from zhunsheng.oversight.enforcement.models import Case
from zhunsheng.oversight.enforcement.services.steps import write_down
from zhunsheng.oversight.leads.models import Referral
from zhunsheng.platform.accounts.models import User


def answered(reference: str, referral: Referral, *, by: User, at: datetime) -> None:
    """Write the answer to a referral, or its return, to the case that it is about; in its transaction."""
    case = Case.objects.filter(number=reference).first()
    if case is not None:
        write_down(case, "referral", referral.answer, by, at, values={"number": referral.number})
