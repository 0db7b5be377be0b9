"""Keeping out of a case (回避): of oneself, or by the head's decision, with a successor and on record."""

import pytest

from zhunsheng.foundation.workflow import IllegalMove
from zhunsheng.oversight.enforcement.services import CaseRefused, investigating, proposing
from zhunsheng.oversight.enforcement.tests.factories import FINE, filed, make_world, proposed
from zhunsheng.platform.accounts.models import Role
from zhunsheng.platform.accounts.policy import NotAllowed, SamePerson
from zhunsheng.platform.accounts.tests.factories import NOON, make_member

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _plain(settings, tmp_path):
    settings.ZHUNSHENG_MFA_REQUIRED, settings.ZHUNSHENG_FILES = False, tmp_path


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def third(world):
    return make_member(Role.INSPECTOR, world.authority)


def aside(case, successor, by, **more):
    given = {"case_id": case.pk, "successor_id": successor.pk, "why": "配偶在当事人处任职", "by": by, "at": NOON}
    return investigating.step_aside(**given, **more)


def test_an_investigator_keeps_out_and_another_takes_the_place(world, third):
    case = aside(filed(world), third, world.first)

    assert (case.investigator, case.second) == (third, world.second)
    event = case.events.get(kind="step_aside")
    assert event.values == {"left": world.first.pk}
    assert "配偶" in event.words


def test_the_head_lets_somebody_keep_out_who_does_not_ask(world, third):
    case = aside(filed(world), third, world.head, leaving_id=world.second.pk)

    assert (case.investigator, case.second) == (world.first, third)


def test_a_colleague_sends_nobody_away(world, third):
    with pytest.raises(NotAllowed):
        aside(filed(world), third, world.first, leaving_id=world.second.pk)
    with pytest.raises(NotAllowed):
        aside(filed(world), third, world.manager, leaving_id=world.second.pk)


def test_only_investigators_of_the_case_keep_out_and_nobody_comes_twice(world, third):
    with pytest.raises(CaseRefused):
        aside(filed(world), third, world.head, leaving_id=world.lawyer.pk)
    with pytest.raises(CaseRefused):
        aside(filed(world), world.second, world.first)


def test_who_belongs_to_the_party_takes_no_place(world):
    former = make_member(Role.INSPECTOR, world.authority, user=world.manager)
    with pytest.raises(CaseRefused):
        aside(filed(world), former, world.first)


def test_once_the_penalty_is_proposed_it_is_too_late(world, third):
    with pytest.raises(IllegalMove):
        aside(proposed(world), third, world.first)


def test_who_kept_out_still_does_not_examine(world, third):
    case = filed(world)
    investigating.note(case_id=case.pk, words="询问", by=world.first, at=NOON)
    aside(case, third, world.first)
    proposing.propose(case_id=case.pk, chosen={1: [FINE]}, words="调查终结", by=third, at=NOON)
    former = make_member(Role.LEGAL_OFFICER, world.authority, user=world.first)

    with pytest.raises(SamePerson):
        proposing.examine(case_id=case.pk, passes=True, words="通过", by=former, at=NOON)


@pytest.mark.parametrize("who", ["first", "head"])
def test_the_page_offers_it_and_the_step_is_done_there(client, world, third, who):
    case = filed(world)
    client.force_login(getattr(world, who))
    page = client.get(f"/enforcement/{case.number}/").content.decode()
    assert "do/aside/" in page

    given = {"leaving": world.first.pk, "successor": third.pk, "why": "亲属"}
    assert client.post(f"/enforcement/{case.number}/do/aside/", given).status_code == 302
    case.refresh_from_db()
    assert case.investigator == third
