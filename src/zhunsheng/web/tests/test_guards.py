"""Bodies that never come or never end, and addresses that no database can search for."""

import io
import threading
import time

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test import RequestFactory

from zhunsheng.web import guards

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/bodies/%00/", "/v/%00", "/api/v1/bodies?q=%00", "/search/?q=%00"])
def test_a_nul_in_an_address_is_refused(client, address):
    """PostgreSQL's text holds no NUL: the question would end in an error of the server."""
    response = client.get(address)

    assert response.status_code == 422
    assert ("application/problem+json" in response["Content-Type"]) == address.startswith("/api/")


@pytest.mark.parametrize("address", ["/accounts/login/", "/reports/submit/", "/api/v1/token", "/api/v1/reports"])
def test_a_body_larger_than_any_page_takes_is_refused_before_it_is_read(client, address, settings):
    settings.ZHUNSHENG_LIMITS = {**settings.ZHUNSHENG_LIMITS, "file_bytes": 1000}

    response = client.generic("POST", address, b"x", CONTENT_LENGTH=str(1001 + guards.FORM_ALLOWANCE))

    assert response.status_code == 413


def test_a_batch_counts_its_own_bytes(client, settings):
    settings.ZHUNSHENG_LIMITS = {**settings.ZHUNSHENG_LIMITS, "file_bytes": 1000}

    response = client.generic(
        "POST", "/api/v1/reports/batch", b"x", "application/x-ndjson", CONTENT_LENGTH=str(2000 + guards.FORM_ALLOWANCE)
    )

    assert response.status_code == 401


class Stalled:
    """A body of which nothing comes until the sender gives up."""

    def __init__(self):
        self.given_up = threading.Event()

    def read(self, _size=-1, /):
        self.given_up.wait(20)
        return b""

    readline = read


@pytest.fixture
def hurry(monkeypatch):
    monkeypatch.setattr(guards, "PATIENCE_SECONDS", 0.3)
    monkeypatch.setattr(guards, "GRACE_SECONDS", 0.05)


@pytest.mark.parametrize("address", ["/api/v1/token", "/accounts/login/"])
def test_a_body_that_never_comes_gives_its_thread_back(hurry, address):
    stalled = Stalled()
    environ = RequestFactory().post(address, b"{}", content_type="application/json").environ
    environ |= {"wsgi.input": stalled, "CONTENT_LENGTH": "64"}
    seen = []

    begun = time.monotonic()
    answer = guards.patient(WSGIHandler())(environ, lambda status, _headers: seen.append(status))
    answer.close()
    stalled.given_up.set()

    assert time.monotonic() - begun < 5
    assert seen[0].startswith(("403", "408"))


def test_of_many_bodies_that_never_come_only_a_few_are_waited_for(monkeypatch):
    monkeypatch.setattr(guards, "PATIENCE_SECONDS", 3.0)
    monkeypatch.setattr(guards, "GRACE_SECONDS", 0.05)
    monkeypatch.setattr(guards, "WAITING", threading.BoundedSemaphore(1))
    bodies = [Stalled() for _ in range(6)]
    ended: list[float] = []
    begun = time.monotonic()

    def wait_for(body):
        with pytest.raises(guards.SlowBodyError):
            guards.PatientBody(body).read(10)
        ended.append(time.monotonic() - begun)

    threads = [threading.Thread(target=wait_for, args=(body,)) for body in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for body in bodies:
        body.given_up.set()

    assert sum(seconds < 2 for seconds in ended) == 5


def test_a_body_that_comes_is_read_whole():
    body = guards.PatientBody(io.BytesIO(b"first\nsecond\n"))

    assert body.readline() == b"first\n"
    assert body.read() == b"second\n"
