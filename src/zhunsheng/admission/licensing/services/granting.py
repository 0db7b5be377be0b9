"""What a decision grants, as the values that issuing a certificate asks for."""

from datetime import date, datetime

from django.utils import timezone

from zhunsheng.admission.certificates import services as certificates
from zhunsheng.admission.certificates.grants import Grant, GrantedLine, GrantedSignatory, GrantedSite, NewBody
from zhunsheng.admission.licensing import law_book
from zhunsheng.admission.licensing.lifecycle import WHOLE_TERM, LineAct, LineOutcome, PersonPost
from zhunsheng.admission.licensing.models import Application, ApplicationLine
from zhunsheng.foundation.errors import DomainError
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import User
from zhunsheng.registry.bodies.models import Signatory


def grant_of(application: Application, *, number: str, decided: date, valid_from: date | None = None) -> Grant:
    """Return what a decision of a day grants: granted lines by what was asked for each, sites, signatories, names.

    The term begins with the decision, or on `valid_from`.
    """
    lines = _lines(application, LineOutcome.GRANTED)
    whole = application.kind in WHOLE_TERM
    return Grant(
        organisation_id=application.organisation_id,
        body_id=application.body_id,
        body=_new_body(application) if application.body_id is None else None,
        application_number=application.number,
        decision_no=number,
        decided_on=decided,
        valid_from=valid_from or decided,
        whole_term=whole,
        occasion=application.kind,
        added=tuple(_granted(one) for one in lines if one.act == LineAct.ADD or _unlinked(one)),
        ended=tuple(one.scope_line_id for one in lines if one.act == LineAct.GIVE_UP and one.scope_line_id),
        replaced=tuple(
            (one.scope_line_id, _granted(one)) for one in lines if one.act == LineAct.REPLACE and one.scope_line_id
        ),
        carried=tuple(one.scope_line_id for one in lines if one.act == LineAct.KEEP and one.scope_line_id),
        sites=_sites(application),
        signatories=_signatories(application),
        ended_signatories=_leaving(application),
        new_name=application.new_name,
        new_address=application.new_address,
        field=application.field,
        sector=application.sector,
        refused=tuple(_granted(one) for one in _lines(application, LineOutcome.REFUSED)),
    )


def _lines(application: Application, outcome: LineOutcome) -> list[ApplicationLine]:
    return list(application.lines.filter(outcome=outcome).select_related("site").order_by("number"))


def _sites(application: Application) -> tuple[GrantedSite, ...]:
    return tuple(
        GrantedSite(code=one.code, name=one.name, address=one.address, division=one.division_id or "")
        for one in application.sites.order_by("code")
    )


def _signatories(application: Application) -> tuple[GrantedSignatory, ...]:
    return tuple(
        GrantedSignatory(name=one.name, field=one.fields, title=one.title, remark=one.remark)
        for one in application.people.filter(post=PersonPost.SIGNATORY, leaves=False).order_by("pk")
    )


def name_body(application: Application, body_id: int, *, by: User | None, why: str) -> None:
    """Name the body that a first grant entered into the register."""
    if application.body_id is None:
        application.body_id = body_id
        with recorded(by, why):
            application.save(update_fields=["body"])


def cancel(application: Application, number: str, *, by: User, at: datetime) -> None:
    """End the certificate of a body that gives it up. Raises: DomainError for an application without a body."""
    if application.body_id is None:
        raise DomainError("There is no certificate to cancel.", remedy="Compare the application with the register.")
    certificates.cancel(
        body_id=application.body_id, decision_no=number, on=timezone.localdate(at), by=by,
        at=at, why=application.reasons.strip()[:200] or application.number, application_number=application.number,
    )  # fmt: skip


def _unlinked(line: ApplicationLine) -> bool:
    """Tell whether a line keeps or replaces what the register no longer has: it is granted as a line of its own."""
    return line.act in (LineAct.KEEP, LineAct.REPLACE) and line.scope_line_id is None


def _granted(line: ApplicationLine) -> GrantedLine:
    return GrantedLine(
        object_text=line.object_text, parameter_text=line.parameter_text, method_text=line.method_text,
        site_code=line.site.code if line.site else "", object_id=line.object_id, parameter_id=line.parameter_id,
        edition_id=line.edition_id, clause=line.clause, limitation=line.limitation, remark=line.remark,
        domain=line.domain or _domain(line.application), category=line.category or line.object_text[:100],
    )  # fmt: skip


def _domain(application: Application) -> str:
    """Return the domain that an application named, for lines that came from the catalogue without one."""
    if application.domain == "other":
        return ""
    return str(law_book.choices()["domain"].get(application.domain, {}).get("zh", ""))


def _new_body(application: Application) -> NewBody:
    return NewBody(
        name=application.applicant_name, uscc=application.uscc, division=application.division_id,
        address=application.address, name_en=application.applicant_name_en, generated=application.generated,
    )  # fmt: skip


def _leaving(application: Application) -> tuple[int, ...]:
    """Return the rights to sign, in force, of the people whom the application names as leaving."""
    names = list(application.people.filter(post=PersonPost.SIGNATORY, leaves=True).values_list("name", flat=True))
    if not names or application.body_id is None:
        return ()
    held = Signatory.objects.filter(person__body_id=application.body_id, person__name__in=names, valid_to=None)
    return tuple(held.order_by("pk").values_list("pk", flat=True))
