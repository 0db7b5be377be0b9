"""A real server over the benchmark's own database, and senders that keep it busy."""

import contextlib
import http.client
import itertools
import json
import os
import socket
import statistics
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection

from zhunsheng.web.operations import server_command

PROCESSES = 2
SENDERS = 4


class Server:
    """Granian with two processes on a free port, as `zhunsheng serve` starts it, without the worker."""

    def __init__(self, client_id: str, secret: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self._credentials = {"grant_type": "client_credentials", "client_id": client_id, "client_secret": secret}
        self.token = ""

    def __enter__(self) -> "Server":
        environment = {**os.environ, "DATABASE_URL": _address(), "ZHUNSHENG_HOME": str(settings.ZHUNSHENG_HOME)}
        command = server_command("127.0.0.1", self.port, PROCESSES)
        self._process = subprocess.Popen(command, env=environment)
        deadline = time.monotonic() + 60
        while not self._answers():
            if time.monotonic() > deadline:
                raise TimeoutError("the server does not start")
            time.sleep(0.2)
        self.token = self._fetch_token()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        self._process.wait(timeout=30)

    def _answers(self) -> bool:
        with contextlib.suppress(OSError, http.client.HTTPException):
            return self.call("GET", "/healthz", b"", {}).status == http.client.OK
        return False

    def _fetch_token(self) -> str:
        form = urlencode(self._credentials).encode()
        response = self.call("POST", "/api/v1/token", form, {"Content-Type": "application/x-www-form-urlencoded"})
        return str(json.loads(response.read())["access_token"])

    def call(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> http.client.HTTPResponse:
        """Send a request and return the response, its body still to be read."""
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=300)
        link.request(method, path, body, headers)
        return link.getresponse()


def _address() -> str:
    """Return the address of the database that the benchmark made."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return f"{os.environ['DATABASE_URL'].rsplit('/', 1)[0]}/{name}"


def post_batches(server: Server, bodies: Sequence[bytes]) -> int:
    """Post all batches by several senders at once and return how many reports were accepted as signed."""
    waiting = list(bodies)
    accepted: list[int] = []

    def send() -> None:
        headers = {"Authorization": f"Bearer {server.token}", "Content-Type": "application/x-ndjson"}
        while True:
            try:
                body = waiting.pop()
            except IndexError:
                return
            answer = server.call("POST", "/api/v1/reports/batch", body, headers).read()
            accepted.append(answer.count(b'"outcome":"accepted"') if b'"outcome":"refused"' not in answer else -1)

    senders = [threading.Thread(target=send) for _ in range(SENDERS)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    return sum(accepted)


@dataclass(frozen=True)
class Request:
    """One request to send."""

    method: str
    path: str
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    expected: int = http.client.OK


def send_all(
    server: Server, requests: Sequence[Request], *, senders: int = SENDERS, rate: float | None = None
) -> list[float]:
    """Send requests over as many connections as senders; return the seconds of each that was answered as expected.

    Args:
        rate: requests a second, sent by the clock whether or not earlier ones are answered; a time counts from when
            the request was due, so that a server which falls behind cannot hide it. None sends as fast as it goes.
    """
    due = itertools.count()
    started, taken = time.perf_counter(), list[float]()

    def send() -> None:
        link = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        while (place := next(due)) < len(requests):
            asked = requests[place]
            begun = time.perf_counter() if rate is None else started + place / rate
            time.sleep(max(0.0, begun - time.perf_counter()))
            link.request(asked.method, asked.path, asked.body, dict(asked.headers))
            answer = link.getresponse()
            answer.read()
            if answer.status == asked.expected:
                taken.append(time.perf_counter() - begun)

    at_work = [threading.Thread(target=send) for _ in range(senders)]
    for sender in at_work:
        sender.start()
    for sender in at_work:
        sender.join()
    return taken


def slowest_hundredth(seconds: Sequence[float]) -> float:
    """Return the 99th percentile in milliseconds."""
    return 1000 * statistics.quantiles(seconds, n=100)[-1]
