"""Lists of a large archive are answered from an index: each of these would read millions of rows without."""

import pytest
from django.db import connection

from zhunsheng.oversight.reports import lookups
from zhunsheng.oversight.reports.models import Finding, Report
from zhunsheng.oversight.reports.tables import FindingFilter, ReportFilter

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _planner_of_a_large_table():
    if connection.vendor == "postgresql":  # an empty table is read whole, whatever indexes it has
        connection.cursor().execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")


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
