"""Lists that are taken along as files."""

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from zhunsheng.platform import listing


class TogetherTable(listing.Table):
    """The fewest bodies that can do everything asked, one row for each test."""

    body = tables.Column(verbose_name=_("Body"), orderable=False)
    place = tables.Column(verbose_name=_("Division"), orderable=False)
    test = tables.Column(verbose_name=_("Test asked for"), orderable=False)
    object = tables.Column(verbose_name=_("Test object"), orderable=False)
    parameter = tables.Column(verbose_name=_("Parameter"), orderable=False)
    method = tables.Column(verbose_name=_("Method"), orderable=False)

    class Meta(listing.Table.Meta):
        attrs = {"class": "zs-table zs-cards", "id": "together"}
        empty_text = _("Nobody can do any of these.")


class GapTable(listing.Table):
    """Parameters, standards and entries of libraries that nobody in the place can test."""

    kind = tables.Column(verbose_name=_("Kind"))
    key = tables.Column(verbose_name=_("Code"))
    name = tables.Column(verbose_name=_("Name"))
    sources = tables.Column(verbose_name=_("Named by"))
    domains = tables.Column(verbose_name=_("Domain"), default="—")
    elsewhere = tables.Column(verbose_name=_("Tested in these cities"), orderable=False, default="—")

    class Meta(listing.Table.Meta):
        attrs = {"class": "zs-table zs-cards", "id": "gaps"}
        empty_text = _("Everything in the catalogue can be tested here.")


class FoundTable(listing.Table):
    """Bodies that a search found, one row for each matching line shown."""

    body = tables.Column(verbose_name=_("Body"))
    identifier = tables.Column(verbose_name=_("Identifier"))
    place = tables.Column(verbose_name=_("Division"))
    certificate = tables.Column(verbose_name=_("Certificate number"))
    standing = tables.Column(verbose_name=_("Standing"))
    object = tables.Column(verbose_name=_("Test object"))
    parameter = tables.Column(verbose_name=_("Parameter"))
    method = tables.Column(verbose_name=_("Method"))
    clause = tables.Column(verbose_name=_("Clause"))
    limitation = tables.Column(verbose_name=_("Limitation"))
    why = tables.Column(verbose_name=_("Why it is listed"))
