"""A time-stamping authority asked over the network: bounded, never led elsewhere, its answer held against the question.

Whether its certificate is one that we trust is seen when the whole document is verified, before anything keeps it.
"""

from asyncio import to_thread
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Final
from urllib.parse import urlsplit

from asn1crypto import tsp
from pyhanko.sign.timestamps import TimeStamper, TimestampRequestError

SECONDS: Final = 10
MOST_BYTES: Final = 64 * 1024
"""A token with a chain of certificates has a few kilobytes."""
REPLY: Final = "application/timestamp-reply"


class RemoteTimeStamper(TimeStamper):
    """Asks one authority by RFC 3161 over HTTP.

    Source: RFC 3161, 2.4.1, 2.4.2 and 3.4.
    """

    def __init__(self, address: str, policy: str = "") -> None:
        """Take the authority's address, and the object identifier of the policy that it must keep, if one is wanted.

        Raises: TimestampRequestError for what is no web address.
        """
        super().__init__(include_nonce=True)  # type: ignore[no-untyped-call]  # no types there
        parts = urlsplit(address)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username is not None:
            raise TimestampRequestError("ZHUNSHENG_TSA is no address that begins with http:// or https://")
        self._parts = parts
        self._policy = policy

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """Return the authority's answer when it answers this very request. Raises: TimestampRequestError."""
        if self._policy:
            req["req_policy"] = self._policy
        content = await to_thread(self._post, req.dump())
        try:
            response = tsp.TimeStampResp.load(content, strict=True)
            problem = self._problem(req, response)
        except (ValueError, TypeError, LookupError, AttributeError) as error:
            raise TimestampRequestError("the answer is no time-stamp") from error
        if problem:
            raise TimestampRequestError(problem)
        return response

    def _post(self, request: bytes) -> bytes:
        """Return the body of the answer; a redirection is an error as any other."""
        make = HTTPSConnection if self._parts.scheme == "https" else HTTPConnection
        place = self._parts.path or "/"
        query = f"?{self._parts.query}" if self._parts.query else ""
        connection = make(self._parts.hostname or "", self._parts.port, timeout=SECONDS)
        try:
            headers = {"Content-Type": "application/timestamp-query", "Accept": REPLY}
            connection.request("POST", place + query, body=request, headers=headers)
            answer = connection.getresponse()
            content = answer.read(MOST_BYTES + 1)
        except (OSError, HTTPException) as error:
            raise TimestampRequestError(f"the authority can't be reached ({type(error).__name__})") from error
        finally:
            connection.close()
        kind = (answer.headers.get("Content-Type") or "").partition(";")[0].strip().lower()
        if answer.status != 200 or kind != REPLY:
            raise TimestampRequestError(f"the authority answered {answer.status} with {kind or 'nothing'}")
        if len(content) > MOST_BYTES:
            raise TimestampRequestError("the authority's answer is too long")
        return content

    def _problem(self, req: tsp.TimeStampReq, response: tsp.TimeStampResp) -> str:
        """Return why an answer is not one to this request, empty if it is."""
        if response["status"]["status"].native not in {"granted", "granted_with_mods"}:
            return f"the authority refused: {response['status']['status'].native}"
        token = response["time_stamp_token"]
        if token["content_type"].native != "signed_data":
            return "the answer is no signed token"
        inside = token["content"]["encap_content_info"]
        if inside["content_type"].native != "tst_info":
            return "the signed token holds no time"
        info = inside["content"].parsed
        checks = (
            (info["message_imprint"].native == req["message_imprint"].native, "the token is for another document"),
            (info["nonce"].native == req["nonce"].native, "the token answers another request"),
            (not self._policy or info["policy"].dotted == self._policy, "the token keeps another policy"),
        )
        return next((problem for right, problem in checks if not right), "")
