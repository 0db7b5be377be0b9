"""A version of a certificate: its documents, its place after the former one, and what becomes of the former codes."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from zhunsheng.admission.certificates import sheets, wording
from zhunsheng.admission.certificates.models import Certificate, Stage
from zhunsheng.admission.certificates.selectors import granting_authority
from zhunsheng.admission.certificates.services import papers
from zhunsheng.admission.certificates.services.lines import Outcome
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import Organisation, User
from zhunsheng.platform.credentials.lifecycle import Status
from zhunsheng.registry.bodies import selectors as register
from zhunsheng.registry.bodies.models import Accreditation, Body
from zhunsheng.registry.bodies.rules.standing import status_on


@dataclass(frozen=True, slots=True)
class Decided:
    """What a version is made for."""

    body: Body
    target: Accreditation
    occasion: str
    application_number: str
    decision_no: str
    decided_on: date
    first: date
    request_digest: str
    law: list[str]
    stage: Stage = Stage.CURRENT


def make(decided: Decided, written: Outcome, *, by: User | None, at: datetime, why: str) -> Certificate:
    """Make the next version of a body's certificate; a current one takes over at once, a coming one on its day."""
    body, target, today = decided.body, decided.target, timezone.localdate(at)
    former = Certificate.objects.filter(body=body, stage=Stage.CURRENT).first()
    same = former is not None and former.accreditation_id == target.pk
    version = former.version + 1 if former is not None and same else 1
    issuer = issuing_authority()
    face = sheets.Face(
        number=target.number, name=body.name, name_en=body.name_en, address=body.address, uscc=body.uscc,
        issuer=issuer.name, issuer_en=issuer.name_en, valid_to=target.valid_to, generated=body.generated,
    )  # fmt: skip
    found = _sheets(face, decided, today)
    codes = papers.issue_sheets(
        found,
        papers.Issue(
            body=body, number=target.number, version=version, issuer=face.issuer, valid_from=decided.first,
            valid_to=target.valid_to, by=by, at=at, issued_on=today,
        ),
        former if same else None,
    )  # fmt: skip
    made = Certificate(
        body=body, accreditation=target, number=target.number, version=version, stage=decided.stage,
        occasion=decided.occasion, application_number=decided.application_number, decision_no=decided.decision_no,
        decided_on=decided.decided_on, issued_at=at, issued_by=by, valid_from=decided.first, valid_to=target.valid_to,
        name=face.name, address=face.address, issuer=face.issuer, lines=found[1].data["lines"], added=written.added,
        ended=written.ended, notes=written.notes, request_digest=decided.request_digest,
        law=[*decided.law, *(sheet.template_version for sheet in found)], predecessor=former,
        generated=body.generated, **codes,
    )  # fmt: skip
    with recorded(by, why):
        if decided.stage == Stage.CURRENT and former is not None:
            retire(former, at)
        _save(made, at)
    if decided.stage == Stage.CURRENT:
        replace_codes(former, made, by=by, at=at)
    if any(one.pk == target.pk and status_on(one, today) == "suspended" for one in register.certificates_of(body)):
        papers.set_status(papers.codes_of(made), Status.SUSPENDED, why=wording.STANDS_SUSPENDED.zh, by=by, at=at)
    return made


def retire(former: Certificate, at: datetime) -> None:
    """Let a version be an earlier one; runs inside `recorded`."""
    former.stage = Stage.FORMER
    _save(former, at)


def replace_codes(former: Certificate | None, made: Certificate, *, by: User | None, at: datetime) -> None:
    """Mark those codes replaced that the new version doesn't go on with."""
    if former is not None:
        words = wording.replaced_by(made.number, made.version).zh
        papers.replace(former, made, why=words, by=by, at=at)


def issuing_authority() -> Organisation:
    """Return the authority of the province, which grants. Raises: Organisation.DoesNotExist."""
    found = granting_authority()
    if found is None:
        raise Organisation.DoesNotExist("the authority of the province")
    return found


def _sheets(face: sheets.Face, decided: Decided, today: date) -> list[sheets.Sheet]:
    day = max(decided.first, today)
    found = [
        sheets.certificate_sheet(face, today),
        sheets.schedule_sheet(face, decided.body, decided.target, day),
    ]
    rights = register.signatories_on(decided.body, day)
    return [*found, sheets.signatories_sheet(face, rights, today)] if rights else found


def _save(record: Any, at: datetime) -> None:
    record._history_date = at
    record.save()
