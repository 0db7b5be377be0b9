"""The Estonian Health Board's results come in whole and exactly as published."""

import csv
import gzip
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from lxml import etree

from zhunsheng.oversight.reports.format import read_report
from zhunsheng.oversight.reports.safe_xml import XmlProblem
from zhunsheng.oversight.reports.sources import SOURCES, dry_run, source_for
from zhunsheng.oversight.reports.sources.ee_water_lines import BrokenTable

LINES, XML = SOURCES["ee-water-lines"], SOURCES["ee-water"]
EXCERPTS = {
    "source_format_basseinid_2026.xml": "basseinid",
    "source_format_joogivesi_2023.xml": "joogivesi",
    "source_format_supluskoha_2025.xml": "supluskoha",
    "source_format_veevark_2026.xml": "veevark",
}


@pytest.fixture(scope="module")
def water(shared):
    return shared / "data" / "ee_water"


@pytest.fixture(scope="module")
def published(water):
    with gzip.open(water / "result_lines.csv.gz", "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def taken_in(water):
    return [read_report(item.raw()).report for item in LINES.read(water / "result_lines.csv.gz")]


def stated(item):
    assert item.report_dict is not None
    return item.report_dict


def _rows(report, lab):
    """Write a report back as rows of the published table."""
    sampled = str(report.sample.sampled)
    moment = f"{sampled}T00:00" if len(sampled) == 10 else sampled[:16]
    sampling = report.sample.sampling
    for line in report.results:
        yield {
            "domain": report.sample.category,
            "sample_id": report.sample.id,
            "object_id": report.sample.sampled_from.id,
            "object_name": report.sample.sampled_from.name,
            "site_id": report.sample.place.id,
            "site_name": report.sample.place.name,
            "matrix": report.sample.object,
            "sampled_at": moment,
            "sampler_key": sampling.sampler if sampling else "",
            "purpose": report.purpose,
            "protocol_no": report.number,
            "protocol_verdict": report.conclusion,
            "param_id": line.parameter_ref,
            "param": line.parameter,
            "value_raw": line.value or "",
            "unit": line.unit or "",
            "param_verdict": line.verdict,
            "lab_prefix": "" if lab == "none" else lab,
        }


def test_all_25561_published_lines_come_back_field_by_field_in_their_order(published, taken_in):
    returned = [row for report in taken_in for row in _rows(report, report.body.id)]

    assert len(published) == 25561
    assert returned == published


def test_one_report_is_made_for_each_of_the_4342_protocols(taken_in):
    assert len(taken_in) == 4342
    assert len({report.number for report in taken_in}) == 4342


def test_the_eight_exact_duplicates_stay_as_lines_of_their_own(published, taken_in):
    in_source = Counter(tuple(row.values()) for row in published)
    in_reports = Counter(tuple(row.values()) for report in taken_in for row in _rows(report, report.body.id))

    assert sum(count - 1 for count in in_source.values()) == 8
    assert in_reports == in_source


def test_what_the_publisher_leaves_out_stays_absent(published, taken_in):
    lines = [line for report in taken_in for line in report.results]

    assert sum(not line.value for line in lines) == sum(not row["value_raw"] for row in published) == 9
    assert sum(not line.unit for line in lines) == sum(not row["unit"] for row in published) == 274
    assert not any(line.limit or line.instrument or line.analyst or line.method for line in lines)
    assert not any(report.signatory or report.dates or report.site for report in taken_in)


@pytest.mark.parametrize(
    ("seen", "times"),
    [("0,02", 1), ("esineb", 119), ("leitud", 79), ("-", 50), ("&lt;3", 13)],
)
def test_decimal_commas_words_dashes_and_escaped_signs_stay_as_published(taken_in, seen, times):
    values = Counter(str(line.value) for report in taken_in for line in report.results)

    assert values[seen] >= times


def test_negative_differences_and_both_micro_signs_stay_as_published(taken_in):
    lines = [line for report in taken_in for line in report.results]
    units = Counter(str(line.unit) for line in lines)

    assert {line.parameter for line in lines if str(line.value).startswith("-") and line.value != "-"}
    assert units["\u00b5g/l"] == 1915
    assert units["\u03bcg/l"] == 557
    assert units["PMÜ/100 ml"] == 7775
    assert units["PMÜ/100ml"] == 52


def test_several_numbers_in_one_field_stay_one_report_number(taken_in):
    packed = [report for report in taken_in if report.number == "260776K, 260776B, 260776T"]

    assert len(packed) == 1
    assert packed[0].body.slug == "ee-terviseamet:none"


def test_a_failing_line_under_a_passing_protocol_is_kept_as_it_stands(taken_in):
    odd = [
        (report.number, line.line)
        for report in taken_in
        if report.conclusion == "vastab nõuetele"
        for line in report.results
        if line.verdict == "ei vasta nõuetele"
    ]

    assert odd == [("VI26000496, VI26000506", 15)]


def test_a_failing_protocol_without_a_failing_line_is_kept_as_it_stands(taken_in):
    odd = [
        report.number
        for report in taken_in
        if report.conclusion == "ei vasta nõuetele"
        and all(line.verdict != "ei vasta nõuetele" for line in report.results)
    ]

    assert odd == ["SA2600042-KT,BT"]


def test_reports_belong_to_the_letters_that_begin_their_number(taken_in, published):
    by_body = defaultdict(set)
    for report in taken_in:
        by_body[report.body.id].add(report.number)

    assert set(by_body) == {row["lab_prefix"] or "none" for row in published}
    assert len(by_body) == 32


@pytest.mark.parametrize("name", EXCERPTS)
def test_the_publishers_xml_gives_the_same_reports_as_the_table(water, published, name):
    by_protocol = defaultdict(list)
    for row in published:
        by_protocol[row["protocol_no"]].append(row)
    compared = 0
    for item in XML.read(water / name):
        report = read_report(item.raw()).report
        if report.number not in by_protocol:
            continue
        expected = [{**row, "sampler_key": ""} for row in by_protocol[report.number]]
        found = [
            {key: value.strip() for key, value in row.items()} | {"sampler_key": ""}
            for row in _rows(report, report.body.id)
        ]
        assert found == expected
        compared += 1

    assert compared >= 40


@pytest.mark.parametrize("name", EXCERPTS)
def test_the_publishers_xml_is_recognised_and_no_line_of_it_is_lost(water, name):
    elements = etree.parse(water / name).findall(".//naitaja")
    items = list(source_for(water / name).read(water / name))
    texts = [
        (line.parameter, line.parameter_ref, line.value or None, line.unit or None, line.verdict)
        for item in items
        for line in read_report(item.raw()).report.results
    ]

    assert texts == [
        tuple(each.findtext(tag) or None for tag in ("nimetus", "id", "sisaldus", "yhik", "hinnang"))
        for each in elements
    ]
    assert [item.line_range for item in items][-1][1] == len(elements)
    assert all(stated(item)["sample"]["category"] == EXCERPTS[name] for item in items)


def test_a_time_of_day_is_kept_with_its_zone_and_midnight_means_none(water):
    sampled = {
        stated(item)["number"]: stated(item)["sample"]["sampled"]
        for item in XML.read(water / "source_format_veevark_2026.xml")
    }

    assert sampled["PA26001074"] == "2026-04-07T12:45:00+03:00"
    assert sampled["VJ2026-037"] == "2026-04-07"


def test_a_dry_run_counts_everything_and_stores_nothing(water):
    run = dry_run(LINES, water / "result_lines.csv.gz")

    assert (run.reports, run.lines, run.refused, len(run.bodies)) == (4342, 25561, 0, 32)


def test_a_dry_run_lists_the_lines_of_a_report_that_would_be_refused(water, tmp_path):
    with gzip.open(water / "result_lines.csv.gz", "rt", encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[:40]
    bad = rows[0].index("sampled_at")
    first = rows[1][rows[0].index("protocol_no")]
    for row in rows[1:]:
        if first in row:
            row[bad] = "2026-02-30T00:00"
    path = tmp_path / "lines.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)

    run = dry_run(source_for(path), path)

    assert run.refused == 1
    assert run.problems[0][0] == (2, 18)
    assert run.problems[0][1].field == "sample.sampled"


def test_a_table_cut_in_the_middle_of_its_gzip_is_a_clear_error_and_not_a_short_table(water, tmp_path):
    path = tmp_path / "cut.csv.gz"
    path.write_bytes((water / "result_lines.csv.gz").read_bytes()[:100_000])

    with pytest.raises(BrokenTable, match="breaks off"):
        dry_run(LINES, path)


@pytest.mark.parametrize("cut", [1, 5, 9, 30, 100])
def test_a_table_cut_in_the_middle_of_a_line_never_passes_half_a_report_for_a_whole_one(water, tmp_path, cut):
    with gzip.open(water / "result_lines.csv.gz", "rb") as file:
        lines = file.read(200_000).splitlines(keepends=True)[:18]
    path = tmp_path / "cut.csv"
    path.write_bytes(b"".join(lines)[:-cut])
    taken: list[object] = []

    with pytest.raises(BrokenTable):
        taken.extend(LINES.read(path))

    assert taken == []


def test_an_xml_file_cut_in_the_middle_is_named_as_such(water, tmp_path):
    path = tmp_path / "cut.xml"
    path.write_bytes((water / "source_format_veevark_2026.xml").read_bytes()[:50_000])

    with pytest.raises(XmlProblem, match="not well-formed"):
        dry_run(XML, path)


def test_an_entity_bomb_is_refused_before_it_grows(tmp_path: Path):
    path = tmp_path / "bomb.xml"
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    path.write_text(
        f'<!DOCTYPE b [<!ENTITY a0 "x">{entities}]><basseini_veeproovid><proovivott><id>&a9;</id></proovivott>'
        "</basseini_veeproovid>",
        encoding="utf-8",
    )

    assert not XML.sniff(path)
    with pytest.raises(XmlProblem, match="document type"):
        list(XML.read(path))
