"""Arrival checks with five million scope lines in the index: against as many look-ups in a dictionary in memory."""

import gc
import json
import random
import resource
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from benchmarks.harness import Stage, Work
from zhunsheng.oversight.reports.checks import check_many
from zhunsheng.oversight.reports.checks.engine import law_day, run_rules
from zhunsheng.oversight.reports.checks.law import law_on
from zhunsheng.oversight.reports.checks.statements import read_statements
from zhunsheng.oversight.reports.checks.surroundings import Case, add_bodies, add_catalogue, add_scope
from zhunsheng.oversight.reports.format import Parsed, read_report
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.registry.bodies.models import (
    Accreditation,
    Body,
    Calibration,
    Instrument,
    Person,
    ScopeRevision,
    Signatory,
)
from zhunsheng.registry.bodies.scope import Reason, ScopeRequest, answer_many, index_folder
from zhunsheng.registry.bodies.scope_build import IndexLine, State, build
from zhunsheng.registry.catalogue import services as catalogue
from zhunsheng.registry.catalogue.selectors import Vocabulary

NOON = datetime(2026, 3, 20, 4, 0, tzinfo=UTC)
LINES, PER_BODY, PARAMETERS = 5_000_000, 1_250, 3_000
REPORTS, PER_REPORT, BODIES = 1_000, 10, 200
SMALLEST = {"LINES": 5_000, "PER_BODY": 1_250, "PARAMETERS": 1_500, "REPORTS": 4, "BODIES": 2}
WHY = "made for a measurement"

Name = tuple[str, str, str, str, str]


def stages(scale: int) -> Iterator[Stage]:
    """Yield the stages over one index of five million lines, whatever the scale; the scale multiplies the batch."""
    _register()
    names = _names()
    revision, _ = ScopeRevision.objects.get_or_create(pk=1, defaults={"identity": "bench"})
    state = State(revision.identity, revision.number, Vocabulary.current().revision)
    build(index_folder(), (_index_line(number, name) for number, name in enumerate(names, 1)), state)
    memory = _memory_of_a_worker()
    held = {name: number for number, name in enumerate(names, 1)}
    gc.collect()
    gc.freeze()  # the dictionary is the floor's alone: no worker has millions of tuples for the collector to walk
    chosen = _chosen(names, REPORTS * scale)
    yield _scope_stage(names, held, REPORTS * PER_REPORT * scale, memory)
    parsed = [_parsed(number, group) for number, group in enumerate(chosen)]
    yield _checks_stage(parsed)
    yield _rules_stage(parsed)


def _slug(number: int) -> str:
    return f"2300193{number:05d}"


def _register() -> None:
    """Register the vocabulary, and the bodies that the batch comes from with all their papers."""
    rows = [{"code": f"P{n:04d}", "name": f"参数{n:04d}", "unit": "mg/L"} for n in range(PARAMETERS)]
    catalogue.import_rows(kind="parameters", rows=rows, by=None, at=NOON, why=WHY)
    objects = [{"code": f"O{n:02d}", "name": f"对象{n:02d}"} for n in range(20)]
    catalogue.import_rows(kind="objects", rows=objects, by=None, at=NOON, why=WHY)
    with recorded(None, WHY):
        for number in range(BODIES):
            body = Body.objects.create(slug=_slug(number), cma=_slug(number), name=f"检测机构{number}")
            Accreditation.objects.create(
                body=body, number=_slug(number), valid_from=date(2023, 1, 1), valid_to=date(2028, 12, 31)
            )
            signer = Person.objects.create(body=body, code="S01", name="陈志明")
            Signatory.objects.create(person=signer, field="水质", valid_from=date(2024, 1, 1))
            instrument = Instrument.objects.create(body=body, code="E01", name="质谱仪")
            Calibration.objects.create(
                instrument=instrument, certificate_no="JZ", calibrated_on=date(2025, 6, 1), due_on=date(2026, 5, 31)
            )


def _names() -> list[Name]:
    """Return the names of all scope lines: body, object, parameter, method, site."""
    made: list[Name] = []
    methods = [f"GB/T 5750.{n % 13 + 1}-{2006 + n % 17}" for n in range(PARAMETERS)]
    codes, objects = [f"P{n:04d}" for n in range(PARAMETERS)], [f"O{n:02d}" for n in range(20)]
    for body in range(LINES // PER_BODY):
        slug, first = _slug(body), body * 7
        made.extend(
            (slug, objects[(body + n) % 20], codes[(first + n) % PARAMETERS], methods[(first + n) % PARAMETERS], "")
            for n in range(PER_BODY)
        )
    return made


def _index_line(number: int, name: Name) -> IndexLine:
    return IndexLine(name, None, None, number, ("水质", "生活饮用水"), limited=False)


def _chosen(names: list[Name], reports: int) -> list[list[Name]]:
    """Return for each report ten lines of one body and one object."""
    rng = random.Random(2026)
    chosen = []
    for _ in range(reports):
        body, tested = rng.randrange(BODIES), rng.randrange(20)
        own = names[body * PER_BODY + tested : (body + 1) * PER_BODY : 20]
        chosen.append(rng.sample(own, PER_REPORT))
    return chosen


def _in_words(name: Name) -> tuple[str, str, str]:
    return name[1].replace("O", "对象"), name[2].replace("P", "参数"), name[3]


def _scope_stage(names: list[Name], held: dict[Name, int], count: int, memory: str) -> Stage:
    """Lines drawn anew for each turn from all bodies, so that neither side finds them in the processor's cache."""
    day, rng = date(2026, 3, 10), random.Random(2026)

    def requests() -> list[ScopeRequest]:
        drawn = ((name[0], *_in_words(name)) for name in rng.choices(names, k=count))
        return [ScopeRequest(body, tested, parameter, method, day) for body, tested, parameter, method in drawn]

    def ours(wanted: list[ScopeRequest]) -> int:
        return sum(answer.reason is Reason.IN_SCOPE for answer in answer_many(wanted))

    def floor(wanted: list[list[str]]) -> int:
        return sum(held.get((b, o, p, m, s)) is not None for b, o, p, m, s in wanted)

    return Stage(
        name=f"scope look-ups explained, {LINES:,} lines",
        ours=Work(ours, requests),
        floor_name="dictionary look-ups, canonical names given",
        floor=Work(floor, lambda: [list(name) for name in rng.choices(names, k=count)]),
        items=count,
        target=0.3,
        note=memory,
    )


def _parsed(number: int, group: list[Name]) -> Parsed:
    tested = _in_words(group[0])[0]
    results = [
        {
            "line": place,
            "parameter": _in_words(name)[1],
            "method": name[3],
            "value": f"0.0{place}",
            "unit": "mg/L",
            "limit": {"max": "0.5"},
            "verdict": "合格",
            "instrument": "E01",
            "analyst": f"A{place:02d}",
            "started": f"2026-03-10T{8 + place % 9:02d}:00:00+08:00",
            "finished": f"2026-03-10T{9 + place % 9:02d}:00:00+08:00",
        }
        for place, name in enumerate(group, 1)
    ]
    report = {
        "format": "zhunsheng-report/1",
        "title": "检测报告",
        "body": {"cma": group[0][0]},
        "site": "A",
        "number": f"W{number:06d}",
        "version": 1,
        "client": {"name": "珠江水务有限公司"},
        "sample": {"id": f"Y{number}", "name": "样品", "object": tested, "state": "完好", "received": "2026-03-09"},
        "dates": {"started": "2026-03-10", "finished": "2026-03-11", "issued": "2026-03-12"},
        "signatory": {"code": "S01"},
        "results": results,
        "conclusion": "所检项目符合标准要求",
    }
    return read_report(json.dumps(report, ensure_ascii=False).encode())


def _checks_stage(parsed: list[Parsed]) -> Stage:
    """Everything that arrival checks do, database included, against reading the same reports from their bytes."""
    raw = [each.canonical for each in parsed]

    def ours() -> int:
        found = check_many(parsed, received_at=NOON)
        if any(found):
            raise AssertionError(f"an honest batch has findings: {next(filter(None, found))}")
        return len(found)

    def floor() -> int:
        return sum(bool(read_report(each).digest) for each in raw)

    return Stage(
        name=f"all arrival checks, {PER_REPORT} lines a report, {LINES:,} scope lines",
        ours=Work(ours),
        floor_name="parse, validate and digest the same reports",
        floor=Work(floor),
        items=len(parsed),
    )


def _rules_stage(parsed: list[Parsed]) -> Stage:
    """The pure rules over gathered facts, against reading the same statements out of the reports."""
    cases = [Case(each, read_statements(each, NOON)) for each in parsed]
    add_bodies(cases, None)
    add_catalogue(cases)
    add_scope(cases)
    for case in cases:
        case.facts.law = law_on(law_day(case.facts)).values

    def ours() -> int:
        return sum(len(run_rules(case.facts, law_on(law_day(case.facts)))) >= 0 for case in cases)

    def floor() -> int:
        return sum(len(read_statements(each, NOON).lines) == PER_REPORT for each in parsed)

    return Stage(
        name=f"pure rules, {PER_REPORT} lines a report",
        ours=Work(ours),
        floor_name="reading the statements of the same reports",
        floor=Work(floor),
        items=len(parsed),
        note="asked for: 5,000 reports a second",
    )


def _memory_of_a_worker() -> str:
    """Return what a fresh process needs more once it has looked up a hundred thousand lines all over the index."""
    command = [sys.executable, "-c", _WORKER, str(index_folder())]
    grown = subprocess.run(command, check=True, capture_output=True, text=True, cwd=Path.cwd()).stdout.strip()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return f"index in a fresh worker: {grown} MB more (asked for: 150); this process with the floor's names: {peak} MB"


_WORKER = """
import sys
from pathlib import Path
import numpy as np
from zhunsheng.registry.bodies.scope_index import Manifest, ScopeIndex

def resident():
    return int(next(l for l in open("/proc/self/status") if l.startswith("VmRSS")).split()[1])

folder = Path(sys.argv[1])
before = resident()
manifest = Manifest.read(folder / "current.json")
index = ScopeIndex(folder / manifest.name, manifest)
keys = np.random.default_rng(1).choice(index.keys, 100_000)
for start in range(0, len(keys), 10_000):
    found = index.unlimited_on(keys[start:start + 10_000], np.full(10_000, 20_000, dtype=np.uint16))
    assert (found >= 0).all()
print((resident() - before) // 1024)
"""
