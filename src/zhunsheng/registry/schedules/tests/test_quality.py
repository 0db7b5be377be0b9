"""How well messy schedules are read, measured on the labelled set: the figures that docs/schedules.md prints."""

import csv
from datetime import date
from pathlib import Path

import pytest

import zhunsheng
from zhunsheng.registry.schedules import thresholds
from zhunsheng.registry.schedules.measuring import noise
from zhunsheng.registry.schedules.measuring.figures import measure
from zhunsheng.registry.schedules.measuring.labelled import Triple
from zhunsheng.registry.schedules.rules.editions import Edition, Editions
from zhunsheng.registry.schedules.rules.mapping import Known
from zhunsheng.registry.schedules.rules.names import NAME, SYNONYM, Names

DATA = Path(zhunsheng.__file__).parent / "demo" / "data"
LOWEST_PRECISION, LOWEST_RATE = 0.98, 0.75
"""The precision is the acceptance of the work; the rate is held five points below what was measured."""


def rows(name):
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def day(text):
    return date.fromisoformat(text) if text else None


@pytest.fixture(scope="module")
def labelled():
    """Return the demo catalogue: true lines, what is known of it, and synonyms by parameter."""
    objects = {row["code"]: (number, row["name"]) for number, row in enumerate(rows("objects.csv"))}
    parameters: dict[str, tuple[int, str]] = {}
    for row in rows("methods.csv"):
        parameters.setdefault(row["code"], (len(parameters), row["name"]))
    synonyms: dict[int, list[str]] = {}
    for row in rows("synonyms.csv"):
        synonyms.setdefault(parameters[row["parameter"]][0], []).append(row["text"])
    titles = {row["base_code"]: row["title"] for row in rows("standards.csv")}
    editions = [
        Edition(
            number, row["code"], row["base_code"], int(row["code"][-4:]), row["status"], day(row["effective_from"]),
            day(row["effective_to"]), row["replaced_by"], titles[row["base_code"]],
        )
        for number, row in enumerate(rows("editions.csv"))
    ]  # fmt: skip
    known = Known(
        Names.of((pk, NAME, name) for pk, name in objects.values()),
        Names.of([(pk, NAME, name) for pk, name in parameters.values()]
                 + [(pk, SYNONYM, text) for pk, texts in synonyms.items() for text in texts]),
        Editions.of(editions),
        date(2024, 6, 1),
    )  # fmt: skip
    by_base: dict[str, list[Edition]] = {}
    for edition in editions:
        by_base.setdefault(edition.base, []).append(edition)
    triples = [
        Triple(row["field"], thing, name, parameter, parameter_name, one.id, one.code, one.title)
        for row in rows("methods.csv")
        for thing, name in [objects[row["object"]]]
        for parameter, parameter_name in [parameters[row["code"]]]
        for one in by_base[row["method"].rpartition("-")[0]]
    ]
    return triples, known, synonyms


@pytest.mark.parametrize("which", ["development", "test"])
def test_what_is_accepted_without_a_person_is_right_in_98_of_100(labelled, which):
    triples, known, synonyms = labelled
    confidence, _version = thresholds.acceptance(date(2026, 1, 1))

    figures = measure(triples, known, which=which, rows=3_000, confidence=confidence, synonyms=synonyms)

    assert figures.rows == 3_000
    assert figures.lost_rows == 0
    assert figures.precision >= LOWEST_PRECISION, figures.wrong[:10]
    assert figures.rate >= LOWEST_RATE


def test_without_a_threshold_the_set_is_hard_enough_to_show_mistakes(labelled):
    """The set would say nothing if every reading of it were right."""
    triples, known, synonyms = labelled

    figures = measure(triples, known, which="test", rows=3_000, confidence=0.0, synonyms=synonyms)

    assert figures.precision < LOWEST_PRECISION


def test_development_and_test_share_no_noise():
    one, other = noise.DEVELOPMENT, noise.TEST

    for name in ("name_joints", "method_joints", "clauses", "titled", "unknown_parameters", "unknown_methods",
                 "unknown_objects", "sweeping"):  # fmt: skip
        assert not set(getattr(one, name)) & set(getattr(other, name)), name
    assert not set(one.glyphs.items()) & set(other.glyphs.items())
