"""Keeps the names that papers mention: each once, with how often and where it was seen."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from zhunsheng.platform.accounts.models import Division, places_up
from zhunsheng.registry.matching.models import Mention
from zhunsheng.registry.matching.rules.names import key_of, may_be_a_person, take_apart
from zhunsheng.registry.matching.selectors.live import gazetteer

_CHUNK = 500
_TEXT, _KEY = 300, 400


@dataclass(frozen=True, slots=True)
class Heard:
    """A name in a paper; `division` and `organisation_id` are of whoever wrote it, `seen_in` says which paper."""

    target: str
    text: str
    at: datetime
    uscc: str = ""
    cma: str = ""
    address: str = ""
    division: str = ""
    organisation_id: int | None = None
    seen_in: str = ""
    generated: bool = False


def hear(heard: Iterable[Heard]) -> int:
    """Keep what was heard and return how many names were new; a name that was decided keeps its decision.

    What may be the name of a person is left out: this is no register of people. Nothing is said here about who is
    meant: `suggest_waiting` does that afterwards. Each call counts its sightings once, so a caller keeps its own mark
    of what it has passed on, in the same transaction.
    """
    grouped: dict[tuple[str, str], list[Heard]] = {}
    for one in heard:
        key = mention_key(one.text, one.uscc, one.cma)
        if key and (one.uscc or one.cma or not may_be_a_person(take_apart(one.text, gazetteer()))):
            grouped.setdefault((one.target, key), []).append(one)
    places = sorted(grouped)
    made = 0
    with transaction.atomic():
        for start in range(0, len(places), _CHUNK):
            made += _keep({place: grouped[place] for place in places[start : start + _CHUNK]})
    return made


def mentions_of(heard: Sequence[Heard]) -> list[int | None]:
    """Return for each name the key of the mention that keeps it, or None where none is kept: one query for 500."""
    wanted = [(one.target, mention_key(one.text, one.uscc, one.cma)) for one in heard]
    keys = sorted({key for _target, key in wanted if key})
    held: dict[tuple[str, str], int] = {}
    for start in range(0, len(keys), _CHUNK):
        rows = Mention.objects.filter(key__in=keys[start : start + _CHUNK]).values_list("target", "key", "pk")
        held |= {(target, key): pk for target, key, pk in rows}
    return [held.get(one) for one in wanted]


def mention_key(text: str, uscc: str, cma: str) -> str:
    """Return what makes two mentions one: name and codes; "" for a text without any sign of a name."""
    name = key_of(text)
    if not name:
        return ""
    key = "|".join((name, uscc, cma))
    return key if len(key) <= _KEY else hashlib.sha256(key.encode()).hexdigest()


def _keep(grouped: dict[tuple[str, str], list[Heard]]) -> int:
    keys = {key for _target, key in grouped}
    held = {(one.target, one.key): one for one in Mention.objects.select_for_update().filter(key__in=keys)}
    codes = {one.division for group in grouped.values() for one in group}
    codes |= {one.division_id or "" for one in held.values()}
    known = set(
        Division.objects.filter(code__in={wide for code in codes for wide in places_up(code)}).values_list(
            "code", flat=True
        )
    )
    fresh, changed = [], []
    for place, group in grouped.items():
        mention = held.get(place)
        if mention is None:
            fresh.append(_made(place, group, known))
        else:
            _seen_again(mention, group, known)
            changed.append(mention)
    Mention.objects.bulk_create(fresh)
    Mention.objects.bulk_update(
        changed, ["times", "first_seen", "last_seen", "division", "organisation", "address"], batch_size=100
    )
    return len(fresh)


def _made(place: tuple[str, str], group: Sequence[Heard], known: set[str]) -> Mention:
    first = min(group, key=lambda one: one.at)
    mention = Mention(
        target=place[0],
        key=place[1],
        text=first.text.strip()[:_TEXT],
        uscc=first.uscc,
        cma=first.cma,
        first_seen=first.at,
        last_seen=first.at,
        example=first.seen_in[:200],
        generated=first.generated,
        organisation_id=first.organisation_id,
        division_id=_narrowest([first.division], known),
    )
    _seen_again(mention, group, known)
    return mention


def _seen_again(mention: Mention, group: Sequence[Heard], known: set[str]) -> None:
    mention.times += len(group)
    mention.first_seen = min([mention.first_seen, *(one.at for one in group)])
    mention.last_seen = max([mention.last_seen, *(one.at for one in group)])
    mention.address = mention.address or next((one.address[:300] for one in group if one.address), "")
    if any(one.organisation_id != mention.organisation_id for one in group):
        mention.organisation_id = None
    mention.division_id = _narrowest([mention.division_id or "", *(one.division for one in group)], known)


def _narrowest(codes: Iterable[str], known: set[str]) -> str | None:
    """Return the narrowest known division that holds all of these, or None."""
    paths = [places_up(code) for code in codes]
    shared = [code for code in paths[0] if all(code in path for path in paths)]
    return next((code for code in shared if code in known), None)
