"""The table of signatories in a schedule's file: read, asked about, entered with its days, taken back."""

from datetime import date

import pytest

from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import Kind, Role
from zhunsheng.platform.accounts.tests.factories import NOON, TODAY, make_member, make_organisation
from zhunsheng.registry.bodies.models import Person, ScopeLine, Signatory
from zhunsheng.registry.schedules import selectors, services
from zhunsheng.registry.schedules.models import Question
from zhunsheng.registry.schedules.rules.signing import Meant, Staff, meant_by
from zhunsheng.registry.schedules.services.entering import NotReady
from zhunsheng.registry.schedules.tests.builders import body_with_certificate, handed_in, line, workbook

pytestmark = pytest.mark.django_db
WHY = "经核对原始附表"
HEADER = ["序号", "姓名", "职务/职称", "授权签字领域", "备注"]
FIRST, LAST = date(2023, 5, 1), date(2029, 4, 30)
"""The days of the factories' certificate."""


@pytest.fixture
def body():
    organisation = make_organisation(Kind.BODY, division="440106")
    return body_with_certificate(division_id="440106", organisation=organisation)


@pytest.fixture
def officer():
    return make_member(Role.PROVINCE_OFFICER, make_organisation(division="440000"))


def person(body, code, name, **values):
    with recorded(None, WHY):
        return Person.objects.create(body=body, code=code, name=name, **values)


def signing(*rows):
    """Return the rows of a sheet: a line of scope, then the table of signatories."""
    table = [[str(number), *row] for number, row in enumerate(rows, start=1)]
    return [line(), ["批准的授权签字人及领域"], HEADER, *table]


def read(body, tmp_path, *rows, name="a.xlsx", merges=()):
    return handed_in(body, workbook(tmp_path / name, signing(*rows), merges))


def enter(schedule, by, *, whole=True):
    services.start_entering(schedule_id=schedule.pk, whole=whole, by=by, at=NOON, why=WHY)
    return services.enter(schedule_id=schedule.pk, at=NOON)


def test_signatories_are_entered_with_the_certificates_days_who_and_why(body, officer, tmp_path):
    known = person(body, "P001", "李示范")

    done = enter(
        read(body, tmp_path, ("李示范", "高级工程师", "水质", ""), ("王示例", "工程师", "食品", "限理化")), officer
    )

    assert (done.signed, done.created) == (2, 1)
    held = {one.person.name: one for one in Signatory.objects.select_related("person")}
    assert held["李示范"].person == known
    assert {(one.valid_from, one.valid_to) for one in held.values()} == {(FIRST, LAST)}
    assert (held["王示例"].field, held["王示例"].remark) == ("食品", "限理化")
    made = held["王示例"].person
    assert (made.body, made.title, made.valid_from) == (body, "工程师", FIRST)
    kept = held["王示例"].history.get()
    assert (kept.history_user, kept.history_change_reason, kept.history_date) == (officer, WHY, NOON)


def test_merged_names_hold_for_all_their_fields(body, officer, tmp_path):
    rows = [("李示范", "高级工程师", "水质", ""), ("", "", "食品", ""), ("", "", "土壤", "")]

    enter(read(body, tmp_path, *rows, merges=["B6:B8", "C6:C8"]), officer)

    assert set(Signatory.objects.values_list("person__name", "field")) == {
        ("李示范", "水质"), ("李示范", "食品"), ("李示范", "土壤"),
    }  # fmt: skip


def test_the_same_file_and_the_same_rights_in_another_file_change_nothing(body, officer, tmp_path):
    first = enter(read(body, tmp_path, ("李示范", "", "水质", "")), officer)
    again = enter(first, officer)
    other = enter(read(body, tmp_path, ("李 示范", "", "水 质", ""), name="b.xlsx"), officer)

    assert (again.signed, other.signed) == (0, 0)
    assert (Person.objects.count(), Signatory.objects.count()) == (1, 1)
    assert (Person.history.count(), Signatory.history.count()) == (1, 1)


def test_a_right_that_was_taken_away_is_not_brought_back_by_a_file(body, officer, tmp_path):
    done = enter(read(body, tmp_path, ("李示范", "", "水质", "")), officer)
    with recorded(officer, WHY):
        right = Signatory.objects.get()
        right.valid_to = date(2025, 1, 1)
        right.save()

    again = enter(done, officer)

    assert (again.signed, again.ended, again.signing.get().entered) == (0, 1, False)
    assert Signatory.objects.get().valid_to == date(2025, 1, 1)


def test_namesakes_are_asked_about_and_one_answer_settles_them(body, officer, tmp_path):
    one, _other = person(body, "P001", "李示范"), person(body, "P002", "李示范")
    made = read(body, tmp_path, ("李示范", "", "水质", ""), ("李示范", "", "食品", ""))
    with pytest.raises(NotReady):
        services.start_entering(schedule_id=made.pk, whole=True, by=officer, at=NOON, why=WHY)
    question = selectors.open_questions(officer, TODAY).get()

    assert (question.kind, question.asked) == ("person", 2)
    assert [code for _pk, code, _name, _likely in selectors.options_of(question)] == ["P001", "P002"]
    services.decide(question_id=question.pk, answer=f"={one.pk}", body=None, by=officer, at=NOON, why=WHY)
    enter(made, officer)

    assert set(Signatory.objects.values_list("person__code", "field")) == {("P001", "水质"), ("P001", "食品")}
    later = read(body, tmp_path, ("李示范", "", "土壤", ""), name="b.xlsx")
    assert later.signing.get().person == one


def test_an_answer_may_name_another_person_by_code_or_somebody_new(body, officer, tmp_path):
    person(body, "P001", "李示范", valid_to=date(2020, 1, 1))
    other = person(body, "P009", "李示范甲")
    made = read(body, tmp_path, ("李示范", "", "水质", ""))
    question = Question.objects.get()
    assert question.reasons[0][1] == "has_left"

    decision, _settled = services.decide(
        question_id=question.pk, answer="P009", body=None, by=officer, at=NOON, why=WHY
    )
    enter(made, officer)
    assert Signatory.objects.get().person == other

    services.undo(decision_id=decision.pk, by=officer, at=NOON, why="认错人")
    assert not Signatory.objects.exists()
    assert Signatory.history.filter(history_type="-").count() == 1
    assert made.signing.get().doubts == 1

    services.decide(question_id=question.pk, answer="", body=None, by=officer, at=NOON, why=WHY)
    enter(made, officer)
    assert Signatory.objects.get().person.code.startswith("FB-")


def test_taking_back_leaves_rights_that_the_register_had_before(body, officer, tmp_path):
    person(body, "P002", "李示范")
    one = person(body, "P001", "李示范")
    with recorded(None, WHY):
        held = Signatory.objects.create(person=one, field="水质", valid_from=date(2022, 1, 1))
    made = read(body, tmp_path, ("李示范", "", "水质", ""))
    decision, _settled = services.decide(
        question_id=Question.objects.get().pk, answer="P001", body=None, by=officer, at=NOON, why=WHY
    )
    enter(made, officer)

    services.undo(decision_id=decision.pk, by=officer, at=NOON, why="认错人")

    assert Signatory.objects.get() == held


def test_a_row_without_name_or_field_is_refused_with_its_cell(body, tmp_path):
    made = read(body, tmp_path, ("", "工程师", "水质", ""), ("李示范", "", "", ""))

    assert [(one.row, one.column, one.code) for one in made.problems.order_by("row")] == [
        (6, "B", "name_missing"), (7, "D", "name_missing"),
    ]  # fmt: skip
    assert not made.signing.exists()


def test_good_signatories_are_entered_alone_where_a_person_is_in_doubt(body, officer, tmp_path):
    person(body, "P001", "李示范")
    person(body, "P002", "李示范")
    made = read(body, tmp_path, ("李示范", "", "水质", ""), ("王示例", "", "食品", ""))

    enter(made, officer, whole=False)

    assert Signatory.objects.get().person.name == "王示例"
    assert ScopeLine.objects.count() == 1


def test_the_page_names_the_person_and_the_question(body, officer, tmp_path, client):
    person(body, "P001", "李示范")
    person(body, "P002", "李示范")
    made = read(body, tmp_path, ("李示范", "高级工程师", "水质", ""))
    client.force_login(officer)

    page = client.get(f"/schedules/{made.pk}/").content.decode()
    question = client.get(f"/schedules/questions/{Question.objects.get().pk}/").content.decode()

    assert "授权签字领域" in page
    assert "存疑" in page
    assert "P002" in question
    assert "高级工程师 · 水质" in question


@pytest.mark.parametrize(
    ("name", "title", "expected"),
    [
        ("张 三", "", Meant(1)),
        ("赵六", "", Meant(None)),
        ("李四", "工程师", 3),
        ("王五五", "", 5),
    ],
)
def test_whom_a_name_means(name, title, expected):
    staff = [
        Staff(1, "张三", "", None), Staff(2, "李四", "", None), Staff(3, "李四", "工程师", None),
        Staff(5, "王五吾", "", None),
    ]  # fmt: skip
    found = meant_by(name, title, staff, date(2026, 3, 2))

    if isinstance(expected, Meant):
        assert found == expected
    else:
        assert found.person is None
        assert found.doubt is not None
        assert max(found.candidates, key=lambda one: one[1])[0] == expected
