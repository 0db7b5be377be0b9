"""Who may sign documents, and who times: two lists, and the signer is one certificate of the many of its authority."""

import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from asn1crypto import cms, tsp
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from zhunsheng.platform.documents import identity, pdf, timestamps
from zhunsheng.platform.documents.signatures import NotStamped, sign
from zhunsheng.platform.documents.verifying import verify

from .test_signatures import DATA, TEMPLATE

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


def name(words):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, words)])


def certified(key, words, by=None, *, authority=False, clock=False):
    """Return a certificate as a recognised authority issues it; without `by` the authority's own."""
    top_key, top = by or (key, None)
    made = (
        x509.CertificateBuilder()
        .subject_name(name(words))
        .issuer_name(top.subject if top else name(words))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOON - timedelta(days=900))
        .not_valid_after(NOON + timedelta(days=900))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(identity._usage(authority=authority, documents=not clock), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(top_key.public_key()), critical=False)
    )
    if clock:
        made = made.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    return made.sign(top_key, hashes.SHA256())


def new_key():
    return ec.generate_private_key(ec.SECP256R1())


@pytest.fixture
def home(tmp_path, settings):
    settings.ZHUNSHENG_HOME = tmp_path / "ours"
    return settings


@pytest.fixture
def plain():
    return pdf.render(TEMPLATE, DATA, at=NOON, accessible=True)


@pytest.fixture
def authority():
    key = new_key()
    return key, certified(key, "recognised authority", authority=True)


def take_certificate(settings, authority, words, home=None):
    """Let an installation sign with a certificate of a recognised authority."""
    if home is not None:
        settings.ZHUNSHENG_HOME = home
    identity.trust()
    key = new_key()
    folder = Path(settings.ZHUNSHENG_HOME) / "keys" / "documents"
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "signer.key").write_bytes(secret)
    (folder / "signer.pem").write_bytes(identity.pem([certified(key, words, authority), authority[1]]))
    identity._kept.cache_clear()


def test_another_customer_of_the_same_authority_is_not_the_issuer(home, tmp_path, authority, plain):
    take_certificate(home, authority, "province bureau")
    ours, trust = sign(plain, at=NOON), identity.trust()
    take_certificate(home, authority, "some company", tmp_path / "theirs")
    foreign, their_clocks = sign(plain, at=NOON), identity.trust().clocks

    assert verify(ours, trust).ok
    believed = identity.Trust(trust.signers, trust.roots, (*trust.clocks, *their_clocks))
    assert verify(foreign, believed).problem == "untrusted"


def test_what_a_former_key_signed_holds_after_the_roll_over(home, authority, plain):
    before = sign(plain, at=NOON)
    take_certificate(home, authority, "province bureau")
    after, trust = sign(plain, at=NOON), identity.trust()

    assert verify(before, trust).ok
    assert verify(after, trust).ok
    assert len(trust.signers) == 2
    former = Path(home.ZHUNSHENG_HOME) / "keys" / "documents" / "signers"
    current = identity.fingerprint(identity.signer().certificate)
    next(path for path in former.iterdir() if path.stem != current).unlink()
    assert [verify(one, identity.trust()).problem for one in (before, after)] == ["untrusted", None]


def test_a_clock_signs_no_documents_and_a_signer_no_times(home, plain):
    ours, trust = sign(plain, at=NOON), identity.trust()

    assert verify(ours, identity.Trust(trust.clocks, trust.roots, trust.clocks)).problem == "untrusted"
    assert verify(ours, identity.Trust(trust.signers, trust.roots, ())).problem == "time"
    assert verify(ours, identity.Trust(trust.signers, trust.roots, trust.signers)).problem == "time"


class Authority:
    """A time-stamping authority on this machine, with ways to err."""

    def __init__(self, top):
        self.top = top
        self.key = new_key()
        self.certificate = certified(self.key, "time authority", top, clock=True)
        self.asked, self.err, self.status, self.kind = 0, "", 200, "application/timestamp-reply"

    def answer(self, request):
        req = tsp.TimeStampReq.load(request)
        if self.err == "imprint":
            req["message_imprint"]["hashed_message"] = b"\1" * 32
        if self.err == "nonce":
            req["nonce"] = 5
        own = asn1.Certificate.load(self.certificate.public_bytes(serialization.Encoding.DER))
        signed = timestamps._signed(timestamps._info(req, NOON, own), self.key, [own], NOON)
        if self.err == "signature":
            signed["signer_infos"][0]["signature"] = self.key.sign(b"else", ec.ECDSA(hashes.SHA256()))
        token = cms.ContentInfo({"content_type": "signed_data", "content": signed})
        made = tsp.TimeStampResp({"status": {"status": "granted"}, "time_stamp_token": token}).dump()
        return {"long": made + bytes(100_000), "rubbish": b"\x30\x03\x02\x01\x00"}.get(self.err, made)


@pytest.fixture
def clock(authority, home):
    tsa = Authority(authority)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):  # the name that http.server calls
            tsa.asked += 1
            content = tsa.answer(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(tsa.status)
            self.send_header("Content-Type", tsa.kind)
            self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_words):
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    home.ZHUNSHENG_TSA = f"http://127.0.0.1:{server.server_port}/tsa"
    identity.trust()
    known = Path(home.ZHUNSHENG_HOME) / "keys" / "documents" / "clocks.pem"
    known.write_bytes(identity.pem([authority[1]]))
    yield tsa
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_time_of_a_listed_authority_is_taken(clock, plain):
    found = verify(sign(plain, at=NOON), identity.trust())

    assert found.ok
    assert "time authority" in found.clock
    assert clock.asked == 1


def test_an_authority_that_is_not_listed_stamps_nothing(clock, plain, home):
    (Path(home.ZHUNSHENG_HOME) / "keys" / "documents" / "clocks.pem").unlink()

    with pytest.raises(NotStamped, match="does not verify"):
        sign(plain, at=NOON)


@pytest.mark.parametrize(
    ("err", "words"),
    [
        ("imprint", "another document"),
        ("nonce", "another request"),
        ("signature", "does not verify"),
        ("long", "too long"),
        ("rubbish", "no time-stamp|refused"),
    ],
)
def test_an_answer_to_another_question_stamps_nothing(clock, plain, err, words):
    clock.err = err

    with pytest.raises(NotStamped, match=words):
        sign(plain, at=NOON)


def test_no_redirection_is_followed_and_nothing_else_than_a_reply_is_read(clock, plain):
    clock.status = 307
    with pytest.raises(NotStamped, match="307"):
        sign(plain, at=NOON)
    assert clock.asked == 1
    clock.status, clock.kind = 200, "text/html"
    with pytest.raises(NotStamped, match="text/html"):
        sign(plain, at=NOON)


def test_the_wanted_policy_is_kept(clock, plain, home):
    home.ZHUNSHENG_TSA_POLICY = timestamps.POLICY
    assert verify(sign(plain, at=NOON), identity.trust()).ok

    home.ZHUNSHENG_TSA_POLICY = "1.2.3.4"
    with pytest.raises(NotStamped, match="another policy"):
        sign(plain, at=NOON)


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://tsa.example/", "tsa.example", "http://"])
def test_only_addresses_of_the_web_are_asked(plain, home, address):
    home.ZHUNSHENG_TSA = address

    with pytest.raises(NotStamped, match="no address"):
        sign(plain, at=NOON)
