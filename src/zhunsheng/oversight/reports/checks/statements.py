"""From the typed report to plain facts: texts read once, remembered because the same few come again and again."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter

from msgspec import UNSET, UnsetType

from zhunsheng.foundation.quantities import Measured, read_value
from zhunsheng.oversight.reports.format import Limit, Parsed, Report, Result, Subcontractor
from zhunsheng.oversight.reports.format.moments import SHANGHAI, day_of, is_moment
from zhunsheng.oversight.reports.rules.facts import LimitFacts, LineFacts, Moment, ReportFacts, Uncertainty
from zhunsheng.oversight.reports.rules.words import read_verdict

_RULE_WORDS = {"": "simple", "简单接受": "simple", "保护带": "guarded", "共担风险": "shared"}
_ZERO_WORDS = ("不得检出", "未检出", "阴性", "absent", "not detected", "must not be detected")


@lru_cache(maxsize=65536)
def moment(text: str) -> Moment:
    """Return a stated date or time; a date covers its whole day in Shanghai."""
    day = day_of(text)
    if is_moment(text):
        at = datetime.fromisoformat(text).astimezone(UTC)
        return Moment(text, at, at, day, exact=True)
    first = datetime.combine(day, time.min, SHANGHAI).astimezone(UTC)
    return Moment(text, first, first + timedelta(days=1, microseconds=-1), day, exact=False)


def _moment(text: str | UnsetType) -> Moment | None:
    return None if text is UNSET else moment(text)


@lru_cache(maxsize=65536)
def _number(text: str) -> Decimal:
    return Decimal(text)


def _decimal(text: str | UnsetType) -> Decimal | None:
    return None if text is UNSET else _number(text)


@lru_cache(maxsize=131_072)
def _measured(text: str) -> Measured:
    return read_value(text)


@lru_cache(maxsize=65536)
def _limit(limit: Limit) -> LimitFacts:
    text = limit.text or ""
    rule = (limit.rule or "").strip()
    return LimitFacts(
        standard=limit.standard or "",
        minimum=_decimal(limit.min),
        maximum=_decimal(limit.max),
        rule=_RULE_WORDS.get(rule, rule),
        required=text if any(word in text.casefold() for word in _ZERO_WORDS) else "",
    )


def subcontractor_text(stated: Subcontractor) -> str:
    """Return how a subcontractor is named, with its identifier where there is one."""
    return " ".join(part for part in (stated.name, stated.cma or stated.uscc or "") if part)


def _line(place: int, result: Result) -> LineFacts:
    stated, given = result.uncertainty, result.subcontractor
    return LineFacts(
        line=place,
        label=str(result.line),
        parameter=result.parameter,
        parameter_code=result.parameter_code or "",
        conditions=tuple((c.name, c.value, c.unit or "") for c in result.conditions) if result.conditions else (),
        method=result.method or "",
        method_clause=result.method_clause or "",
        value=result.value or "",
        unit=result.unit or "",
        loq=_decimal(result.loq),
        uncertainty=None if stated is UNSET else Uncertainty(_decimal(stated.expanded), _decimal(stated.k)),
        limit=None if result.limit is UNSET else _limit(result.limit),
        verdict=result.verdict or "",
        instrument=result.instrument or "",
        analyst=result.analyst or "",
        started=_moment(result.started),
        finished=_moment(result.finished),
        subcontractor=None if given is UNSET else subcontractor_text(given),
        consent=None if given is UNSET else _moment(given.consent),
        measured=_measured(result.value or ""),
        decision=read_verdict(result.verdict or ""),
    )


def read_statements(parsed: Parsed, received_at: datetime) -> ReportFacts:
    """Return what a report itself states; what body, catalogue and archive add is filled in later."""
    report = parsed.report
    sample, dates, signer = report.sample, report.dates, report.signatory
    facts = ReportFacts(
        number=report.number,
        version=report.version,
        digest=parsed.digest,
        received_at=received_at,
        stated_certificate=report.body.cma or "",
        published=report.published is not UNSET,
        site=report.site or "",
        conclusion=report.conclusion or "",
        conclusion_decision=read_verdict(report.conclusion or ""),
        business=report.business or "",
        purpose=report.purpose or "",
        by_digest=parsed.registration is not None,
        points_back=report.replaces is not UNSET,
        withdrawal=report.replaces is not UNSET and report.replaces.kind == "withdrawal",
        lines=[_line(place, result) for place, result in enumerate(report.results, 1)],
    )
    if sample is not UNSET:
        facts.object_text = sample.object or sample.name or ""
        facts.sampled, facts.received = _moment(sample.sampled), _moment(sample.received)
    if dates is not UNSET:
        facts.received = facts.received or _moment(dates.received)
        facts.started, facts.finished = _moment(dates.started), _moment(dates.finished)
        facts.issued = _moment(dates.issued)
    if signer is not UNSET:
        facts.signatory_code, facts.signatory_name = signer.code or "", signer.name or ""
    return facts


def _reader(path: str) -> Callable[[Report], bool]:
    """Return what tells whether a report states one path: `a`, `a.b.c`, or `results.b` for every line."""
    first, _, rest = path.partition(".")
    if first == "results":
        stated = attrgetter(rest)
        return lambda report: bool(report.results) and UNSET not in map(stated, report.results)
    whole = attrgetter(first)
    if not rest:
        return lambda report: whole(report) is not UNSET
    names = rest.split(".")
    return lambda report: _inside(whole(report), names) is not UNSET


def _inside(part: object, names: Iterable[str]) -> object:
    """Return what stands at a path inside a part of a report, UNSET where any step of it is absent."""
    for name in names:
        if part is UNSET:
            return UNSET
        part = getattr(part, name)
    return part


@lru_cache(maxsize=256)
def _states(path: str) -> Callable[[Report], bool]:
    """Return what tells whether a report states one of the alternatives of a path."""
    readers = [_reader(one) for one in path.split("|")]
    return readers[0] if len(readers) == 1 else lambda report: any(stated(report) for stated in readers)


def missing_fields(report: Report, paths: Iterable[str]) -> tuple[str, ...]:
    """Return which paths a report leaves out.

    Args:
        paths: such as `dates.issued`; `a|b` is met by either; `results.x` is missing if any line lacks it.
    """
    return tuple([path for path in paths if not _states(path)(report)])
