"""Lists: sorted, filtered and paged by the address; exports hold what the reader filtered, and no formula."""

import datetime as dt
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from zhunsheng.platform import listing
from zhunsheng.platform.accounts.models import Division

pytestmark = [pytest.mark.django_db, pytest.mark.urls("zhunsheng.web.tests.gallery")]


@pytest.fixture(autouse=True)
def divisions():
    Division.objects.create(code="440000", name="广东省", level="province")
    for number in range(1, 61):
        Division.objects.create(code=f"44{number:02}00", name=f"第{number}市", level="city", parent_id="440000")
    Division.objects.create(code="446101", name="=1+2", level="county", parent_id="440100")


def lines(response):
    return b"".join(response.streaming_content).decode("utf-8-sig").splitlines()


@pytest.mark.parametrize(("prefix", "words"), [("/en", "City"), ("", "市级"), ("/zh-hant", "市級")])
def test_a_file_speaks_the_language_of_the_page_that_it_was_asked_from(client, prefix, words):
    found = lines(client.get(f"{prefix}/divisions/?level=city&export=csv"))
    assert words in found[1].split(",")


def test_a_page_shows_a_page_and_says_how_many_there_are(client):
    text = client.get("/en/divisions/").content.decode()

    assert text.count("<tr ") == 25
    assert "62 rows" in text


def test_the_page_size_is_chosen_among_the_offered_ones(client):
    assert client.get("/divisions/?per_page=100").content.decode().count("<tr ") == 62
    assert client.get("/divisions/?per_page=1000000").content.decode().count("<tr ") == 25
    assert client.get("/divisions/?per_page=²").content.decode().count("<tr ") == 25


@pytest.mark.parametrize(("page", "first"), [("9", "445000"), ("x", "440000"), ("0", "445000")])
def test_a_wrong_page_number_shows_the_nearest_page(client, page, first):
    text = client.get(f"/divisions/?page={page}").content.decode()

    assert text.split('data-label="代码">')[1].startswith(first)


def test_the_address_sorts_and_the_head_says_so(client):
    text = client.get("/divisions/?sort=-code").content.decode()

    assert text.split('data-label="代码">')[1].startswith("446101")
    assert 'aria-sort="descending"' in text


def test_an_export_holds_the_whole_filtered_and_sorted_list(client):
    found = lines(client.get("/divisions/?level=city&sort=-code&export=csv&page=2"))

    assert len(found) == 61
    assert found[0] == "代码,名称,层级"
    assert found[1].startswith("446000,第60市,")


def test_an_export_holds_the_chosen_columns_only(client):
    assert lines(client.get("/divisions/?level=province&export=csv&columns=code,name")) == [
        "代码,名称",
        "440000,广东省",
    ]


def test_a_cell_that_looks_like_a_formula_stays_text(client):
    assert lines(client.get("/divisions/?level=county&export=csv&columns=name"))[1] == "'=1+2"

    response = client.get("/divisions/?level=county&export=xlsx")
    sheet = load_workbook(io.BytesIO(response.content)).active
    assert sheet is not None
    assert [cell.value for cell in sheet[2]][1] == "'=1+2"
    assert response["Content-Disposition"].endswith('.xlsx"')


def test_times_are_exported_in_local_time_to_the_minute_as_the_page_shows_them():
    class Times(listing.Table):
        at = listing.TimeColumn(verbose_name="At")

    table = Times([{"at": dt.datetime(2026, 11, 26, 20, 35, 40, 448051, tzinfo=dt.UTC)}, {"at": None}])
    rows = [[listing._plain(cell) for cell in row] for row in table.as_values()]

    assert rows == [["At"], [dt.datetime(2026, 11, 27, 4, 35)], [None]]


def test_negative_numbers_are_no_formulas():
    assert listing._harmless("-1.5") == "-1.5"
    assert listing._harmless("-1+cmd") == "'-1+cmd"


def test_a_workbook_that_would_be_too_large_is_refused_with_a_remedy(client, monkeypatch):
    monkeypatch.setattr(listing, "XLSX_ROWS", 10)

    response = client.get("/en/divisions/?export=xlsx")

    assert response.status_code == 422
    assert "take it as CSV" in response.content.decode()


def test_a_list_counts_and_pages_through_its_first_rows_only(client, monkeypatch):
    monkeypatch.setattr(listing, "MOST_COUNTED", 50)

    with CaptureQueriesContext(connection) as queries:
        text = client.get("/en/divisions/?sort=code&page=9").content.decode()

    assert "more than 50 rows" in text
    assert text.split('data-label="代码">')[1].startswith("442500")
    counts = [query["sql"] for query in queries if "COUNT(" in query["sql"].upper()]
    assert len(counts) == 1
    assert "LIMIT 51" in counts[0]


def test_an_export_is_never_cut_where_a_list_stops_counting(client, monkeypatch):
    monkeypatch.setattr(listing, "MOST_COUNTED", 50)

    assert len(lines(client.get("/divisions/?export=csv"))) == 63


def test_filters_and_sort_travel_with_the_page_size_and_no_form_stands_in_the_way_of_one_around_the_list(client):
    text = client.get("/divisions/?level=city&sort=-code&page=2").content.decode()

    below = text.split("zs-pages")[1].split("</footer>")[0]
    assert 'href="?level=city&amp;sort=-code&amp;page=1&amp;per_page=100"' in below
    assert '<span aria-current="true">25</span>' in below
    assert "<form" not in text.split("data-table=")[1].split("<footer")[0]


def test_what_is_typed_into_the_address_stays_text(client):
    text = client.get('/divisions/?level=city&x="><script>alert(1)</script>').content.decode()

    assert "<script>alert" not in text


def test_an_empty_list_says_how_to_see_more(client):
    text = client.get("/en/divisions/?level=county&sort=code&page=1").content.decode()
    assert "=1+2" in text

    Division.objects.filter(level="county").delete()
    text = client.get("/en/divisions/?level=county").content.decode()
    assert "Clear the filter" in text


def test_a_longer_list_asks_no_more_queries(client):
    with CaptureQueriesContext(connection) as few:
        client.get("/divisions/")
    more = [Division(code=f"45{n:04}", name="x", level="county", parent_id="440100") for n in range(300)]
    Division.objects.bulk_create(more)
    with CaptureQueriesContext(connection) as many:
        client.get("/divisions/?per_page=200")

    assert len(many) == len(few) <= 3


@pytest.mark.parametrize("text", ["=1+2", "@SUM(A1)", "＝1+2", "＠x", "＋1x", "－1x", "\n=1", "\t=1"])
def test_no_text_is_exported_as_a_formula_in_any_script(text):
    """OWASP, CSV injection: = + - @, tab, line breaks, and the full-width signs."""
    (line,) = list(listing._csv_lines(iter([[text]]), "zh-hans"))[1:]

    assert line.decode().lstrip('"').startswith("'")


@pytest.mark.parametrize("character", ["\x00", "\x0b", "\x1f", "\ufffe", "\uffff", "\ud800"])
def test_a_character_that_no_workbook_can_hold_does_not_stop_the_export(character):
    """One record must not keep everyone from the whole list."""
    book = load_workbook(io.BytesIO(listing._workbook([[f"水{character}样"]])))

    assert book.active["A1"].value == "水\ufffd样"
