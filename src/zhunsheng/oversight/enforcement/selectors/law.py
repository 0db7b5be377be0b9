"""The yardstick with what administrators have confirmed."""

from datetime import date

from zhunsheng.oversight.enforcement.models import Case, CaseFinding, LawConfirmation
from zhunsheng.oversight.enforcement.rules import yardstick
from zhunsheng.oversight.enforcement.rules.yardstick import Facts, Proposal


def confirmed() -> frozenset[str]:
    """Return the rules that an administrator confirmed, as "id version"."""
    rows = LawConfirmation.objects.filter(withdrawn_at=None).values_list("entry", "version")
    return frozenset(f"{entry} {version}" for entry, version in rows)


def confirmations() -> dict[str, LawConfirmation]:
    """Return the confirmations that hold, by "id version", each with who gave it."""
    rows = LawConfirmation.objects.filter(withdrawn_at=None).select_related("by")
    return {f"{one.entry} {one.version}": one for one in rows}


def propose(violation: str, facts: Facts, on: date) -> Proposal:
    """Return what the yardstick proposes today, confirmations included. Raises: UnknownViolation."""
    return yardstick.propose(violation, facts, on, confirmed=confirmed())


def facts_of(finding: CaseFinding) -> Facts:
    """Return what the yardstick reads of a finding."""
    return Facts(
        field=finding.field, fee=finding.fee, gain=finding.gain, goods=finding.goods,
        circumstances=frozenset(finding.circumstances),
    )  # fmt: skip


def proposals_of(case: Case) -> list[tuple[CaseFinding, Proposal]]:
    """Return each finding of a case with what the yardstick proposes for it."""
    known = confirmed()
    return [
        (one, yardstick.propose(one.violation, facts_of(one), one.on, confirmed=known))
        for one in case.findings.order_by("number")
    ]
