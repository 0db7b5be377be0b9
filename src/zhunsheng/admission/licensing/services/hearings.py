"""Hear the body before it is decided that its commitment, declaration or filing was untrue.

Notice with facts and term, the body's statement with files, the authority's answer, the legal check; only then
`services/revoking.py` may confirm. Source: Administrative Licensing Law, Art. 7 (the right to state and to defend
oneself).
"""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import PurePath
from typing import Any, Final

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from zhunsheng.admission.licensing import law_book
from zhunsheng.admission.licensing.lifecycle import VERIFICATION
from zhunsheng.admission.licensing.models import Hearing, HearingFile, HearingStatement, Verification
from zhunsheng.admission.licensing.permissions import Can
from zhunsheng.admission.licensing.selectors import hearings as selectors
from zhunsheng.admission.licensing.selectors.verifications import law_of, measure_for
from zhunsheng.admission.licensing.services import documents
from zhunsheng.admission.licensing.services.attachments import ACCEPTED
from zhunsheng.admission.licensing.services.refusals import (
    Abuse,
    ApplicationRefused,
    keep_refusal,
    log,
    task_refusals_logged,
)
from zhunsheng.admission.licensing.services.verifications import demand, save, task_for
from zhunsheng.foundation.workflow import IllegalMove
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.accounts.policy import NotAllowed
from zhunsheng.platform.documents import files
from zhunsheng.platform.documents.models import StoredFile
from zhunsheng.platform.jobs import rows
from zhunsheng.platform.notices import services as notices

MOST_FILES: Final = 10


class NotHeard(Abuse):
    """A decision against a body that has not been heard."""

    code = "not-heard"


@task_refusals_logged("notify")
def notify_untrue(*, verification_id: int, reasons: str, by: User, at: datetime) -> Hearing:
    """Tell the body what is held against it, what is intended and until when it may state its case.

    The term runs from the day on which the notice is served.
    Raises: Verification.DoesNotExist, NotAllowed, SamePerson (who verified), IllegalMove, ApplicationRefused.
    """
    task = _task_for_decider(verification_id, by, at)
    demand(reasons, "reasons")
    task.stage = VERIFICATION.target(task.stage, "notify")
    term, law, measure = law_book.clock(selectors.CODE, timezone.localdate(at)), law_of(task), measure_for(task)
    content = {
        "decided_on": documents.chinese(timezone.localdate(task.application.decided_at)),
        "facts": [one for one in (task.words, reasons.strip()) if one],
        "measure": law.values["measure_words"][measure],
        "basis": "、".join(f"《{one.law}》{one.article}" for one in law.basis),
        "days": term.values["limit"],
    }
    notice = documents.issue_document(application=task.application, kind="hearing", content=content, by=by, at=at)
    with recorded(by, reasons.strip()[:300]):
        made = Hearing.objects.create(
            verification=task, notice=notice, measure=measure, law=term.named, reasons=reasons.strip(), told_by=by,
            told_at=at,
        )  # fmt: skip
    save(task, by, reasons)
    log(task.application, "verification.notify", by=by, at=at, words=notice.number, law=term.named)
    return made


def state(
    *,
    verification_id: int,
    words: str,
    by: User,
    at: datetime,
    evidence: Sequence[tuple[files.Stream | bytes, str]] = (),
    final: bool = False,
) -> HearingStatement:
    """Enter what the body states in its defence; it may add to it until the authority answers.

    The same words and files from the same person, sent twice, are one statement.

    Args:
        evidence: files with their names, at most MOST_FILES.
        final: nothing is to be added, so that the term need not be waited for; then the words may be empty.
    Raises: Verification.DoesNotExist, NotAllowed, IllegalMove, ApplicationRefused, and what the file store refuses.
    """
    if len(evidence) > MOST_FILES:
        raise ApplicationRefused(
            "An application has at most %(most)s of these.", params={"most": MOST_FILES}, field="evidence",
            remedy="Put them into one archive.",
        )  # fmt: skip
    task = Verification.objects.select_related("application").get(pk=verification_id)
    try:
        policy.require(by, Can.STATE, policy.Place.of(task.application), timezone.localdate(at))
        VERIFICATION.target(task.stage, "state")
    except (NotAllowed, IllegalMove) as error:
        keep_refusal(task.application_id, "verification.state", by=by, at=at, error=error)
        raise
    kept = [(files.store(content), PurePath(name).name[:200]) for content, name in evidence]
    return _state(verification_id, words.strip(), kept, final, by, at)


@transaction.atomic
def _state(
    verification_id: int, words: str, kept: Sequence[tuple[StoredFile, str]], final: bool, by: User, at: datetime
) -> HearingStatement:
    task, on = task_for(verification_id, Can.STATE, by, at), timezone.localdate(at)
    VERIFICATION.target(task.stage, "state")
    if not final:
        demand(words, "words")
    wrong = next((file.media_type for file, _name in kept if file.media_type not in ACCEPTED or not file.bytes), None)
    if wrong is not None:
        raise ApplicationRefused(
            "Files of this kind are not taken: %(sort)s.", params={"sort": wrong}, field="evidence",
            remedy="Send PDF, OFD, an image, XLSX, DOCX, CSV or a ZIP archive.",
        )  # fmt: skip
    hearing = _open(task)
    said = selectors.said_already(hearing, words, final, [file.sha256 for file, _name in kept], by)
    if said is not None:
        return said
    reading = selectors.reading_of(hearing, on)
    late = reading is not None and reading.due_on is not None and reading.due_on < on
    made = HearingStatement.objects.create(hearing=hearing, words=words, final=final, late=late, by=by, at=at)
    for file in {file.sha256: (file, name) for file, name in kept}.values():
        HearingFile.objects.create(statement=made, file=file[0], name=file[1])
    log(task.application, "verification.state", by=by, at=at, words=words, law=hearing.law)
    _tell_office(task, hearing, _("The body has stated its case; it is to be answered."), f"stated:{made.pk}", at)
    return made


@task_refusals_logged("answer")
def answer_statement(*, verification_id: int, words: str, by: User, at: datetime) -> Hearing:
    """Say what is accepted of the statement and why the rest is not; only then may it be decided.

    Raises: Verification.DoesNotExist, NotAllowed, SamePerson (who verified), IllegalMove, ApplicationRefused;
    NotHeard while the term runs and the body may still state its case.
    """
    task = _task_for_decider(verification_id, by, at)
    demand(words, "words")
    task.stage = VERIFICATION.target(task.stage, "answer")
    hearing = _open(task)
    if not selectors.is_over(hearing, timezone.localdate(at)):
        raise NotHeard(
            "The body may still state its case.",
            field="words",
            remedy="Wait until the term has run out after the notice was served, or the body says that it has nothing"
            " to add.",
        )
    hearing.answer, hearing.answered_by, hearing.answered_at = words.strip(), by, at
    with recorded(by, words[:300]):
        hearing.save(update_fields=["answer", "answered_by", "answered_at"])
    save(task, by, words)
    log(task.application, "verification.answer", by=by, at=at, words=words, law=hearing.law)
    tell_body(task, _("The authority has answered your statement."), f"answered:{hearing.pk}", by=by, at=at)
    _tell_office(task, hearing, _("The body was heard and answered; the legal check waits."), f"legal:{hearing.pk}", at)
    return hearing


def tell_ended(*, at: datetime) -> int:
    """Tell each office once that the term of a notice has run out; return how many were told."""
    waiting = Verification.objects.filter(stage="hearing", hearings__warned_at=None, hearings__answered_at=None)
    return rows.each(
        "hearing-terms", rows.chunks(waiting.select_related("application").distinct()), lambda one: _warn(one, at)
    )


def _warn(task: Verification, at: datetime) -> bool:
    hearing = _open(task)
    if hearing.warned_at is not None or not selectors.is_over(hearing, timezone.localdate(at)):
        return False
    hearing.warned_at = at
    with recorded(None, "the term for statements has run out"):
        hearing.save(update_fields=["warned_at"])
    _tell_office(task, hearing, _("The term for statement and defence is over."), f"over:{hearing.pk}", at)
    return True


@task_refusals_logged("examine")
def examine_untrue(*, verification_id: int, lawful: bool, words: str, by: User, at: datetime) -> Hearing:
    """Give the opinion of the legal check on the decision against the body; only when it passes may it be taken.

    What did not pass is sent back to be verified anew by who decides, or examined once more.

    Raises: Verification.DoesNotExist, NotAllowed, SamePerson (who verified, told or answered), IllegalMove,
    ApplicationRefused.
    """
    task = task_for(verification_id, Can.EXAMINE, by, at)
    policy.refuse_same_person(Can.VERIFY, [task.found_by_id], Can.EXAMINE, by)
    demand(words, "words")
    task.stage = VERIFICATION.target(task.stage, "examine" if lawful else "object")
    hearing = _open(task)
    policy.refuse_same_person(Can.DECIDE, [hearing.told_by_id, hearing.answered_by_id], Can.EXAMINE, by)
    hearing.lawful, hearing.opinion, hearing.examined_by, hearing.examined_at = lawful, words.strip(), by, at
    with recorded(by, words[:300]):
        hearing.save(update_fields=["lawful", "opinion", "examined_by", "examined_at"])
    save(task, by, words)
    action = "verification.examine" if lawful else "verification.object"
    log(task.application, action, by=by, at=at, words=words, law=hearing.law, inside=True)
    told = _("Examined for legality; it is to be decided.") if lawful else _("The legal check found it wanting.")
    _tell_office(task, hearing, told, f"examined:{hearing.pk}:{at.isoformat()}", at)
    return hearing


def require_heard(task: Verification) -> Hearing:
    """Return the hearing of a task that was answered and examined. Raises: NotHeard."""
    hearing = selectors.open_hearing(task)
    if hearing is None or hearing.answered_at is None:
        raise NotHeard(
            "The body has not been heard yet.", field="decision_no",
            remedy="Send the notice first, and answer what the body states.",
        )  # fmt: skip
    if not hearing.lawful:
        raise NotHeard(
            "The decision was not examined for legality yet.", field="decision_no",
            remedy="Let the legal officer give an opinion first.",
        )  # fmt: skip
    return hearing


def _task_for_decider(verification_id: int, by: User, at: datetime) -> Verification:
    task = task_for(verification_id, Can.DECIDE, by, at)
    policy.refuse_same_person(Can.VERIFY, [task.found_by_id], Can.DECIDE, by)
    return task


def _open(task: Verification) -> Hearing:
    hearing = selectors.open_hearing(task)
    if hearing is None:
        raise NotHeard("The body has not been heard yet.", remedy="Send the notice first.")
    return hearing


def tell_body(task: Verification, words: Any, mark: str, *, by: User | None, at: datetime) -> None:
    """Send the body a notice, in Chinese as its letters are, that leads to the task."""
    _notify(task, [task.application.organisation_id], words, mark, by=by, at=at)


def _tell_office(task: Verification, hearing: Hearing, words: Any, mark: str, at: datetime) -> None:
    on: date = timezone.localdate(at)
    houses = {one.organisation_id for one in hearing.told_by.memberships_on(on)}
    if houses:
        _notify(task, sorted(houses), words, mark, by=None, at=at)


def _notify(task: Verification, houses: Sequence[int], words: Any, mark: str, *, by: User | None, at: datetime) -> None:
    with translation.override("zh-hans"):
        told = str(words)
    notices.notify(
        organisation_ids=houses, subject=f"{task.application.number} {told}"[:200], body=told,
        href=f"/licensing/verifications/{task.pk}/", kind="licensing.hearing", at=at, by=by,
        origin=f"hearing:{task.pk}:{mark}",
    )  # fmt: skip
