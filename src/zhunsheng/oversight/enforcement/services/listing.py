"""The list of severe offenders: entered from a decision, by another than the investigators, with a day of its end."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from zhunsheng.oversight.enforcement import law_book
from zhunsheng.oversight.enforcement.lifecycle import DecisionState, Result
from zhunsheng.oversight.enforcement.models import Case, SevereEntry
from zhunsheng.oversight.enforcement.permissions import Can
from zhunsheng.oversight.enforcement.selectors import confirmed
from zhunsheng.oversight.enforcement.selectors.severe import LAW, removable_on, years_later
from zhunsheng.oversight.enforcement.services.steps import (
    INVESTIGATED,
    CaseRefused,
    day_of,
    demand,
    locked,
    refuse_done_by,
    require,
    write_down,
)
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.accounts.services.refusing import keeps_refused
from zhunsheng.platform.jobs import rows
from zhunsheng.registry.credit import services as credit


@keeps_refused
@transaction.atomic
def enter(*, case_id: int, words: str, by: User, at: datetime) -> SevereEntry:
    """Enter a party into the severe list after a penalty in force; the rule has to be confirmed while unverified.

    Raises: Case.DoesNotExist, NotAllowed, SamePerson, CaseRefused.
    """
    case = locked(case_id)
    on = day_of(at)
    require(by, Can.DECIDE, case, at)
    refuse_done_by(case, Can.INVESTIGATE, INVESTIGATED, Can.DECIDE, by)
    decision = getattr(case, "decision", None)
    if decision is None or decision.result != Result.PUNISHED or decision.state != DecisionState.IN_FORCE:
        raise CaseRefused("Only a penalty in force leads to the list.", remedy="Wait for the decision.")
    rule = law_book.rule(LAW, on)
    if not rule.verified and law_book.named(rule) not in confirmed():
        raise CaseRefused(
            "Nobody has compared %(rule)s with the text of the law; it can't be applied.", params={"rule": LAW},
            remedy="Ask an administrator to confirm it.",
        )  # fmt: skip
    if case.severe_entries.filter(removed_on=None).exists():
        raise CaseRefused("The party is listed for this case.", remedy="Look at the case's page.")
    with recorded(by, demand("words", words)):
        made = SevereEntry.objects.create(
            case=case, body=case.body, subject=case.subject, law=law_book.named(rule), since=on,
            until=years_later(on, int(rule.values["years"])), words=words.strip()[:1000], by=by,
        )  # fmt: skip
    write_down(case, "severe", words, by, at, values={"until": str(made.until)})
    if case.body is not None:
        credit.record(
            body_id=case.body.pk, kind="severe_list", on=on, source="enforcement", reference=case.number,
            words=f"{decision.number}：{words}"[:300], by=None, at=at, decided_by=by,
        )  # fmt: skip
    return made


@keeps_refused
@transaction.atomic
def remove(*, entry_id: int, why: str, by: User, at: datetime) -> SevereEntry:
    """Remove an entry on request, not before the time that the law asks for.

    Raises: SevereEntry.DoesNotExist, NotAllowed, SamePerson, CaseRefused.
    """
    found = SevereEntry.objects.select_for_update(of=("self",)).select_related("case").get(pk=entry_id)
    on = day_of(at)
    require(by, Can.DECIDE, found.case, at)
    refuse_done_by(found.case, Can.INVESTIGATE, INVESTIGATED, Can.DECIDE, by)
    if found.removed_on is not None:
        raise CaseRefused("This entry was removed already.", remedy="Look at the case's page.")
    if on < removable_on(found):
        raise CaseRefused(
            "This entry may be removed from %(day)s on.", params={"day": removable_on(found)},
            remedy="Wait for that day.",
        )  # fmt: skip
    _off(found, on, demand("why", why), by, at)
    return found


@keeps_refused
@transaction.atomic
def annulled(case: Case, *, by: User, at: datetime, why: str) -> None:
    """Take the entries of a case off the list because its decision fell; in the transaction of the objection."""
    for entry in case.severe_entries.select_for_update(of=("self",)).filter(removed_on=None):
        _off(entry, day_of(at), why, by, at)


def end_expired(at: datetime | None = None) -> int:
    """Do the worker's duty: end the entries whose years are over; return how many."""
    now = at or timezone.now()
    over = SevereEntry.objects.filter(removed_on=None, until__lt=day_of(now))
    return rows.each("severe-list", rows.chunks(over), lambda entry: _expire(entry, now))


def _expire(entry: SevereEntry, at: datetime) -> bool:
    found = SevereEntry.objects.select_for_update(of=("self",)).select_related("case").get(pk=entry.pk)
    if found.removed_on is not None:
        return False
    _off(found, day_of(at), "列入期限届满", None, at)
    return True


def _off(found: SevereEntry, on: date, why: str, by: User | None, at: datetime) -> None:
    found.removed_on, found.removed_why = on, why.strip()[:500]
    with recorded(by, why):
        found.save(update_fields=["removed_on", "removed_why"])
    write_down(found.case, "severe_removed", why, by, at)
