"""Choosing a route, signing the commitment, filing, withdrawing: the steps that bind the applicant."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from zhunsheng.admission.licensing import permissions
from zhunsheng.admission.licensing.lifecycle import APPLICATION, ONE_AT_A_TIME, OPEN, Route, Stage
from zhunsheng.admission.licensing.models import Application, ApplicationLine, Commitment, Explanation
from zhunsheng.admission.licensing.permissions import Can
from zhunsheng.admission.licensing.rules.routing import Reason, RouteAnswer, RoutingAnswer
from zhunsheng.admission.licensing.rules.sameness import FIELDS, what_of
from zhunsheng.admission.licensing.selectors import content, missing, routing, signing
from zhunsheng.admission.licensing.selectors.clocks import ACCEPTANCE
from zhunsheng.admission.licensing.selectors.missing import Missing
from zhunsheng.admission.licensing.services import bars, clocks
from zhunsheng.admission.licensing.services.drafting import editable
from zhunsheng.admission.licensing.services.refusals import Abuse, ApplicationRefused, log, refusals_logged
from zhunsheng.foundation import signing as keys
from zhunsheng.foundation.canonical import digest_hex
from zhunsheng.platform.accounts import rate
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import Organisation, User
from zhunsheng.platform.reading import in_language
from zhunsheng.registry.bodies.models import BodyKey

PASSWORDS_A_MINUTE: Final = 5


class RouteBarred(ApplicationRefused):
    """A route that is not open to this application."""

    code = "route-barred"


class Incomplete(ApplicationRefused):
    """An application that lacks something; `missing` is the whole list."""

    code = "application-incomplete"

    def __init__(self, found: Sequence[Missing]) -> None:
        self.missing = tuple(found)
        super().__init__(
            "The application is incomplete: %(number)s things are missing.",
            params={"number": len(found)},
            field="missing",
            remedy="Go through the list; each entry leads to its page.",
        )


class AlreadyApplied(Abuse):
    """A second open application for what is applied for already."""

    code = "already-applied"


class NotSigned(ApplicationRefused):
    """A signature that proves nothing."""

    code = "not-signed"


@refusals_logged("route")
def choose_route(*, application_id: int, route: str, by: User, at: datetime) -> Application:
    """Take one of the routes that are open today.

    Raises: Application.DoesNotExist, NotAllowed, Closed, RouteBarred.
    """
    application = editable(application_id, by, at)
    chosen = _open_route(application, route, timezone.localdate(at))
    application.route = Route(chosen.code)
    with recorded(by, f"route {route}"):
        application.save(update_fields=["route"])
    log(application, "route", by=by, at=at, words=chosen.code, law=f"{chosen.reason.id} {chosen.reason.version}")
    return application


@refusals_logged("sign")
def sign_commitment(
    *,
    application_id: int,
    by: User,
    at: datetime,
    password: str = "",
    key_id: str = "",
    signature: str = "",
) -> Commitment:
    """Sign the commitment of the day over the application's content, by a key of the body or by the password.

    Args:
        signature: base64url, over `selectors.signing.Statement.message`.
    Raises: Application.DoesNotExist, NotAllowed, Closed, NotSigned, TooOften.
    """
    application = editable(application_id, by, at)
    today = timezone.localdate(at)
    permissions.require(by, Can.SIGN, application, today)
    statement = signing.statement_of(application, today)
    if statement is None:
        raise NotSigned(
            "Which text is to be signed depends on the route.", field="route", remedy="Choose the route first."
        )
    if signature or key_id:
        level = _by_key(application, statement.message, key_id, signature, at)
    else:
        level = _by_password(by, password, at)
    made, new = Commitment.objects.get_or_create(
        application=application, digest=digest_hex(statement.message), level=level, signed_by=by, key_id=key_id,
        defaults={"law": statement.law, "text": statement.text, "signature": signature, "signed_at": at},
    )  # fmt: skip
    if new:
        log(application, "sign", by=by, at=at, words=level, law=statement.law)
    return made


@refusals_logged("file")
def file_application(*, application_id: int, by: User, at: datetime) -> Application:
    """Hand the application in: complete, by an open route, signed as it stands; filing it again changes nothing.

    Raises: Application.DoesNotExist, NotAllowed, Closed, Incomplete, RouteBarred, AlreadyApplied.
    """
    application = Application.objects.select_for_update(of=("self",)).get(pk=application_id)
    today = timezone.localdate(at)
    permissions.require(by, Can.APPLY, application, today)
    if application.stage == Stage.FILED:
        return application
    application = editable(application_id, by, at)
    Organisation.objects.select_for_update().get(pk=application.organisation_id)  # one filing of an applicant at a time
    _refuse_second(application)
    answer = routing.answer_for(application, today)
    chosen = _open_route(application, application.route, today, answer) if application.route else None
    lacking = missing.missing_of(application, today, answer)
    if lacking or chosen is None:
        raise Incomplete(lacking)
    application.digest = content.digest_of(application)
    application.stage = Stage(APPLICATION.target(application.stage, "file"))
    application.filed_at = at
    with recorded(by, "file"):
        application.save(update_fields=["digest", "stage", "filed_at"])
    _explain(application, answer, chosen, at)
    log(
        application, "file", by=by, at=at, words=application.digest,
        law=f"{chosen.reason.id} {chosen.reason.version}",
    )  # fmt: skip
    clocks.start(application, ACCEPTANCE, today)
    return application


@refusals_logged("withdraw")
def withdraw(*, application_id: int, why: str, by: User, at: datetime) -> Application:
    """Take an undecided application back.

    Raises: Application.DoesNotExist, NotAllowed, IllegalMove, ApplicationRefused.
    """
    application = Application.objects.select_for_update(of=("self",)).get(pk=application_id)
    permissions.require(by, Can.APPLY, application, timezone.localdate(at))
    if not why.strip():
        raise ApplicationRefused("Say why.", field="why", remedy="One sentence.")
    application.stage = Stage(APPLICATION.target(application.stage, "withdraw"))
    application.ended_at = at
    with recorded(by, why):
        application.save(update_fields=["stage", "ended_at"])
    log(application, "withdraw", by=by, at=at, words=why.strip())
    clocks.finish_all(application, timezone.localdate(at), "withdrawn")
    bars.after_withdrawal(application, by=by, at=at)
    return application


def _open_route(application: Application, route: str, on: date, answer: RoutingAnswer | None = None) -> RouteAnswer:
    found = (answer or routing.answer_for(application, on)).route(route)
    if found is None:
        raise RouteBarred("There is no such route.", field="route", remedy="Choose one of those that are open.")
    if not found.open:
        first = found.barred_by[0]
        raise RouteBarred(
            "This route is barred: %(condition)s (%(article)s).",
            params={"condition": _barred_words(found, first), "article": first.articles},
            field="route",
            remedy="Choose one of those that are open.",
        )
    return found


def _barred_words(found: RouteAnswer, bar: Reason) -> str:
    if not found.made_for_kind:
        return str(_("This route is not made for this kind of application."))
    return in_language(bar.barred).rstrip("。.")


def _by_password(by: User, password: str, at: datetime) -> str:
    rate.count("licensing-sign", str(by.pk), limit=PASSWORDS_A_MINUTE, at=at)
    if not by.check_password(password):
        raise NotSigned("The password is wrong.", field="password", remedy="Enter the password you sign in with.")
    return signing.PASSWORD


def _by_key(application: Application, message: bytes, key_id: str, signature: str, at: datetime) -> str:
    held = BodyKey.objects.filter(key_id=key_id, body=application.body, revoked_at=None, valid_from__lte=at)
    key = held.filter(Q(valid_to=None) | Q(valid_to__gt=at)).first()
    if key is None:
        raise NotSigned(
            "The body has no such key in force.", field="key_id", remedy="Choose a key of the body, or sign otherwise."
        )
    if not keys.verify(key.algorithm, key.public_key, message, signature.strip()):
        raise NotSigned(
            "The signature does not fit this content.",
            field="signature",
            remedy="Download what is to be signed again: it changes with every change of the application.",
        )
    return signing.KEY


def _refuse_second(application: Application) -> None:
    """Refuse what another open application of the same applicant asks for already."""
    others = Application.objects.filter(organisation_id=application.organisation_id, stage__in=OPEN)
    others = others.exclude(pk=application.pk)
    if application.kind in ONE_AT_A_TIME:
        same = others.filter(kind=application.kind, body=application.body).first()
    else:
        same = _with_same_lines(application, others.values_list("pk", flat=True))
    if same is not None:
        raise AlreadyApplied(
            "The open application %(number)s asks for the same.",
            params={"number": same.number},
            field="lines",
            remedy="Wait for its decision, withdraw it, or take the lines out of this one.",
        )


def _with_same_lines(application: Application, others: object) -> Application | None:
    mine = {_same(*row) for row in application.lines.values_list(*_SAME)}
    rows = ApplicationLine.objects.filter(application_id__in=others, number__gt=0)  # type: ignore[misc]  # a subquery
    for other, *row in rows.values_list("application_id", *_SAME).iterator(chunk_size=2000):
        if _same(*row) in mine:
            return Application.objects.get(pk=other)
    return None


_SAME = ("act", "scope_line_id", "site__site_id", "site__address", *FIELDS)


def _same(act: str, scope_line: int | None, site: int | None, address: str | None, *what: Any) -> tuple[object, ...]:
    return (act, scope_line) if scope_line else (site or address, what_of(*what))


def _explain(application: Application, answer: RoutingAnswer, chosen: RouteAnswer, at: datetime) -> None:
    reason = answer.proposed_by if chosen is answer.proposed and answer.proposed_by else chosen.reason
    Explanation.objects.create(
        application=application, about="route", rule=reason.id, version=reason.version, inputs=answer.facts.named(),
        outcome={**answer.as_record(), "chosen": chosen.code}, words_zh=reason.words["zh"],
        words_en=reason.words["en"], at=at,
    )  # fmt: skip
