"""The official documents of a case: made with the step that they belong to, numbered, signed, sealed, served."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction

from zhunsheng.oversight.enforcement import law_book
from zhunsheng.oversight.enforcement.lifecycle import Stage
from zhunsheng.oversight.enforcement.models import Case, CaseDocument, CaseEvent
from zhunsheng.oversight.enforcement.permissions import Can
from zhunsheng.oversight.enforcement.services import papers
from zhunsheng.oversight.enforcement.services.steps import (
    CaseRefused,
    day_of,
    demand,
    due,
    keep,
    locked,
    require,
    write_down,
)
from zhunsheng.oversight.enforcement.wording import METHODS
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.accounts.services.refusing import keeps_refused
from zhunsheng.platform.database.locks import exclusive
from zhunsheng.platform.documents import files, pdf
from zhunsheng.platform.ledger import services as ledger

SEALED: Final = "case.document"
_SERIAL: Final = re.compile(r"〕(\d+)号$")


def make(
    case: Case, kind: str, content: Mapping[str, Any], *, by: User | None, at: datetime, event: CaseEvent | None = None,
    number: str = "",
) -> CaseDocument:  # fmt: skip
    """Make a document of a locked case in the caller's transaction: PDF, signature, number, entry of the log.

    Args:
        kind: filing, site_record, questioning, report, correction, notice, hearing, decision, no_penalty, receipt,
            closing, handover, police.
        content: what the template asks for beyond authority, title, numbers, day and contact.
        number: a number taken before with `next_number`.
    Raises: NotInForce; typst.TypstError; NotStamped where a configured authority gives no time.
    """
    on = day_of(at)
    entry = law_book.document(kind, on)
    number = number or next_number(case, kind, on)
    head = papers.head(case, entry, number, on)
    drawn = pdf.render(law_book.TEMPLATES / f"{entry.values['template']}.typ", head | dict(content), at=at)
    from zhunsheng.platform.documents import signatures  # here, because it takes long to import

    signed = files.store(signatures.sign(drawn, at=at), "application/pdf")
    with recorded(by, f"{entry.title['zh']} {number}"):
        made = CaseDocument.objects.create(
            case=case, event=event, kind=kind, title=entry.title["zh"], number=number,
            template=f"{entry.values['template']} {law_book.named(entry)}", outward=entry.values["outward"],
            file=signed, made_by=by, made_at=at,
        )  # fmt: skip
    ledger.append(kind=SEALED, subject=signed.sha256, body=case.body.slug if case.body else "", at=at)
    return made


def next_number(case: Case, kind: str, on: date) -> str:
    """Return the next number of a kind of document: of the authority and the year, or of the case for its own forms.

    The authority's numbers are held by a lock until the transaction ends.
    """
    rule, entry = law_book.document("numbers", on).values, law_book.document(kind, on)
    if not entry.values["numbered"]:
        held = case.documents.filter(kind=kind).count()
        return str(rule["inside"].format(case=case.number, code=entry.values["code"], serial=held + 1))
    filled = {"prefix": _prefix(case, rule["prefixes"]), "code": entry.values["code"], "year": on.year}
    start = rule["pattern"].partition("{serial}")[0].format_map(filled)
    with exclusive("case-document-numbers"):
        rows = CaseDocument.objects.filter(number__startswith=start).order_by("-pk").values_list("number", flat=True)
        last = _SERIAL.search(rows.first() or "")
    return str(rule["pattern"].format_map(filled | {"serial": int(last.group(1)) + 1 if last else 1}))


def _prefix(case: Case, prefixes: Mapping[str, str]) -> str:
    house = case.authority
    known = prefixes.get(house.division_id if house else case.division_id)
    return known or (house.name if house else case.division.name).removesuffix("市场监督管理局")


@keeps_refused
@transaction.atomic
def serve(
    *, document_id: int, method: str, on: date, received_by: str, proof: str, by: User, at: datetime
) -> CaseDocument:
    """Record that a document that leaves the house was served, with its proof; the receipt joins the file.

    The party's days for its statement run from the service of the notice (Law on Administrative Penalties, Art. 44,
    45; CASE-STATEMENT), so they are counted anew from there.

    Args:
        proof: digest of the signed receipt in the store; electronic service alone goes without.
    Raises: CaseDocument.DoesNotExist, NotAllowed, CaseRefused.
    """
    found = CaseDocument.objects.select_for_update(of=("self",)).get(pk=document_id)
    case = locked(found.case_id)
    require(by, Can.INVESTIGATE, case, at)
    note_service(case, found, method=method, on=on, received_by=demand("received_by", received_by), proof=proof,
                 by=by, at=at)  # fmt: skip
    if found.kind == "notice" and case.stage == Stage.NOTIFIED:
        case.statement_due_on = due(law_book.rule("CASE-STATEMENT", on), on)
        keep(case, by, "notice served", "statement_due_on")
    words = f"{found.title} {found.number}：{METHODS[method]}，{found.received_by}"
    write_down(case, "document_served", words, by, at, values={"method": method, "on": str(on)}, file=proof)
    return found


def note_service(
    case: Case, found: CaseDocument, *, method: str, on: date, received_by: str, proof: str, by: User, at: datetime
) -> None:
    """Write how a document was served, and make its receipt; in the transaction of the step. Raises: CaseRefused."""
    if not found.outward or found.served_on is not None:
        raise CaseRefused("This document needs no service, or has been served.", field="document",
                          remedy="Choose another document.")  # fmt: skip
    if method not in METHODS or not day_of(found.made_at) <= on <= day_of(at):
        raise CaseRefused(
            "A document is served on its day or later, by one of the ways of the law.", field="on",
            remedy="Give the day on the proof of service.",
        )  # fmt: skip
    if method != "electronic" and not proof:
        raise CaseRefused("Service needs its proof.", field="proof", remedy="Add the signed receipt or the postal one.")
    found.served_how, found.served_on, found.received_by = method, on, received_by.strip()[:100]
    found.receipt_id = proof or None
    with recorded(by, f"served: {method}"):
        found.save(update_fields=["served_how", "served_on", "received_by", "receipt"])
    make(case, "receipt", papers.receipt(case, found, by), by=by, at=at)
