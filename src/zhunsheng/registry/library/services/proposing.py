"""Hand in a proposal with its evidence, or take it back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from typing import Any

from django.db import transaction
from django.utils import timezone

from zhunsheng.foundation.errors import DomainError
from zhunsheng.foundation.identifiers import IdentifierError, parse_cas, parse_standard
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import Organisation, User
from zhunsheng.platform.accounts.policy import PUBLIC_KINDS
from zhunsheng.platform.database.locks import exclusive
from zhunsheng.platform.documents import files
from zhunsheng.registry.catalogue.selectors import Vocabulary
from zhunsheng.registry.library import permissions, selectors
from zhunsheng.registry.library.lifecycle import PROPOSAL, Kind, Sort
from zhunsheng.registry.library.models import FIELDS, Entry, Evidence, Proposal
from zhunsheng.registry.library.permissions import Can

MOST_FILES = 10


class NotProposable(DomainError):
    """A proposal that says too little or something that can't be."""

    code = "proposal-refused"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file of evidence: its name as given, and its content."""

    name: str
    content: files.Stream | bytes
    media_type: str | None = None


@transaction.atomic
def propose(
    *,
    kind: str,
    organisation_id: int,
    steward_id: int,
    content: Mapping[str, str],
    reasons: str,
    by: User,
    at: datetime,
    entry_code: str = "",
    evidence: Sequence[Upload] = (),
) -> Proposal:
    """Hand in a proposal for a new entry, or for the revision or retirement of one.

    Args:
        content: texts by the names of FIELDS; names that the catalogue knows are linked to it.
    Raises: NotAllowed, NotProposable, Entry.DoesNotExist, FileRefused and its kinds.
    """
    permissions.require(by, Can.PROPOSE, organisation_id, timezone.localdate(at))
    entry = Entry.objects.get(code=entry_code) if kind != Kind.NEW else None
    steward = entry.steward if entry else _steward(steward_id)
    told = _linked(_checked(_content_of(kind, entry, content)))
    if not reasons.strip():
        raise NotProposable("A proposal needs its reasons.", field="reasons", remedy="Say why the library needs it.")
    if kind == Kind.NEW:
        _refuse_known(told)
    elif selectors.open_proposal_of(entry) is not None:
        raise NotProposable(
            "Another proposal for this entry is open.", field="kind", remedy="Wait until it is decided."
        )
    with recorded(by, reasons), exclusive("proposal-numbers"):
        made = Proposal.objects.create(
            number=_next_number(at), kind=Kind(kind), steward=steward, entry=entry, reasons=reasons.strip(),
            proposed_by=by, organisation_id=organisation_id, proposed_at=at, **told,
        )  # fmt: skip
    _attach(made, evidence)
    return made


@transaction.atomic
def withdraw(*, proposal_id: int, by: User, at: datetime, why: str) -> Proposal:
    """Take an undecided proposal back.

    Raises: Proposal.DoesNotExist, NotAllowed, IllegalMove, MissingReason.
    """
    proposal = Proposal.objects.select_for_update().get(pk=proposal_id)
    permissions.require(by, Can.PROPOSE, proposal.organisation_id, timezone.localdate(at))
    proposal.stage = PROPOSAL.target(proposal.stage, "withdraw")
    with recorded(by, why):
        proposal.save(update_fields=["stage"])
    return proposal


def _steward(steward_id: int) -> Organisation:
    found = Organisation.objects.filter(pk=steward_id, kind__in=PUBLIC_KINDS).first()
    if found is None:
        raise NotProposable(
            "Only an authority or a sector department can be steward.", field="steward", remedy="Choose one of them."
        )
    return found


def _content_of(kind: str, entry: Entry | None, content: Mapping[str, str]) -> dict[str, Any]:
    """Return what is proposed; a retirement says what the entry says now."""
    if entry is not None and kind == Kind.RETIREMENT:
        return dict(selectors.newest_version(entry).content())
    return {name: str(content.get(name, "")).strip() for name in FIELDS} | {
        "sort": content.get("sort") or str(Sort.STANDARD)
    }


def _checked(told: dict[str, Any]) -> dict[str, Any]:
    """Refuse what is missing or malformed, and write standard and CAS numbers in their one form."""
    for name in ("object_name", "parameter_name", "domain"):
        if not told[name]:
            raise NotProposable("This has to be filled in.", field=name, remedy="Fill it in.")
    try:
        number = parse_standard(told["method_code"])
    except IdentifierError:
        number = None
    if number is None or number.year is None:
        raise NotProposable(
            "The method must be a standard number with its year.",
            field="method_code",
            remedy="Write it like HJ 700-2014.",
        )
    told["method_code"] = number.code
    if told["cas"]:
        try:
            parse_cas(told["cas"])
        except IdentifierError as error:
            raise NotProposable(
                "The CAS number's check digit does not fit.", field="cas", remedy="Compare it with the source."
            ) from error
    if told["sort"] == Sort.ADVANCED and not told["industry"]:
        raise NotProposable(
            "An advanced method names the strategic industry that needs it.",
            field="industry",
            remedy="Name the industry.",
        )
    return told


def _linked(told: dict[str, Any]) -> dict[str, Any]:
    words = Vocabulary.current()
    links = {
        "object_id": words.object_id(told["object_name"]),
        "parameter_id": words.parameter_id(told["parameter_name"]),
    }
    return told | links


def _refuse_known(told: dict[str, Any]) -> None:
    known = selectors.entry_like(told)
    if known is not None:
        raise NotProposable(
            "The library holds this already: %(code)s.",
            params={"code": known.code},
            field="parameter_name",
            remedy="Propose a revision of that entry.",
        )


def _next_number(at: datetime) -> str:
    """Return the next number of the year; called under the lock of numbers."""
    year = timezone.localtime(at).year
    newest = Proposal.objects.filter(number__startswith=f"P{year}-").order_by("-number").first()
    return f"P{year}-{int(newest.number[6:]) + 1 if newest else 1:05d}"


def _attach(proposal: Proposal, evidence: Sequence[Upload]) -> None:
    if len(evidence) > MOST_FILES:
        raise NotProposable(
            "A proposal takes at most %(most)s files.", params={"most": MOST_FILES}, field="evidence",
            remedy="Put them into one archive.",
        )  # fmt: skip
    for one in evidence:
        kept = files.store(one.content, one.media_type)
        Evidence.objects.get_or_create(proposal=proposal, file=kept, defaults={"name": PurePath(one.name).name[:200]})
