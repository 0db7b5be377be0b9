"""Lines of capability: from the catalogue, from the register, from a table."""

import io

import pytest
from django.urls import reverse

from zhunsheng.admission.licensing.selectors import applicant as applicants
from zhunsheng.admission.licensing.services import drafting, importing, lines, people
from zhunsheng.admission.licensing.tests.applicants import NOON, begin, make_applicant, pick
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import Role
from zhunsheng.platform.accounts.tests.factories import make_member, make_organisation
from zhunsheng.registry.bodies.models import ScopeLine
from zhunsheng.registry.catalogue.models import MethodParameter, StandardEdition, TestObject
from zhunsheng.registry.library.models import Entry, Version
from zhunsheng.registry.schedules.tests.builders import cadmium, line, workbook

pytestmark = pytest.mark.django_db


@pytest.fixture
def applicant():
    return make_applicant(lines=2)


def shown(application):
    return [
        (one.object_text, one.parameter_text, one.method_text, one.edition_id is not None)
        for one in application.lines.order_by("number")
    ]


def enter(one, application, **values):
    plain = {"object_name": "饮用水", "parameter_name": "lead", "method": "HJ700-2014"}
    return lines.enter_line(application_id=application.pk, by=one.clerk, at=NOON, **(plain | values))


def test_picked_lines_carry_the_catalogues_entries(applicant):
    made = begin(applicant)

    assert pick(applicant, made, 2) == 2
    assert pick(applicant, made, 2) == 0  # the same again adds nothing
    assert shown(made) == [
        ("生活饮用水", "铅", "HJ 700-2014", True), ("生活饮用水", "镉", "HJ 700-2014", True),
    ]  # fmt: skip


def test_methods_by_which_bodies_test_the_object_are_told_from_others(applicant):
    """The catalogue doesn't say for which objects a method is made: HJ 700 is of water, and of nothing else."""
    line, made = applicant.body.scope_lines.filter(parameter_text="铅")[0], begin(applicant)
    soil = TestObject.objects.exclude(pk=line.object_id)[0]
    ScopeLine.objects.filter(pk=line.pk).update(edition=StandardEdition.objects.get(code="HJ 700-2014"))

    of_water, of_soil = (applicants.offers(made, key, "铅", NOON.date()) for key in (line.object_id, soil.pk))

    assert "HJ 700-2014" in [one.code for one in of_water if one.usual]
    assert of_soil
    assert not any(one.usual for one in of_soil)


def test_the_picker_says_for_which_objects_the_provincial_library_has_a_method(applicant, client):
    line, made = applicant.body.scope_lines.filter(parameter_text="铅")[0], begin(applicant)
    ScopeLine.objects.all().update(edition=None)
    water, above, soil = (TestObject.objects.get(name=name) for name in ("生活饮用水", "水", "土壤"))
    method = MethodParameter.objects.get(parameter__name="铅", method__edition__code="HJ 700-2014").method
    plain = {"method": method, "parameter_id": line.parameter_id, "edition": method.edition}
    publish_version(object=above, object_name=above.name, **plain)

    asked = {"object": water.name, "q": "铅"}
    (of_water,), (of_soil,) = (
        [one for one in applicants.offers(made, key, "铅", NOON.date()) if one.code == "HJ 700-2014"]
        for key in (water.pk, soil.pk)
    )
    assert (of_water.made, of_water.usual, of_water.objects) == (True, False, ("水",)), "what is above covers it"
    assert (of_soil.made, of_soil.objects) == (False, ("水",))

    client.force_login(applicant.clerk)
    page = reverse("licensing:application-part", args=[made.number, "capability"])
    shown = client.get(page, asked).content.decode()
    assert "省级参数库已收录" in row_of(shown, "HJ 700-2014")
    assert "请核对标准" not in row_of(shown, "HJ 700-2014")
    shown = client.get(page, asked | {"object": soil.name}).content.decode()
    assert "省级参数库收录的对象：" in row_of(shown, "HJ 700-2014")
    assert "请核对标准" in row_of(shown, "HJ 700-2014")


def row_of(page, code):
    """Return the row of the picker that offers a method."""
    return next(one for one in page.split("<tr>") if f"<code>{code}</code>" in one and "determinations" in one)


def publish_version(**told):
    """Write an entry of the provincial library that holds since last year."""
    house = make_organisation(division="440000", name="省局")
    officer = make_member(Role.PROVINCE_OFFICER, house)
    begun = NOON.date().replace(year=NOON.year - 1)
    plain = {"parameter_name": "铅", "method_code": "HJ 700-2014", "domain": "生态环境", "number": 1, "why": "公布"}
    with recorded(officer, "公布"):
        entry = Entry.objects.create(code="GDL-1", changed_on=begun, steward=house)
        return Version.objects.create(
            entry=entry, effective_from=begun, published_by=officer, published_at=NOON, **plain, **told
        )


def test_names_are_read_as_the_catalogue_reads_them(applicant):
    made = begin(applicant)

    enter(applicant, made)

    assert shown(made) == [("生活饮用水", "铅", "HJ 700-2014", True)]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"object_name": "月壤"}, "object"),
        ({"parameter_name": "硒酸"}, "parameter"),
        ({"method": "Q/ABC 1-2026"}, "method"),
        ({"method": " "}, "method"),
    ],
)
def test_what_the_catalogue_lacks_is_refused_at_its_field(applicant, wrong, field):
    with pytest.raises(lines.ApplicationRefused) as refused:
        enter(applicant, begin(applicant), **wrong)

    assert refused.value.field == field
    assert refused.value.remedy


def test_a_line_outside_the_catalogue_is_taken_when_it_is_said_so(applicant):
    made = begin(applicant)

    enter(applicant, made, method="Q/ABC 1-2026", outside=True)

    assert shown(made) == [("生活饮用水", "铅", "Q/ABC 1-2026", False)]


def test_a_body_gives_up_lines_of_its_own_scope_only(applicant):
    other = make_applicant(number="231912050002")
    made = begin(applicant, "cancel_item")
    own = applicant.body.scope_lines.first()
    give = {"application_id": made.pk, "act": "give_up", "by": applicant.clerk, "at": NOON}

    assert lines.take_from_scope(scope_line_ids=[own.pk, other.body.scope_lines.first().pk], **give) == 1
    assert lines.take_from_scope(scope_line_ids=[own.pk], **give) == 0
    with pytest.raises(lines.ApplicationRefused):
        lines.take_from_scope(scope_line_ids=[own.pk], **(give | {"act": "replace"}))


def test_with_several_sites_a_line_says_where(applicant):
    made = begin(applicant)
    people.save_site(application_id=made.pk, code="B", address="佛山", by=applicant.clerk, at=NOON)

    with pytest.raises(lines.ApplicationRefused) as refused:
        pick(applicant, made)

    assert refused.value.field == "site"
    assert pick(applicant, made, site_id=made.sites.get(code="B").pk) == 1


def read(one, application, path, **values):
    return importing.import_table(
        application_id=application.pk, content=io.BytesIO(path.read_bytes()), name=path.name, by=one.clerk, at=NOON,
        **values,
    )  # fmt: skip


def test_a_capability_table_is_taken_row_by_row_and_the_bad_rows_are_named(applicant, tmp_path):
    made = begin(applicant)
    rows = [line(), cadmium(), cadmium(), line(parameter="自创参数甲乙丙"), line(method="")]

    found = read(applicant, made, workbook(tmp_path / "table.xlsx", rows))

    assert (found.added, found.marked) == (2, 0)
    assert [one.row for one in found.errors] == [5, 6, 7]
    assert all(one.reason and one.remedy for one in found.errors)
    assert len(shown(made)) == 2


def test_unknown_texts_of_a_table_are_taken_as_marked_lines_when_asked_for(applicant, tmp_path):
    made = begin(applicant)

    found = read(applicant, made, workbook(tmp_path / "t.xlsx", [line(parameter="自创参数甲乙丙")]), keep_unknown=True)

    assert (found.added, found.marked, found.errors) == (1, 1, [])


def test_the_same_table_again_adds_nothing(applicant, tmp_path):
    made, path = begin(applicant), workbook(tmp_path / "table.xlsx", [line(), cadmium()])
    read(applicant, made, path)

    again = read(applicant, made, path)

    assert (again.added, again.known) == (0, 2)


def test_a_file_that_is_no_table_changes_nothing(applicant, tmp_path):
    made, path = begin(applicant), tmp_path / "x.csv"
    path.write_text("only,words\n", encoding="utf-8")

    with pytest.raises(drafting.ApplicationRefused.__mro__[1]):
        read(applicant, made, path)
    assert shown(made) == []
