"""Move an application along its stages and write every move into its file."""

from collections.abc import Iterable
from datetime import datetime

from zhunsheng.admission.licensing.lifecycle import APPLICATION, ENDED, Stage
from zhunsheng.admission.licensing.models import Application, Explanation, Step
from zhunsheng.admission.licensing.rules.reasons import Reason
from zhunsheng.admission.licensing.services.refusals import log
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import User


def move(
    application: Application,
    action: str,
    *,
    by: User | None,
    at: datetime,
    words: str = "",
    law: str = "",
    inside: bool = False,
    fields: Iterable[str] = (),
) -> Step:
    """Move a locked application by a legal action, save it with these other fields, and write the step.

    Raises: IllegalMove; then nothing is changed.
    """
    application.stage = Stage(APPLICATION.target(application.stage, action))
    saved = {"stage", *fields}
    if application.stage in ENDED and application.ended_at is None:
        application.ended_at = at
        saved.add("ended_at")
    with recorded(by, words or action):
        application.save(update_fields=sorted(saved))
    return log(application, action, by=by, at=at, words=words, law=law, inside=inside)


def explain(application: Application, about: str, reason: Reason, outcome: object, at: datetime) -> Explanation:
    """Keep why something was decided automatically: rule, version, inputs, outcome and words."""
    return Explanation.objects.create(
        application=application, about=about, rule=reason.rule, version=reason.version, inputs=dict(reason.inputs),
        outcome=outcome, words_zh=reason.words["zh"], words_en=reason.words["en"], at=at,
    )  # fmt: skip
