"""Measures that a case of enforcement decided, carried out as any other measure."""

from zhunsheng.admission.certificates import wording
from zhunsheng.admission.certificates.models import MeasureKind
from zhunsheng.admission.certificates.services.measures import Act, take
from zhunsheng.registry.bodies import measures


def carry_out(act: measures.QualificationAct) -> str:
    """Take the measure and return what was done, in words.

    Raises: Body.DoesNotExist, NotAllowed, MeasureRefused, LinesRefused, MissingReason.
    """
    made = take(
        Act(
            MeasureKind(act.measure), act.body_id, act.decision_no, act.on, act.by, act.at, act.why, act.ground,
            act.until, act.lines,
        )
    )  # fmt: skip
    return wording.taken(made, made.accreditation.number).zh
