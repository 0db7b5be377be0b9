"""Verify commitments, declarations and filings after the decision: found by the day, with consequences.

Nothing is held against a body before somebody who did not verify has decided (`services/revoking.py`).
"""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from zhunsheng.admission.licensing import law_book, permissions
from zhunsheng.admission.licensing.lifecycle import VERIFICATION, Finding
from zhunsheng.admission.licensing.models import Application, Decision, Verification
from zhunsheng.admission.licensing.permissions import Can
from zhunsheng.admission.licensing.rules.clocks import Clock
from zhunsheng.admission.licensing.selectors.verifications import law_of, reading_of
from zhunsheng.admission.licensing.services.refusals import ApplicationRefused, log, task_refusals_logged
from zhunsheng.foundation.canonical import canonical_digest
from zhunsheng.foundation.lawbook import Entry
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.jobs import rows
from zhunsheng.platform.ledger import services as ledger
from zhunsheng.registry.credit import selectors as credit_files
from zhunsheng.registry.credit import services as credit

SOURCE = "licensing.verification"
LEDGER_KIND = "licensing.verification_opened"
ACTIONS = {
    Finding.TRUE: "find_true",
    Finding.BASICALLY_TRUE: "find_basically_true",
    Finding.UNTRUE: "find_untrue",
}


@transaction.atomic
def open_verification(*, application_id: int, by: User | None, at: datetime) -> Verification:
    """Open the task of verifying a decided application and seal it in the log.

    Where the rule verifies all or none, that is settled at once; else the task waits for its lot, which nobody can know
    before the decision stands (`services/lots.py`). A second call for the same application returns the first task.

    Args:
        by: who decided; None for the system.
    Raises: NotAllowed; ApplicationRefused where the route is not verified afterwards or nothing is decided.
    """
    application = Application.objects.select_for_update(of=("self",)).select_related("body").get(pk=application_id)
    today = timezone.localdate(at)
    if by is not None:
        permissions.require(by, Can.DECIDE, application, today)
    known = Verification.objects.filter(application=application).first()
    if known is not None:
        return known
    body = application.body
    if body is None or application.decided_at is None:
        raise ApplicationRefused("Only what is decided for a body is verified.", remedy="Decide the application first.")
    law = _law(application.route, today)
    grade = credit_files.grade_on(body.pk, today)
    rate = Decimal(law.values["rates"][grade.grade if grade else ""])
    made = Verification(
        application=application, body=body, division_id=application.division_id, law=law.named, rate=rate,
        opened_at=at, stage="waiting",
    )  # fmt: skip
    made.entry = ledger.append(kind=LEDGER_KIND, subject=sealed(made), body=body.slug, at=at).id
    with recorded(by, law.title["zh"]):
        made.save()
    log(application, "verification.opened", by=by, at=at, law=law.named, words=law.title["zh"], inside=True)
    if not 0 < rate < 1:
        settle(made, chosen=bool(rate), by=by, at=at)
    return made


def sealed(verification: Verification) -> str:
    """Return the SHA-256 of what the log seals of a task when it is opened, before its lot, in hexadecimal."""
    return canonical_digest(
        {
            "application": verification.application.number,
            "law": verification.law,
            "rate": f"{verification.rate:.4f}",
        }
    )


def settle(task: Verification, *, chosen: bool, by: User | None, at: datetime) -> None:
    """Let a task that waited be verified or be closed, in the caller's transaction; the lot stands in it already."""
    law = law_of(task)
    task.stage = VERIFICATION.target(task.stage, "draw" if chosen else "pass_over")
    if chosen:
        task.due_on = _due(task, timezone.localdate(at))
        credit.oblige(
            body_id=task.body_id, kind="verify", due_on=task.due_on, reference=task.application.number, by=by, at=at,
            words=f"{law.title['zh']}（{task.application.number}）",
        )  # fmt: skip
    else:
        task.finding, task.closed_at = Finding.NOT_SAMPLED, at
    with recorded(by, law.title["zh"]):
        task.save(update_fields=["stage", "due_on", "finding", "closed_at", "seed", "lot", "checkpoint"])


@task_refusals_logged("find")
def record_finding(*, verification_id: int, finding: str, words: str, by: User, at: datetime) -> Verification:
    """Say what verifying found: true closes, basically true asks for rectification, untrue goes to who decides.

    Raises: Verification.DoesNotExist, NotAllowed, SamePerson (who decided the application), IllegalMove,
    ApplicationRefused without words or for an unknown finding.
    """
    task = task_for(verification_id, Can.VERIFY, by, at)
    policy.refuse_same_person(Can.DECIDE, _deciders(task.application_id), Can.VERIFY, by)
    if finding not in ACTIONS:
        raise ApplicationRefused("Say what was found.", field="finding", remedy="Choose one of them.")
    demand(words, "words")
    task.stage = VERIFICATION.target(task.stage, ACTIONS[Finding(finding)])
    task.finding, task.words, task.found_by, task.found_at = Finding(finding), words.strip(), by, at
    outcome = law_of(task).values["outcomes"][finding]
    if finding == Finding.BASICALLY_TRUE:
        task.rectify_until = _rectify_until(task, at)
    if finding == Finding.TRUE:
        task.closed_by, task.closed_at = by, at
    save(task, by, words)
    if finding != Finding.UNTRUE:
        discharge(task, "verify", words, by, at)
        enter_event(task, outcome["event"], words, by, at)
    if finding == Finding.BASICALLY_TRUE:
        credit.oblige(
            body_id=task.body_id, kind="rectify_commitment", due_on=task.rectify_until,
            reference=task.application.number, words=words, by=by, at=at,
        )  # fmt: skip
    action = f"verification.{ACTIONS[Finding(finding)]}"
    log(task.application, action, by=by, at=at, words=words, law=task.law, inside=True)
    return task


@task_refusals_logged("accept")
def accept_rectification(*, verification_id: int, words: str, by: User, at: datetime) -> Verification:
    """Close a task whose findings were put right.

    Raises: Verification.DoesNotExist, NotAllowed, IllegalMove, ApplicationRefused.
    """
    task = task_for(verification_id, Can.VERIFY, by, at)
    demand(words, "words")
    task.stage = VERIFICATION.target(task.stage, "accept_rectification")
    task.closed_by, task.closed_at = by, at
    save(task, by, words)
    discharge(task, "rectify_commitment", words, by, at)
    log(task.application, "verification.accept_rectification", by=by, at=at, words=words, law=task.law, inside=True)
    return task


@task_refusals_logged("return")
def return_finding(*, verification_id: int, words: str, by: User, at: datetime) -> Verification:
    """Send a finding of "untrue" back to be verified anew, for who decides and did not verify.

    Raises: Verification.DoesNotExist, NotAllowed, SamePerson, IllegalMove, ApplicationRefused.
    """
    task = task_for(verification_id, Can.DECIDE, by, at)
    policy.refuse_same_person(Can.VERIFY, [task.found_by_id], Can.DECIDE, by)
    demand(words, "words")
    task.stage = VERIFICATION.target(task.stage, "return")
    task.finding, task.found_by, task.found_at = Finding.PENDING, None, None
    save(task, by, words)
    heard = task.hearings.exists()
    log(task.application, "verification.return", by=by, at=at, words=words, law=task.law, inside=not heard)
    return task


def reread_unannounced(*, at: datetime) -> int:
    """Give open tasks their day where the holidays of its year have been announced since; return how many got one."""
    waiting = Verification.objects.filter(stage="open", due_on=None).select_related("application", "body")
    return rows.each("verification-days", rows.chunks(waiting), lambda task: _give_day(task, at))


def _give_day(task: Verification, at: datetime) -> bool:
    due = _due(task, timezone.localdate(at))
    if due is None:
        return False
    task.due_on = due
    with recorded(None, "the holidays of its year are announced"):
        task.save(update_fields=["due_on"])
        for one in credit_files.obligations_open(task.body_id, "verify", task.application.number):
            credit.set_due_day(obligation_id=one.pk, due_on=due, why="the holidays are announced", by=None, at=at)
    return True


def _due(task: Verification, today: date) -> date | None:
    """Return the last day of verifying; None while the holidays of its year are not announced."""
    reading = reading_of(task, today)
    return reading.due_on if reading else None


def _law(route: str, today: date) -> Entry:
    try:
        return law_book.verification_for(route, today)
    except KeyError:
        raise ApplicationRefused(
            "Decisions on this route are not verified afterwards.", field="route", remedy="Nothing is to be done."
        ) from None


def task_for(verification_id: int, action: str, by: User, at: datetime) -> Verification:
    """Return a task, locked, for whoever may do this. Raises: Verification.DoesNotExist, NotAllowed."""
    tasks = Verification.objects.select_for_update(of=("self",)).select_related("application", "body")
    task = tasks.get(pk=verification_id)
    permissions.require(by, action, task.application, timezone.localdate(at))
    return task


def _deciders(application_id: int) -> list[int | None]:
    return list(Decision.objects.filter(application_id=application_id).values_list("decided_by_id", flat=True))


def _rectify_until(task: Verification, at: datetime) -> date | None:
    today = timezone.localdate(at)
    clock = law_book.clock(law_of(task).values["rectify_clock"], today)
    return Clock(clock, today).read(today).due_on


def enter_event(task: Verification, kind: str, words: str, by: User | None, at: datetime) -> None:
    """Write what came out into the body's credit file, once for each application."""
    credit.record(
        body_id=task.body_id, kind=kind, on=timezone.localdate(at), source=SOURCE,
        reference=task.application.number, words=words[:1000], by=by, at=at,
    )  # fmt: skip


def discharge(task: Verification, kind: str, words: str, by: User, at: datetime) -> None:
    """End the obligations of this kind that the task laid on the body."""
    for one in credit_files.obligations_open(task.body_id, kind, task.application.number):
        credit.discharge(obligation_id=one.pk, outcome=words[:300], by=by, at=at)


def save(task: Verification, by: User, why: str) -> None:
    """Save a task with who and why."""
    with recorded(by, why):
        task.save(
            update_fields=[
                "stage",
                "finding",
                "words",
                "found_by",
                "found_at",
                "rectify_until",
                "closed_by",
                "closed_at",
            ]
        )


def demand(words: str, field: str) -> None:
    """Refuse an empty text. Raises: ApplicationRefused."""
    if not words.strip():
        raise ApplicationRefused("This has to be filled in.", field=field, remedy="Fill it in.")
