"""After a decision by commitment, declaration or filing: who is verified, by when, and what follows."""

from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhunsheng.admission.licensing.lifecycle import VERIFICATION, Finding, Route
from zhunsheng.admission.licensing.models import Application, Verification
from zhunsheng.admission.licensing.rules.lots import drawn, lot_of
from zhunsheng.admission.licensing.services import lots, verifications
from zhunsheng.admission.licensing.services.refusals import ApplicationRefused
from zhunsheng.admission.licensing.tests.verified import World
from zhunsheng.foundation.workflow import IllegalMove
from zhunsheng.platform.accounts.models import Role
from zhunsheng.platform.accounts.policy import NotAllowed, SamePerson
from zhunsheng.platform.accounts.tests.factories import NOON, make_member, make_organisation
from zhunsheng.platform.ledger import services as ledger
from zhunsheng.platform.ledger.models import Checkpoint, Entry
from zhunsheng.registry.credit import services as credit
from zhunsheng.registry.credit.models import CreditEvent, Obligation

NEXT_DAY = NOON + timedelta(days=1)


@pytest.fixture
def world(db):
    return World()


def opened(world, route=Route.COMMITMENT, **more):
    application = world.decided(route, more.pop("kind", "extension"), more.pop("number", "A-1"))
    return verifications.open_verification(application_id=application.pk, by=world.decider, at=NOON, **more)


def find(world, task, finding, by=None, words="现场核查记录"):
    return verifications.record_finding(
        verification_id=task.pk, finding=finding, words=words, by=by or world.verifier, at=NOON
    )


def graded(world, letter):
    credit.set_grade(
        body_id=world.body.pk, grade=letter, since=date(2026, 1, 1), basis="文件", reason="录入", by=None, at=NOON
    )


def test_every_commitment_is_verified_within_three_months_of_the_decision(world):
    task = opened(world)

    assert (task.stage, task.finding, task.rate) == ("open", Finding.PENDING, Decimal("1"))
    assert task.due_on == date(2026, 6, 2)  # decided on 2026-03-02; 2 June is a Tuesday
    assert task.law.startswith("VERIFY-COMMITMENT 1.")
    assert Obligation.objects.get().kind == "verify"


def test_a_day_beyond_the_announced_holidays_is_given_once_they_are(world):
    december = NOON.replace(year=2030, month=12, day=20)
    application = world.decided()
    Application.objects.update(decided_at=december)
    task = verifications.open_verification(application_id=application.pk, by=None, at=december)
    assert (task.stage, task.due_on) == ("open", None)  # three months end in 2031, whose holidays nobody knows
    assert verifications.reread_unannounced(at=december) == 0

    Application.objects.update(decided_at=NOON)  # as if the notice covered the day: 2 June 2026
    assert verifications.reread_unannounced(at=december) == 1
    assert {Verification.objects.get().due_on, Obligation.objects.get().due_on} == {date(2026, 6, 2)}


def test_a_lot_is_the_sha_256_of_purpose_seed_and_number_read_as_a_fraction():
    whole = int(sha256(f"zhunsheng-verification-lot/1\n{'ab' * 32}\nA-1".encode()).hexdigest(), 16)

    assert lot_of("ab" * 32, "A-1") == Decimal(whole * 10**12 // 2**256) / 10**12


def test_a_task_is_sealed_before_the_seed_of_its_lot_is_known(world):
    """The root of the log's first checkpoint of a later day, which covers the decision, is the seed."""
    task = opened(world, Route.SELF_DECLARATION, kind="method_year")
    assert Entry.objects.get(pk=task.entry).subject == verifications.sealed(task)
    ledger.seal_pending(NOON + timedelta(hours=1))

    assert lots.draw_lots(at=NOON + timedelta(hours=2)) == 0  # the day of the decision itself
    task.refresh_from_db()
    assert (task.stage, task.seed, task.lot) == ("waiting", "", None)
    with pytest.raises(IllegalMove):
        find(world, task, Finding.TRUE)

    assert lots.draw_lots(at=NEXT_DAY) == 0  # nothing was signed since, so the log is asked to sign
    ledger.seal_pending(NEXT_DAY)
    ledger.append(kind="another", subject="ab" * 32, body="x", at=NEXT_DAY)
    ledger.seal_pending(NEXT_DAY + timedelta(hours=1))
    assert lots.draw_lots(at=NEXT_DAY + timedelta(hours=2)) == 1

    task.refresh_from_db()
    signed = Checkpoint.objects.order_by("size")[1]
    assert (task.checkpoint, task.seed) == (signed.size, bytes(signed.root).hex())
    assert task.lot == lot_of(task.seed, "A-1")
    assert task.stage == ("open" if task.lot < task.rate else "closed")
    assert (task.stage == "open") == Obligation.objects.filter(kind="verify").exists()
    assert Entry.objects.filter(kind=lots.DRAWN, subject=lots.sealed(task)).exists()
    assert lots.draw_lots(at=NEXT_DAY + timedelta(hours=3)) == 0


def test_nobody_but_who_decides_opens_a_verification(world):
    application = world.decided(Route.COMMITMENT, "extension", "A-1")

    with pytest.raises(NotAllowed):
        verifications.open_verification(application_id=application.pk, by=world.verifier, at=NOON)


@settings(deadline=None)
@given(seed=st.text("0123456789abcdef", min_size=8, max_size=64), number=st.text(max_size=24))
def test_a_lot_lies_from_0_to_below_1_so_that_rate_1_draws_all_and_rate_0_none(seed, number):
    lot = lot_of(seed, number)

    assert drawn(lot, Decimal(1))
    assert not drawn(lot, Decimal(0))


def test_lots_fill_the_interval_evenly():
    lots = [lot_of("00" * 32, str(number)) for number in range(20_000)]
    tenths = [sum(int(lot * 10) == place for lot in lots) for place in range(10)]

    assert all(abs(count - 2000) < 6 * (20_000 * 0.1 * 0.9) ** 0.5 for count in tenths)


@pytest.mark.parametrize(("letter", "rate"), [("", "0.2"), ("A", "0.05"), ("B", "0.1"), ("C", "0.3"), ("D", "1")])
def test_declarations_are_sampled_by_grade(world, letter, rate):
    if letter:
        graded(world, letter)

    assert opened(world, Route.SELF_DECLARATION, kind="method_year").rate == Decimal(rate)


def test_what_is_not_drawn_is_closed_and_says_so(world):
    graded(world, "A")
    task = opened(world, Route.SELF_DECLARATION, kind="method_year")
    seed = next(one for one in map(str, range(1000)) if lot_of(one, "A-1") >= Decimal("0.05"))
    task.seed, task.lot = seed, lot_of(seed, "A-1")

    verifications.settle(task, chosen=drawn(task.lot, task.rate), by=None, at=NOON)

    assert (task.stage, task.finding, task.due_on) == ("closed", Finding.NOT_SAMPLED, None)
    assert not Obligation.objects.exists()


def test_opening_twice_is_opening_once_and_a_general_decision_is_not_verified(world):
    task = opened(world)

    again = verifications.open_verification(application_id=task.application_id, by=world.decider, at=NOON)
    assert again == task
    with pytest.raises(ApplicationRefused):
        opened(world, Route.GENERAL, number="A-2")


def test_a_true_commitment_closes_the_task_and_stands_in_the_credit_file(world):
    task = find(world, opened(world), Finding.TRUE)

    assert (task.stage, task.closed_by) == ("closed", world.verifier)
    assert CreditEvent.objects.get().kind == "commitment_true"
    assert Obligation.objects.get().discharged_at


def test_a_basically_true_commitment_is_rectified_within_thirty_working_days(world):
    task = find(world, opened(world), Finding.BASICALLY_TRUE)

    # 3 March is the first of 30 working days; 4 to 6 April are off: 3 March-3 April are 24, 7-10 are 28, 13, 14.
    assert (task.stage, task.rectify_until) == ("rectifying", date(2026, 4, 14))
    assert CreditEvent.objects.get().kind == "commitment_basically_true"
    done = verifications.accept_rectification(
        verification_id=task.pk, words="整改材料已核", by=world.verifier, at=NOON + timedelta(days=20)
    )
    assert done.stage == "closed"
    assert not Obligation.objects.filter(discharged_at=None).exists()


def test_an_untrue_commitment_is_no_event_until_somebody_else_has_decided(world):
    task = find(world, opened(world), Finding.UNTRUE)

    assert task.stage == "revoking"
    assert not CreditEvent.objects.exists()
    with pytest.raises(NotAllowed):
        verifications.return_finding(verification_id=task.pk, words="证据不足", by=world.verifier, at=NOON)
    back = verifications.return_finding(verification_id=task.pk, words="证据不足", by=world.second, at=NOON)
    assert (back.stage, back.finding, back.found_by) == ("open", Finding.PENDING, None)


def test_failed_rectification_may_be_found_untrue(world):
    task = find(world, opened(world), Finding.BASICALLY_TRUE)

    assert find(world, task, Finding.UNTRUE).stage == "revoking"


def test_who_decided_does_not_verify_and_who_verified_does_not_decide(world):
    task = opened(world)
    with pytest.raises(SamePerson):
        find(world, task, Finding.TRUE, by=world.decider)
    find(world, task, Finding.UNTRUE, by=world.second)
    with pytest.raises(SamePerson):
        verifications.return_finding(verification_id=task.pk, words="本人复核", by=world.second, at=NOON)


def test_nobody_from_elsewhere_and_not_the_body_itself_verifies(world):
    task = opened(world)
    strangers = [
        make_member(Role.REVIEWER, make_organisation(division="440300")),
        make_member(Role.BODY_MANAGER, world.laboratory),
    ]

    for person in strangers:
        with pytest.raises(NotAllowed):
            find(world, task, Finding.TRUE, by=person)
    assert Verification.objects.get().stage == "open"


@pytest.mark.parametrize("stage", [one for one in VERIFICATION.stages if "find_true" not in VERIFICATION.actions(one)])
def test_at_no_other_stage_is_anything_found_true(world, stage):
    task = opened(world)
    Verification.objects.update(stage=stage)

    with pytest.raises(IllegalMove):
        find(world, task, Finding.TRUE)


@pytest.mark.parametrize(("finding", "words"), [("true", "  "), ("perhaps", "记录")])
def test_a_finding_says_what_was_found(world, finding, words):
    task = opened(world)

    with pytest.raises(ApplicationRefused):
        find(world, task, finding, words=words)
