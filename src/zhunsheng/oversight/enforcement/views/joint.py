"""Steps of joint cases: of the authority that handles the case, and of those that joined."""

from django.utils import timezone
from django.utils.translation import gettext_lazy, pgettext_lazy

from zhunsheng.oversight.enforcement.forms import cases, joint
from zhunsheng.oversight.enforcement.lifecycle import RUNNING, JointMode
from zhunsheng.oversight.enforcement.models import Case, CaseParticipant
from zhunsheng.oversight.enforcement.permissions import Can
from zhunsheng.oversight.enforcement.services import investigating
from zhunsheng.oversight.enforcement.services import joint as services
from zhunsheng.oversight.enforcement.services.investigating import Taken
from zhunsheng.oversight.enforcement.views.step import Given, Step, call
from zhunsheng.platform.accounts.models import User


def _files(case: Case, user: User, given: Given) -> None:
    taken = [
        Taken(one, one.name, given["kind"], given["taken_on"], given["place"], given["source"])
        for one in given["uploads"]
    ]
    investigating.add_files(case_id=case.pk, taken=taken, by=user, at=timezone.now())


STEPS: dict[str, Step] = {
    "joint_ask": Step(
        gettext_lazy("Ask another department to act jointly"), gettext_lazy("Ask it"), joint.AskForm, Can.INVESTIGATE,
        lambda case, user, given: services.ask(
            case_id=case.pk, organisation_id=given["organisation"].pk, mode=given["mode"], words=given["words"],
            by=user, at=timezone.now(),
        ),
    ),
    "joint_join": Step(
        gettext_lazy("Join this case?"), gettext_lazy("Record it"), joint.JoinForm, Can.JOIN,
        lambda case, user, given: services.join(
            case_id=case.pk, accepts=given["yes"] == "1", words=given["words"], by=user, at=timezone.now()
        ), primary=True,
    ),
    "joint_note": Step(
        gettext_lazy("Put in what your authority did or knows"), gettext_lazy("Put it in"), cases.WordsForm, Can.JOIN,
        call(services.contribute, "words"),
    ),
    "joint_files": Step(
        gettext_lazy("Add files of your authority"), gettext_lazy("Add the files"), cases.FilesForm, Can.JOIN, _files,
    ),
    "joint_opinion": Step(
        gettext_lazy("Does your authority agree with what is proposed?"), gettext_lazy("Record it"), cases.YesForm,
        Can.JOIN,
        lambda case, user, given: services.opine(
            case_id=case.pk, agrees=given["yes"] == "1", words=given["words"], by=user, at=timezone.now()
        ), primary=True,
    ),
    "joint_decision": Step(
        pgettext_lazy("joint case", "Decide in the name of your authority"), gettext_lazy("Take the decision"),
        joint.OwnDecisionForm, Can.JOIN, call(services.decide_own, "number", "words"),
    ),
    "joint_leave": Step(
        gettext_lazy("Leave this joint case"), gettext_lazy("Leave it"), joint.LeaveForm, Can.JOIN,
        call(services.leave, "words"),
    ),
    "joint_release": Step(
        gettext_lazy("Release a participant"), gettext_lazy("Release it"), joint.ReleaseForm, Can.INVESTIGATE,
        call(services.release, "words", participant_id="participant"),
    ),
}  # fmt: skip


def fits(name: str, case: Case, seat: CaseParticipant | None) -> bool:
    """Tell whether a step of a joint case makes sense now."""
    joined = seat is not None and seat.joined_at is not None
    wants = {
        "joint_ask": case.stage in RUNNING,
        "joint_join": seat is not None and not joined,
        "joint_leave": joined and case.stage in RUNNING and seat is not None and seat.decided_on is None,
        "joint_release": name == "joint_release" and bool(case.joint) and case.stage in RUNNING
        and case.participants.filter(left_at=None, decided_on=None).exists(),
        "joint_note": joined and case.stage in RUNNING,
        "joint_files": joined and case.stage in RUNNING,
        "joint_opinion": joined and case.stage in services.OPINED and seat is not None and seat.agrees is None,
        "joint_decision": joined and case.joint == JointMode.EACH and case.stage in services.DECIDED
        and seat is not None and seat.decided_on is None,
    }  # fmt: skip
    return wants.get(name, True)
