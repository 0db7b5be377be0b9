"""Another installation over its API, for the command line: a token, attachments, batches. Standard library only."""

import json
import time
from collections.abc import Iterator, Sequence
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

from zhunsheng.foundation.errors import DomainError

_SECONDS: Final = 120
_TOKEN_MARGIN: Final = 30


class RemoteProblem(DomainError):
    """The other installation does not answer, or refuses the whole call."""

    code = "remote"


class Remote:
    """An installation at an address, spoken to as one API client."""

    def __init__(self, address: str, client_id: str, secret: str) -> None:
        parts = urlsplit(address if "//" in address else f"https://{address}")
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise RemoteProblem("%(address)s is no address of an installation.", params={"address": address})
        self._host, self._port, self._secure = parts.hostname, parts.port, parts.scheme == "https"
        self._root = parts.path.rstrip("/") + "/api/v1/"
        self._credentials = {"grant_type": "client_credentials", "client_id": client_id, "client_secret": secret}
        self._token, self._until = "", 0.0

    def send_batch(self, lines: Sequence[bytes]) -> Iterator[dict[str, Any]]:
        """Hand in a batch and yield its answers in order. Raises: RemoteProblem."""
        body = b"".join(line + b"\n" for line in lines)
        response = self._call("reports/batch", body, "application/x-ndjson", self._authorised())
        for line in response:
            if line.strip():
                yield json.loads(line)

    def send_attachment(self, content: bytes, media_type: str) -> dict[str, Any]:
        """Send a file that a report names. Raises: RemoteProblem."""
        return self._read(self._call("reports/attachments", content, media_type, self._authorised()))

    def check(self, raw: bytes) -> dict[str, Any]:
        """Have one report checked without storing it, by the other side's rules. Raises: RemoteProblem."""
        return self._read(self._call("reports/check", raw, "application/json", self._authorised(), may_refuse=True))

    def _authorised(self) -> dict[str, str]:
        if time.monotonic() >= self._until:
            form = urlencode(self._credentials).encode()
            answer = self._read(self._call("token", form, "application/x-www-form-urlencoded", {}))
            self._token = str(answer["access_token"])
            self._until = time.monotonic() + int(answer["expires_in"]) - _TOKEN_MARGIN
        return {"Authorization": f"Bearer {self._token}"}

    def _call(
        self, path: str, body: bytes, media_type: str, headers: dict[str, str], *, may_refuse: bool = False
    ) -> HTTPResponse:
        kind = HTTPSConnection if self._secure else HTTPConnection
        connection = kind(self._host, self._port, timeout=_SECONDS)
        try:
            connection.request("POST", self._root + path, body, {"Content-Type": media_type, **headers})
            response = connection.getresponse()
        except (OSError, HTTPException) as error:
            raise RemoteProblem(
                "%(host)s does not answer: %(why)s.",
                params={"host": self._host, "why": str(error)},
                remedy="Check the address and the network, and send the same again: what was kept stays kept once.",
            ) from error
        if response.status >= 400 and not may_refuse:
            raise self._refused(response)
        return response

    def _refused(self, response: HTTPResponse) -> RemoteProblem:
        answer = self._read(response)
        detail = str(answer.get("detail") or answer.get("error_description") or response.reason)
        return RemoteProblem(
            "%(status)s: %(detail)s", params={"status": response.status, "detail": detail},
            remedy=str(answer.get("remedy", "")),
        )  # fmt: skip

    @staticmethod
    def _read(response: HTTPResponse) -> dict[str, Any]:
        try:
            answer = json.loads(response.read())
        except ValueError:
            return {}
        return answer if isinstance(answer, dict) else {}
