"""Certificates of bodies' electronic seals: registered and withdrawn by the body itself."""

from datetime import datetime
from typing import Any

from asn1crypto import pem
from django.db import transaction
from django.utils import timezone

from zhunsheng.foundation.errors import DomainError
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.documents.certificates import certificate_of, fingerprint_of
from zhunsheng.registry.bodies import permissions
from zhunsheng.registry.bodies.models import Body, SealCertificate
from zhunsheng.registry.bodies.permissions import Can


class SealRefused(DomainError):
    """A seal's certificate that can't be registered or withdrawn."""

    code = "seal-refused"


@transaction.atomic
def add_seal(*, body_id: int, content: bytes, by: User, at: datetime, why: str) -> SealCertificate:
    """Register the certificate of a body's seal, given as PEM or DER.

    Raises: Body.DoesNotExist, NotAllowed, SealRefused, MissingReason.
    """
    body = Body.objects.select_for_update().get(pk=body_id)
    permissions.require(by, Can.MANAGE_KEYS, body, timezone.localdate(at))
    held = _described(content)
    if held["valid_to"] <= at:
        raise SealRefused(
            "The certificate has run out.", field="certificate", remedy="Register the certificate in force."
        )
    if SealCertificate.objects.filter(fingerprint=held["fingerprint"]).exists():
        raise SealRefused(
            "This certificate is registered already.", field="certificate", remedy="Nothing is left to do."
        )
    return _kept(SealCertificate(body=body, **held), by, at, why)


@transaction.atomic
def revoke_seal(*, body_id: int, fingerprint: str, by: User, at: datetime, why: str) -> SealCertificate:
    """Withdraw a seal's certificate: seals set from now on don't count; earlier ones stay what they were.

    Raises: SealCertificate.DoesNotExist, NotAllowed, SealRefused, MissingReason.
    """
    seals = SealCertificate.objects.select_for_update(of=("self",)).select_related("body")
    seal = seals.get(body=body_id, fingerprint=fingerprint)
    permissions.require(by, Can.MANAGE_KEYS, seal.body, timezone.localdate(at))
    if seal.revoked_at is not None:
        raise SealRefused("The certificate is withdrawn already.", field="why", remedy="Nothing is left to do.")
    seal.revoked_at, seal.revoked_reason = at, why.strip()[:300]
    return _kept(seal, by, at, why)


def _described(content: bytes) -> dict[str, Any]:
    """Return a certificate's facts. Raises: SealRefused."""
    try:
        certificate = certificate_of(content)
    except ValueError as error:
        raise SealRefused(
            "This is no X.509 certificate.",
            field="certificate",
            remedy="Export the certificate of the seal, without its private key, as PEM or DER (.pem, .cer, .crt).",
        ) from error
    validity = certificate["tbs_certificate"]["validity"]
    return {
        "fingerprint": fingerprint_of(certificate),
        "holder": str(certificate.subject.human_friendly)[:300],
        "issuer": str(certificate.issuer.human_friendly)[:300],
        "certificate": pem.armor("CERTIFICATE", certificate.dump()).decode("ascii"),
        "valid_from": validity["not_before"].native,
        "valid_to": validity["not_after"].native,
    }


def _kept(seal: SealCertificate, by: User, at: datetime, why: str) -> SealCertificate:
    seal._history_date = at  # type: ignore[attr-defined]  # simple-history reads it
    with recorded(by, why):
        seal.save()
    return seal
