"""An administrator confirms a rule that nobody had verified, having compared it with the text of the law."""

from datetime import datetime

from django.db import transaction

from zhunsheng.oversight.enforcement import law_book, permissions
from zhunsheng.oversight.enforcement.models import LawConfirmation
from zhunsheng.oversight.enforcement.services.steps import CaseRefused, day_of, demand
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.accounts.services.refusing import keeps_refused


@keeps_refused
@transaction.atomic
def confirm(*, entry: str, text_seen: str, by: User, at: datetime) -> LawConfirmation:
    """Confirm a rule in the version of today; a later version has to be confirmed anew. Twice is once.

    Args:
        text_seen: the official text that was compared: its title, article, and where it stands.
    Raises: NotAllowed, CaseRefused.
    """
    on = day_of(at)
    permissions.require_confirming(by, on)
    rows = [one for one in law_book.book() if one.id == entry and one.holds_on(on)]
    if not rows or rows[0].verified:
        raise CaseRefused("There is no unverified rule of this name.", field="entry", remedy="Choose one of the list.")
    version = law_book.book().version_of(rows[0])
    known = LawConfirmation.objects.filter(entry=entry, version=version, withdrawn_at=None).first()
    if known is not None:
        return known
    with recorded(by, demand("text_seen", text_seen)):
        return LawConfirmation.objects.create(
            entry=entry, version=version, text_seen=text_seen.strip()[:300], by=by, at=at
        )


@keeps_refused
@transaction.atomic
def withdraw(*, confirmation_id: int, why: str, by: User, at: datetime) -> LawConfirmation:
    """Take a confirmation back: from now on the rule can't be applied. Raises: NotAllowed, CaseRefused."""
    permissions.require_confirming(by, day_of(at))
    found = LawConfirmation.objects.select_for_update(of=("self",)).get(pk=confirmation_id)
    if found.withdrawn_at is not None:
        raise CaseRefused("This confirmation was taken back already.", remedy="Confirm the rule anew if it is right.")
    found.withdrawn_at = at
    with recorded(by, demand("why", why)):
        found.save(update_fields=["withdrawn_at"])
    return found
