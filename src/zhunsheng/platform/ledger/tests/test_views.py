"""What the log serves is what c2sp.org/tlog-tiles asks for, and nothing beyond the published checkpoint."""

import pytest
from django.urls import reverse

from zhunsheng.foundation.tlog.checkpoint import open_checkpoint
from zhunsheng.foundation.tlog.note import NoteKey
from zhunsheng.foundation.tlog.store import TileWriter
from zhunsheng.foundation.tlog.tiles import TileName
from zhunsheng.platform.ledger import keys, services

pytestmark = pytest.mark.django_db


def tile(client, path):
    return client.get(reverse("ledger:tile", args=[path]))


def test_the_checkpoint_opens_with_the_key_that_is_served(client, append, now):
    append(300)
    services.seal_pending(now)

    answer = client.get(reverse("ledger:checkpoint"))
    key = client.get(reverse("ledger:key"))

    assert answer["Content-Type"] == key["Content-Type"] == "text/plain; charset=utf-8"
    assert "max-age=1," in answer["Cache-Control"]
    signed = open_checkpoint(answer.content, [NoteKey.parse(key.content.decode())])
    assert (signed.origin, signed.size) == ("log.example/one", 300)


@pytest.mark.parametrize(
    ("path", "length"),
    [
        ("0/000", 8192),
        ("0/001.p/44", 44 * 32),
        ("1/000.p/1", 32),
        ("entries/000", 256 * 34),
        ("entries/001.p/44", 1496),
    ],
)
def test_tiles_are_served_for_ever(client, append, now, path, length):
    append(300)
    services.seal_pending(now)

    answer = tile(client, path)

    assert (answer.status_code, len(answer.content)) == (200, length)
    assert answer["Content-Type"] == "application/octet-stream"
    assert "immutable" in answer["Cache-Control"]


@pytest.mark.parametrize("path", ["0/001", "0/001.p/45", "0/002", "1/000", "entries/001", "0/1", "../checkpoint", "x"])
def test_anything_else_is_not_found(client, append, now, path):
    append(300)
    services.seal_pending(now)

    assert tile(client, path).status_code == 404


def test_a_tile_that_no_checkpoint_covers_yet_is_not_shown(client, append, now, log):
    append(10)
    services.seal_pending(now)
    TileWriter(log).write([(TileName(0, 0, 11), bytes(352))])

    assert tile(client, "0/000.p/10").status_code == 200
    assert tile(client, "0/000.p/11").status_code == 404


def test_a_tidied_partial_tile_is_cut_from_the_full_one(client, append, now):
    append(10)
    services.seal_pending(now)
    before = tile(client, "0/000.p/10").content
    append(300, first=10)
    services.seal_pending(now)

    assert tile(client, "0/000.p/10").content == before


def test_an_empty_log_has_a_key_but_no_checkpoint(client):
    assert client.get(reverse("ledger:checkpoint")).status_code == 404
    assert client.get(reverse("ledger:key")).content.decode().strip() == keys.log_key().text
    assert tile(client, "0/000").status_code == 404


def test_nothing_is_written_over_http(client):
    assert client.post(reverse("ledger:checkpoint")).status_code == 405


@pytest.mark.parametrize("count", [0, 3])
def test_the_page_says_how_the_log_stands_in_few_queries(client, append, now, django_assert_max_num_queries, count):
    append(count)
    services.seal_pending(now)
    append(count, first=10)

    with django_assert_max_num_queries(8):
        page = client.get(reverse("ledger:home"), headers={"accept-language": "en"}).content.decode()

    assert keys.log_key().text in page
    assert ("3 entries wait for sealing" in page) is (count == 3)
    assert ("Nothing has been sealed yet" in page) is (count == 0)


def test_the_page_is_in_chinese_when_asked(client, append, now):
    append(1)
    services.seal_pending(now)

    page = client.get(reverse("ledger:home"), headers={"accept-language": "zh-CN"}).content.decode()

    assert "公开存证日志" in page
    assert "已全部封存" in page
