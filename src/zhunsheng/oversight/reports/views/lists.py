"""Lists of reports and findings."""

from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import QuerySet
from django.utils import timezone

from zhunsheng.oversight.reports import selectors
from zhunsheng.oversight.reports.models import Finding, Report
from zhunsheng.oversight.reports.tables import FindingFilter, FindingTable, PublishedFilter, ReportFilter, ReportTable
from zhunsheng.platform.listing import ListPage


class ReportList(ListPage):
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


class FindingList(LoginRequiredMixin, ListPage):
    """Findings that the person may read."""

    table_class = FindingTable
    filterset_class = FindingFilter  # type: ignore[assignment]  # the library says None
    export_name = "findings"
    template_name = "reports/findings.html"

    def get_queryset(self) -> QuerySet[Finding]:
        """Return the findings in reach."""
        return selectors.findings_visible_to(self.request.user, timezone.localdate()).select_related("report__body")
