"""What a device sends and no sheet can take: refused one by one with field and remedy, and the rest goes on."""

import json
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.utils import timezone

from zhunsheng.oversight.visits import services
from zhunsheng.oversight.visits.models import CheckItem
from zhunsheng.oversight.visits.services import VisitRefused
from zhunsheng.oversight.visits.services.items import item_for
from zhunsheng.oversight.visits.tests.factories import LATER, change, judge_all, make_visit, make_world, signature
from zhunsheng.platform.accounts.tests.factories import NOON
from zhunsheng.platform.refusals import sentence_and_remedy

pytestmark = pytest.mark.django_db
PNG = "data:image/png;base64,"
FINE = {"verdict": "conforms", "note": ""}


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def visit(world):
    made = make_visit(world)
    judge_all(made, world.leader)
    return made


def refused_beside_another(visit, by, bad, field):
    """Send a bad change with a good one behind it; assert that only the bad one is refused, and what is said of it."""
    with pytest.raises(VisitRefused) as refused:
        item_for(visit, bad.item).cleaned(bad.values)
    assert refused.value.field == field
    assert refused.value.remedy
    good = change(f"check:{visit.items.first().pk}", FINE | {"note": "其余照收"}, base=1)

    kept, other = services.take_changes(visit_id=visit.pk, changes=[bad, good], by=by, at=LATER)

    assert (kept.outcome, kept.why) == ("refused", sentence_and_remedy(refused.value)[:300])
    assert other.outcome == "applied"


@pytest.mark.parametrize(
    "item",
    [
        "check:999999999999", "check:0", "check:٣", "check:1; drop", "finding:1", f"finding:{'-' * 36}",
        f"finding:{'a' * 36}", "signature:nobody", "visit:1", "",
    ],
)  # fmt: skip
def test_an_item_of_no_sheet_is_refused(world, visit, item):
    refused_beside_another(visit, world.leader, change(item, FINE), "item")


@pytest.mark.parametrize(
    ("field", "value"), [("verdict", "perhaps"), ("verdict", ["fails"]), ("verdict", 1), ("note", "字" * 4001)]
)
def test_an_item_is_not_judged_by_odd_values(world, visit, field, value):
    key = f"check:{visit.items.last().pk}"

    refused_beside_another(visit, world.leader, change(key, FINE | {field: value}, base=1), field)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("fact", " "), ("fact", None), ("fact", "字" * 4001), ("code", "Z99"), ("violation", "VIO-NONE"),
        ("stands", "perhaps"), ("stands", {}),
    ],
)  # fmt: skip
def test_a_finding_is_not_made_of_odd_values(world, visit, field, value):
    values = {"code": "G08", "fact": "事实", "violation": "", "stands": "yes"}

    refused_beside_another(visit, world.leader, change(f"finding:{uuid4()}", values | {field: value}), field)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""), ("name", "字" * 61), ("post", "字" * 61), ("refusal", "字" * 301), ("objection", "字" * 4001),
        ("image", ""), ("image", PNG), ("image", f"{PNG}###"), ("image", f"{PNG}aGVsbG8="), ("image", f"{PNG}IyEvYmlu"),
        ("image", "data:image/gif;base64,R0lGODlh"), ("digest", "0" * 64), ("digest", ""),
        *(
            ("signed_at", moment)
            for moment in ("", "yesterday", "2026-02-30T10:00", "2026-03-02T25:00", "0001-01-01T00:00+14:00",
                           "9999-12-31T23:59-12:00")
        ),
    ],
)  # fmt: skip
def test_nobody_signs_by_odd_values(world, visit, field, value):
    refused_beside_another(visit, world.leader, signature(visit, "body", **{field: value}), field)


def test_an_inspectors_refusal_to_sign_names_its_field(world, visit):
    refused_beside_another(visit, world.leader, signature(visit, "leader", refusal="不愿意"), "refusal")


def test_a_moment_without_a_time_zone_is_the_installations(world, visit):
    sent = signature(visit, "leader", signed_at="2026-03-02T14:00:00")

    (kept,) = services.take_changes(visit_id=visit.pk, changes=[sent], by=world.leader, at=LATER)

    assert kept.outcome == "applied"
    assert visit.signatures.get(side="leader").signed_at == datetime(2026, 3, 2, 6, 0, tzinfo=UTC)  # China is UTC+8


@pytest.mark.parametrize(
    ("sent", "stands"), [("a\0b", "a\ufffdb"), ("half \ud83d", "half \ufffd"), (float("nan"), "nan"), (["a"], "['a']")]
)
def test_what_no_database_keeps_as_it_is_is_kept_as_text(world, visit, sent, stands):
    item = visit.items.first()
    one = change(f"check:{item.pk}", FINE | {"note": sent}, base=1)

    (kept,) = services.take_changes(visit_id=visit.pk, changes=[one], by=world.leader, at=LATER)

    item.refresh_from_db()
    kept.refresh_from_db()
    assert (kept.outcome, kept.values["note"], item.note) == ("applied", stands, stands)


@pytest.fixture
def device(client, world, monkeypatch):
    """Return the browser of the leading inspector on the day of the factories."""
    monkeypatch.setattr(timezone, "now", lambda: NOON)
    client.force_login(world.leader)
    return client


def post(device, visit, body):
    return device.post(f"/visits/sheet/{visit.number}/sync/", body, content_type="application/json")


@pytest.mark.parametrize("base", [-1, 10**30, "²", "１", None])
def test_an_odd_version_is_no_sheet(device, visit, base):
    one = {"id": str(uuid4()), "item": f"check:{visit.items.first().pk}", "base": base, "values": FINE}

    assert post(device, visit, json.dumps({"changes": [one], "known": {}})).status_code == 400


@pytest.mark.parametrize(
    "body", ["", "[]", "{}", '{"changes": [], "known": {"check:1": 1e400}}', "[" * 200_000], ids=lambda one: one[:20]
)
def test_a_broken_message_is_no_sheet(device, visit, body):
    assert post(device, visit, body).status_code == 400


@pytest.mark.parametrize("moment", ["2026-02-30T10:00", "0001-01-01T00:00+14:00"])
def test_a_change_written_at_no_moment_is_no_sheet(device, visit, moment):
    one = {"id": str(uuid4()), "item": "check:1", "base": 0, "values": FINE, "made_at": moment}

    assert post(device, visit, json.dumps({"changes": [one], "known": {}})).status_code == 400


@pytest.mark.parametrize("base", ["-1", "9" * 20, "²", "１", "", "x"])
def test_an_odd_version_of_a_plain_form_is_passed_over_and_the_rest_is_taken(device, visit, base):
    odd, good = (f"check:{row.pk}" for row in visit.items.order_by("place")[:2])
    sent: dict[str, object] = {"item": [odd, good]}
    for key, version in ((odd, base), (good, "1")):
        sent |= {f"{key}.id": str(uuid4()), f"{key}.base": version, f"{key}.verdict": "fails", f"{key}.note": "缺证书"}
    before = visit.changes.count()

    assert device.post(f"/visits/sheet/{visit.number}/", sent).status_code == 200

    assert visit.changes.count() == before + 1
    assert list(CheckItem.objects.filter(visit=visit, verdict="fails").values_list("pk", flat=True)) == [
        int(good.partition(":")[2])
    ]


@pytest.mark.parametrize("told", [":mine:", "x:mine:y", "mine"])
def test_an_odd_resolution_of_a_plain_form_changes_nothing(device, visit, told):
    before = visit.changes.count()

    assert device.post(f"/visits/sheet/{visit.number}/", {"resolve": told}).status_code == 200

    assert visit.changes.count() == before
