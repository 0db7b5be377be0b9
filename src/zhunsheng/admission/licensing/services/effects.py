"""What follows a decision in the same transaction: register, certificate, letter, day list, credit, verification."""

from datetime import datetime

from django.utils import timezone, translation

from zhunsheng.admission.certificates import services as certificates
from zhunsheng.admission.licensing.lifecycle import Kind, Stage
from zhunsheng.admission.licensing.models import Application, Decision
from zhunsheng.admission.licensing.selectors import clocks as limits
from zhunsheng.admission.licensing.selectors import officer as selectors
from zhunsheng.admission.licensing.services import clocks, granting, letters, verifications
from zhunsheng.admission.licensing.services.refusals import log
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import User
from zhunsheng.registry.credit import services as credit

SOURCE = "licensing.decision"
EVENTS = {Stage.GRANTED: "licence_granted", Stage.PARTLY_GRANTED: "licence_granted", Stage.REFUSED: "licence_refused"}
WORDS = {Stage.GRANTED: "准予", Stage.PARTLY_GRANTED: "部分准予", Stage.REFUSED: "不予许可"}
"""What credit file and day list say in Chinese."""


def after_decision(application: Application, decision: Decision, *, late: str, by: User, at: datetime) -> None:
    """Write everything that a decision brings about; raises what any of it refuses, and then nothing holds."""
    granted = application.stage != Stage.REFUSED
    if granted:
        issue_certificate(application, decision, by=by, at=at)
    else:
        _announce_refusal(application, decision, by=by, at=at)
    letters.send(application, decision, late=late, by=by, at=at)
    if application.body_id is not None:
        credit.record(
            body_id=application.body_id, kind=EVENTS[Stage(application.stage)], on=timezone.localdate(at),
            source=SOURCE, reference=decision.number, words=summary(application, decision.number), by=by, at=at,
        )  # fmt: skip
    if granted and selectors.is_verified_after(application):
        verifications.open_verification(application_id=application.pk, by=by, at=at)


def issue_certificate(application: Application, decision: Decision, *, by: User, at: datetime) -> None:
    """Write what was granted into the register and issue certificate and schedule, within the limit of issuing."""
    today = timezone.localdate(at)
    clocks.start(application, limits.ISSUE, today)
    if application.kind == Kind.CANCELLATION:
        granting.cancel(application, decision.number, by=by, at=at)
    else:
        made = certificates.issue(
            grant=granting.grant_of(application, number=decision.number, decided=today), by=by, at=at,
            why=f"{decision.number} {application.number}",
        )  # fmt: skip
        decision.certificate_number = made.number
        granting.name_body(application, made.body_id, by=by, why=decision.number)
    decision.issued_at = at
    with recorded(by, decision.number):
        decision.save(update_fields=["certificate_number", "issued_at"])
    clocks.finish(application, limits.ISSUE, today)
    log(application, "issue_certificate", by=by, at=at, words=decision.certificate_number)


def _announce_refusal(application: Application, decision: Decision, *, by: User, at: datetime) -> None:
    certificates.announce(
        kind="refused", application_number=application.number, body_name=application.applicant_name,
        words=summary(application, decision.number), words_en=_refused_in_english(application, decision.number),
        on=timezone.localdate(at), at=at, decision_no=decision.number, body_id=application.body_id,
        division=application.division_id, by=by,
    )  # fmt: skip


def summary(application: Application, number: str) -> str:
    """Say in Chinese what was decided: what everybody may read."""
    with translation.override("zh-hans"):
        return f"{WORDS[Stage(application.stage)]}：{Kind(application.kind).label}（{number}）"


def _refused_in_english(application: Application, number: str) -> str:
    with translation.override("en"):
        return f"Refused: {Kind(application.kind).label} ({number})"
