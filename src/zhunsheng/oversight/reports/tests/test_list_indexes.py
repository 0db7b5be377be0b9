"""Lists of a large archive are answered from an index: each of these would read millions of rows without."""

from datetime import timedelta

import pytest
from django.db import connection

from zhunsheng.oversight.reports import lookups
from zhunsheng.oversight.reports.models import Finding, Report
from zhunsheng.oversight.reports.tables import FindingFilter, ReportFilter
from zhunsheng.platform.accounts.tests.factories import NOON
from zhunsheng.registry.bodies.tests.factories import make_body

pytestmark = pytest.mark.django_db


REPORTS, RARE = 2000, 50
"""Reports, with a finding each, and which fraction is grave or of the body that is asked for."""


@pytest.fixture(autouse=True)
def _archive():
    """Fill the lists and let the planner count: of an empty table it takes any index, and reads a small one whole."""
    if connection.vendor != "postgresql":  # SQLite plans by the indexes alone
        return
    asked, other = make_body("440100000001"), make_body("440100000002")
    numbers = range(REPORTS)
    Report.objects.bulk_create(
        Report(
            body=other if n % RARE else asked, body_slug="", number=f"R-{n}", version=1, digest=f"{n:064x}",
            received_at=NOON + timedelta(minutes=n), assurance="account", channel="api", entry_id=n,
            worst=2 + n // RARE % 2 if n % RARE == 0 else 0,
        )
        for n in numbers
    )  # fmt: skip
    Finding.objects.bulk_create(
        Finding(
            report_id=n, found_at=NOON + timedelta(minutes=n), rule="R", law_version="R 1",
            severity=3 if n % RARE == 0 else 1,
        )
        for n in numbers
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE reports_report, reports_finding")
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")


def reports(**asked):
    return ReportFilter(asked, Report.objects.order_by("-received_at")).qs[:25]


def findings(**asked):
    return FindingFilter(asked, Finding.objects.order_by("-found_at")).qs[:25]


@pytest.mark.parametrize(
    ("rows", "index"),
    [
        (lambda: reports(), "report_by_arrival"),
        (lambda: reports(body="440100000001"), "report_by_body"),
        (lambda: reports(worst="2"), "report_serious"),
        (lambda: reports(worst="3"), "report_serious"),
        (lambda: findings(), "finding_by_time"),
        (lambda: findings(severity="3"), "finding_by_severity"),
    ],
)
def test_a_list_is_read_from_its_index_in_its_order(rows, index):
    plan = rows().explain()

    assert index in plan
    assert "TEMP B-TREE" not in plan


def test_a_printed_number_is_looked_up_in_the_index(django_assert_num_queries):
    with django_assert_num_queries(1) as asked:
        lookups.by_numbers({"A 1"})

    with connection.cursor() as cursor:
        word = "EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN "
        cursor.execute(word + asked.captured_queries[0]["sql"])
        plan = str(cursor.fetchall())

    assert "report_by_number" in plan
