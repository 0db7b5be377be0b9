"""Requests made from the API's own description, sound and unsound: whatever comes, the server does not fail."""

import json
import os
from datetime import timedelta

import pytest
import schemathesis
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode

from zhunsheng.oversight.reports.tests.intake_factories import Laboratory, as_bytes
from zhunsheng.platform.accounts.models import Role
from zhunsheng.platform.accounts.services.clients import create_api_client, hand_out_token
from zhunsheng.platform.accounts.tests.factories import make_member
from zhunsheng.web.wsgi import application

EXAMPLES = int(os.environ.get("SOAK_REQUESTS", "60"))
SEED = int(os.environ.get("SOAK_SEED", "1"))
SERVER_ERROR = 500

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.timeout(3600),
    pytest.mark.filterwarnings("default"),
]


@schemathesis.serializer("application/x-ndjson")
def as_lines(_context, value):
    """Return made-up lines as they go over the wire."""
    lines = value if isinstance(value, list) else [value]
    return b"\n".join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines)


@pytest.fixture
def headers(settings, tmp_path):
    """Return the credentials of a laboratory's program, in a home of its own."""
    settings.ZHUNSHENG_HOME, settings.ZHUNSHENG_FILES = tmp_path, tmp_path / "files"
    settings.ZHUNSHENG_TOKEN_PER_MINUTE = 1_000_000
    laboratory = Laboratory()
    laboratory.submit(laboratory.report())
    organisation, now = laboratory.body.organisation, timezone.now()
    manager = make_member(Role.BODY_MANAGER, organisation)
    made = create_api_client(organisation=organisation, name="LIMS", by=manager, at=now, why="test")
    at = now + timedelta(seconds=1)
    token = hand_out_token(client_id=made.client.client_id, secret=made.secret, address="127.0.0.1", at=at)
    return {"Authorization": f"Bearer {token.text}"}


def operations():
    """Return every operation of the description."""
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    return [found.ok() for found in schema.get_all_operations()]


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
def test_no_request_makes_the_server_fail(headers, mode):
    failures: list[str] = []
    sent, asked, all_sound = 0, operations(), []
    for operation in asked:

        @seed(SEED)
        @settings(
            max_examples=EXAMPLES,
            deadline=None,
            database=None,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy(generation_mode=mode))
        def call(case):
            nonlocal sent
            response = case.call(headers=headers)
            sent += 1
            if response.status_code >= SERVER_ERROR:
                failures.append(f"{case.method} {case.path}: {response.status_code} {case.as_curl_command()[:400]}")

        try:
            call()
        except Unsatisfiable:
            all_sound.append(operation.label)  # an operation that takes anything has no unsound request

    assert not failures, "\n".join(failures[:20])
    assert sent > EXAMPLES
    assert len(all_sound) < len(asked) / 2, all_sound


@pytest.mark.parametrize("path", ["reports", "reports/check", "reports/batch"])
def test_no_damaged_report_makes_the_server_fail(client, headers, path):
    """Single bytes changed, doubled and cut at every place of a sound report."""
    sound = as_bytes(Laboratory("231912050009").report())
    authorization = {"HTTP_AUTHORIZATION": headers["Authorization"]}
    for place in range(0, len(sound), max(1, len(sound) // EXAMPLES)):
        for damaged in (
            sound[:place],
            sound[:place] + b"\xff" + sound[place + 1 :],
            sound[:place] + sound[: place + 1],
            sound[:place] + b'"' + sound[place:],
        ):
            response = client.generic("POST", f"/api/v1/{path}", damaged, "application/json", **authorization)
            answer = b"".join(response.streaming_content) if response.streaming else response.content
            assert response.status_code < SERVER_ERROR, damaged
            assert answer or not damaged
