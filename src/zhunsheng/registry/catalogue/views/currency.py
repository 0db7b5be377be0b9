"""标准查新: a pasted or uploaded list of standard numbers, answered."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from zhunsheng.foundation.errors import DomainError
from zhunsheng.platform import listing
from zhunsheng.platform.accounts.forms import explain
from zhunsheng.registry.catalogue import selectors
from zhunsheng.registry.catalogue.forms import NumbersForm
from zhunsheng.registry.catalogue.rows import Row, rows_of_answers
from zhunsheng.registry.catalogue.tables import currency_table

_SHOWN = 500


@require_http_methods(["GET", "POST"])
def currency(request: HttpRequest) -> HttpResponseBase:
    """Ask for a list of numbers and say how each stands; with `?export=` the answers come as a file."""
    today = timezone.localdate()
    given = request.POST if request.method == "POST" else (request.GET if "numbers" in request.GET else None)
    form = NumbersForm(given, request.FILES or None, initial={"on": today})
    answered: list[Row] = []
    on = today
    if form.is_valid():
        on = form.cleaned_data["on"] or today
        try:
            answered = rows_of_answers(selectors.currency_of(form.numbers_given(), on), on)
        except DomainError as error:
            explain(form, error)
    if answered:
        table = listing.arrange(currency_table(answered), request)
        file = listing.exported(table, request, name="standards-check")
        if file is not None:
            return file
        form = NumbersForm(initial={"numbers": "\n".join(one.given for one in answered), "on": on})
    page = {"form": form, "on": on, **_summary(answered)}
    return render(request, "catalogue/currency.html", page, status=422 if form.errors else 200)


def _summary(answered: list[Row]) -> dict[str, Any]:
    current = sum(one.state == "in_force" for one in answered)
    outdated = sum(one.state in {"replaced", "withdrawn"} for one in answered)
    return {
        "rows": answered[:_SHOWN],
        "left_out": max(len(answered) - _SHOWN, 0),
        "total": len(answered),
        "current": current,
        "outdated": outdated,
        "doubtful": len(answered) - current - outdated,
        "titles": [title for title, _remark in answered[0].remarks] if answered else [],
    }
