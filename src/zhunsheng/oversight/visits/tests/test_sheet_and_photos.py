"""What devices send: once, never over another's writing, photographs as they were captured."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from zhunsheng.oversight.visits import services
from zhunsheng.oversight.visits.models import Finding, Photo
from zhunsheng.oversight.visits.rules.days import Mark, marks_of, taken_on
from zhunsheng.oversight.visits.services import VisitRefused
from zhunsheng.oversight.visits.tests.factories import LATER, captured, change, jpeg, make_visit, make_world, take
from zhunsheng.platform.accounts.policy import NotAllowed
from zhunsheng.platform.accounts.tests.factories import NOON
from zhunsheng.platform.ledger.models import Entry


@pytest.fixture
def world(db):
    return make_world()


@pytest.fixture
def visit(world):
    return make_visit(world)


def send(visit, by, *changes):
    return services.take_changes(visit_id=visit.pk, changes=changes, by=by, at=NOON)


def test_a_change_that_comes_twice_counts_once(world, visit):
    item = visit.items.first()
    one = change(f"check:{item.pk}", {"verdict": "conforms", "note": ""})

    first, second = send(visit, world.leader, one)[0], send(visit, world.leader, one)[0]

    item.refresh_from_db()
    assert (first.pk, item.version) == (second.pk, 1)


def test_two_who_wrote_meet_and_both_are_kept(world, visit):
    key = f"check:{visit.items.first().pk}"
    send(visit, world.leader, change(key, {"verdict": "conforms", "note": ""}))

    (met,) = send(visit, world.second, change(key, {"verdict": "fails", "note": "缺校准证书"}))
    assert met.outcome == "conflict"
    assert met.held["values"]["verdict"] == "conforms"

    (settled,) = send(
        visit, world.second, change(key, {"verdict": "fails", "note": "缺校准证书"}, base=1, resolves=met.client_id)
    )
    met.refresh_from_db()
    assert settled.outcome == "applied"
    assert met.resolved_by == world.second


def test_a_finding_comes_into_being_on_the_device(world, visit):
    key = uuid4()
    values = {"code": "G08", "fact": "天平 B-03 校准过期 12 天", "violation": "VIO-INACCURATE-REPORT", "stands": "yes"}

    send(visit, world.leader, change(f"finding:{key}", values))

    made = Finding.objects.get(key=key)
    assert (made.number, made.code, made.stands) == (1, "G08", True)


@pytest.mark.parametrize(
    "wrong", [{"fact": ""}, {"code": "Z99"}, {"violation": "VIO-NOT-IN-THE-CATALOGUE"}, {"stands": "perhaps"}]
)
def test_a_finding_without_fact_or_of_unknown_kind_is_refused(world, visit, wrong):
    values = {"code": "G08", "fact": "事实", "violation": "", "stands": "yes"} | wrong

    (answer,) = send(visit, world.leader, change(f"finding:{uuid4()}", values))

    assert answer.outcome == "refused"
    assert not Finding.objects.exists()


def test_a_photograph_is_kept_once_and_sealed(world, visit):
    content = jpeg("2026-03-02")
    one = captured(content)
    before = Entry.objects.count()

    for _time in range(2):
        services.take_photo(
            visit_id=visit.pk, captured=one, upload=services.Upload("IMG_1.jpg", content), by=world.leader, at=LATER
        )

    made = Photo.objects.get()
    assert made.marks == []
    assert made.file.sha256 == one.sha256
    assert str(made.lat) == "23.129110"
    assert Entry.objects.count() == before + 1


def test_other_bytes_than_were_captured_are_refused(world, visit):
    with pytest.raises(VisitRefused, match="not the one"):
        take(visit, jpeg("2026-03-02"), world.leader, sha256="0" * 64)
    assert not Photo.objects.exists()


@pytest.mark.parametrize(
    ("content", "values"),
    [(jpeg("2026-03-01"), {}), (jpeg(), {"taken_at": NOON - timedelta(days=1)})],
    ids=["by its Exif", "by the device's clock"],
)
def test_a_photograph_of_another_day_is_marked(world, visit, content, values):
    assert Mark.OTHER_DAY in take(visit, content, world.leader, **values).marks


def test_nobody_but_the_inspectors_adds_photographs(world, visit):
    with pytest.raises(NotAllowed):
        take(visit, jpeg("2026-03-02"), world.manager)


def test_the_day_of_a_picture_is_read_from_its_exif():
    assert taken_on(jpeg("2026-03-02")) == date(2026, 3, 2)
    assert taken_on(jpeg()) is None
    assert taken_on(b"%PDF-1.7") is None
    assert taken_on(jpeg("2026-03-02")[:30]) is None


def test_an_older_file_without_exif_and_place_is_marked_as_such():
    day = date(2026, 3, 2)

    found = marks_of(on=day, last=day, exif=None, claimed=day, modified=day - timedelta(days=9), place=False)

    assert found == [Mark.NOT_CAPTURED_HERE, Mark.NO_PLACE]
