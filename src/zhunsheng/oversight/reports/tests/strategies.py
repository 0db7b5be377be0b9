"""Reports made by hypothesis: sound ones, as JSON-ready data."""

import string
from datetime import date
from typing import Any

from hypothesis import strategies as st

LETTERS = st.characters(
    codec="utf-8",
    exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp", "Cn", "Co"),
    exclude_characters="０１２３４５６７８９\ufeff",
)
PLAIN = st.text(
    st.characters(codec="utf-8", categories=("L", "P"), exclude_characters="０１２３４５６７８９"),
    min_size=1,
    max_size=12,
)
TEXT = st.text(LETTERS, min_size=1, max_size=20)
PROSE = st.text(LETTERS | st.sampled_from("\n\t"), min_size=1, max_size=30)
CODE = st.text(string.ascii_letters + string.digits + "-/（）号", min_size=1, max_size=20)
DECIMAL = st.from_regex(r"-?(0|[1-9][0-9]{0,8})(\.[0-9]{1,6})?", fullmatch=True)
DAY = st.dates(date(1900, 1, 1), date(2199, 12, 31)).map(lambda day: day.isoformat())
MOMENT = st.builds(lambda day, zone: f"{day}T09:30:00{zone}", DAY, st.sampled_from(["Z", "+08:00", "-05:30"]))
WHEN = DAY | MOMENT
CMA = st.from_regex(r"[0-9]{12}", fullmatch=True)
USCC = st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=18, max_size=18)
SHA256 = st.text("0123456789abcdef", min_size=64, max_size=64)
UNIT = st.sampled_from(["mg/L", "mg/kg", "μg/L", "µg/L", "CFU/100 mL", "NTU", "°C", "K", "μS/cm ", "%", "无量纲", "mm"])
VALUE = DECIMAL | st.sampled_from(["<0.01", "未检出", "esineb", "0,02", "≥ 99", "-", "1.2×10⁵"])


def part(**fields):
    """A structure in which every field may be absent."""
    return st.fixed_dictionaries({}, optional=fields)


def some(strategy):
    """A list that isn't empty."""
    return st.lists(strategy, min_size=1, max_size=3)


UNCERTAINTY = st.fixed_dictionaries({"expanded": DECIMAL}, optional={"k": DECIMAL, "probability": DECIMAL})
_LIMIT = {"standard": TEXT, "clause": TEXT, "min": DECIMAL, "max": DECIMAL, "rule": TEXT, "text": PROSE}
LIMIT = st.sampled_from(["max", "text"]).flatmap(
    lambda given: st.fixed_dictionaries(
        {given: _LIMIT[given]}, optional={name: each for name, each in _LIMIT.items() if name != given}
    )
)
CONDITION = st.fixed_dictionaries({"name": TEXT, "value": TEXT}, optional={"unit": TEXT})
SUBCONTRACTOR = st.fixed_dictionaries(
    {"name": TEXT}, optional={"cma": CMA, "consent": WHEN, "report": CODE, "uscc": USCC}
)
PARTY = part(name=TEXT, address=TEXT, id=CODE, uscc=USCC)
LINE = st.fixed_dictionaries(
    {"parameter": TEXT},
    optional={
        "analyst": CODE,
        "conditions": some(CONDITION),
        "finished": WHEN,
        "instrument": CODE,
        "limit": LIMIT,
        "loq": DECIMAL,
        "method": TEXT,
        "method_clause": TEXT,
        "parameter_code": CODE,
        "parameter_ref": CODE,
        "remarks": PROSE,
        "started": WHEN,
        "subcontractor": SUBCONTRACTOR,
        "uncertainty": UNCERTAINTY,
        "unit": UNIT | TEXT,
        "value": VALUE | PROSE,
        "verdict": st.sampled_from(["合格", "不合格", "符合", "pass", "vastab nõuetele"]) | TEXT,
    },
)
RESULTS = st.lists(LINE, min_size=1, max_size=4).map(
    lambda lines: [{**line, "line": number} for number, line in enumerate(lines, 1)]
)
BODY = (
    st.fixed_dictionaries({"cma": CMA}, optional={"name": TEXT, "uscc": USCC})
    | st.fixed_dictionaries({"uscc": USCC})
    | st.fixed_dictionaries({"register": st.just("ee-terviseamet"), "id": st.just("TA")}, optional={"name": TEXT})
)
SAMPLE = part(
    batch=TEXT,
    brand=TEXT,
    category=TEXT,
    id=CODE,
    identifiers=some(st.fixed_dictionaries({"value": TEXT}, optional={"issuer": TEXT, "name": TEXT})),
    kind=TEXT,
    model=TEXT,
    name=TEXT,
    object=TEXT,
    place=part(address=TEXT, id=CODE, name=TEXT),
    received=WHEN,
    sampled=WHEN,
    sampled_from=PARTY,
    sampling=part(certificate=TEXT, method=TEXT, post=TEXT, sampler=TEXT, sheet=TEXT),
    state=TEXT,
)
PERSON = part(code=CODE, name=TEXT, role=TEXT)
_REPORT = st.fixed_dictionaries(
    {
        "format": st.just("zhunsheng-report/1"),
        "body": BODY,
        "number": CODE,
        "version": st.integers(1, 2**31 - 1),
        "results": RESULTS,
    },
    optional={
        "attachments": some(
            st.fixed_dictionaries(
                {"bytes": st.integers(0, 2**53 - 1), "media_type": st.just("image/png"), "sha256": SHA256},
                optional={"name": TEXT},
            )
        ),
        "client": PARTY,
        "conclusion": PROSE,
        "conditions": some(CONDITION),
        "dates": part(finished=WHEN, issued=WHEN, received=WHEN, started=WHEN),
        "kind": st.sampled_from(["test", "calibration", "inspection"]),
        "persons": some(PERSON),
        "producer": PARTY,
        "purpose": TEXT,
        "remarks": PROSE,
        "replaces": st.fixed_dictionaries(
            {"kind": st.sampled_from(["correction", "withdrawal"]), "version": st.integers(1, 9)},
            optional={"digest": SHA256, "reason": PROSE},
        ),
        "sample": SAMPLE,
        "signatory": PERSON,
        "site": CODE,
        "task": part(
            authority=TEXT,
            cover_letter=TEXT,
            follow_up=part(authority=TEXT, finished=WHEN, number=TEXT, outcome=PROSE),
            name=TEXT,
            number=TEXT,
            objection=TEXT,
            retest_of=CODE,
        ),
        "title": TEXT,
    },
)


@st.composite
def sound_reports(draw):
    """A sound report as JSON-ready data."""
    return draw(_REPORT)


REPORT = sound_reports()


def plain(**changes):
    """The plainest report, with changes by dotted path; None takes a field away."""
    report: Any = {
        "format": "zhunsheng-report/1",
        "body": {"cma": "210020123456"},
        "number": "WT-1",
        "version": 1,
        "dates": {"issued": "2026-03-31"},
        "results": [
            {"line": 1, "parameter": "铅（以Pb计）", "value": "0.050", "unit": "mg/kg", "limit": {"max": "0.1"}}
        ],
    }
    for path, value in changes.items():
        *outer, last = path.split("__")
        place: Any = report
        for part in outer:
            place = place[int(part)] if part.isdecimal() else place.setdefault(part, {})
        if value is None:
            del place[last]
        else:
            place[last] = value
    return report


def places_in(value, path=()):
    """Yield the path of every place of a document, the outermost first."""
    yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in items:
        yield from places_in(each, (*path, key))


def at(document, path):
    """What stands at a place."""
    for key in path:
        document = document[key]
    return document


def put(document, path, value):
    """Set what stands at a place."""
    at(document, path[:-1])[path[-1]] = value
