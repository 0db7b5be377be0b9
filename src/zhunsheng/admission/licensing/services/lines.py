"""Lines of capability: picked from the catalogue, taken from the register's scope, or entered and marked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max
from django.utils import timezone

from zhunsheng.admission.licensing.lifecycle import LineAct
from zhunsheng.admission.licensing.models import Application, ApplicationLine, ApplicationSite
from zhunsheng.admission.licensing.rules.sameness import FIELDS, What, what_of
from zhunsheng.admission.licensing.rules.wizard import acts_of
from zhunsheng.admission.licensing.services.drafting import editable, from_scope, successor, touch
from zhunsheng.admission.licensing.services.refusals import ApplicationRefused, refusals_logged
from zhunsheng.platform.accounts.history import create_recorded, recorded
from zhunsheng.platform.accounts.models import User
from zhunsheng.registry.bodies.selectors import scope_on
from zhunsheng.registry.catalogue.models import MethodParameter
from zhunsheng.registry.catalogue.selectors import Vocabulary

MOST_LINES = 20_000
MOST_AT_ONCE = 500
Key = tuple[int | None, What]


@dataclass(frozen=True, slots=True)
class Wanted:
    """One line as it is to be written; ids are None where a text is outside the catalogue."""

    object_id: int | None
    object_text: str
    parameter_id: int | None
    parameter_text: str
    edition_id: int | None
    method_text: str
    clause: str = ""
    site_id: int | None = None
    domain: str = ""
    category: str = ""
    limitation: str = ""
    remark: str = ""

    @property
    def in_catalogue(self) -> bool:
        """Whether object, parameter and method are all the catalogue's."""
        return None not in (self.object_id, self.parameter_id, self.edition_id)

    @property
    def key(self) -> Key:
        """What makes two lines the same."""
        return self.site_id, what_of(
            self.object_id, self.object_text, self.parameter_id, self.parameter_text, self.edition_id,
            self.method_text, self.clause,
        )  # fmt: skip


@refusals_logged("edit")
def pick_lines(
    *,
    application_id: int,
    object_name: str,
    determination_ids: Sequence[int],
    by: User,
    at: datetime,
    site_id: int | None = None,
    limitation: str = "",
) -> int:
    """Add lines for an object of the catalogue by methods that the catalogue knows for their parameters; count them.

    Lines that are there already are passed over. Raises: NotAllowed, Closed, ApplicationRefused.
    """
    application = editable(application_id, by, at)
    words = Vocabulary.current()
    thing = words.object_id(object_name)
    if thing is None:
        raise _outside("object", object_name)
    if not determination_ids or len(determination_ids) > MOST_AT_ONCE:
        raise ApplicationRefused(
            "Choose between 1 and %(most)s methods.", params={"most": MOST_AT_ONCE}, field="determinations",
            remedy="Tick the methods that you apply for.",
        )  # fmt: skip
    site = site_of(application, site_id)
    known = MethodParameter.objects.filter(pk__in=determination_ids)
    wanted = [
        Wanted(
            thing, words.object_names[thing], one.parameter_id, one.parameter.name, one.method.edition_id,
            one.method.edition.code, one.method.clause, site.pk if site else None, limitation=limitation.strip(),
        )
        for one in known.select_related("method__edition", "parameter").order_by("pk")
    ]  # fmt: skip
    return write(application, wanted, by=by)


@refusals_logged("edit")
def enter_line(
    *,
    application_id: int,
    object_name: str,
    parameter_name: str,
    method: str,
    by: User,
    at: datetime,
    clause: str = "",
    site_id: int | None = None,
    domain: str = "",
    category: str = "",
    limitation: str = "",
    remark: str = "",
    outside: bool = False,
) -> int:
    """Add one line by its three names; what the catalogue lacks is refused unless it is said to be outside of it.

    Raises: NotAllowed, Closed, ApplicationRefused.
    """
    application = editable(application_id, by, at)
    words = Vocabulary.current()
    thing, parameter, edition = words.object_id(object_name), words.parameter_id(parameter_name), words.edition(method)
    named = {"object": (object_name, thing), "parameter": (parameter_name, parameter), "method": (method, edition)}
    _refuse_unknown(named, outside=outside)
    site = site_of(application, site_id)
    one = Wanted(
        thing, words.object_names[thing] if thing else object_name.strip()[:200],
        parameter, words.parameter_names[parameter] if parameter else parameter_name.strip()[:200],
        edition.id if edition else None, edition.code if edition else method.strip()[:300],
        clause.strip()[:60], site.pk if site else None, domain.strip()[:60], category.strip()[:100],
        limitation.strip()[:500], remark.strip()[:300],
    )  # fmt: skip
    added = write(application, [one], by=by)
    if not added:
        raise ApplicationRefused(
            "This line is in the application already.", field="parameter", remedy="Nothing is left to do."
        )
    return added


def _refuse_unknown(named: Mapping[str, tuple[str, object]], *, outside: bool) -> None:
    """Refuse empty names, and those that the catalogue lacks unless they are said to be outside of it."""
    for field, (text, found) in named.items():
        if not text.strip():
            raise ApplicationRefused("This has to be filled in.", field=field, remedy="Fill it in.")
        if found is None and not outside:
            raise _outside(field, text)


@refusals_logged("edit")
def take_from_scope(*, application_id: int, scope_line_ids: Sequence[int], act: str, by: User, at: datetime) -> int:
    """Ask for lines of the register to be kept, given up, or brought to the edition in force; count what was added.

    Raises: NotAllowed, Closed, ApplicationRefused.
    """
    application = editable(application_id, by, at)
    if act == LineAct.ADD or act not in acts_of(application.kind) or application.body is None:
        raise ApplicationRefused(
            "An application of this kind can't ask for that.", field="act", remedy="Start one of the right kind."
        )
    today = timezone.localdate(at)
    asked = set(application.lines.exclude(scope_line=None).values_list("scope_line_id", flat=True))
    held = scope_on(application.body, today).filter(pk__in=list(scope_line_ids)[:MOST_AT_ONCE])
    words, number, rows = Vocabulary.current(), _last(application), []
    sites = {one.site_id: one for one in application.sites.all() if one.site_id}
    for line in held:
        newer = successor(words, line.edition_id, today) if act == LineAct.REPLACE else None
        if line.pk in asked or (act == LineAct.REPLACE and newer is None):
            continue
        number += 1
        rows.append(from_scope(application, number, line, act, newer, sites.get(line.site_id or 0)))
    why = f"{len(rows)} lines: {act}"
    with recorded(by, why):
        create_recorded(ApplicationLine, rows)
    touch(application, by, why)
    return len(rows)


@refusals_logged("edit")
def remove_lines(*, application_id: int, line_ids: Sequence[int], by: User, at: datetime) -> int:
    """Take lines out of the application and count them.

    Raises: NotAllowed, Closed.
    """
    application = editable(application_id, by, at)
    gone = application.lines.filter(pk__in=list(line_ids))
    with recorded(by, "taken out of the application"):
        removed = sum(number for name, number in gone.delete()[1].items() if name == "licensing.ApplicationLine")
    touch(application, by, f"{removed} lines removed")
    return removed


def write(application: Application, wanted: Iterable[Wanted], *, by: User) -> int:
    """Add the lines that the application lacks, in the caller's transaction; count them. Raises: ApplicationRefused."""
    rows_held = application.lines.values_list("site_id", *FIELDS)
    held: set[Key] = {(site, what_of(*row)) for site, *row in rows_held}
    before, number, rows = len(held), _last(application), []
    for one in wanted:
        if one.key in held:
            continue
        held.add(one.key)
        number += 1
        rows.append(
            ApplicationLine(
                application=application, number=number, act=LineAct.ADD, site_id=one.site_id, domain=one.domain,
                category=one.category, object_id=one.object_id, object_text=one.object_text,
                parameter_id=one.parameter_id, parameter_text=one.parameter_text, edition_id=one.edition_id,
                method_text=one.method_text, clause=one.clause, limitation=one.limitation, remark=one.remark,
            )
        )  # fmt: skip
    if LineAct.ADD not in acts_of(application.kind):
        raise ApplicationRefused(
            "An application of this kind can't ask for that.", field="act", remedy="Start one of the right kind."
        )
    if before + len(rows) > MOST_LINES:
        raise ApplicationRefused(
            "An application has at most %(most)s lines.", params={"most": MOST_LINES}, field="lines",
            remedy="Divide it into several applications.",
        )  # fmt: skip
    why = f"{len(rows)} lines added"
    with recorded(by, why):
        create_recorded(ApplicationLine, rows)
    touch(application, by, why)
    return len(rows)


def _last(application: Application) -> int:
    return application.lines.aggregate(last=Max("number"))["last"] or 0


def site_of(application: Application, site_id: int | None) -> ApplicationSite | None:
    """Return the site named; with several sites one has to be named. Raises: ApplicationRefused."""
    sites = {one.pk: one for one in application.sites.all()}
    if site_id is None:
        if len(sites) > 1:
            raise ApplicationRefused(
                "The application has several sites.", field="site", remedy="Say at which of them this is tested."
            )
        return next(iter(sites.values()), None)
    if site_id not in sites:
        raise ApplicationRefused("The application has no such site.", field="site", remedy="Choose one of them.")
    return sites[site_id]


def _outside(field: str, text: str) -> ApplicationRefused:
    return ApplicationRefused(
        "The catalogue does not know “%(text)s”.",
        params={"text": text.strip()[:100]},
        field=field,
        remedy="Choose from what it offers as you type; or tick “outside of the catalogue”, and the line is marked.",
    )
