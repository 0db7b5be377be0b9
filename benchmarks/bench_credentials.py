"""Certificates: making and signing the PDF against compiling it; verifying what was issued."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.harness import Stage, Work
from zhunsheng.foundation import signing
from zhunsheng.foundation.credentials import proofs
from zhunsheng.foundation.credentials.documents import credential_document
from zhunsheng.platform.documents import identity, pdf, qr, signatures, verifying

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
TEMPLATE = Path(pdf.__file__).parent.parent / "credentials" / "tests" / "certificate.typ"
METHOD = "did:web:zhunsheng.example#0001"
DOCUMENTS, DATA = 20, 500
SMALLEST = {"DOCUMENTS": 1, "DATA": 5}


def stages(scale: int) -> Iterator[Stage]:
    """Yield the stages; each is measured before the next is made."""
    yield _document_stage(DOCUMENTS * scale)
    yield _verification_stage(DOCUMENTS * scale)
    yield _data_stage(DATA * scale)


def _data(number: int) -> dict[str, str]:
    return {
        "code": f"C{number:015d}",
        "number": f"26{number:010d}",
        "holder": f"广东第{number}检测有限公司",
        "address": f"广州市天河区某路{number}号",
        "verify_url": f"https://zhunsheng.example/v/C{number:015d}",
        "qr": qr.svg(f"https://zhunsheng.example/v/C{number:015d}#" + "A" * 430),
        "qr_words": "核验二维码",
        "digest": "0" * 64,
        "signed": '{"a":1}',
    }


def _document_stage(number: int) -> Stage:
    rows = [_data(each) for each in range(number)]
    identity.signer()

    def ours() -> int:
        made = [signatures.sign(pdf.render(TEMPLATE, row, at=NOON, accessible=True), at=NOON) for row in rows]
        return len(made)

    def floor() -> int:
        return len([pdf.render(TEMPLATE, row, at=NOON, accessible=True) for row in rows])

    return Stage(
        name="certificate: PDF + signature with time",
        ours=Work(ours),
        floor_name="typst compile, reused compiler",
        floor=Work(floor),
        items=number,
        target=6.0,
        at_most=True,
        note="PDF/A-3a and PDF/UA-1, P-256, own time-stamp token",
    )


def _verification_stage(number: int) -> Stage:
    content = pdf.render(TEMPLATE, _data(1), at=NOON, accessible=True)
    signed, trust = signatures.sign(content, at=NOON), identity.trust()

    def ours() -> int:
        return sum(verifying.verify(signed, trust).ok for _ in range(number))

    def floor() -> int:
        return len([signatures.sign(content, at=NOON) for _ in range(number)])

    return Stage("certificate: verify a PDF", Work(ours), "signing the same PDF", Work(floor), number)


def _data_stage(number: int) -> Stage:
    key = signing.Ed25519Key.from_seed(bytes(32))
    document = credential_document(
        address="https://zhunsheng.example/api/v1/credentials/C",
        kind="CmaCertificate",
        issuer="did:web:zhunsheng.example",
        subject={
            "name": "广东珠江检测有限公司",
            "lines": [{"parameter": f"参数{n}", "method": "GB/T 1"} for n in range(50)],
        },
        valid_from=NOON,
        valid_until=None,
        status=[],
        stated={"number": "260019124512"},
        context="https://zhunsheng.example/credentials/context/1",
    )
    signed = proofs.signed(document, key=key, method=METHOD, created=NOON)
    keys, message = {METHOD: key.public_bytes}, bytes(64)
    signature = signing.sign_text(key, message)
    public = signing.public_text(key)

    def ours() -> int:
        return sum(proofs.verify(signed, keys, at=NOON).ok for _ in range(number))

    def floor() -> int:
        return sum(signing.verify("ed25519", public, message, signature) for _ in range(number))

    return Stage("certificate: verify signed data of 50 lines", Work(ours), "Ed25519 verification", Work(floor), number)
