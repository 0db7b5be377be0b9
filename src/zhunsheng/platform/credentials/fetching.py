"""What a verifier fetches when it may: the issuer's document, roots and status lists, from the issuer's own host."""

from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Final
from urllib.parse import urlsplit

from zhunsheng.foundation.credentials.issuers import document_address

SECONDS: Final = 15
MOST_BYTES: Final = 16 * 1024 * 1024


class NotFetched(OSError):
    """What was wanted isn't there, or isn't where the issuer is."""


def issuer_document(did: str) -> bytes:
    """Return the document of a did:web. Raises: NotFetched."""
    try:
        return fetch(document_address(did))
    except ValueError as error:
        raise NotFetched(f"{did or 'nobody'} has no address in the web") from error


def from_issuer(did: str, address: str) -> bytes:
    """Return what stands at an address of the issuer's own host. Raises: NotFetched for any other host."""
    try:
        home = urlsplit(document_address(did))
    except ValueError as error:
        raise NotFetched(f"{did} has no address in the web") from error
    wanted = urlsplit(address)
    if (wanted.scheme, wanted.netloc) != (home.scheme, home.netloc):
        raise NotFetched(f"{address} is not at the issuer's own host")
    return fetch(address)


def certificates_of(did: str, name: str) -> bytes:
    """Return the certificates of an issuer's signers (authority.pem) or clocks (clocks.pem). Raises: NotFetched."""
    try:
        home = urlsplit(document_address(did))
    except ValueError as error:
        raise NotFetched(f"{did} has no address in the web") from error
    return fetch(f"{home.scheme}://{home.netloc}/credentials/{name}")


def fetch(address: str) -> bytes:
    """Return what stands at an address; no redirection is followed. Raises: NotFetched."""
    parts = urlsplit(address)
    make = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = make(parts.hostname or "", parts.port, timeout=SECONDS)
    try:
        connection.request("GET", parts.path or "/", headers={"Accept": "application/json, */*"})
        response = connection.getresponse()
        content = response.read(MOST_BYTES + 1)
    except (OSError, HTTPException) as error:
        raise NotFetched(f"{address}: {error or type(error).__name__}") from error
    finally:
        connection.close()
    if response.status != 200 or len(content) > MOST_BYTES:
        raise NotFetched(f"{address}: {response.status}")
    return content
