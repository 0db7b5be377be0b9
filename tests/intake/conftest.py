"""A laboratory with a token, and a client that speaks for it."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from zhunsheng.oversight.reports.tests.conftest import home  # noqa: F401 - the same empty home
from zhunsheng.oversight.reports.tests.intake_factories import Laboratory
from zhunsheng.platform.accounts.models import Role
from zhunsheng.platform.accounts.services.clients import create_api_client, hand_out_token
from zhunsheng.platform.accounts.tests.factories import make_member


@pytest.fixture
def laboratory(db, home):  # noqa: F811
    return Laboratory()


class Caller:
    """Calls the API as a program of a laboratory."""

    def __init__(self, client, laboratory):
        manager = make_member(Role.BODY_MANAGER, laboratory.body.organisation)
        now = timezone.now()
        secret = create_api_client(
            organisation=laboratory.body.organisation, name="LIMS", by=manager, at=now, why="test"
        )
        at = now + timedelta(seconds=1)
        token = hand_out_token(client_id=secret.client.client_id, secret=secret.secret, address="127.0.0.1", at=at)
        self.client = client
        self.headers = {"HTTP_AUTHORIZATION": f"Bearer {token.text}"}

    def post(self, path, body, content_type="application/json", **headers):
        return self.client.generic("POST", f"/api/v1/{path}", body, content_type, **self.headers, **headers)

    def get(self, path):
        return self.client.get(f"/api/v1/{path}", **self.headers)

    def batch(self, lines, **headers):
        body = lines if isinstance(lines, bytes) else b"\n".join(lines) + b"\n"
        response = self.post("reports/batch", body, "application/x-ndjson", **headers)
        if response.streaming:
            return [json.loads(line) for line in b"".join(response.streaming_content).splitlines()]
        return response.json()


@pytest.fixture
def caller(client, laboratory):
    return Caller(client, laboratory)
