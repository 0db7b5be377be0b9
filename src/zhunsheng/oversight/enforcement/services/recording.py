"""Records made on the spot, questionings, and orders to correct: each with its document."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import transaction

from zhunsheng.oversight.enforcement import selectors
from zhunsheng.oversight.enforcement.lifecycle import CASE, RUNNING
from zhunsheng.oversight.enforcement.models import Case, CaseDocument, CaseFinding
from zhunsheng.oversight.enforcement.permissions import Can
from zhunsheng.oversight.enforcement.services import documents, papers
from zhunsheng.oversight.enforcement.services.steps import CaseRefused, day_of, demand, locked, require, write_down
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.accounts.services.refusing import keeps_refused

SORTS: Final = ("site_record", "questioning")
"""A record made on the spot (现场笔录), and one of a questioning (询问笔录)."""


@dataclass(frozen=True, slots=True)
class Talk:
    """When, where and with whom a record was made."""

    began: datetime
    ended: datetime
    place: str
    person: str = ""
    post: str = ""


@keeps_refused
@transaction.atomic
def take_record(*, case_id: int, sort: str, talk: Talk, words: str, by: User, at: datetime) -> CaseDocument:
    """Write what was seen on the spot, or what somebody said, as the record that is signed by hand.

    Two officers make such a record, so both have to be named.
    Raises: Case.DoesNotExist, NotAllowed, IllegalMove, CaseRefused.
    """
    case = locked(case_id)
    require(by, Can.INVESTIGATE, case, at)
    CASE.target(case.stage, "investigate")
    if case.second_id is None:
        raise CaseRefused("Two officers make a record.", field="second", remedy="Name the second one first.")
    if sort not in SORTS or not talk.began < talk.ended <= at:
        raise CaseRefused("A record begins before it ends, and not in the future.", field="ended",
                          remedy="Mend the times.")  # fmt: skip
    if sort == "questioning" and not talk.person.strip():
        raise CaseRefused("Say who was questioned.", field="person", remedy="Give the name.")
    values = {
        "began": papers.moment(talk.began), "ended": papers.moment(talk.ended), "place": demand("place", talk.place),
        "person": talk.person.strip(), "post": talk.post.strip(),
    }  # fmt: skip
    event = write_down(case, sort, demand("words", words), by, at, values=values)
    return documents.make(case, sort, papers.record(sort, values, words, case), by=by, at=at, event=event)


@keeps_refused
@transaction.atomic
def order_correction(
    *, case_id: int, finding: int, words: str, due: date | None, by: User, at: datetime
) -> CaseDocument:
    """Order the party to correct what was found, on the article that the yardstick opens for it; no penalty.

    Args:
        finding: its number in the case.
        words: what has to be done, one thing a line.
        due: until when; None is at once.
    Raises: Case.DoesNotExist, CaseFinding.DoesNotExist, NotAllowed, CaseRefused.
    """
    case = locked(case_id)
    require(by, Can.INVESTIGATE, case, at)
    if case.stage not in RUNNING or (due is not None and due < day_of(at)):
        raise CaseRefused("Corrections are ordered while a case runs, for a day that comes.", field="due",
                          remedy="Choose a later day.")  # fmt: skip
    row = CaseFinding.objects.get(case=case, number=finding)
    basis = _basis_of(case, row)
    values = {"finding": finding, "due": str(due or ""), "basis": basis}
    event = write_down(case, "correction", demand("words", words), by, at, values=values)
    content = papers.correction(case, row, words, due, basis, at)
    return documents.make(case, "correction", content, by=by, at=at, event=event)


def _basis_of(case: Case, row: CaseFinding) -> str:
    """Return the article on which a finding's correction is ordered. Raises: CaseRefused."""
    opened = next(proposal for finding, proposal in selectors.proposals_of(case) if finding.pk == row.pk)
    found = [one for one in opened.consequences if one.kind == "order_to_correct" and one.applicable]
    if not found:
        raise CaseRefused(
            "The law attaches no order to correct to this finding.", field="finding",
            remedy="Choose another finding, or let an administrator confirm the rule.",
        )  # fmt: skip
    return found[0].basis
