"""Lists of reports and findings."""

from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import QuerySet
from django.utils import timezone

from zhunsheng.oversight.reports import selectors
from zhunsheng.oversight.reports.models import Finding, Report
from zhunsheng.oversight.reports.permissions import Can
from zhunsheng.oversight.reports.tables import (
    FindingFilter,
    FindingTable,
    PublishedFilter,
    ReportFilter,
    ReportTable,
    division_choices,
)
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.listing import ListPage
from zhunsheng.registry.bodies.models import Body


class InReach(ListPage):
    """A list whose division filter offers only the places that the reader's role reaches."""

    def get_filterset(self, filterset_class: type[Any]) -> Any:
        """Return the filter with the divisions of the bodies in reach; of all bodies for the public."""
        found = super().get_filterset(filterset_class)  # type: ignore[no-untyped-call]  # the library has no types
        reach = policy.reach_of(self.request.user, Can.READ_REPORTS, timezone.localdate())
        if reach:
            bodies = Body.objects.filter(reach.as_q(division="division_id", organisation="organisation_id"))
            found.filters["division"].extra["choices"] = division_choices(bodies)
        return found


class ReportList(InReach):
    """Reports that the person may read; to the public, those that an authority published, without findings."""

    table_class = ReportTable
    filterset_class = ReportFilter  # type: ignore[assignment]  # the library says None
    export_name = "reports"
    template_name = "reports/list.html"

    def get_queryset(self) -> QuerySet[Report]:
        """Return the reports in reach."""
        return selectors.reports_visible_to(self.request.user, timezone.localdate()).select_related("body")

    def get_filterset_class(self) -> type[PublishedFilter]:
        """Return the filter: only who signs in may ask for findings."""
        return ReportFilter if self.request.user.is_authenticated else PublishedFilter

    def get_table_kwargs(self) -> dict[str, Any]:
        """Leave findings out for the public."""
        return {} if self.request.user.is_authenticated else {"exclude": ("worst", "state", "assurance")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add whether the person may hand in reports."""
        may_submit = policy.allowed_somewhere(self.request.user, Can.SUBMIT_REPORTS, timezone.localdate())
        return {**super().get_context_data(**kwargs), "may_submit": may_submit}


class FindingList(LoginRequiredMixin, InReach):
    """Findings that the person may read."""

    table_class = FindingTable
    filterset_class = FindingFilter  # type: ignore[assignment]  # the library says None
    export_name = "findings"
    template_name = "reports/findings.html"

    def get_queryset(self) -> QuerySet[Finding]:
        """Return the findings in reach."""
        return selectors.findings_visible_to(self.request.user, timezone.localdate()).select_related("report__body")
