"""Documents and codes of a version: new ones where something changed, the former ones marked replaced."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from zhunsheng.admission.certificates import wording
from zhunsheng.admission.certificates.models import Certificate
from zhunsheng.admission.certificates.sheets import Sheet
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.credentials import selectors as held_credentials
from zhunsheng.platform.credentials import services as credentials
from zhunsheng.platform.credentials.lifecycle import ACTION, CREDENTIAL, IN_FORCE, Status
from zhunsheng.registry.bodies.models import Body

FIELDS: Final = {
    "certificate": ("code", "code_digest"),
    "schedule": ("schedule_code", "schedule_digest"),
    "signatories": ("signatories_code", "signatories_digest"),
}
"""Where a version keeps code and digest of each document."""


@dataclass(frozen=True, slots=True)
class Issue:
    """What every document of a version is issued with."""

    body: Body
    number: str
    version: int
    issuer: str
    valid_from: date
    valid_to: date | None
    by: User | None
    at: datetime
    issued_on: date


def issue_sheets(sheets: Iterable[Sheet], issue: Issue, former: Certificate | None) -> dict[str, str]:
    """Return codes and digests by the field of the version: those of the former one where the content is the same.

    A new document of the same certificate replaces the former one in the same moment.
    """
    kept: dict[str, str] = {}
    for sheet in sheets:
        code_field, digest_field = FIELDS[sheet.kind]
        digest = sheet.digest
        before = getattr(former, code_field) if former is not None else ""
        if former is not None and getattr(former, digest_field) == digest and _stands(before):
            kept |= {digest_field: digest, code_field: before}
        else:
            kept |= {digest_field: digest, code_field: _issued(sheet, issue, before)}
    return kept


def _stands(code: str) -> bool:
    one = held_credentials.by_code(code)
    return one is not None and one.status in IN_FORCE


def _issued(sheet: Sheet, issue: Issue, before: str) -> str:
    stamps = {
        "version": issue.version,
        "valid_from": issue.valid_from.isoformat(),
        "issued_on": issue.issued_on.isoformat(),
        "template": sheet.template_version,
    }
    former = held_credentials.by_code(before) if before else None
    made = credentials.issue(
        kind=f"cma_{sheet.kind}",
        subject={**sheet.subject, "version": issue.version},
        number=_number(sheet, issue),
        body_slug=issue.body.slug,
        holder=issue.body.name,
        organisation_id=issue.body.organisation_id,
        valid_from=issue.valid_from,
        valid_to=issue.valid_to,
        template=sheet.template,
        data={**sheet.data, **stamps},
        schema_version=sheet.template_version,
        by=issue.by,
        at=issue.at,
        replaces_id=former.pk if former is not None and former.status in IN_FORCE else None,
        why=wording.version_issued(issue.version).zh,
    )
    return str(made.code)


def _number(sheet: Sheet, issue: Issue) -> str:
    """Return the number under which a document is found; nobody guesses that of a list of people."""
    return f"{issue.number}-{sheet.digest[:16]}" if sheet.kind == "signatories" else issue.number


def codes_of(version: Certificate) -> set[str]:
    """Return the codes of a version's documents."""
    return {code for code in (version.code, version.schedule_code, version.signatories_code) if code}


def replace(former: Certificate, made: Certificate, *, why: str, by: User | None, at: datetime) -> None:
    """End the documents of a version that the next one doesn't go on with: replaced where one takes their place.

    A document without one of its kind in the next version, for example a list of signatories, is cancelled.
    """
    for code_field, _digest_field in FIELDS.values():
        before, after = getattr(former, code_field), getattr(made, code_field)
        one = held_credentials.by_code(before) if before and before != after else None
        if one is None or ACTION[Status.REPLACED] not in CREDENTIAL.actions(one.status):
            continue
        successor = held_credentials.by_code(after) if after else None
        if successor is not None and successor.predecessor_id is None and successor.body_slug == one.body_slug:
            credentials.replace(credential_id=one.pk, successor_id=successor.pk, why=why, by=by, at=at)
        else:
            credentials.set_status(credential_id=one.pk, status=Status.CANCELLED, why=why, by=by, at=at)


def set_status(codes: Iterable[str], status: Status, *, why: str, by: User | None, at: datetime) -> None:
    """Set the status of these codes at once, where it leads on: what has ended stays so, graver ends apart.

    Args:
        why: for everybody: the page of a code shows it.
    """
    for code in sorted(codes):
        one = held_credentials.by_code(code)
        if one is not None and ACTION[status] in CREDENTIAL.actions(one.status):
            credentials.set_status(credential_id=one.pk, status=status, why=why, by=by, at=at)
