"""Words of cases for people."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

EVENTS: Mapping[str, Any] = {
    "file": pgettext_lazy("case", "Filed"),
    "second": pgettext_lazy("case", "Second investigator named"),
    "step_aside": pgettext_lazy("case", "Investigator kept out"),
    "investigate": pgettext_lazy("case", "Investigation"),
    "find": pgettext_lazy("case", "Facts established"),
    "site_record": pgettext_lazy("case", "Record made on the spot"),
    "questioning": pgettext_lazy("case", "Record of a questioning"),
    "correction": pgettext_lazy("case", "Correction ordered"),
    "refer": pgettext_lazy("case", "Sent to another authority"),
    "hearing_called": pgettext_lazy("case", "Hearing called"),
    "document_served": pgettext_lazy("case", "Document served"),
    "files": pgettext_lazy("case", "Files added"),
    "hold": pgettext_lazy("case", "Evidence held"),
    "end_hold": pgettext_lazy("case", "Hold of evidence ended"),
    "pause": pgettext_lazy("case", "Clock stopped"),
    "resume": pgettext_lazy("case", "Clock runs again"),
    "extend": pgettext_lazy("case", "Time limit extended"),
    "propose": pgettext_lazy("case", "Investigation closed, penalty proposed"),
    "examine": pgettext_lazy("case", "Examined for legality"),
    "notify": pgettext_lazy("case", "Party told"),
    "state": pgettext_lazy("case", "Statement and defence"),
    "hear": pgettext_lazy("case", "Hearing held"),
    "submit": pgettext_lazy("case", "Handed on for the decision"),
    "discuss": pgettext_lazy("case", "Discussed collectively"),
    "return": pgettext_lazy("case", "Returned to the investigators"),
    "decide": pgettext_lazy("case", "Decided"),
    "recommend": pgettext_lazy("case", "Recommended to the grantor"),
    "qualification": pgettext_lazy("case", "Measure on the qualification taken"),
    "qualification_declined": pgettext_lazy("case", "Grantor declined"),
    "qualification_reported": pgettext_lazy("case", "Reported to the national administration"),
    "serve": pgettext_lazy("case", "Served"),
    "execute": pgettext_lazy("case", "Execution"),
    "object": pgettext_lazy("case", "Objection"),
    "publish": pgettext_lazy("case", "Published"),
    "severe": pgettext_lazy("case", "Entered into the severe list"),
    "severe_removed": pgettext_lazy("case", "Removed from the severe list"),
    "police_report": pgettext_lazy("case", "Suspected crime reported to the head"),
    "police_decision": pgettext_lazy("case", "Head decided about the transfer"),
    "police_sent": pgettext_lazy("case", "Sent to the police"),
    "police_answer": pgettext_lazy("case", "Answer of the police"),
    "referral": pgettext_lazy("case", "Referral answered"),
    "overdue": pgettext_lazy("case", "Late, and told"),
    "joint_asked": pgettext_lazy("case", "Asked to act jointly"),
    "joint_joined": pgettext_lazy("case", "Joined"),
    "joint_declined": pgettext_lazy("case", "Declined to join"),
    "joint_left": pgettext_lazy("case", "Left"),
    "joint_released": pgettext_lazy("case", "Released"),
    "joint_note": pgettext_lazy("case", "Put in by a participant"),
    "joint_opinion": pgettext_lazy("case", "Opinion of a participant"),
    "joint_decision": pgettext_lazy("case", "Decision of a participant"),
    "export": pgettext_lazy("case", "Evidence exported"),
    "close": pgettext_lazy("case", "Closed"),
    "drop": pgettext_lazy("case", "Dropped"),
}
CLOCKS: Mapping[str, Any] = {
    "decide": pgettext_lazy("clock", "Decision"),
    "hold": pgettext_lazy("clock", "What becomes of evidence held"),
    "police_decide": pgettext_lazy("clock", "Head decides about the police"),
    "police_send": pgettext_lazy("clock", "File to the police"),
    "police_answer": pgettext_lazy("clock", "Answer of the police"),
    "serve": pgettext_lazy("clock", "Service of the decision"),
    "disclose": pgettext_lazy("clock", "Publication"),
    "pay": pgettext_lazy("clock", "Payment by the party"),
}
CLOCKS_ZH: Mapping[str, str] = {
    "decide": "作出处理决定",
    "hold": "对先行登记保存的证据作出处理",
    "police_decide": "负责人决定是否移送公安机关",
    "police_send": "向公安机关移送",
    "police_answer": "公安机关答复",
    "serve": "送达处罚决定书",
    "disclose": "公示处罚信息",
    "pay": "当事人缴纳罚没款",
}
"""As notices to authorities and records of cases say it: official correspondence is Chinese."""
RECORDS = ("site_record", "questioning")
DECISIONS = ("decision", "no_penalty")
"""Documents that the service of the decision covers."""
FIELDS: Mapping[str, Any] = {
    "product": _("Product quality"),
    "food": pgettext_lazy("field of law", "Food"),
    "agriculture": _("Farm products"),
    "vehicle_emission": _("Vehicle emissions"),
    "vehicle_safety": _("Vehicle safety"),
    "device": _("Medical devices"),
    "carbon": _("Carbon trading"),
    "environment": _("Environmental monitoring"),
}
STEPS: Mapping[str, Any] = {
    "waived": pgettext_lazy("penalty", "No penalty"),
    "lenient": pgettext_lazy("penalty", "Lenient"),
    "ordinary": pgettext_lazy("penalty", "Ordinary"),
    "severe": pgettext_lazy("penalty", "Severe"),
}
KINDS: Mapping[str, Any] = {
    "reminder": _("Reminder"),
    "order_to_correct": _("Order to correct"),
    "warning": _("Warning"),
    "confiscate": _("Confiscation"),
    "fine": _("Fine"),
    "qualification": _("Qualification"),
    "application_bar": _("Bar on applications"),
    "occupation_ban": _("Bar on an occupation"),
    "joint_liability": _("Joint liability"),
    "police": _("Transfer to the police"),
}
METHODS: Mapping[str, Any] = {
    "direct": _("Handed over"),
    "left": _("Left with a witness"),
    "post": _("By post"),
    "electronic": _("Electronically"),
    "public": _("By public notice"),
}
EXECUTIONS: Mapping[str, Any] = {
    "paid": _("Fine paid"),
    "confiscated": _("Confiscation carried out"),
    "corrected": _("Corrected as ordered"),
    "surcharge": _("Surcharge for late payment"),
    "court_asked": _("Court asked to enforce"),
    "enforced": _("Enforced by the court"),
    "deferred": _("Deferred or by instalments"),
}
OBJECTIONS: Mapping[str, Any] = {"reconsideration": _("Reconsideration"), "court": _("Court")}
OUTCOMES: Mapping[str, Any] = {
    "filed": pgettext_lazy("objection", "Asked for"),
    "upheld": pgettext_lazy("objection", "Upheld"),
    "changed": pgettext_lazy("objection", "Changed"),
    "annulled": pgettext_lazy("objection", "Annulled"),
    "withdrawn": pgettext_lazy("objection", "Withdrawn"),
}
MEASURES: Mapping[str, Any] = {
    "reduce": pgettext_lazy("measure", "Reduce the scope"),
    "suspend": pgettext_lazy("measure", "Suspend"),
    "revoke": pgettext_lazy("measure", "Revoke"),
    "cancel": pgettext_lazy("measure", "Cancel"),
}


def language() -> str:
    """Return the language in which law speaks to this reader."""
    return "en" if (get_language() or "").startswith("en") else "zh"


def said(title: Mapping[str, str]) -> str:
    """Return words of the law in the reader's language."""
    return title[language()]
