"""The plainest facts that no rule objects to: a licensed body's report of one line, all papers in order."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from msgspec.structs import replace

from zhunsheng.foundation.quantities import read_value
from zhunsheng.oversight.reports.checks.law import law_on
from zhunsheng.oversight.reports.checks.statements import moment
from zhunsheng.oversight.reports.rules.facts import LimitFacts, LineFacts, ReportFacts
from zhunsheng.oversight.reports.rules.words import read_verdict
from zhunsheng.registry.bodies.facts import (
    AccreditationFacts,
    BodyFacts,
    CalibrationFacts,
    InstrumentFacts,
    PersonFacts,
    SigningFacts,
)
from zhunsheng.registry.bodies.rules.scope import Reason, ScopeAnswer

ARRIVAL = datetime(2026, 3, 20, 4, 0, tzinfo=UTC)
CERTIFICATE = AccreditationFacts("230019340123", date(2023, 1, 10), date(2029, 1, 9))
SIGNER = PersonFacts("S01", "陈志明", None, None, (SigningFacts("水", date(2024, 1, 1), None),))
BALANCE = InstrumentFacts(
    "E01", "电子天平", "", (CalibrationFacts("JZ-2025-1", date(2025, 6, 1), date(2026, 5, 31), "pass"),)
)
HELD = ScopeAnswer(Reason.IN_SCOPE, 7, "水", "生活饮用水")


def body(**changes):
    """Return a licensed body."""
    facts: dict[str, Any] = {
        "id": 1,
        "slug": "230019340123",
        "uscc": "91440101MA59ABCDX7",
        "cma": "230019340123",
        "name": "珠江检测中心",
        "name_en": "",
        "kind": "testing",
        "division_code": "440100",
        "organisation_id": None,
        "generated": True,
        "has_scope": True,
        "accreditations": (CERTIFICATE,),
        "persons": {"S01": SIGNER},
        "instruments": {"E01": BALANCE},
    }
    return BodyFacts(**(facts | changes))


def line(number=1, **changes):
    """Return a passing line: lead 0.005 mg/L against at most 0.01."""
    facts = {
        "label": str(number),
        "parameter": "铅",
        "method": "GB/T 5750.6-2023",
        "value": "0.005",
        "unit": "mg/L",
        "limit": at_most("0.01"),
        "verdict": "合格",
        "instrument": "E01",
        "started": moment("2026-03-10"),
        "finished": moment("2026-03-11"),
        "parameter_id": 31,
        "scope": HELD,
    } | changes
    made = LineFacts(line=number, **facts)
    made.measured = read_value(made.value)
    made.decision = read_verdict(made.verdict)
    return made


def report(*lines, **changes):
    """Return a report by the plainest body, of the given lines or the plainest one."""
    facts = {
        "number": "W2026-001",
        "version": 1,
        "digest": "ab" * 32,
        "received_at": ARRIVAL,
        "body": body(),
        "domestic": True,
        "stated_certificate": "230019340123",
        "site": "A",
        "object_text": "生活饮用水",
        "object_names": ("生活饮用水", "水"),
        "sampled": moment("2026-03-08"),
        "received": moment("2026-03-09"),
        "started": moment("2026-03-10"),
        "finished": moment("2026-03-11"),
        "issued": moment("2026-03-12"),
        "signatory_code": "S01",
        "signatory_name": "陈志明",
        "conclusion": "所检项目符合标准要求",
        "conclusion_decision": "pass",
        "law": law_on(date(2026, 3, 12)).values,
    } | changes
    return ReportFacts(lines=list(lines) or [line()], **facts)


def at_most(maximum, unit="", rule="simple", standard="GB 5749-2022"):
    """Return an upper limit."""
    return LimitFacts(standard=standard, maximum=Decimal(maximum), unit=unit, rule=rule)


def codes(findings):
    """Return the codes of findings in their order."""
    return [one.code for one in findings]


def changed(thing, **changes):
    """Return a fact with some of its values changed."""
    return replace(thing, **changes)
