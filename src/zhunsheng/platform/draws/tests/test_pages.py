"""The public list and page of a draw, its files, the API and the command that recomputes from the file alone."""

import json
import subprocess
import sys
from datetime import timedelta
from hashlib import sha256

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override

from zhunsheng.platform.accounts.models import AccessRecord, Role
from zhunsheng.platform.draws import services
from zhunsheng.platform.draws.models import Draw
from zhunsheng.platform.draws.tests.factories import (
    EVENING,
    NOON,
    PANEL,
    SECRETS,
    make_draw,
    make_drawn,
    make_officer,
    make_reference,
)
from zhunsheng.platform.ledger import keys
from zhunsheng.platform.ledger.services import seal_pending

pytestmark = pytest.mark.django_db


def test_anybody_sees_the_list_and_a_draw_before_and_after(client, django_assert_max_num_queries):
    committed, drawn = make_draw(), make_drawn()
    with override("en"), django_assert_max_num_queries(8):
        page = client.get("/draws/").content.decode()
    assert committed.number in page
    assert drawn.title in page

    with django_assert_max_num_queries(8):
        before = client.get(f"/en/draws/{committed.number}/").content.decode()
    assert committed.commitment_sha256 in before
    assert "public once it is drawn" in before
    assert "data-recompute" not in before
    assert "GD-A-" not in before
    assert client.get(f"/draws/{committed.number}/frame.csv").status_code == 404
    assert client.get(f"/draws/{committed.number}/transcript.json").status_code == 404
    assert client.get(f"/api/v1/draws/{committed.number}/transcript").status_code == 404

    after = client.get(f"/en/draws/{drawn.number}/").content.decode()
    assert drawn.result["leader"] in after
    assert drawn.seed in after
    assert SECRETS["a"] in after
    assert "employed by the body" in after
    assert "GD-A-0005" in after


@pytest.mark.parametrize("address", ["/draws/D2026-000001/", "/draws/?kind=panel&q=资质", "/draws/?export=csv"])
@pytest.mark.parametrize("language", ["/en", ""])
def test_pages_are_whole_in_both_languages(client, address, language):
    make_drawn()

    assert client.get(f"{language}{address}", HTTP_ACCEPT_LANGUAGE="zh-CN").status_code == 200


def test_a_list_takes_as_many_queries_for_many_draws_as_for_one(client):
    make_drawn()
    client.get("/draws/")
    with CaptureQueriesContext(connection) as one:
        client.get("/draws/")
    for turn in "ab":
        make_draw(reference=make_reference({part: f"{part}{turn}-0123456789-0123456789-abcdef" for part in "ab"}))

    with CaptureQueriesContext(connection) as many:
        page = client.get("/draws/").text

    assert all(f"D2026-00000{number}" in page for number in (1, 2, 3))
    assert len(many) == len(one)


def test_the_files_are_the_bytes_that_were_hashed(client):
    drawn = make_drawn()

    for address in (f"/draws/{drawn.number}/transcript.json", f"/api/v1/draws/{drawn.number}/transcript"):
        assert client.get(address).content == drawn.transcript.encode()
    commitment = client.get(f"/draws/{drawn.number}/commitment.json").content
    assert sha256(commitment).hexdigest() == drawn.commitment_sha256
    frame = client.get(f"/draws/{drawn.number}/frame.csv").content
    assert sha256(frame).hexdigest() == drawn.commitment["frame_sha256"]
    assert client.get("/api/v1/draws/D2026-999999/transcript").status_code == 404
    assert client.get(f"/api/v1/draws/{drawn.number}/receipts").json() == {"commitment": None, "transcript": None}


def test_officers_enter_the_source_and_draw_on_the_page(client):
    chooser, other = make_officer(), make_officer(Role.REVIEWER)
    draw = make_draw(by=chooser, at=timezone.now() - timedelta(hours=1))
    client.force_login(chooser)
    page = client.get(f"/en/draws/{draw.number}/").content.decode()
    assert "somebody else enters the source" in page
    assert "/source/" not in page
    assert client.post(f"/draws/{draw.number}/source/", SECRETS).status_code == 403

    client.force_login(other)
    refused = client.post(f"/en/draws/{draw.number}/source/", {"a": SECRETS["b"]})
    assert refused.status_code == 422
    assert "法规处" in refused.content.decode()
    assert client.post(f"/en/draws/{draw.number}/source/", {}).status_code == 422
    assert client.post(f"/draws/{draw.number}/source/", SECRETS).status_code == 302
    assert "Draw now" in client.get(f"/en/draws/{draw.number}/").content.decode()
    assert client.post(f"/draws/{draw.number}/draw/").status_code == 302
    assert client.post(f"/draws/{draw.number}/draw/").status_code == 409
    draw.refresh_from_db()
    assert draw.result["outcome"] == "drawn"


def test_officers_of_the_place_see_the_frame_before(client):
    draw = make_draw()
    for officer, status in ((make_officer(), 200), (make_officer(division="440300"), 404)):
        client.force_login(officer)
        assert client.get(f"/draws/{draw.number}/frame.csv").status_code == status


def test_a_draw_and_the_one_in_its_place_name_each_other(client):
    drawn = make_drawn()
    new = {"a": "gamma-0123456789-0123456789-abcdef", "b": "delta-9876543210-9876543210-fedcba"}
    again = services.redraw(
        draw_id=drawn.pk, why="组长因病回避", reference=make_reference(new), frame=PANEL, by=make_officer(), at=NOON
    )

    assert "组长因病回避" in client.get(f"/draws/{drawn.number}/").content.decode()
    assert drawn.number in client.get(f"/draws/{again.number}/").content.decode()


def test_a_draw_is_drawn_again_from_its_page_with_a_reason_and_a_new_source(client):
    drawn, officer = make_drawn(), make_officer()
    assert "/again/" not in client.get(f"/draws/{drawn.number}/").content.decode()
    client.force_login(officer)
    assert "/again/" in client.get(f"/draws/{drawn.number}/").content.decode()
    later = (timezone.localtime() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    given = {"why": "抽取时网络中断", "source": "public_numbers", "reference": "双色球 2026138 期", "known_at": later}

    assert client.post(f"/draws/{drawn.number}/again/", given | {"why": ""}).status_code == 422
    refused = client.post(f"/draws/{drawn.number}/again/", given | {"known_at": ""})
    assert refused.status_code == 422
    assert "号码何时公布" in refused.content.decode()
    assert client.post(f"/draws/{drawn.number}/again/", given).status_code == 302
    assert Draw.objects.get(replaces=drawn).why == "抽取时网络中断"
    assert "/again/" not in client.get(f"/draws/{drawn.number}/").content.decode()
    client.force_login(make_officer(division="440300"))
    assert client.post(f"/draws/{drawn.number}/again/", given).status_code == 403


def run(path, *options, home):
    """Run the command in an empty home without a database."""
    environment = {"ZHUNSHENG_HOME": str(home), "PATH": "/usr/bin:/bin", "PYTHONPATH": ":".join(sys.path)}
    code = "from zhunsheng.web.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", code, "draws", "verify", str(path), *options],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.once
def test_the_command_recomputes_with_nothing_but_the_file(tmp_path):
    drawn, home, path = make_drawn(), tmp_path / "home", tmp_path / "transcript.json"
    home.mkdir()
    path.write_bytes(drawn.transcript.encode())

    good = run(path, "--json", home=home)
    assert good.returncode == 0, good.stderr
    answer = json.loads(good.stdout)
    assert (answer["ok"], answer["leader"], answer["seed"]) == (True, drawn.result["leader"], drawn.seed)
    assert not list(home.glob("*.sqlite3"))

    said = f'"leader":"{drawn.result["leader"]}"'
    path.write_bytes(drawn.transcript.replace(said, '"leader":"GD-A-9999"').encode())
    bad = run(path, home=home)
    assert bad.returncode == 1
    assert "DIFFERENCE result.leader" in bad.stdout
    assert run(tmp_path / "none.json", home=home).returncode == 2
    assert run(path, "--key", "x", home=home).returncode == 2


@pytest.mark.django_db(transaction=True)
def test_with_receipts_the_command_proves_that_the_commitment_came_first(tmp_path, settings, client):
    settings.ZHUNSHENG_HOME = tmp_path
    drawn = make_drawn()
    seal_pending(NOON)
    path, receipt = tmp_path / "transcript.json", tmp_path / "receipts.json"
    path.write_bytes(drawn.transcript.encode())
    receipt.write_bytes(client.get(f"/draws/{drawn.number}/receipts.json").content)
    home = tmp_path / "home"
    home.mkdir()
    key = keys.log_key().text

    assert run(path, "--receipt", str(receipt), "--key", key, home=home).returncode == 0
    swapped = json.loads(receipt.read_text())
    swapped["commitment"] = swapped["transcript"]
    receipt.write_text(json.dumps(swapped))
    other = run(path, "--receipt", str(receipt), "--key", key, home=home)
    assert (other.returncode, "receipt.commitment" in other.stdout) == (1, True)
    assert Draw.objects.count() == 1


def test_who_chose_the_frame_and_tries_to_draw_is_refused_and_that_is_on_record(client):
    chooser = make_officer()
    draw = make_draw(by=chooser)
    services.enter_source(draw_id=draw.pk, material=SECRETS, by=make_officer(), at=EVENING)
    client.force_login(chooser)

    assert client.post(f"/draws/{draw.number}/draw/").status_code == 403

    kept = AccessRecord.objects.get(subject_kind="refused")
    assert (kept.user_id, kept.subject_name) == (chooser.pk, f"/draws/{draw.number}/draw/")
    assert kept.why.startswith("same-person")


def test_a_frame_that_was_changed_after_the_commitment_is_not_drawn_and_that_is_on_record(client):
    draw, other = make_draw(), make_officer()
    services.enter_source(draw_id=draw.pk, material=SECRETS, by=other, at=EVENING)
    Draw.objects.filter(pk=draw.pk).update(frame=draw.frame.replace('"employer"', '""'))
    client.force_login(other)

    assert client.post(f"/draws/{draw.number}/draw/").status_code == 422

    assert AccessRecord.objects.get(subject_kind="refused").why.startswith("draw-frame-changed")
    assert Draw.objects.get().stage == "known"
