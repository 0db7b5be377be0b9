"""Lists of reports and findings."""

from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import cached_property

from zhunsheng.oversight.reports import selectors
from zhunsheng.oversight.reports.models import Finding, Report, ReportParty
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
from zhunsheng.registry.matching import selectors as matching
from zhunsheng.registry.matching.models import Producer


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
        """Leave findings out for the public, and the body where it is the reader's own in every row of a page."""
        if not self.request.user.is_authenticated:
            return {"exclude": ("worst", "state", "assurance")}
        return {} if "export" in self.request.GET or not self._of_one_body() else {"exclude": ("body",)}

    def _of_one_body(self) -> bool:
        """Return whether the reader's reach is one body; a file names it all the same, because files travel."""
        reach = policy.reach_of(self.request.user, Can.READ_REPORTS, timezone.localdate())
        if reach.everywhere or reach.division_prefixes:
            return False
        own = Body.objects.filter(organisation_id__in=reach.organisation_ids)
        return len(own.values_list("pk")[:2]) == 1

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add whether the person may hand in reports."""
        may_submit = policy.allowed_somewhere(self.request.user, Can.SUBMIT_REPORTS, timezone.localdate())
        return {**super().get_context_data(**kwargs), "may_submit": may_submit}


class ProducerReports(LoginRequiredMixin, ReportList):
    """Reports that name one enterprise, however they write it, among those that the person may read."""

    export_name = "reports-of-producer"
    template_name = "reports/producer.html"

    @cached_property
    def producer(self) -> Producer:
        """Return the enterprise, if the person may see it. Raises: Http404."""
        seen = matching.producers_visible_to(self.request.user, timezone.localdate())
        return get_object_or_404(seen, pk=self.kwargs["pk"])

    def get_queryset(self) -> QuerySet[Report]:
        """Return the reports in reach in which a name is linked to the enterprise."""
        named = ReportParty.objects.filter(mention__producer_id=self.producer.pk)
        return super().get_queryset().filter(pk__in=named.values("report_id"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the enterprise."""
        return {**super().get_context_data(**kwargs), "producer": self.producer}


class FindingList(LoginRequiredMixin, InReach):
    """Findings that the person may read."""

    table_class = FindingTable
    filterset_class = FindingFilter  # type: ignore[assignment]  # the library says None
    export_name = "findings"
    template_name = "reports/findings.html"

    def get_queryset(self) -> QuerySet[Finding]:
        """Return the findings in reach."""
        return selectors.findings_visible_to(self.request.user, timezone.localdate()).select_related("report__body")
