"""Verification of a whole list at once, for those who take in many reports from their suppliers."""

from collections import Counter
from typing import Any

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from zhunsheng.foundation.errors import DomainError
from zhunsheng.oversight.reports.answers import NOT_PROVEN, TITLES, Answer
from zhunsheng.oversight.reports.asking import MOST_ASKED
from zhunsheng.oversight.reports.forms import ManyForm
from zhunsheng.oversight.reports.services.verifying import verify_list
from zhunsheng.oversight.reports.tables import AnswerTable
from zhunsheng.platform import listing
from zhunsheng.platform.accounts.forms import explain


@require_http_methods(["GET", "POST"])
def many(request: HttpRequest) -> HttpResponseBase:
    """Take a list of reports and answer each line; `?export=csv|xlsx` gives the answers as a file. Nothing is kept."""
    form = ManyForm(request.POST or None)
    page: dict[str, Any] = {"form": form, "most": MOST_ASKED, "not_proven": NOT_PROVEN}
    status = 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            try:
                rows = verify_list(
                    form.cleaned_data["reports"],
                    address=get_adapter(request).get_client_ip(request),
                    at=timezone.now(),
                )
            except DomainError as error:
                explain(form, error)
            else:
                make: Any = AnswerTable  # django-tables2 has no types
                table = listing.arrange(make(rows), request, page_size=MOST_ASKED)
                file = listing.exported(table, request, name="verification")
                if file is not None:
                    return file
                page |= {"table": table, "tiles": _tiles([found for _asked, found in rows])}
                status = 200
    return render(request, "reports/many.html", page, status=status)


def _tiles(answers: list[Answer]) -> list[dict[str, Any]]:
    counted = Counter(one.status for one in answers)
    return [{"name": words, "value": counted[status]} for status, words in TITLES.items() if counted[status]]
