"""Loading a publication of the national library: whole or not at all."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from zhunsheng.platform.accounts.models import User
from zhunsheng.registry.catalogue.importing.outcome import Outcome
from zhunsheng.registry.catalogue.importing.running import run
from zhunsheng.registry.national import permissions
from zhunsheng.registry.national.importing import Announced, LibraryImporter


@transaction.atomic
def load_publication(
    *,
    source: Path | Iterable[Mapping[str, str]],
    announced: Announced,
    by: User | None,
    at: datetime,
    why: str,
    dry_run: bool = False,
) -> Outcome:
    """Load a publication; the same one again changes nothing. `by` None is the operator at the command line.

    One bad row refuses the whole: half a library would answer wrongly.
    Raises: NotAllowed, OlderPublication, UnreadableTable, MissingColumns, MissingReason.
    """
    permissions.require_loading(by, timezone.localdate(at))
    return run(LibraryImporter(announced), source, by=by, at=at, why=why, dry_run=dry_run, keep_good=False)
