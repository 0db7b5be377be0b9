"""The hearing: the party is told days before, and it is held by somebody who did not investigate."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from zhunsheng.oversight.enforcement import law_book
from zhunsheng.oversight.enforcement.lifecycle import CASE
from zhunsheng.oversight.enforcement.models import Case, CaseEvent
from zhunsheng.oversight.enforcement.permissions import Can
from zhunsheng.oversight.enforcement.services import documents, papers
from zhunsheng.oversight.enforcement.services.proposing import NOTICE_KIND
from zhunsheng.oversight.enforcement.services.steps import (
    PREPARED,
    CaseRefused,
    day_of,
    demand,
    due,
    keep,
    locked,
    move,
    refuse_done_by,
    require,
    write_down,
)
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.accounts.services.refusing import keeps_refused
from zhunsheng.platform.notices import services as notices


@dataclass(frozen=True, slots=True)
class Sitting:
    """When and where a hearing is held, and by whom; `members` may be empty."""

    held_at: datetime
    place: str
    chair: str
    clerk: str
    members: str = ""
    open: bool = True


@keeps_refused
@transaction.atomic
def call(*, case_id: int, sitting: Sitting, by: User, at: datetime) -> Case:
    """Tell the party when and where its hearing is held, the law's working days before; again moves it.

    Raises: Case.DoesNotExist, NotAllowed, SamePerson, IllegalMove, CaseRefused.
    """
    case = locked(case_id)
    require(by, Can.EXAMINE, case, at)
    refuse_done_by(case, Can.INVESTIGATE, PREPARED, Can.EXAMINE, by)
    CASE.target(case.stage, "hear")
    first = due(law_book.rule("CASE-HEARING-TELL", day_of(at)), day_of(at))
    if first is None or timezone.localdate(sitting.held_at) < first:
        raise CaseRefused(
            "The party is told of a hearing days before: not before %(day)s.", params={"day": first or "—"},
            field="held_at", remedy="Choose a later day.",
        )  # fmt: skip
    values = {
        "held_at": sitting.held_at.isoformat(), "place": demand("place", sitting.place),
        "chair": demand("chair", sitting.chair), "clerk": demand("clerk", sitting.clerk),
        "members": sitting.members.strip(), "open": sitting.open,
    }  # fmt: skip
    words = f"{papers.moment(sitting.held_at)}，{sitting.place}，听证主持人{sitting.chair}"
    event = write_down(case, "hearing_called", words, by, at, values=values)
    documents.make(case, "hearing", papers.hearing(case, values), by=by, at=at, event=event)
    if case.organisation_id:
        notices.notify(
            organisation_ids=[case.organisation_id], subject=f"行政处罚听证通知：{case.number}", body=words,
            href=reverse("enforcement:case", args=[case.number]), kind=NOTICE_KIND, at=at, by=by,
            sender_id=case.authority_id, origin=f"case:{case.pk}",
        )  # fmt: skip
    return case


@keeps_refused
@transaction.atomic
def hear(*, case_id: int, held_on: date, chair: str, words: str, by: User, at: datetime) -> Case:
    """Write down that the hearing was held: day, chair, what was said. The chair did not investigate.

    Raises: Case.DoesNotExist, NotAllowed, SamePerson, IllegalMove, CaseRefused.
    """
    case = locked(case_id)
    require(by, Can.EXAMINE, case, at)
    refuse_done_by(case, Can.INVESTIGATE, PREPARED, Can.EXAMINE, by)
    move(case, "hear")
    if held_on > day_of(at):
        raise CaseRefused("The day lies ahead.", field="held_on", remedy="Enter it once it was held.")
    called = _called(case)
    if called is None or held_on < timezone.localdate(datetime.fromisoformat(called.values["held_at"])):
        raise CaseRefused(
            "The party wasn't told of a hearing on this day.", field="held_on", remedy="Give the notice of the hearing."
        )
    keep(case, by, "hearing held")
    values = {"on": str(held_on), "chair": demand("chair", chair)}
    write_down(case, "hear", demand("words", words), by, at, values=values)
    return case


def _called(case: Case) -> CaseEvent | None:
    asked = case.events.filter(kind="state", values__hearing=True).order_by("-at", "-pk").first()
    rows = case.events.filter(kind="hearing_called")
    return (rows.filter(at__gte=asked.at) if asked else rows).order_by("-at", "-pk").first()
