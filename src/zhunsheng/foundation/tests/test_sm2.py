"""SM2 against the example that the standard publishes and against OpenSSL, which shares nothing with our library."""

import os
import shutil
import subprocess

import pytest
from asn1crypto import core
from hypothesis import given, settings
from hypothesis import strategies as st

from zhunsheng.foundation import signing, sm2

if not sm2.available():
    if os.environ.get("CI") == "true":
        raise RuntimeError("gmssl is missing: requirements/dev.txt brings it")
    pytest.skip("the extra sm2 isn't installed", allow_module_level=True)

# GB/T 32918.5-2017, annex A: the recommended curve, identifier 1234567812345678, message "message digest".
SECRET = 0x3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8
PUBLIC = (
    "0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"
    "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13"
)
CHANCE = 0x59276E27D506861A16680F3AD9C02DCCEF3CC1FA3CDBE4CE6D54B80DEAC1BC21
DIGEST = "f0b43e94ba45accaace692ed534382eb17e6ab5a19ce7b31f4486fdfc0d28640"
R = "f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3"
S = "b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa"
MESSAGE = b"message digest"
KEY = sm2.Sm2Key(SECRET)
ALGORITHM = sm2.Sm2()


class Signature(core.Sequence):  # type: ignore[misc]  # no types there
    _fields = [("r", core.Integer), ("s", core.Integer)]


def test_the_published_example_signs_and_verifies():
    assert KEY.public_bytes.hex() == PUBLIC
    assert sm2.digest(KEY.public_bytes, MESSAGE).hex() == DIGEST
    assert KEY.sign_with(MESSAGE, CHANCE).hex() == R + S
    assert ALGORITHM.verify(KEY.public_bytes, MESSAGE, bytes.fromhex(R + S))
    assert not ALGORITHM.verify(KEY.public_bytes, MESSAGE + b".", bytes.fromhex(R + S))


@settings(max_examples=8, deadline=None)
@given(st.binary(max_size=200), st.integers(0, 511))
def test_one_changed_bit_makes_a_signature_wrong(message, bit):
    signature = bytearray(KEY.sign(message))
    assert ALGORITHM.verify(KEY.public_bytes, message, bytes(signature))
    signature[bit // 8] ^= 1 << bit % 8
    assert not ALGORITHM.verify(KEY.public_bytes, message, bytes(signature))


def test_numbers_out_of_range_and_keys_off_the_curve_are_wrong():
    r, s = int(R, 16), int(S, 16)
    for one, other in ((0, s), (r, 0), (r, sm2.N), (r + sm2.N - r, s), (r, sm2.N - r)):
        made = one.to_bytes(33)[-32:] + other.to_bytes(33)[-32:]
        assert not ALGORITHM.verify(KEY.public_bytes, MESSAGE, made)
    for public in (b"", bytes(65), KEY.public_bytes[:-1] + b"\0", b"\x02" + KEY.public_bytes[1:]):
        assert not ALGORITHM.verify(public, MESSAGE, bytes.fromhex(R + S))


def test_a_key_that_begins_with_the_digits_which_the_library_strips_works():
    secret = next(one for one in range(1, 2000) if sm2.Sm2Key(one).public_bytes[1] == 0x04)
    key = sm2.Sm2Key(secret)

    assert ALGORITHM.verify(key.public_bytes, b"m", key.sign(b"m"))


def test_the_short_form_of_a_key_and_its_file_lead_back(tmp_path, monkeypatch):
    key = ALGORITHM.generate()
    assert sm2.uncompressed(sm2.compressed(key.public_bytes)) == key.public_bytes
    with pytest.raises(ValueError, match=r"short form|curve"):
        sm2.uncompressed(b"\x02" + bytes(31) + b"\x05")
    monkeypatch.setattr(signing, "_ALGORITHMS", dict(signing._ALGORITHMS))
    sm2.register()
    signing.save_private(key, tmp_path / "sm2.pem")
    assert signing.load_private(tmp_path / "sm2.pem").public_bytes == key.public_bytes
    ours = signing.generate_key()
    signing.save_private(ours, tmp_path / "ed.pem")
    assert signing.load_private(tmp_path / "ed.pem").public_bytes == ours.public_bytes


@pytest.fixture(scope="module")
def openssl():
    tool = shutil.which("openssl")
    known = subprocess.run(
        [tool or "false", "list", "-public-key-algorithms"], capture_output=True, text=True, check=False
    )
    if "SM2" not in known.stdout:
        pytest.skip("no OpenSSL with SM2")
    return tool


def test_openssl_verifies_what_we_sign_and_we_what_it_signs(openssl, tmp_path):
    key = ALGORITHM.generate()
    (tmp_path / "key.pem").write_bytes(key.pem())
    (tmp_path / "message").write_bytes(MESSAGE)
    made = key.sign(MESSAGE)
    pair = Signature({"r": int.from_bytes(made[:32]), "s": int.from_bytes(made[32:])})
    (tmp_path / "ours").write_bytes(pair.dump())

    def run(*words):
        done = subprocess.run([openssl, *words], cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr + done.stdout
        return done.stdout

    run("pkey", "-in", "key.pem", "-pubout", "-out", "public.pem")
    named = ["-sm3", "-sigopt", "distid:1234567812345678"]
    said = run("dgst", *named, "-verify", "public.pem", "-signature", "ours", "message")
    assert "Verified OK" in said
    run("dgst", *named, "-sign", "key.pem", "-out", "theirs", "message")
    theirs = Signature.load((tmp_path / "theirs").read_bytes()).native
    assert ALGORITHM.verify(key.public_bytes, MESSAGE, theirs["r"].to_bytes(32) + theirs["s"].to_bytes(32))
