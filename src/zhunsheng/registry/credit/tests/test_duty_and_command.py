"""The worker computes a changed file once a day; the command computes a stored grade again."""

import json
from datetime import timedelta

import pytest
from typer.testing import CliRunner

from zhunsheng.platform.accounts.tests.factories import NOON, TODAY, make_division
from zhunsheng.registry.bodies.tests.factories import make_body, make_certificate
from zhunsheng.registry.credit import duties, selectors, services
from zhunsheng.registry.credit.commands import app
from zhunsheng.registry.credit.models import CreditEvent, Rates, Scoring, Stale

pytestmark = pytest.mark.django_db
TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def laboratory():
    body = make_body(division=make_division("440100"))
    make_certificate(body)
    return body


@pytest.fixture(autouse=True)
def _fresh(monkeypatch):
    monkeypatch.setattr(duties, "_computed", {})


def record(body, kind="penalty", at=NOON):
    services.record(
        body_id=body.pk, kind=kind, on=TODAY, source="省局", reference=f"{kind}{at}", words="已查实", by=None, at=at
    )


def test_a_file_that_changes_often_is_computed_once_a_day(laboratory):
    record(laboratory, "inspection_clean")
    assert duties.compute_due(TODAY, NOON) == 1
    assert Rates.objects.get().since == TODAY

    record(laboratory)
    record(laboratory, "order_to_correct")
    assert Stale.objects.count() == 1
    assert duties.compute_due(TODAY, NOON + timedelta(hours=1)) == 0

    assert duties.compute_due(TOMORROW, NOON + timedelta(days=1)) == 1
    assert not Stale.objects.exists()
    assert Scoring.objects.count() == 2


def test_a_file_not_yet_computed_that_day_is_computed_at_the_next_turn(laboratory):
    duties.compute_due(TODAY, NOON)
    duties.compute_due(TOMORROW, NOON + timedelta(days=1))
    record(laboratory, at=NOON + timedelta(days=1))

    assert duties.compute_due(TOMORROW, NOON + timedelta(days=1, hours=1)) == 1


def test_the_command_computes_a_stored_grade_again_and_finds_tampering(laboratory):
    record(laboratory)
    services.compute_grades(on=TODAY, by=None, at=NOON)
    words = ["recompute", "--body", laboratory.slug, "--on", TODAY.isoformat(), "--json"]

    sound = CliRunner().invoke(app, words)
    CreditEvent.objects.update(kind="order_to_correct")
    tampered = CliRunner().invoke(app, words)

    told = json.loads(sound.stdout)
    assert sound.exit_code == 0
    assert told["agrees"] is True
    scoring = selectors.newest_scoring(laboratory.pk)
    assert scoring is not None
    assert told["recomputed"] == scoring.result
    assert tampered.exit_code == 1
    assert json.loads(tampered.stdout)["events_same"] is False


def test_the_command_says_when_nothing_was_computed(laboratory):
    assert CliRunner().invoke(app, ["recompute", "--body", laboratory.slug]).exit_code == 2
    assert "bodies" in CliRunner().invoke(app, ["compute", "--on", TODAY.isoformat()]).stdout
