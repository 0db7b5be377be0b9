"""The public day list with its feed, the page of a certificate, open data, and the officers' measures."""

import csv
from dataclasses import replace
from datetime import timedelta
from io import StringIO
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from zhunsheng.admission.certificates import services
from zhunsheng.admission.certificates.models import ListedDecision, Measure
from zhunsheng.admission.certificates.tests.factories import DAY, RICE, first_grant, issue, later, make_world, noon
from zhunsheng.platform.accounts.models import Role
from zhunsheng.platform.accounts.tests.factories import make_division, make_member
from zhunsheng.registry.bodies.models import ScopeLine
from zhunsheng.registry.bodies.tests.factories import make_body, make_certificate, make_line
from zhunsheng.registry.opendata import files
from zhunsheng.registry.opendata.registers import registers

pytestmark = pytest.mark.django_db
LIST = reverse("certificates:decisions")


def page_of(made):
    return reverse("certificates:certificate", args=[made.number])


def text_of(response):
    return response.content.decode()


def test_anyone_reads_the_day_list_and_takes_it_as_a_file(client):
    world = make_world()
    made = issue(world)
    issue(world, later(made, added=(RICE,)))

    page = client.get(LIST)

    assert page.status_code == 200
    assert text_of(page).count("岭南检测有限公司") == 2
    rows = list(csv.reader(StringIO(b"".join(client.get(f"{LIST}?export=csv&kind=granted")).decode("utf-8-sig"))))
    assert len(rows) == 3
    assert rows[1][3] == made.number


def test_the_day_list_is_filtered_by_day_outcome_and_words(client):
    world = make_world()
    made = issue(world)
    services.announce(
        kind="refused", application_number="SQ-9", body_name="珠江检测有限公司", words="不予许可：不具备检测条件。",
        on=DAY + timedelta(days=5), at=noon(DAY + timedelta(days=5)), division="440100",
    )  # fmt: skip

    def names(query):
        rows = csv.reader(StringIO(b"".join(client.get(f"{LIST}?export=csv&{query}")).decode("utf-8-sig")))
        return [row[2] for row in rows][1:]

    assert names("") == ["珠江检测有限公司", made.name]
    assert names("kind=refused") == ["珠江检测有限公司"]
    assert names(f"on_after={DAY}&on_before={DAY}") == [made.name]
    assert names(f"q={made.number}") == [made.name]
    assert names("q=珠江") == ["珠江检测有限公司"]
    make_division("440300")
    assert names("division=440300") == []


def test_the_same_matter_is_announced_once():
    make_world()
    words: dict[str, Any] = {"body_name": "珠江检测有限公司", "words": "不予受理。", "on": DAY, "at": noon(DAY)}

    first = services.announce(kind="not_accepted", application_number="SQ-9", **words)

    assert services.announce(kind="not_accepted", application_number="SQ-9", **words) == first
    assert ListedDecision.objects.count() == 1


def test_the_feed_is_atom_with_the_newest_first(client):
    world = make_world()
    made = issue(world)
    issue(world, later(made, added=(RICE,)))

    answer = client.get(reverse("certificates:feed"))

    atom = ElementTree.fromstring(answer.content)
    space = {"a": "http://www.w3.org/2005/Atom"}
    assert answer["Content-Type"].startswith("application/atom+xml")
    entries = atom.findall("a:entry", space)
    assert len(entries) == 2
    assert f"/certificates/{made.number}/" in (entries[0].find("a:link", space).get("href") or "")


def test_lists_ask_the_same_number_of_queries_however_long(client):
    world = make_world()
    made = issue(world)
    pages = (LIST, page_of(made))
    before = [_queries(client, page) for page in pages]
    for number in range(12):
        services.announce(kind="changed", application_number=f"SQ-{number}", body_name="甲", words="变更。", on=DAY,
                          at=noon(DAY), body_id=made.body_id, division="440106")  # fmt: skip

    assert [_queries(client, page) for page in pages] == before
    assert max(before) <= 10


def _queries(client, page):
    """Return how many queries a page asks once it has been opened."""
    client.get(page)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(page).status_code == 200
    return len(asked)


def test_a_certificates_page_says_first_how_it_stands_and_hides_people(client):
    made = issue(make_world())

    page = text_of(client.get(page_of(made)))

    assert page.index("资质有效") < page.index(made.code)
    assert made.code in page
    assert made.signatories_code not in page
    assert "陈一鸣" not in page


def test_the_look_up_of_a_code_and_the_certificates_page_lead_to_each_other(client):
    made = issue(make_world())
    codes = [made.code, made.schedule_code, made.signatories_code]
    looked_up = [reverse("credentials_public:answer", args=[one]) for one in codes]

    for address in looked_up:
        assert f'href="{page_of(made)}"' in text_of(client.get(address))
    assert f'href="{looked_up[0]}"' in text_of(client.get(page_of(made)))


def test_officers_and_the_body_itself_reach_the_list_of_signatories(client):
    world = make_world()
    made = issue(world)
    for person in (world.officer, make_member(Role.BODY_MANAGER, world.laboratory)):
        client.force_login(person)
        assert made.signatories_code in text_of(client.get(page_of(made)))


def test_the_schedule_shows_what_ended_when_asked_for(client):
    world = make_world()
    made = issue(world)
    cadmium = ScopeLine.objects.get(parameter_text="镉")
    issue(world, later(made, occasion="cancel_item", ended=(cadmium.pk,)))

    def lines(query):
        rows = csv.reader(StringIO(b"".join(client.get(f"{page_of(made)}?export=csv&{query}")).decode("utf-8-sig")))
        return [(row[4], row[-1]) for row in rows][1:]

    after = DAY + timedelta(days=10)
    assert lines(f"on={after}") == [("铅", "2032-03-01")]
    assert ("镉", (after - timedelta(days=1)).isoformat()) in lines("every=on")
    assert len(lines(f"on={DAY}")) == 2


def test_an_imported_certificate_has_a_page_without_documents_and_an_unknown_number_none(client):
    body = make_body("231912050001")
    make_line(make_certificate(body, "231912050001"))

    page = text_of(client.get(reverse("certificates:certificate", args=["231912050001"])))

    assert "资质有效" in page
    assert "/v/C" not in page
    assert client.get(reverse("certificates:certificate", args=["261912349999"])).status_code == 404


def test_an_officer_suspends_by_the_page_and_a_citizen_or_city_officer_may_not(client):
    world = make_world()
    made = issue(world)
    address = reverse("certificates:measure", args=[made.number, "suspend"])
    given = {
        "ground": "MEASURE-OWN-STOP",
        "on": timezone.localdate().isoformat(),
        "decision_no": "1号",
        "why": "机构申请",
    }

    assert client.get(address).status_code == 302
    client.force_login(make_member(Role.CITY_OFFICER, world.bureau))
    assert client.post(address, given).status_code == 403
    client.force_login(world.officer)
    assert client.get(address).status_code == 200
    assert client.post(address, {**given, "ground": "MEASURE-PENALTY"}).status_code == 422
    assert client.post(address, given).status_code == 302

    page = text_of(client.get(page_of(made)))
    assert "资质暂停" in page
    assert "机构申请" in page
    client.logout()
    public = text_of(client.get(page_of(made)))
    assert "第十四条" in public
    assert "机构申请" not in public


def test_a_decision_sent_twice_is_one_and_a_page_that_another_overtook_says_why(client):
    world = make_world()
    made = issue(world)
    client.force_login(world.officer)
    suspend, revoke = (reverse("certificates:measure", args=[made.number, kind]) for kind in ("suspend", "revoke"))
    given = {"ground": "MEASURE-OWN-STOP", "on": timezone.localdate().isoformat(), "decision_no": "1号", "why": "申请"}

    assert [client.post(suspend, given).status_code for _click in range(2)] == [302, 302]
    assert client.get(suspend).status_code == 404  # no longer offered
    stale = client.post(suspend, {**given, "decision_no": "2号"})
    assert stale.status_code == 422
    assert "请在证书页面查看其状态" in text_of(stale)
    untrue = {**given, "ground": "MEASURE-MATTER-WITHDRAWN", "decision_no": "3号"}
    assert [client.post(revoke, untrue).status_code for _click in range(2)] == [302, 302]

    assert list(Measure.objects.order_by("pk").values_list("decision_no", flat=True)) == ["1号", "3号"]


def test_an_officer_ends_lines_by_the_page(client):
    world = make_world()
    made = issue(world)
    client.force_login(world.officer)
    address = reverse("certificates:measure", args=[made.number, "reduce"]) + f"?q={quote('镉')}"
    cadmium = ScopeLine.objects.get(parameter_text="镉")
    assert "GB/T 5750.6-2023" in text_of(client.get(address))
    given = {
        "ground": "MEASURE-PROFICIENCY",
        "on": timezone.localdate().isoformat(),
        "decision_no": "2号",
        "why": "不合格",
    }

    assert client.post(address, given).status_code == 422
    sent_twice = [client.post(address, {**given, "lines": [cadmium.pk]}).status_code for _click in range(2)]

    assert sent_twice == [302, 302]
    assert Measure.objects.get().lines == [cadmium.pk]
    lead = ScopeLine.objects.get(parameter_text="铅")
    other_lines = client.post(address, {**given, "lines": [cadmium.pk, lead.pk]})
    assert other_lines.status_code == 422
    again = client.post(address, {**given, "decision_no": "4号", "lines": [cadmium.pk]})
    assert (again.status_code, "部分检测项目届时已终止" in text_of(again)) == (422, True)


def test_no_measure_is_offered_on_a_certificate_that_another_has_taken_the_place_of(client):
    world = make_world()
    made = issue(world)
    keys = tuple(ScopeLine.objects.values_list("pk", flat=True))
    issue(world, later(made, occasion="renewal", whole_term=True, carried=keys))
    client.force_login(world.officer)

    assert client.get(reverse("certificates:measure", args=[made.number, "revoke"])).status_code == 404


def test_decisions_and_versions_are_open_data_without_notes_and_people(tmp_path):
    made = issue(make_world())

    written = [files.write(registers()[name], tmp_path) for name in ("decisions", "certificate-versions")]

    text = "".join((tmp_path / one.file).read_text("utf-8") for part in written for one in part if one.format == "csv")
    assert made.code in text
    assert "准予首次资质认定" in text
    assert made.signatories_code not in text
    assert "陈一鸣" not in text


def test_the_api_names_the_credentials_that_stood_on_a_day(client):
    world = make_world()
    made = issue(world)
    second = issue(world, later(made, added=(RICE,)))

    def held(day):
        answer = client.get(f"/api/v1/certificates/{made.number}?on={day}").json()
        return {one["kind"]: (one["code"], one["status"]) for one in answer["credentials"]}

    assert held(DAY) == {"certificate": (made.code, "valid"), "schedule": (made.schedule_code, "replaced")}
    assert held(DAY + timedelta(days=10))["schedule"] == (second.schedule_code, "valid")
    assert held(DAY - timedelta(days=1)) == {}


def test_a_bodys_page_leads_to_its_certificate(client):
    made = issue(make_world())

    page = text_of(client.get(reverse("bodies:body", args=[made.body.slug])))

    assert page_of(made) in page


def test_a_first_grant_of_many_lines_is_one_schedule():
    world = make_world()
    lines = tuple(replace(RICE, parameter_text=f"项目{number}") for number in range(600))

    made = issue(world, first_grant(world, added=lines))

    assert (made.lines, made.number[4:6]) == (600, "00")
