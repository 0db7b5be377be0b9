"""The five answers, by the rows of the day."""

from datetime import date

import pytest

from zhunsheng.registry.national.law_book import latest
from zhunsheng.registry.national.rules.answers import Held, Kind, Standing, answer, standing_of

START, MID, END = date(2026, 6, 1), date(2026, 9, 1), date(2026, 12, 31)


def row(code, standing=Standing.ACTIVE, domain="食品", valid_from=START, valid_to=None):
    return Held(code, domain, standing.value, valid_from, valid_to)


@pytest.mark.parametrize(
    ("rows", "kind"),
    [
        ([row("GB 2762-2022")], Kind.IN_LIBRARY),
        ([row("GB 2762-2022", Standing.CITE_ONLY)], Kind.CITE_ONLY),
        ([row("GB 2762-2022", Standing.ABOLISHED)], Kind.ABOLISHED),
        ([row("GB 2762-2017")], Kind.OTHER_EDITION),
        ([row("GB 2762-2017", Standing.ABOLISHED)], Kind.NOT_IN_LIBRARY),
        ([], Kind.NOT_IN_LIBRARY),
    ],
)
def test_a_number_gets_one_of_five_answers(rows, kind):
    assert answer("GB 2762-2022", rows, MID).kind is kind


def test_the_best_standing_of_several_domains_counts():
    found = answer("GB 1-2020", [row("GB 1-2020", Standing.ABOLISHED, "食品"), row("GB 1-2020", domain="农产品")], MID)

    assert (found.kind, found.domains) == (Kind.IN_LIBRARY, ("农产品",))


def test_only_rows_of_the_day_count():
    rows = [row("GB 1-2020", valid_to=MID), row("GB 1-2026", valid_from=date(2026, 9, 2))]

    assert [answer("GB 1-2020", rows, day).kind for day in (MID, END)] == [Kind.IN_LIBRARY, Kind.OTHER_EDITION]
    assert answer("GB 1-2020", rows, END).others == ("GB 1-2026",)


@pytest.mark.parametrize(
    ("remark", "standing"),
    [
        ("", Standing.ACTIVE),
        ("限定方法", Standing.ACTIVE),
        ("已废止", Standing.ABOLISHED),
        ("标准作废", Standing.ABOLISHED),
        ("已废止，可被引用", Standing.CITE_ONLY),
    ],
)
def test_a_remark_is_read_by_its_words(remark, standing):
    assert standing_of(remark, latest().values["remarks"]) is standing
