"""An untrue commitment, confirmed by who did not verify it, ends what it was granted for."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from zhunsheng.admission.licensing.lifecycle import Finding, Route
from zhunsheng.admission.licensing.models import RouteBar, Verification
from zhunsheng.admission.licensing.selectors.routing import bars_of
from zhunsheng.admission.licensing.services import hearings, revoking, verifications
from zhunsheng.admission.licensing.services.refusals import ApplicationRefused
from zhunsheng.admission.licensing.tests.verified import World
from zhunsheng.foundation.errors import DomainError
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.policy import NotAllowed, SamePerson
from zhunsheng.platform.accounts.tests.factories import NOON
from zhunsheng.registry.bodies.models import ScopeLine
from zhunsheng.registry.bodies.selectors import body_as_of, certificate_in_force, scope_on
from zhunsheng.registry.bodies.tests.factories import make_certificate, make_line
from zhunsheng.registry.credit.models import CreditEvent

pytestmark = pytest.mark.django_db
DECIDED, LATER = date(2026, 3, 2), NOON + timedelta(days=40)
FIRST_DAY = date(2026, 4, 11)


@pytest.fixture
def world():
    made = World()
    certificate = make_certificate(made.body, "231912050001")
    old = make_line(certificate, object_text="生活饮用水", parameter_text="铅", method_text="HJ 700-2014")
    new = make_line(
        certificate, object_text="生活饮用水", parameter_text="镉", method_text="HJ 700-2014", valid_from=DECIDED
    )
    made.old, made.new = old, new
    return made


def untrue(world, route=Route.COMMITMENT, kind="extension"):
    application = world.decided(route, kind)
    world.granted_line(application, world.new)
    task = verifications.open_verification(application_id=application.pk, by=world.decider, at=NOON)
    Verification.objects.filter(pk=task.pk).update(stage="open", finding=Finding.PENDING)
    found = verifications.record_finding(
        verification_id=task.pk, finding=Finding.UNTRUE, words="设备不存在", by=world.verifier, at=LATER
    )
    return heard(world, found)


def heard(world, task):
    """Return a task whose body has said that it has nothing to add, and was answered."""
    give = {"verification_id": task.pk, "at": LATER}
    if task.stage == "revoking":
        hearings.notify_untrue(**give, reasons="现场没有所承诺的设备", by=world.second)
        hearings.state(**give, words="", final=True, by=world.manager)
        hearings.answer_statement(**give, words="机构未提出意见。", by=world.second)
        hearings.examine_untrue(**give, lawful=True, words="事实清楚，程序合法。", by=world.legal)
        task.refresh_from_db()
    return task


def confirm(world, task, by=None, **changed):
    told = {"decision_no": "粤市监撤〔2026〕1号", "on": FIRST_DAY, "words": "承诺严重不实", "by": by or world.second}
    return revoking.confirm_untrue(verification_id=task.pk, at=LATER, **{**told, **changed})


def test_an_extension_by_an_untrue_commitment_loses_the_lines_it_was_granted_and_no_others(world):
    task = confirm(world, untrue(world))

    left = [one.parameter_text for one in scope_on(world.body, FIRST_DAY)]
    assert (task.stage, left) == ("closed", ["铅"])
    assert ScopeLine.objects.get(pk=world.new.pk).valid_to == FIRST_DAY - timedelta(days=1)
    event = CreditEvent.objects.get()
    assert (event.kind, event.recorded_by) == ("commitment_untrue", world.second)
    bar = RouteBar.objects.get()
    assert (bar.condition, bar.until, bar.reference) == ("false_commitment", None, "粤市监撤〔2026〕1号")
    assert bars_of(world.laboratory.pk, FIRST_DAY) == {"false_commitment"}


def test_a_first_grant_by_an_untrue_commitment_is_revoked(world):
    confirm(world, untrue(world, kind="first"))

    assert certificate_in_force(body_as_of(world.body, FIRST_DAY)) is None
    assert certificate_in_force(body_as_of(world.body, FIRST_DAY - timedelta(days=1))) is not None


def test_an_untrue_filing_leaves_the_certificate_and_bars_declaring_for_a_year(world):
    confirm(world, untrue(world, Route.CHANGE_FILING, "name"))

    assert certificate_in_force(body_as_of(world.body, FIRST_DAY)) is not None
    bar = RouteBar.objects.get()
    assert (bar.condition, bar.since, bar.until) == ("untrue_declaration", FIRST_DAY, date(2027, 4, 11))
    assert bars_of(world.laboratory.pk, date(2027, 4, 12)) == frozenset()


def test_who_verified_does_not_confirm_and_a_reviewer_may_not(world):
    task = untrue(world)
    with pytest.raises(NotAllowed):
        confirm(world, task, by=world.verifier)
    Verification.objects.filter(pk=task.pk).update(found_by=world.second)
    with pytest.raises(SamePerson):
        confirm(world, task)


def test_when_the_certificate_refuses_nothing_is_held_against_the_body(world):
    task = untrue(world)

    with pytest.raises(DomainError):
        confirm(world, task, on=FIRST_DAY + timedelta(days=30))  # a day ahead
    with recorded(None, "test data"):
        ScopeLine.objects.filter(pk=world.new.pk).delete()
    with pytest.raises(ApplicationRefused):
        confirm(world, task)

    assert Verification.objects.get().stage == "examined"
    assert not CreditEvent.objects.exists()
    assert not RouteBar.objects.exists()


@pytest.mark.parametrize("empty", ["decision_no", "words"])
def test_a_confirmation_names_its_decision_and_its_reasons(world, empty):
    with pytest.raises(ApplicationRefused) as refused:
        confirm(world, untrue(world), **{empty: " "})
    assert refused.value.field == empty


def test_the_deciding_officer_confirms_on_the_page(client, world):
    task = untrue(world)
    client.force_login(world.second, "django.contrib.auth.backends.ModelBackend")
    assert "能力附表" in client.get(reverse("licensing:verification", args=[task.pk])).content.decode()

    given = {"decision_no": "撤2", "on": "2026-04-11", "words": "承诺严重不实"}
    answer = client.post(reverse("licensing:verification-act", args=[task.pk, "confirm"]), given)

    assert answer.status_code == 302
    assert Verification.objects.get().stage == "closed"
