"""Frames, seeds and uniforms to the byte, and the sources of chance, RFC 3797's example among them."""

import hashlib
import hmac
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhunsheng.foundation.draws import frames, rfc3797, seeds, sources
from zhunsheng.foundation.draws.frames import NotAFrame
from zhunsheng.foundation.draws.sources import SourceRefused

GOLDEN = Path(__file__).parents[6] / "shared" / "golden" / "sampling"
needs_golden = pytest.mark.skipif(not GOLDEN.is_dir(), reason="the golden values lie beside the checkout")
SECRET_A, SECRET_B = "alpha-0123456789-0123456789-abcdef", "beta-9876543210-9876543210-fedcba"
PARTIES = sources.two_party(
    "法规处",
    hashlib.sha256(SECRET_A.encode()).hexdigest(),
    "公证处",
    hashlib.sha256(SECRET_B.encode()).hexdigest(),
)


def test_a_frame_has_one_form_whatever_the_order_of_rows_and_columns():
    rows = [{"rank": 'a "b", c', "id": "GD-2"}, {"id": "GD-10", "barred": "近亲属"}]

    text = frames.frame_csv(rows)

    assert text == '"id","barred","rank"\n"GD-10","近亲属",""\n"GD-2","","a ""b"", c"\n'
    assert frames.frame_csv([dict(reversed(row.items())) for row in reversed(rows)]) == text
    assert frames.frame_sha256(text) == hashlib.sha256(text.encode()).hexdigest()
    assert frames.read_frame(text) == [
        {"id": "GD-10", "barred": "近亲属", "rank": ""},
        {"id": "GD-2", "barred": "", "rank": 'a "b", c'},
    ]


CELLS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), max_size=8)


@given(st.dictionaries(st.from_regex(r"[!-~]{1,6}", fullmatch=True), CELLS, min_size=1, max_size=8))
def test_what_is_written_is_read_again(cells):
    rows = [{"id": key, "note": cell} for key, cell in cells.items()]

    assert frames.read_frame(frames.frame_csv(rows)) == sorted(rows, key=lambda row: row["id"])


@pytest.mark.parametrize(
    "rows",
    [[], [{"id": ""}], [{"id": "a b"}], [{"id": "编号"}], [{"id": "a"}, {"id": "a"}], [{"id": "a", "Name": "x"}],
     [{"id": "a", "n": "two\nlines"}], [{"id": "a", "n": "\ud800"}], [{"id": "a", "n": None}], [{"n": "x"}]],
)  # fmt: skip
def test_rows_without_one_clear_form_are_refused(rows):
    with pytest.raises(NotAFrame):
        frames.frame_csv(rows)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('"id"\n"b"\n"a"\n', 2),
        ('"id"\n"a",\n', 2),
        ('"id"\nx\n', 2),
        ('"id","id"\n"a","b"\n', 1),
        ('"id"\n"a"\n"b" \n', 3),
    ],
)
def test_a_frame_in_another_form_is_refused_by_line(text, line):
    with pytest.raises(NotAFrame) as refusal:
        frames.read_frame(text)

    assert refusal.value.params["line"] == line


def test_the_seed_is_the_digest_of_six_lines():
    seed = seeds.seed_hex(
        frame_sha256="f" * 64, commitment_sha256="c" * 64, source="public_numbers", reference="双色球", material="1./"
    )

    lines = f"zhunsheng-draw/1\n{'f' * 64}\n{'c' * 64}\npublic_numbers\n双色球\n1./\n"
    assert seed == hashlib.sha256(lines.encode()).hexdigest()


def test_uniforms_are_53_bits_of_hmac_with_a_counter():
    seed = "0b" * 20 + "00" * 12  # a key padded with zeros is the same key: RFC 4231, test case 1 has 20 bytes 0b
    uniforms = seeds.Uniforms(seed)
    found = [next(uniforms) for _ in range(3)]

    for k, one in enumerate(found):
        digest = hmac.new(b"\x0b" * 20, k.to_bytes(8, "big"), hashlib.sha256).digest()
        assert one * 2**53 == int.from_bytes(digest[:8], "big") >> 11
    assert uniforms.used == 3
    assert all(0 <= one < 1 for one in found)


@needs_golden
def test_the_worked_example_of_rfc_3797():
    golden = json.loads((GOLDEN / "rfc3797.json").read_text())
    first, *others = golden["sources"]

    key = rfc3797.key_string([[int(first)], *others])

    assert key == golden["key"]
    assert rfc3797.selected(key, golden["pool"], 10) == golden["selected_1based"]


@needs_golden
def test_a_published_round_of_drand_gives_its_randomness():
    golden = json.loads((GOLDEN / "drand.json").read_text())
    reference, material = f"quicknet/{golden['round']}", {"signature": golden["signature"]}

    assert sources.material_line("drand", reference, material) == golden["randomness"]
    if sources.can_verify_drand():
        with pytest.raises(SourceRefused):
            sources.material_line("drand", f"quicknet/{golden['round'] + 1}", material)


def test_numbers_are_read_as_people_write_them_and_kept_in_one_form():
    line = "9319./2.5.8.10.12./9.18.26.34.41.45./"
    check = sources.source_named("public_numbers").check_part

    assert check("", "numbers", "9319 / 2 5 12 8 10 / 9, 18, 26, 34, 41, 45") == line
    assert sources.material_line("public_numbers", "双色球 2026137 期", {"numbers": line}) == line
    with pytest.raises(SourceRefused):
        sources.material_line("public_numbers", "双色球 2026137 期", {"numbers": "9319 / 2 5"})


def test_two_parties_reveal_what_they_committed_to():
    assert sources.material_line("two_party", PARTIES, {"a": SECRET_A, "b": SECRET_B}) == f"{SECRET_A} {SECRET_B}"


@pytest.mark.parametrize(
    "material",
    [{"a": SECRET_B, "b": SECRET_A}, {"a": SECRET_A}, {"a": SECRET_A, "b": SECRET_B + "x"}, {"a": SECRET_A, "b": 7},
     {"a": SECRET_A, "b": SECRET_B, "c": ""}],
)  # fmt: skip
def test_a_reveal_that_does_not_match_is_refused(material):
    with pytest.raises(SourceRefused):
        sources.material_line("two_party", PARTIES, material)


@pytest.mark.parametrize(
    ("name", "reference"),
    [("two_party", "a=1;b=2"), ("two_party", f"甲={'a' * 64};甲={'b' * 64}"),
     ("two_party", f"甲={'a' * 64};乙={'a' * 64}"),
     ("drand", "quicknet/0"), ("drand", "mainnet/7"), ("public_numbers", "x\ny"), ("dice", "x")],
)  # fmt: skip
def test_a_reference_that_names_no_source_is_refused(name, reference):
    with pytest.raises(SourceRefused):
        sources.source_named(name).check_reference(reference)


def test_a_round_of_drand_has_its_time():
    known_at = sources.source_named("drand").known_at("quicknet/1")

    assert known_at is not None
    assert known_at.isoformat() == "2023-08-23T15:09:27+00:00"
