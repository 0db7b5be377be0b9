"""The record of who read another party's secret."""

from datetime import datetime

from django.db.models import Model
from django.utils import timezone

from zhunsheng.platform.accounts.history import MissingReason
from zhunsheng.platform.accounts.models import AccessRecord, User
from zhunsheng.platform.accounts.policy import Place


def note_access(
    user: User, subject: Model | str, why: str, *, owner: Place | None = None, at: datetime | None = None
) -> AccessRecord:
    """Record that this person read a secret of another party: what, when and why. Call it before showing the secret.

    Args:
        subject: the record, or a text that names it.
        owner: whose secret it is, so that its organisation and division can see who looked.

    Raises: MissingReason.
    """
    if not why.strip():
        raise MissingReason(str(AccessRecord._meta.verbose_name))
    moment = at or timezone.now()
    organisations = dict.fromkeys(one.organisation.name for one in user.memberships_on(timezone.localdate(moment)))
    return AccessRecord.objects.create(
        at=moment,
        user_id=user.pk,
        user_name=str(user)[:200],
        reader_organisations="、".join(organisations)[:400],
        subject_kind=subject._meta.label_lower if isinstance(subject, Model) else "text",
        subject_id=str(subject.pk)[:120] if isinstance(subject, Model) else "",
        subject_name=str(subject)[:200],
        owner_organisation_id=owner.organisation_id if owner else None,
        division_code=(owner.division_code or "") if owner else "",
        why=why.strip()[:400],
    )
