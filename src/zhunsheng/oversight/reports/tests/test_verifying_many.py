"""A whole list of reports verified at once, by anyone."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from zhunsheng.oversight.reports import verification
from zhunsheng.oversight.reports.asking import MOST_ASKED, TooManyAsked, read_questions
from zhunsheng.oversight.reports.models import Report
from zhunsheng.oversight.reports.services.verifying import LISTS_PER_MINUTE
from zhunsheng.oversight.reports.tests.intake_factories import SLUG, correction
from zhunsheng.oversight.reports.verification import Question

CODE = "0123456789ABCDEF"
DIGEST = "ab" * 32


@pytest.mark.parametrize(
    ("line", "question"),
    [
        (f"231912050001-{CODE}", Question(code=f"231912050001-{CODE}")),
        (f"https://example.org/en/v/231912050001-{CODE}", Question(code=f"231912050001-{CODE}")),
        (f"粤检 R-1/2026\t{CODE}", Question(code=CODE, number="粤检 R-1/2026")),
        ("R-1，0123-4567-89ab-cdef", Question(code="0123-4567-89ab-cdef", number="R-1")),
        (f"粤检 R-1 {CODE}", Question(code=CODE, number="粤检 R-1")),
        (f"231912050001,R-1,{CODE}", Question(code=CODE, number="R-1", body="231912050001")),
        (DIGEST.upper(), Question(digest=DIGEST.upper())),
        (f"file=a b.pdf\tdigest={DIGEST}", Question(digest=DIGEST)),
        (
            f"file=r.json\tdigest={DIGEST}\tbody=231912050001\tnumber=R=1\tversion=2",
            Question(digest=DIGEST, body="231912050001", number="R=1", version=2),
        ),
        ("何も", Question(code="何も")),
    ],
)
def test_a_line_is_read_as_people_write_it(line, question):
    assert [one.question for one in read_questions(f"\n  {line}  \n")] == [question]


def test_lines_keep_their_numbers_and_empty_ones_are_left_out():
    assert [one.line for one in read_questions(f"a\n\n{DIGEST}\n")] == [1, 3]


def test_a_list_that_is_too_long_is_refused_whole():
    with pytest.raises(TooManyAsked):
        read_questions("x\n" * (MOST_ASKED + 1))


@pytest.fixture
def archive(laboratory):
    """Five reports, one of them corrected."""
    laboratory.submit(*[laboratory.report(number=f"R-{number}") for number in range(5)])
    laboratory.submit(correction(laboratory.report(number="R-0"), conclusion="合格"))
    return list(Report.objects.order_by("number", "version"))


def listed(reports) -> str:
    corrected, *others = reports
    lines = [corrected.public_code, f"{others[0].number}\t{others[0].code}", others[1].digest]
    return "\n".join([*lines, f"{others[2].number}\t{'0' * 16}", f"{SLUG}-{'0' * 16}", "nothing like a code", "f" * 64])


@pytest.mark.django_db
def test_each_line_gets_the_answer_it_would_get_alone(archive):
    questions = [one.question for one in read_questions(listed(archive))]

    together = verification.answer_many(questions)

    assert together == [verification.answer_many([one])[0] for one in questions]
    assert len({one.status for one in together}) >= 4


@pytest.mark.django_db
def test_a_long_list_takes_the_same_queries_as_a_short_one(laboratory, archive):
    with CaptureQueriesContext(connection) as few:
        verification.answer_many([one.question for one in read_questions(listed(archive))])
    laboratory.submit(*[laboratory.report(number=f"S-{number}") for number in range(60)])
    codes = "\n".join(one.public_code for one in Report.objects.all())
    with CaptureQueriesContext(connection) as many:
        verification.answer_many([one.question for one in read_questions(listed(archive) + "\n" + codes)])

    assert len(many) == len(few) <= 14


@pytest.mark.django_db
def test_the_page_answers_and_gives_the_answers_as_a_file(client, archive):
    address = reverse("verification:many")

    page = client.post(address, {"reports": listed(archive)})
    file = client.post(address + "?export=csv", {"reports": listed(archive)})

    assert page.status_code == 200
    assert "data-export" not in page.content.decode()  # an address alone would not bring the list back
    rows = list(csv.reader(io.StringIO(b"".join(file.streaming_content).decode("utf-8-sig"))))
    assert [row[2] for row in rows[1:3]] == ["已更正或作废", rows[2][2]]
    assert len(rows) == 1 + len(listed(archive).splitlines())


@pytest.mark.django_db
def test_the_api_answers_the_lines_in_order(client, archive):
    answer = client.post("/api/v1/verifications", listed(archive), content_type="text/plain").json()

    assert [row["line"] for row in answer["answers"]] == [1, 2, 3, 4, 5, 6, 7]
    assert [row["status"] for row in answer["answers"]][3:] == [
        "altered", "report_unknown", "body_unknown", "body_unknown",
    ]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(("body", "status"), [(b"x\n" * 201, 422), (b"\xff\xfe\xfa", 422), (b"x" * 200_001, 413)])
def test_the_api_refuses_what_is_no_list(client, body, status):
    answer = client.post("/api/v1/verifications", body, content_type="text/plain")

    assert answer.status_code == status
    assert answer.json()["remedy"]


@pytest.mark.django_db
def test_nobody_asks_without_end(client, archive):
    for _time in range(LISTS_PER_MINUTE):
        client.post("/api/v1/verifications", "x", content_type="text/plain")

    assert client.post("/api/v1/verifications", "x", content_type="text/plain").status_code == 429
