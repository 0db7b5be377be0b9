"""Official letters: numbered and written with the act that they tell of, then made, signed, sealed, told and served.

A letter's number and words are kept in the transaction of the act. The PDF is made and signed afterwards by the
worker, outside of any transaction: until then the letter is being prepared. Letters carry the installation's own
signature, made with the keys that sign certificates.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from zhunsheng.admission.certificates.selectors import granting_authority
from zhunsheng.admission.licensing import decision_book, permissions
from zhunsheng.admission.licensing.lifecycle import Delivery
from zhunsheng.admission.licensing.models import Application, IssuedDocument
from zhunsheng.admission.licensing.permissions import Can
from zhunsheng.admission.licensing.rules.reasons import said
from zhunsheng.admission.licensing.services.refusals import log
from zhunsheng.foundation.errors import DomainError
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import Organisation, User
from zhunsheng.platform.database.locks import exclusive
from zhunsheng.platform.documents import files, pdf
from zhunsheng.platform.documents.files import Stream
from zhunsheng.platform.jobs import rows
from zhunsheng.platform.ledger import services as ledger
from zhunsheng.platform.notices import services as notices

LETTER = "licensing.letter"
AT_ONCE = 100
"""Letters that one turn of the worker makes at most."""
_SERIAL = re.compile(r"〕(\d+)号$")


class ServiceRefused(DomainError):
    """A document that can't be served so."""

    code = "service-refused"


class BeingPrepared(DomainError):
    """A letter whose PDF is not made yet."""

    code = "letter-being-prepared"

    def __init__(self) -> None:
        super().__init__("This letter is being prepared.", remedy="Open it again in a minute.")


def chinese(day: date | None) -> str:
    """Write a day as official letters do; nothing stays empty."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def issue_document(
    *, application: Application, kind: str, content: Mapping[str, Any], by: User | None, at: datetime, number: str = ""
) -> IssuedDocument:
    """Write a letter in the caller's transaction: its number, day and words. The worker makes it.

    Args:
        kind: accepted, gaps, not_accepted, review, granted, partly_granted, refused, renewed, hearing.
        content: what the template asks for beyond names, dates and remedies.
        number: a number taken before with `next_number`.
        by: None for the system.
    Raises: NotInForce.
    """
    today = timezone.localdate(at)
    entry, version = decision_book.document(kind, today)
    number = number or next_number(kind, today)
    house = granting_authority()
    data = _data(application, house, entry.title["zh"], number, today) | dict(content)
    data["remedies"] = _remedies(kind, today, house)
    with recorded(by, f"{entry.title['zh']} {number}"):
        return IssuedDocument.objects.create(
            application=application, kind=kind, number=number, template=f"{entry.values['template']} {version}",
            content=data, made_by=by, made_at=at,
        )  # fmt: skip


def make_letters() -> int:
    """Do the worker's duty: make and sign the letters that are being prepared; return how many.

    Raises: LockBusy while another worker is at it.
    """
    with exclusive("licensing-letters", wait_seconds=0):
        waiting = list(IssuedDocument.objects.filter(file=None).order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
        return rows.each("licensing-letters", waiting, make_letter, atomic=False)


def make_letter(document_id: int) -> bool:
    """Make, sign and keep one letter, seal it and tell the applicant; False where that has been done already.

    Nothing is locked while the PDF is made and signed. What is cut off before the end leaves the letter as it was, and
    the same letter is made again from the same words.

    Raises: IssuedDocument.DoesNotExist, typst.TypstError; NotStamped where a configured authority gives no time.
    """
    from zhunsheng.platform.documents import signatures  # here, because it takes long to import

    document = IssuedDocument.objects.select_related("application").get(pk=document_id)
    if document.file_id is not None:
        return False
    template, _space, _version = document.template.rpartition(" ")
    made = pdf.render(
        decision_book.TEMPLATES / f"{template}.typ", document.content, at=document.made_at, accessible=True
    )
    return _keep(document_id, signatures.sign(made, at=document.made_at))


@transaction.atomic
def _keep(document_id: int, signed: bytes) -> bool:
    """Keep a signed letter with all that follows from it, once."""
    document = _locked(document_id)
    if document.file_id is not None:
        return False
    application, by, at = document.application, document.made_by, timezone.now()
    entry, _version = decision_book.document(document.kind, timezone.localdate(document.made_at))
    title = entry.title["zh"]
    document.file, document.content = files.store(signed, "application/pdf"), {}
    with recorded(by, f"{title} {document.number}"):
        document.save(update_fields=["file", "content"])
    ledger.append(kind=LETTER, subject=document.file.sha256, body=application.number, at=at)
    log(application, "issue_document", by=by, at=at, words=f"{title} {document.number}", law=entry.named)
    _tell(application, document, title, by, at)
    return True


def next_number(kind: str, day: date) -> str:
    """Return the next number of a kind of document in a year; held by a lock until the transaction ends."""
    rule, _version = decision_book.document("numbers", day)
    code = decision_book.document(kind, day)[0].values["code"]
    filled = {"prefix": rule.values["prefix"], "code": code, "year": day.year}
    head = rule.values["pattern"].partition("{serial}")[0].format_map(filled)
    with exclusive("licensing-document-numbers"):
        newest = IssuedDocument.objects.filter(number__startswith=head).order_by("-pk").values_list("number", flat=True)
        last = _SERIAL.search(newest.first() or "")
    serial = int(last.group(1)) + 1 if last else 1
    return str(rule.values["pattern"].format_map(filled | {"serial": serial}))


@transaction.atomic
def open_document(*, document_id: int, by: User, at: datetime) -> IssuedDocument:
    """Give a document to a reader; when somebody of the applicant opens it first, that is its electronic service.

    Raises: IssuedDocument.DoesNotExist, NotAllowed, BeingPrepared.
    """
    document = _locked(document_id)
    permissions.require(by, Can.SEE, document.application, timezone.localdate(at))
    if document.file_id is None:
        raise BeingPrepared
    own = {one.organisation_id for one in by.memberships_on(timezone.localdate(at))}
    if document.served_at is None and document.application.organisation_id in own:
        document.served_by, document.served_at, document.received_by = Delivery.ELECTRONIC, at, str(by)[:100]
        words = f"{document.number}：{document.received_by}"
        with recorded(by, words):
            document.save(update_fields=["served_by", "served_at", "received_by"])
        log(document.application, "document_opened", by=by, at=at, words=words)
    return document


@transaction.atomic
def serve_document(
    *,
    document_id: int,
    how: str,
    received_by: str,
    served_at: datetime,
    by: User,
    at: datetime,
    receipt: Stream | None = None,
) -> IssuedDocument:
    """Enter that a document was handed over on paper, by mail or by public notice, with its receipt.

    Raises: IssuedDocument.DoesNotExist, NotAllowed, BeingPrepared, ServiceRefused, FileRefused.
    """
    document = _locked(document_id)
    permissions.require(by, Can.HANDLE, document.application, timezone.localdate(at))
    if document.file_id is None:
        raise BeingPrepared
    if document.served_at is not None:
        raise ServiceRefused("This document has been served already.", remedy="Look at its receipt.")
    if how not in {Delivery.PAPER, Delivery.MAIL, Delivery.NOTICE}:
        raise ServiceRefused("An electronic service is entered when the applicant opens the document.", field="how")
    if not timezone.localdate(document.made_at) <= timezone.localdate(served_at) <= timezone.localdate(at):
        raise ServiceRefused(
            "A document is served after it was made, and not in the future.", field="served_at",
            remedy="Enter the day on the receipt.",
        )  # fmt: skip
    if how != Delivery.NOTICE and not received_by.strip():
        raise ServiceRefused("Name who received it.", field="received_by", remedy="Read the name on the receipt.")
    document.served_by, document.served_at, document.received_by = how, served_at, received_by.strip()[:100]
    document.receipt = files.store(receipt) if receipt is not None else None
    words = f"{document.number}：{Delivery(how).value} {document.received_by}"
    with recorded(by, words):
        document.save(update_fields=["served_by", "served_at", "received_by", "receipt"])
    log(document.application, "document_served", by=by, at=at, words=words)
    return document


def _locked(document_id: int) -> IssuedDocument:
    found = IssuedDocument.objects.select_for_update(of=("self",)).select_related("application", "file")
    return found.get(pk=document_id)


def _data(
    application: Application, house: Organisation | None, title: str, number: str, day: date
) -> dict[str, Any]:  # fmt: skip
    filed = timezone.localdate(application.filed_at) if application.filed_at else None
    accepted = timezone.localdate(application.accepted_at) if application.accepted_at else None
    with translation.override("zh-hans"):
        kind, route = application.get_kind_display(), application.get_route_display()
    return {
        "authority": house.name if house else "",
        "title": title,
        "number": number,
        "application": application.number,
        "to": application.applicant_name,
        "day": chinese(day),
        "contact": f"联系电话：{house.phone}。" if house and house.phone else "",
        "kind": str(kind),
        "route": str(route),
        "filed_on": chinese(filed),
        "accepted_on": chinese(accepted),
    }


def _remedies(kind: str, day: date, house: Organisation | None) -> list[str]:
    if not decision_book.document(kind, day)[0].values["remedies"]:
        return []
    entry, version = decision_book.sentences(day)["DECIDE-REMEDIES"]
    filled = {name: entry.values[name] for name in ("reconsideration_days", "lawsuit_months")}
    filled["government"] = f"{house.division.name}人民政府" if house else entry.values["government"]
    filled["court"] = (house.court if house else "") or entry.values["court"]
    return [said(entry, version, **filled).words["zh"]]


def _tell(application: Application, document: IssuedDocument, title: str, by: User | None, at: datetime) -> None:
    house = granting_authority()
    with translation.override("zh-hans"):
        body = _("Application %(number)s: please open the document; opening it counts as receiving it.") % {
            "number": application.number
        }
    notices.notify(
        organisation_ids=[application.organisation_id], subject=f"{title} {document.number}"[:200], body=body,
        href=f"/licensing/documents/{document.pk}/", kind="licensing.document", at=at, by=by,
        sender_id=house.pk if house else None, origin=f"application:{application.number}",
    )  # fmt: skip
