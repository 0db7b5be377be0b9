"""Orders to correct: the list, one order with answers and re-checks."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zhunsheng.oversight.visits import permissions, selectors, services
from zhunsheng.oversight.visits.forms import AnswerForm, CheckForm, OrderFilter, WhyForm
from zhunsheng.oversight.visits.lifecycle import ORDER
from zhunsheng.oversight.visits.models import Order, OrderEvidence
from zhunsheng.oversight.visits.permissions import Can
from zhunsheng.oversight.visits.tables import OrderTable
from zhunsheng.platform import listing
from zhunsheng.platform.accounts.views.signed_in import Bound, SignedInRequest, carried_out, today
from zhunsheng.platform.documents import files


class OrderList(LoginRequiredMixin, listing.ListPage):
    """The orders to correct in sight."""

    table_class, export_name = OrderTable, "orders-to-correct"
    filterset_class = OrderFilter  # type: ignore[assignment]  # the library declares it as None
    template_name = "visits/orders.html"

    def get_queryset(self) -> QuerySet[Order]:
        """Return what this reader may see."""
        return selectors.orders_visible_to(self.request.user, timezone.localdate())


def _in_sight(request: HttpRequest, number: str) -> Order:
    return get_object_or_404(selectors.orders_visible_to(request.user, today()), number=number)


@login_required
@require_GET
def order(request: SignedInRequest, number: str) -> HttpResponse:
    """Show an order, what the body answered, and what this reader may do next."""
    return _shown(request, _in_sight(request, number), {}, 200)


@login_required
@require_POST
def act(request: SignedInRequest, number: str, action: str) -> HttpResponse:
    """Answer, check again, or say that it was missed."""
    found = _in_sight(request, number)
    return carried_out(
        request, found, action, STEPS, _offered(request, found, request.POST, request.FILES),
        lambda bound, status: _shown(request, found, bound, status), then=reverse("visits:order", args=[number]),
    )  # fmt: skip


@login_required
@require_GET
def evidence(request: SignedInRequest, number: str, pk: int) -> HttpResponseBase:
    """Hand out a file by which the body shows what it corrected."""
    found = _in_sight(request, number)
    one = get_object_or_404(OrderEvidence.objects.select_related("file"), pk=pk, answer__order=found)
    return FileResponse(files.open_by_digest(one.file.sha256), as_attachment=True, filename=one.name)


def _shown(request: SignedInRequest, found: Order, bound: Bound, status: int) -> HttpResponse:
    answers = found.answers.select_related("by", "checked_by").prefetch_related("evidence__file").order_by("-pk")
    page = {
        "order": found,
        "findings": list(found.findings.order_by("number")),
        "answers": list(answers),
        "overdue": found.stage == "open" and found.due_on < today(),
        "offered": _offered(request, found, None, None) | bound,
    }
    return render(request, "visits/order.html", page, status=status)


def _offered(request: HttpRequest, found: Order, data: Any, uploads: Any) -> Bound:
    can, user = ORDER.actions(found.stage), request.user
    officer = permissions.allowed(user, Can.DECIDE, found, today())
    made: Bound = {}
    if "answer" in can and permissions.allowed(user, Can.ANSWER, found, today()):
        made["answer"] = AnswerForm(data, uploads, auto_id="id_answer_%s")
    if "accept" in can and (officer or permissions.seat_of(user, found.visit, today())):
        made["check"] = CheckForm(data, auto_id="id_check_%s")
    if "miss" in can and officer and found.due_on < today():
        made["missed"] = WhyForm(data, auto_id="id_missed_%s")
    return made


def _answer(request: SignedInRequest, found: Order, given: dict[str, Any]) -> str:
    sent = [services.Upload(one.name or "", one.read(), one.content_type or None) for one in given["evidence"]]
    services.answer_order(order_id=found.pk, words=given["words"], evidence=sent, by=request.user, at=timezone.now())
    return _("Your answer is with the authority, which checks again.")


def _check(request: SignedInRequest, found: Order, given: dict[str, Any]) -> str:
    services.check_again(order_id=found.pk, by=request.user, at=timezone.now(), **given)
    return _("The re-check is on record and the body is told.")


def _missed(request: SignedInRequest, found: Order, given: dict[str, Any]) -> str:
    services.declare_missed(order_id=found.pk, by=request.user, at=timezone.now(), **given)
    return _("It is on record that the order was not obeyed in time.")


STEPS = {"answer": _answer, "check": _check, "missed": _missed}
