"""One thing has one name: law, forms, lists and letters call kinds of application, routes and modes alike."""

import pytest
from django.utils import translation

from zhunsheng.admission.certificates import wording
from zhunsheng.admission.certificates.models import Occasion
from zhunsheng.admission.licensing import law_book
from zhunsheng.admission.licensing.lifecycle import Kind, Route
from zhunsheng.admission.licensing.services.reviewing import MODES

LANGUAGES = (("zh", "zh-hans"), ("en", "en"))


def said(label: object, language: str) -> str:
    with translation.override(language):
        return str(label)


@pytest.mark.parametrize(("short", "language"), LANGUAGES)
def test_what_is_applied_for_is_called_in_the_need_test_as_on_the_application_and_the_certificate(short, language):
    words = law_book.choices()["occasion"]

    assert {code: one[short] for code, one in words.items()} == {one.value: said(one.label, language) for one in Kind}
    for one in Occasion:
        if one.value in words:
            assert said(one.label, language) == words[one.value][short]


@pytest.mark.parametrize(("short", "language"), LANGUAGES)
def test_a_route_is_called_by_its_law_as_in_lists_and_forms(short, language):
    titles = {entry.values["code"]: entry.title[short] for entry in law_book.ways() if "effect" not in entry.values}

    assert titles == {one.value: said(one.label, language) for one in Route}


def test_the_letter_calls_the_modes_of_review_as_the_law_does():
    titles = {entry.title["zh"] for entry in law_book.modes()}

    assert set(MODES.values()) == titles


def test_the_day_list_names_changes_as_applications_do():
    for one in Kind:
        if one.value in wording.DONE:
            assert said(one.label, "zh-hans") in wording.DONE[Occasion(one.value)].zh or one in (
                Kind.FIRST,
                Kind.EXTENSION,
            )
