"""What a visit's sheet sends; the last signature seals the record."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction

from zhunsheng.foundation.merging import Change
from zhunsheng.foundation.workflow import IllegalMove
from zhunsheng.oversight.visits import permissions
from zhunsheng.oversight.visits.lifecycle import VISIT
from zhunsheng.oversight.visits.models import Visit, VisitChange
from zhunsheng.oversight.visits.services.items import item_for, items_of
from zhunsheng.oversight.visits.services.signing import seal_when_signed
from zhunsheng.oversight.visits.services.steps import VisitRefused, day_of, locked
from zhunsheng.platform import sheet_changes
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.accounts.services.refusing import keeps_refused


@keeps_refused
@transaction.atomic
def take_changes(*, visit_id: int, changes: Iterable[Change], by: User, at: datetime) -> list[VisitChange]:
    """Take the changes of a device in their order and return what became of each; the last signature seals the record.

    Raises: Visit.DoesNotExist, NotAllowed, VisitRefused for more changes than a sheet can have.
    """
    visit = locked(visit_id)
    permissions.require_seat(by, visit, day_of(at))
    sheet = sheet_changes.Sheet(visit.changes, partial(item_for, visit), partial(_refuse_signed, visit), VisitRefused)
    with recorded(by, f"sheet of {visit.number}"):
        taken = sheet_changes.take(sheet, changes, by=by, at=at)
    seal_when_signed(visit, at)
    return taken


def _refuse_signed(visit: Visit) -> None:
    """Refuse writing on a sheet that isn't open; on a signed record that is kept on record. Raises: IllegalMove."""
    try:
        VISIT.target(visit.stage, "record")
    except IllegalMove as error:
        error.kept = visit.signed_at is not None
        raise


def states_of(visit: Visit, known: Mapping[str, int]) -> dict[str, dict[str, Any]]:
    """Return every item whose version isn't what a device knows, with its values, who wrote it and when."""
    return sheet_changes.states_of(items_of(visit), known)
