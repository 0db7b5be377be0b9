"""Tell bodies and their authorities that grades changed."""

from collections.abc import Sequence
from datetime import date, datetime

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.accounts.selectors import authorities_up
from zhunsheng.platform.notices import services as notices
from zhunsheng.registry.bodies.models import Body

KIND = "credit.grade"


def announce(moved: Sequence[tuple[Body, str, str]], *, on: date, by: User | None, at: datetime) -> None:
    """Send each body whose grade moved a notice, and the authorities of its place one notice for all of them."""
    if not moved:
        return
    with translation.override("zh-hans"):
        for body, before, after in moved:
            if body.organisation_id is not None:
                notices.notify(
                    organisation_ids=[body.organisation_id],
                    subject=_("Your grade of classified supervision changed from %(before)s to %(after)s")
                    % {"before": before, "after": after},
                    body=_("The page shows which events cost points, what would raise the grade, and how to object."),
                    href=_page("credit:grade", body.slug), kind=KIND, at=at, by=by, origin=f"{KIND}:{body.pk}:{on}",
                )  # fmt: skip
        _tell_authorities(moved, on=on, by=by, at=at)


def tell_body(body: Body, subject: str, words: str, *, href: str, origin: str, by: User | None, at: datetime) -> None:
    """Send one body a notice about its credit file."""
    if body.organisation_id is not None:
        notices.notify(
            organisation_ids=[body.organisation_id], subject=subject[:200], body=words, href=href, kind="credit.file",
            at=at, by=by, origin=origin,
        )  # fmt: skip


def _tell_authorities(moved: Sequence[tuple[Body, str, str]], *, on: date, by: User | None, at: datetime) -> None:
    found = authorities_up({body.division_id for body, _before, _after in moved if body.division_id})
    offices = sorted({office for near in found.values() for office in near})
    if offices:
        notices.notify(
            organisation_ids=offices, subject=_("Grades of classified supervision changed"),
            body=_("Computed for %(day)s. The page lists who moved from which grade to which.")
            % {"day": on.isoformat()},
            href=_page("credit:grades"), kind=f"{KIND}s", at=at, by=by, origin=f"{KIND}s:{on}",
        )  # fmt: skip


def _page(name: str, *args: str) -> str:
    with translation.override("zh-hans"):
        return reverse(name, args=args)
