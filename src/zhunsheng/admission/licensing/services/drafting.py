"""Starting an application, prefilled from the register, and saving its first page."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from zhunsheng.admission.licensing.lifecycle import APPLICATION, Kind, LineAct, PersonPost, Stage
from zhunsheng.admission.licensing.models import (
    Application,
    ApplicationLine,
    ApplicationPerson,
    ApplicationSite,
)
from zhunsheng.admission.licensing.permissions import Can, require
from zhunsheng.admission.licensing.rules.wizard import Part, needs_body, parts_of
from zhunsheng.admission.licensing.selectors import kinds
from zhunsheng.admission.licensing.services.refusals import Abuse, ApplicationRefused, log, refusals_logged
from zhunsheng.foundation.identifiers import IdentifierError, parse_cma, parse_telephone
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.history import create_recorded, recorded
from zhunsheng.platform.accounts.models import Organisation, User
from zhunsheng.platform.accounts.services.access import note_refused
from zhunsheng.platform.database.locks import exclusive
from zhunsheng.platform.reading import in_language
from zhunsheng.registry.bodies import selectors as bodies
from zhunsheng.registry.bodies.models import Body, ScopeLine
from zhunsheng.registry.catalogue.selectors import EditionFacts, Vocabulary

TEXTS: Final = (
    "applicant_name", "applicant_name_en", "uscc", "address", "contact", "contact_phone", "domain", "field", "sector",
    "new_name", "new_address", "sector_licence", "reasons",
)  # fmt: skip
ANSWERS: Final = frozenset(
    {
        "special_food", "within_capability", "same_capability", "substantive_change", "affects_conditions",
        "needs_site_check", "cnas_number", "cnas_covers_all", "remote_ground", "opened_on", "nature", "persons_new",
    }
)  # fmt: skip
"""What the first page asks beside the texts: the facts that route an application, and details of a change."""


class NotRepresented(Abuse):
    """An application for a body that the applicant does not represent."""

    code = "not-represented"
    status = 403


class Closed(Abuse):
    """A change of what was filed or decided."""

    code = "application-closed"


class NotForYou(ApplicationRefused):
    """A kind of application that does not fit how the body stands."""

    code = "kind-barred"


def start_application(
    *, organisation_id: int, kind: str, by: User, at: datetime, body_id: int | None = None
) -> Application:
    """Start an application, or go on with the draft of the same kind, filled in from the register.

    Raises: Organisation.DoesNotExist, NotAllowed, NotRepresented, NotForYou, ApplicationRefused.
    """
    today = timezone.localdate(at)
    policy.require(by, Can.APPLY, policy.Place(organisation_id=organisation_id), today)
    if kind not in Kind.values:
        raise ApplicationRefused("There is no such kind of application.", field="kind", remedy="Choose one of them.")
    organisation = Organisation.objects.select_related("division").get(pk=organisation_id)
    body = _body_of(organisation, kind, body_id, by=by, at=at)
    _require_fit(organisation, body, kind, today)
    with exclusive("application-number"), transaction.atomic(), recorded(by, f"start {kind}"):
        known = Application.objects.filter(organisation=organisation, kind=kind, body=body, stage=Stage.DRAFT).first()
        if known is not None:
            return known
        made = Application.objects.create(
            number=_next_number(at), kind=Kind(kind), organisation=organisation, body=body, started_by=by,
            started_at=at, **_facts(organisation, body, today),
        )  # fmt: skip
        _prefill(made, body, today)
        log(made, "start", by=by, at=at)
    return made


@refusals_logged("edit")
def save_part(
    *, application_id: int, content: Mapping[str, Any], by: User, at: datetime, part: str = Part.WHAT
) -> Application:
    """Save the texts and answers of the first page, or of the route's page; unknown names are passed over.

    Raises: Application.DoesNotExist, NotAllowed, Closed, ApplicationRefused; IdentifierError for a wrong telephone.
    """
    application = editable(application_id, by, at)
    for name in TEXTS:
        if name in content:
            setattr(application, name, _fitting(name, content[name]))
    told = {name: content[name] for name in sorted(ANSWERS & set(content))}
    application.answers = {**application.answers, **{name: _plain(value) for name, value in told.items()}}
    if not application.applicant_name:
        raise ApplicationRefused("This has to be filled in.", field="applicant_name", remedy="Fill it in.")
    with recorded(by, f"save {part}"):
        application.save()
    return application


def editable(application_id: int, by: User, at: datetime) -> Application:
    """Lock an application that this person may change now.

    Raises: Application.DoesNotExist, NotAllowed, Closed.
    """
    found = Application.objects.select_for_update(of=("self",)).select_related("body", "organisation")
    application = found.get(pk=application_id)
    require(by, Can.APPLY, application, timezone.localdate(at))
    if "edit" not in APPLICATION.actions(application.stage):
        raise Closed(
            "The application is at stage “%(stage)s”: what was filed isn't changed any more.",
            params={"stage": application.get_stage_display()},
            field="stage",
            remedy="Withdraw it and apply again, or wait until the authority asks for a correction.",
        )
    return application


@refusals_logged("edit")
def require_editable(*, application_id: int, by: User, at: datetime) -> Application:
    """Pass for an application that this person may change now; a refusal is kept in its log.

    Raises: Application.DoesNotExist, NotAllowed, Closed.
    """
    return editable(application_id, by, at)


def touch(application: Application, by: User, why: str) -> None:
    """Let the history of the application say that one of its parts changed, and by whom."""
    with recorded(by, why):
        application.save(update_fields=["stage"])


def _require_fit(organisation: Organisation, body: Body | None, kind: str, today: date) -> None:
    """Refuse a kind of which nothing can come as the body stands: a first grant of a holder, a change without one."""
    bars = next(one.bars for one in kinds.offers(organisation.pk, body, today) if one.kind == kind)
    if bars:
        first = bars[0]
        raise NotForYou(
            "%(condition)s (%(article)s)",
            params={"condition": in_language(first.barred), "article": first.articles},
            field="kind",
            remedy=in_language(first.remedy),
        )


def _body_of(organisation: Organisation, kind: str, body_id: int | None, *, by: User, at: datetime) -> Body | None:
    own = Body.objects.filter(organisation=organisation).order_by("pk")
    if body_id is not None:
        body = own.filter(pk=body_id).first()
        if body is None:
            refused = NotRepresented(
                "You don't represent this body.",
                field="body",
                remedy="Choose a body of your own organisation, or ask the authority to tie the body to it.",
            )
            note_refused(by, f"licensing.start {kind} {organisation.name} → {body_id}", refused, at=at)
            raise refused
        return body
    first = own.first()
    if first is None and needs_body(kind):
        raise ApplicationRefused(
            "The register knows no body of your organisation.",
            field="kind",
            remedy="Apply for a first accreditation, or ask the authority to tie your body to your organisation.",
        )
    return first


def _next_number(at: datetime) -> str:
    """Return the next number of the year; called under the lock of numbers."""
    head = f"ZR{timezone.localtime(at).year}-"
    numbers = Application.objects.filter(number__gt=head, number__lt=f"{head}~")
    newest = numbers.order_by("-number").values_list("number", flat=True).first()
    return f"{head}{int(newest[len(head) :]) + 1 if newest else 1:07d}"


def _facts(organisation: Organisation, body: Body | None, on: date) -> dict[str, Any]:
    """Return what the register says of the applicant."""
    source: Any = body or organisation
    division = (body.division_id if body else None) or organisation.division_id
    facts = {
        "division_id": division,
        "applicant_name": source.name,
        "applicant_name_en": source.name_en,
        "uscc": source.uscc,
        "address": body.address if body else "",
    }
    held = bodies.certificate_in_force(bodies.body_as_of(body, on)) if body else None
    try:
        number = parse_cma(held.number if held else "")
    except IdentifierError:
        return facts
    return facts | {"field": number.field, "sector": number.sector}


def _prefill(application: Application, body: Body | None, on: date) -> None:
    """Fill in sites, lines and people as the register has them, where the kind has such a part."""
    parts = parts_of(application.kind)
    sites: dict[int, ApplicationSite] = {}
    if Part.SITES in parts or Part.CAPABILITY in parts:
        sites = _sites(application, body, on)
    if body is None:
        return
    if application.kind == Kind.RENEWAL:
        keep = bodies.scope_on(body, on)
        _insert(application, [(line, LineAct.KEEP, None) for line in keep.iterator(chunk_size=2000)], sites)
    if application.kind == Kind.METHOD_YEAR:
        _insert(application, _replaced(body, on), sites)
    if application.kind in (Kind.RENEWAL, Kind.SIGNATORY):
        _signatories(application, body, on)


def _sites(application: Application, body: Body | None, on: date) -> dict[int, ApplicationSite]:
    known = list(bodies.body_as_of(body, on).sites) if body else []
    made = [
        ApplicationSite(
            application=application, site=one, code=one.code, name=one.name, address=one.address or application.address,
            division_id=one.division_id,
        )
        for one in known
    ]  # fmt: skip
    if not made and application.address:
        made = [ApplicationSite(application=application, code="1", address=application.address)]
    for one in made:
        one.save()
    return {one.site_id: one for one in made if one.site_id}


def _replaced(body: Body, on: date) -> list[tuple[ScopeLine, LineAct, EditionFacts | None]]:
    """Return the lines whose edition is replaced on this day, with the edition that follows it now."""
    words = Vocabulary.current()
    found: list[tuple[ScopeLine, LineAct, EditionFacts | None]] = []
    for line in bodies.scope_on(body, on).exclude(edition=None).iterator(chunk_size=2000):
        newest = successor(words, line.edition_id, on)
        if newest is not None:
            found.append((line, LineAct.REPLACE, newest))
    return found


def successor(words: Vocabulary, edition_id: int | None, on: date) -> EditionFacts | None:
    """Return the edition in force that followed a replaced one; None where it is in force or nothing followed."""
    edition = words.edition_by_id(edition_id) if edition_id else None
    seen = set()
    while edition is not None and edition.standing_on(on) == "replaced" and edition.id not in seen:
        seen.add(edition.id)
        edition = words.edition(edition.replaced_by_code) if edition.replaced_by_code else None
    return edition if edition is not None and seen and edition.standing_on(on) == "in_force" else None


def _insert(
    application: Application,
    lines: list[tuple[ScopeLine, LineAct, EditionFacts | None]],
    sites: Mapping[int, ApplicationSite],
) -> None:
    with recorded(application.started_by, "prefilled from the register"):
        create_recorded(
            ApplicationLine,
            [
                from_scope(application, place, line, act, newer, sites.get(line.site_id or 0))
                for place, (line, act, newer) in enumerate(lines, start=1)
            ],
        )


def from_scope(
    application: Application,
    number: int,
    line: ScopeLine,
    act: str,
    newer: EditionFacts | None,
    site: ApplicationSite | None,
) -> ApplicationLine:
    """Return a line about a line of the register; `newer` is the edition that is to replace its own."""
    return ApplicationLine(
        application=application, number=number, act=act, scope_line=line, site=site, domain=line.domain,
        category=line.category, object_id=line.object_id, object_text=line.object_text,
        parameter_id=line.parameter_id, parameter_text=line.parameter_text,
        edition_id=newer.id if newer else line.edition_id, method_text=newer.code if newer else line.method_text,
        clause=line.clause, limitation=line.limitation, remark=line.remark,
    )  # fmt: skip


def _signatories(application: Application, body: Body, on: date) -> None:
    fields: dict[tuple[str, str], list[str]] = {}
    for one in bodies.signatories_on(body, on):
        fields.setdefault((one.person.name, one.person.title), []).append(one.field)
    for (name, title), named in fields.items():
        ApplicationPerson.objects.create(
            application=application, post=PersonPost.SIGNATORY, name=name, title=title,
            fields="；".join(dict.fromkeys(named))[:500],
        )  # fmt: skip


def _fitting(name: str, value: Any) -> str:
    text = str(value or "").strip()
    if name == "contact_phone" and text:
        text = parse_telephone(text).text
    longest = Application._meta.get_field(name).max_length  # type: ignore[union-attr]  # TEXTS are fields of texts
    if longest and len(text) > longest:
        raise ApplicationRefused(
            "The text has more than %(most)s characters.", params={"most": longest}, field=name,
            remedy="Shorten it.",
        )  # fmt: skip
    return text


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
