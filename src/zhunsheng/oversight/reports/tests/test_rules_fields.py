"""Required contents (law.md 3, "Report fields", memory and so shown as unverified), attachments, catalogue."""

from dataclasses import dataclass
from datetime import date

from zhunsheng.oversight.reports.checks.law import law_on
from zhunsheng.oversight.reports.rules import catalogue, fields
from zhunsheng.oversight.reports.tests.plain_facts import codes, line, report


@dataclass(frozen=True)
class Edition:
    code: str = "GB/T 5750.6-2006"
    status: str = "replaced"
    effective_to: date | None = date(2023, 9, 30)
    replaced_by_code: str | None = "GB/T 5750.6-2023"


def test_a_report_that_leaves_nothing_out_is_left_alone():
    assert list(fields.required_fields_present(report())) == []


def test_what_is_left_out_is_one_finding_that_says_which_demands_are_unverified():
    (one,) = fields.required_fields_present(report(missing=("site", "dates.issued")))

    assert one.facts == {"fields": ["site", "dates.issued"], "unverified": ["site", "dates.issued"]}


def test_what_the_law_does_not_ask_for_is_not_missed():
    assert list(fields.required_fields_present(report(missing=("producer",)))) == []


def test_withdrawals_and_publications_need_not_repeat_the_contents():
    assert list(fields.required_fields_present(report(missing=("site",), withdrawal=True))) == []
    assert list(fields.required_fields_present(report(missing=("site",), published=True))) == []


def test_the_list_of_required_contents_is_law_of_the_day():
    assert law_on(date(2010, 1, 1)).values.get("FIELD-MISSING") is None
    assert law_on(date(2026, 1, 1)).values["FIELD-MISSING"]["fields"]


def test_an_attachment_that_was_not_received_is_found():
    assert list(fields.attachments_present(report())) == []
    (one,) = fields.attachments_present(report(absent_attachments=("ef" * 32,)))
    assert (one.code, one.facts["digests"]) == ("ATTACH-ABSENT", ["ef" * 32])


def test_parameters_that_the_catalogue_does_not_know_make_one_finding():
    facts = report(line(1), line(2, parameter="新参数", parameter_id=None))

    (one,) = catalogue.parameters_are_known(facts)
    assert (one.facts["lines"], one.facts["parameters"]) == ([2], ["新参数"])


def test_lines_without_method_make_one_finding():
    assert list(catalogue.methods_are_stated(report())) == []
    assert codes(catalogue.methods_are_stated(report(line(1, method="")))) == ["METHOD-NOT-STATED"]


def test_an_edition_that_was_no_longer_in_force_is_found_once():
    old = [line(1, edition=Edition()), line(2, edition=Edition())]

    (one,) = catalogue.method_edition_in_force(report(*old))
    assert (one.facts["until"], one.facts["replaced_by"], one.facts["lines"]) == (
        "2023-09-30",
        "GB/T 5750.6-2023",
        [1, 2],
    )


def test_the_last_day_in_force_still_counts():
    last = Edition(effective_to=date(2026, 3, 10))

    assert list(catalogue.method_edition_in_force(report(line(1, edition=last)))) == []


def test_an_edition_whose_last_day_has_passed_is_over_whatever_the_catalogue_once_said_of_it():
    (found,) = catalogue.method_edition_in_force(report(line(1, edition=Edition(status="in_force"))))

    assert found.facts["until"] == "2023-09-30"
