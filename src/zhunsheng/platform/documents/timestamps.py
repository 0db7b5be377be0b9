"""Times that are signed: the installation's own RFC 3161 service, or another one by its address.

The own one proves when this installation says that it signed; whoever doubts that looks into the public log. With
ZHUNSHENG_TSA set to the address of a time-stamping authority, each document carries that authority's word instead.
"""

import hashlib
from datetime import UTC, datetime
from typing import Final

from asn1crypto import algos, cms, core, tsp, x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from pyhanko.sign.general import as_signing_certificate_v2, simple_cms_attribute
from pyhanko.sign.timestamps import TimeStamper

from zhunsheng.platform.documents import identity
from zhunsheng.platform.documents.time_authority import RemoteTimeStamper

POLICY: Final = "0.4.0.2023.1.1"
"""Best practices policy of ETSI EN 319 421, which the own service follows in form; nobody has audited it."""


class OwnTimeStamper(TimeStamper):
    """Signs the time it is given with the installation's own key; the same request gives the same token."""

    def __init__(self, at: datetime) -> None:
        super().__init__(include_nonce=False)  # type: ignore[no-untyped-call]  # no types there
        self._at = at.astimezone(UTC).replace(microsecond=0)

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """Return the token for a request."""
        own = identity.clock()
        certificates = identity.in_asn1((own.certificate, *own.above))
        info = _info(req, self._at, certificates[0])
        signed = _signed(info, own.key, certificates, self._at)
        token = cms.ContentInfo({"content_type": "signed_data", "content": signed})
        return tsp.TimeStampResp({"status": {"status": "granted"}, "time_stamp_token": token})


def timestamper(at: datetime) -> TimeStamper:
    """Return what signs times: the configured authority, or the own service stating `at`."""
    address = settings.ZHUNSHENG_TSA
    return RemoteTimeStamper(address, settings.ZHUNSHENG_TSA_POLICY) if address else OwnTimeStamper(at)


def _info(req: tsp.TimeStampReq, at: datetime, certificate: x509.Certificate) -> bytes:
    """Return what is signed; the serial number is made from the request, so that no two tokens share one by chance."""
    imprint = req["message_imprint"]
    serial = hashlib.sha256(imprint.dump() + at.isoformat().encode()).digest()[:15]
    members = {
        "version": "v1",
        "policy": tsp.ObjectIdentifier(POLICY),
        "message_imprint": imprint,
        "serial_number": int.from_bytes(serial),
        "gen_time": at,
        "tsa": x509.GeneralName(name="directory_name", value=certificate.subject),
    }
    if req["nonce"].native is not None:
        members["nonce"] = req["nonce"]
    return bytes(tsp.TSTInfo(members).dump())


def _signed(
    info: bytes, key: ec.EllipticCurvePrivateKey, certificates: list[x509.Certificate], at: datetime
) -> cms.SignedData:
    """Return the token's SignedData. Source: RFC 3161, 2.4.2; RFC 5035 for the certificate's digest; RFC 6979."""
    own = certificates[0]
    attributes = cms.CMSAttributes(
        [
            simple_cms_attribute("content_type", "tst_info"),
            simple_cms_attribute("signing_time", cms.Time({"utc_time": core.UTCTime(at)})),
            simple_cms_attribute("signing_certificate_v2", as_signing_certificate_v2(own, "sha256")),
            simple_cms_attribute("message_digest", hashlib.sha256(info).digest()),
        ]
    )
    signature = key.sign(attributes.dump(), ec.ECDSA(hashes.SHA256(), deterministic_signing=True))
    sha256 = algos.DigestAlgorithm({"algorithm": "sha256"})
    named = cms.IssuerAndSerialNumber({"issuer": own.issuer, "serial_number": own.serial_number})
    signer = cms.SignerInfo(
        {
            "version": "v1",
            "sid": cms.SignerIdentifier({"issuer_and_serial_number": named}),
            "digest_algorithm": sha256,
            "signature_algorithm": algos.SignedDigestAlgorithm({"algorithm": "sha256_ecdsa"}),
            "signed_attrs": attributes,
            "signature": signature,
        }
    )
    content = {"content_type": "tst_info", "content": cms.ParsableOctetString(info)}
    return cms.SignedData(
        {
            "version": "v3",
            "digest_algorithms": cms.DigestAlgorithms((sha256,)),
            "encap_content_info": cms.EncapsulatedContentInfo(content),
            "certificates": certificates,
            "signer_infos": [signer],
        }
    )
