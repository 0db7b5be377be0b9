"""Doubts: asked once, answered for all alike and for later files, taken back; entered all or nothing."""

from datetime import date

import pytest

from zhunsheng.platform.accounts.history import MissingReason, recorded
from zhunsheng.platform.accounts.models import Kind, Role
from zhunsheng.platform.accounts.policy import NotAllowed
from zhunsheng.platform.accounts.tests.factories import NOON, TODAY, make_member, make_organisation
from zhunsheng.registry.bodies import services as bodies
from zhunsheng.registry.bodies.models import ScopeLine
from zhunsheng.registry.bodies.tests.factories import make_body, make_certificate, make_line, make_site
from zhunsheng.registry.catalogue.models import Parameter, StandardEdition, TestObject
from zhunsheng.registry.schedules import selectors, services
from zhunsheng.registry.schedules.models import Decision, Question, ScheduleLine, Stage
from zhunsheng.registry.schedules.services.deciding import AlreadyDecided, UnknownEntry
from zhunsheng.registry.schedules.services.entering import NotReady
from zhunsheng.registry.schedules.tests.builders import body_with_certificate, cadmium, handed_in, line, workbook

pytestmark = pytest.mark.django_db
WHY = "经核对原始附表"


@pytest.fixture
def organisation():
    return make_organisation(Kind.BODY, division="440106")


@pytest.fixture
def body(organisation):
    return body_with_certificate(division_id="440106", organisation=organisation)


@pytest.fixture
def officer():
    return make_member(Role.PROVINCE_OFFICER, make_organisation(division="440000"))


@pytest.fixture
def clerk(organisation):
    return make_member(Role.BODY_CLERK, organisation)


@pytest.fixture
def doubtful(body, tmp_path):
    rows = [line(parameter="铅离子"), line(parameter="铅离子", method="HJ 700-2014"), cadmium()]
    return handed_in(body, workbook(tmp_path / "a.xlsx", rows))


def answer(question, text, by, body=None):
    return services.decide(question_id=question.pk, answer=text, body=body, by=by, at=NOON, why=WHY)


def test_the_same_text_in_the_same_context_is_asked_once_for_all_its_lines(doubtful, officer):
    question = selectors.open_questions(officer, TODAY).get()

    assert (question.text, question.asked) == ("铅离子", 2)
    assert doubtful.lines.filter(doubts=0).count() == 1
    assert doubtful.rule_version.startswith("schedules.acceptance 1.")


def test_one_answer_settles_all_alike_and_later_files_of_other_bodies(doubtful, officer, tmp_path):
    question = Question.objects.get()
    decision, settled = answer(question, "PB", officer)
    other = make_body("231912050002")
    make_certificate(other, "231912050002")
    later = handed_in(other, workbook(tmp_path / "b.xlsx", [line(parameter="铅 离子", object_no="3")]))

    lead = Parameter.objects.get(code="PB")
    assert settled == 2
    assert (decision.by, decision.why, decision.target_text) == (officer, WHY, "铅")
    assert set(doubtful.lines.values_list("parameter_id", flat=True)) == {lead.pk, Parameter.objects.get(code="CD").pk}
    assert later.lines.get().parameter == lead
    assert later.lines.get().parameter_decision == decision
    assert not selectors.open_questions(officer, TODAY).exists()


def test_the_same_text_under_another_object_is_another_question(doubtful, officer, body, tmp_path):
    handed_in(body, workbook(tmp_path / "b.xlsx", [line(object="土壤", parameter="铅离子", method="HJ 700-2014")]))

    assert Question.objects.filter(text="铅离子").count() == 2


def test_a_decision_is_taken_back_with_a_reason_and_its_lines_are_in_doubt_again(doubtful, officer):
    decision, _settled = answer(Question.objects.get(), "PB", officer)

    with pytest.raises(MissingReason):
        services.undo(decision_id=decision.pk, by=officer, at=NOON, why=" ")
    assert services.undo(decision_id=decision.pk, by=officer, at=NOON, why="认定有误") == 2

    decision.refresh_from_db()
    assert (decision.undone_by, decision.undone_why) == (officer, "认定有误")
    assert doubtful.lines.filter(doubts=1, parameter=None).count() == 2
    assert decision.history.count() == 2
    with pytest.raises(AlreadyDecided):
        services.undo(decision_id=decision.pk, by=officer, at=NOON, why="认定有误")
    answer(Question.objects.get(), "CD", officer)


def test_a_body_answers_for_its_own_files_only_and_teaches_nobody_else(doubtful, clerk, body, tmp_path):
    question = Question.objects.get()
    with pytest.raises(NotAllowed):
        answer(question, "PB", clerk)
    other = make_body("231912050002")
    make_certificate(other, "231912050002")
    theirs = handed_in(other, workbook(tmp_path / "b.xlsx", [line(parameter="铅离子")]))
    with pytest.raises(NotAllowed):
        answer(question, "PB", clerk, other)

    _decision, settled = answer(question, "PB", clerk, body)

    assert settled == 2
    assert theirs.lines.get().doubts == 1
    assert selectors.open_questions(clerk, TODAY).count() == 0


def test_an_answer_must_name_an_entry_or_keep_the_text(doubtful, officer):
    question = Question.objects.get()
    for wrong in ("没有这个参数", "=999999"):
        with pytest.raises(UnknownEntry):
            answer(question, wrong, officer)

    decision, settled = answer(question, "", officer)

    assert (decision.target, settled) == (None, 2)
    with pytest.raises(AlreadyDecided):
        answer(question, "PB", officer)


def test_a_decision_becomes_a_synonym_only_by_the_catalogues_own_right(doubtful, officer, clerk, body):
    decision, _settled = answer(Question.objects.get(), "PB", officer)
    with pytest.raises(NotAllowed):
        services.make_synonym(decision_id=decision.pk, by=clerk, at=NOON, why=WHY)

    outcome = services.make_synonym(decision_id=decision.pk, by=officer, at=NOON, why=WHY)

    assert outcome.created == 1
    assert Parameter.objects.get(code="PB").synonyms.filter(text="铅离子").exists()


def enter(schedule, by, whole=True):
    services.start_entering(schedule_id=schedule.pk, whole=whole, by=by, at=NOON, why=WHY)
    return services.enter(schedule_id=schedule.pk, at=NOON)


def test_a_file_with_doubts_is_not_entered_whole_but_its_good_lines_can_be(doubtful, officer, clerk):
    with pytest.raises(NotReady):
        enter(doubtful, officer)
    with pytest.raises(NotAllowed):
        enter(doubtful, clerk, whole=False)

    done = enter(doubtful, officer, whole=False)

    assert (done.stage, done.created) == (Stage.ENTERED, 1)
    scope = ScopeLine.objects.get()
    assert (scope.parameter.code, scope.edition.code, scope.method_year) == ("CD", "GB/T 5750.6-2023", 2023)
    assert scope.history.get().history_change_reason == WHY


def test_entering_again_and_the_same_file_again_change_nothing(body, officer, tmp_path):
    path = workbook(tmp_path / "a.xlsx", [line(), cadmium()])
    first = enter(handed_in(body, path), officer)
    with path.open("rb") as content:
        again, new = services.receive(
            body=body, name="other name.xlsx", content=content, whole=True, by=officer, at=NOON, why=""
        )

    second = enter(again, officer)

    assert (first.created, first.unchanged) == (2, 0)
    assert (new, again.pk) == (False, first.pk)
    assert (second.created, second.updated, second.unchanged) == (0, 0, 2)
    assert ScopeLine.history.count() == 2


def test_what_the_register_grants_already_in_other_words_is_not_entered_twice(body, officer, tmp_path):
    held = make_line(
        body.accreditations.get(), parameter=Parameter.objects.get(code="PB"),
        object=TestObject.objects.get(code="W-DRINK"),
        edition=StandardEdition.objects.get(code="GB/T 5750.6-2023"), method_base="GB/T 5750.6", method_year=2023,
        valid_from=date(2023, 10, 1), category="饮水", valid_to=date(2029, 4, 30),
    )  # fmt: skip

    done = enter(handed_in(body, workbook(tmp_path / "a.xlsx", [line(parameter="铅（Pb）的测定"), cadmium()])), officer)

    assert (done.created, done.updated + done.unchanged) == (1, 1)
    assert ScopeLine.objects.filter(parameter__code="PB").get().pk == held.pk


def test_a_decision_taken_back_after_entering_reaches_the_register(doubtful, officer, clerk, body):
    decision, _settled = answer(Question.objects.get(), "PB", officer)
    enter(doubtful, officer)
    assert ScopeLine.objects.filter(parameter__code="PB").count() == 2

    services.undo(decision_id=decision.pk, by=officer, at=NOON, why="认定有误")

    assert ScopeLine.objects.filter(parameter=None, parameter_text="铅离子").count() == 2


def test_reading_that_was_cut_off_goes_on_where_it_stopped(body, tmp_path, monkeypatch):
    from zhunsheng.registry.schedules.services import reading

    rows = [line(parameter_no=str(n), parameter="" if n % 5 == 0 else "铅", method=f"HJ 700-2014（{n}.1）")
            for n in range(1, 41)]  # fmt: skip
    monkeypatch.setattr(reading, "CHUNK", 10)

    class Killed(Exception):
        pass

    calls = []

    def killed(done, _total):
        calls.append(done)
        if len(calls) == 2:
            raise Killed

    path = workbook(tmp_path / "a.xlsx", rows)
    with path.open("rb") as content:
        made, _new = services.receive(body=body, name="a", content=content, whole=True, by=None, at=NOON, why="")
    with pytest.raises(Killed):
        services.read_schedule(schedule_id=made.pk, progress=killed)
    made.refresh_from_db()
    half = made.lines_total
    assert 0 < half < 32

    done = services.read_schedule(schedule_id=made.pk)

    assert (done.stage, done.lines_total, done.problem_count) == (Stage.READ, 32, 8)
    assert done.lines.count() == 32
    assert list(done.lines.order_by("position").values_list("row", flat=True)) == [n + 2 for n in range(1, 41) if n % 5]
    assert sorted(done.problems.values_list("row", flat=True)) == [n + 2 for n in range(5, 41, 5)]


def test_an_unreadable_file_is_refused_with_its_reason_kept(body, tmp_path):
    path = workbook(tmp_path / "a.xlsx", [["x"]], header=["甲", "乙"])

    done = handed_in(body, path)

    assert done.stage == Stage.REFUSED
    assert "参数名称" in done.refusal["params"]["columns"]
    assert not ScheduleLine.objects.exists()


def test_lines_stand_at_the_site_whose_heading_they_follow_and_an_unknown_site_refuses_them(body, tmp_path):
    site = make_site(body, "A", address="广州市天河区示范路1号")
    rows = [["检验检测场所地址：广州市天河区示范路1号"], line(), ["检验检测场所地址：别处2号"], cadmium()]

    done = handed_in(body, workbook(tmp_path / "a.xlsx", rows, ["A3:I3", "A5:I5"]))

    assert done.lines.get().site == site
    assert [(one.row, one.code) for one in done.problems.all()] == [(6, "unknown_site")]


def test_the_worker_reads_and_enters_what_waits(body, officer, tmp_path):
    with workbook(tmp_path / "a.xlsx", [line()]).open("rb") as content:
        made, _new = services.receive(body=body, name="a", content=content, whole=True, by=officer, at=NOON, why="")
    assert services.work_on_waiting(at=NOON) == 1
    services.start_entering(schedule_id=made.pk, whole=True, by=officer, at=NOON, why=WHY)
    assert services.work_on_waiting(at=NOON) == 1
    assert services.work_on_waiting(at=NOON) == 0

    assert ScopeLine.objects.count() == 1
    assert not Decision.objects.exists()


def test_a_line_that_was_given_up_is_not_brought_back_by_a_file_in_whatever_words(body, officer, tmp_path):
    path = workbook(tmp_path / "a.xlsx", [line(), cadmium()])
    first = enter(handed_in(body, path), officer)
    lead = ScopeLine.objects.get(parameter__code="PB")
    bodies.reduce_scope(body_id=body.pk, line_ids=[lead.pk], on=date(2025, 1, 1), by=officer, at=NOON, why=WHY)

    again = enter(first, officer)
    other = enter(
        handed_in(body, workbook(tmp_path / "b.xlsx", [line(parameter="铅（Pb）的测定"), cadmium()])), officer
    )

    assert (again.ended, again.unchanged, again.lines_entered) == (1, 1, 1)
    assert (other.ended, other.created, other.unchanged) == (1, 0, 1)
    assert ScopeLine.objects.get(parameter__code="PB").valid_to == date(2024, 12, 31)
    assert [one.entered for one in other.lines.order_by("position")] == [False, True]


def test_a_last_day_to_come_stays_and_one_of_the_old_certificate_follows_the_new(body, officer, tmp_path):
    first = enter(handed_in(body, workbook(tmp_path / "a.xlsx", [line(), cadmium()])), officer)
    lead = ScopeLine.objects.get(parameter__code="PB")
    bodies.reduce_scope(body_id=body.pk, line_ids=[lead.pk], on=date(2027, 1, 1), by=officer, at=NOON, why=WHY)
    with recorded(None, WHY):
        certificate = body.accreditations.get()
        certificate.valid_to = date(2031, 4, 30)
        certificate.save()

    enter(first, officer)

    ends = dict(ScopeLine.objects.values_list("parameter__code", "valid_to"))
    assert ends == {"PB": date(2026, 12, 31), "CD": date(2031, 4, 30)}


def test_what_was_given_up_under_the_certificate_before_is_granted_anew(body, officer, tmp_path):
    certificate = body.accreditations.get()
    make_line(certificate, valid_from=date(2017, 5, 1), valid_to=date(2022, 1, 1))

    done = enter(handed_in(body, workbook(tmp_path / "a.xlsx", [line()])), officer)

    assert (done.ended, done.created) == (0, 1)


def test_a_line_for_every_site_is_not_doubled_under_a_sites_heading(body, officer, tmp_path):
    make_site(body, "A", address="示范路1号")
    here, all_sites = ["检验检测场所地址：示范路1号"], ["检验检测场所地址：所有场所"]
    rows = [
        here,
        line(),
        line(parameter="镉", limitation="只做原子吸收"),
        all_sites,
        line(),
        cadmium(limitation="低浓度"),
    ]

    done = enter(handed_in(body, workbook(tmp_path / "a.xlsx", rows, ["A3:I3", "A6:I6"])), officer)
    again = enter(handed_in(body, workbook(tmp_path / "b.xlsx", [here, line()], ["A3:I3"])), officer)

    assert (done.created, done.covered, again.created, again.covered) == (3, 1, 0, 1)
    held = ScopeLine.objects.values_list("parameter__code", "site__code", "limitation")
    assert sorted(held, key=str) == [("CD", "A", "只做原子吸收"), ("CD", None, "低浓度"), ("PB", None, "")]
