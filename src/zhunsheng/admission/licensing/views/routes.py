"""Try the router: with facts in the address, say which routes are open, which is proposed, and why."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from zhunsheng.admission.licensing import law_book
from zhunsheng.admission.licensing.forms.routes import RoutesForm
from zhunsheng.admission.licensing.rules.routing import route


@require_safe
def routes(request: HttpRequest) -> HttpResponse:
    """Answer for the facts in the address; nothing is stored."""
    today = timezone.localdate()
    if "kind" not in request.GET:
        return render(request, "licensing/routes.html", {"form": RoutesForm(initial={"kind": "first", "on": today})})
    form = RoutesForm(request.GET)
    if not form.is_valid():
        return render(request, "licensing/routes.html", {"form": form}, status=422)
    answer = route(form.facts(today), law_book.ways())
    page = {
        "form": form,
        "answer": answer,
        "others": [one for one in answer.open if one is not answer.proposed],
        "barred": [one for one in answer.barred if one.made_for_kind],
        "unfit": [one for one in answer.barred if not one.made_for_kind],
    }
    return render(request, "licensing/routes.html", page)
