"""The pages of the room: handing in with progress, answering doubts, the health check, within each reader's reach."""

import io
import zipfile
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from zhunsheng.platform.accounts.models import Kind, Role
from zhunsheng.platform.accounts.tests.factories import make_member, make_organisation
from zhunsheng.registry.bodies.models import ScopeLine
from zhunsheng.registry.bodies.tests.factories import NOON, make_body, make_certificate, make_line
from zhunsheng.registry.catalogue.models import StandardEdition
from zhunsheng.registry.schedules import health, services
from zhunsheng.registry.schedules.models import Decision, Question, Schedule
from zhunsheng.registry.schedules.tests.builders import (
    CMA,
    body_with_certificate,
    cadmium,
    handed_in,
    line,
    workbook,
)  # fmt: skip

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation():
    return make_organisation(Kind.BODY, division="440106")


@pytest.fixture
def body(organisation):
    return body_with_certificate(division_id="440106", organisation=organisation, name="示范检测有限公司")


@pytest.fixture
def officer(client):
    person = make_member(Role.PROVINCE_OFFICER, make_organisation(division="440000"))
    client.force_login(person)
    return person


def text_of(response, status=200):
    assert response.status_code == status, response.content[:500]
    return response.content.decode()


def test_a_clerk_hands_in_follows_the_work_and_answers_but_cannot_enter(client, body, organisation, tmp_path):
    client.force_login(make_member(Role.BODY_CLERK, organisation))
    path = workbook(
        tmp_path / "附表.xlsx", [line(parameter="铅离子"), cadmium(), cadmium(parameter_no="1.3", method="")]
    )
    page = text_of(client.get(reverse("schedules:hand-in")))
    assert CMA in page

    with path.open("rb") as file:
        response = client.post(reverse("schedules:hand-in"), {"body": CMA, "file": file})

    schedule = Schedule.objects.get()
    assert response["Location"] == reverse("schedules:schedule", args=[schedule.pk])
    assert "every 1s" in text_of(client.get(reverse("schedules:state", args=[schedule.pk])))
    assert services.work_on_waiting(at=NOON) == 1
    assert client.get(reverse("schedules:state", args=[schedule.pk]))["HX-Refresh"] == "true"
    shown = text_of(client.get(reverse("schedules:schedule", args=[schedule.pk])))
    assert "依据标准（方法）为空" in shown
    assert "登记入册" not in shown
    errors = client.get(reverse("schedules:errors", args=[schedule.pk])).content
    assert [cell.value for cell in load_workbook(io.BytesIO(errors)).active[2]][1:3] == [5, "G"]
    question = Question.objects.get()
    assert "铅离子" in text_of(client.get(reverse("schedules:questions"), {"schedule": schedule.pk}))
    answer = {"answer": "other", "other": "PB", "why": "同一参数"}
    response = client.post(reverse("schedules:question", args=[question.pk]), answer)
    assert response["Location"] == reverse("schedules:questions")
    assert Decision.objects.get().body == body
    assert client.get(reverse("schedules:question", args=[question.pk])).status_code == 404
    entering = client.post(reverse("schedules:enter", args=[schedule.pk]), {"whole": "", "why": "x"})
    assert entering.status_code == 403


def test_an_officer_enters_the_good_lines_and_takes_a_decision_back(client, body, officer, tmp_path):
    schedule = handed_in(body, workbook(tmp_path / "a.xlsx", [line(parameter="铅离子"), cadmium()]), by=officer)
    refused = client.post(reverse("schedules:enter", args=[schedule.pk]), {"whole": "1", "why": "审查"})
    assert "存疑" in text_of(refused, 422)

    client.post(reverse("schedules:enter", args=[schedule.pk]), {"whole": "", "why": "审查通过"})
    services.work_on_waiting(at=NOON)

    assert ScopeLine.objects.get().parameter_text == "镉"
    question = Question.objects.get()
    client.post(reverse("schedules:question", args=[question.pk]), {"answer": "printed", "why": "按原文"})
    decision = Decision.objects.get()
    assert decision.body is None
    assert "铅离子" in text_of(client.get(reverse("schedules:decisions")))
    client.post(reverse("schedules:decision", args=[decision.pk]), {"why": "有误"})
    decision.refresh_from_db()
    assert decision.undone_by == officer


def test_what_another_body_handed_in_is_out_of_sight(client, body, tmp_path):
    schedule = handed_in(body, workbook(tmp_path / "a.xlsx", [line(parameter="铅离子")]))
    client.force_login(make_member(Role.BODY_CLERK, make_organisation(Kind.BODY, division="440106")))

    for name in ("schedule", "state", "errors", "enter"):
        assert client.get(reverse(f"schedules:{name}", args=[schedule.pk])).status_code == 404
    assert client.get(reverse("schedules:question", args=[Question.objects.get().pk])).status_code == 404
    assert client.get(reverse("schedules:body-health", args=[CMA])).status_code == 404
    assert "铅离子" not in text_of(client.get(reverse("schedules:questions")))


def test_the_health_of_other_bodies_is_out_of_sight_on_the_page_and_in_its_export(client, body):
    home = make_organisation(Kind.BODY, division="440106")
    make_line(make_certificate(make_body("231912050002", name="甲检测", organisation=home), "X"))
    make_line(body.accreditations.get())
    address = reverse("schedules:health")
    county = make_organisation(Kind.AUTHORITY, division="445122")

    for reader, seen in (
        (make_member(Role.BODY_MANAGER, home), True),
        (make_member(Role.COUNTY_OFFICER, county), False),
        (make_member(Role.EXPERT, make_organisation(Kind.AUTHORITY, division="440000")), False),
    ):
        client.force_login(reader)
        taken = b"".join(client.get(address, {"export": "csv"}).streaming_content).decode()
        for given in (text_of(client.get(address)), taken):
            assert "示范检测有限公司" not in given
            assert ("甲检测" in given) == seen


def test_whoever_may_not_enter_a_schedule_is_not_shown_the_form(client, body, tmp_path):
    schedule = handed_in(body, workbook(tmp_path / "a.xlsx", [line(parameter="铅离子")]))
    client.force_login(make_member(Role.AUDITOR, make_organisation(Kind.AUTHORITY, division="440000")))

    assert client.get(reverse("schedules:schedule", args=[schedule.pk])).status_code == 200
    assert client.get(reverse("schedules:enter", args=[schedule.pk])).status_code == 403


def test_nobody_unknown_sees_a_page(client, body):
    for name in ("list", "hand-in", "check", "health", "questions", "decisions"):
        assert client.get(reverse(f"schedules:{name}")).status_code == 302


def uploaded(client, path, **buttons):
    with path.open("rb") as file:
        return client.post(reverse("schedules:check"), {"file": file, **buttons})


def test_the_health_check_finds_what_is_outdated_doubled_undated_and_unknown_and_stores_nothing(
    client, body, officer, tmp_path
):
    rows = [
        line(method="GB/T 5750.6-2006"), line(parameter_no="1.2", parameter="镉", method="HJ 700"),
        line(parameter_no="1.3"), line(parameter_no="1.4"), line(parameter_no="1.5", parameter="全部参数"),
        line(parameter_no="1.6", parameter="没有的参数", method="GB 1-1990"),
    ]  # fmt: skip
    path = workbook(tmp_path / "附表.xlsx", rows)

    page = text_of(uploaded(client, path))

    for words in ("已由 GB/T 5750.6-2023 代替", "缺年号", "同一标准两个版本并存", "未列明参数", "参数未收入标准库",
                  "方法未收入标准库", "与第 5 行重复"):  # fmt: skip
        assert words in page, words
    assert not Schedule.objects.exists()
    book = load_workbook(io.BytesIO(uploaded(client, path, workbook="1").content))
    assert book.active["A2"].value == "标准已代替或废止"
    assert uploaded(client, path, letter="1").content.startswith(b"%PDF-")


def test_a_file_that_cannot_be_read_is_refused_beside_the_field(client, officer, tmp_path):
    path = tmp_path / "附表.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a", "b")

    assert "不是 XLSX 工作簿" in text_of(uploaded(client, path), 422)


def test_a_method_that_is_no_standard_of_the_catalogue_is_told_whether_or_not_it_has_a_year(
    client, officer, body, tmp_path
):
    rows = [
        line(method="无标准"),
        line(method="GB/T 57506", parameter_no="1.2"),
        line(method="GB/T 5750.6", parameter_no="1.3"),
    ]
    page = text_of(uploaded(client, workbook(tmp_path / "a.xlsx", rows)))

    table = page[page.index("待整改事项") :]
    assert table.count("方法未收入标准库") == 2
    assert table.count("无标准") == 1
    assert table.count("缺年号") >= 2


def test_the_health_of_a_stored_scope_names_outdated_lines_and_the_end_of_the_certificate(client, officer, body):
    today = timezone.localdate()
    certificate = body.accreditations.get()
    type(certificate).objects.filter(pk=certificate.pk).update(valid_to=today + timedelta(days=30))
    old = StandardEdition.objects.get(code="GB/T 5750.6-2006")
    make_line(certificate, edition=old, method_text=old.code, method_base="GB/T 5750.6", method_year=2006)
    make_line(certificate, parameter_text="镉", valid_to=date(2020, 1, 1))

    report = health.of_body(body, today=today)

    assert report.lines == 1
    assert list(report.counts)[:2] == ["outdated", "expiring"]
    page = text_of(client.get(reverse("schedules:body-health", args=[CMA])))
    assert "还有 30 天" in page
    assert client.get(reverse("schedules:body-health", args=[CMA]), {"export": "letter"}).content.startswith(b"%PDF-")
    assert client.get(reverse("schedules:body-health", args=[CMA]), {"export": "xlsx"}).status_code == 200


def test_bodies_with_outdated_standards_come_first_and_can_be_filtered(client, officer, body):
    sound = make_body("231912050002", name="甲检测", division_id="440106")
    make_line(make_certificate(sound, "X"), method_year=2023, method_base="GB/T 5750.6")
    old = StandardEdition.objects.get(code="GB/T 5750.6-2006")
    make_line(body.accreditations.get(), edition=old, method_base="GB/T 5750.6", method_year=2006)

    page = text_of(client.get(reverse("schedules:health")))

    assert page.index("示范检测有限公司") < page.index("甲检测")
    assert "甲检测" not in text_of(client.get(reverse("schedules:health"), {"outdated": "true"}))


@pytest.mark.parametrize("name", ["list", "questions", "decisions", "health"])
def test_lists_take_a_constant_number_of_queries(client, officer, body, tmp_path, django_assert_max_num_queries, name):
    rows = [
        line(parameter=f"未知参数甲{letter}", parameter_no=f"1.{n}") for n, letter in enumerate("乙丙丁戊己庚辛壬癸子")
    ]
    handed_in(body, workbook(tmp_path / "a.xlsx", rows[:1]))
    client.get(reverse(f"schedules:{name}"))
    for number in range(8):
        handed_in(body, workbook(tmp_path / f"{number}.xlsx", rows[: number + 2]))
        make_line(make_certificate(make_body(f"B{number}", division_id=body.division_id), f"C{number}"))
    question = Question.objects.first()
    services.decide(question_id=question.pk, answer="PB", body=None, by=officer, at=NOON, why="x")

    with django_assert_max_num_queries(12):
        page = text_of(client.get(reverse(f"schedules:{name}")))
    assert "<tbody>" in page
    assert page.count("<tr") > 1
