"""What a check hands to intake: a rule's finding with the severity and the version of the law it was judged by."""

from msgspec import Struct

from zhunsheng.oversight.reports.rules.facts import FactValue

SEVERITIES = ("info", "notice", "serious", "grave")


class FoundBy(Struct, frozen=True, gc=False):
    """One finding as it is stored: rule and law version explain it, `facts` fill its words.

    `severity` is the place in SEVERITIES; `line` the place in `results` from 1, None for the whole report.
    """

    rule: str
    law_version: str
    severity: int
    line: int | None
    field: str
    facts: dict[str, FactValue]
