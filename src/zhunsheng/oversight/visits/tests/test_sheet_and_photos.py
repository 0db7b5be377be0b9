"""What devices send: once, never over another's writing, photographs as they were captured."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from zhunsheng.oversight.visits import services
from zhunsheng.oversight.visits.models import Finding, Photo
from zhunsheng.oversight.visits.rules.days import Mark, marks_of, taken_on
from zhunsheng.oversight.visits.rules.places import metres_away, metres_between
from zhunsheng.oversight.visits.selectors import record_content
from zhunsheng.oversight.visits.services import VisitRefused
from zhunsheng.oversight.visits.tests.factories import LATER, captured, change, jpeg, make_visit, make_world, take
from zhunsheng.platform.accounts.history import recorded
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


def at_site(visit, lat, lon, **change):
    with recorded(None, "test"):
        visit.body.sites.create(**{"code": f"S{lat}", "lat": lat, "lon": lon} | change)


@pytest.mark.parametrize(
    ("metres", "accuracy", "far"),
    [
        ("0.0", "12", False),
        ("0.0085", "12", False),
        ("0.0091", "5", True),
        ("0.0091", "200", False),
        ("1.5", "12", True),
    ],
    ids=["there", "945 m", "1012 m", "1012 m +- 200", "167 km"],
)  # fmt: skip
def test_a_photograph_far_from_every_site_is_marked_with_its_distance(world, visit, metres, accuracy, far):
    at_site(visit, "23.129110", "113.264385")
    at_site(visit, "10.0", "100.0")
    lat = str(Decimal("23.129110") + Decimal(metres))

    made = take(visit, jpeg("2026-03-02"), world.leader, lat=lat, accuracy=accuracy)

    assert (Mark.FAR_AWAY in made.marks) is far
    assert made.metres_away == round(Decimal(metres) * Decimal("111195.08"))
    assert f"距登记场所 {made.metres_away} 米" in record_content(visit)["photos"][0][3]


def test_a_site_that_was_given_up_and_one_without_a_place_say_nothing(world, visit):
    at_site(visit, "10.0", "100.0", valid_to=date(2026, 2, 1))
    at_site(visit, None, None)

    made = take(visit, jpeg("2026-03-02"), world.leader)

    assert (made.metres_away, made.marks) == (None, [])


def test_a_distance_is_that_of_the_great_circle():
    guangzhou, beijing = (Decimal("23.1291"), Decimal("113.2644")), (Decimal("39.9042"), Decimal("116.4074"))
    assert metres_between(guangzhou, beijing) == pytest.approx(1_888_000, rel=0.002)
    assert metres_between((Decimal(0), Decimal(179)), (Decimal(0), Decimal(-179))) == pytest.approx(222_390, rel=0.001)
    assert metres_away(None, [guangzhou]) is None
    assert metres_away(beijing, []) is None


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
