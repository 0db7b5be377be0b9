"""The severe list: entered from a penalty in force, once the rule is confirmed, with its end and early removal."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from zhunsheng.oversight.enforcement.models import LawConfirmation, SevereEntry
from zhunsheng.oversight.enforcement.services import CaseRefused, carrying_out, confirming, listing
from zhunsheng.oversight.enforcement.tests.factories import LATER, decided, filed, make_world
from zhunsheng.platform.accounts.models import Role
from zhunsheng.platform.accounts.policy import NotAllowed, SamePerson
from zhunsheng.platform.accounts.tests.factories import NOON, make_member
from zhunsheng.registry.credit.models import CreditEvent

pytestmark = pytest.mark.django_db
PAGE = "/enforcement/severe/"


@pytest.fixture(autouse=True)
def _plain(settings, tmp_path):
    settings.ZHUNSHENG_MFA_REQUIRED, settings.ZHUNSHENG_FILES = False, tmp_path


@pytest.fixture
def world():
    made = make_world()
    administrator = make_member(Role.SYSTEM_ADMINISTRATOR, made.authority)
    confirming.confirm(entry="SEVERE-LIST", text_seen="总局令第44号", by=administrator, at=NOON)
    return made


def entered(world):
    case = decided(world)
    return listing.enter(case_id=case.pk, words="出具虚假报告，情节严重", by=world.head, at=LATER)


def test_an_entry_stands_for_three_years_and_in_the_credit_file(client, world):
    made = entered(world)

    assert made.until == date(2029, 3, 12)
    assert CreditEvent.objects.filter(body=world.body, kind="severe_list").exists()
    page = client.get(f"/en{PAGE}")
    assert page.status_code == 200


def test_everybody_reads_who_stands_on_the_list_while_they_do(client, world):
    made, today = entered(world), timezone.localdate()
    row = SevereEntry.objects.filter(pk=made.pk)
    for since, until, shown in ((1, 9, False), (-9, 0, True), (-9, -1, False)):
        row.update(since=today + timedelta(days=since), until=today + timedelta(days=until))
        assert (world.body.name in client.get(PAGE).content.decode()) is shown
    row.update(until=today, removed_on=today, removed_why="满一年")
    assert world.body.name not in client.get(PAGE).content.decode()


def test_it_needs_a_confirmed_rule_and_a_penalty_in_force(world):
    case = filed(world)
    with pytest.raises(CaseRefused):
        listing.enter(case_id=case.pk, words="情节严重", by=world.head, at=NOON)
    administrator = make_member(Role.SYSTEM_ADMINISTRATOR, world.authority)
    held = LawConfirmation.objects.get()
    confirming.withdraw(confirmation_id=held.pk, why="条文有误", by=administrator, at=NOON)
    ready = decided(world)
    with pytest.raises(CaseRefused):
        listing.enter(case_id=ready.pk, words="情节严重", by=world.head, at=LATER)


def test_who_investigated_neither_enters_nor_removes(world):
    case = decided(world)
    both = make_member(Role.PROVINCE_OFFICER, world.authority, user=world.first)
    with pytest.raises(SamePerson):
        listing.enter(case_id=case.pk, words="情节严重", by=both, at=LATER)
    with pytest.raises(NotAllowed):
        listing.enter(case_id=case.pk, words="情节严重", by=world.lawyer, at=LATER)
    made = listing.enter(case_id=case.pk, words="情节严重", by=world.head, at=LATER)
    with pytest.raises(SamePerson):
        listing.remove(entry_id=made.pk, why="已改正", by=both, at=LATER + timedelta(days=400))


def test_it_is_removed_on_request_after_a_year_and_not_before(world):
    made = entered(world)
    with pytest.raises(CaseRefused):
        listing.remove(entry_id=made.pk, why="已改正", by=world.head, at=LATER + timedelta(days=364))

    removed = listing.remove(entry_id=made.pk, why="已改正并消除影响", by=world.head, at=LATER + timedelta(days=365))
    assert removed.removed_on == date(2027, 3, 12)
    with pytest.raises(CaseRefused):
        listing.remove(entry_id=made.pk, why="再次", by=world.head, at=LATER + timedelta(days=366))


def test_the_years_over_it_ends_by_itself(world):
    made = entered(world)

    assert listing.end_expired(LATER + timedelta(days=3 * 365 + 1)) == 0
    assert listing.end_expired(LATER + timedelta(days=3 * 365 + 3)) == 1
    made.refresh_from_db()
    assert made.removed_on is not None
    assert listing.end_expired(LATER + timedelta(days=3 * 365 + 4)) == 0


def test_a_decision_that_a_court_annuls_takes_its_entry_along(world):
    made = entered(world)
    carrying_out.serve(
        case_id=made.case_id, method="electronic", on=LATER.date(), words="签收", by=world.first, at=LATER
    )
    carrying_out.objected(
        case_id=made.case_id,
        way="court",
        outcome="annulled",
        on=LATER.date(),
        words="判决撤销",
        by=world.first,
        at=LATER,
    )

    made.refresh_from_db()
    assert made.removed_on == LATER.date()
