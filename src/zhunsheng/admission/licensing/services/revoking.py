"""Confirm that a commitment, declaration or filing was untrue: the measure, the credit event and the bar, at once.

Who confirms decides and did not verify; the body was heard (`services/hearings.py`), and nothing was held against it
before.
"""

from collections.abc import Collection
from datetime import date, datetime

from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from zhunsheng.admission.certificates import services as certificates
from zhunsheng.admission.licensing.lifecycle import VERIFICATION, Finding
from zhunsheng.admission.licensing.models import Verification
from zhunsheng.admission.licensing.permissions import Can
from zhunsheng.admission.licensing.selectors.verifications import granted_lines, law_of, measure_for
from zhunsheng.admission.licensing.services import bars, hearings
from zhunsheng.admission.licensing.services.refusals import ApplicationRefused, log, task_refusals_logged
from zhunsheng.admission.licensing.services.verifications import demand, discharge, enter_event, save, task_for
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.models import User

GROUND = "MEASURE-MATTER-WITHDRAWN"
"""The ground in the law of certificates: matters withdrawn because a commitment proved untrue."""


@task_refusals_logged("revoke")
def confirm_untrue(
    *, verification_id: int, decision_no: str, on: date, words: str, by: User, at: datetime
) -> Verification:
    """Decide that what was committed, declared or filed was untrue.

    The certificate is revoked or the lines that were granted end, as the rule says for this kind of application; the
    credit file gets its event, and the routes named by the rule are barred. All of it holds or none.

    Args:
        decision_no: number of the decision; on: the first day without the certificate or the lines.
    Raises: Verification.DoesNotExist, NotAllowed, SamePerson (who verified or examined), IllegalMove,
    NotHeard, ApplicationRefused, and what the certificates refuse.
    """
    task = task_for(verification_id, Can.DECIDE, by, at)
    policy.refuse_same_person(Can.VERIFY, [task.found_by_id], Can.DECIDE, by)
    demand(words, "words")
    demand(decision_no, "decision_no")
    hearing = hearings.require_heard(task)
    policy.refuse_same_person(Can.EXAMINE, [hearing.examined_by_id], Can.DECIDE, by)
    if on > timezone.localdate(at):
        raise ApplicationRefused(
            "The day lies ahead.", field="on", remedy="Enter the decision on the day when it takes effect, or later."
        )
    task.stage = VERIFICATION.target(task.stage, "revoke")
    task.closed_by, task.closed_at = by, at
    _measure(task, decision_no=decision_no, on=on, words=words, by=by, at=at)
    save(task, by, words)
    outcome = law_of(task).values["outcomes"][Finding.UNTRUE]
    enter_event(task, outcome["event"], words, by, at)
    for kind in ("verify", "rectify_commitment"):
        discharge(task, kind, words, by, at)
    _bar(task, outcome, reference=decision_no, words=words, by=by, at=at)
    log(task.application, "verification.revoke", by=by, at=at, words=f"{decision_no} {words}", law=task.law)
    told = format_lazy("{} {}", _("It was decided that this was untrue:"), decision_no)
    hearings.tell_body(task, told, "decided", by=by, at=at)
    return task


def _measure(task: Verification, *, decision_no: str, on: date, words: str, by: User, at: datetime) -> None:
    """Take the measure that the rule names for this kind of application."""
    measure = measure_for(task)
    if measure == "revoke":
        certificates.revoke(
            body_id=task.body_id, ground=GROUND, decision_no=decision_no, on=on, by=by, at=at, why=words[:300]
        )
    elif measure == "reduce":
        lines = _lines(task, at)
        certificates.reduce(
            body_id=task.body_id, ground=GROUND, line_ids=lines, decision_no=decision_no, on=on, by=by, at=at,
            why=words[:300],
        )  # fmt: skip


def _lines(task: Verification, at: datetime) -> Collection[int]:
    found = list(granted_lines(task, timezone.localdate(at)).values_list("pk", flat=True))
    if not found:
        raise ApplicationRefused(
            "None of the lines that were granted is in force any more.", field="decision_no",
            remedy="Compare the application with the register, and take the measure on the certificate's page.",
        )  # fmt: skip
    return found


def _bar(task: Verification, outcome: dict[str, object], *, reference: str, words: str, by: User, at: datetime) -> None:
    condition = str(outcome.get("bar") or "")
    if not condition:
        return
    months = outcome.get("bar_months")
    bars.set_bar(
        organisation_id=task.application.organisation_id, condition=condition, law=law_of(task),
        since=timezone.localdate(at), months=int(str(months)) if months else None, reference=reference, words=words,
        by=by, at=at,
    )  # fmt: skip
