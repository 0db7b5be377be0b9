"""The assessors' sheet over the web: as a plain form, and as a device sends it later."""

import json
from uuid import uuid4

import pytest

from zhunsheng.admission.reviews import selectors
from zhunsheng.admission.reviews.models import ChecklistItem
from zhunsheng.admission.reviews.tests.factories import (
    at_work,
    change,
    clause_item,
    leader_of,
    line_item,
    member_of,
    send,
)
from zhunsheng.platform.accounts.tests.factories import NOON

pytestmark = pytest.mark.django_db
FINE = {"verdict": "conforms", "note": ""}
FAILS = {"verdict": "fails", "note": "x"}


@pytest.fixture(autouse=True)
def _the_day(monkeypatch):
    """Let the pages live on the day of the factories."""
    from django.utils import timezone

    monkeypatch.setattr(timezone, "now", lambda: NOON)


def post_changes(client, review, *changes, known=None):
    sent = {"changes": list(changes), "known": known or {}}
    return client.post(f"/reviews/sheet/{review.number}/sync/", json.dumps(sent), content_type="application/json")


def sent(item, base, values, **more):
    return {"id": str(uuid4()), "item": item, "base": base, "values": values, "made_at": NOON.isoformat(), **more}


def _fields_of(answer):
    """Return the fields of the sheet's form as a browser would send them."""
    from html.parser import HTMLParser

    class Reader(HTMLParser):
        def __init__(self):
            super().__init__()
            self.fields, self.items, self.inside = {}, [], 0

        def handle_starttag(self, tag, attributes):
            told = dict(attributes)
            self.inside += tag == "template"
            if tag == "input" and not self.inside and told.get("name") and told.get("type") == "hidden":
                if told["name"] == "item":
                    self.items.append(told["value"])
                else:
                    self.fields[told["name"]] = told.get("value", "")

        def handle_endtag(self, tag):
            self.inside -= tag == "template"

    reader = Reader()
    reader.feed(answer.content.decode())
    return reader.fields | {"item": reader.items}


@pytest.mark.parametrize("told", [":mine:", "x:mine:y", "mine"])
def test_an_odd_resolution_of_a_plain_form_changes_nothing(world, client, told):
    review = at_work(world)
    client.force_login(leader_of(review))

    answer = client.post(f"/reviews/sheet/{review.number}/", {"resolve": told})

    assert answer.status_code == 200
    assert not review.changes.exists()


@pytest.mark.parametrize("base", [-1, 10**30, "²", None])
def test_an_odd_version_is_no_sheet(world, client, base):
    review = at_work(world)
    client.force_login(leader_of(review))

    assert post_changes(client, review, sent(line_item(review), base, {})).status_code == 400


def test_the_sheet_is_for_serving_members_and_says_whose_it_is(world, client):
    review = at_work(world)
    client.force_login(member_of(review))
    answer = client.get(f"/reviews/sheet/{review.number}/")
    assert answer["X-Sheet-Owner"] == str(member_of(review).pk)
    assert "no-store" in answer["Cache-Control"]
    assert f'data-item="{clause_item(review)}"' in answer.content.decode()
    for person in (world.officer, world.manager):
        client.force_login(person)
        assert client.get(f"/reviews/sheet/{review.number}/").status_code == 404


def test_the_worker_comes_from_the_sheets_own_folder(client):
    answer = client.get("/reviews/sheet/worker.js")
    assert answer["Content-Type"].startswith("text/javascript")
    assert "Service-Worker-Allowed" not in answer


def test_a_device_sends_its_changes_and_hears_what_became_of_them(world, client):
    review = at_work(world)
    client.force_login(member_of(review))
    item = clause_item(review)
    one = sent(item, 0, FINE)
    first = post_changes(client, review, one).json()
    again = post_changes(client, review, one).json()
    assert first["results"][0]["outcome"] == again["results"][0]["outcome"] == "applied"
    assert first["owner"] == member_of(review).pk
    assert first["items"][item]["version"] == 1
    assert post_changes(client, review, known={item: 1}).json()["items"] == {}

    client.force_login(leader_of(review))
    met = post_changes(client, review, sent(item, 0, FAILS)).json()["results"][0]
    assert met["outcome"] == "conflict"
    assert met["held"]["values"] == FINE


def test_who_is_signed_out_is_told_so_and_broken_messages_are_refused(world, client):
    review = at_work(world)
    assert post_changes(client, review).status_code == 401
    client.force_login(member_of(review))
    address = f"/reviews/sheet/{review.number}/sync/"
    for body in ("", "[]", "{}", '{"changes": [{}], "known": {}}', '{"changes": 1, "known": {}}'):
        assert client.post(address, body, content_type="application/json").status_code == 400
    client.force_login(world.manager)
    assert post_changes(client, review, sent(clause_item(review), 0, FINE)).status_code == 403


def test_the_sheet_works_as_a_plain_form(world, client):
    review = at_work(world)
    client.force_login(member_of(review))
    address = f"/reviews/sheet/{review.number}/"
    fields = _fields_of(client.get(address))
    clause, line = clause_item(review), line_item(review)
    fields |= {f"{clause}.verdict": "fails", f"{clause}.note": "无程序", f"{line}.records": "on"}
    fields[f"{line}.confirmed"] = "yes"

    answer = client.post(address, fields)

    assert answer.status_code == 200
    assert review.changes.count() == 2
    assert review.checklist.get(place=1).note == "无程序"
    assert review.confirmations.get(line__number=1).records


def test_a_plain_form_meets_others_writing_and_lets_a_person_decide(world, client):
    review = at_work(world)
    client.force_login(member_of(review))
    address, item = f"/reviews/sheet/{review.number}/", clause_item(review)
    fields = _fields_of(client.get(address))
    send(review, leader_of(review), change(item, 0, FINE))
    page = client.post(address, fields | {f"{item}.verdict": "fails"}).content.decode()
    assert "两人都在此填写" in page
    (met,) = selectors.open_conflicts(review)
    client.post(address, {"resolve": f"{met.client_id}:mine:{uuid4()}"})
    assert ChecklistItem.objects.get(review=review, place=1).verdict == "fails"
    assert selectors.open_conflicts(review) == []
