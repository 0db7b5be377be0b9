"""Steps that make a document of their own, and those that touch who acts in a case or what follows from it."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy, pgettext_lazy

from zhunsheng.oversight.enforcement.forms import papers as entered
from zhunsheng.oversight.enforcement.models import Case
from zhunsheng.oversight.enforcement.permissions import Can
from zhunsheng.oversight.enforcement.services import documents, handing_over, hearing, investigating, listing, recording
from zhunsheng.oversight.enforcement.services.hearing import Sitting
from zhunsheng.oversight.enforcement.services.recording import Talk
from zhunsheng.oversight.enforcement.views.step import Given, Step, call
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.documents import files


def _record(case: Case, user: User, given: Given) -> object:
    talk = Talk(given["began"], given["ended"], given["place"], given["person"], given["post"])
    return recording.take_record(
        case_id=case.pk, sort=given["sort"], talk=talk, words=given["words"], by=user, at=timezone.now()
    )


def _call_hearing(case: Case, user: User, given: Given) -> object:
    sitting = Sitting(
        given["held_at"], given["place"], given["chair"], given["clerk"], given["members"], open=given["open"]
    )
    return hearing.call(case_id=case.pk, sitting=sitting, by=user, at=timezone.now())


def _served(_case: Case, user: User, given: Given) -> object:
    proof: Any = given["proof"]
    return documents.serve(
        document_id=given["document"], method=given["method"], on=given["on"], received_by=given["received_by"],
        proof=files.store(proof).sha256 if proof else "", by=user, at=timezone.now(),
    )  # fmt: skip


STEPS: dict[str, Step] = {
    "record": Step(
        gettext_lazy("Record on the spot or of a questioning"), gettext_lazy("Make the record"), entered.RecordForm,
        Can.INVESTIGATE, _record, "investigate",
    ),
    "correction": Step(
        gettext_lazy("Order to correct"), gettext_lazy("Make the order"), entered.CorrectionForm, Can.INVESTIGATE,
        call(recording.order_correction, "finding", "words", "due"),
    ),
    "hearing_call": Step(
        gettext_lazy("Give notice of the hearing"), gettext_lazy("Give the notice"), entered.CallForm, Can.EXAMINE,
        _call_hearing, "hear", True,
    ),
    "document_served": Step(
        gettext_lazy("Record the service of a document"), gettext_lazy("Record it"), entered.DocumentServedForm,
        Can.INVESTIGATE, _served,
    ),
    "refer": Step(
        gettext_lazy("Hand the case over or ask for assistance"), gettext_lazy("Send it with the whole file"),
        entered.ReferForm, Can.INVESTIGATE,
        lambda case, user, given: handing_over.refer(
            case_id=case.pk, receiver_id=given["receiver"].pk, kind=given["kind"], words=given["words"], by=user,
            at=timezone.now(),
        ),
    ),
    "aside": Step(
        pgettext_lazy("case", "Keep an investigator out"), gettext_lazy("Record it"), entered.AsideForm,
        Can.INVESTIGATE,
        lambda case, user, given: investigating.step_aside(
            case_id=case.pk, leaving_id=given["leaving"].pk, successor_id=given["successor"].pk, why=given["why"],
            by=user, at=timezone.now(),
        ), "investigate",
    ),
    "severe_remove": Step(
        gettext_lazy("Remove from the severe list"), gettext_lazy("Remove it"), entered.RemovalForm, Can.DECIDE,
        lambda _case, user, given: listing.remove(
            entry_id=given["entry"], why=given["why"], by=user, at=timezone.now()
        ),
    ),
}  # fmt: skip
