"""The whole case as one signed, sealed archive: files, records with their digests, findings, penalties, decision."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from zhunsheng.oversight.enforcement import permissions
from zhunsheng.oversight.enforcement.models import Case, CaseDocument, CaseEvent, CaseFile, CaseParticipant
from zhunsheng.oversight.enforcement.services.steps import day_of, locked, write_down
from zhunsheng.oversight.leads.services import archives
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.accounts.services.refusing import keeps_refused


@keeps_refused
@transaction.atomic
def export(*, case_id: int, by: User, at: datetime) -> archives.Archive:
    """Write a case's evidence out; that it was exported is a record of the case and sealed in the log.

    Raises: Case.DoesNotExist, NotAllowed, FileMissing, FileAltered.
    """
    case = locked(case_id)
    permissions.require_seeing(by, case, day_of(at))
    pieces = [archives.Piece(one.name, one.file_id) for one in case.files.order_by("number")]
    papers = case.documents.order_by("made_at", "pk")
    pieces += [archives.Piece(f"{one.title} {one.number}.pdf", one.file_id) for one in papers]
    pieces += [archives.Piece(f"送达证明 {one.number}", one.receipt_id) for one in papers if one.receipt_id]
    body = case.body.slug if case.body else ""
    made = archives.build(content=content_of(case), pieces=pieces, kind="case.exported", body=body, at=at)
    write_down(case, "export", "", by, at, values={"index": made.index_sha256, "files": len(pieces)})
    return made


def content_of(case: Case) -> dict[str, Any]:
    """Return what the index of an archive says of a case."""
    decision = getattr(case, "decision", None)
    return {
        "number": case.number,
        "title": case.title,
        "party": case.subject,
        "filed_on": case.filed_on.isoformat(),
        "stage": str(case.stage),
        "leads": list(case.leads.order_by("pk").values_list("lead__number", flat=True)),
        "findings": [
            {"number": one.number, "violation": one.violation, "law": one.law, "words": one.words, "on": str(one.on)}
            for one in case.findings.order_by("number")
        ],
        "penalties": [
            {"rule": f"{one.consequence} {one.version}", "basis": one.basis, "amount": str(one.amount or "")}
            for one in case.penalties.filter(withdrawn_at=None).order_by("pk")
        ],
        "decision": {"number": decision.number, "sha256": decision.sha256} if decision else None,
        "files": [_of_file(one) for one in case.files.order_by("number")],
        "documents": [_of_document(one) for one in case.documents.order_by("made_at", "pk")],
        "participants": [
            _of_participant(one) for one in case.participants.select_related("organisation").order_by("pk")
        ],
        "records": [_of_record(one) for one in case.events.select_related("by").order_by("at", "pk")],
    }


def _of_file(one: CaseFile) -> dict[str, Any]:
    return {
        "number": one.number, "name": one.name, "kind": one.kind, "sha256": one.file_id, "taken": str(one.taken_on),
    }  # fmt: skip


def _of_document(one: CaseDocument) -> dict[str, Any]:
    return {
        "number": one.number, "title": one.title, "template": one.template,
        "made": timezone.localtime(one.made_at).isoformat(), "sha256": one.file_id, "served": str(one.served_on or ""),
    }  # fmt: skip


def _of_participant(one: CaseParticipant) -> dict[str, Any]:
    return {
        "name": one.organisation.name, "joined": str(one.joined_at or ""), "agrees": one.agrees,
        "opinion": one.opinion, "decision": one.decision_no, "sha256": one.decision_sha256,
        "left": str(one.left_at or ""), "left_why": one.left_why,
    }  # fmt: skip


def _of_record(one: CaseEvent) -> dict[str, Any]:
    return {
        "at": timezone.localtime(one.at).isoformat(), "kind": one.kind, "words": one.words, "by": str(one.by or ""),
        "digest": one.digest, "unchanged": one.digest == one.computed(),
    }  # fmt: skip
