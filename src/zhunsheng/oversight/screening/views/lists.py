"""The alerts in sight, the runs, and how judgements came out."""

from typing import Any, Final

from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django_filters.filterset import FilterSet
from scipy.stats import beta

from zhunsheng.oversight.screening import explaining, selectors, wording
from zhunsheng.oversight.screening.forms import AlertFilter, InboxFilter, JudgementFilter, OwnAlertFilter, RunFilter
from zhunsheng.oversight.screening.models import Alert, Judgement, Run
from zhunsheng.oversight.screening.permissions import Can
from zhunsheng.oversight.screening.tables import AlertTable, JudgementTable, RunTable
from zhunsheng.platform import listing
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.views.signed_in import SignedInRequest, today

TABS: Final = ("waiting", "watched", "all")


class _ForOfficers(LoginRequiredMixin, listing.ListPage):
    """A list for those who see alerts by office."""

    request: SignedInRequest

    def demand(self) -> None:
        """Pass those who see alerts anywhere. Raises: Http404."""
        if not policy.allowed_somewhere(self.request.user, Can.SEE, today()):
            raise Http404


class AlertList(LoginRequiredMixin, listing.ListPage):
    """The alerts in sight: officers' by place with a tab for each part of the work, a body's own once disclosed."""

    table_class, export_name = AlertTable, "alerts"
    template_name = "screening/alerts.html"
    request: SignedInRequest

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Show the tab: what waits for a look, unless another or a stage is asked for; bodies have none."""
        tabs = TABS if self._office else ("all",)
        usual = "all" if request.GET.get("stage") else tabs[0]
        self.tab = str(kwargs.get("tab", usual))
        if self.tab not in tabs:
            raise Http404
        page: HttpResponseBase = super().get(request, *args, **kwargs)  # type: ignore[no-untyped-call]  # the library
        return page

    def get_queryset(self) -> QuerySet[Alert]:
        """Return the alerts of this reader in the tab."""
        user = self.request.user
        if not any(policy.allowed_somewhere(user, can, today()) for can in (Can.SEE, Can.SEE_DISCLOSED)):
            raise Http404
        return selectors.in_tab(selectors.alerts_visible_to(user, today()), self.tab, today())

    @cached_property
    def _office(self) -> bool:
        return policy.allowed_somewhere(self.request.user, Can.SEE, today())

    def get_filterset_class(self) -> type[FilterSet]:
        """Return the filters: a body has no others to filter by, and the inbox tells stages apart itself."""
        if not self._office:
            return OwnAlertFilter
        return AlertFilter if self.tab == "all" else InboxFilter

    def get_table_kwargs(self) -> dict[str, Any]:
        """Leave out the column that says the same in every row, and say what an empty tab means."""
        hidden = {"waiting": "watch_until", "watched": "stage", "all": "watch_until"}[self.tab]
        empty = {
            "waiting": _("No alert in your place waits for a look."),
            "watched": _("No alert in your place is being watched."),
            "all": _("No alert in your place."),
        }[self.tab]
        return {
            "exclude": (hidden,),
            "empty_text": empty if self._office else _("No authority has disclosed an alert to you."),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the last run and whether the reader is an officer."""
        office = self._office
        more = {"run": selectors.last_run() if office else None, "office": office, "tab": self.tab, "tabs": TABS}
        return super().get_context_data(**kwargs) | more


class RunList(_ForOfficers):
    """Every run of this installation."""

    table_class, export_name = RunTable, "screening-runs"
    template_name = "screening/runs.html"
    filterset_class = RunFilter  # type: ignore[assignment]  # the library declares it as None

    def get_queryset(self) -> QuerySet[Run]:
        """Return the runs, the newest first."""
        self.demand()
        return selectors.runs()


class Calibration(_ForOfficers):
    """How alerts turned out, by detector, beside what their error rate promised; and every judgement."""

    table_class, export_name = JudgementTable, "alert-judgements"
    filterset_class = JudgementFilter  # type: ignore[assignment]  # the library declares it as None
    template_name = "screening/calibration.html"

    def get_queryset(self) -> QuerySet[Judgement]:
        """Return the judgements in sight."""
        self.demand()
        return selectors.judgements_visible_to(self.request.user, today())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the counts by detector."""
        seen = selectors.judgements_visible_to(self.request.user, today())
        counted = selectors.judged_by_detector(seen)
        newest = selectors.last_run()
        more = {
            "rows": [_rate(name, row) for name, row in sorted(counted.items(), key=lambda one: -one[1]["judged"])],
            "nominal": explaining.percent(newest.lead_q) if newest else "",
        }
        return super().get_context_data(**kwargs) | more


def _rate(detector: str, row: dict[str, int]) -> dict[str, Any]:
    """Return a detector's share of explained alerts with its exact 95 per cent interval (Clopper and Pearson)."""
    judged, explained = row["judged"], row["explained"]
    low = float(beta.ppf(0.025, explained, judged - explained + 1)) if explained else 0.0
    high = float(beta.ppf(0.975, explained + 1, judged - explained)) if explained < judged else 1.0
    return {
        "title": wording.sign_title(detector), "judged": judged, "explained": explained,
        "share": f"{100 * explained / judged:.0f}%", "interval": f"{100 * low:.0f}–{100 * high:.0f}%",
    }  # fmt: skip
