"""The actions of a file in words."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

ACTIONS: dict[str, Any] = {
    "start": _("Application started"),
    "edit": _("Application changed"),
    "import": _("Capability table read in"),
    "attach": _("File added"),
    "detach": _("File taken out"),
    "route": _("Route chosen"),
    "sign": _("Signed for the legal representative"),
    "file": _("Application filed"),
    "tell_gaps": _("Gaps told at once"),
    "accept": _("Application accepted"),
    "not_accept": _("Application not accepted"),
    "start_review": _("Technical review begun"),
    "decide_at_once": _("No review before the decision on this route"),
    "ask_rectification": _("Rectification asked for"),
    "close_rectification": _("Rectification closed"),
    "conclude": _("Review concluded"),
    "reviewed": _("Took part in the review"),
    "propose": _("Decision proposed"),
    "propose_at_once": _("Decision proposed; no legal examination on this route"),
    "examine": _("No legal objection"),
    "return": _("Proposal returned"),
    "grant": pgettext_lazy("step", "Granted"),
    "grant_partly": pgettext_lazy("step", "Granted in part"),
    "refuse": pgettext_lazy("step", "Refused"),
    "deem_renew": _("Renewal counts as granted by law"),
    "withdraw": _("Application withdrawn"),
    "take_over": _("Handler changed"),
    "issue_document": _("Letter made and sent"),
    "document_opened": _("Letter opened by the applicant"),
    "document_served": _("Letter served"),
    "issue_certificate": _("Certificate issued"),
    "stop_clock": _("Time limit stopped"),
    "resume_clock": _("Time limit runs again"),
    "verification.opened": _("Verification opened"),
    "verification.draw": _("Drawn for verification"),
    "verification.pass_over": _("Not drawn for verification"),
    "verification.find_true": _("Verified as true"),
    "verification.find_basically_true": _("Verified as basically true"),
    "verification.find_untrue": _("Found untrue, with who decides"),
    "verification.accept_rectification": _("Rectification accepted"),
    "verification.return": _("Sent back to be verified anew"),
    "verification.find": _("Finding of the verification"),
    "verification.accept": _("Rectification accepted"),
    "verification.notify": _("Notice before a decision against the body"),
    "verification.state": _("Statement and defence of the body"),
    "verification.answer": _("Statement answered"),
    "verification.examine": _("Examined for legality"),
    "verification.object": _("Did not pass the legal check"),
    "verification.revoke": _("Decided to be untrue"),
}

CAUSES: dict[str, Any] = {
    "rectification": _("Rectification by the applicant"),
    "waiting_for_site": _("Waiting until the site can be visited"),
    "force_majeure": _("Force majeure"),
    "hearing": _("Hearing"),
}
"""Why a time limit stands still; which cause stops which limit is law."""


def words_of_action(action: str) -> Any:
    """Return an action in words; a refused one says so; an unknown one stays as it is stored."""
    if action.startswith("refused."):
        tried = action.removeprefix("refused.")
        words = _("Technical review") if tried.startswith("review.") else ACTIONS.get(tried, tried)
        return _("Refused attempt: %(action)s") % {"action": words}
    return ACTIONS.get(action, action)
