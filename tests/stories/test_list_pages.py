"""Every list of every role costs the same queries however many rows it shows, and is exported as both files."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from zhunsheng.demo.commands import load
from zhunsheng.demo.sizes import Extent
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.listing import PAGE_SIZES, ListPage

READERS = ("sheng", "", "shiyanshi", "admin")
MOST = 16
"""Queries of a list with session, reader and roles; the work of the page itself is half of them."""


def lists(resolver: URLResolver | None = None, above: str = "") -> list[str]:
    """Return the names of all addresses without arguments that show a list."""
    found = []
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            within = f"{above}{one.namespace}:" if one.namespace else above
            found += lists(one, within)
        elif isinstance(one, URLPattern) and one.name and not one.pattern.converters:
            view = getattr(one.callback, "view_class", None)
            if view is not None and issubclass(view, ListPage):
                found.append(above + one.name)
    return sorted(set(found))


@pytest.fixture
def province(db, settings, tmp_path):
    """Load a small demo province, late in the evening of Greenwich: in China it is the next day already."""
    settings.ZHUNSHENG_HOME, settings.ZHUNSHENG_MFA_REQUIRED = tmp_path, False
    load(Extent(bodies=40, reports=400), seed=1, folder=None, at=yesterday_at(20))


def yesterday_at(hour: int) -> datetime:
    """Return an hour of yesterday in UTC."""
    return datetime.combine(datetime.now(UTC) - timedelta(days=1), time(hour), UTC)


def queries(client: Client, address: str, rows: int) -> tuple[int, int]:
    """Return the status of a list and the queries that it took with so many rows on its page."""
    with CaptureQueriesContext(connection) as asked:
        status = client.get(address, {"per_page": rows}).status_code
    return status, len(asked)


@pytest.mark.slow
@pytest.mark.timeout(1200)  # a province is loaded first
@pytest.mark.usefixtures("province")
def test_a_list_costs_the_same_queries_whatever_it_shows():
    shown: dict[tuple[str, str], list[tuple[int, int]]] = {}
    files: dict[tuple[str, str], int] = {}
    for reader in READERS:
        client = Client()
        if reader:
            client.force_login(User.objects.get(username=reader), "django.contrib.auth.backends.ModelBackend")
        for name in lists():
            address = reverse(name)
            if reader == READERS[0]:
                for form in ("csv", "xlsx"):  # what is kept in memory is kept from here on
                    files[form, name] = client.get(address, {"export": form}).status_code
            shown[reader, name] = [queries(client, address, rows) for rows in PAGE_SIZES[:2]]

    assert {name: status for name, status in files.items() if status not in (200, 302, 403, 404)} == {}
    assert sum(status == 200 for status in files.values()) > len(files) / 2
    answered = {name: counts for name, counts in shown.items() if counts[0][0] == 200}
    assert {reader for reader, _name in answered} == set(READERS)
    assert {name: counts for name, counts in answered.items() if counts[0] != counts[1]} == {}
    assert {name: counts for name, counts in answered.items() if counts[0][1] > MOST} == {}


def test_the_walk_finds_the_lists():
    assert {"bodies:list", "reports:list", "reports:findings"} <= set(lists())
