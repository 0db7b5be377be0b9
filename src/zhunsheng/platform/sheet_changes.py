"""What becomes of the changes that a sheet sends: each once, none over what others wrote, and all kept."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Protocol
from uuid import UUID

from zhunsheng.foundation.errors import DomainError
from zhunsheng.foundation.merging import Change, Held, Outcome, meet
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.accounts.services.access import note_refused
from zhunsheng.platform.accounts.services.refusing import where
from zhunsheng.platform.refusals import sentence_and_remedy
from zhunsheng.platform.sheet_items import storable

MOST_CHANGES: Final = 1000
REFUSED: Final = "refused"


class Item(Protocol):
    """One item of a sheet: a clause, a check, a finding, a signature."""

    def cleaned(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return the values as they are kept. Raises: DomainError."""

    def held(self) -> Held:
        """Return what stands now."""

    def shown(self) -> dict[str, Any]:
        """Return what stands now, with who wrote it and when."""

    def write(self, values: Mapping[str, Any], by: User, at: datetime) -> None:
        """Let the values stand."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A room's sheet.

    Attributes:
        changes: the manager of the changes that belong to it.
        item_for: finds an item by its key; raises DomainError for an unknown one.
        writable: raises DomainError when nothing may be written any more.
        refusal: how the room refuses.
    """

    changes: Any
    item_for: Callable[[str], Item]
    writable: Callable[[], object]
    refusal: type[DomainError]


def take(sheet: Sheet, changes: Iterable[Change], *, by: User, at: datetime) -> list[Any]:
    """Take the changes of a device in their order and return what became of each; inside a transaction.

    A change that came before gives the same answer again. What meets another's writing is kept as a conflict that a
    person resolves; what the rules refuse is kept with the reason.
    Raises: the sheet's refusal, for more changes than a sheet can have or a number that is another's.
    """
    given = list(changes)
    if len(given) > MOST_CHANGES:
        raise sheet.refusal(
            "At most %(most)s changes are taken at once.", params={"most": MOST_CHANGES}, remedy="Send them in parts."
        )
    return [_taken(sheet, one, by, at) for one in given]


def _taken(sheet: Sheet, change: Change, by: User, at: datetime) -> Any:
    before = sheet.changes.model.objects.filter(client_id=change.id).first()
    if before is not None:
        return _same_sender(sheet, before, by)
    made = sheet.changes.model(
        client_id=change.id, item=storable(change.item)[:60], base=change.base,
        values={storable(name): storable(told) for name, told in change.values.items()},
        made_at=change.made_at, by=by, received_at=at, **{sheet.changes.field.name: sheet.changes.instance},
    )  # fmt: skip
    try:
        sheet.writable()
        item = sheet.item_for(change.item)
        values = item.cleaned(made.values)
    except DomainError as error:
        made.outcome, made.why = REFUSED, sentence_and_remedy(error)[:300]
        if error.kept:
            note_refused(by, where(take, {"item_id": change.item}), error, at=at)
    else:
        _meet(made, item, values, _base_of(sheet, change), by, at)
    made.save()
    if change.resolves is not None and made.outcome in {Outcome.APPLIED, Outcome.SAME}:
        _resolve(sheet, change.resolves, by, at)
    return made


def _resolve(sheet: Sheet, client_id: UUID, by: User, at: datetime) -> None:
    """Settle a conflict, with everything that its writer wrote on the same item beside it."""
    met = sheet.changes.filter(client_id=client_id, outcome=Outcome.CONFLICT).first()
    if met is not None:
        beside = sheet.changes.filter(item=met.item, by_id=met.by_id, outcome=Outcome.CONFLICT, resolved_at=None)
        beside.update(resolved_at=at, resolved_by=by)


def _meet(made: Any, item: Item, values: Mapping[str, Any], base: int, by: User, at: datetime) -> None:
    made.outcome = meet(item.held(), base=base, values=values)
    made.held = item.shown()
    if made.outcome == Outcome.APPLIED:
        item.write(values, by, at)
        made.held = item.shown()
    made.version = item.held().version


def _base_of(sheet: Sheet, change: Change) -> int:
    """Return the version on which a change stands: what the device's change before it came to, or its own base."""
    if change.after is None:
        return change.base
    before = sheet.changes.model.objects.filter(client_id=change.after).first()
    return before.version if before is not None and before.outcome != Outcome.CONFLICT else change.base


def _same_sender(sheet: Sheet, before: Any, by: User) -> Any:
    """Return a change that came before. Raises: the sheet's refusal where its number is another sheet's or person's."""
    if getattr(before, sheet.changes.field.attname) != sheet.changes.instance.pk or before.by_id != by.pk:
        raise sheet.refusal("This number belongs to another change.", remedy="Open the sheet again and send anew.")
    return before


def states_of(items: Mapping[str, Item], known: Mapping[str, int]) -> dict[str, dict[str, Any]]:
    """Return every item whose version isn't what a device knows, with its values, who wrote it and when."""
    return {key: item.shown() for key, item in items.items() if item.held().version != known.get(key, 0)}
