"""One schedule from lines of several grants, sites and certificates."""

from datetime import date

from zhunsheng.admission.certificates.rules.consolidation import Candidate, consolidate

PB = ("A", "W-DRINK", "PB", "GB/T 5750.6-2023", "")


def line(key, capability=PB, limitation="", last=None):
    return Candidate(key, capability, limitation, str(key), last)


def kept(*candidates):
    return [one.key for one in consolidate(candidates).lines]


def test_the_same_capability_is_entered_once():
    schedule = consolidate([line("first"), line("again")])

    assert [one.key for one in schedule.lines] == ["first"]
    assert [(one.kept.key, one.left_out.key, one.why) for one in schedule.merged] == [("first", "again", "same")]


def test_an_unlimited_line_covers_a_limited_one_whichever_comes_first():
    assert kept(line("limited", limitation="0.01~1 mg/L"), line("whole")) == ["whole"]
    assert kept(line("whole"), line("limited", limitation="0.01~1 mg/L")) == ["whole"]


def test_two_ranges_are_never_joined_by_machine():
    assert kept(line("low", limitation="0.01~1 mg/L"), line("high", limitation="1~10 mg/L")) == ["low", "high"]


def test_a_line_for_every_site_covers_that_of_one_site():
    assert kept(line("A"), line("every", ("", *PB[1:]))) == ["every"]
    assert kept(line("A"), line("B", ("B", *PB[1:]))) == ["A", "B"]


def test_other_editions_and_clauses_are_other_capabilities():
    assert kept(line("2023"), line("2006", (*PB[:3], "GB/T 5750.6-2006", "")), line("14.1", (*PB[:4], "14.1"))) == [
        "2023", "2006", "14.1",
    ]  # fmt: skip


def test_of_equals_the_one_granted_longest_is_kept():
    soon, late = date(2027, 1, 1), date(2029, 1, 1)

    assert kept(line("soon", last=soon), line("late", last=late)) == ["late"]
    assert kept(line("late", last=late), line("soon", last=soon)) == ["late"]
    assert kept(line("soon", last=soon), line("whole term")) == ["whole term"]


def test_a_wider_line_that_ends_sooner_takes_nothing_away():
    early = date(2027, 1, 1)

    assert kept(line("unlimited", last=early), line("limited", limitation="0.01~1 mg/L")) == ["unlimited", "limited"]
