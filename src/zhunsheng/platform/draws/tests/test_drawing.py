"""A draw from commitment to transcript, and everything that is refused on the way."""

import json
from datetime import timedelta

import pytest
from django.utils import translation

from zhunsheng.foundation.draws import sources
from zhunsheng.foundation.draws.sources import SourceRefused
from zhunsheng.foundation.draws.verifying import verify, verify_bytes
from zhunsheng.foundation.workflow import IllegalMove
from zhunsheng.platform.accounts.models import Kind, Role
from zhunsheng.platform.accounts.policy import NotAllowed, SamePerson
from zhunsheng.platform.accounts.tests.factories import make_member, make_organisation
from zhunsheng.platform.draws import services
from zhunsheng.platform.draws.lifecycle import Stage
from zhunsheng.platform.draws.models import Draw, SourceEntry
from zhunsheng.platform.draws.services import DrawImpossible, EntriesDiffer, FrameChanged, NotCommittable, TooEarly
from zhunsheng.platform.draws.tests.factories import (
    EVENING,
    NEEDS,
    NIGHT,
    NOON,
    PANEL,
    SECRETS,
    digest,
    make_draw,
    make_drawn,
    make_officer,
    make_reference,
)
from zhunsheng.platform.ledger.models import Entry
from zhunsheng.platform.ledger.services import audit, seal_pending
from zhunsheng.platform.refusals import sentence

pytestmark = pytest.mark.django_db


def test_a_commitment_is_numbered_hashed_and_logged():
    draw = make_draw()
    entry = Entry.objects.get(pk=draw.committed_entry)

    assert draw.number == "D2026-000001"
    assert draw.stage == Stage.COMMITTED
    assert (entry.kind, entry.subject, entry.body) == ("draw.committed", draw.commitment_sha256, draw.number)
    assert draw.commitment["frame_sha256"] == digest(draw.frame)
    assert make_draw().number == "D2026-000002"


def test_a_draw_by_two_parties_ends_in_a_transcript_that_recomputes():
    draw = make_drawn()

    assert draw.stage == Stage.DRAWN
    assert verify_bytes(draw.transcript.encode()) == []
    assert verify(json.loads(draw.transcript)) == []
    assert draw.result["outcome"] == "drawn"
    assert len(draw.result["members"]) == 2
    entry = Entry.objects.get(pk=draw.drawn_entry)
    assert (entry.kind, entry.subject) == ("draw.drawn", draw.transcript_sha256)
    draw.refresh_from_db()
    assert verify_bytes(draw.transcript.encode()) == []


def test_secrets_may_come_one_after_the_other_from_two_persons():
    draw, one, other = make_draw(), make_officer(), make_officer(Role.LEGAL_OFFICER)

    half = services.enter_source(draw_id=draw.pk, material={"b": SECRETS["b"]}, by=one, at=EVENING)
    assert half.stage == Stage.COMMITTED
    whole = services.enter_source(draw_id=draw.pk, material={"a": SECRETS["a"]}, by=other, at=EVENING)

    assert whole.stage == Stage.KNOWN
    with pytest.raises(IllegalMove):
        services.enter_source(draw_id=draw.pk, material={"a": SECRETS["a"]}, by=other, at=EVENING)


def test_a_reveal_that_does_not_match_is_refused_and_kept():
    draw, other = make_draw(), make_officer()

    with pytest.raises(SourceRefused):
        services.enter_source(draw_id=draw.pk, material={"a": SECRETS["b"]}, by=other, at=EVENING)

    kept = SourceEntry.objects.get()
    assert (kept.refused, kept.by, kept.counts) == ("source-refused", other, False)
    draw.refresh_from_db()
    assert (draw.stage, draw.material) == (Stage.COMMITTED, {})


def test_whoever_chose_the_frame_neither_enters_the_source_nor_draws():
    chooser, other = make_officer(), make_officer()
    draw = make_draw(by=chooser)

    with pytest.raises(SamePerson):
        services.enter_source(draw_id=draw.pk, material=SECRETS, by=chooser, at=EVENING)
    services.enter_source(draw_id=draw.pk, material=SECRETS, by=other, at=EVENING)
    with pytest.raises(SamePerson):
        services.draw(draw_id=draw.pk, by=chooser, at=NIGHT)


def test_officers_of_another_city_and_laboratories_do_nothing():
    draw = make_draw()
    laboratory = make_member(Role.BODY_MANAGER, make_organisation(Kind.BODY))

    for stranger in (make_officer(division="440300"), laboratory):
        with pytest.raises(NotAllowed):
            make_draw(by=stranger)
        with pytest.raises(NotAllowed):
            services.enter_source(draw_id=draw.pk, material=SECRETS, by=stranger, at=EVENING)
        with pytest.raises(NotAllowed):
            services.draw(draw_id=draw.pk, by=stranger, at=NIGHT)


def test_nothing_is_drawn_before_the_source_is_known_nor_twice():
    draw, other = make_draw(), make_officer()
    with pytest.raises(IllegalMove):
        services.draw(draw_id=draw.pk, by=other, at=NIGHT)

    drawn = make_drawn()
    with pytest.raises(IllegalMove):
        services.draw(draw_id=drawn.pk, by=other, at=NIGHT)


needs_drand = pytest.mark.skipif(not sources.can_verify_drand(), reason="drand-verify is optional and not here")
PUBLISHED_ROUND_657413 = (
    "b713718a38ae728dfd477991af2822e08d2f305e47718cef9f7848ce4050e7be41076862b98fad56e91a6b85b89cd97b"
)
"""The signature of a round of drand's quicknet, as the documentation of drand-verify gives it."""
NUMBERS = {"source": "public_numbers", "reference": "双色球 2026025 期", "known_at": EVENING}


def test_public_numbers_count_when_two_officers_enter_the_same():
    draw, one, other = make_draw(**NUMBERS), make_officer(), make_officer()

    services.enter_source(draw_id=draw.pk, material={"numbers": "3 7 12 18 25 33 / 9"}, by=one, at=EVENING)
    services.enter_source(draw_id=draw.pk, material={"numbers": "3 7 12 18 25 33 / 9"}, by=one, at=EVENING)
    draw.refresh_from_db()
    assert draw.stage == Stage.COMMITTED  # the same person twice is one person
    with pytest.raises(EntriesDiffer):
        services.enter_source(draw_id=draw.pk, material={"numbers": "3 7 12 18 25 33 / 8"}, by=other, at=EVENING)
    known = services.enter_source(draw_id=draw.pk, material={"numbers": "33.25.18.12.7.3/9/"}, by=other, at=EVENING)

    assert known.material == {"numbers": "3.7.12.18.25.33./9./"}
    drawn = services.draw(draw_id=draw.pk, by=one, at=NIGHT)
    assert verify_bytes(drawn.transcript.encode()) == []
    assert [one["person"] for one in json.loads(drawn.transcript)["entered"]] == [2, 3]
    assert SourceEntry.objects.exclude(refused="").count() == 2  # corrected, and differing


def test_what_one_officer_entered_is_not_shown_before_another_entered_the_same(client):
    """The page is public: whoever could read the first entry there could copy it."""
    draw, one, other = make_draw(**NUMBERS), make_officer(), make_officer()
    services.enter_source(draw_id=draw.pk, material={"numbers": "3 7 12 18 25 33 / 9"}, by=one, at=EVENING)

    half = client.get(f"/draws/{draw.number}/").content.decode()
    with pytest.raises(EntriesDiffer) as refused:
        services.enter_source(draw_id=draw.pk, material={"numbers": "3 7 12 18 25 34 / 9"}, by=other, at=EVENING)
    services.enter_source(draw_id=draw.pk, material={"numbers": "3 7 12 18 25 33 / 9"}, by=other, at=EVENING)
    whole = client.get(f"/draws/{draw.number}/").content.decode()

    assert "3.7.12.18.25.33" not in half
    assert "33" not in str(refused.value)
    assert "3.7.12.18.25.33" in whole


def test_no_draw_is_committed_with_a_secret_that_another_revealed():
    """Whoever commits knows it: frames and titles could be tried until the result suits."""
    make_drawn()
    known, fresh = digest(SECRETS["a"]), digest(NEW["b"])

    for reference in (make_reference(), sources.two_party("省局", fresh, "公证处", known)):
        with pytest.raises(NotCommittable) as refused:
            make_draw(reference=reference)
        assert refused.value.field == "reference"
    assert make_draw(reference=make_reference(NEW)).stage == Stage.COMMITTED


def test_numbers_entered_before_their_announcement_are_refused():
    draw, other = make_draw(**NUMBERS), make_officer()

    with pytest.raises(TooEarly):
        services.enter_source(
            draw_id=draw.pk, material={"numbers": "1 2 3"}, by=other, at=EVENING - timedelta(minutes=1)
        )

    assert SourceEntry.objects.get().refused == "draw-source-too-early"


@pytest.mark.parametrize(
    "change",
    [
        NUMBERS | {"known_at": NOON},
        NUMBERS | {"known_at": NOON - timedelta(days=1)},
        NUMBERS | {"known_at": None},
        {"title": " "},
        {"source": "drand", "reference": "quicknet/657413"},
    ],
)
def test_a_commitment_that_proves_nothing_is_refused(change):
    with pytest.raises(NotCommittable):
        make_draw(**change)

    assert not Draw.objects.exists()
    assert not Entry.objects.exists()


def test_a_round_of_drand_that_is_over_is_no_source_even_where_it_can_be_verified(monkeypatch):
    monkeypatch.setattr(sources, "can_verify_drand", lambda: True)
    before = sources.source_named("drand").known_at("quicknet/657413")
    assert before is not None
    assert before < NOON

    with pytest.raises(NotCommittable):
        make_draw(source="drand", reference="quicknet/657413", known_at=None)
    assert not Draw.objects.exists()


@needs_drand
def test_another_round_than_the_committed_one_is_refused_and_kept():
    """The chance of a later round, for which somebody waited, does not come in the place of the one that was named."""
    before = sources.source_named("drand").known_at("quicknet/657412")
    assert before is not None
    draw = make_draw(source="drand", reference="quicknet/657412", known_at=None, at=before - timedelta(hours=1))
    later = {"signature": PUBLISHED_ROUND_657413}

    with pytest.raises(SourceRefused, match="657412"):
        services.enter_source(draw_id=draw.pk, material=later, by=make_officer(), at=before + timedelta(minutes=1))

    assert SourceEntry.objects.get().refused == "source-refused"
    draw.refresh_from_db()
    assert draw.stage == Stage.COMMITTED


@needs_drand
def test_the_round_that_was_committed_to_is_verified_and_drawn_from():
    known_at = sources.source_named("drand").known_at("quicknet/657413")
    assert known_at is not None
    draw, other = (
        make_draw(source="drand", reference="quicknet/657413", known_at=None, at=known_at - timedelta(hours=1)),
        make_officer(),
    )
    material = {"signature": PUBLISHED_ROUND_657413}
    services.enter_source(draw_id=draw.pk, material=material, by=other, at=known_at + timedelta(minutes=1))

    drawn = services.draw(draw_id=draw.pk, by=other, at=known_at + timedelta(minutes=2))

    assert verify_bytes(drawn.transcript.encode()) == []


def test_a_signature_that_can_not_be_verified_here_is_not_taken(monkeypatch):
    monkeypatch.setattr(sources, "can_verify_drand", lambda: True)
    draw = make_draw(source="drand", reference="quicknet/40000000", known_at=None)
    monkeypatch.setattr(sources, "can_verify_drand", lambda: False)
    known_at = sources.source_named("drand").known_at("quicknet/40000000")
    assert known_at is not None
    later = known_at + timedelta(seconds=1)
    with pytest.raises(SourceRefused, match="verified here"):
        services.enter_source(draw_id=draw.pk, material={"signature": "b7" * 48}, by=make_officer(), at=later)

    draw.refresh_from_db()
    assert (draw.stage, draw.material) == ("committed", {})


def test_an_impossible_draw_is_refused_with_the_conditions_that_block():
    frame = [one | {"barred": "last_panel"} if "food" in one["fields"] else one for one in PANEL]

    with pytest.raises(DrawImpossible) as refusal:
        make_draw(frame=frame)

    assert [one["condition"] for one in refusal.value.conditions] == ["field"]
    with translation.override("en"):
        assert "nobody free covers the field Food (food)" in sentence(refusal.value)
        assert "sat on the body's last panel 8" in sentence(refusal.value)
    with translation.override("zh-hans"):
        assert "食品" in sentence(refusal.value)
        assert "上次评审" in sentence(refusal.value)
    assert not Draw.objects.exists()


NEW = {"a": "gamma-0123456789-0123456789-abcdef", "b": "delta-9876543210-9876543210-fedcba"}


def test_a_new_draw_needs_a_new_commitment_and_both_stay_visible():
    drawn, chooser = make_drawn(), make_officer()
    frame = [one | {"barred": "declined"} if one["id"] == drawn.result["leader"] else one for one in PANEL]

    again = services.redraw(
        draw_id=drawn.pk, why="组长因病回避", reference=make_reference(NEW), frame=frame, by=chooser, at=NIGHT
    )

    drawn.refresh_from_db()
    assert drawn.stage == Stage.DRAWN
    assert again.commitment["replaces"] == drawn.number
    assert again.commitment["why"] == "组长因病回避"
    with pytest.raises(NotCommittable):
        services.redraw(draw_id=drawn.pk, why="x", reference=make_reference(NEW), by=chooser, at=NIGHT)
    other, later = make_officer(), NIGHT + timedelta(days=1)
    services.enter_source(draw_id=again.pk, material=NEW, by=other, at=later)
    result = services.draw(draw_id=again.pk, by=other, at=later).result
    assert drawn.result["leader"] not in [result["leader"], *result["members"]]


def test_an_undrawn_draw_is_abandoned_by_the_new_one():
    draw, chooser = make_draw(), make_officer()

    with pytest.raises(NotCommittable):
        services.redraw(draw_id=draw.pk, why="密语遗失", reference=draw.reference, by=chooser, at=NIGHT)
    with pytest.raises(NotCommittable):
        services.redraw(draw_id=draw.pk, why=" ", reference=make_reference(NEW), by=chooser, at=NIGHT)
    services.redraw(draw_id=draw.pk, why="密语遗失", reference=make_reference(NEW), by=chooser, at=NIGHT)

    draw.refresh_from_db()
    assert draw.stage == Stage.ABANDONED
    with pytest.raises(IllegalMove):
        services.enter_source(draw_id=draw.pk, material=SECRETS, by=make_officer(), at=NIGHT)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("column", "change", "place"),
    [
        ("frame", lambda one: one.frame.replace('"employer"', '""'), "draws_draw.frame"),
        ("commitment", lambda one: one.commitment | {"title": "别的"}, "draws_draw.commitment"),
        ("transcript", lambda one: one.transcript.replace("GD-A-0003", "GD-A-0009"), "draws_draw.transcript"),
    ],
)
def test_the_audit_of_the_log_finds_a_draw_that_was_altered(column, change, place, tmp_path, settings):
    settings.ZHUNSHENG_HOME = tmp_path
    draw = make_drawn()
    seal_pending(NIGHT)
    assert audit().ok

    Draw.objects.filter(pk=draw.pk).update(**{column: change(draw)})

    assert place in str(audit().first_difference)


def test_a_log_that_fails_saves_no_draw(monkeypatch):
    def broken(**_words):
        raise RuntimeError("the log is gone")

    monkeypatch.setattr("zhunsheng.platform.draws.services.committing.ledger.append", broken)
    with pytest.raises(RuntimeError):
        make_draw()

    assert not Draw.objects.exists()


def test_parameters_keep_their_numbers_through_the_database():
    draw = make_draw(parameters=NEEDS | {"note": {"share": 0.1, "small": 1e-7, "whole": 3}})
    draw.refresh_from_db()
    other = make_officer()
    services.enter_source(draw_id=draw.pk, material=SECRETS, by=other, at=EVENING)

    assert verify_bytes(services.draw(draw_id=draw.pk, by=other, at=NIGHT).transcript.encode()) == []


@pytest.mark.parametrize("what", ["frame", "commitment"])
def test_what_was_changed_after_the_commitment_is_not_drawn(what):
    made, other = make_draw(), make_officer()
    services.enter_source(draw_id=made.pk, material=SECRETS, by=other, at=EVENING)
    if what == "frame":
        Draw.objects.filter(pk=made.pk).update(frame=made.frame.replace('"employer"', '""'))
    else:
        Draw.objects.filter(pk=made.pk).update(commitment=made.commitment | {"title": "别的"})

    with pytest.raises(FrameChanged):
        services.draw(draw_id=made.pk, by=other, at=NIGHT)

    made.refresh_from_db()
    assert (made.stage, made.transcript) == (Stage.KNOWN, "")
