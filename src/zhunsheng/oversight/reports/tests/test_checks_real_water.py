"""The real water tests: every oddity that their README tells of is found, counted independently from the CSV."""

import csv
import gzip
import re
from collections import Counter, defaultdict
from datetime import UTC, datetime

import pytest

from zhunsheng.oversight.reports.checks import check_many
from zhunsheng.oversight.reports.checks.statements import read_statements
from zhunsheng.oversight.reports.format import read_report
from zhunsheng.oversight.reports.rules.values import no_negative_amounts
from zhunsheng.oversight.reports.sources.ee_water_lines import EE_WATER_LINES
from zhunsheng.oversight.reports.tests.registered import WHY
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.registry.bodies.models import Body
from zhunsheng.registry.catalogue import selectors

ARRIVAL = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
FAILING, PASSING = "ei vasta nõuetele", "vastab nõuetele"


@pytest.fixture(scope="module")
def path(shared):
    return shared / "data" / "ee_water" / "result_lines.csv.gz"


@pytest.fixture(scope="module")
def rows(path):
    with gzip.open(path, "rt", encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


@pytest.fixture(scope="module")
def protocols(rows):
    found = defaultdict(list)
    for row in rows:
        found[row["sample_id"], row["protocol_no"]].append(row)
    return found


@pytest.fixture(scope="module")
def reports(path):
    return [read_report(item.raw()) for item in EE_WATER_LINES.read(path)]


@pytest.fixture
def found(db, home, reports):
    """Return what is found in the whole set, its bodies being on the register as the publisher names them."""
    selectors.forget_vocabulary()
    with recorded(None, WHY):
        for stated in {each.report.body.slug: each.report.body for each in reports}.values():
            Body.objects.create(slug=stated.slug, register=stated.register, register_id=stated.id, name=stated.name)
    answers = check_many(reports, received_at=ARRIVAL)
    selectors.forget_vocabulary()
    return [(parsed.report, one) for parsed, each in zip(reports, answers, strict=True) for one in each]


def test_the_whole_real_set(found, reports, protocols, rows):
    """One pass over the set serves all counts, because it is large."""
    by_rule = Counter(one.rule for _, one in found)
    numbers = defaultdict(set)
    for report, one in found:
        numbers[one.rule].add((report.sample.id, report.number))

    assert len(reports) == len(protocols) == 4342

    # a failing line under a passing protocol, and the reverse (README: 2 and 1 in the whole publication)
    verdicts = {
        key: ({row["protocol_verdict"] for row in lines}, [row["param_verdict"] for row in lines])
        for key, lines in protocols.items()
    }
    assert numbers["CONCLUSION-PASS"] == {
        k for k, (whole, each) in verdicts.items() if whole == {PASSING} and FAILING in each
    }
    assert numbers["CONCLUSION-FAIL"] == {
        key for key, (whole, each) in verdicts.items() if whole == {FAILING} and set(each) == {PASSING}
    }
    assert (by_rule["CONCLUSION-PASS"], by_rule["CONCLUSION-FAIL"]) == (1, 1)

    # 8 exact duplicate lines (README), 14 of sample, protocol and parameter in this subset: the rest differ in value
    exact = sum(count - 1 for count in Counter(tuple(row.values()) for row in rows).values())
    same_test = sum(
        count - 1 for count in Counter((r["sample_id"], r["protocol_no"], r["param"]) for r in rows).values()
    )
    assert by_rule["LINE-DUPLICATE"] == exact == 8
    assert by_rule["LINE-CONFLICT"] == same_test - exact == 6

    # several protocol numbers packed into one field; "J-161, 2026" is one number with its year
    packed = {
        key for key in protocols if re.search(r"[,;]| ja ", key[1]) and not re.fullmatch(r"\w-\d+, 20\d\d", key[1])
    }
    assert numbers["NUMBER-PACKED"] == packed
    assert len(packed) > 150

    # "-" and empty texts are no values; words other than the known ones are for a person; nothing else is
    known = {"esineb", "leitud", "ei esine", "-", ""}
    empty = {
        key
        for key, lines in protocols.items()
        if any(r["value_raw"] in {"-", ""} and r["param_verdict"] in {PASSING, FAILING} for r in lines)
    }
    strange = {
        key
        for key, lines in protocols.items()
        if any(not re.search(r"\d", r["value_raw"]) and r["value_raw"] not in known for r in lines)
    }
    assert numbers["VALUE-EMPTY"] == empty
    assert numbers["VALUE-WORD"] == strange

    # what a publication lacks is stated once a report for each kind, and is never more than information
    for kind in ("SCOPE-NOT-STATED", "SIGN-NOT-STATED", "INST-NOT-STATED", "METHOD-NOT-STATED", "DATE-NOT-STATED"):
        assert by_rule[kind] == len(reports), kind
    assert {one.severity for _, one in found if one.rule.endswith("NOT-STATED")} == {0}

    # and nobody is accused of anything else
    assert set(by_rule) <= {
        *("CONCLUSION-PASS", "CONCLUSION-FAIL", "LINE-DUPLICATE", "LINE-CONFLICT", "NUMBER-PACKED"),
        *("VALUE-EMPTY", "VALUE-WORD", "CAT-PARAMETER", "CAT-UNIT", "SCOPE-NOT-STATED", "SIGN-NOT-STATED"),
        *("INST-NOT-STATED", "METHOD-NOT-STATED", "DATE-NOT-STATED", "LIMIT-NOT-STATED"),
    }


def test_legitimate_negatives_are_read_and_accuse_nobody(reports, rows):
    """README: nitrate and oxidisability differences between pool and supply may be negative."""
    negative = [row for row in rows if re.match(r"-\d", row["value_raw"])]
    facts = [read_statements(each, ARRIVAL) for each in reports]
    read = [
        line
        for report in facts
        for line in report.lines
        if line.measured.number is not None and line.measured.number < 0
    ]

    assert len(read) == len(negative) > 70
    assert all("(vahe)" in line.parameter for line in read)
    assert not [one for report in facts for one in no_negative_amounts(report)]


def test_decimal_commas_and_censored_values_are_read(reports, rows):
    """README: decimal commas, "<LOQ" texts, one of them escaped as &lt;3."""
    lines = [line for report in reports for line in read_statements(report, ARRIVAL).lines]
    kinds = Counter(line.measured.kind for line in lines)

    assert kinds["less_than"] == sum(bool(re.match(r"\s*(<|&lt;)", row["value_raw"])) for row in rows)
    commas = [line for line in lines if "," in line.value]
    assert len(commas) == sum("," in row["value_raw"] for row in rows)
    assert all(line.measured.digits == line.value.replace(",", ".") and not line.measured.ambiguous for line in commas)


def test_midnight_is_a_day_and_only_a_stated_clock_is_a_time(reports, rows):
    """The publisher writes T00:00 where it has no time of day; day precision never accuses."""
    sampled = [(each.report.sample.id, read_statements(each, ARRIVAL).sampled) for each in reports]
    exact = {sample for sample, moment in sampled if moment and moment.exact}

    assert exact == {row["sample_id"] for row in rows if not row["sampled_at"].endswith("T00:00")}
