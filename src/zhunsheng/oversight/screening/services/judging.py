"""What an officer makes of an alert: watch it, explain it, take the explanation back, disclose it to the body."""

from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from zhunsheng.foundation.errors import DomainError
from zhunsheng.oversight.screening import explaining, permissions, selectors
from zhunsheng.oversight.screening.lifecycle import ALERT, Stage
from zhunsheng.oversight.screening.models import Alert, Judgement, Sighting
from zhunsheng.oversight.screening.permissions import Can
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import User

MOST_WATCH_DAYS: Final = 366
WATCH_OVER: Final = gettext_noop("The day until which it was watched has come.")


class NotJudged(DomainError):
    """A judgement that says too little, or does not fit."""

    code = "alert-not-judged"


@transaction.atomic
def watch(*, alert_id: int, until: date, words: str, by: User, at: datetime) -> Alert:
    """Keep an alert in sight until a day; then it comes back by itself.

    Raises: Alert.DoesNotExist, NotAllowed, IllegalMove, NotJudged.
    """
    alert = locked(alert_id, Can.JUDGE, "watch", by, at)
    today = timezone.localdate(at)
    if not 0 < (until - today).days <= MOST_WATCH_DAYS:
        raise NotJudged(
            "An alert is watched until a day within the next year.", field="until", remedy="Choose a later day."
        )
    words = demanded(words)
    alert.stage, alert.watch_until, alert.words = Stage.WATCHED, until, words
    return saved_as(alert, by, at, words, "watch_until", "words")


@transaction.atomic
def dismiss(*, alert_id: int, explanation: str, words: str, by: User, at: datetime) -> Alert:
    """Hold that an ordinary explanation accounts for an alert; it is kept as a judgement that calibration counts.

    Args:
        explanation: a kind of law/explanations.yaml.
        words: what was looked at.
    Raises: Alert.DoesNotExist, NotAllowed, IllegalMove, NotJudged.
    """
    alert = locked(alert_id, Can.JUDGE, "dismiss", by, at)
    if explanation not in explaining.innocents(timezone.localdate(at)):
        raise NotJudged(
            "This is no known explanation.", field="explanation", remedy="Choose one from the list, or “other”."
        )
    words = demanded(words)
    alert.stage, alert.explanation, alert.words, alert.watch_until = Stage.DISMISSED, explanation, words, None
    saved = saved_as(alert, by, at, words, "explanation", "words", "watch_until")
    keep_judgement(saved, Judgement.Outcome.EXPLAINED, by, at, explanation)
    return saved


@transaction.atomic
def reopen(*, alert_id: int, words: str, by: User, at: datetime) -> Alert:
    """Withdraw the explanation of an alert, which is then open again; calibration counts the explanation no more.

    Raises: Alert.DoesNotExist, NotAllowed, IllegalMove, NotJudged.
    """
    alert = locked(alert_id, Can.JUDGE, "reopen", by, at)
    words = demanded(words)
    withdrawn = selectors.explanation_of(alert)
    Judgement.objects.create(
        alert=alert, sighting=withdrawn.sighting, outcome=Judgement.Outcome.REOPENED,
        explanation=withdrawn.explanation, detectors=withdrawn.detectors, settings=withdrawn.settings, q=withdrawn.q,
        by=by, at=at,
    )  # fmt: skip
    alert.stage, alert.explanation, alert.words = Stage(ALERT.target(Stage(alert.stage), "reopen")), "", words
    return saved_as(alert, by, at, words, "explanation", "words")


@transaction.atomic
def disclose(*, alert_id: int, words: str, by: User, at: datetime) -> Alert:
    """Let the body see what stands out about it, so that it can answer; only once a lead is open.

    Raises: Alert.DoesNotExist, NotAllowed, IllegalMove, NotJudged.
    """
    alert = locked(alert_id, Can.DISCLOSE, "disclose", by, at)
    if alert.disclosed_at is not None:
        raise NotJudged("The body sees this already.", field="words", remedy="Open the alert's page.")
    words = demanded(words)
    alert.disclosed_by, alert.disclosed_at = by, at
    with recorded(by, words):
        alert.save(update_fields=["disclosed_by", "disclosed_at"])
    return alert


@transaction.atomic
def bring_back_watched(*, at: datetime) -> int:
    """Bring back the alerts that were watched until a day that has come; return how many."""
    due = selectors.watched_until(timezone.localdate(at)).select_for_update(of=("self",))
    count = 0
    for alert in due:
        alert.stage, alert.watch_until = Stage(ALERT.target(Stage(alert.stage), "return")), None
        with recorded(None, WATCH_OVER):
            alert.save(update_fields=["stage", "watch_until"])
        count += 1
    return count


def locked(alert_id: int, can: str, action: str, by: User, at: datetime) -> Alert:
    """Return the alert, locked, for whoever may do this now.

    Raises: Alert.DoesNotExist, NotAllowed, IllegalMove.
    """
    alert = Alert.objects.select_for_update(of=("self",)).select_related("body").get(pk=alert_id)
    permissions.require(by, can, alert, timezone.localdate(at))
    ALERT.target(Stage(alert.stage), action)
    return alert


def demanded(words: str) -> str:
    """Return the words without blanks around. Raises: NotJudged for none."""
    if not words.strip():
        raise NotJudged("A judgement says what was looked at.", field="words", remedy="Write one or two sentences.")
    return words.strip()


def saved_as(alert: Alert, by: User, at: datetime, why: str, *fields: str) -> Alert:
    """Save stage, who, when and these fields, with the reason."""
    alert.judged_by, alert.judged_at = by, at
    with recorded(by, why):
        alert.save(update_fields=["stage", "judged_by", "judged_at", *fields])
    return alert


def sighting_of(alert: Alert) -> Sighting:
    """Return what was seen last of an alert. Raises: Sighting.DoesNotExist."""
    found = selectors.last_sighting(alert)
    if found is None:
        raise Sighting.DoesNotExist(f"nothing was kept of {alert}")
    return found


def keep_judgement(
    alert: Alert, outcome: Judgement.Outcome, by: User, at: datetime, explanation: str = ""
) -> Judgement:
    """Keep what a person held, with the signs and settings it was about."""
    sighting = sighting_of(alert)
    return Judgement.objects.create(
        alert=alert, sighting=sighting, outcome=outcome, explanation=explanation, detectors=alert.detectors,
        settings=sighting.run.settings, q=alert.q, by=by, at=at,
    )  # fmt: skip
