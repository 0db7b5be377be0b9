"""The register on the screen and as JSON: public, as of a day, without anybody's numbers."""

import json
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from typer.testing import CliRunner

from zhunsheng.foundation import signing
from zhunsheng.platform.accounts.models import Kind, Role
from zhunsheng.platform.accounts.policy import NotAllowed
from zhunsheng.platform.accounts.tests.factories import make_member, make_organisation, make_user
from zhunsheng.registry.bodies import panels, services
from zhunsheng.registry.bodies.commands import app
from zhunsheng.registry.bodies.models import BodyKey
from zhunsheng.registry.bodies.services.keys import KeyRefused
from zhunsheng.registry.bodies.tests.factories import NOON, make_body, make_certificate, make_line, make_site

pytestmark = pytest.mark.django_db
CMA = "231912050001"
PUBLIC = signing.public_text(signing.generate_key())


@pytest.fixture
def organisation():
    return make_organisation(Kind.BODY, division="440106")


@pytest.fixture
def body(organisation):
    made = make_body(CMA, cma=CMA, name="示范检测有限公司", division_id="440106", organisation=organisation)
    certificate = make_certificate(made, CMA)
    make_line(certificate, valid_from=date(2023, 5, 1), valid_to=date(2025, 12, 31), site=make_site(made, "A"))
    make_line(certificate, parameter_text="镉", valid_from=date(2023, 5, 1))
    person = {"body": CMA, "code": "P1", "name": "李示范", "number_encrypted": "11010519491231002X"}
    services.import_rows(kind="persons", rows=[person], by=None, at=NOON, why="test")
    field = {"body": CMA, "code": "P1", "field": "水质签字"}
    services.import_rows(kind="signatories", rows=[field], by=None, at=NOON, why="test")
    device = {"body": CMA, "code": "E-0012", "name": "原子吸收分光光度计"}
    services.import_rows(kind="instruments", rows=[device], by=None, at=NOON, why="test")
    return made


def text_of(response):
    assert response.status_code == 200, response.content[:500]
    return response.content.decode()


def test_the_list_shows_filters_and_exports_the_register(client, body):
    make_certificate(
        make_body("231914050002", cma="231914050002", name="别处检测"), "X", status="revoked", status_on=NOON.date()
    )
    address = reverse("bodies:list")

    assert "示范检测有限公司" in text_of(client.get(address))
    assert "别处检测" not in text_of(client.get(address, {"division": "440100"}))
    assert "示范检测有限公司" not in text_of(client.get(address, {"standing": "revoked"}))
    assert "别处检测" in text_of(client.get(address, {"q": "别处"}))
    lines = b"".join(client.get(address, {"export": "csv"}).streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 3
    assert "<" not in "".join(lines)


def test_the_field_of_a_certificate_number_filters_the_list(client, body):
    make_body("230020349767", cma="230020349767", name="国家综合检测")  # law.md §1.5: field 20, comprehensive

    page = text_of(client.get(reverse("bodies:list"), {"field": "20"}))

    assert "国家综合检测" in page
    assert "示范检测有限公司" not in page


def test_list_and_page_take_a_constant_number_of_queries(client, body, django_assert_max_num_queries):
    address = reverse("bodies:list")
    client.get(address)
    for number in range(30):
        make_certificate(make_body(f"body-{number}", division_id="440106"), f"N{number}")
    certificate = body.accreditations.get()
    for number in range(40):
        make_line(certificate, parameter_text=f"参数{number}", site=body.sites.get())

    with django_assert_max_num_queries(8):
        assert "共 31 家机构" in text_of(client.get(address))
    with django_assert_max_num_queries(8):
        assert "参数39" in text_of(client.get(reverse("bodies:body", args=[CMA]), {"per_page": "50"}))


def test_a_body_s_page_answers_for_the_day_asked(client, body):
    address = reverse("bodies:body", args=[CMA])

    assert "2 条" in text_of(client.get(address, {"on": "2025-12-31"}))
    later = text_of(client.get(address, {"on": "2026-01-01"}))
    assert "1 条" in later
    assert "镉" in later
    assert "没有已生效的证书" in text_of(client.get(address, {"on": "2023-04-30"}))
    assert "0 条" in text_of(client.get(address, {"on": "2026-01-01", "q": "铅"}))
    assert client.get(reverse("bodies:body", args=["nobody"])).status_code == 404


def test_a_body_is_found_by_its_certificate_number_too(client, body):
    make_certificate(body, "171912050009", valid_from=date(2017, 5, 1), valid_to=date(2023, 4, 30))

    assert "示范检测有限公司" in text_of(client.get(reverse("bodies:body", args=["171912050009"])))


def test_people_and_instruments_are_shown_to_those_who_may_see_them_and_numbers_to_nobody(client, body, organisation):
    address = reverse("bodies:body", args=[CMA])
    secrets = ("水质签字", "E-0012")

    assert not any(word in text_of(client.get(address)) for word in secrets)
    for person, sees in (
        (make_member(Role.CITY_OFFICER, make_organisation(division="440100")), True),
        (make_member(Role.CITY_OFFICER, make_organisation(division="440300")), False),
        (make_member(Role.BODY_CLERK, organisation), True),
        (make_member(Role.BODY_CLERK, make_organisation(Kind.BODY, division="440106")), False),
        (make_user(), False),
    ):
        client.force_login(person)
        page = text_of(client.get(address))
        assert all((word in page) is sees for word in secrets)
        assert "19491231" not in page


def test_floors_above_add_panels_to_the_page(client, body, tmp_path, settings, monkeypatch):
    monkeypatch.setattr(panels, "_MAKERS", {})
    panels.register(lambda request, body, on: panels.Panel("收到的报告", "kit/crumbs.html", {}), order=2)
    panels.register(nothing_to_show, order=1)

    assert "收到的报告" in text_of(client.get(reverse("bodies:body", args=[CMA])))


def nothing_to_show(request, body, on):
    return None


def test_a_body_manager_adds_and_revokes_keys_and_others_may_not(client, body, organisation):
    address = reverse("bodies:keys", args=[CMA])
    assert client.get(address).status_code == 302
    client.force_login(make_member(Role.BODY_CLERK, organisation))
    assert client.get(address).status_code == 403
    client.force_login(make_member(Role.BODY_MANAGER, organisation))

    refused = client.post(address, {"key_id": "k-1", "public_key": "AAAA", "why": "first key"})
    assert refused.status_code == 422
    assert not BodyKey.objects.exists()
    assert client.post(address, {"key_id": "k-1", "public_key": PUBLIC, "why": "first key"}).status_code == 302
    assert "k-1" in text_of(client.get(address))
    revoke = reverse("bodies:revoke-key", args=[CMA, "k-1"])
    assert client.get(revoke).status_code == 405
    assert client.post(revoke, {"why": "lost laptop"}).status_code == 302
    key = BodyKey.objects.get()
    assert key.revoked_reason == "lost laptop"
    assert [one.history_change_reason for one in key.history.order_by("history_id")] == ["first key", "lost laptop"]


def test_a_revocation_without_a_reason_and_a_second_one_are_refused(body, organisation):
    manager = make_member(Role.BODY_MANAGER, organisation)
    at = timezone.now()
    services.add_key(body_id=body.pk, key_id="k-1", public_key=PUBLIC, by=manager, at=at, why="first key")

    with pytest.raises(Exception, match="reason"):
        services.revoke_key(key_id="k-1", by=manager, at=at + timedelta(hours=1), why=" ")
    services.revoke_key(key_id="k-1", by=manager, at=at + timedelta(hours=1), why="lost")
    with pytest.raises(KeyRefused, match="already"):
        services.revoke_key(key_id="k-1", by=manager, at=at + timedelta(hours=2), why="again")
    with pytest.raises(KeyRefused, match="registered already"):
        services.add_key(body_id=body.pk, key_id="k-2", public_key=PUBLIC, by=manager, at=at, why="again")
    with pytest.raises(NotAllowed):
        services.add_key(body_id=body.pk, key_id="k-3", public_key=PUBLIC, by=make_user(), at=at, why="theft")


def test_the_api_pages_through_the_register_by_cursor(client, body):
    for number in range(5):
        make_body(f"ee:{number}")
    seen, after = [], ""
    for _ in range(9):
        page = client.get("/api/v1/bodies", {"limit": 2, "after": after}).json()
        seen += [one["id"] for one in page["items"]]
        after = page["next"]
        if after is None:
            break

    assert seen == sorted(["231912050001", *(f"ee:{number}" for number in range(5))])
    assert client.get("/api/v1/bodies", {"after": "!"}).status_code == 422
    assert [one["id"] for one in client.get("/api/v1/bodies", {"division": "440000"}).json()["items"]] == [CMA]


def test_the_api_answers_for_a_day_and_names_nobody(client, body):
    detail = client.get(f"/api/v1/bodies/{CMA}", {"on": "2029-05-01"}).json()
    assert (detail["standing"], detail["certificates"][0]["status"]) == ("expired", "expired")

    scope = client.get(f"/api/v1/bodies/{CMA}/scope", {"on": "2025-12-31", "q": "铅"}).json()
    assert [(one["parameter"], one["site"], one["valid_to"]) for one in scope["items"]] == [("铅", "A", "2025-12-31")]
    certificate = client.get(f"/api/v1/certificates/{CMA}", {"on": "2026-01-01"}).json()
    assert (certificate["status"], certificate["body"]["id"]) == ("active", CMA)
    assert client.get("/api/v1/certificates/none").status_code == 404
    assert client.get("/api/v1/bodies/none").status_code == 404
    assert "李示范" not in str(detail) + str(scope) + str(certificate)


@pytest.mark.parametrize("address", ["/api/v1/bodies/none", "/api/v1/bodies/none/scope"])
@pytest.mark.parametrize(("language", "words"), [("zh-Hans", "本名录未收录该机构"), ("en", "doesn't hold such a body")])
def test_a_body_that_the_register_does_not_hold_is_told_to_be_outside_it(client, db, address, language, words):
    answer = client.get(address, headers={"accept-language": language})
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert answer.json()["rule"] == "outside-coverage"
    assert words in answer.json()["detail"]


def test_an_officer_of_the_province_says_which_organisation_acts_for_a_body(client, body):
    other = make_organisation(Kind.BODY, division="440106", name="新的单位")
    address = reverse("bodies:organisation", args=[CMA])
    client.force_login(make_member(Role.CITY_OFFICER))
    assert client.get(address).status_code == 403
    client.force_login(make_member(Role.PROVINCE_OFFICER, make_organisation(division="440000")))

    assert client.post(address, {"organisation": "无此单位", "why": "merger"}).status_code == 422
    assert client.post(address, {"organisation": "新的单位", "why": "merger"}).status_code == 302
    body.refresh_from_db()
    assert (body.organisation_id, body.history.latest().history_change_reason) == (other.pk, "merger")


def test_an_organisation_with_another_credit_code_can_not_stand_for_a_body(organisation):
    made = make_body("x:1", uscc="914401060010000102")
    make_organisation(Kind.BODY, name="别的单位", uscc="91440106059ABCD186")

    done = CliRunner().invoke(app, ["link-organisation", "x:1", "别的单位", "--why", "test", "--json"])

    assert (done.exit_code, json.loads(done.stdout)["error"]) == (2, "link-refused")
    made.refresh_from_db()
    assert made.organisation is None


@pytest.mark.parametrize("cursor", ["YWJj", "MWU1", "AA", "%%%", "gA"])
def test_a_cursor_that_no_list_gave_is_refused(client, body, cursor):
    """ "abc", "1e5", NUL, no base64 and half a character, in the place of the last key of a page."""
    response = client.get(f"/api/v1/bodies/{CMA}/scope", {"after": cursor})

    assert response.status_code == 422
    assert response.json()["rule"] == "bad-cursor"


def test_a_public_key_may_be_pasted_as_openssl_prints_it(client, body, organisation):
    block = (
        "-----BEGIN PUBLIC KEY-----\r\nMCowBQYDK2VwAyEAo+1HeFWGQIzyLxHpY0CkDVlkYUA14EJq19MZ7oGYYQI=\r\n"
        "-----END PUBLIC KEY-----\r\n"
    )
    client.force_login(make_member(Role.BODY_MANAGER, organisation, user=make_user("pem")))

    client.post(reverse("bodies:keys", args=[CMA]), {"key_id": "k-1", "public_key": block, "why": "first key"})

    assert BodyKey.objects.get().public_key == "o-1HeFWGQIzyLxHpY0CkDVlkYUA14EJq19MZ7oGYYQI"
