"""Of two who write into one file at the same moment, the one that waits is recorded after the other."""

from datetime import timedelta

import pytest

from zhunsheng.platform.accounts.tests.factories import NOON, TODAY
from zhunsheng.platform.database.tests.overlapping import overlapping
from zhunsheng.registry.bodies.tests.factories import make_body, make_certificate
from zhunsheng.registry.credit import selectors, services
from zhunsheng.registry.credit.selectors.recomputing import recompute

pytestmark = pytest.mark.django_db(transaction=True)
EARLIER, LATER = NOON + timedelta(seconds=1), NOON + timedelta(seconds=2)


@pytest.fixture
def body(settings, tmp_path):
    settings.ZHUNSHENG_HOME = tmp_path
    body = make_body("231912058800")
    make_certificate(body)
    return body


def told(body, reference, at):
    return services.record(
        body_id=body.pk, kind="penalty", on=TODAY, source="省局", reference=reference, words="已查实", by=None, at=at
    )


def test_two_events(body):
    first, second = overlapping(lambda: told(body, "先", LATER), lambda: told(body, "后", EARLIER))

    assert first.recorded_at == LATER
    assert second.recorded_at >= first.recorded_at


def test_an_event_and_a_computing(body):
    def compute():
        services.compute_grades(on=TODAY, by=None, at=LATER, body_ids=[body.pk])
        return selectors.newest_scoring(body.pk)

    scoring, event = overlapping(compute, lambda: told(body, "后", EARLIER))

    assert event.recorded_at > scoring.made_at
    assert recompute(scoring).agrees
