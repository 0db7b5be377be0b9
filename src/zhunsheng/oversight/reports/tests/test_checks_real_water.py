"""The real water tests: every oddity that their README tells of is found, counted independently from the CSV."""

import csv
import gzip
import re
from collections import Counter, defaultdict
from datetime import UTC, datetime

import pytest
from django.db import transaction

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
KNOWN_WORDS = ("esineb", "leitud", "ei esine")


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


class Answers:
    """What was found in the whole set: how often each rule, and in which protocols."""

    def __init__(self, reports, answers):
        self.findings = [one for each in answers for one in each]
        self.count = Counter(one.rule for one in self.findings)
        self.where = defaultdict(set)
        for parsed, each in zip(reports, answers, strict=True):
            for one in each:
                self.where[one.rule].add((parsed.report.sample.id, parsed.report.number))


@pytest.fixture(scope="module")
def found(reports, django_db_setup, django_db_blocker):
    """Return one pass over the whole set, its bodies being on the register as the publisher names them."""
    selectors.forget_vocabulary()
    with django_db_blocker.unblock(), transaction.atomic():
        with recorded(None, WHY):
            for stated in {each.report.body.slug: each.report.body for each in reports}.values():
                Body.objects.create(slug=stated.slug, register=stated.register, register_id=stated.id, name=stated.name)
        answers = check_many(reports, received_at=ARRIVAL)
        transaction.set_rollback(True)
    selectors.forget_vocabulary()
    return Answers(reports, answers)


def test_every_protocol_is_a_report(reports, protocols):
    assert len(reports) == len(protocols) == 4342


def test_conclusions_that_contradict_their_lines_are_found(found, protocols):
    """README: a failing line under a passing protocol, a failing protocol with no failing line."""
    verdicts = {
        key: ({row["protocol_verdict"] for row in lines}, {row["param_verdict"] for row in lines})
        for key, lines in protocols.items()
    }
    passing = {key for key, (whole, each) in verdicts.items() if whole == {PASSING} and FAILING in each}
    failing = {key for key, (whole, each) in verdicts.items() if whole == {FAILING} and each == {PASSING}}

    assert found.where["CONCLUSION-PASS"] == passing
    assert found.where["CONCLUSION-FAIL"] == failing
    assert (found.count["CONCLUSION-PASS"], found.count["CONCLUSION-FAIL"]) == (1, 1)


def test_repeated_lines_are_found_as_duplicate_or_conflict(found, rows):
    """README: 8 exact duplicates; the others of one sample, protocol and parameter differ in value."""
    exact = sum(count - 1 for count in Counter(tuple(row.values()) for row in rows).values())
    same_test = Counter((row["sample_id"], row["protocol_no"], row["param"]) for row in rows)

    assert found.count["LINE-DUPLICATE"] == exact == 8
    assert found.count["LINE-CONFLICT"] == sum(count - 1 for count in same_test.values()) - exact == 6


def test_packed_protocol_numbers_are_found(found, protocols):
    """README: several numbers in one field; "J-161, 2026" is one number with its year."""
    several = {key for key in protocols if re.search(r"[,;]| ja ", key[1])}
    packed = {key for key in several if not re.fullmatch(r"\w-\d+, 20\d\d", key[1])}

    assert found.where["NUMBER-PACKED"] == packed
    assert len(packed) > 150


def test_verdicts_without_a_value_are_found(found, protocols):
    """README: values that are "-"."""

    def empty(row):
        return row["value_raw"] in {"-", ""} and row["param_verdict"] in {PASSING, FAILING}

    assert found.where["VALUE-EMPTY"] == {key for key, lines in protocols.items() if any(map(empty, lines))}


def test_known_words_are_values_and_others_are_for_a_person(found, protocols):
    """README: values that are words ("esineb", "leitud")."""

    def strange(row):
        return not re.search(r"\d", row["value_raw"]) and row["value_raw"] not in {*KNOWN_WORDS, "-", ""}

    assert found.where["VALUE-WORD"] == {key for key, lines in protocols.items() if any(map(strange, lines))}


@pytest.mark.parametrize("kind", ["SCOPE", "SIGN", "INST", "METHOD", "DATE"])
def test_what_the_publication_lacks_is_stated_once_a_report(found, reports, kind):
    assert found.count[f"{kind}-NOT-STATED"] == len(reports)


def test_what_is_not_stated_is_never_more_than_information(found):
    assert {one.severity for one in found.findings if one.rule.endswith("NOT-STATED")} == {0}


def test_nobody_is_accused_of_anything_else(found):
    assert {one.rule for one in found.findings if one.severity} == {
        *("CONCLUSION-PASS", "CONCLUSION-FAIL", "LINE-DUPLICATE", "LINE-CONFLICT", "NUMBER-PACKED", "VALUE-EMPTY"),
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
