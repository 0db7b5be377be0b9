"""What may be done to a case: for each step its form, who is offered it, and the service that does it."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from zhunsheng.oversight.enforcement import permissions
from zhunsheng.oversight.enforcement.forms import cases as entered
from zhunsheng.oversight.enforcement.lifecycle import CASE, RUNNING
from zhunsheng.oversight.enforcement.models import Case
from zhunsheng.oversight.enforcement.permissions import Can
from zhunsheng.oversight.enforcement.services import (
    CaseRefused,
    carrying_out,
    deciding,
    hearing,
    investigating,
    listing,
    police,
    proposing,
    qualification,
)
from zhunsheng.oversight.enforcement.services.investigating import Taken
from zhunsheng.oversight.enforcement.views import joint, papers
from zhunsheng.oversight.enforcement.views.step import Given, Step, call
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.models import User


def offered(user: User, case: Case) -> list[str]:
    """Return the steps that stage and policy offer to this reader; the services refuse all others."""
    today = timezone.localdate()
    can = set(CASE.actions(case.stage))
    may = {one: permissions.allowed(user, one, case, today) for one in {step.action for step in STEPS.values()}}
    may[Can.JOIN] = case.page_facts["seat"] is not None  # type: ignore[attr-defined]  # the view reads it once
    own = case.organisation_id and policy.allowed(
        user, Can.SEE_OWN, policy.Place(organisation_id=case.organisation_id), today
    )
    found = [name for name, one in STEPS.items() if may[one.action] and (not one.move or one.move in can)]
    if own and "state" in can and "state" not in found:
        found.append("state")
    return [name for name in found if _fits(name, case)]


def _fits(name: str, case: Case) -> bool:
    """Tell whether a step that the workflow doesn't rule makes sense now."""
    facts = case.page_facts  # type: ignore[attr-defined]  # the view reads them once
    wants = {
        "end_hold": facts["held"],
        "pause": case.stage in RUNNING and not facts["paused"],
        "resume": facts["paused"] and case.stage in RUNNING,
        "extend": case.stage in RUNNING,
        "second": case.stage == "investigating",
        "publish": facts["to_publish"],
        "aside": case.stage == "investigating",
        "correction": case.stage in RUNNING,
        "refer": case.stage in RUNNING and case.authority_id is not None,
        "document_served": facts["unserved"],
        "hear": facts["hearing_called"],
        "severe_remove": facts["removable"],
        "severe": facts["in_force"] and not facts["listed"],
        "grantor": facts["recommended"],
        "police_decide": facts["transfer"] is not None and facts["transfer"].approved is None,
        "police_send": facts["transfer"] is not None and bool(facts["transfer"].approved)
        and facts["transfer"].sent_at is None,
        "police_answer": facts["transfer"] is not None and facts["transfer"].sent_at is not None
        and facts["transfer"].answered_at is None,
        "police_report": facts["transfer"] is None or facts["transfer"].approved is not None,
    }  # fmt: skip
    return bool(wants.get(name, True)) and joint.fits(name, case, facts["seat"])


def _files(case: Case, user: User, given: Given) -> None:
    taken = [
        Taken(one, one.name, given["kind"], given["taken_on"], given["place"], given["source"])
        for one in given["uploads"]
    ]
    investigating.add_files(case_id=case.pk, taken=taken, by=user, at=timezone.now())


def _serve(case: Case, user: User, given: Given) -> None:
    proof = given["proof"]
    carrying_out.serve(
        case_id=case.pk, method=given["method"], on=given["on"], words=given["words"], by=user, at=timezone.now(),
        proof=proof, proof_name=proof.name if proof else "", received_by=given["received_by"],
    )  # fmt: skip


def _grantor(case: Case, user: User, given: Given) -> None:
    common = {"matter_id": given["matter"], "words": given["words"], "by": user, "at": timezone.now()}
    if given["act"] == "take":
        qualification.take(decision_no=given["decision_no"], lines=given["lines"], **common)
    elif given["act"] == "decline":
        qualification.decline(**common)
    else:
        qualification.report_up(**common)


def _police_send(case: Case, user: User, given: Given) -> None:
    police.hand_over(
        transfer_id=_transfer(case), receiver_id=given["receiver"].pk, documents=given["documents"], by=user,
        at=timezone.now(),
    )  # fmt: skip


def _transfer(case: Case) -> int:
    found = case.transfers.order_by("-reported_at").first()
    if found is None:
        raise CaseRefused("There is no transfer here to send.", remedy="Let the head decide first.")
    return int(found.pk)


STEPS: dict[str, Step] = joint.STEPS | papers.STEPS | {
    "second": Step(
        gettext_lazy("Second investigator"), gettext_lazy("Name this officer"), entered.SecondForm, Can.INVESTIGATE,
        lambda case, user, given: investigating.name_second(
            case_id=case.pk, second_id=given["second"].pk, why=given["why"], by=user, at=timezone.now()
        ), "investigate",
    ),
    "note": Step(
        gettext_lazy("Write a step of the investigation"), gettext_lazy("Write it down"), entered.WordsForm,
        Can.INVESTIGATE, call(investigating.note, "words"), "investigate",
    ),
    "files": Step(
        gettext_lazy("Add files"), gettext_lazy("Add the files"), entered.FilesForm, Can.INVESTIGATE, _files,
        "investigate",
    ),
    "hold": Step(
        gettext_lazy("Hold evidence"), gettext_lazy("Hold it"), entered.HoldForm, Can.INVESTIGATE,
        call(investigating.hold, "items", "place"), "investigate",
    ),
    "end_hold": Step(
        gettext_lazy("End a hold of evidence"), gettext_lazy("End the hold"), entered.EndHoldForm, Can.INVESTIGATE,
        lambda case, user, given: investigating.end_hold(
            hold_id=given["hold"], outcome=given["outcome"], by=user, at=timezone.now()
        ),
    ),
    "pause": Step(
        gettext_lazy("Stop the time limit"), gettext_lazy("Stop it"), entered.PauseForm, Can.INVESTIGATE,
        call(investigating.pause, "cause", "words"),
    ),
    "resume": Step(
        gettext_lazy("Let it run again"), gettext_lazy("Let it run again"), entered.StepForm, Can.INVESTIGATE,
        call(investigating.resume),
    ),
    "extend": Step(
        gettext_lazy("Extend the time limit"), gettext_lazy("Extend it"), entered.ExtendForm, Can.DECIDE,
        lambda case, user, given: investigating.extend(
            case_id=case.pk, words=given["words"], collective=given["collective"], days=given["days"] or 0, by=user,
            at=timezone.now(),
        ),
    ),
    "examine": Step(
        gettext_lazy("Examine for legality"), gettext_lazy("Give this opinion"), entered.ExamineForm, Can.EXAMINE,
        lambda case, user, given: proposing.examine(
            case_id=case.pk, passes=given["passes"] == "1", words=given["words"], by=user, at=timezone.now()
        ), "approve", True,
    ),
    "notify": Step(
        gettext_lazy("Tell the party"), gettext_lazy("Give the notice"), entered.WordsForm, Can.INVESTIGATE,
        call(proposing.notify, "words"), "notify", True,
    ),
    "state": Step(
        gettext_lazy("Statement and defence"), gettext_lazy("Hand it in"), entered.StateForm, Can.INVESTIGATE,
        call(proposing.state, "words", "hearing", "final"), "state",
    ),
    "hear": Step(
        gettext_lazy("Record the hearing"), gettext_lazy("Record it"), entered.HearForm, Can.EXAMINE,
        call(hearing.hear, "held_on", "chair", "words"), "hear", True,
    ),
    "submit": Step(
        gettext_lazy("Hand on for the decision"), gettext_lazy("Hand it on"), entered.WordsForm, Can.INVESTIGATE,
        call(proposing.submit, "words"), "submit",
    ),
    "discuss": Step(
        gettext_lazy("Record the collective discussion"), gettext_lazy("Record it"), entered.DiscussForm, Can.DECIDE,
        lambda case, user, given: deciding.discuss(
            case_id=case.pk, present=given["present"].splitlines(), words=given["words"],
            departures_approved=given["departures_approved"], by=user, at=timezone.now(),
        ), "discuss",
    ),
    "decide": Step(
        gettext_lazy("Decide the case"), gettext_lazy("Take the decision"), entered.DecideForm, Can.DECIDE,
        call(deciding.decide, "number", "result", "words"), "decide", True,
    ),
    "return": Step(
        gettext_lazy("Return the case"), gettext_lazy("Return it"), entered.WordsForm, Can.DECIDE,
        call(deciding.give_back, "words"), "decide",
    ),
    "serve": Step(
        gettext_lazy("Record the service"), gettext_lazy("Record it"), entered.ServeForm, Can.INVESTIGATE, _serve,
        "serve", True,
    ),
    "execute": Step(
        gettext_lazy("Record a step of execution"), gettext_lazy("Record it"), entered.ExecuteForm, Can.INVESTIGATE,
        call(carrying_out.carry_out, "what", "amount", "words"), "execute",
    ),
    "object": Step(
        gettext_lazy("Reconsideration and courts"), gettext_lazy("Record it"), entered.ObjectForm, Can.INVESTIGATE,
        call(carrying_out.objected, "way", "outcome", "on", "words"), "object",
    ),
    "publish": Step(
        gettext_lazy("Publish the decision"), gettext_lazy("Publish it"), entered.StepForm, Can.DECIDE,
        call(carrying_out.publish),
    ),
    "grantor": Step(
        gettext_lazy("Decide about the qualification"), gettext_lazy("Decide it"), entered.GrantorForm,
        Can.DECIDE_QUALIFICATION, _grantor,
    ),
    "severe": Step(
        gettext_lazy("Enter into the severe list"), gettext_lazy("Enter it"), entered.WordsForm, Can.DECIDE,
        call(listing.enter, "words"),
    ),
    "police_report": Step(
        gettext_lazy("Report a suspected crime"), gettext_lazy("Report it to the head"), entered.WordsForm,
        Can.INVESTIGATE, call(police.report, "words"), "transfer",
    ),
    "police_decide": Step(
        gettext_lazy("Transfer to the police?"), gettext_lazy("Decide it"), entered.YesForm, Can.DECIDE,
        lambda case, user, given: police.decide(
            transfer_id=_transfer(case), approved=given["yes"] == "1", reasons=given["words"], by=user,
            at=timezone.now(),
        ), "transfer",
    ),
    "police_send": Step(
        gettext_lazy("Send the file to the police"), gettext_lazy("Send it"), entered.PoliceSendForm, Can.INVESTIGATE,
        _police_send,
    ),
    "police_answer": Step(
        gettext_lazy("Answer of the police: a case there?"), gettext_lazy("Record it"), entered.YesForm,
        Can.INVESTIGATE,
        lambda case, user, given: police.answered(
            transfer_id=_transfer(case), accepted=given["yes"] == "1", words=given["words"], by=user,
            at=timezone.now(),
        ),
    ),
    "close": Step(
        pgettext_lazy("case", "Close the case"), gettext_lazy("Close it"), entered.WordsForm, Can.INVESTIGATE,
        call(carrying_out.close, "words"), "close",
    ),
    "drop": Step(
        pgettext_lazy("case", "Drop the case"), gettext_lazy("Drop it"), entered.WordsForm, Can.DECIDE,
        call(carrying_out.drop, "words"), "drop",
    ),
}  # fmt: skip


def done(name: str) -> str:
    """Return the sentence that a step was done."""
    return _("Recorded: %(step)s.") % {"step": STEPS[name].title}
