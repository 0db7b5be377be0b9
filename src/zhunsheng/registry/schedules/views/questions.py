"""The doubts of all schedules: the queue, answering one, the decisions, undoing one."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from zhunsheng.platform import listing
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.views.signed_in import SignedInRequest, answer
from zhunsheng.registry.bodies.models import Body
from zhunsheng.registry.schedules import selectors, services, wording
from zhunsheng.registry.schedules.forms import AnswerForm, DecisionFilter, QuestionFilter, WhyForm
from zhunsheng.registry.schedules.models import Decision, Question, Schedule
from zhunsheng.registry.schedules.permissions import Can
from zhunsheng.registry.schedules.tables import DecisionTable, QuestionTable

_SHOWN = 5


class QuestionList(LoginRequiredMixin, listing.ListPage):
    """What is in doubt, most asked first; `schedule` in the address narrows to one file."""

    table_class, export_name = QuestionTable, "questions"
    filterset_class = QuestionFilter  # type: ignore[assignment]  # the library declares it as None
    template_name = "schedules/questions.html"

    def get_queryset(self) -> QuerySet[Question]:
        """Return the open questions in the schedules that the reader may see."""
        return selectors.open_questions(self.request.user, timezone.localdate(), _schedule(self.request))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the schedule and the first question, where work begins."""
        context = super().get_context_data(**kwargs)
        return {**context, "schedule": _schedule(self.request), "first": self.get_queryset().first()}


class DecisionList(LoginRequiredMixin, listing.ListPage):
    """Who decided what, when and why."""

    table_class, export_name = DecisionTable, "decisions"
    template_name = "schedules/decisions.html"
    filterset_class = DecisionFilter  # type: ignore[assignment]  # the library declares it as None

    def get_queryset(self) -> QuerySet[Decision]:
        """Return the decisions that the reader may see."""
        return selectors.decisions_visible_to(self.request.user, timezone.localdate())


@login_required
@require_http_methods(["GET", "POST"])
def question(request: SignedInRequest, pk: int) -> HttpResponse:
    """Answer one doubt; the next one follows at once."""
    today = timezone.localdate()
    found = get_object_or_404(selectors.open_questions(request.user, today), pk=pk)
    body = _teaches(request, today)

    def act(data: dict[str, Any]) -> HttpResponse:
        _made, settled = services.decide(
            question_id=found.pk, answer=form.wanted(), body=body, by=request.user, at=timezone.now(), why=data["why"]
        )
        words = ngettext("One line is settled.", "%(n)s lines are settled.", settled) % {"n": settled}
        messages.success(request, words)
        following = selectors.open_questions(request.user, today).first()
        return redirect("schedules:question", pk=following.pk) if following else redirect("schedules:questions")

    form = AnswerForm(request.POST or None, options=selectors.options_of(found), person=found.kind == "person")
    lines = selectors.lines_of_question(found).filter(
        schedule__in=selectors.schedules_visible_to(request.user, today).values("pk")
    )
    page = {
        "question": found,
        "why": wording.reason_words(found.reasons),
        "lines": lines.select_related("schedule__body").order_by("schedule_id", "position")[:_SHOWN],
        "body": body,
    }
    return answer(request, form, act, page=page, template="schedules/question.html")


@login_required
@require_http_methods(["GET", "POST"])
def decision(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show a decision and take it back."""
    found = get_object_or_404(selectors.decisions_visible_to(request.user, timezone.localdate()), pk=pk)

    def act(data: dict[str, Any]) -> HttpResponse:
        count = services.undo(decision_id=found.pk, by=request.user, at=timezone.now(), why=data["why"])
        words = ngettext("One line is in doubt again.", "%(n)s lines are in doubt again.", count) % {"n": count}
        messages.success(request, words)
        return redirect("schedules:decision", pk=found.pk)

    may_teach = policy.allowed_somewhere(request.user, Can.DECIDE_FOR_ALL, timezone.localdate())
    page = {
        "decision": found,
        "may_teach": may_teach and found.question.kind in ("object", "parameter") and found.target is not None,
    }
    return answer(request, WhyForm(request.POST or None), act, page=page, template="schedules/decision.html")


@login_required
@require_POST
def synonym(request: SignedInRequest, pk: int) -> HttpResponse:
    """Make a decided text a synonym of the catalogue."""
    found = get_object_or_404(selectors.decisions_visible_to(request.user, timezone.localdate()), pk=pk)
    outcome = services.make_synonym(decision_id=found.pk, by=request.user, at=timezone.now(), why=found.why)
    if outcome.problems:
        messages.error(request, f"{outcome.problems[0].rule} {outcome.problems[0].remedy}")
    else:
        messages.success(request, _("The catalogue knows the synonym from now on."))
    return redirect("schedules:decision", pk=found.pk)


def _teaches(request: SignedInRequest, today: Any) -> Body | None:
    """Return the body whose schedules the reader's answers teach; None is all bodies."""
    if policy.allowed_somewhere(request.user, Can.DECIDE_FOR_ALL, today):
        return None
    own = selectors.bodies_of(request.user, today)
    if not own:
        raise policy.NotAllowed(Can.DECIDE)
    return own[0]


def _schedule(request: HttpRequest) -> Schedule | None:
    asked = request.GET.get("schedule", "")
    if not (asked.isascii() and asked.isdigit()):
        return None
    return selectors.schedules_visible_to(request.user, timezone.localdate()).filter(pk=int(asked[:9])).first()
