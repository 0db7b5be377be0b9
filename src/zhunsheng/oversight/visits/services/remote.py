"""A remote check: files are asked for with a day, sent and checked by content; reports are pulled as they stand."""

from datetime import date, datetime
from pathlib import PurePath

from django.db import transaction

from zhunsheng.foundation.canonical import canonical_digest
from zhunsheng.oversight.reports.models import Report
from zhunsheng.oversight.visits import lawbook, permissions
from zhunsheng.oversight.visits.lifecycle import VISIT
from zhunsheng.oversight.visits.models import FileRequest, Pull, RequestedFile, Visit
from zhunsheng.oversight.visits.permissions import Can
from zhunsheng.oversight.visits.services.photos import Upload
from zhunsheng.oversight.visits.services.steps import VisitRefused, day_of, limit, locked, tell_body
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.accounts.services.refusing import keeps_refused
from zhunsheng.platform.documents import files
from zhunsheng.platform.ledger import services as ledger


@keeps_refused
@transaction.atomic
def ask_for_files(*, visit_id: int, words: str, due_on: date | None = None, by: User, at: datetime) -> FileRequest:
    """Ask the body for files by a day, the law's usual one if none is given.

    Raises: Visit.DoesNotExist, NotAllowed, IllegalMove, VisitRefused.
    """
    visit = _under_way(visit_id, by, at)
    on = day_of(at)
    last = due_on or limit(on, lawbook.number(lawbook.FILE_REQUEST, "workdays", on))
    if last is None or last < on:
        raise VisitRefused("The day lies in the past.", field="due_on", remedy="Choose a later one.")
    if not words.strip():
        raise VisitRefused("Say what is asked for.", field="words", remedy="Name the documents and their time.")
    made = FileRequest.objects.create(visit=visit, words=words.strip()[:500], due_on=last, asked_by=by, asked_at=at)
    tell_body(
        visit, subject=f"请提交资料：{visit.number}", words=f"请于 {last.isoformat()} 前提交：{made.words}",
        href=f"/visits/{visit.number}/room/", kind="visit", by=by, at=at,
    )  # fmt: skip
    return made


@keeps_refused
@transaction.atomic
def send_requested_file(*, request_id: int, upload: Upload, by: User, at: datetime) -> RequestedFile:
    """Send a file for the body; its content is checked, and its digest sealed.

    Raises: FileRequest.DoesNotExist, NotAllowed, IllegalMove, VisitRefused, FileRefused and its kinds.
    """
    asked = FileRequest.objects.get(pk=request_id)
    visit = locked(asked.visit_id)
    permissions.require(by, Can.ANSWER, visit, day_of(at))
    VISIT.target(visit.stage, "ask_files")
    kept = files.store(upload.content, upload.media_type)
    if asked.files.filter(file=kept).exists():
        raise VisitRefused("This file was sent already.", field="file", remedy="Choose another file.")
    made = RequestedFile.objects.create(
        request=asked, file=kept, name=PurePath(upload.name).name[:200] or kept.sha256[:12], by=by, at=at
    )
    ledger.append(kind="visit.file", subject=kept.sha256, body=visit.body.slug, at=at)
    return made


@keeps_refused
@transaction.atomic
def pull_reports(*, visit_id: int, first_day: date, last_day: date, by: User, at: datetime) -> Pull:
    """Keep how the body's reports that arrived in a span of days stand now: number, version, digest, findings.

    Raises: Visit.DoesNotExist, NotAllowed, IllegalMove, VisitRefused.
    """
    visit = _under_way(visit_id, by, at)
    if last_day < first_day:
        raise VisitRefused("The last day is before the first.", field="last_day", remedy="Mend the days.")
    most = lawbook.number(lawbook.FILE_REQUEST, "most_reports", day_of(at))
    found = Report.objects.filter(
        body_id=visit.body_id, received_at__date__gte=first_day, received_at__date__lte=last_day
    )
    rows = [
        [one.number, one.version, one.digest, one.state, one.findings, one.worst]
        for one in found.order_by("-worst", "-findings", "-received_at")[:most]
    ]
    return Pull.objects.create(
        visit=visit, first_day=first_day, last_day=last_day, total=found.count(), rows=rows,
        digest=canonical_digest(rows), by=by, at=at,
    )  # fmt: skip


def _under_way(visit_id: int, by: User, at: datetime) -> Visit:
    visit = locked(visit_id)
    permissions.require_seat(by, visit, day_of(at))
    VISIT.target(visit.stage, "ask_files")
    return visit
