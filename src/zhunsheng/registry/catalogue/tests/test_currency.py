"""标准查新: a pasted or uploaded list of numbers is answered, with what replaced what since when."""

import csv
import io
import json
from datetime import UTC, date, datetime

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from zhunsheng.registry.catalogue import remarks
from zhunsheng.registry.catalogue.selectors import MOST_ASKED, TooMany, currency_of, numbers_in
from zhunsheng.registry.catalogue.services import import_rows

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)
EDITIONS = [
    {"code": "GB 5749-1985", "title": "生活饮用水卫生标准", "effective_from": "1986-10-01",
     "effective_to": "2007-06-30", "replaced_by": "GB 5749-2006"},
    {"code": "GB 5749-2006", "effective_from": "2007-07-01", "effective_to": "2023-03-31",
     "replaced_by": "GB 5749-2022"},
    {"code": "GB 5749-2022", "effective_from": "2023-04-01"},
    {"code": "GB/T 5750.8-2006", "effective_from": "2007-07-01"},
    {"code": "GB/T 5750.8-2023", "effective_from": "2023-10-01"},
    {"code": "HJ 1-2010", "effective_to": "2020-12-31"},
    {"code": "GB 9-2027", "effective_from": "2027-01-01"},
]  # fmt: skip


@pytest.fixture(autouse=True)
def _editions():
    at = datetime(2026, 3, 2, 4, tzinfo=UTC)
    parts = [{"edition": "GB/T 5750.8-2006", "by": "GB/T 5750.8-2023", "part": "第4章", "since": "2023-10-01"}]
    assert not import_rows(kind="editions", rows=EDITIONS, by=None, at=at, why="test").problems
    assert not import_rows(kind="replacements", rows=parts, by=None, at=at, why="test").problems


def answer(number, on=TODAY):
    (found,) = currency_of([number], on)
    return found


def codes(found):
    return [one.code for one in found]


def test_an_old_edition_leads_through_every_successor_to_the_one_in_force():
    found = answer("ＧＢ ５７４９—85《生活饮用水卫生标准》")

    assert (found.code, found.state, found.since) == ("GB 5749-1985", "replaced", date(2007, 7, 1))
    assert codes(found.chain) == ["GB 5749-2006", "GB 5749-2022"]
    assert codes(found.current) == ["GB 5749-2022"]
    assert found.title == "生活饮用水卫生标准"


def test_the_answer_is_that_of_the_day_asked_for():
    found = answer("GB 5749-1985", date(2010, 1, 1))

    assert codes(found.current) == ["GB 5749-2006"]
    assert codes(found.coming) == ["GB 5749-2022"]
    assert answer("GB 5749-2006", date(2010, 1, 1)).state == "in_force"


@pytest.mark.parametrize(
    ("number", "state", "current"),
    [
        ("GB 5749-2022", "in_force", ["GB 5749-2022"]),
        ("GB 5749", "no_year", ["GB 5749-2022"]),
        ("GB 5749-2010", "other_edition", ["GB 5749-2022"]),
        ("HJ 1-2010", "withdrawn", []),
        ("GB 9-2027", "coming", []),
        ("GB 77777-2020", "unknown", []),
        ("水质检测", "unreadable", []),
    ],
)
def test_every_kind_of_number_has_its_answer(number, state, current):
    found = answer(number)

    assert (found.state, codes(found.current)) == (state, current)


def test_a_part_taken_over_leaves_the_edition_in_force_and_is_told():
    found = answer("GB/T 5750.8-2006")

    assert found.state == "in_force"
    assert found.parts == [("GB/T 5750.8-2023", "第4章", date(2023, 10, 1))]


def test_a_pasted_list_is_taken_apart_and_each_number_asked_once():
    assert numbers_in("GB 5749-2006\r\nGB 5749-2006；GB/T 5750.8-2006、HJ 1-2010,HJ 2-2011\n\n") == [
        "GB 5749-2006", "GB/T 5750.8-2006", "HJ 1-2010", "HJ 2-2011",
    ]  # fmt: skip


def test_a_thousand_numbers_take_no_more_queries_than_one():
    currency_of(["GB 5749-2006"], TODAY)
    counts = []
    for numbers in (["GB 5749-2006"], [f"GB {number}-2020" for number in range(1000)] + ["GB 5749-2006"]):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            currency_of(numbers, TODAY)
        counts.append(len(asked))

    assert counts[0] == counts[1] <= 3
    with pytest.raises(TooMany):
        currency_of(["GB 1-2020"] * (MOST_ASKED + 1), TODAY)


def post(client, **fields):
    return client.post(reverse("catalogue:currency"), {"on": "2026-03-02", **fields})


def test_the_page_answers_a_pasted_list(client):
    page = post(client, numbers="GB 5749-2006\nGB 77777-2020").content.decode()

    assert "自 2023-04-01 起被 GB 5749-2022 代替。" in page
    assert "目录未收录该标准，不代表该标准无效。" in page


def test_the_page_answers_an_uploaded_table_whatever_column_the_numbers_stand_in(client):
    book = openpyxl.Workbook()
    for row in (
        ["序号", "方法", "标准"],
        [1, "重量法", "GB 5749-2006 生活饮用水"],
        [2, "", "HJ 1-2010"],
        ["合计", 2, ""],
    ):
        book.active.append(row)
    target = io.BytesIO()
    book.save(target)

    page = post(client, file=SimpleUploadedFile("表.xlsx", target.getvalue())).content.decode()

    assert "共 2 个标准编号" in page
    assert "GB 5749-2022" in page


@pytest.mark.parametrize("fields", [{}, {"numbers": " \n"}, {"file": SimpleUploadedFile("x.xlsx", b"no table")}])
def test_nothing_to_ask_and_a_broken_table_are_said_in_the_form(client, fields):
    assert post(client, **fields).status_code == 422


def test_the_answers_can_be_taken_as_a_file_with_what_other_rooms_remark(client, monkeypatch):
    monkeypatch.setattr(remarks, "_COLUMNS", {})
    remarks.register("x", "库", lambda numbers, on: [remarks.Remark("good", f"{n}@{on}") for n in numbers])
    address = reverse("catalogue:currency") + "?export=csv"

    response = client.post(address, {"numbers": "GB 5749-2006", "on": "2026-03-02"})

    rows = list(csv.reader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig"))))
    assert rows[0][-1] == "库"
    assert rows[1][1] == "GB 5749-2006"
    assert rows[1][4:6] == ["GB 5749-2022", "2023-04-01"]
    assert rows[1][-1] == "GB 5749-2006@2026-03-02"


def test_the_api_answers_a_list(client):
    asked = json.dumps({"numbers": ["GB 5749-85", "x"], "on": "2026-03-02"})

    answers = client.post("/api/v1/catalogue/standards/check", asked, content_type="application/json").json()

    first, second = answers["items"]
    assert (first["state"], first["since"], first["chain"]) == (
        "replaced", "2007-07-01", ["GB 5749-2006", "GB 5749-2022"],
    )  # fmt: skip
    assert second["state"] == "unreadable"
