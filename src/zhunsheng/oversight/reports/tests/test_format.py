"""A sound report is read exactly; anything else is refused with its field, its rule and what to do."""

import hashlib
import json
from datetime import UTC, datetime

import msgspec
import orjson
import pytest
import rfc8785
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhunsheng.foundation.signing import Ed25519Key, public_text
from zhunsheng.oversight.reports.format import (
    DEFAULT_LIMITS,
    UNSET,
    FormatProblem,
    canonical_of,
    day_of,
    moment_of,
    proof_holds,
    read_report,
    sign_report,
    structs,
)
from zhunsheng.oversight.reports.format.characters import looks_clean
from zhunsheng.oversight.reports.format.exact import check_report
from zhunsheng.oversight.reports.format.fast import surely_sound
from zhunsheng.oversight.reports.format.problems import WORDS

from .strategies import REPORT, at, places_in, plain, put

SEED = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")  # RFC 8032, 7.1, test 1
KEY = Ed25519Key.from_seed(SEED)
NOON = datetime(2026, 3, 31, 4, 0, tzinfo=UTC)


def raw(**changes):
    return json.dumps(plain(**changes), ensure_ascii=False).encode()


def refused(data, **options):
    with pytest.raises(FormatProblem) as caught:
        read_report(data, **options)
    problem = caught.value
    assert problem.rule
    assert problem.remedy
    assert any("\u4e00" <= each <= "\u9fff" for each in problem.rule_zh)
    assert any("\u4e00" <= each <= "\u9fff" for each in problem.remedy_zh)
    return problem.problem, problem.field


TEXT = raw().decode()
FILE = {"sha256": "a" * 64, "media_type": "image/png", "bytes": 1}


@pytest.mark.parametrize(
    ("data", "problem", "field"),
    [
        (b"", "empty", None),
        (b" \n", "empty", None),
        (raw()[:120], "truncated", None),
        (raw()[:-1], "truncated", None),
        (raw()[: raw().index("铅".encode()) + 1], "truncated", None),
        (b"\xef\xbb\xbf" + raw(), "bom", None),
        (TEXT.encode("utf-16"), "encoding", None),
        (TEXT.replace("铅（以Pb计）", "铅的检测结果").encode("gbk"), "encoding", None),
        (TEXT.replace("铅", "é").encode("latin-1", "replace"), "encoding", None),
        (b"{'format': 1}", "syntax", None),
        (raw() + b"x", "syntax", None),
        (b"[" * 100_000, "depth", None),
        (TEXT.replace('"0.050"', "[" * 40 + "]" * 40).encode(), "depth", None),
        (TEXT.replace('"version": 1', '"version": NaN').encode(), "not_a_number", "version"),
        (TEXT.replace('"0.050"', "-Infinity").encode(), "not_a_number", "results[0].value"),
        (TEXT.replace('"0.050"', "0.050").encode(), "float", "results[0].value"),
        (TEXT.replace('"version": 1', '"version": 1.0').encode(), "float", "version"),
        (TEXT.replace('"version": 1', '"version": 1e0').encode(), "float", "version"),
        (TEXT.replace('"0.050"', "5").encode(), "type", "results[0].value"),
        (TEXT.replace('"version": 1', '"version": "1"').encode(), "type", "version"),
        (TEXT.replace('"version": 1', '"version": true').encode(), "type", "version"),
        (TEXT.replace('"version": 1', '"version": 0').encode(), "integer", "version"),
        (TEXT.replace('"version": 1', '"version": 2147483648').encode(), "integer", "version"),
        (TEXT.replace('"version": 1', '"version": 99999999999999999999').encode(), "integer", "version"),
        (TEXT.replace('"version": 1', '"version": 1, "version": 1').encode(), "duplicate_key", "version"),
        (TEXT.replace('"0.050"', '"0.050", "value": "0.001"').encode(), "duplicate_key", "results[0].value"),
        (TEXT.replace('"0.050"', '"0.050", "val\\u0075e": "0:1"').encode(), "duplicate_key", "results[0].value"),
        (TEXT.replace('"0.050"', '"a\\ud800"').encode(), "surrogate", "results[0].value"),
        (TEXT.replace('"value"', '"\\udc00"').encode(), "surrogate", "results[0].\\udc00"),
        (raw(results__0__value="a\x00"), "control", "results[0].value"),
        (raw(results__0__parameter="a\nb"), "control", "results[0].parameter"),
        (raw(results__0__value="\u202e50.0"), "control", "results[0].value"),
        (raw(number="WT\u200b-1"), "control", "number"),
        (raw(number="WT\t1"), "control", "number"),
        (raw(results__0__unit="\x7f"), "control", "results[0].unit"),
        (raw(results__0__unit="\x85"), "control", "results[0].unit"),
        (raw(results__0__value="０.０５０"), "full_width", "results[0].value"),
        (raw(results__0__value="＜０．０５"), "full_width", "results[0].value"),
        (raw(results__0__limit__max="０.1"), "full_width", "results[0].limit.max"),
        (raw(results__0__limit__max="0．1"), "full_width", "results[0].limit.max"),
        (raw(results__0__limit__max="1e-3"), "decimal", "results[0].limit.max"),
        (raw(results__0__limit__max="1,000"), "decimal", "results[0].limit.max"),
        (raw(results__0__limit__max="007"), "decimal", "results[0].limit.max"),
        (raw(results__0__limit__max="0.1\n"), "decimal", "results[0].limit.max"),
        (raw(results__0__limit__min="≥5"), "decimal", "results[0].limit.min"),
        (raw(results__0__loq=""), "decimal", "results[0].loq"),
        (raw(results__0__uncertainty={"expanded": "0,004"}), "decimal", "results[0].uncertainty.expanded"),
        (raw(dates__issued="2026-02-30"), "impossible_date", "dates.issued"),
        (raw(dates__issued="2025-02-29"), "impossible_date", "dates.issued"),
        (raw(dates__issued="2026-13-01"), "impossible_date", "dates.issued"),
        (raw(dates__issued="2026-02-30T10:00:00Z"), "impossible_date", "dates.issued"),
        (raw(dates__issued="2026-03-31T25:00:00Z"), "impossible_date", "dates.issued"),
        (raw(dates__issued="2026-03-31T10:00:00"), "no_zone", "dates.issued"),
        (raw(dates__issued="2026-03-31 10:00"), "no_zone", "dates.issued"),
        (raw(dates__issued="2026-03-31T10:00Z"), "date_form", "dates.issued"),
        (raw(dates__issued="31.03.2026"), "date_form", "dates.issued"),
        (raw(dates__issued="20260331"), "date_form", "dates.issued"),
        (raw(dates__issued="2026-W14-2"), "date_form", "dates.issued"),
        (raw(dates__issued="２０２６-03-31"), "full_width", "dates.issued"),
        (raw(results__0__started="2026-04-31"), "impossible_date", "results[0].started"),
        (raw(sample={"sampled": "2026-04-31"}), "impossible_date", "sample.sampled"),
        (raw(results__0__colour="red"), "unknown", "results[0].colour"),
        (raw(Number="x"), "unknown", "Number"),
        (TEXT.replace('"0.050"', "null").encode(), "null", "results[0].value"),
        (b"null", "null", None),
        (b"[]", "type", None),
        (raw(number=None), "missing", "number"),
        (raw(results__0__parameter=None), "missing", "results[0].parameter"),
        (raw(number=""), "blank", "number"),
        (raw(number="x" * 201), "long", "number"),
        (raw(results=None), "no_lines", "results"),
        (raw(results=[]), "no_lines", "results"),
        (raw(persons=[]), "short_list", "persons"),
        (raw(format=None), "format", "format"),
        (raw(format="zhunsheng-report/2"), "format", "format"),
        (raw(kind="guess"), "choice", "kind"),
        (raw(body__cma=None), "no_body", "body"),
        (raw(body={"register": "ee-terviseamet"}), "no_body", "body"),
        (raw(body={"cma": "２１００２０１２３４５６"}), "identifier", "body.cma"),
        (raw(body={"uscc": "91440101mA59UNQW1E"}), "identifier", "body.uscc"),
        (raw(attachments=[{**FILE, "sha256": "A" * 64}]), "identifier", "attachments[0].sha256"),
        (raw(attachments=[{**FILE, "media_type": "png"}]), "identifier", "attachments[0].media_type"),
    ],
)  # fmt: skip
def test_every_unsound_document_is_refused_with_its_field_rule_and_remedy(data, problem, field):
    assert refused(data) == (problem, field)


def test_line_numbers_may_not_repeat():
    line = {"line": 1, "parameter": "a"}

    assert refused(raw(results=[line, {"line": 2, "parameter": "b"}, line])) == ("duplicate_line", "results[2].line")


def test_the_limits_of_size_lines_and_depth_are_settings():
    many = raw(results=[{"line": number, "parameter": "a"} for number in range(1, 12)])

    assert refused(many, limits={**DEFAULT_LIMITS, "report_bytes": 100}) == ("size", None)
    assert refused(many, limits={**DEFAULT_LIMITS, "report_lines": 10}) == ("lines", "results")
    assert refused(b"[[[[]]]]", limits={**DEFAULT_LIMITS, "report_depth": 3}) == ("depth", None)
    assert len(read_report(many, limits={**DEFAULT_LIMITS, "report_lines": 11}).report.results) == 11


def test_gbk_is_named_as_such():
    with pytest.raises(FormatProblem, match="GBK"):
        read_report(TEXT.replace("铅（以Pb计）", "铅的检测结果").encode("gbk"))


def test_a_withdrawal_and_a_published_qualified_sample_may_have_no_lines():
    withdrawal = raw(results=None, version=2, replaces={"kind": "withdrawal", "version": 1})
    qualified = raw(results=None, published={"source": "samr"})
    correction = raw(results=None, version=2, replaces={"kind": "correction", "version": 1})

    assert read_report(withdrawal).report.results == ()
    assert read_report(qualified).report.results == ()
    assert refused(correction) == ("no_lines", "results")


def test_values_stay_as_they_were_written():
    words = [
        "0,02",
        "< 0.5",
        "&lt;3",
        "esineb",
        "-",
        "-9.9",
        "1.2×10⁵",
        "未检出",
        "不得检出/25g",
        " 7 ",
        "第１批",
        "＜0．05",
    ]

    for value in words:
        assert read_report(raw(results__0__value=value)).report.results[0].value == value


def test_an_absent_field_is_unset_and_never_none():
    report = read_report(raw()).report

    assert report.client is UNSET
    assert report.results[0].verdict is UNSET
    assert report.attachments == ()


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(REPORT)
def test_canonical_bytes_are_those_of_rfc_8785_and_the_digest_leaves_out_the_proof(data):
    signed = sign_report(data, KEY, "k1", NOON)
    spaced = json.dumps(signed, ensure_ascii=True, indent=1).encode()

    parsed = read_report(spaced)

    assert parsed.canonical == rfc8785.dumps(json.loads(spaced))
    assert parsed.digest == read_report(orjson.dumps(data)).digest
    assert parsed.digest == hashlib.sha256(rfc8785.dumps(data)).hexdigest()
    assert read_report(parsed.canonical) == parsed
    assert proof_holds(parsed, public_text(KEY))


def test_published_vectors_of_rfc_8785_agree_on_every_string_a_report_may_hold(shared):
    folder = shared / "data" / "jcs_vectors"
    checked = 0
    for path in sorted((folder / "input").glob("*.json")):
        for text in _strings(json.loads(path.read_bytes())):
            if not text or any((ord(each) < 32 and each not in "\n\t") or 127 <= ord(each) < 160 for each in text):
                continue
            parsed = read_report(json.dumps(plain(conclusion=text)).encode())
            assert rfc8785.dumps(text) in parsed.canonical
            checked += 1

    assert checked >= 10


def _strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield key
            yield from _strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each)


ODD = st.sampled_from(
    [
        *(
            "",
            "０.5",
            "＜０．０５",
            "2026-02-30",
            "2026-02-28",
            "1e5",
            "a\x00",
            "a\x7f",
            "\u202e",
            "\u200b",
            "a\n",
            "é",
        ),
        *("“”", "µ", "2026-02-28T10:00:00", "2026-02-28T10:00:00Z", "0.1", "007", "合格", "A" * 64, "a" * 64, "x/y"),
    ]
)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=REPORT, choose=st.data())
def test_what_the_quick_check_passes_the_exact_one_passes_too(data, choose):
    places = [path for path in places_in(data) if path and not isinstance(at(data, path), dict | list | int)]
    put(data, choose.draw(st.sampled_from(places)), choose.draw(ODD))
    try:
        report = msgspec.json.decode(msgspec.json.encode(data), type=structs.Report)
    except msgspec.ValidationError:
        return
    if surely_sound(report) and looks_clean(canonical_of(report)):
        check_report(report)


def test_fields_stand_in_alphabetical_order_so_that_encoding_is_canonical():
    for name in dir(structs):
        kind = getattr(structs, name)
        if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
            assert list(kind.__struct_fields__) == sorted(kind.__struct_fields__)
            assert kind.__struct_config__.forbid_unknown_fields or kind is msgspec.Struct


def test_no_nested_structure_has_a_proof_so_that_cutting_it_out_is_exact():
    nested = [
        kind
        for name in dir(structs)
        if isinstance(kind := getattr(structs, name), type) and issubclass(kind, msgspec.Struct)
        if "proof" in kind.__struct_fields__
    ]

    assert {kind.__name__ for kind in nested} == {"Report", "Registration", "Manifest"}


def test_days_and_moments_are_read_in_the_zone_of_shanghai():
    assert day_of("2026-03-31").isoformat() == "2026-03-31"
    assert day_of("2026-03-31T20:00:00Z").isoformat() == "2026-04-01"
    assert moment_of("2026-03-31").isoformat() == "2026-03-30T16:00:00+00:00"
    assert moment_of("2026-03-31T20:00:00+08:00").isoformat() == "2026-03-31T12:00:00+00:00"


def test_every_problem_tells_rule_and_remedy_in_both_languages():
    for words in WORDS.values():
        assert len(words) == 4
        assert all(words)


def test_problems_speak_the_readers_language():
    with pytest.raises(FormatProblem) as caught:
        read_report(raw(dates__issued="2026-02-30"))

    assert caught.value.words("zh-hans")[0] == "不存在的日期或时间（2026-02-30）。"
    assert caught.value.words("en")[0] == "There is no such day or time (2026-02-30)."
    assert caught.value.as_dict()["field"] == "dates.issued"
