"""From an alert to a lead: with the digests of the evidence and of the reports."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from zhunsheng.oversight.leads.services import Evidence, open_lead
from zhunsheng.oversight.screening import explaining
from zhunsheng.oversight.screening.lifecycle import Stage
from zhunsheng.oversight.screening.models import Alert, Judgement, Sighting
from zhunsheng.oversight.screening.permissions import Can
from zhunsheng.oversight.screening.services.judging import (
    NotJudged,
    demanded,
    keep_judgement,
    locked,
    saved_as,
    sighting_of,
)
from zhunsheng.platform.accounts.models import User

SOURCE: Final = "alert"
MATTERS: Final = ("false_report", "inaccurate_report")
MOST_NAMED: Final = 10


@transaction.atomic
def open_lead_from(*, alert_id: int, matter: str, words: str, by: User, at: datetime) -> Alert:
    """Open a lead from an alert, with the digests of the evidence and of the reports; people decide what follows.

    Raises: Alert.DoesNotExist, NotAllowed, IllegalMove, NotJudged.
    """
    alert = locked(alert_id, Can.JUDGE, "open_lead", by, at)
    if matter not in MATTERS:
        raise NotJudged("An alert opens no lead of this kind.", field="matter", remedy="Choose one from the list.")
    words = demanded(words)
    sighting = sighting_of(alert)
    day = timezone.localdate(at)
    lead = open_lead(
        source=SOURCE, reference=str(alert.pk), matter=matter,
        title=f"{alert.body.name}：{explaining.sign_of(alert.detector, day).title['zh']}",
        words=f"{words}\n{told(sighting.evidence, day)}", body_id=alert.body_id, division_id=alert.division_id,
        evidence=_evidence(sighting), by=by, at=at,
    )  # fmt: skip
    alert.stage, alert.words, alert.lead_reference, alert.watch_until = Stage.LEAD, words, lead.number, None
    saved = saved_as(alert, by, at, words, "words", "lead_reference", "watch_until")
    keep_judgement(saved, Judgement.Outcome.LEAD, by, at)
    return saved


def told(evidence: dict[str, Any], day: date) -> str:
    """Return what an alert says in Chinese sentences, for letters and leads."""
    return "\n".join(
        explaining.said(explaining.sign_of(one["detector"], day), one)["zh"] for one in evidence["signals"]
    )


def _evidence(sighting: Sighting) -> Sequence[Evidence]:
    """Return the evidence of a lead: the frozen sighting, and the first reports to look at."""
    named = list(sighting.evidence["reports"].items())[:MOST_NAMED]
    return (
        Evidence("alert", str(sighting.alert_id), sighting.sha256, "疑点线索的依据（已封存）"),
        *(Evidence("report", digest, digest, f"检验检测报告 {one['number']}") for digest, one in named),
    )
