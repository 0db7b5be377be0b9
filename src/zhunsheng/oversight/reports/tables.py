"""Lists of reports and findings as pages show them, with their filters."""

from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from zhunsheng.oversight.reports import wording
from zhunsheng.oversight.reports.answers import Answer
from zhunsheng.oversight.reports.asking import Asked
from zhunsheng.oversight.reports.checks.law import book
from zhunsheng.oversight.reports.models import Assurance, Finding, Report, State
from zhunsheng.platform import listing
from zhunsheng.platform.accounts.models import Level, prefix_of
from zhunsheng.platform.accounts.selectors import divisions_of
from zhunsheng.platform.badges import badge
from zhunsheng.registry.bodies.models import Body

MEANINGS = {0: "neutral", 1: "neutral", 2: "attention", 3: "bad"}
"""The badge of a finding by its severity; information and notices need no action."""

SERIOUS = 2
"""The severity from which reports have an index of their own."""

SEVERITIES = ((0, _("Information")), (1, _("Notice")), (2, _("Serious")), (3, _("Grave")))
VERDICTS = {"pass": _("Meets the requirements"), "fail": _("Does not meet the requirements")}


def severity_word(severity: int) -> str:
    """Return the word for a severity from 0 to 3."""
    return str(dict(SEVERITIES)[severity])


def verdict_word(verdict: str) -> str:
    """Return the conclusion in words, empty where the report draws none."""
    return str(VERDICTS.get(verdict, ""))


def rule_choices() -> list[tuple[str, str]]:
    """Return every rule with its title in the reader's language."""
    language = get_language() or "zh-hans"
    return [(code, wording.rule_title(code, language)) for code in sorted({entry.id for entry in book()})]


def worst_badge(report: Report) -> str:
    """Return the gravest finding of a report and how many there are, as a badge."""
    if not report.findings and not report.held:
        return badge("neutral", _("Content not held, not checked"))
    if not report.findings:
        return badge("good", _("Nothing found"))
    return badge(MEANINGS[report.worst], f"{severity_word(report.worst)} ({report.findings})")


class ReportTable(listing.Table):
    """Reports as a list."""

    number = tables.Column(_("Number"), linkify=lambda record: reverse("reports:report", args=[record.digest]))
    body = tables.Column(_("Body"), accessor="body__name", order_by="body__name")
    object_text = tables.Column(_("Test object"))
    issued_on = tables.Column(_("Issued"), attrs=listing.DATE)
    received_at = tables.Column(_("Received"), attrs=listing.DATE)
    verdict = tables.Column(_("Conclusion"))
    lines = listing.NumberColumn(_("Lines"))
    worst = tables.Column(_("Checks"))
    assurance = tables.Column(_("Assurance"))
    state = tables.Column(_("State"))

    class Meta(listing.Table.Meta):
        order_by = "-received_at"
        empty_text = _("No report has been received yet.")

    def render_number(self, record: Report) -> str:
        """Show the number with its version where it isn't the first."""
        mark = f" v{record.version}" if record.version > 1 else ""
        made_up = badge("neutral", _("generated")) if record.generated else ""
        return format_html("<code>{}</code>{} {}", record.number, mark, made_up)

    def value_number(self, record: Report) -> str:
        """Export the number as it is printed."""
        return record.number

    def render_issued_on(self, value: Any) -> str:
        """Show the date as ISO."""
        return str(value.isoformat())

    def render_received_at(self, value: Any) -> str:
        """Show local time to the minute."""
        return str(timezone.localtime(value).strftime("%Y-%m-%d %H:%M"))

    def render_verdict(self, value: str) -> str:
        """Show the conclusion as a badge."""
        return badge("good" if value == "pass" else "attention", VERDICTS.get(value, value))

    def value_verdict(self, value: str) -> str:
        """Export the conclusion in words."""
        return verdict_word(value)

    def render_worst(self, record: Report) -> str:
        """Show the gravest finding and how many there are."""
        return worst_badge(record)

    def value_worst(self, record: Report) -> str:
        """Export the gravest finding in words."""
        if not record.findings and not record.held:
            return str(_("Content not held, not checked"))
        return severity_word(record.worst) if record.findings else str(_("Nothing found"))

    def render_assurance(self, record: Report) -> str:
        """Show how sure we are who sent it."""
        return str(record.get_assurance_display())

    def render_state(self, record: Report) -> str:
        """Show how the version stands."""
        meaning = {"current": "good", "replaced": "neutral", "withdrawn": "attention", "completed": "neutral"}[
            record.state
        ]
        return badge(meaning, record.get_state_display())

    def value_state(self, record: Report) -> str:
        """Export the state in words."""
        return str(record.get_state_display())


_INDENTS = {Level.PROVINCE: "", Level.CITY: "\u3000", Level.COUNTY: "\u3000\u3000"}


def division_choices(bodies: QuerySet[Body] | None = None) -> list[tuple[str, str]]:
    """Return the divisions where these bodies (or all) stand, each below the one it is part of."""
    found = divisions_of(Body.objects.all() if bodies is None else bodies)
    return [(row.code, f"{_INDENTS[Level(row.level)]}{row.local_name}") for row in found]


def _body_id(slug: str) -> int:
    """Return the number of a body by its identifier, one that nothing has for an unknown one."""
    return Body.objects.filter(slug=slug.strip()).values_list("pk", flat=True).first() or 0


class PublishedFilter(django_filters.FilterSet):  # type: ignore[misc, name-defined]  # the library has no types
    """What anyone can narrow a list of reports to, all in the address."""

    q = django_filters.CharFilter(label=_("Number, body or object"), method="search")
    division = django_filters.ChoiceFilter(label=_("Division"), choices=division_choices, method="within")
    verdict = django_filters.ChoiceFilter(label=_("Conclusion"), choices=list(VERDICTS.items()))
    received = listing.DaysFilter(
        label=_("Received"),
        field_name="received_at",
        widget=django_filters.widgets.DateRangeWidget(attrs={"type": "date"}),
    )
    body = django_filters.CharFilter(label=_("Body identifier"), method="of_body")

    class Meta:
        model = Report
        fields: list[str] = []

    def search(self, queryset: QuerySet[Report], _name: str, value: str) -> QuerySet[Report]:
        """Keep reports whose number begins so, or whose body or object contains the words."""
        text = value.strip()
        named = Body.objects.filter(name__contains=text).values("pk")  # asked once, not of each report's body
        return queryset.filter(Q(number__startswith=text) | Q(body_id__in=named) | Q(object_text__contains=text))

    def of_body(self, queryset: QuerySet[Report], _name: str, value: str) -> QuerySet[Report]:
        """Keep the reports of one body, by the index that lists them by arrival."""
        return queryset.filter(body_id=_body_id(value))

    def within(self, queryset: QuerySet[Report], _name: str, value: str) -> QuerySet[Report]:
        """Keep reports of bodies in a division."""
        prefix = prefix_of(value)
        return queryset.filter(division_code__gte=prefix.ljust(6, "0"), division_code__lte=prefix.ljust(6, "9"))


class ReportFilter(PublishedFilter):
    """What those who may read findings can narrow a list of reports to."""

    rule = django_filters.ChoiceFilter(label=_("Finding"), choices=rule_choices, method="found_by")
    worst = django_filters.ChoiceFilter(label=_("Severity at least"), choices=SEVERITIES[1:], method="at_least")
    state = django_filters.ChoiceFilter(label=_("State"), choices=State.choices)
    held = django_filters.ChoiceFilter(
        label=_("Collected"),
        choices=[("true", _("Full data")), ("false", _("Only number and digest registered"))],
        method="collected",
    )
    assurance = django_filters.ChoiceFilter(label=_("Assurance"), choices=Assurance.choices)

    def collected(self, queryset: QuerySet[Report], _name: str, value: str) -> QuerySet[Report]:
        """Keep reports with full data, or those registered by number and digest alone."""
        return queryset.filter(held=value == "true")

    def found_by(self, queryset: QuerySet[Report], _name: str, value: str) -> QuerySet[Report]:
        """Keep reports in which a rule found something."""
        return queryset.filter(pk__in=Finding.objects.filter(rule=value).values("report_id"))

    def at_least(self, queryset: QuerySet[Report], _name: str, value: str) -> QuerySet[Report]:
        """Keep reports with a finding at least this grave."""
        least = int(value)
        if least > SERIOUS:
            queryset = queryset.filter(worst__gte=SERIOUS)  # the index's own condition, without which SQLite passes it
        return queryset.filter(worst__gte=least)


class FindingTable(listing.Table):
    """Findings as a list."""

    rule = tables.Column(_("Finding"))
    severity = tables.Column(_("Severity"))
    number = tables.Column(
        _("Report"),
        accessor="report__number",
        linkify=lambda record: reverse("reports:report", args=[record.report.digest]),
    )
    body = tables.Column(_("Body"), accessor="report__body__name")
    line = listing.NumberColumn(_("Line"))
    message = tables.Column(_("What was found"), empty_values=(), orderable=False)
    found_at = tables.Column(_("Found"), attrs=listing.DATE)

    class Meta(listing.Table.Meta):
        order_by = "-found_at"
        empty_text = _("Nothing has been found.")

    def render_rule(self, value: str) -> str:
        """Show the rule's title."""
        return wording.rule_title(value, get_language() or "zh-hans")

    def render_number(self, value: str) -> str:
        """Show the number as codes are shown."""
        return format_html("<code>{}</code>", value)

    def value_number(self, value: str) -> str:
        """Export the number as it is printed."""
        return value

    def render_severity(self, value: int) -> str:
        """Show the severity as a badge."""
        return badge(MEANINGS[value], severity_word(value))

    def value_severity(self, value: int) -> str:
        """Export the severity in words."""
        return severity_word(value)

    def render_message(self, record: Finding) -> str:
        """Show the finding's sentence."""
        return wording.explain(record, get_language() or "zh-hans").message

    def render_found_at(self, value: Any) -> str:
        """Show local time to the minute."""
        return str(timezone.localtime(value).strftime("%Y-%m-%d %H:%M"))


class FindingFilter(django_filters.FilterSet):  # type: ignore[misc, name-defined]  # the library has no types
    """What a list of findings can be narrowed to."""

    rule = django_filters.ChoiceFilter(label=_("Finding"), choices=rule_choices)
    severity = django_filters.ChoiceFilter(label=_("Severity"), choices=SEVERITIES[1:])
    division = django_filters.ChoiceFilter(label=_("Division"), choices=division_choices, method="within")
    body = django_filters.CharFilter(label=_("Body identifier"), method="of_body")
    found = listing.DaysFilter(
        label=_("Found"), field_name="found_at", widget=django_filters.widgets.DateRangeWidget(attrs={"type": "date"})
    )

    class Meta:
        model = Finding
        fields: list[str] = []

    def of_body(self, queryset: QuerySet[Finding], _name: str, value: str) -> QuerySet[Finding]:
        """Keep findings in the reports of one body."""
        return queryset.filter(report__body_id=_body_id(value))

    def within(self, queryset: QuerySet[Finding], _name: str, value: str) -> QuerySet[Finding]:
        """Keep findings in reports of bodies in a division."""
        prefix = prefix_of(value)
        return queryset.filter(
            report__division_code__gte=prefix.ljust(6, "0"), report__division_code__lte=prefix.ljust(6, "9")
        )


class AnswerTable(listing.Table):
    """The answers to a list of questions about reports; each row is a line of the list with its answer."""

    line = listing.NumberColumn(_("Line"), accessor="0__line")
    asked = tables.Column(_("What you gave"), accessor="0__text")
    answer = tables.Column(pgettext_lazy("verification", "Answer"), accessor="1")
    body = tables.Column(_("Body"), accessor="1__body_name")
    number = tables.Column(_("Number"), accessor="1__number")
    version = listing.NumberColumn(_("Version"), accessor="1__version")
    issued = tables.Column(_("Issued"), accessor="1__issued_on", attrs=listing.DATE)
    sealed = tables.Column(_("Seal"), accessor="1")
    posted = True

    class Meta(listing.Table.Meta):
        orderable = False

    def render_answer(self, record: tuple[Asked, Answer]) -> str:
        """Show the answer as a badge; where a report was found, it leads to the whole answer."""
        found = record[1]
        shown = badge(found.meaning, found.title)
        if not found.digest:
            return shown
        return format_html(
            '<a href="{}">{}</a>', reverse("verification:answer", args=[f"{found.body_slug}-{found.code}"]), shown
        )

    def value_answer(self, record: tuple[Asked, Answer]) -> str:
        """Return the answer in words."""
        return str(record[1].title)

    def render_sealed(self, value: Answer) -> str:
        """Say whether the log has sealed the report."""
        return (str(_("sealed")) if value.sealed else str(_("pending"))) if value.digest else "—"
