import json
import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhunsheng.foundation import signing
from zhunsheng.foundation.signing import Ed25519Key, KeyProblem

# RFC 8032, 7.1: secret key, public key, message, signature.
RFC8032 = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
        "d25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
        "387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc659"
        "4a7c15e9716ed28dc027beceea1ec40a",
    ),
]
ORDER = 2**252 + 27742317777372353535851937790883648493  # of the group, RFC 8032, 5.1
KEY = Ed25519Key.from_seed(bytes(range(32)))


@pytest.mark.parametrize(("secret", "public", "message", "signature"), RFC8032)
def test_the_published_vectors_sign_and_verify(secret, public, message, signature):
    key = Ed25519Key.from_seed(bytes.fromhex(secret))

    assert key.public_bytes.hex() == public
    assert key.sign(bytes.fromhex(message)).hex() == signature
    assert signing.verify(
        "ed25519", signing.public_text(key), bytes.fromhex(message), signing.to_text(bytes.fromhex(signature))
    )


def test_the_signature_of_the_w3c_vectors_verifies(shared):
    folder = shared / "data" / "vc_di_eddsa"
    message = bytes.fromhex((folder / "combinedHashJCS.txt").read_text(encoding="ascii"))
    signature = bytes.fromhex((folder / "sigHexJCS.txt").read_text(encoding="ascii"))
    multibase = json.loads((folder / "keyPair.json").read_text(encoding="ascii"))["publicKeyMultibase"]
    public = signing.to_text(base58(multibase[1:])[2:])  # z = base58btc, then the two-byte prefix of Ed25519

    assert signing.verify("ed25519", public, message, signing.to_text(signature))
    assert not signing.verify("ed25519", public, message[:-1] + b"\0", signing.to_text(signature))


def base58(text):
    number = 0
    for character in text:
        number = number * 58 + "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz".index(character)
    return number.to_bytes(34, "big")


@given(st.binary(max_size=200), st.integers(0, 511))
def test_one_changed_bit_makes_a_signature_wrong(message, bit):
    signature = bytearray(KEY.sign(message))
    signature[bit // 8] ^= 1 << bit % 8

    assert not signing.verify("ed25519", signing.public_text(KEY), message, signing.to_text(bytes(signature)))


def test_a_second_form_of_a_signature_is_wrong():
    signature = KEY.sign(b"message")
    larger = int.from_bytes(signature[32:], "little") + ORDER
    forged = signature[:32] + larger.to_bytes(32, "little")

    assert not signing.verify("ed25519", signing.public_text(KEY), b"message", signing.to_text(forged))


@pytest.mark.parametrize("text", ["", "====", "not base64!", "AA==", "AB", "A", "é"])
def test_unreadable_signatures_and_keys_are_wrong_and_no_error(text):
    good = signing.sign_text(KEY, b"m")

    assert not signing.verify("ed25519", signing.public_text(KEY), b"m", text)
    assert not signing.verify("ed25519", text, b"m", good)


@given(st.binary(max_size=100))
def test_base64url_round_trips_and_has_one_form(data):
    text = signing.to_text(data)

    assert signing.from_text(text) == data
    assert "=" not in text
    with pytest.raises(ValueError, match="base64url"):
        signing.from_text(text + "=")


def test_an_unknown_algorithm_is_named():
    with pytest.raises(KeyProblem, match="rot13"):
        signing.verify("rot13", "", b"", "")


def test_a_key_is_kept_for_its_owner_alone_and_read_back(tmp_path):
    path = tmp_path / "keys" / "log.pem"
    key = signing.generate_key()
    signing.save_private(key, path)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert signing.load_private(path).public_bytes == key.public_bytes


def test_a_key_file_is_never_replaced(tmp_path):
    path = tmp_path / "log.pem"
    signing.save_private(KEY, path)

    with pytest.raises(FileExistsError):
        signing.save_private(signing.generate_key(), path)
    assert signing.load_private(path).public_bytes == KEY.public_bytes


def test_a_file_without_a_key_is_named_without_its_folder(tmp_path):
    path = tmp_path / "log.pem"
    path.write_text("nothing")

    with pytest.raises(KeyProblem, match=r"log\.pem holds no private key") as caught:
        signing.load_private(path)
    assert str(tmp_path) not in str(caught.value)


def test_another_algorithm_can_join(monkeypatch):
    class Reversed(signing.Ed25519):
        name = "reversed"

        def verify(self, public, message, signature):
            return super().verify(public, message[::-1], signature)

    monkeypatch.setattr(signing, "_ALGORITHMS", {"ed25519": signing._ALGORITHMS["ed25519"]})
    signing.register(Reversed())

    assert signing.verify("reversed", signing.public_text(KEY), b"abc", signing.sign_text(KEY, b"cba"))
    assert signing.algorithms() == ("ed25519", "reversed")


def test_a_name_cannot_be_taken_over(monkeypatch):
    class Weak(signing.Ed25519):
        def verify(self, public, message, signature):
            return True

    monkeypatch.setattr(signing, "_ALGORITHMS", dict(signing._ALGORITHMS))
    with pytest.raises(ValueError, match="registered already"):
        signing.register(Weak())
