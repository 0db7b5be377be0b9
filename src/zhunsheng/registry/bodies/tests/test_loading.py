"""Large tables: read a part at a time, all or nothing or part by part, gone on with where they were cut off."""

import csv
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from zhunsheng.platform.accounts.models import Role
from zhunsheng.platform.accounts.policy import NotAllowed
from zhunsheng.platform.accounts.tests.factories import make_member, make_organisation
from zhunsheng.platform.documents.files import read_by_digest
from zhunsheng.registry.bodies import services
from zhunsheng.registry.bodies.models import Body, ImportRun, RunState, ScopeLine, ScopeRevision
from zhunsheng.registry.bodies.services import loading
from zhunsheng.registry.bodies.tests.factories import NOON, make_body, make_certificate
from zhunsheng.registry.catalogue.importing import streaming

pytestmark = pytest.mark.django_db
SLUG = "231912050001"
HEADER = ["机构标识", "检测对象", "参数名称", "标准方法", "有效期起", "有效期止"]


@pytest.fixture(autouse=True)
def small_parts(monkeypatch, settings, tmp_path):
    """Let ten lines be a part."""
    monkeypatch.setattr(streaming, "PART", 10)
    settings.ZHUNSHENG_FILES = tmp_path / "files"


@pytest.fixture
def body():
    made = make_body(SLUG)
    make_certificate(made)
    return made


def lines(count, *, body=SLUG):
    return [[body, "生活饮用水", f"参数{one}", "GB/T 5750.6-2023", "2023-05-01", "2029-04-30"] for one in range(count)]


@pytest.fixture
def table(tmp_path):
    def write(rows, name="scope.csv"):
        path = tmp_path / name
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([HEADER, *rows])
        return path

    return write


def load(path, **options):
    return services.import_table(kind="scope", path=path, by=None, at=NOON, why="test", **options)


def test_a_table_of_several_parts_comes_in_whole_and_a_second_time_changes_nothing(body, table):
    path = table(lines(35))
    seen = []

    first = load(path, on_part=lambda outcome, line: seen.append((outcome.read, line)))
    again = load(path)

    assert [(one.read, one.created, one.unchanged) for one in (first, again)] == [(35, 35, 0), (35, 0, 35)]
    assert seen == [(10, 11), (20, 21), (30, 31), (35, 36)]
    assert (ScopeLine.objects.count(), ScopeLine.history.count()) == (35, 35)
    assert ScopeRevision.objects.get().number == Body.objects.get(pk=body.pk).scope_revision


def test_one_bad_line_in_the_last_part_takes_everything_back_and_all_lines_are_still_checked(body, table):
    rows = lines(35)
    rows[4][4] = "2023-13-01"
    rows[33][5] = "2020-01-01"

    outcome = load(table(rows))

    assert [(one.line, one.field) for one in outcome.problems] == [(6, "valid_from"), (35, "valid_to")]
    assert (outcome.saved, outcome.created, ScopeLine.objects.count(), ScopeLine.history.count()) == (False, 0, 0, 0)


def test_a_dry_run_counts_and_leaves_nothing(body, table):
    outcome = load(table(lines(25)), dry_run=True)

    assert (outcome.created, outcome.saved, ScopeLine.objects.count()) == (25, False, 0)


def test_the_same_line_in_another_part_is_named_with_the_first(body, table):
    rows = [*lines(15), lines(1)[0]]

    outcome = load(table(rows))

    assert [(one.line, one.rule) for one in outcome.problems] == [(17, "The same entry stands in line 2.")] or [
        one.line for one in outcome.problems
    ] == [17]


def test_a_changed_line_keeps_its_history_and_what_the_table_leaves_out(body, table):
    load(table(lines(12)))
    ScopeLine.objects.update(remark="kept")
    rows = lines(12)
    rows[11][5] = "2026-12-31"

    outcome = load(table(rows))

    assert (outcome.updated, outcome.unchanged) == (1, 11)
    changed = ScopeLine.objects.get(parameter_text="参数11")
    assert (changed.valid_to, changed.remark) == (date(2026, 12, 31), "kept")
    assert [one.history_type for one in changed.history.order_by("history_id")] == ["+", "~"]


def test_a_loading_that_was_cut_off_goes_on_after_its_last_part(body, table):
    path = table(lines(35))
    options = {"kind": "scope", "path": path, "at": NOON, "why": "test", "dry_run": False, "keep_good": True}

    def cut_off(line):
        if line > 20:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        services.load_file(on_progress=cut_off, **options)
    assert (ScopeLine.objects.count(), ImportRun.objects.get().lines_done) == (10, 11)

    told: list[int] = []
    outcome = services.load_file(on_progress=told.append, **options)

    assert (outcome.read, outcome.created) == (25, 25)
    assert (ScopeLine.objects.count(), ScopeLine.history.count()) == (35, 35)
    run = ImportRun.objects.get()
    assert (run.state, run.created, run.lines_done) == (RunState.DONE, 35, 36)


def test_keep_good_saves_the_good_lines_of_every_part(body, table):
    rows = lines(25)
    rows[3][0] = "231912050002"
    rows[20][2] = ""

    outcome = load(table(rows), keep_good=True)

    assert (outcome.created, [(one.line, one.field) for one in outcome.problems]) == (
        23,
        [(5, "body"), (22, "parameter_text")],
    )


@pytest.mark.parametrize("slip", ["231912050010", "321912050001", "231912050002"])
def test_a_mistyped_body_is_suggested(body, table, slip):
    outcome = load(table(lines(1, body=slip)))

    assert SLUG in outcome.problems[0].remedy


def test_an_officer_s_loading_is_checked_first_then_loaded_by_one_process(body, table):
    officer = make_member(Role.PROVINCE_OFFICER, make_organisation(division="440000"))
    rows = lines(12)
    rows[2][0] = "x"
    file = SimpleUploadedFile("能力附表.csv", table(rows).read_bytes())
    asked = services.ask_for_loading(
        kind="scope",
        content=file,
        file_name="能力附表.csv",
        dry_run=True,
        keep_good=False,
        by=officer,
        at=NOON,
        why="yearly",
    )

    assert services.carry_out_waiting() == 1
    asked.refresh_from_db()
    assert (asked.state, asked.refused, asked.created) == (RunState.REFUSED, 1, 0)
    assert "x" in read_by_digest(asked.problems_digest).decode("utf-8-sig").splitlines()[1]
    assert loading.progress_of(asked.pk) == 13

    real = services.load_what_was_checked(run_id=asked.pk, keep_good=True, by=officer, at=NOON)
    assert services.carry_out_waiting() == 1
    real.refresh_from_db()
    assert (real.state, real.created, real.refused) == (RunState.DONE, 11, 1)
    assert set(ScopeLine.history.values_list("history_user", "history_change_reason")) == {(officer.pk, "yearly")}


def test_a_file_that_is_no_table_fails_with_its_reason_and_the_list_goes_on(body):
    officer = make_member(Role.PROVINCE_OFFICER, make_organisation(division="440000"))
    options = {"kind": "scope", "dry_run": True, "keep_good": False, "by": officer, "at": NOON, "why": "yearly"}
    bad = services.ask_for_loading(content=b"a,b\n1,2\n", file_name="x.csv", **options)
    services.ask_for_loading(content=b"c,d\n1,2\n", file_name="y.csv", **options)

    assert services.carry_out_waiting() == 2
    bad.refresh_from_db()
    assert bad.state == RunState.FAILED
    assert "机构标识" in bad.answer
    with pytest.raises(loading.NotATable):
        services.ask_for_loading(content=b"a", file_name="x.pdf", **options)
    with pytest.raises(NotAllowed):
        services.ask_for_loading(content=b"a", file_name="x.csv", **(options | {"by": make_member(Role.CITY_OFFICER)}))


def test_memory_does_not_hold_every_line_of_a_table_about_many_bodies(monkeypatch, table):
    monkeypatch.setattr(streaming, "_SEEN", 20)
    for one in range(4):
        made = make_body(f"23191205100{one}")
        make_certificate(made)
    rows = [line for one in range(4) for line in lines(20, body=f"23191205100{one}")]
    reader = streaming._Reader(services.imports.IMPORTERS["scope"]())

    kept = []
    for _rows, _problems, _last in reader.parts(table(rows), 0):
        kept.append(sum(map(len, reader._seen.values())))

    assert max(kept) <= 40
