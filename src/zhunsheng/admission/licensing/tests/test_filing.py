"""Choosing a route, signing, filing, withdrawing; and what is refused."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from zhunsheng.admission.licensing import law_book
from zhunsheng.admission.licensing.models import Application, Commitment, RouteBar, Step
from zhunsheng.admission.licensing.selectors import content, missing, signing
from zhunsheng.admission.licensing.services import attachments, drafting, filing, lines, people
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
from zhunsheng.foundation import signing as keys
from zhunsheng.foundation.workflow import IllegalMove
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.policy import NotAllowed
from zhunsheng.platform.accounts.rate import TooOften
from zhunsheng.platform.documents.errors import FileRefused
from zhunsheng.registry.bodies.services.keys import add_key
from zhunsheng.registry.bodies.tests.factories import SHANGHAI

pytestmark = pytest.mark.django_db


@pytest.fixture
def applicant():
    return make_applicant(lines=2)


def file(one, application, at=NOON):
    return filing.file_application(application_id=application.pk, by=one.clerk, at=at)


def sign(one, application, **values):
    plain = {"application_id": application.pk, "by": one.manager, "at": NOON, "password": PASSWORD}
    return filing.sign_commitment(**(plain | values))


def key_of(one, name):
    key = keys.generate_key()
    add_key(
        body_id=one.body.pk, key_id=name, public_key=keys.public_text(key), by=one.manager,
        at=NOON - timedelta(days=1), why="test",
    )  # fmt: skip
    return key


def lacking(application):
    return {one.field for one in missing.missing_of(application, TODAY)}


def test_a_complete_application_is_filed_with_its_digest_and_the_reason_of_its_route(applicant):
    made = complete(applicant)

    filed = file(applicant, made)

    assert (filed.stage, filed.filed_at) == ("filed", NOON)
    assert filed.digest == content.digest_of(filed)
    why = filed.explanations.get(about="route")
    assert why.outcome["chosen"] == "general"
    assert why.version
    assert why.words_zh
    assert {one["route"] for one in why.outcome["routes"]} >= {"general", "commitment"}
    assert list(filed.steps.order_by("pk").values_list("action", flat=True))[-2:] == ["sign", "file"]


def test_what_is_missing_is_told_all_at_once(applicant):
    made = begin(applicant)

    with pytest.raises(filing.Incomplete) as refused:
        file(applicant, made)

    fields = {one.field for one in refused.value.missing}
    assert {"contact", "route", "lines", "signature", "materials.equipment"} <= fields
    assert all(one.rule and one.version and one.remedy["zh"] for one in refused.value.missing)
    made.refresh_from_db()
    assert made.stage == "draft"


def test_filing_twice_is_one_filing(applicant):
    made = complete(applicant)
    file(applicant, made)

    again = file(applicant, made, NOON + timedelta(minutes=1))

    assert again.filed_at == NOON
    assert made.steps.filter(action="file").count() == 1
    assert made.clocks.count() == 1


@pytest.mark.parametrize(
    ("received", "last_day"),
    [  # State Council's notices: Spring Festival 2026 is 15 to 23 February, National Day 1 to 7 October; art. 32 APL
        (datetime(2026, 2, 13, 10, tzinfo=SHANGHAI), "2026-02-27"),
        (datetime(2026, 9, 29, 10, tzinfo=SHANGHAI), "2026-10-12"),
    ],
)
def test_the_limit_of_acceptance_runs_from_filing_in_working_days(applicant, received, last_day):
    made = complete(applicant, at=received)

    filed = file(applicant, made, received)
    filed.refresh_from_db()

    assert (filed.clock, str(filed.due_on)) == ("T1", last_day)


def test_a_change_after_signing_needs_a_new_signature(applicant):
    made = complete(applicant)
    assert "signature" not in lacking(made)

    drafting.save_part(application_id=made.pk, content={"reasons": "改了"}, by=applicant.clerk, at=NOON)
    made.refresh_from_db()

    assert "signature" in lacking(made)
    sign(applicant, made)
    assert "signature" not in lacking(made)
    assert Commitment.objects.filter(application=made).count() == 2


def test_a_new_version_of_the_text_is_signed_before_filing_and_asks_nothing_of_what_is_filed(applicant, monkeypatch):
    other = make_applicant(number="231912050002")
    signed, filed = complete(applicant), complete(other)
    file(other, filed)
    filed.refresh_from_db()
    entry = law_book.commitment_for(filed.route, TODAY)
    renewed = replace(
        entry, version=entry.version + 1, values={**entry.values, "zh": entry.values["zh"] + "特此声明。"}
    )
    monkeypatch.setattr(law_book, "commitment_for", lambda route, day: renewed)

    assert "signature" in lacking(signed)
    assert "signature" not in lacking(filed)
    Application.objects.filter(pk=filed.pk).update(reasons="改了")
    filed.refresh_from_db()
    assert "signature" in lacking(filed)


def test_only_the_bodys_manager_signs_and_with_the_right_password(applicant):
    made = complete(applicant, signed=False)

    with pytest.raises(NotAllowed):
        sign(applicant, made, by=applicant.clerk)
    with pytest.raises(filing.NotSigned) as refused:
        sign(applicant, made, password="wrong")
    assert refused.value.field == "password"
    assert not Commitment.objects.exists()
    kept = sign(applicant, made)
    assert (kept.level, kept.signed_by) == ("password", applicant.manager)
    assert kept.law.startswith("COMMITMENT-TRUTH 2.")
    assert "真实" in kept.text


def test_passwords_are_not_guessed_at_a_signature(applicant):
    made = complete(applicant, signed=False)

    for _attempt in range(filing.PASSWORDS_A_MINUTE):
        with pytest.raises(filing.NotSigned):
            sign(applicant, made, password="wrong")
    with pytest.raises(TooOften):
        sign(applicant, made)


def test_a_key_of_the_body_signs_the_canonical_content(applicant):
    made, key = complete(applicant, signed=False), key_of(applicant, "K1")
    message = signing.statement_of(made, TODAY).message

    with pytest.raises(filing.NotSigned) as refused:
        sign(applicant, made, key_id="K1", signature=keys.sign_text(key, message + b" "))
    assert refused.value.field == "signature"
    kept = sign(applicant, made, key_id="K1", signature=keys.sign_text(key, message))

    assert (kept.level, kept.key_id) == ("key", "K1")
    assert "signature" not in lacking(made)


def test_the_key_of_another_body_signs_nothing(applicant):
    key = key_of(make_applicant(number="231912050002"), "K2")
    made = complete(applicant, signed=False)
    signature = keys.sign_text(key, signing.statement_of(made, TODAY).message)

    with pytest.raises(filing.NotSigned):
        sign(applicant, made, key_id="K2", signature=signature)


def test_a_barred_route_is_refused_with_its_condition_and_article(applicant):
    made = begin(applicant)
    pick(applicant, made)
    with recorded(None, "test"):
        RouteBar.objects.create(
            organisation=applicant.organisation, condition="false_commitment", law="x", since=TODAY, reference="R1",
            words="承诺严重不实",
        )  # fmt: skip

    with pytest.raises(filing.RouteBarred) as refused:
        filing.choose_route(application_id=made.pk, route="commitment", by=applicant.clerk, at=NOON)

    assert refused.value.field == "route"
    assert refused.value.params["article"]
    assert filing.choose_route(application_id=made.pk, route="general", by=applicant.clerk, at=NOON).route == "general"


def test_a_second_open_application_for_the_same_lines_is_refused_and_logged(applicant):
    first = file(applicant, complete(applicant))
    second = complete(applicant)
    assert second != first

    with pytest.raises(filing.AlreadyApplied) as refused:
        file(applicant, second)

    assert refused.value.params["number"] == first.number
    assert Step.objects.filter(application=second, action="refused.file", inside=True).count() == 1
    lines.remove_lines(
        application_id=second.pk, line_ids=list(second.lines.values_list("pk", flat=True)), by=applicant.clerk, at=NOON
    )
    pick(applicant, second, 4)
    lines.remove_lines(
        application_id=second.pk, line_ids=[second.lines.order_by("number").first().pk], by=applicant.clerk, at=NOON
    )
    sign(applicant, second)
    assert file(applicant, second).stage == "filed"


def test_what_was_filed_is_not_changed_any_more(applicant):
    made = file(applicant, complete(applicant))
    give = {"application_id": made.pk, "by": applicant.clerk, "at": NOON}

    for attempt in (
        lambda: drafting.save_part(content={"contact": "x"}, **give),
        lambda: pick(applicant, made, 3),
        lambda: people.save_site(code="Z", address="z", **give),
        lambda: attachments.attach(material="other", content=PDF, name="x.pdf", **give),
        lambda: filing.choose_route(route="commitment", **give),
    ):
        with pytest.raises(drafting.Closed):
            attempt()
    assert Step.objects.filter(application=made, action__startswith="refused.").count() == 5
    made.refresh_from_db()
    assert made.digest == content.digest_of(made)


def test_an_application_is_withdrawn_with_a_reason_until_it_is_decided(applicant):
    made = file(applicant, complete(applicant))

    with pytest.raises(filing.ApplicationRefused):
        filing.withdraw(application_id=made.pk, why=" ", by=applicant.clerk, at=NOON)
    gone = filing.withdraw(application_id=made.pk, why="改走其他程序", by=applicant.clerk, at=NOON)

    gone.refresh_from_db()
    assert (gone.stage, gone.ended_at, gone.due_on) == ("withdrawn", NOON, None)
    assert not gone.clocks.filter(ended_on=None).exists()
    with pytest.raises(IllegalMove):
        filing.withdraw(application_id=made.pk, why="again", by=applicant.clerk, at=NOON)


def test_whoever_withdraws_a_commitment_takes_the_general_procedure_from_then_on(applicant):
    made = file(applicant, complete(applicant, route="commitment"))
    filing.withdraw(application_id=made.pk, why="条件未备齐", by=applicant.clerk, at=NOON)
    again = begin(applicant)
    pick(applicant, again)

    with pytest.raises(filing.RouteBarred):
        filing.choose_route(application_id=again.pk, route="commitment", by=applicant.clerk, at=NOON)
    bar = RouteBar.objects.get()
    assert (bar.condition, bar.reference, bar.until) == ("commitment_withdrawn", made.number, None)


def test_a_stranger_neither_edits_signs_files_nor_withdraws(applicant):
    other = make_applicant(number="231912050002")
    made = complete(applicant)

    for attempt in (
        lambda: file(other, made),
        lambda: sign(other, made),
        lambda: filing.withdraw(application_id=made.pk, why="x", by=other.clerk, at=NOON),
        lambda: drafting.save_part(application_id=made.pk, content={}, by=other.clerk, at=NOON),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    assert Application.objects.get(pk=made.pk).stage == "draft"
    assert Step.objects.filter(application=made, action__startswith="refused.", by=other.clerk).count() == 3


def test_a_program_is_no_material_and_a_file_is_kept_once(applicant):
    made = begin(applicant)
    give = {"application_id": made.pk, "material": "equipment", "by": applicant.clerk, "at": NOON}

    with pytest.raises(FileRefused):
        attachments.attach(content=b"MZ\x90\x00", name="list.pdf", **give)
    with pytest.raises(attachments.ApplicationRefused):
        attachments.attach(content=b"<svg xmlns='http://www.w3.org/2000/svg'/>", name="x.svg", **give)
    one = attachments.attach(content=PDF, name="list.pdf", **give)

    assert attachments.attach(content=PDF, name="again.pdf", **give) == one
    attachments.detach(application_id=made.pk, attachment_id=one.pk, by=applicant.clerk, at=NOON)
    assert attachments.attach(content=PDF, name="list.pdf", **give) != one
    assert [step.action for step in made.steps.order_by("pk")] == ["start", "attach", "detach", "attach"]


def test_after_a_correction_notice_the_application_is_mended_and_filed_again(applicant):
    made = file(applicant, complete(applicant))
    Application.objects.filter(pk=made.pk).update(stage="gaps")

    drafting.save_part(application_id=made.pk, content={"contact": "李工"}, by=applicant.clerk, at=NOON)
    with pytest.raises(filing.Incomplete):
        file(applicant, made)
    sign(applicant, made)
    made.clocks.update(ended_on=TODAY)
    assert file(applicant, made, NOON + timedelta(days=1)).stage == "filed"
