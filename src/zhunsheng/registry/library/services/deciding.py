"""Publish a proposal into the library and the catalogue, or refuse it; tell those whom it touches."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from zhunsheng.foundation.errors import DomainError
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.notices import services as notices
from zhunsheng.registry.bodies.services import Named, link_lines
from zhunsheng.registry.library import lawbook, permissions, selectors
from zhunsheng.registry.library.lifecycle import EFFECT, ENTRY, PROPOSAL, EntryStage, Kind
from zhunsheng.registry.library.models import FIELDS, Entry, Proposal, Version
from zhunsheng.registry.library.permissions import Can
from zhunsheng.registry.library.services.catalogue_rows import Writer


class NotPublishable(DomainError):
    """A proposal that may not be published yet, or not from that day."""

    code = "not-publishable"


@transaction.atomic
def publish(*, proposal_id: int, effective_from: date, by: User, at: datetime, why: str) -> Entry:
    """Put a reviewed proposal in force from a day: the library, the catalogue and the notices, all or nothing.

    Raises: Proposal.DoesNotExist, NotAllowed, SamePerson, IllegalMove, NotPublishable, CatalogueRefused, MissingReason.
    """
    today = timezone.localdate(at)
    proposal = _locked(proposal_id, by, at)
    proposal.stage = PROPOSAL.target(proposal.stage, "publish")
    proposal.law = _refuse_unripe(proposal, effective_from, by, today)
    with recorded(by, why):
        if proposal.kind == Kind.RETIREMENT:
            entry = _retire(proposal, effective_from, Writer(by, at, why))
        else:
            entry = _put_in_force(proposal, effective_from, by, at, why)
        _decide(proposal, by, at, why)
    _tell(proposal, entry, effective_from, by, at)
    return entry


@transaction.atomic
def refuse(*, proposal_id: int, by: User, at: datetime, why: str) -> Proposal:
    """Refuse a proposal with reasons and tell the proposer.

    Raises: Proposal.DoesNotExist, NotAllowed, SamePerson, IllegalMove, MissingReason.
    """
    proposal = _locked(proposal_id, by, at)
    proposal.stage = PROPOSAL.target(proposal.stage, "refuse")
    with recorded(by, why):
        _decide(proposal, by, at, why)
    with translation.override("zh-hans"):
        subject = _("Proposal %(number)s is refused") % {"number": proposal.number}
        body = _("%(what)s: %(why)s") % {"what": selectors.titled(proposal), "why": why}
    notices.notify(
        organisation_ids=[proposal.organisation_id], subject=subject, body=body,
        href=f"/library/proposals/{proposal.number}/", kind="library.refused", at=at, by=by,
        sender_id=proposal.steward_id, origin=f"proposal:{proposal.number}",
    )  # fmt: skip
    return proposal


def _locked(proposal_id: int, by: User, at: datetime) -> Proposal:
    proposal = Proposal.objects.select_for_update().get(pk=proposal_id)
    permissions.require(by, Can.PUBLISH, proposal.steward_id, timezone.localdate(at))
    policy.refuse_same_person(Can.PROPOSE, [proposal.proposed_by_id], Can.PUBLISH, by)
    experts = proposal.invitations.exclude(opinion=None).values_list("expert_id", flat=True)
    policy.refuse_same_person(Can.GIVE_OPINION, experts, Can.PUBLISH, by)
    return proposal


def _refuse_unripe(proposal: Proposal, first: date, by: User, today: date) -> str:
    """Refuse what lacks opinions or whose consultation runs; return the rule that was applied, with its version."""
    found = selectors.tally_of(proposal, today)
    if found.missing:
        raise NotPublishable(
            "%(missing)s more opinions that count are needed.", params={"missing": found.missing},
            remedy="Invite more experts, or wait for those who were invited.",
        )  # fmt: skip
    if not found.carries:
        raise NotPublishable(
            "The opinions that count don't support the proposal.", remedy="Refuse it, or invite more experts."
        )
    if proposal.consult_until is not None and today <= proposal.consult_until:
        raise NotPublishable(
            "The public consultation runs until %(day)s.", params={"day": proposal.consult_until.isoformat()},
            remedy="Publish after that day.",
        )  # fmt: skip
    newest = selectors.newest_version(proposal.entry) if proposal.entry else None
    if first < today or (newest is not None and first <= newest.effective_from):
        raise NotPublishable(
            "It can't be in force from %(day)s.", params={"day": first.isoformat()}, field="effective_from",
            remedy="Choose today or later, and a day after the present version began.",
        )  # fmt: skip
    return lawbook.named(lawbook.review(today))


def _decide(proposal: Proposal, by: User, at: datetime, why: str) -> None:
    proposal.decided_by, proposal.decided_at, proposal.decision = by, at, why[:500]
    proposal.save(update_fields=["stage", "decided_by", "decided_at", "decision", "law", "entry", "version"])


def _put_in_force(proposal: Proposal, first: date, by: User, at: datetime, why: str) -> Entry:
    today = timezone.localdate(at)
    writer = Writer(by, at, why)
    edition = writer.edition(proposal.method_code, proposal.method_title, first, today)
    thing, parameter = writer.object(proposal), writer.parameter(proposal)
    method = writer.method(proposal, edition, parameter, first)
    link_lines(Named(thing.pk, parameter.pk, edition.pk), by=by, at=at, why=why)
    entry = proposal.entry
    if entry is None:
        entry = Entry.objects.create(code=selectors.next_code(), steward=proposal.steward, changed_on=first)
    else:
        entry.stage = EntryStage(ENTRY.target(entry.stage, EFFECT[Kind.REVISION]))
        old = _end(entry, first)
        if (old.method_id, old.parameter_id) != (method.pk, parameter.pk):
            _end_method(old, first, writer)
        entry.number, entry.changed_on = entry.number + 1, first
        entry.save(update_fields=["stage", "number", "changed_on"])
    told = {name: getattr(proposal, name) for name in FIELDS}
    proposal.version = Version.objects.create(
        entry=entry, number=entry.number, object=thing, parameter=parameter, edition=edition, method=method,
        effective_from=first, published_by=by, published_at=at, why=why[:500], **told,
    )  # fmt: skip
    proposal.entry = entry
    return entry


def _retire(proposal: Proposal, first: date, writer: Writer) -> Entry:
    entry = proposal.entry
    if entry is None:
        raise NotPublishable(
            "There is no entry to retire.", field="entry", remedy="Propose the retirement of an entry."
        )
    entry.stage = EntryStage(ENTRY.target(entry.stage, EFFECT[Kind.RETIREMENT]))
    _end_method(_end(entry, first), first, writer)
    entry.changed_on = first
    entry.save(update_fields=["stage", "changed_on"])
    return entry


def _end(entry: Entry, first: date) -> Version:
    newest = selectors.newest_version(entry)
    newest.effective_to = first - timedelta(days=1)
    newest.save(update_fields=["effective_to"])
    return newest


def _end_method(old: Version, first: date, writer: Writer) -> None:
    """End what the catalogue holds of an old version, unless another entry of the library holds it too."""
    if old.method is None or old.parameter is None or selectors.held_elsewhere(old):
        return
    writer.ended(old.method, old.parameter, first - timedelta(days=1))


def _tell(proposal: Proposal, entry: Entry, first: date, by: User, at: datetime) -> None:
    """Tell the proposer and every body whose scope lines the entry touches."""
    touched = selectors.organisations_touched(selectors.newest_version(entry))
    facts = {"code": entry.code, "what": selectors.titled(proposal), "day": first.isoformat(), "why": proposal.decision}
    with translation.override("zh-hans"):
        subjects = {
            Kind.NEW: _("New entry %(code)s of the parameter library: %(what)s"),
            Kind.REVISION: _("Entry %(code)s of the parameter library is revised: %(what)s"),
            Kind.RETIREMENT: _("Entry %(code)s of the parameter library is retired: %(what)s"),
        }
        subject = subjects[Kind(proposal.kind)] % facts
        body = _("In force from %(day)s. %(why)s Please compare your capability schedule with it.") % facts
    notices.notify(
        organisation_ids=touched | {proposal.organisation_id}, subject=subject[:200], body=body,
        href=f"/library/entries/{entry.code}/", kind="library.published", at=at, by=by, sender_id=entry.steward_id,
        origin=f"entry:{entry.code}",
    )  # fmt: skip
