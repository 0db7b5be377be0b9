"""The yardstick: what the law attaches to a violation, and which rules an administrator compared with its text."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from zhunsheng.foundation.lawbook import Entry
from zhunsheng.oversight.enforcement import law_book, wording
from zhunsheng.oversight.enforcement.forms import cases as entered
from zhunsheng.oversight.enforcement.models import LawConfirmation
from zhunsheng.oversight.enforcement.permissions import Can
from zhunsheng.oversight.enforcement.selectors import confirmations
from zhunsheng.oversight.enforcement.services import confirming
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.policy import NotAllowed
from zhunsheng.platform.accounts.views.signed_in import SignedInRequest, answer

TEMPLATE: Final = "enforcement/yardstick.html"
APART: Final = ("VIO-", "CON-", "CIRCUMSTANCE-")
BARRED: Final = ("CON-", "SEVERE-LIST")
"""What can't be applied while nobody has verified or confirmed it."""


@login_required
@require_http_methods(["GET", "POST"])
def yardstick(request: SignedInRequest) -> HttpResponse:
    """Show violations with their consequences; an administrator confirms what nobody has verified."""

    def act(given: dict[str, Any]) -> HttpResponse:
        confirming.confirm(by=request.user, at=timezone.now(), **given)
        messages.success(request, _("Confirmed for this version of the rule."))
        return redirect("enforcement:yardstick")

    form = entered.ConfirmForm(request.POST or None)
    return answer(request, form, act, page=_page(request), template=TEMPLATE)


@login_required
@require_POST
def take_back(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a confirmation back with its reason; the rule then counts as unverified again."""

    def act(given: dict[str, Any]) -> HttpResponse:
        confirming.withdraw(confirmation_id=pk, by=request.user, at=timezone.now(), **given)
        messages.success(request, _("The confirmation is taken back."))
        return redirect("enforcement:yardstick")

    return answer(request, entered.TakeBackForm(request.POST), act, page=_page(request), template=TEMPLATE)


def _page(request: SignedInRequest) -> dict[str, Any]:
    """Return what the page shows to who may see it. Raises: NotAllowed."""
    today = timezone.localdate()
    may_confirm = policy.allowed_somewhere(request.user, Can.CONFIRM_LAW, today)
    if not may_confirm and not policy.allowed_somewhere(request.user, Can.SEE, today):
        raise NotAllowed(Can.SEE)
    known = confirmations()
    return {
        "may_confirm": may_confirm,
        "blocks": [
            {
                "violation": one, "basis": law_book.cited(one),
                "rows": [_row(row, known) for row in law_book.consequences(one.id, today)],
            }
            for one in law_book.violations(today)
        ],
        "circumstances": [_row(one, known) for one in law_book.circumstances(today).values()],
        "others": [_row(one, known) for one in _others(today)],
    }  # fmt: skip


def _others(on: date) -> list[Entry]:
    """Return clocks, lists, and documents of a day: what is neither violation nor consequence nor circumstance."""
    return [one for one in law_book.book() if one.holds_on(on) and not one.id.startswith(APART)]


def _row(rule: Entry, known: Mapping[str, LawConfirmation]) -> dict[str, Any]:
    """Return a rule with its articles, and who compared it with the law."""
    return {
        "rule": rule, "basis": law_book.cited(rule), "version": law_book.book().version_of(rule),
        "fields": [wording.FIELDS[field] for field in rule.values.get("fields", ()) if field in wording.FIELDS],
        "confirmed": known.get(law_book.named(rule)), "barred": rule.id.startswith(BARRED),
    }  # fmt: skip
