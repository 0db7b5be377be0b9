"""A transcript alone recomputes the draw; whatever is changed is named."""

import contextlib
import copy
import hashlib
import json
import random
from datetime import UTC, datetime, timedelta

import pytest

from zhunsheng.foundation.canonical import NotCanonical, canonical_bytes, canonical_digest
from zhunsheng.foundation.draws import engines, frames, samples, transcripts
from zhunsheng.foundation.draws.engines import BadParameters
from zhunsheng.foundation.draws.seeds import Uniforms
from zhunsheng.foundation.draws.tests.test_frames_and_seeds import PARTIES, SECRET_A, SECRET_B
from zhunsheng.foundation.draws.verifying import not_checked, verify, verify_bytes

NOON = datetime(2026, 11, 27, 4, 0, tzinfo=UTC)
PANEL = [
    {"id": f"GD-{k:03d}", "fields": "food water" if k % 3 else "water", "rank": "leader" if k % 4 == 0 else "member",
     "barred": "employer" if k == 5 else "", "load": str(k % 3), "rest": "2"}
    for k in range(12)
]  # fmt: skip
NEEDS = {"size": 3, "fields": ["food", "water"], "leader_ranks": ["leader"], "load_weights": [4, 2, 1]}


def committed(rows, parameters, kind="panel", **more):
    text = frames.frame_csv(rows)
    return text, {
        "format": "zhunsheng-draw/1", "number": "D2026-000001", "kind": kind, "engine": "1", "title": "评审组抽取",
        "frame_sha256": frames.frame_sha256(text), "frame_rows": len(rows), "parameters": parameters,
        "source": "two_party", "reference": PARTIES, "known_at": "", "committed_at": "2026-11-27T04:00:00Z",
        "replaces": "", "why": "", **more,
    }  # fmt: skip


def transcript(rows=PANEL, parameters=NEEDS, kind="panel", **more):
    text, commitment = committed(rows, parameters, kind, **more)
    return transcripts.transcript_bytes(
        commitment=commitment, frame=text, material={"a": SECRET_A, "b": SECRET_B},
        entered=[{"part": part, "at": "2026-11-27T05:00:00Z", "person": 2 + (part == "b")} for part in "ab"],
        drawn_at=NOON + timedelta(hours=2), drawn_by=2,
    )  # fmt: skip


def test_a_transcript_recomputes_to_the_byte():
    raw, found = transcript()

    assert verify_bytes(raw) == []
    assert verify(found) == verify(json.loads(raw)) == []
    assert not_checked(found) == []
    text, commitment = committed(PANEL, NEEDS)
    lines = (
        "zhunsheng-draw/1", hashlib.sha256(text.encode()).hexdigest(), canonical_digest(commitment), "two_party",
        PARTIES, f"{SECRET_A} {SECRET_B}",
    )  # fmt: skip
    assert found["seed"] == hashlib.sha256("".join(f"{line}\n" for line in lines).encode()).hexdigest()


def test_one_changed_byte_anywhere_fails():
    raw, _found = transcript()
    chance = random.Random(7)
    places = {*range(0, len(raw), 23), *(chance.randrange(len(raw)) for _ in range(150)), len(raw) - 1}
    for place in places:
        changed = bytearray(raw)
        changed[place] = changed[place] ^ 1
        assert verify_bytes(bytes(changed)), f"byte {place}"
    assert verify_bytes(raw + b"\n")
    assert verify_bytes(raw[:-1])


def sealed_again(found):
    """What a forger would do: make the digests fit the change."""
    found["commitment_sha256"] = canonical_digest(found["commitment"])
    found.pop("transcript_sha256")
    found["transcript_sha256"] = canonical_digest(found)
    return found


CHANGES = {
    "a row of the frame": ("frame: its SHA-256", lambda t: t.update(frame=t["frame"].replace('"employer"', '""'))),
    "the end of the frame": ("frame: The frame", lambda t: t.update(frame=t["frame"][:-1])),
    "the seats": ("seed:", lambda t: t["commitment"]["parameters"].update(size=2)),
    "the title": ("seed:", lambda t: t["commitment"].update(title="别的")),
    "the leader": ("result.leader:", lambda t: t["result"].update(leader="GD-008x")),
    "a member": ("result.members[0]:", lambda t: t["result"]["members"].__setitem__(0, "GD-005")),
    "a step left out": ("result.steps:", lambda t: t["result"]["steps"].pop()),
    "a word added": ("result.note:", lambda t: t["result"].update(note="x")),
    "the secret": ("b: can't be recomputed", lambda t: t["material"].update(b=SECRET_A)),
    "the seed": ("seed:", lambda t: t.update(seed="0" * 64)),
    "the count of numbers": ("uniforms:", lambda t: t.update(uniforms=99)),
    "the kind": ("commitment.kind:", lambda t: t["commitment"].update(kind="dice")),
    "the engine": ("commitment.engine:", lambda t: t["commitment"].update(engine="0")),
    "a source entered before": ("entered[0].at:", lambda t: t["entered"][0].update(at="2026-11-27T03:00:00Z")),
    "a draw before": ("drawn_at:", lambda t: t.update(drawn_at="2026-11-27T03:00:00Z")),
    "the same person": ("entered: the person who chose", lambda t: t.update(drawn_by=1)),
    "a part not entered": ("entered: not every part", lambda t: t["entered"].pop()),
    "a time in words": ("drawn_at: no time", lambda t: t.update(drawn_at="noon")),
    "a member of its own": ("format:", lambda t: t.update(more=1)),
    "a missing member": ("format:", lambda t: t.pop("seed")),
    "no number": ("format:", lambda t: t["commitment"]["parameters"].update(size=float("nan"))),
    "a field that is none": ("parameters", lambda t: t["commitment"]["parameters"].update(fields=7)),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_forger_who_mends_the_digests_is_still_named(name):
    place, change = CHANGES[name]
    found = copy.deepcopy(transcript()[1])
    change(found)
    with contextlib.suppress(NotCanonical):  # what has no canonical form stays as it is
        found = sealed_again(found)

    assert any(problem.startswith(place) for problem in verify(found)), verify(found)


@pytest.mark.parametrize("found", [{}, {"format": 7}, {"commitment": []}, {"commitment": None, "frame": {}}])
def test_what_is_no_transcript_is_told(found):
    assert verify(found)[0].startswith("format:")


@pytest.mark.parametrize("raw", [b"", b"[]", b"{", b"\xff", b"[" * 200_000, b'{"a":1,"a":2}'])
def test_a_file_that_is_no_transcript_is_told(raw):
    assert verify_bytes(raw)


def test_numbers_that_were_known_before_or_entered_by_one_person_are_named():
    rows, parameters = PANEL, NEEDS
    text, commitment = committed(
        rows, parameters, source="public_numbers", reference="双色球 2026137 期", known_at="2026-11-27T13:15:00Z"
    )

    def drawn(persons, known_at=commitment["known_at"]):
        return transcripts.transcript_bytes(
            commitment=commitment | {"known_at": known_at}, frame=text, material={"numbers": "2.5.8.10.12.19./"},
            entered=[{"part": "numbers", "at": "2026-11-27T14:00:00Z", "person": one} for one in persons],
            drawn_at=datetime(2026, 11, 27, 15, tzinfo=UTC), drawn_by=2,
        )[1]  # fmt: skip

    assert verify(drawn([2, 3])) == []
    assert "announced" in not_checked(drawn([2, 3]))[0]
    assert verify(drawn([2, 2])) == ["entered: one person entered the numbers twice"]
    assert verify(drawn([2])) == ["entered: not every part of the source, as often as it must be entered"]
    assert any("known before" in one for one in verify(drawn([2, 3], "2026-11-27T03:00:00Z")))
    assert "commitment.known_at: missing" in verify(drawn([2, 3], ""))


BODIES = [
    {"id": f"B{k:03d}", "stratum": "环境" if k % 2 else "食品", "size": str(1 + k % 5)} for k in range(40)
]  # fmt: skip


@pytest.mark.parametrize("method", sorted(samples.METHODS))
def test_a_sample_by_strata_is_drawn_and_recomputed(method):
    raw, found = transcript(BODIES, {"method": method, "n": {"食品": 4, "环境": 6}, "floor": "0.05"}, "sample")

    selected = found["result"]["selected"]
    assert verify_bytes(raw) == []
    assert len(selected) == 10
    assert sum(int(one[1:]) % 2 for one in selected) == 6
    assert found["result"]["strata"] == {"食品": {"units": 20, "n": 4}, "环境": {"units": 20, "n": 6}}
    assert set(found["result"]["pi"]) == set(selected)


def test_a_sample_that_asks_for_more_than_there_are_names_the_stratum():
    parameters = {"method": "sampford", "n": {"食品": 21, "建材": 1}}

    assert samples.blocking(BODIES, parameters) == [
        {"condition": "stratum", "stratum": "建材", "units": 0, "n": 1},
        {"condition": "stratum", "stratum": "食品", "units": 20, "n": 21},
    ]


@pytest.mark.parametrize(
    "parameters",
    [{}, {"method": "urn", "n": {}}, {"method": "sampford", "n": 3}, {"method": "sampford", "n": {"食品": 1.5}},
     {"method": "sampford", "n": {}, "floor": "low"}],
)  # fmt: skip
def test_parameters_that_say_no_sample_are_refused(parameters):
    with pytest.raises(BadParameters):
        samples.draw(BODIES, parameters, Uniforms("00" * 32))


def test_300_of_5000_are_drawn_at_once_and_verified():
    chance = random.Random(3)
    rows = [{"id": f"B{k:05d}", "size": str(chance.choice([1, 3, 10, 75]))} for k in range(5000)]

    raw, found = transcript(rows, {"method": "sampford", "n": {"": 300}}, "sample")

    assert len(found["result"]["selected"]) == 300
    assert verify_bytes(raw) == []


def test_apps_register_kinds_of_their_own_but_never_two_engines_for_one():
    def pick(frame, _parameters, uniforms):
        return {"outcome": "drawn", "first": frame[int(next(uniforms) * len(frame))]["id"]}

    engines.register("test-pick", pick)
    engines.register("test-pick", pick)

    assert verify(transcript(PANEL, {}, "test-pick")[1]) == []
    with pytest.raises(ValueError, match="test-pick"):
        engines.register("test-pick", lambda *_: {})


def test_the_published_bytes_are_canonical_json():
    raw, found = transcript()

    assert raw == canonical_bytes(found)
