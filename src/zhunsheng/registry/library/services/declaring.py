"""A body declares that a new edition leaves its actual capability unchanged (自我声明)."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from zhunsheng.foundation.errors import DomainError
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import User
from zhunsheng.registry.bodies.models import Body
from zhunsheng.registry.library import lawbook, permissions
from zhunsheng.registry.library.models import AffectedLine, Declaration, Supersession
from zhunsheng.registry.library.permissions import Can


class NotDeclarable(DomainError):
    """A declaration about nothing, or without what was done to confirm it."""

    code = "not-declarable"


@transaction.atomic
def declare_unchanged(
    *,
    supersession_id: int,
    body_id: int,
    line_ids: list[int] | None,
    remark: str,
    by: User,
    at: datetime,
    language: str = "zh",
) -> Declaration:
    """Keep a body's declaration for some of its affected lines (None: all that are still open), with its dated text.

    Raises: Supersession.DoesNotExist, Body.DoesNotExist, NotAllowed, NotDeclarable.
    """
    today = timezone.localdate(at)
    made = Supersession.objects.select_related("old", "new").get(pk=supersession_id)
    body = Body.objects.select_for_update().get(pk=body_id)
    policy.require(by, Can.DECLARE, permissions.place_of(body), today)
    if not remark.strip():
        raise NotDeclarable(
            "Say what was done to confirm the method.",
            field="remark",
            remedy="For example: verification report and its date.",
        )
    rule = lawbook.declaration(today)
    chosen = _chosen(made, body, line_ids)
    words = rule.values[language].format(old=made.old.code, new=made.new.code, lines=len(chosen))
    with recorded(by, remark):
        declared = Declaration.objects.create(
            supersession=made, body=body, text=words, law=lawbook.named(rule), remark=remark.strip(), lines=len(chosen),
            declared_by=by, declared_at=at,
        )  # fmt: skip
    AffectedLine.objects.filter(pk__in=chosen, declaration=None).update(declaration=declared)
    return declared


def _chosen(made: Supersession, body: Body, line_ids: list[int] | None) -> list[int]:
    """Return the keys of the open lines that are meant. Raises: NotDeclarable where one of them is not open."""
    open_lines = AffectedLine.objects.filter(supersession=made, body=body, declaration=None)
    if line_ids is not None:
        open_lines = open_lines.filter(line_id__in=line_ids)
    chosen = list(open_lines.values_list("pk", flat=True))
    if not chosen or (line_ids is not None and len(chosen) != len(set(line_ids))):
        raise NotDeclarable(
            "These lines are declared already, or are not yours.", field="lines", remedy="Choose among the open lines."
        )
    return chosen
