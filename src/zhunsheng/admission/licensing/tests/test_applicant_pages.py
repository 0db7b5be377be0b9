"""The applicant's pages: the form page by page, without scripts; what others see of it."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from zhunsheng.admission.licensing.models import Application, Gap
from zhunsheng.admission.licensing.selectors import missing, progress
from zhunsheng.admission.licensing.services import attachments, drafting, filing, people
from zhunsheng.admission.licensing.tests.applicants import (
    NOON,
    PASSWORD,
    PDF,
    TODAY,
    begin,
    complete,
    make_applicant,
    pick,
)
from zhunsheng.foundation.identifiers import IdentifierError
from zhunsheng.platform.accounts.models import Role
from zhunsheng.platform.accounts.tests.factories import make_member, make_organisation
from zhunsheng.registry.catalogue.models import MethodParameter
from zhunsheng.registry.schedules.tests.builders import line, workbook

pytestmark = pytest.mark.django_db
LIST = "/licensing/applications/"
WHAT = {
    "applicant_name": "x", "uscc": "91440101MA59TEST0X", "address": "广州市天河区科学大道1号", "contact": "王工",
    "contact_phone": "020-12345678", "domain": "ecology", "field": "12", "sector": "05", "reasons": "新增金属项目",
    "special_food": "no", "within_capability": "yes", "substantive_change": "no",
}  # fmt: skip


@pytest.fixture
def applicant():
    return make_applicant(lines=2)


def at(application, part=""):
    return f"{LIST}{application.number}/{part and part + '/'}"


def test_a_body_goes_from_the_first_page_to_the_filed_application_by_plain_forms(applicant, client, tmp_path):
    client.force_login(applicant.manager)
    begun = client.post(f"{LIST}new/", {"kind": "extension"})
    made = Application.objects.get()
    assert begun["Location"] == at(made, "what")

    assert client.post(at(made, "what"), WHAT)["Location"] == at(made, "sites")
    assert client.get(at(made, "sites")).status_code == 200
    found = client.get(at(made, "capability"), {"object": "饮用水", "q": "铅"}).content.decode()
    assert "HJ 700-2014" in found
    assert "GB/T 5750.6-2006" not in found  # replaced
    chosen = MethodParameter.objects.get(parameter__code="CD", method__edition__code="HJ 700-2014").pk
    client.post(at(made, "capability"), {"do": "pick", "object": "生活饮用水", "determinations": [chosen]})
    table = SimpleUploadedFile("表.xlsx", workbook(tmp_path / "t.xlsx", [line(), line(parameter="")]).read_bytes())
    read = client.post(at(made, "capability"), {"do": "import", "file": table}).content.decode()
    assert "不予" not in read
    assert made.lines.count() == 2
    client.post(
        at(made, "people"), {"post": "signatory", "name": "陈签字", "title": "高级工程师", "fields_to_sign": "水质"}
    )
    assert client.post(at(made, "route"), {"route": "general"})["Location"] == at(made, "files")
    for material in ("equipment", "typical_report"):
        file = SimpleUploadedFile("a.pdf", PDF + material.encode(), content_type="application/pdf")
        assert client.post(at(made, "files"), {"material": material, "file": file}).status_code == 302
    assert "真实" in client.get(at(made, "commitment")).content.decode()
    assert client.post(at(made, "commitment"), {"agree": "on", "password": PASSWORD})["Location"] == at(made, "check")
    assert client.post(at(made, "check"))["Location"] == at(made)

    made.refresh_from_db()
    assert made.stage == "filed"
    shown = client.get(at(made)).content.decode()
    assert "已提交，待受理" in shown
    assert "5 个工作日" in shown
    assert client.get(at(made, "what"))["Location"] == at(made)


def step(made, part):
    found = missing.missing_of(made, TODAY)
    return next(one for one in progress.steps_of(made, found) if one.part == part)


def test_the_first_page_is_complete_only_when_every_question_that_is_asked_has_its_answer(applicant):
    made = begin(applicant)
    told = {name: value for name, value in WHAT.items() if name not in missing.questions_of(made.kind, TODAY)}
    drafting.save_part(application_id=made.pk, content=told, by=applicant.clerk, at=NOON)
    made.refresh_from_db()
    assert {one.field for one in step(made, "what").missing} == {"special_food", "within_capability"}

    answers = dict.fromkeys(missing.questions_of(made.kind, TODAY), False)
    drafting.save_part(application_id=made.pk, content=answers, by=applicant.clerk, at=NOON)
    made.refresh_from_db()

    assert step(made, "what").done


def test_a_renewal_is_asked_of_changes_and_an_extension_of_what_it_adds(applicant):
    """Criteria 2023, Art. 13: documents alone serve a renewal without substantive change, or few added items."""
    renewal, extension = (missing.questions_of(kind, TODAY) for kind in ("renewal", "extension"))

    assert ("substantive_change" in renewal, "within_capability" in renewal) == (True, False)
    assert ("substantive_change" in extension, "within_capability" in extension) == (False, True)


def test_an_untouched_page_that_may_stay_empty_is_optional_and_not_complete(applicant, client):
    made = begin(applicant)

    assert step(made, "people").state == "optional"
    assert not step(made, "people").done
    client.force_login(applicant.clerk)
    page = client.get(at(made, "people")).content.decode()
    assert "（选填）" in page
    assert "此处未填写" in page
    people.save_person(
        application_id=made.pk, post="signatory", name="陈签字", title="高级工程师", education="", fields="水质",
        site_id=None, remark="", leaves=False, person_id=None, by=applicant.clerk, at=NOON,
    )  # fmt: skip
    assert step(made, "people").done


def test_files_wait_for_the_route_that_says_which_are_asked(applicant):
    made = begin(applicant, "persons")
    attachments.attach(
        application_id=made.pk, material="appointment", content=PDF, name="a.pdf", by=applicant.clerk, at=NOON
    )
    assert step(made, "files").state == "waiting"

    filing.choose_route(application_id=made.pk, route="change_filing", by=applicant.clerk, at=NOON)
    made.refresh_from_db()

    assert step(made, "files").done


@pytest.mark.parametrize("written", ["12345", "81234567", "020-123", "请电联"])
def test_a_telephone_that_nobody_can_dial_is_refused_at_its_field(applicant, client, written):
    made = begin(applicant)
    client.force_login(applicant.clerk)

    answer = client.post(at(made, "what"), WHAT | {"contact_phone": written})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#id_contact_phone"' in page
    assert "020-81234567" in page
    made.refresh_from_db()
    assert made.contact_phone == ""


def test_the_service_refuses_such_a_telephone_too_and_keeps_a_good_one_in_one_form(applicant):
    made = begin(applicant)
    with pytest.raises(IdentifierError):
        drafting.save_part(application_id=made.pk, content={"contact_phone": "110"}, by=applicant.clerk, at=NOON)

    drafting.save_part(
        application_id=made.pk, content={"contact_phone": "(020) 8123 4567 转 801"}, by=applicant.clerk, at=NOON
    )

    made.refresh_from_db()
    assert made.contact_phone == "020-81234567 转 801"


@pytest.mark.parametrize(("language", "words"), [("", "05 环保"), ("/en", "05 environment")])
def test_every_sector_department_is_offered_by_name(applicant, client, language, words):
    made = begin(applicant)
    client.force_login(applicant.clerk)

    page = client.get(f"{language}{at(made, 'what')}").content.decode()

    choices = page.split('name="sector"')[1].split("</select>")[0]
    options = dict(re.findall(r'<option value="(\d\d)"[^>]*>\s*([^<]+?)\s*</option>', choices))
    assert len(options) == 35
    assert options["05"] == words
    assert all(name != code for code, name in options.items())


def test_the_list_of_what_is_missing_leads_to_each_page(applicant, client):
    made = begin(applicant)
    client.force_login(applicant.clerk)

    answer = client.post(at(made, "check"))

    page = answer.content.decode()
    assert answer.status_code == 422
    for part in ("what", "capability", "files", "route", "commitment"):
        assert f'href="{at(made, part)}"' in page
    assert "MAT-LINES" in page


def test_a_refusal_stands_at_its_field_with_the_remedy(applicant, client):
    made = begin(applicant)
    client.force_login(applicant.clerk)
    told = {"do": "enter", "object": "月壤", "parameter": "铅", "method": "HJ 700-2014"}

    answer = client.post(at(made, "capability"), told)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#id_line_object"' in page
    assert "项目参数库未收录“月壤”" in page
    assert client.post(at(made, "capability"), told | {"outside": "on"}).status_code == 302
    assert "项目参数库未收录" in client.get(at(made, "capability")).content.decode()


def test_a_stranger_finds_no_application_and_an_officer_does_not_edit_one(applicant, client):
    made = complete(applicant)
    filing.file_application(application_id=made.pk, by=applicant.clerk, at=NOON)
    for person in (
        make_applicant(number="231912050002").manager,
        make_member(Role.PROVINCE_OFFICER, make_organisation(division="440000")),
    ):
        client.force_login(person)
        assert client.get(at(made)).status_code == 404
        assert client.post(at(made, "what"), WHAT).status_code == 404
    client.logout()
    assert client.get(at(made)).status_code == 302


def test_a_signatory_reads_but_does_not_prepare(applicant, client):
    made = begin(applicant)
    client.force_login(make_member(Role.SIGNATORY, applicant.organisation))

    assert client.get(at(made)).status_code == 200
    assert client.get(at(made, "what"))["Location"] == at(made)
    assert client.post(at(made, "what"), WHAT).status_code == 403
    assert client.get(f"{LIST}new/").status_code == 403


def test_the_clerk_prepares_and_the_manager_signs(applicant, client):
    made = complete(applicant, signed=False)
    client.force_login(applicant.clerk)

    page = client.get(at(made, "commitment")).content.decode()
    assert 'name="password"' not in page
    assert client.post(at(made, "commitment"), {"agree": "on", "password": PASSWORD}).status_code == 403
    client.force_login(applicant.manager)
    assert 'name="password"' in client.get(at(made, "commitment")).content.decode()


def test_a_file_used_before_is_named_to_its_own_house_only(applicant, client):
    made, other = complete(applicant), make_applicant(number="231912050002")
    filing.file_application(application_id=made.pk, by=applicant.clerk, at=NOON)
    again, theirs = complete(applicant, signed=False), complete(other, signed=False)

    client.force_login(applicant.clerk)
    assert made.number in client.get(at(again, "files")).content.decode()
    client.force_login(other.clerk)
    assert made.number not in client.get(at(theirs, "files")).content.decode()
    file = theirs.attachments.first().pk
    assert client.get(at(theirs) + f"attached/{file}/").status_code == 200
    assert client.get(at(again) + f"attached/{file}/").status_code == 404


def test_a_correction_notice_leads_to_the_pages_to_mend(applicant, client):
    made = complete(applicant)
    filing.file_application(application_id=made.pk, by=applicant.clerk, at=NOON)
    Application.objects.filter(pk=made.pk).update(stage="gaps")
    Gap.objects.create(application=made, field="materials.equipment", words="缺设备表", remedy="补交", told_at=NOON)
    client.force_login(applicant.clerk)

    page = client.get(at(made)).content.decode()

    assert "缺设备表" in page
    assert f'href="{at(made, "files")}"' in page
    assert client.get(at(made, "files")).status_code == 200


@pytest.mark.parametrize(
    ("signed", "says", "not_"), [(True, "材料齐全且已签署", "重新签署"), (False, "签", "材料齐全且已签署")]
)
def test_what_is_to_be_done_agrees_with_what_is_missing(applicant, client, signed, says, not_):
    made = complete(applicant, signed=signed)
    Application.objects.filter(pk=made.pk).update(stage="gaps", filed_at=NOON)
    client.force_login(applicant.clerk)

    lead = client.get(at(made)).content.decode().split('<p class="zs-lead">')[1].split("</p>")[0]

    assert says in lead
    assert not_ not in lead


def test_a_barred_route_says_which_condition_bars_it(applicant, client):
    made = begin(applicant, "name")
    client.force_login(applicant.clerk)

    page = client.get(at(made, "route")).content.decode()

    assert "第十四条" in page
    answer = client.post(at(made, "route"), {"route": "commitment"})
    assert answer.status_code == 422
    made.refresh_from_db()
    assert made.route == ""


def test_what_a_key_signs_is_downloaded_as_it_is(applicant, client):
    made = complete(applicant, signed=False)
    client.force_login(applicant.manager)

    file = client.get(at(made, "to-sign"))

    assert file.content.startswith(b'{"application":"')


def test_sites_and_people_are_changed_and_taken_out(applicant, client):
    made = begin(applicant)
    client.force_login(applicant.clerk)
    client.post(at(made, "sites"), {"code": "B", "address": "佛山市"})
    site = made.sites.get(code="B")

    client.post(at(made, "sites") + f"?change={site.pk}", {"code": "B", "address": "佛山市南海区"})
    site.refresh_from_db()
    assert site.address == "佛山市南海区"
    pick(applicant, made, site_id=site.pk)
    refused = client.post(at(made, "sites") + f"{site.pk}/remove/", follow=True)
    assert refused.status_code in (400, 409, 422)
    client.post(at(made, "capability"), {"do": "remove", "lines": [made.lines.get().pk]})
    assert client.post(at(made, "sites") + f"{site.pk}/remove/").status_code == 302
    assert not made.sites.filter(code="B").exists()


def test_lines_of_the_register_are_searched_and_given_up(applicant, client):
    made = begin(applicant, "cancel_item")
    client.force_login(applicant.clerk)
    own = applicant.body.scope_lines.first()

    assert "GB/T 5750.6-2006" in client.get(at(made, "capability"), {"words": "铅"}).content.decode()
    client.post(at(made, "capability"), {"do": "take", "act": "give_up", "scope": [own.pk]})

    assert made.lines.get().scope_line == own


def test_ticks_are_kept_while_other_lines_are_looked_for_and_all_are_asked_for_together(client):
    applicant = make_applicant(lines=60)
    made = begin(applicant, "cancel_item")
    client.force_login(applicant.clerk)
    old = list(applicant.body.scope_lines.filter(method_text="GB/T 5750.6-2006").order_by("pk"))
    new = applicant.body.scope_lines.filter(method_text="GB/T 5750.6-2023").order_by("pk").first()

    look = {"do": "look", "act": "give_up", "words": "2006", "scope": [new.pk, old[0].pk, "x", 999]}
    page = client.post(at(made, "capability"), look, follow=True).content.decode()
    form = page[page.index("data-keeps-ticks") : page.index('value="take"')]
    assert "<form" not in form
    assert "</form>" not in form
    assert set(ticked(form)) == {new.pk, old[0].pk}
    assert "GB/T 5750.6-2023" in form[: form.index("zs-table")]

    link = f"?act=give_up&words=2006&spage=2&ticked={new.pk}"
    moved = client.post(at(made, "capability"), look | {"goto": link, "scope": [new.pk, old[0].pk]}, follow=True)
    assert moved.redirect_chain[0][0].endswith(f"&words=2006&spage=2&ticked={new.pk},{old[0].pk}#scope")
    chosen = ticked(moved.content.decode())
    assert set(chosen) == {new.pk, old[0].pk}

    client.post(at(made, "capability"), {"do": "take", "act": "give_up", "scope": chosen})
    assert set(made.lines.values_list("scope_line_id", flat=True)) == set(chosen)


def ticked(page: str) -> list[int]:
    return [int(key) for key in re.findall(r'name="scope" value="(\d+)"[^>]* checked', page)]


def test_the_list_asks_the_same_queries_however_many_applications(applicant, client):
    client.force_login(applicant.clerk)
    counts = []
    for kinds in (("extension",), ("renewal", "method_year", "cancel_item")):
        for kind in kinds:
            begin(applicant, kind)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(LIST).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert counts[0] <= 12


def test_an_export_names_stage_and_task(applicant, client):
    begin(applicant)
    client.force_login(applicant.clerk)

    file = b"".join(client.get(LIST, {"export": "csv"}).streaming_content).decode()

    assert "填报中" in file
    assert "ZR2026-0000001" in file
