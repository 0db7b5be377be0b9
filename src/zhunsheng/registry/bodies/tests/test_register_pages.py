"""Pages on which officers load tables and enter what happens to bodies."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from zhunsheng.platform.accounts.models import Role
from zhunsheng.platform.accounts.tests.factories import make_member, make_organisation
from zhunsheng.registry.bodies import services
from zhunsheng.registry.bodies.models import BodyEvent, BodyName, ImportRun
from zhunsheng.registry.bodies.tests.factories import make_body, make_certificate, make_line

pytestmark = pytest.mark.django_db
SLUG = "231912050001"
ACT = {"on": "2026-01-01", "document_no": "粤市监函〔2025〕88号", "why": "登记变更"}


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.ZHUNSHENG_FILES = tmp_path / "files"


@pytest.fixture
def officer(client):
    made = make_member(Role.PROVINCE_OFFICER, make_organisation(division="440000"))
    client.force_login(made)
    return made


@pytest.fixture
def body():
    made = make_body(SLUG, name="珠江检测有限公司", division_id="440000")
    make_line(make_certificate(made))
    return made


def test_an_officer_checks_a_table_sees_its_problems_and_loads_its_good_lines(client, officer, body):
    rows = f"机构标识,名称,名称类别\n{SLUG},珠江检测,简称\nnobody,某检测,简称\n"
    file = SimpleUploadedFile("names.csv", rows.encode())
    page = reverse("bodies:loadings")

    assert client.get(page).status_code == 200
    assert client.post(page, {"kind": "names", "why": "清单"}).status_code == 422
    sent = client.post(page, {"kind": "names", "why": "清单", "file": file})
    run = ImportRun.objects.get()
    assert sent.url == reverse("bodies:loading", args=[run.pk])
    assert "every 2s" in client.get(sent.url).content.decode()

    services.carry_out_waiting()
    part = client.get(sent.url, headers={"HX-Request": "true"}).content.decode()
    assert "every 2s" not in part
    assert "导入正确行" in part
    problems = b"".join(client.get(reverse("bodies:problems", args=[run.pk])).streaming_content).decode("utf-8-sig")
    assert problems.splitlines()[1].startswith("3,body,nobody")

    client.post(reverse("bodies:load", args=[run.pk]), {"keep_good": "1"})
    services.carry_out_waiting()
    assert BodyName.objects.get().name == "珠江检测"
    assert client.get(page).content.decode().count("names.csv") == 2


def test_loadings_are_for_officers_of_the_province(client, body):
    address = reverse("bodies:loadings")
    assert client.get(address).status_code == 302
    client.force_login(make_member(Role.BODY_MANAGER))
    assert client.get(address).status_code == 403


def test_an_officer_renames_a_body_on_its_page(client, officer, body):
    address = reverse("bodies:life", args=[SLUG, "rename"])

    assert client.get(address).status_code == 200
    assert client.post(address, ACT).status_code == 422
    done = client.post(address, ACT | {"name": "珠江检验检测集团"})

    assert done.url == reverse("bodies:body", args=[SLUG])
    page = client.get(done.url).content.decode()
    assert "珠江检验检测集团" in page
    assert "曾用名：珠江检测有限公司" in page


@pytest.mark.parametrize(
    ("act", "given", "kind"),
    [
        ("move", {"address": "科学大道1号"}, "moved"),
        ("merge", {"others": "231912050002"}, "merged"),
        ("split", {"others": "231912050002"}, "split"),
        ("close", {}, "closed"),
    ],
)
def test_every_event_can_be_entered(client, officer, body, act, given, kind):
    make_body("231912050002", division_id="440000")

    assert client.post(reverse("bodies:life", args=[SLUG, act]), ACT | given).status_code == 302

    assert BodyEvent.objects.get().kind == kind
    assert BodyEvent.objects.get().happened_on == date(2026, 1, 1)


def test_an_unknown_other_body_is_named_and_nothing_happens(client, officer, body):
    refused = client.post(reverse("bodies:life", args=[SLUG, "merge"]), ACT | {"others": "999"})

    assert refused.status_code == 422
    assert "999" in refused.content.decode()
    assert not BodyEvent.objects.exists()


def test_nobody_else_may_enter_events(client, body):
    client.force_login(make_member(Role.CITY_OFFICER))
    assert client.get(reverse("bodies:life", args=[SLUG, "rename"])).status_code == 403
    client.force_login(make_member(Role.PROVINCE_OFFICER, make_organisation(division="440000", name="省局二")))
    assert client.get(reverse("bodies:life", args=[SLUG, "dissolve"])).status_code == 404
