"""The lists of this room."""

import django_tables2
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import filters
from django_filters.filterset import FilterSet
from django_filters.widgets import RangeWidget

from zhunsheng.platform.accounts.models import AccessRecord, ApiClient, Division, Kind, Organisation
from zhunsheng.platform.listing import DaysFilter, NumberColumn, Table, TimeColumn


class OrganisationTable(Table):
    """Organisations with the number of people that have a role there today."""

    name = django_tables2.Column(
        _("Organisation"),
        accessor="local_name",
        order_by="name",
        linkify=("accounts:organisation", {"pk": django_tables2.A("pk")}),
    )
    kind = django_tables2.Column(_("Kind"))
    sector = django_tables2.Column(_("Sector"))
    division = django_tables2.Column(_("Division"), accessor="division__local_name", order_by="division_id")
    uscc = django_tables2.Column(_("Credit code"), attrs={"td": {"class": "code"}})
    members = NumberColumn(verbose_name=_("People"))

    class Meta(Table.Meta):
        order_by = ("division", "name")


class OrganisationFilter(FilterSet):
    """Narrow organisations by words, kind and division."""

    q = filters.CharFilter(label=_("Name or credit code"), method="words")
    kind = filters.ChoiceFilter(label=_("Kind"), choices=Kind.choices)
    division = filters.ModelChoiceFilter(label=_("Division"), queryset=Division.objects.none(), method="at_or_below")

    class Meta:
        model = Organisation
        fields: tuple[str, ...] = ()

    def words(self, rows: QuerySet[Organisation], name: str, value: str) -> QuerySet[Organisation]:
        """Keep those whose name or code has the words."""
        return rows.filter(Q(name__icontains=value) | Q(name_en__icontains=value) | Q(uscc__iexact=value.strip()))

    def at_or_below(self, rows: QuerySet[Organisation], name: str, value: Division) -> QuerySet[Organisation]:
        """Keep those in this division or below it."""
        return rows.filter(division_id__gte=value.prefix.ljust(6, "0"), division_id__lte=value.prefix.ljust(6, "9"))


class ClientTable(Table):
    """API clients; a secret never shows."""

    name = django_tables2.Column(_("Program"), linkify=("accounts:client", {"pk": django_tables2.A("pk")}))
    client_id = django_tables2.Column(_("Client number"), attrs={"td": {"class": "code"}})
    organisation = django_tables2.Column(
        _("Organisation"), accessor="organisation__local_name", order_by="organisation__name"
    )
    state = django_tables2.TemplateColumn(
        template_name="accounts/_client_state.html", verbose_name=_("State"), order_by="active"
    )
    created_at = TimeColumn(verbose_name=_("Created"))
    last_token_at = TimeColumn(verbose_name=_("Last token"))

    class Meta(Table.Meta):
        order_by = ("organisation", "name")
        empty_text = _("No program submits or reads here yet.")

    empty_hint = _("Make a client for your laboratory's own system: it gets a number and a secret, shown once.")

    def value_state(self, record: ApiClient) -> str:
        """Return the state in a word, for exports."""
        return str(_("Active")) if record.active else str(_("Stopped"))


class ClientFilter(FilterSet):
    """Narrow API clients by words and state."""

    q = filters.CharFilter(label=_("Program, number or organisation"), method="words")
    active = filters.ChoiceFilter(
        label=_("State"), choices=[("true", _("Active")), ("false", _("Stopped"))], method="state"
    )

    class Meta:
        model = ApiClient
        fields: tuple[str, ...] = ()

    def words(self, rows: QuerySet[ApiClient], name: str, value: str) -> QuerySet[ApiClient]:
        """Keep those whose name, number or organisation has the words."""
        return rows.filter(
            Q(name__icontains=value) | Q(client_id__iexact=value.strip()) | Q(organisation__name__icontains=value)
        )

    def state(self, rows: QuerySet[ApiClient], name: str, value: str) -> QuerySet[ApiClient]:
        """Keep the active or the stopped ones."""
        return rows.filter(active=value == "true")


class AccessTable(Table):
    """Who read which secret of another party, when and why."""

    at = TimeColumn(verbose_name=_("Time"))
    user_name = django_tables2.Column(_("Reader"))
    reader_organisations = django_tables2.Column(_("Reader's organisations"))
    subject_name = django_tables2.Column(_("Record"))
    why = django_tables2.Column(_("Reason"))

    class Meta(Table.Meta):
        order_by = ("-at",)
        empty_text = _("Nobody has read another party's secret, and nothing was refused.")


class AccessFilter(FilterSet):
    """Narrow access records by words and days."""

    q = filters.CharFilter(label=_("Reader or record"), method="words")
    kind = filters.ChoiceFilter(
        label=_("What is on record"),
        choices=[("read", _("Reads")), ("refused", _("Refused attempts"))],
        method="of_kind",
    )
    at = DaysFilter(label=_("Days"), widget=RangeWidget(attrs={"type": "date"}))

    class Meta:
        model = AccessRecord
        fields: tuple[str, ...] = ()

    def words(self, rows: QuerySet[AccessRecord], name: str, value: str) -> QuerySet[AccessRecord]:
        """Keep those whose reader or record has the words."""
        return rows.filter(Q(user_name__icontains=value) | Q(subject_name__icontains=value))

    def of_kind(self, rows: QuerySet[AccessRecord], name: str, value: str) -> QuerySet[AccessRecord]:
        """Keep what was read, or what was tried and refused."""
        refused = Q(subject_kind=AccessRecord.REFUSED)
        return rows.filter(refused if value == AccessRecord.REFUSED else ~refused)
