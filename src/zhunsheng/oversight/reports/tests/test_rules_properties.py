"""What holds for every report: the order of lines tells nothing, and no rule fails on whatever facts there are."""

import json
from collections import Counter
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from zhunsheng.oversight.reports.checks.engine import run_rules
from zhunsheng.oversight.reports.checks.law import law_on
from zhunsheng.oversight.reports.checks.statements import missing_fields, moment, read_statements
from zhunsheng.oversight.reports.format import read_report
from zhunsheng.oversight.reports.rules.facts import LimitFacts, Subcontract, Uncertainty
from zhunsheng.oversight.reports.rules.words import read_verdict
from zhunsheng.oversight.reports.tests import strategies
from zhunsheng.oversight.reports.tests.plain_facts import ARRIVAL, body, line, report
from zhunsheng.oversight.reports.wording import explain
from zhunsheng.registry.bodies.rules.scope import Reason, ScopeAnswer

pytestmark = pytest.mark.once

LAW = law_on(date(2026, 3, 12))
MOMENTS = st.sampled_from(
    [
        None,
        *map(moment, ("2026-03-01", "2026-03-10", "2026-03-10T09:00:00+08:00", "2026-03-12T23:59:59Z", "2026-04-01")),
    ]
)
DECIMALS = st.none() | st.decimals("-1", "100", places=3)
LIMITS = st.none() | st.builds(
    LimitFacts,
    standard=st.sampled_from(["", "GB 5749-2022"]),
    minimum=DECIMALS,
    maximum=DECIMALS,
    unit=st.sampled_from(["", "mg/L", "NTU", "自定"]),
    rule=st.sampled_from(["simple", "guarded", "shared", "另议"]),
    required=st.sampled_from(["", "不得检出"]),
)


@st.composite
def lines(draw, number):
    """A line with anything in its fields, consistent only in what is read from its texts."""
    away = draw(st.booleans())
    return line(
        number,
        parameter=draw(st.sampled_from(["铅", "镉", "pH", "硝酸盐差值"])),
        parameter_id=draw(st.sampled_from([None, 31, 32])),
        method=draw(st.sampled_from(["", "GB/T 5750.6-2023", "HJ 700-2014"])),
        value=draw(
            st.sampled_from(["", "-", "0.005", "-0.3", "<0.02", ">300", "esineb", "未检出", "1,234", "palju", "0.02"])
        ),
        unit=draw(st.sampled_from(["", "mg/L", "μg/L", "NTU", "自定"])),
        unit_known=draw(st.booleans()),
        loq=draw(DECIMALS),
        uncertainty=draw(st.none() | st.builds(Uncertainty, st.just(Decimal("0.01")), DECIMALS)),
        limit=draw(LIMITS),
        catalogue_limit=draw(LIMITS),
        verdict=draw(st.sampled_from(["", "合格", "不合格", "Kvaliteediklass II"])),
        instrument=draw(st.sampled_from(["", "E01", "E99"])),
        started=draw(MOMENTS),
        finished=draw(MOMENTS),
        scope=draw(st.none() | st.builds(ScopeAnswer, st.sampled_from(list(Reason)))),
        subcontractor="粤北检测" if away else None,
        subcontract=Subcontract("粤北检测", draw(st.booleans())) if away else None,
    )


@st.composite
def reports(draw):
    made = [draw(lines(number)) for number in range(1, draw(st.integers(1, 6)) + 1)]
    conclusion = draw(st.sampled_from(["", "合格", "不合格"]))
    return report(
        *made,
        law={},
        published=draw(st.booleans()),
        domestic=draw(st.booleans()),
        issued=draw(MOMENTS),
        started=draw(MOMENTS),
        finished=draw(MOMENTS),
        signatory_code=draw(st.sampled_from(["", "S01", "S99"])),
        signatory_name="",
        conclusion=conclusion,
        conclusion_decision=read_verdict(conclusion),
    )


def said(facts):
    """Return what is found, with line numbers turned into the labels that the laboratory printed."""
    label = {each.line: each.label for each in facts.lines}
    found: Counter[tuple[str, ...]] = Counter()
    for one in run_rules(replace(facts, law=LAW.values), LAW):
        kept = {name: value for name, value in one.facts.items() if name not in {"lines", "parameters", "values"}}
        listed = sorted(label[number] for number in one.facts.get("lines", []))
        own = "" if one.rule in {"LINE-DUPLICATE", "LINE-CONFLICT"} else label.get(one.line, "")
        found[one.rule, own, str(sorted(kept.items(), key=str)), str(listed)] += 1
    return found


@given(reports().flatmap(lambda facts: st.tuples(st.just(facts), st.permutations(facts.lines))))
def test_the_order_of_lines_changes_no_finding(facts_and_order):
    facts, shuffled = facts_and_order
    turned = replace(facts, lines=[replace(each, line=place) for place, each in enumerate(shuffled, 1)])

    assert said(turned) == said(facts)


@given(reports())
def test_whatever_is_found_can_be_explained(facts):
    for one in run_rules(facts, LAW):
        assert explain(one, "zh-hans").message
        assert explain(one, "en").message
        assert one.severity in range(4)
        assert one.line is None or facts.lines[one.line - 1].line == one.line


@given(reports())
def test_judging_twice_finds_the_same(facts):
    assert run_rules(facts, LAW) == run_rules(facts, LAW)


@given(strategies.REPORT)
def test_no_sound_report_makes_a_rule_fail(document):
    """A report that the format takes can always be judged: intake must never stop at a check."""
    parsed = read_report(json.dumps(document, ensure_ascii=False).encode())
    facts = read_statements(parsed, ARRIVAL)
    facts.body, facts.domestic, facts.law = body(), True, LAW.values
    facts.missing = missing_fields(parsed.report, ("title", "sample.id", "results.method"))

    for one in run_rules(facts, LAW):
        assert json.dumps(one.facts, ensure_ascii=False)
        assert len(one.field) <= 128
        assert explain(one, "zh-hans").message
