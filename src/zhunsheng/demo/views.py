"""The tour of the demo province: the loop step by step, each step a link into the product."""

import json

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from zhunsheng.demo import examples, people


@require_safe
def tour(request: HttpRequest) -> HttpResponse:
    """Show the tour."""
    body = examples.story_body()
    page = {
        "body": body,
        "clean": next(iter(examples.clean_reports(body)), None) if body else None,
        "lessons": list(examples.lessons(get_language() or "zh-hans")),
        "replaced": examples.replaced_report(),
        "published": examples.published_report(),
        "logins": people.all_logins(),
        "password": people.PASSWORD,
    }
    return render(request, "demo/tour.html", page)


@require_safe
def faulty(_request: HttpRequest) -> HttpResponse:
    """Give a report file of the story's laboratory with three mistakes, new at every call. Raises: Http404."""
    body = examples.story_body()
    number = f"TRY-{timezone.now():%Y%m%d%H%M%S%f}"
    document = examples.faulty_file(examples.clean_reports(body), number) if body else None
    if document is None:
        raise Http404
    content = json.dumps(document, ensure_ascii=False, indent=2)
    response = HttpResponse(content, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{number}.json"'
    return response
