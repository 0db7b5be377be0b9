"""Personal numbers are stored encrypted, found by a keyed index and shown masked."""

import base64

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import connection, models
from django.test.utils import isolate_apps
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from zhunsheng.platform.accounts import keyring, sealed_field
from zhunsheng.platform.accounts.sealed_field import CannotUnseal, EncryptedTextField, blind_index, masked, seal, unseal

NUMBER = "11010519491231002X"  # the example in GB 11643-1999
CONTEXT = "bodies.person.number_encrypted"


@pytest.fixture(autouse=True)
def own_home(settings, tmp_path):
    settings.ZHUNSHENG_HOME = tmp_path


@examples(deadline=None)
@given(st.text())
def test_what_was_sealed_comes_back_and_its_ciphertext_hides_it(text):
    sealed = seal(text, CONTEXT)

    assert unseal(sealed, CONTEXT) == text
    assert len(text) < 4 or text not in sealed


def test_sealing_twice_gives_two_ciphertexts():
    assert seal(NUMBER, CONTEXT) != seal(NUMBER, CONTEXT)


def test_the_cipher_is_aes_256_gcm_with_the_column_bound_in():
    _, key, body = *keyring.load("personal")[0], base64.urlsafe_b64decode(seal(NUMBER, CONTEXT).split(".")[2])

    assert len(key) == 32
    assert AESGCM(key).decrypt(body[:12], body[12:], CONTEXT.encode()).decode() == NUMBER


def test_every_altered_byte_is_noticed():
    mark, name, coded = seal(NUMBER, CONTEXT).split(".")
    raw = base64.urlsafe_b64decode(coded)
    for place in range(len(raw)):
        altered = bytearray(raw)
        altered[place] ^= 1
        with pytest.raises(CannotUnseal):
            unseal(f"{mark}.{name}.{base64.urlsafe_b64encode(altered).decode()}", CONTEXT)


@pytest.mark.parametrize("text", ["", "z1", "z1.0001", "z1.0001.!!!!", "z9.0001.AAAA", "z1.9999.AAAA", NUMBER])
def test_what_is_no_ciphertext_of_ours_is_refused(text):
    seal(NUMBER, CONTEXT)
    with pytest.raises(CannotUnseal):
        unseal(text, CONTEXT)


def test_a_value_moved_to_another_column_does_not_open():
    with pytest.raises(CannotUnseal):
        unseal(seal(NUMBER, CONTEXT), "accounts.user.email")


def test_after_rotation_new_values_use_the_new_key_and_old_ones_still_open():
    old = seal(NUMBER, CONTEXT)

    keyring.rotate("personal")

    new = seal(NUMBER, CONTEXT)
    assert (old.split(".")[1], new.split(".")[1]) == ("0001", "0002")
    assert unseal(old, CONTEXT) == unseal(new, CONTEXT) == NUMBER


def test_the_index_is_equal_for_equal_numbers_however_written_and_survives_rotation():
    first = blind_index(NUMBER, CONTEXT)

    keyring.rotate("personal-index")

    assert first == blind_index(" 110105 19491231-002x ", CONTEXT)
    assert first != blind_index("110105194912310021", CONTEXT)
    assert first != blind_index(NUMBER, "another.column")
    assert NUMBER not in first


def test_another_installation_has_another_index(settings, tmp_path):
    first = blind_index(NUMBER, CONTEXT)
    settings.ZHUNSHENG_HOME = tmp_path / "elsewhere"

    assert blind_index(NUMBER, CONTEXT) != first


def test_keys_are_readable_by_their_owner_alone(tmp_path):
    seal(NUMBER, CONTEXT)

    assert (tmp_path / "keys" / "personal" / "0001.key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("text", "shown"),
    [(NUMBER, "110***********002X"), ("13800138000", "138****8000"), ("张三", "张*"), ("", ""), ("A", "A")],
)
def test_masking_shows_enough_to_recognise_and_no_more(text, shown):
    assert masked(text) == shown


@pytest.mark.django_db(transaction=True)
def test_a_column_holds_ciphertext_and_the_program_sees_text():
    with isolate_apps("zhunsheng.platform.accounts"):

        class Paper(models.Model):
            number = EncryptedTextField(blank=True, default="")

            class Meta:
                app_label = "accounts"

            def __str__(self):
                return self.number

    papers = Paper._default_manager
    with connection.schema_editor() as editor:
        editor.create_model(Paper)
    try:
        paper = papers.create(number=NUMBER)
        papers.create(number="")
        with connection.cursor() as cursor:
            cursor.execute("SELECT number FROM accounts_paper ORDER BY id")
            stored, empty = (row[0] for row in cursor.fetchall())

        assert stored.startswith(f"{sealed_field.MARK}.0001.")
        assert NUMBER not in stored
        assert empty == ""
        assert papers.get(pk=paper.pk).number == NUMBER
        with pytest.raises(TypeError, match="blind index"):
            papers.filter(number=NUMBER).exists()
    finally:
        with connection.schema_editor() as editor:
            editor.delete_model(Paper)
