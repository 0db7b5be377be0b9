"""Valid on that day, known and not valid, outside coverage: three answers, in words that accuse nobody."""

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.tests.factories import make_division
from zhunsheng.registry.bodies.models import AccreditationPeriod, Body
from zhunsheng.registry.bodies.tests.factories import SHANGHAI, load_catalogue, make_body, make_certificate, make_line
from zhunsheng.registry.catalogue import selectors as catalogue
from zhunsheng.registry.opendata import services

pytestmark = pytest.mark.django_db
CMA = "231912050001"


@pytest.fixture(autouse=True)
def home(tmp_path, settings):
    settings.ZHUNSHENG_HOME = settings.ZHUNSHENG_FILES = tmp_path
    catalogue.forget_vocabulary()
    return tmp_path


@pytest.fixture
def body():
    load_catalogue()
    make_division("440106")
    made = make_body(CMA, cma=CMA, name="示范检测有限公司", division_id="440106")
    certificate = make_certificate(made, CMA)
    make_line(certificate, valid_from=date(2023, 5, 1))
    with recorded(None, "test"):
        AccreditationPeriod.objects.create(
            accreditation=certificate, state="suspended", valid_from=date(2024, 3, 1), valid_to=date(2024, 6, 30)
        )
    return made


@pytest.mark.parametrize(
    ("on", "answer", "state"),
    [
        ("2023-04-30", "known_not_valid", "not_yet"),
        ("2023-05-01", "valid_on_day", "active"),
        ("2024-02-29", "valid_on_day", "active"),
        ("2024-03-01", "known_not_valid", "suspended"),
        ("2024-06-30", "known_not_valid", "suspended"),
        ("2024-07-01", "valid_on_day", "active"),
    ],
)
def test_a_certificate_is_answered_for_the_day_with_its_first_and_last_days(client, body, on, answer, state):
    found = client.get(f"/api/v1/certificates/{CMA}", {"on": on}).json()

    assert (found["answer"], found["status"], found["on"]) == (answer, state, on)
    assert found["body"]["id"] == CMA
    assert set(found["words"]) == {"zh", "en"}


def test_a_certificate_that_nobody_registered_is_outside_coverage_with_its_date(client, body):
    refused = client.get("/api/v1/certificates/999999999999")
    found = client.get("/api/v1/open-data/look-up", {"certificate": "999999999999"}).json()

    assert (refused.status_code, refused.json()["rule"]) == (404, "outside-coverage")
    assert found["answer"] == "outside_coverage"
    assert (
        found["coverage"]["since"] == timezone.localdate(Body.history.earliest("history_date").history_date).isoformat()
    )
    assert "不代表" in found["words"]["zh"]


def test_a_day_still_to_come_is_nobodys_to_answer(client, body):
    later = (timezone.localdate() + timedelta(days=1)).isoformat()

    assert client.get(f"/api/v1/certificates/{CMA}", {"on": later}).json()["answer"] == "outside_coverage"


def test_a_body_without_certificates_here_is_outside_coverage_not_invalid(client, body):
    make_body("231912050009", name="别处检测")

    found = client.get("/api/v1/open-data/look-up", {"body": "231912050009", "on": "2024-01-01"}).json()
    assert (found["answer"], found["state"]) == ("outside_coverage", "no_certificate")
    found = client.get("/api/v1/open-data/look-up", {"body": CMA, "on": "2024-01-01"}).json()
    assert (found["answer"], found["certificate"]) == ("valid_on_day", CMA)


def test_a_line_that_is_not_in_the_schedule_is_said_without_accusing(client, body):
    line = body.scope_lines.get()
    asked = {"body": CMA, "object": line.object_text, "method": line.method_text, "on": "2024-01-10"}

    held = client.get("/api/v1/open-data/look-up", {**asked, "parameter": line.parameter_text}).json()
    not_held = client.get("/api/v1/open-data/look-up", {**asked, "parameter": "汞"}).json()
    assert (held["answer"], held["line"]) == ("valid_on_day", line.pk)
    assert not_held["answer"] == "known_not_valid"
    assert not_held["words"]["zh"] == "未在当日公布的能力附表中检索到，不代表已认定违法。"


def test_a_request_for_nothing_says_what_to_give(client):
    refused = client.get("/api/v1/open-data/look-up")

    assert refused.status_code == 422
    assert refused.json()["field"] == "certificate"


def test_the_page_gives_the_same_three_answers(client, body):
    page = reverse("opendata:look-up")

    assert "当日有效" in client.get(page, {"number": CMA, "on": "2024-01-01"}).content.decode()
    assert "暂停" in client.get(page, {"number": CMA, "on": "2024-04-01"}).content.decode()
    assert "超出覆盖范围" in client.get(page, {"number": "999999999999"}).content.decode()
    assert client.get(page, {"number": ""}).status_code == 422


def test_changes_since_a_day_are_paged_in_order_and_name_what_was_deleted(client, body):
    now = datetime.now(SHANGHAI)
    other = make_body("231912050002", name="甲")
    with recorded(None, "a reason that stays inside"):
        other.name = "乙"
        other.save()
        other.delete()
    address = "/api/v1/open-data/bodies/changes"

    seen, after = [], ""
    while True:
        page = client.get(address, {"since": now.date().isoformat(), "limit": 2, "after": after}).json()
        assert len(page["items"]) <= 2
        seen += page["items"]
        after = page["next"]
        if not after:
            break
    mine = [(one["change"], one["row"]["name"]) for one in seen if one["row"]["id"] == "231912050002"]
    assert mine == [("created", "甲"), ("changed", "乙"), ("deleted", "乙")]
    assert "a reason that stays inside" not in str(seen)
    assert client.get(address, {"since": (now + timedelta(days=1)).date().isoformat()}).json()["items"] == []
    assert client.get(address, {"since": "2024-01-01", "after": "!!"}).status_code == 422
    assert client.get("/api/v1/open-data/persons/changes", {"since": "2024-01-01"}).status_code == 404


def test_changes_of_scope_lines_name_body_and_certificate(client, body):
    page = client.get("/api/v1/open-data/scope/changes", {"since": "2020-01-01"}).json()

    assert page["items"][0]["row"]["body"] == CMA
    assert page["items"][0]["row"]["certificate"] == CMA


def test_files_are_served_whole_by_range_and_not_again_when_unchanged(client, body):
    assert client.get("/api/v1/open-data").status_code == 404
    services.publish(at=timezone.now())
    manifest = client.get("/api/v1/open-data").json()
    entry = next(one for one in manifest["files"] if one["file"] == "scope.parquet")

    whole = client.get("/api/v1/open-data/scope.parquet")
    raw = b"".join(whole.streaming_content)
    assert (len(raw), raw[:4], raw[-4:]) == (entry["bytes"], b"PAR1", b"PAR1")
    part = client.get("/api/v1/open-data/scope.parquet", headers={"Range": "bytes=-8"})
    assert (part.status_code, b"".join(part.streaming_content)) == (206, raw[-8:])
    middle = client.get("/api/v1/open-data/scope.parquet", headers={"Range": "bytes=4-9"})
    assert b"".join(middle.streaming_content) == raw[4:10]
    assert client.get("/api/v1/open-data/scope.parquet", headers={"Range": f"bytes={len(raw)}-"}).status_code == 416
    again = client.get("/api/v1/open-data/scope.parquet", headers={"If-None-Match": whole["ETag"]})
    assert again.status_code == 304
    assert client.get("/api/v1/open-data/persons.csv").status_code == 404
    assert client.get("/api/v1/open-data/manifest.json").status_code == 404


def test_pages_and_dictionary_come_from_the_same_definition(client, body):
    services.publish(at=timezone.now())
    dictionary = client.get("/api/v1/open-data/dictionary").json()
    page = client.get(reverse("opendata:dictionary")).content.decode()

    scope = next(one for one in dictionary if one["name"] == "scope")
    assert next(one for one in scope["columns"] if one["key"])["name"] == "line"
    assert all(column["meaning"]["zh"] in page for one in dictionary for column in one["columns"])
    shown = client.get(reverse("opendata:index")).content.decode()
    assert "CC BY 4.0" in shown
    assert "scope.parquet" in shown
