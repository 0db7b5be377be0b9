"""Finds out whom open mentions may mean, and lays it before those who decide. Likeness alone links nothing.

Two things need no decision of a person, are noted as decisions of the system and can be undone like all others: a
mention that is sign for sign the registered (or former) name of exactly one organisation and contradicts none of its
codes is that name; and a producer whom nothing in the register resembles is entered as a new one.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.database.locks import exclusive
from zhunsheng.registry.matching import lifecycle
from zhunsheng.registry.matching.models import Mention, Producer, Suggestion, Target
from zhunsheng.registry.matching.rules.blocking import Candidate, Entry, NameIndex, find, is_likely
from zhunsheng.registry.matching.rules.comparing import Party
from zhunsheng.registry.matching.rules.weighing import weights
from zhunsheng.registry.matching.selectors.live import LiveIndex, live, party
from zhunsheng.registry.matching.services.deciding import note

LOCK = "matching-suggest"
_AT_ONCE = 500
SAME_NAME = gettext_noop("The name is sign for sign the registered name of this one alone.")
NOTHING_LIKE_IT = gettext_noop("Nothing in the register resembles the name; it is entered as a new producer.")


def suggest_waiting(*, at: datetime, most: int = 20_000) -> int:
    """Make suggestions for open mentions that have none by these weights yet, and return for how many.

    Raises: LockBusy when another worker is at it.
    """
    done = 0
    with exclusive(LOCK, wait_seconds=0):
        while done < most:
            waiting = list(
                Mention.objects.filter(state=lifecycle.OPEN, suggested_for__lt=_stamp()).order_by(
                    "suggested_for", "id"
                )[:_AT_ONCE]
            )
            if not waiting:
                break
            for target in Target.values:
                _suggest(target, [one for one in waiting if one.target == target], at)
            done += len(waiting)
    return done


@transaction.atomic
def suggest_for(*, mention_id: int, at: datetime) -> None:
    """Make the suggestions of one open mention again, for example after the register has changed."""
    mention = Mention.objects.select_for_update().get(pk=mention_id)
    if mention.state == lifecycle.OPEN:
        index, found = live(mention.target), _party(mention)
        _keep(mention, index.find(found, weights()), at)


def _stamp() -> str:
    """Return what marks a mention as done: greater than all earlier ones, as weights get higher versions."""
    return f"w{weights().version:>08}"


def _party(mention: Mention) -> Party:
    """Return the mention ready to be compared; where it was seen says nothing about where its bearer is."""
    return party(mention.text, uscc=mention.uscc, cma=mention.cma, address=mention.address)


@transaction.atomic
def _suggest(target: str, mentions: Sequence[Mention], at: datetime) -> None:
    index = live(target)
    strangers: list[tuple[Mention, Party]] = []
    for mention in mentions:
        found = _party(mention)
        ranked = index.find(found, weights())
        if _is_the_name(index, mention, found, ranked):
            _keep(mention, ranked, at)
            note(mention, lifecycle.ACCEPT, target_id=ranked[0].entry.owner, by=None, at=at, why=SAME_NAME)
        elif ranked or target == Target.BODY:
            _keep(mention, ranked, at)
        else:
            strangers.append((mention, found))
    _enter(strangers, at)


def _is_the_name(index: LiveIndex, mention: Mention, found: Party, ranked: Sequence[Candidate]) -> bool:
    bearing = index.bearing(found)
    if len(bearing) != 1 or not ranked or ranked[0].entry.owner not in bearing:
        return False
    codes = {feature: level for feature, level, _bits in ranked[0].score.parts if feature in {"uscc", "cma"}}
    return not ranked[0].score.veto and set(codes.values()) <= {"same", "unknown"}


def _enter(strangers: Sequence[tuple[Mention, Party]], at: datetime) -> None:
    """Enter those whom nothing resembles; of strangers that resemble each other only the first, the rest come again."""
    among = NameIndex(Entry(place, "name", found) for place, (_mention, found) in enumerate(strangers))
    entered: set[int] = set()
    for place, (mention, found) in enumerate(strangers):
        alike = {one.entry.owner for one in find([(among, frozenset())], found, weights())} - {place}
        if alike & entered:
            continue
        entered.add(place)
        _keep(mention, [], at)
        with recorded(None, NOTHING_LIKE_IT):
            producer = Producer(
                name=mention.text[:200],
                uscc=mention.uscc,
                division=None,
                address=mention.address,
                generated=mention.generated,
            )
            producer._history_date = at  # type: ignore[attr-defined]  # simple-history reads it
            producer.save()
        note(mention, lifecycle.NEW, target_id=producer.pk, by=None, at=at, why=NOTHING_LIKE_IT)


def _keep(mention: Mention, ranked: Sequence[Candidate], at: datetime) -> None:
    mention.suggestions.all().delete()
    likely = is_likely(ranked, weights())
    Suggestion.objects.bulk_create(
        Suggestion(
            mention=mention,
            rank=rank,
            bits=round(one.score.bits, 2),
            likely=likely and rank == 1,
            matched_name=one.entry.party.name.text[:200],
            matched_kind=one.entry.kind,
            parts=[list(part) for part in one.score.parts],
            weights=weights().version,
            made_at=at,
            **{f"{mention.target}_id": one.entry.owner},
        )
        for rank, one in enumerate(ranked, 1)
    )
    mention.best = round(ranked[0].score.bits, 2) if ranked else None
    mention.likely, mention.suggested_for = likely, _stamp()
    mention.save(update_fields=["best", "likely", "suggested_for"])


def suggest_when_waiting() -> int:
    """Do the worker's duty. Raises: LockBusy."""
    if not Mention.objects.filter(state=lifecycle.OPEN, suggested_for__lt=_stamp()).exists():
        return 0
    return suggest_waiting(at=timezone.now())
