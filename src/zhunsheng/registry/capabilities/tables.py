"""Lists that are taken along as files."""

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from zhunsheng.platform import listing


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
