"""A schedule handed in: its file kept, its reading due."""

from datetime import datetime
from typing import BinaryIO

from django.db import transaction
from django.utils import timezone

from zhunsheng.foundation.errors import DomainError
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.documents import files
from zhunsheng.registry.bodies.models import Body
from zhunsheng.registry.schedules import permissions, selectors, thresholds
from zhunsheng.registry.schedules.models import Schedule
from zhunsheng.registry.schedules.permissions import Can


class NoCertificate(DomainError):
    """A body without a certificate can have no schedule."""

    code = "no-certificate"


def receive(
    *, body: Body, name: str, content: BinaryIO, whole: bool, by: User | None, at: datetime, why: str
) -> tuple[Schedule, bool]:
    """Keep a schedule's file and return its record with whether it is new; the same file again gives the same record.

    Raises: NotAllowed, NoCertificate, FileTooLarge, FileRefused.
    """
    today = timezone.localdate(at)
    permissions.require(by, Can.HAND_IN, body, today)
    certificate = selectors.latest_certificate(body.pk)
    if certificate is None:
        raise NoCertificate(
            "The body has no certificate, so it has no schedule.",
            field="body",
            remedy="Import the certificate first, or correct it.",
        )
    stored = files.store(content)
    confidence, version = thresholds.acceptance(today)
    with transaction.atomic(), recorded(by, why or f"handed in {name}"):
        return Schedule.objects.get_or_create(
            body=body,
            sha256=stored.sha256,
            defaults={
                "accreditation": certificate,
                "name": name[-200:],
                "whole": whole,
                "on": certificate.valid_from,
                "confidence": confidence,
                "rule_version": version,
                "received_at": at,
                "received_by": by,
                "why": why[:300],
            },
        )
