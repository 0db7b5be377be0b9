"""The workbenches: officers see their area and nothing else, laboratories their own reports and what to mend."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from zhunsheng.admission.reviews.tests import factories as review_factories
from zhunsheng.admission.reviews.tests.factories import make_world
from zhunsheng.oversight.reports.models import Channel, Report
from zhunsheng.oversight.reports.tests.intake_factories import Laboratory
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import Kind, Role
from zhunsheng.platform.accounts.tests.factories import make_division, make_member, make_organisation, make_user
from zhunsheng.registry.bodies.tests.factories import make_body, make_certificate
from zhunsheng.web.home import laboratory as laboratory_desk
from zhunsheng.web.home import officer as officer_desk
from zhunsheng.web.home.spans import midnight

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 20, 4, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def chinese():
    with translation.override("zh-hans"):
        yield


def officer(role=Role.CITY_OFFICER, division="440100"):
    return make_member(role, make_organisation(Kind.AUTHORITY, division))


def move(laboratory, division):
    laboratory.body.division = make_division(division)
    with recorded(None, "test data"):
        laboratory.body.save(update_fields=["division"])


def own(*laboratories):
    return [one.body.organisation_id for one in laboratories]


def tiles(desk):
    return {tile["name"]: tile["value"] for tile in desk.tiles}


def test_a_visitor_is_asked_to_sign_in_and_comes_back(client):
    assert client.get("/en/home/")["Location"] == "/en/accounts/login/?next=/en/home/"


def test_a_day_begins_at_local_midnight():
    late = datetime(2026, 3, 19, 16, 30, tzinfo=UTC)

    assert midnight(late).isoformat() == "2026-03-20T00:00:00+08:00"
    assert midnight(late, days_ago=2).isoformat() == "2026-03-18T00:00:00+08:00"


def test_an_officer_sees_todays_intake_of_the_own_area():
    near, far = Laboratory("231912050001"), Laboratory("231912050002")
    move(far, "440300")
    far.submit(far.report(), at=NOON)
    near.submit(near.report("R-1"), near.report("R-2"), at=NOON)
    near.submit(near.report("R-0"), at=NOON - timedelta(days=1))

    desk = officer_desk.desk(officer(), NOON + timedelta(hours=1))

    assert desk.intake.reports == 2
    assert tiles(desk)["今日归集"] == 2
    assert tiles(desk)["辖区内机构"] == 1
    assert [region["code"] for region in desk.map["regions"]] == ["440100"]


def test_the_provinces_officer_sees_every_city():
    Laboratory("231912050001")
    other = Laboratory("231912050002")
    move(other, "440300")

    desk = officer_desk.desk(officer(Role.PROVINCE_OFFICER, "440000"), NOON)

    assert {region["code"]: region["value"] for region in desk.map["regions"]} == {"440100": 1, "440300": 1}
    assert desk.map["regions"][0]["href"] == "/bodies/?division=440100"


def test_a_citys_officer_sees_its_counties():
    for slug, code in (("A", "440103"), ("B", "440106"), ("C", "440106"), ("D", "440100"), ("E", "440303")):
        make_body(slug, division=make_division(code))

    shown = officer_desk.desk(officer(Role.CITY_OFFICER, "440100"), NOON).map

    assert (shown["region"], shown["within"]) == ("guangdong-counties", "4401")
    assert {one["code"]: one["value"] for one in shown["regions"]} == {"440100": 1, "440103": 1, "440106": 2}


def test_a_county_on_the_map_leads_to_its_bodies(client):
    near, far = make_division("440106"), make_division("440103")
    make_body("A", name="天河检测", division=near)
    make_body("B", name="荔湾检测", division=far)

    text = client.get("/bodies/?division=440106").content.decode()

    assert "天河检测" in text
    assert "荔湾检测" not in text


def test_hints_by_rule_lead_to_the_filtered_list():
    laboratory = Laboratory()
    laboratory.submit(laboratory.report(), at=NOON)

    desk = officer_desk.desk(officer(), NOON + timedelta(hours=1))

    assert desk.rules is not None
    assert len(desk.rules["links"]) == len(desk.rules["x"]["values"])
    assert all(link.startswith("/reports/findings/?rule=") for link in desk.rules["links"])


def test_the_links_of_the_workbench_filter_what_they_promise(client):
    laboratory = Laboratory()
    now = datetime.now(UTC)
    laboratory.submit(laboratory.report("TODAY-1"), at=now)
    laboratory.submit(laboratory.report("OLD-1"), at=now - timedelta(days=3))
    user = officer()
    client.force_login(user)
    desk = officer_desk.desk(user, now)

    assert desk.rules is not None
    today = client.get(desk.tiles[0]["href"]).content.decode()
    finding = client.get(desk.rules["links"][0]).content.decode()

    assert "TODAY-1" in today
    assert "OLD-1" not in today
    assert "TODAY-1" in finding


def test_the_days_chart_counts_every_day_once():
    laboratory = Laboratory()
    laboratory.submit(laboratory.report("R-1"), laboratory.report("R-2"), at=NOON)
    laboratory.submit(laboratory.report("R-3"), at=NOON - timedelta(days=29))
    laboratory.submit(laboratory.report("R-4"), at=NOON - timedelta(days=30))

    days = officer_desk.desk(officer(), NOON + timedelta(hours=1)).days

    assert days is not None
    totals = [sum(pair) for pair in zip(*(series["values"] for series in days["series"]), strict=True)]
    assert len(totals) == 30
    assert totals[-1] == 2
    assert totals[0] == 1
    assert sum(totals) == 3


def test_results_taken_over_from_a_publisher_do_not_hide_the_days():
    laboratory = Laboratory()
    laboratory.submit(laboratory.report("R-1"), laboratory.report("R-2"), at=NOON)
    Report.objects.filter(number="R-2").update(channel=Channel.IMPORT)

    desk = officer_desk.desk(officer(), NOON + timedelta(hours=1))

    assert desk.days is not None
    assert sum(sum(series["values"]) for series in desk.days["series"]) == 1
    assert desk.intake.reports == 2
    assert desk.tiles[0]["note"] == "其中接收公布结果 1 份，不计入按日统计；昨日报送 0 份", (
        "two in the tile, one in the chart"
    )


def test_certificates_that_end_soon_come_first_and_ended_ones_not_at_all():
    division = make_division("440100")
    for slug, ends in (("A", 10), ("B", 5), ("C", -1), ("D", 91)):
        body = make_body(slug, division=division)
        make_certificate(body, valid_to=(NOON + timedelta(days=ends)).date())

    desk = officer_desk.desk(officer(), NOON)

    assert [(row["slug"], row["days"]) for row in desk.due] == [("B", 5), ("A", 10)]


def test_the_officers_page_stays_quick_however_much_there_is(client):
    laboratory = Laboratory()
    laboratory.submit(laboratory.report("R-0"), at=datetime.now(UTC))
    client.force_login(officer())
    client.get("/home/")
    with CaptureQueriesContext(connection) as few:
        client.get("/home/")
    laboratory.submit(*(laboratory.report(f"R-{n}") for n in range(1, 30)), at=datetime.now(UTC))
    with CaptureQueriesContext(connection) as many:
        client.get("/home/")

    assert len(many) == len(few) <= 8 + 3, "eight of the page; session, user and memberships of the frame"


def test_a_laboratory_sees_its_own_reports_and_what_to_mend(client):
    mine, other = Laboratory("231912050001"), Laboratory("231912050002")
    mine.submit(mine.report("MINE-1"), at=datetime.now(UTC))
    other.submit(other.report("OTHER-1"), at=datetime.now(UTC))
    client.force_login(mine.user)

    text = client.get("/home/").content.decode()

    assert "MINE-1" in text
    assert "OTHER-1" not in text
    assert "231912050001-1" in text, "its signing key"
    assert "待整改事项" in text
    assert "zs-why" in text


def test_the_desk_says_of_a_report_registered_by_digest_that_it_was_not_checked(client):
    mine = Laboratory("231912050001")
    mine.submit(mine.report("MINE-1"), at=datetime.now(UTC))
    Report.objects.update(held=False, findings=0, worst=0)
    client.force_login(mine.user)

    text = client.get("/home/").content.decode()

    assert "未存内容，未校验" in text
    assert "无提示" not in text


def test_a_withdrawn_or_corrected_report_needs_no_mending():
    laboratory = Laboratory()
    first = laboratory.report()
    laboratory.submit(first, at=NOON)
    before = laboratory_desk.desk(laboratory.user, own(laboratory), NOON)
    laboratory.submit(
        first | {"version": 2, "replaces": {"kind": "withdrawal", "version": 1, "reason": "作废"}}, at=NOON
    )

    after = laboratory_desk.desk(laboratory.user, own(laboratory), NOON)

    assert any(one.finding.report.version == 1 for one in before.mend)
    assert not any(one.finding.report.version == 1 for one in after.mend)


def test_keys_say_how_they_stand():
    laboratory = Laboratory()
    laboratory.key.revoked_at = NOON - timedelta(days=1)
    key = laboratory_desk._key(laboratory.key, NOON)

    assert (key.meaning, key.words) == ("bad", "已吊销")


def test_a_member_of_two_bodies_chooses_between_them():
    first, second = Laboratory("231912050001"), Laboratory("231912050002")
    make_member(Role.BODY_MANAGER, second.body.organisation, user=first.user)
    both = own(first, second)

    assert len(laboratory_desk.desk(first.user, both, NOON).bodies) == 2
    assert laboratory_desk.desk(first.user, both, NOON, chosen="231912050002").body == second.body


def test_a_body_cannot_be_looked_into_by_naming_it(client):
    mine, other = Laboratory("231912050001"), Laboratory("231912050002")
    client.force_login(mine.user)

    assert other.body.name not in client.get("/home/", {"body": other.body.slug}).content.decode()


def test_an_organisation_without_a_body_is_told_what_to_do(client):
    client.force_login(make_member(Role.BODY_MANAGER, make_organisation(Kind.BODY)))

    assert "No body is linked to your organisation" in client.get("/en/home/").content.decode()


def test_a_person_without_a_role_is_not_shown_an_empty_workbench(client):
    client.force_login(make_user())

    text = client.get("/en/home/").content.decode()

    assert "You have no role in force today." in text
    assert "zs-tiles" not in text


def entries(client, path):
    """Return the navigation's addresses and the one marked as current."""
    bar = client.get(path).content.decode().split('class="zs-nav zs-nav-wide"')[1].split("</nav>")[0]
    links = re.findall(r'<a href="([^"]*)"( aria-current="page"| )', bar)
    return [href for href, _mark in links], [href for href, mark in links if "current" in mark]


def test_the_navigation_offers_each_role_what_it_may_use(client):
    visitor, _here = entries(client, "/")
    client.force_login(officer())
    officers, _here = entries(client, "/home/")
    client.force_login(Laboratory().user)
    laboratorys, _here = entries(client, "/home/")
    client.force_login(make_member(Role.SYSTEM_ADMINISTRATOR, make_organisation(Kind.AUTHORITY, "440000")))
    administrators, _here = entries(client, "/home/")

    assert "/home/" not in visitor
    for public in ("/inspections/", "/visits/disclosed/", "/enforcement/published/", "/enforcement/severe/"):
        assert public in visitor
        assert public in officers
    assert {"/reports/", "/reports/findings/"} <= set(officers)
    assert "/reports/try/" not in officers
    assert {"/reports/", "/reports/findings/", "/reports/try/"} <= set(laboratorys)
    assert not {"/reports/", "/reports/findings/", "/reports/try/"} & set(administrators)


def test_one_entry_of_the_navigation_is_current_the_closest_one(client):
    client.force_login(officer())

    assert entries(client, "/reports/findings/")[1] == ["/reports/findings/"]
    assert entries(client, "/reports/")[1] == ["/reports/"]
    assert entries(client, "/en/home/")[1] == ["/en/home/"]
    assert entries(client, "/about/")[1] == []


def test_an_administrator_is_led_to_organisations_and_not_to_reports(client):
    client.force_login(make_member(Role.SYSTEM_ADMINISTRATOR, make_organisation(Kind.AUTHORITY, "440000")))

    main = client.get("/home/").content.decode().split("<main")[1]

    assert 'href="/accounts/organisations/"' in main
    assert 'href="/reports/"' not in main


def test_a_membership_that_ended_yesterday_opens_nothing(client):
    laboratory = Laboratory()
    user = make_member(
        Role.BODY_CLERK, laboratory.body.organisation, valid_to=(datetime.now(UTC) - timedelta(days=2)).date()
    )
    client.force_login(user)

    assert "You have no role in force today." in client.get("/en/home/").content.decode()


def test_a_drawn_assessor_is_told_on_the_workbench(client):
    world = make_world()
    review = review_factories.opened(world)
    seat = review_factories.drawn(world, review)[0]
    client.force_login(seat.expert.user)

    page = client.get("/home/").content.decode()

    assert "今日待办：技术评审" in page
    assert "您已被抽中" in page
    assert f"/reviews/{review.number}/" in page
    client.force_login(world.manager)
    assert "今日待办：技术评审" not in client.get("/home/").content.decode()


def test_a_laboratory_sees_first_which_application_waits_for_it(client):
    world = make_world()
    first = review_factories.make_application(world.laboratory, world.body, world.manager, stage="gaps")
    second = review_factories.make_application(world.laboratory, world.body, world.manager, kind="extension")
    client.force_login(world.manager)

    page = client.get("/home/").content.decode()

    assert page.index(first.number) < page.index(second.number)
    assert "待申请机构补正" in page
