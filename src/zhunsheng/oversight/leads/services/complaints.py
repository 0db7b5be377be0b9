"""Reports from the public: handed in with or without a name, followed by code and secret, answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from zhunsheng.oversight.leads import law_book, permissions
from zhunsheng.oversight.leads.models import Complaint, ComplaintMessage, LeadStep
from zhunsheng.oversight.leads.permissions import Can
from zhunsheng.oversight.leads.rules import codes
from zhunsheng.oversight.leads.services.evidence import PUBLIC_BYTES, PUBLIC_FILES, Upload, kept
from zhunsheng.oversight.leads.services.opening import Evidence, LeadRefused, add_evidence, open_lead
from zhunsheng.oversight.leads.services.steps import day_of, demand
from zhunsheng.platform.accounts import rate
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.accounts.services.refusing import keeps_refused

REPORTS_A_MINUTE = 5
LOOKS_A_MINUTE = 20
MOST_MESSAGES = 50


@dataclass(frozen=True, slots=True)
class Reported:
    """What the person gets, once: the code and the secret."""

    complaint: Complaint
    secret: str


@dataclass(frozen=True, slots=True)
class Reporter:
    """Who reports, as far as they say."""

    name: str = ""
    contact: str = ""


def report(
    *, matter: str, words: str, body_id: int | None, subject: str, division_id: str | None,
    reporter: Reporter, uploads: Sequence[Upload], address: str, at: datetime,
) -> Reported:  # fmt: skip
    """Take a report from the public and return its code and its secret, which are shown once.

    Args:
        uploads: files with their names, kept only once the limit has been counted.
        address: whence it comes, counted for the limit and kept nowhere.
    Raises: TooOften, LeadRefused, UnknownMatter, FileRefused, FileTooLarge, ArchiveRefused.
    """
    rate.count("complaint", address, limit=REPORTS_A_MINUTE, at=at)
    if not law_book.matter(matter, day_of(at)).values["public"]:
        raise LeadRefused("This is no matter for a report.", field="matter", remedy="Choose one of those offered.")
    if len(uploads) > PUBLIC_FILES:
        raise LeadRefused(
            "At most %(most)s files come with a report.", params={"most": PUBLIC_FILES}, field="uploads",
            remedy="Put them into one archive.",
        )  # fmt: skip
    evidence = [kept(content, name, most=PUBLIC_BYTES) for content, name in uploads]
    return _taken(matter, words, body_id, subject, division_id, reporter, evidence, at)


@transaction.atomic
def _taken(
    matter: str, words: str, body_id: int | None, subject: str, division_id: str | None,
    reporter: Reporter, evidence: Sequence[Evidence], at: datetime,
) -> Reported:  # fmt: skip
    code, secret = codes.new_code(), codes.new_secret()
    lead = open_lead(
        source="complaint", reference=code, matter=matter, title=law_book.matter(matter, day_of(at)).title["zh"],
        words=words, body_id=body_id, subject=subject, division_id=division_id, evidence=evidence, by=None, at=at,
    )  # fmt: skip
    anonymous = not (reporter.name.strip() or reporter.contact.strip())
    with recorded(None, "reported by the public"):
        made = Complaint.objects.create(
            lead=lead, code=code, secret_sha256=codes.digest_of(secret), anonymous=anonymous,
            name=reporter.name.strip()[:80], contact=reporter.contact.strip()[:200],
        )  # fmt: skip
    return Reported(made, secret)


def look(*, code: str, secret: str, address: str, at: datetime) -> Complaint:
    """Return a report to who knows its secret; a wrong secret and an unknown code are one answer.

    Raises: TooOften, LeadRefused.
    """
    rate.count("complaint-look", address, limit=LOOKS_A_MINUTE, at=at)
    rate.count("complaint-look", codes.read(code)[:14], limit=LOOKS_A_MINUTE, at=at)
    found = Complaint.objects.filter(code=codes.read(code)[:14]).select_related("lead").first()
    if found is None or not codes.fits(secret, found.secret_sha256):
        raise LeadRefused(
            "Code and secret do not fit.", field="secret", remedy="Compare both with what was shown when you reported."
        )
    return found


@transaction.atomic
def say_more(*, complaint_id: int, words: str, uploads: Sequence[Upload], at: datetime) -> ComplaintMessage:
    """Add a message, and files, of who reported. The caller has checked the secret. Raises: LeadRefused."""
    found = Complaint.objects.select_for_update(of=("self",)).select_related("lead").get(pk=complaint_id)
    if found.messages.count() >= MOST_MESSAGES or len(uploads) > PUBLIC_FILES:
        raise LeadRefused("No more can be added here.", field="words", remedy="Call the authority.")
    evidence = [kept(content, name, most=PUBLIC_BYTES) for content, name in uploads]
    add_evidence(found.lead, evidence, by=None, at=at)
    return ComplaintMessage.objects.create(complaint=found, words=demand("words", words)[:4000], by=None, at=at)


@keeps_refused
@transaction.atomic
def answer(*, lead_id: int, words: str, by: User, at: datetime) -> ComplaintMessage:
    """Answer who reported; the answer stands on the page that only they can open.

    Raises: Complaint.DoesNotExist, NotAllowed, LeadRefused.
    """
    found = Complaint.objects.select_for_update(of=("self",)).select_related("lead").get(lead_id=lead_id)
    permissions.require(by, Can.TRIAGE, found.lead, day_of(at))
    made = ComplaintMessage.objects.create(complaint=found, words=demand("words", words)[:4000], by=by, at=at)
    if found.due_on is not None and found.answered_at is None:
        found.answered_at = at
        with recorded(by, "answered"):
            found.save(update_fields=["answered_at"])
    LeadStep.objects.create(lead=found.lead, action="answer", words=words.strip()[:1000], by=by, at=at)
    return made
