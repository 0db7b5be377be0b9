"""What is applied for, how far an application has come, and which moves are legal."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhunsheng.foundation.workflow import Workflow


class Kind(models.TextChoices):
    """What a body applies for or files (Order 163, Arts. 9 to 14)."""

    FIRST = "first", _("First accreditation")
    RENEWAL = "renewal", _("Renewal of the certificate")
    EXTENSION = "extension", _("Extension of scope")
    METHOD_YEAR = "method_year", _("Change of method")
    SITE = "site", _("Change of site")
    ADDRESS = "address", _("Change of address only in name")
    NAME = "name", _("Change of name or legal nature")
    PERSONS = "persons", _("Change of legal representative or managers")
    SIGNATORY = "signatory", _("Change of signatories")
    CANCEL_ITEM = "cancel_item", _("Giving up items")
    CANCELLATION = "cancellation", _("Cancellation of the certificate")


WHOLE_TERM = (Kind.FIRST, Kind.RENEWAL)
"""Kinds whose grant begins a certificate's whole term."""
ONE_AT_A_TIME = (*WHOLE_TERM, Kind.CANCELLATION, Kind.NAME, Kind.ADDRESS)
"""Kinds that concern a body as a whole: of each only one is open at a time."""


class Route(models.TextChoices):
    """By which procedure it is decided; which are open on a day is law (`law/routes.yaml`)."""

    GENERAL = "general", _("General procedure")
    COMMITMENT = "commitment", _("Notification and commitment")
    DOCUMENTS = "documents", _("Document review")
    REMOTE = "remote", _("Remote review")
    SELF_DECLARATION = "self_declaration", _("Self-declaration")
    CHANGE_FILING = "change_filing", _("Change filing")
    JOINT = "joint", _("Joint review with a sector licence")
    CNAS = "cnas", _("Short cut by CNAS recognition")


class Stage(models.TextChoices):
    """How far an application has come."""

    DRAFT = "draft", _("Being prepared")
    FILED = "filed", _("Filed, to be accepted")
    GAPS = "gaps", _("To be completed by the applicant")
    ACCEPTED = "accepted", _("Accepted")
    IN_REVIEW = "in_review", _("In technical review")
    RECTIFYING = "rectifying", _("Being rectified")
    REVIEWED = "reviewed", _("Reviewed, to be proposed")
    PROPOSED = "proposed", pgettext_lazy("application", "Proposed, with the legal officer")
    EXAMINED = "examined", _("Examined, to be decided")
    GRANTED = "granted", _("Granted")
    PARTLY_GRANTED = "partly_granted", _("Partly granted")
    REFUSED = "refused", pgettext_lazy("application", "Refused")
    NOT_ACCEPTED = "not_accepted", _("Not accepted")
    WITHDRAWN = "withdrawn", pgettext_lazy("application", "Withdrawn")


OPEN = (
    Stage.FILED,
    Stage.GAPS,
    Stage.ACCEPTED,
    Stage.IN_REVIEW,
    Stage.RECTIFYING,
    Stage.REVIEWED,
    Stage.PROPOSED,
    Stage.EXAMINED,
)
DECIDED = (Stage.GRANTED, Stage.PARTLY_GRANTED, Stage.REFUSED)
ENDED = (*DECIDED, Stage.NOT_ACCEPTED, Stage.WITHDRAWN)

APPLICATION: Workflow[str] = Workflow(
    "application",
    {
        (Stage.DRAFT, "edit"): Stage.DRAFT,
        (Stage.DRAFT, "file"): Stage.FILED,
        (Stage.FILED, "tell_gaps"): Stage.GAPS,
        (Stage.FILED, "accept"): Stage.ACCEPTED,
        (Stage.FILED, "not_accept"): Stage.NOT_ACCEPTED,
        (Stage.GAPS, "edit"): Stage.GAPS,
        (Stage.GAPS, "file"): Stage.FILED,
        (Stage.GAPS, "not_accept"): Stage.NOT_ACCEPTED,
        (Stage.ACCEPTED, "start_review"): Stage.IN_REVIEW,
        (Stage.ACCEPTED, "decide_at_once"): Stage.REVIEWED,
        (Stage.IN_REVIEW, "ask_rectification"): Stage.RECTIFYING,
        (Stage.RECTIFYING, "close_rectification"): Stage.IN_REVIEW,
        (Stage.IN_REVIEW, "conclude"): Stage.REVIEWED,
        (Stage.REVIEWED, "propose"): Stage.PROPOSED,
        (Stage.REVIEWED, "propose_at_once"): Stage.EXAMINED,
        (Stage.PROPOSED, "return"): Stage.REVIEWED,
        (Stage.PROPOSED, "examine"): Stage.EXAMINED,
        (Stage.EXAMINED, "return"): Stage.REVIEWED,
        (Stage.EXAMINED, "grant"): Stage.GRANTED,
        (Stage.EXAMINED, "grant_partly"): Stage.PARTLY_GRANTED,
        (Stage.EXAMINED, "refuse"): Stage.REFUSED,
        **{(stage, "deem_renew"): Stage.GRANTED for stage in OPEN if stage not in (Stage.FILED, Stage.GAPS)},
        **{(stage, "withdraw"): Stage.WITHDRAWN for stage in (Stage.DRAFT, *OPEN)},
    },
)


class LineAct(models.TextChoices):
    """What is asked for one line of capability."""

    ADD = "add", _("Add")
    KEEP = "keep", _("Keep")
    REPLACE = "replace", _("Replace the method")
    GIVE_UP = "give_up", _("Give up")


class LineOutcome(models.TextChoices):
    """What became of one line."""

    PENDING = "pending", _("Not decided")
    GRANTED = "granted", _("Granted")
    REFUSED = "refused", pgettext_lazy("application", "Refused")
    NOT_COVERED = "not_covered", _("Not renewed by silence, to be applied for anew")


PROPOSED_OUTCOMES = {LineOutcome.GRANTED: _("To be granted"), LineOutcome.REFUSED: _("Not to be granted")}
"""What an outcome means while nobody has decided yet."""


def outcome_words(outcome: str, stage: str) -> str:
    """Return what became of a line in words; before the decision it is a proposal and says so."""
    known = LineOutcome(outcome)
    return str(known.label if stage in DECIDED else PROPOSED_OUTCOMES.get(known, known.label))


class PersonPost(models.TextChoices):
    """For what a person is named in an application."""

    LEGAL = "legal", _("Legal representative")
    MANAGER = "manager", _("Top manager")
    TECHNICAL = "technical", _("Technical manager")
    QUALITY = "quality", _("Quality manager")
    SIGNATORY = "signatory", _("Authorised signatory")


class Delivery(models.TextChoices):
    """How a document was handed over."""

    ELECTRONIC = "electronic", _("Opened in this system")
    PAPER = "paper", _("On paper, against signature")
    MAIL = "mail", _("By registered mail")
    NOTICE = "notice", _("By public notice")


class Finding(models.TextChoices):
    """What verifying a commitment or declaration found."""

    PENDING = "pending", _("To be verified")
    NOT_SAMPLED = "not_sampled", _("Not drawn for verification")
    TRUE = "true", _("True")
    BASICALLY_TRUE = "basically_true", _("Basically true, to be rectified")
    UNTRUE = "untrue", _("Seriously untrue or false")


VERIFICATION: Workflow[str] = Workflow(
    "verification",
    {
        ("waiting", "draw"): "open",
        ("waiting", "pass_over"): "closed",
        ("open", "pass_over"): "closed",
        ("open", "find_true"): "closed",
        ("open", "find_basically_true"): "rectifying",
        ("open", "find_untrue"): "revoking",
        ("rectifying", "accept_rectification"): "closed",
        ("rectifying", "find_untrue"): "revoking",
        ("revoking", "notify"): "hearing",
        ("revoking", "return"): "open",
        ("hearing", "state"): "hearing",
        ("hearing", "answer"): "heard",
        ("hearing", "return"): "open",
        ("heard", "examine"): "examined",
        ("heard", "object"): "heard",
        ("heard", "return"): "open",
        ("examined", "revoke"): "closed",
        ("examined", "return"): "open",
    },
)
