"""The body that a grant is for, and what it says about it: name, address, places, people who sign."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from zhunsheng.admission.certificates.grants import Grant
from zhunsheng.foundation.identifiers import normalise_name
from zhunsheng.platform.accounts.models import User
from zhunsheng.registry.bodies import selectors as register
from zhunsheng.registry.bodies import services as bodies
from zhunsheng.registry.bodies.models import Accreditation, Body, Signatory


def find(grant: Grant) -> Body | None:
    """Return the body that a grant names, or the one that has its credit code; None for a new one.

    Raises: CertificateRefused for a body that isn't there, has ended or is another organisation's.
    """
    if grant.body_id is None and grant.body is None:
        raise bodies.CertificateRefused(
            "No body is named.", field="body", remedy="Name the body or describe a new one."
        )
    if grant.body_id is not None:
        found = Body.objects.filter(pk=grant.body_id).first()
    else:
        uscc = grant.body.uscc if grant.body else ""
        found = Body.objects.filter(uscc=uscc).exclude(uscc="").first()
        if found is None:
            return None
    if found is None or found.valid_to is not None:
        raise bodies.CertificateRefused(
            "The register has no such body, or it has ended.", field="body", remedy="Name its successor instead."
        )
    if None not in (found.organisation_id, grant.organisation_id) and found.organisation_id != grant.organisation_id:
        raise bodies.CertificateRefused(
            "The organisation that applied doesn't act for this body.",
            field="body",
            remedy="Check who applied, or correct who acts for the body.",
        )
    return found


def enter(grant: Grant, number: str, *, by: User | None, at: datetime, why: str) -> Body:
    """Enter the new body of a first grant under its certificate number. Raises: NotAllowed, CertificateRefused."""
    if grant.body is None:
        raise bodies.CertificateRefused(
            "No body is named.", field="body", remedy="Name the body or describe a new one."
        )
    new = grant.body
    return bodies.enter_body(
        slug=number, name=new.name, name_en=new.name_en, uscc=new.uscc, division=new.division, address=new.address,
        kind=new.kind, organisation_id=grant.organisation_id, generated=new.generated, by=by, at=at, why=why,
    )  # fmt: skip


def write_facts(body: Body, grant: Grant, target: Accreditation, *, by: User | None, at: datetime, why: str) -> None:
    """Write number, name, address, places and signatories of a grant to the register, and read the body again."""
    recording: dict[str, Any] = {"by": by, "at": at, "why": why}
    if grant.valid_from <= timezone.localdate(at):
        bodies.name_by_number(body_id=body.pk, number=target.number, **recording)
    act = {**recording, "on": grant.decided_on, "document_no": grant.decision_no}
    if grant.new_name and grant.new_name != body.name:
        bodies.rename_body(body_id=body.pk, name=grant.new_name, name_en=grant.new_name_en, **act)
    if grant.new_address and grant.new_address != body.address:
        bodies.move_body(body_id=body.pk, address=grant.new_address, **act)
    _write_sites(body, grant, recording)
    _write_signatories(body, grant, target.valid_to, recording)
    body.refresh_from_db()


def _write_sites(body: Body, grant: Grant, recording: dict[str, Any]) -> None:
    known = set(body.sites.values_list("code", flat=True))
    rows: list[dict[str, Any]] = [
        {
            "code": one.code,
            "name": one.name,
            "address": one.address,
            "division_id": one.division or None,
            **({} if one.code in known else {"valid_from": grant.valid_from}),
        }
        for one in grant.sites
    ]
    for fresh in (True, False):  # rows of one table have the same columns
        part = [row for row in rows if ("valid_from" in row) is fresh]
        if part:
            bodies.write_sites(body_id=body.pk, rows=part, **recording)
    last = grant.valid_from - timedelta(days=1)
    over = [{"code": code, "valid_to": last} for code in grant.ended_sites if code in known]
    if over:
        bodies.write_sites(body_id=body.pk, rows=over, **recording)


def _write_signatories(body: Body, grant: Grant, term: date | None, recording: dict[str, Any]) -> None:
    """End, keep and add rights to sign; those of a renewed certificate run to the end of the new term."""
    held = register.signatories_on(body, grant.valid_from)
    wanted = {(one.person_id or normalise_name(one.name), normalise_name(one.field)) for one in grant.signatories}
    ending = [one for one in held if one.pk in grant.ended_signatories]
    staying = [one for one in held if one.pk not in grant.ended_signatories]
    if grant.whole_term and grant.signatories:
        ending += [one for one in staying if not _names(one) & wanted]
    if grant.whole_term:
        keys = [one.pk for one in staying if one not in ending and one.valid_to != term]
        bodies.set_signatories_end(body_id=body.pk, signatory_ids=keys, last=term, **recording)
    if ending:
        _end(body, ending, grant.valid_from - timedelta(days=1), recording)
    if not grant.signatories:
        return
    people = {normalise_name(one.person.name): one.person_id for one in held}
    rights = [
        bodies.Granted(
            one.person_id or people.get(normalise_name(one.name)), one.name, one.title, one.field, one.remark
        )
        for one in grant.signatories
    ]
    bodies.write_signatories(body_id=body.pk, rights=rights, first=grant.valid_from, last=term, **recording)


def _names(one: Signatory) -> set[tuple[int | str, str]]:
    field = normalise_name(one.field)
    return {(one.person_id, field), (normalise_name(one.person.name), field)}


def _end(body: Body, ending: list[Signatory], last: date, recording: dict[str, Any]) -> None:
    begun = [one.pk for one in ending if one.valid_from is None or one.valid_from <= last]
    never = [one.pk for one in ending if one.pk not in begun]
    if begun:
        bodies.set_signatories_end(body_id=body.pk, signatory_ids=begun, last=last, **recording)
    if never:
        bodies.strike_signatories(signatory_ids=never, **recording)
