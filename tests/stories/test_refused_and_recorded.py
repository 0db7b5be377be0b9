"""What the field's abuses come to: refused or escalated, and always on a record that an auditor finds.

Each is tried once where rooms call one another (the service), and once by the page that offers the step.
"""

import json
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from zhunsheng.foundation.draws.sources import SourceRefused
from zhunsheng.foundation.workflow import IllegalMove
from zhunsheng.oversight.enforcement.rules.sanctions import Sanction
from zhunsheng.oversight.enforcement.services import CaseRefused, deciding, proposing
from zhunsheng.oversight.enforcement.tests import factories as cases
from zhunsheng.oversight.leads.models import Referral
from zhunsheng.oversight.leads.services import open_lead, referring
from zhunsheng.oversight.visits.services import VisitRefused, add_supplement
from zhunsheng.oversight.visits.tests import factories as visits
from zhunsheng.platform.accounts.models import AccessRecord, Role
from zhunsheng.platform.accounts.policy import SamePerson
from zhunsheng.platform.accounts.tests.factories import NOON, TODAY, make_member, make_organisation
from zhunsheng.platform.draws import services as draws
from zhunsheng.platform.draws.models import Draw
from zhunsheng.platform.draws.services.committing import NotCommittable
from zhunsheng.platform.draws.services.drawing import FrameChanged
from zhunsheng.platform.draws.tests import factories as lots
from zhunsheng.platform.ledger.models import Entry

pytestmark = pytest.mark.django_db
BEYOND = Sanction("CON-PQL57-BODY", Decimal(1_000_000), why="影响恶劣")


@pytest.fixture(autouse=True)
def _plain(settings, tmp_path):
    settings.ZHUNSHENG_MFA_REQUIRED = False
    settings.ZHUNSHENG_HOME, settings.ZHUNSHENG_FILES = tmp_path, tmp_path / "files"
    cache.clear()


def recorded(by, code):
    """Return the one record of a refusal, and hold who it names and what rule it gives."""
    found = AccessRecord.objects.get(subject_kind="refused")
    assert (found.user_id, found.why.partition("：")[0]) == (by.pk, code)
    return found


def posted(client, user, address, given=None, *, status, **more):
    """Post as somebody and hold the answer's status."""
    client.force_login(user)
    assert client.post(address, given or {}, **more).status_code == status


@pytest.fixture
def changed_draw():
    made = lots.make_draw()
    draws.enter_source(draw_id=made.pk, material=lots.SECRETS, by=lots.make_officer(), at=lots.EVENING)
    Draw.objects.filter(pk=made.pk).update(frame=made.frame.replace('"employer"', '""'))
    return made


def test_a_frame_changed_after_the_commitment(changed_draw, client):
    officer = lots.make_officer()
    with pytest.raises(FrameChanged):
        draws.draw(draw_id=changed_draw.pk, by=officer, at=lots.NIGHT)
    assert recorded(officer, "draw-frame-changed").subject_name == (
        f"platform.draws.services.drawing.draw draw_id={changed_draw.pk}"
    )

    AccessRecord.objects.all().delete()
    posted(client, officer, f"/draws/{changed_draw.number}/draw/", status=422)
    assert recorded(officer, "draw-frame-changed").subject_name == f"/draws/{changed_draw.number}/draw/"


def test_a_reveal_that_does_not_match(client):
    made, officer, wrong = lots.make_draw(), lots.make_officer(), {"a": "x" * 32}
    with pytest.raises(SourceRefused):
        draws.enter_source(draw_id=made.pk, material=wrong, by=officer, at=lots.EVENING)
    recorded(officer, "source-refused")
    assert made.entries.get().refused == "source-refused"

    AccessRecord.objects.all().delete()
    posted(client, officer, f"/draws/{made.number}/source/", wrong, status=422)
    recorded(officer, "source-refused")


def test_a_round_that_is_known_already(client):
    officer = lots.make_officer()
    late = {"source": "public_numbers", "reference": "福利彩票 2026023 期", "known_at": lots.NOON}
    with pytest.raises(NotCommittable):
        lots.make_draw(by=officer, **late)
    recorded(officer, "draw-not-committable")

    AccessRecord.objects.all().delete()
    made = lots.make_draw(by=officer)
    given = {"why": "秘密遗失", **late, "known_at": "2026-03-01T10:00"}
    posted(client, officer, f"/draws/{made.number}/again/", given, status=422)
    recorded(officer, "draw-not-committable")


def test_an_inspector_with_an_interest():
    world = visits.make_world()
    before = {"valid_from": TODAY - timedelta(days=900), "valid_to": TODAY - timedelta(days=400)}
    make_member(Role.BODY_CLERK, world.laboratory, user=world.second, **before)
    with pytest.raises(VisitRefused, match="interest"):
        visits.make_visit(world)
    recorded(world.leader, "visit-refused")


def test_a_lawyer_with_an_interest(client):
    case_world = cases.make_world()
    case = cases.proposed(case_world)
    held = {"valid_from": timezone.localdate() - timedelta(days=30)}
    make_member(Role.BODY_CLERK, case_world.laboratory, user=case_world.lawyer, **held)
    address, given = f"/enforcement/{case.number}/do/examine/", {"passes": "1", "words": "事实清楚"}
    posted(client, case_world.lawyer, address, given, status=422)
    assert recorded(case_world.lawyer, "case-refused").subject_name == address


def test_a_photograph_of_another_day_is_marked_and_other_bytes_are_refused(client):
    world = visits.make_world()
    visit = visits.make_visit(world)
    assert "other_day" in visits.take(visit, visits.jpeg("2026-03-01"), world.leader).marks
    with pytest.raises(VisitRefused):
        visits.take(visit, visits.jpeg("2026-03-02"), world.leader, sha256="0" * 64)
    recorded(world.leader, "visit-refused")

    AccessRecord.objects.all().delete()
    sent = {"id": str(uuid4()), "item": "visit", "sha256": "0" * 64, "takenAt": NOON.isoformat()}
    sent["file"] = SimpleUploadedFile("IMG_1.jpg", visits.jpeg("2026-03-02"), content_type="image/jpeg")
    address = reverse("visits:take-photo", args=[visit.number])
    posted(client, world.leader, address, sent, status=422)
    recorded(world.leader, "visit-refused")


@pytest.fixture
def signed():
    world = visits.make_world()
    visit = visits.make_visit(world)
    visits.judge_all(visit, world.leader)
    visits.sign_all(visit, world.leader)
    visit.refresh_from_db()
    assert visit.stage == "signed"
    return world, visit


def test_an_edit_of_a_signed_record(signed, client):
    world, visit = signed
    key = f"check:{visit.items.first().pk}"
    values = {"verdict": "conforms", "note": "改过的"}
    taken = visits.services.take_changes(
        visit_id=visit.pk, changes=[visits.change(key, values, base=1)], by=world.leader, at=NOON
    )
    assert [one.outcome for one in taken] == ["refused"]
    assert key in recorded(world.leader, "illegal-move").subject_name

    AccessRecord.objects.all().delete()
    sent = {"changes": [{"id": str(uuid4()), "item": key, "base": 1, "values": values}], "known": {}}
    address = reverse("visits:sync", args=[visit.number])
    posted(client, world.second, address, json.dumps(sent), status=200, content_type="application/json")
    assert recorded(world.second, "illegal-move").subject_name == address
    assert visit.items.get(pk=key.partition(":")[2]).note == "现场查看，符合"


def test_a_supplement_to_a_signed_record_is_no_refusal(signed):
    world, visit = signed
    with pytest.raises(IllegalMove):
        visits.services.start_visit(visit_id=visit.pk, by=world.leader, at=NOON)
    add_supplement(visit_id=visit.pk, words="补充照片", by=world.leader, at=NOON)
    assert not AccessRecord.objects.filter(subject_kind="refused").exists()


def test_a_referral_that_nobody_picks_up(client):
    province = make_organisation(division="440000")
    city = make_organisation(division="440100", parent=province)
    officer = make_member(Role.PROVINCE_OFFICER, province)
    lead = open_lead(
        source="alert", reference="1", matter="false_report", title="数据雷同", words="同一标识", body_id=None,
        subject="某某检测有限公司", by=None, at=NOON,
    )  # fmt: skip
    made = referring.refer(lead_id=lead.pk, receiver_id=city.pk, kind="assistance", words="请协查", by=officer, at=NOON)
    assert referring.escalate_overdue(NOON + timedelta(days=30)) == 1

    assert Entry.objects.filter(kind="referral.escalated").count() == 1
    assert Referral.objects.get(pk=made.pk).escalated_to == province
    client.force_login(officer)
    assert province.name in client.get(f"/leads/{lead.number}/").content.decode()


def test_a_penalty_beyond_the_benchmark(client):
    world = cases.make_world()
    case = cases.filed(world)
    with pytest.raises(CaseRefused):
        proposing.propose(case_id=case.pk, chosen={1: [BEYOND]}, words="终结", by=world.first, at=NOON)
    recorded(world.first, "case-refused")

    AccessRecord.objects.all().delete()
    name = f"1-{BEYOND.consequence}"
    given = {"words": "终结", f"{name}-on": "on", f"{name}-amount": "1000000", f"{name}-why": BEYOND.why}
    posted(client, world.first, f"/enforcement/{case.number}/propose/", given, status=422)
    assert "100000" in recorded(world.first, "case-refused").why


def test_deciding_ones_own_case(client):
    world = cases.make_world()
    make_member(Role.PROVINCE_OFFICER, world.authority, user=world.first)
    case = cases.to_decide(world)
    given = {"result": "punished", "words": "成立", "number": ""}
    with pytest.raises(SamePerson):
        deciding.decide(case_id=case.pk, by=world.first, at=cases.LATER, **given)
    recorded(world.first, "same-person")

    AccessRecord.objects.all().delete()
    posted(client, world.first, f"/enforcement/{case.number}/do/decide/", given, status=403)
    recorded(world.first, "same-person")


def test_an_auditor_lists_the_refusals_alone(client, changed_draw):
    officer = lots.make_officer()
    posted(client, officer, f"/draws/{changed_draw.number}/draw/", status=422)
    auditor = lots.make_officer(Role.AUDITOR)
    client.force_login(auditor)
    address = reverse("accounts:access")

    assert f"/draws/{changed_draw.number}/draw/" in client.get(address, {"kind": "refused"}).content.decode()
    assert f"/draws/{changed_draw.number}/draw/" not in client.get(address, {"kind": "read"}).content.decode()
