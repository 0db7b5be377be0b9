"""The record of who read another party's secret, and of who tried what is kept apart from their own work."""

from datetime import datetime

from django.db.models import Model
from django.utils import timezone, translation

from zhunsheng.foundation.errors import DomainError
from zhunsheng.platform.accounts.history import MissingReason
from zhunsheng.platform.accounts.models import AccessRecord, User
from zhunsheng.platform.accounts.policy import Place
from zhunsheng.platform.refusals import sentence


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


def note_refused(user: User, address: str, error: DomainError, *, at: datetime) -> AccessRecord:
    """Record that this person tried a step which the rules keep from them, where and with which answer; once.

    Where a record of this very refusal stands already, that one is returned.
    """
    before = AccessRecord.objects.filter(pk=error.record).first() if error.record else None
    if before is not None:
        return before
    with translation.override("zh-hans"):
        why = f"{error.code}：{sentence(error)}"
    memberships = list(user.memberships_on(timezone.localdate(at)))
    own = memberships[0].organisation if memberships else None
    made = AccessRecord.objects.create(
        at=at, user_id=user.pk, user_name=str(user)[:200],
        reader_organisations="、".join(dict.fromkeys(one.organisation.name for one in memberships))[:400],
        subject_kind=AccessRecord.REFUSED, subject_name=address[:200], owner_organisation_id=own.pk if own else None,
        division_code=own.division_id if own else "", why=why[:400],
    )  # fmt: skip
    error.record = made.pk
    return made
