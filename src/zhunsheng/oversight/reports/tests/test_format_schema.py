"""The published JSON Schema says the same as the reader, as far as a schema can."""

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import jsonschema
import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhunsheng.oversight.reports.format import FormatProblem, read_report
from zhunsheng.oversight.reports.format.schema import BEYOND, DIALECT, FILES, FOLDER, written

from .strategies import REPORT, at, places_in, plain, put

DOCUMENTS = Path(__file__).parents[5] / "docs" / "formats"
BEYOND_A_SCHEMA = {"format.duplicate_line", "format.float", "format.duplicate_key", "format.surrogate"}


def _for_python(value):
    """A pattern's end is the end in ECMA 262; Python's `$` would also let a last line break pass."""
    if isinstance(value, dict):
        return {key: each.replace("$", r"\Z") if key == "pattern" else _for_python(each) for key, each in value.items()}
    return [_for_python(each) for each in value] if isinstance(value, list) else value


@pytest.fixture(scope="module")
def validator():
    schema = json.loads((FOLDER / "zhunsheng-report-1.schema.json").read_bytes())
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(_for_python(schema))


def _refusal(data):
    try:
        read_report(orjson.dumps(data))
    except FormatProblem as problem:
        return problem
    return None


@pytest.mark.parametrize("name", FILES)
def test_the_published_files_are_those_made_from_the_reader(name):
    assert (FOLDER / name).read_text(encoding="utf-8") == written(name)
    if DOCUMENTS.is_dir():
        assert (DOCUMENTS / name).read_text(encoding="utf-8") == written(name)
    assert json.loads(written(name))["$schema"] == DIALECT


def test_every_text_has_a_pattern_or_a_fixed_choice():
    def bare(node, path):
        if isinstance(node, dict):
            if node.get("type") == "string" and "pattern" not in node:
                yield path
            for key, each in node.items():
                yield from bare(each, f"{path}/{key}")

    assert list(bare(json.loads(written("zhunsheng-report-1.schema.json")), "")) == []


def test_what_a_schema_cannot_say_is_said_in_words():
    for word in ("keys given twice", "UTF-8", "1.0", "surrogates", "same number", "limits"):
        assert word in BEYOND


@pytest.mark.once
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=REPORT)
def test_what_the_reader_accepts_the_schema_accepts(validator, data):
    assert _refusal(data) is None
    assert validator.is_valid(data)


ODD: st.SearchStrategy[Any] = st.sampled_from(
    [
        *(None, True, 0, -1, 1, 2**53, [], {}, [None], ["a"], [{}], {"x": 1}),
        *(
            "",
            " ",
            "０.5",
            "＜０．０５",
            "第１批",
            "0.5",
            "-0",
            "007",
            "1e5",
            "1,5",
            "0.5\n",
            "\n",
            "a\nb",
            "a\x00",
            "\x7f",
            "é",
        ),
        *("2026-02-30", "2026-02-28", "2024-02-29", "1900-02-29", "2000-02-29", "2026-02-28T10:00:00", "26-02-28"),
        *("2026-02-28T10:00:00Z", "2026-02-30T10:00:00Z", "2026-02-28T24:00:00Z", "2026-02-28T10:00:00.5+08:00"),
        *("\u202e", "\u200b", "\u2028", "\ufeff", "“”", "合格", "x" * 41, "x" * 201, "x" * 2001, "铅" * 20001),
        *("A" * 64, "a" * 64, "x/y", "210020123456", "91440101MA59UNQW1E", "withdrawal", "ed25519"),
    ]
)


ACTIONS = st.sampled_from(["replace", "replace", "replace", "remove", "add"])
NAMES = st.sampled_from(["colour", "Number", "value", "results", "max", "name"])


@pytest.mark.once
@settings(max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(sound=REPORT, lot=st.integers(0, 2**31), action=ACTIONS, odd=ODD, name=NAMES)
def test_reader_and_schema_agree_on_a_document_with_one_odd_place(validator, sound, lot, action, odd, name):
    data, odd = deepcopy(sound), deepcopy(odd)
    places = [path for path in places_in(data) if path]
    place = places[lot % len(places)]
    if action == "replace":
        put(data, place, odd)
    elif action == "remove":
        del at(data, place[:-1])[place[-1]]
    elif isinstance(at(data, place), dict):
        at(data, place)[name] = odd

    refusal = _refusal(data)
    if refusal is not None and refusal.code in BEYOND_A_SCHEMA:
        return
    assert validator.is_valid(data) == (refusal is None), (refusal, [e.message for e in validator.iter_errors(data)])


@pytest.mark.parametrize(
    "change",
    [
        {"results": None, "replaces": {"kind": "withdrawal", "version": 1}},
        {"results": None, "replaces": {"kind": "correction", "version": 1}},
        {"results": None, "published": {"source": "samr"}},
        {"results": None},
        {"body": {"register": "ee"}},
        {"body": {"id": "TA"}},
        {"body": {"register": "ee", "id": "TA"}},
        {"body": {}},
    ],
)
def test_reader_and_schema_agree_on_what_may_be_missing(validator, change):
    data = plain(**change)

    assert validator.is_valid(data) == (_refusal(data) is None)
