"""What the national library says to the methods of a report."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from zhunsheng.oversight.reports.models import Finding
from zhunsheng.oversight.reports.rules.catalogue import methods_in_the_national_library
from zhunsheng.oversight.reports.tests.plain_facts import CERTIFICATE, body, line, report
from zhunsheng.registry.national.importing import Announced
from zhunsheng.registry.national.services import load_publication

RULE = "METHOD-NOT-IN-LIBRARY"


def judged(*lines, **more):
    given = report(*lines, body=body(accreditations=(CERTIFICATE,)), **more)
    return [(one.code, one.facts["method"], one.facts["lines"]) for one in methods_in_the_national_library(given)]


def test_a_method_outside_the_library_is_found_once_with_its_lines():
    outside = {"method": "GB/T 1-2009", "national": "not_in_library"}

    assert judged(line(1, **outside), line(2), line(3, **outside)) == [(RULE, "GB/T 1-2009", [1, 3])]


def test_a_method_of_the_library_is_not_found():
    assert judged(line()) == []


def test_a_body_without_a_licence_is_not_judged_by_it():
    assert [*methods_in_the_national_library(report(line(national="abolished"), body=None))] == []


SUMMER = {"received": "2026-07-01", "started": "2026-07-01", "finished": "2026-07-02", "issued": "2026-07-03"}
WINTER = {"received": "2026-02-24", "started": "2026-02-24", "finished": "2026-02-25", "issued": "2026-02-27"}
"""After and before the day from which the notice holds, 2026-06-01."""


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("dates", "effective", "text", "found"),
    [
        (SUMMER, date(2026, 6, 1), "GB/T 5750.6-2023 金属和类金属指标", False),
        (SUMMER, date(2026, 6, 1), "GB 1-2020", True),
        (SUMMER, date(2026, 8, 1), "GB 1-2020", False),
        (WINTER, date(2020, 1, 1), "GB 1-2020", False),
    ],
    ids=["listed", "not listed", "library not yet in force", "law not yet in force"],
)
def test_on_arrival_library_and_law_of_the_day_count(laboratory, dates, effective, text, found):
    rows, announced = [{"domain": "生态环境", "text": text}], Announced("一单一库", effective)
    load_publication(source=rows, announced=announced, by=None, at=timezone.now(), why="test")

    laboratory.submit(laboratory.report(dates=dates), at=datetime(2026, 7, 4, tzinfo=UTC))

    assert Finding.objects.filter(rule=RULE).exists() is found
