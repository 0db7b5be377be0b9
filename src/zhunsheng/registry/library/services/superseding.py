"""Enter that an edition is replaced: the catalogue, the affected lines and the drafts of notices, at once."""

from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Coalesce, Concat, Substr
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from zhunsheng.foundation.errors import DomainError
from zhunsheng.foundation.identifiers import IdentifierError, parse_standard
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.notices import services as notices
from zhunsheng.registry.bodies.models import ScopeLine
from zhunsheng.registry.catalogue.models import StandardEdition
from zhunsheng.registry.library import permissions, selectors
from zhunsheng.registry.library.models import AffectedLine, Supersession
from zhunsheng.registry.library.services.catalogue_rows import Writer


class NotReplaceable(DomainError):
    """A replacement of editions that can't be entered."""

    code = "not-replaceable"


@transaction.atomic
def replace_edition(
    *, old: str, new: str, effective_from: date, by: User, at: datetime, why: str, title: str = ""
) -> Supersession:
    """Enter that the edition `new` takes the place of `old` from a day, list what that touches, draft the notices.

    The lists and drafts are there when this returns; 100,000 lines take one INSERT … SELECT.
    Raises: NotAllowed, NotReplaceable, CatalogueRefused, MissingReason.
    """
    today = timezone.localdate(at)
    steward = permissions.require_replacing(by, today)
    before, number = _old(old), _number(new, "new")
    if before.code == number or Supersession.objects.filter(old=before).exists():
        raise NotReplaceable(
            "%(code)s has been replaced already.", params={"code": before.code}, field="old",
            remedy="Look it up among the replaced editions.",
        )  # fmt: skip
    if before.effective_from is not None and effective_from <= before.effective_from:
        raise NotReplaceable(
            "The new edition would begin before the old one.", field="effective_from", remedy="Check both dates."
        )
    writer = Writer(by, at, why)
    after = writer.edition(number, title or before.standard.title, effective_from, today)
    writer.replaced(before, after, effective_from - timedelta(days=1), effective_from, today)
    with recorded(by, why):
        made = Supersession.objects.create(
            old=before, new=after, effective_from=effective_from, steward_id=steward, decided_by=by, decided_at=at,
            why=why[:500],
        )  # fmt: skip
        made.lines = _list_affected(made, today)
        _draft_notices(made, by, at)
        made.save(update_fields=["lines", "bodies", "unreached", "notice"])
    return made


def _old(code: str) -> StandardEdition:
    found = StandardEdition.objects.select_related("standard").filter(code=_number(code, "old")).first()
    if found is None:
        raise NotReplaceable(
            "The catalogue doesn't know %(code)s.",
            params={"code": code[:70]},
            field="old",
            remedy="Enter it there first.",
        )
    return found


def _number(text: str, field: str) -> str:
    try:
        number = parse_standard(text)
    except IdentifierError as error:
        raise NotReplaceable(
            "“%(text)s” is no standard number.",
            params={"text": text[:70]},
            field=field,
            remedy="Write it like HJ 700-2014.",
        ) from error
    if number.year is None:
        raise NotReplaceable("The year is missing.", field=field, remedy="Write it like HJ 700-2014.")
    return number.code


def _list_affected(made: Supersession, today: date) -> int:
    """Copy the affected lines by INSERT … SELECT, whatever their number; return how many."""
    total = 0
    for lines in selectors.lines_naming(made.old, today):
        chosen = _columns(lines, made)
        sql, values = chosen.query.sql_with_params()
        table = connection.ops.quote_name(AffectedLine._meta.db_table)
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {table} (line_id, body_id, city, supersession_id) {sql}",
                values,
            )
            total += cursor.rowcount
    return total


def _columns(lines: QuerySet[ScopeLine], made: Supersession) -> QuerySet[ScopeLine, tuple[object, ...]]:
    city = Coalesce(
        Concat(Substr("body__division_id", 1, 4), Value("00"), output_field=CharField()),
        Value(""),
        output_field=CharField(),
    )
    named = lines.annotate(a_city=city, a_made=Value(made.pk))
    return named.order_by().values_list("pk", F("body_id"), "a_city", "a_made")


def _draft_notices(made: Supersession, by: User, at: datetime) -> None:
    """Draft one notice with a copy for each body's organisation that says how many of its lines are touched."""
    touched = selectors.lines_by_body(made)
    made.bodies = len(touched)
    made.unreached = sum(1 for one in touched if one.organisation_id is None)
    if made.bodies == made.unreached:
        return
    facts = {"old": made.old.code, "new": made.new.code, "day": made.effective_from.isoformat()}
    with translation.override("zh-hans"):
        subject = _("%(old)s is replaced by %(new)s from %(day)s") % facts
        body = _(
            "Your capability schedule names the old edition. Where your actual capability is unchanged you may declare "
            "so on the page below; where it is not, apply for the change. From %(day)s reports may not cite %(old)s."
        ) % facts  # fmt: skip
        detail = _("%(name)s: %(number)s lines of the capability schedule name the old edition.")
        receivers = [
            notices.Receiver(
                one.organisation_id,
                detail % {"name": one.name, "number": one.lines},
                f"/library/replaced/{made.pk}/{one.slug}/",
            )
            for one in touched
            if one.organisation_id is not None
        ]
    made.notice = notices.draft(
        receivers=receivers, subject=subject, body=body, kind="library.replaced", at=at, by=by,
        sender_id=made.steward_id, origin=f"supersession:{made.pk}",
    )  # fmt: skip
