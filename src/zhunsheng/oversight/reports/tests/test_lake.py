"""Reports become rows of the lake: each version once, digits kept, units comparable, names hidden."""

import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pyarrow.parquet as pq
import pytest
from django.db import connection

from zhunsheng.oversight.reports.models import ReportLine
from zhunsheng.oversight.reports.tests.intake_factories import NOON, Laboratory
from zhunsheng.platform.database.locks import LockBusy
from zhunsheng.platform.lake import engines, folders, selectors, services, tables
from zhunsheng.platform.lake.models import Content, LakeFile
from zhunsheng.platform.lake.services import writing
from zhunsheng.platform.ledger import services as ledger

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(minutes=1)


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.ZHUNSHENG_HOME, settings.ZHUNSHENG_LAKE = tmp_path, tmp_path / "lake"


def result(line, value, unit="mg/L", **more):
    stated = {"unit": unit} if unit else {}
    return {"line": line, "parameter": "铅", "method": "GB/T 5750.6-2023", "value": value, **stated, **more}


def sealed(*reports, laboratory=None, at=NOON):
    laboratory = laboratory or Laboratory()
    assert all(outcome.kept for outcome in laboratory.submit(*reports, at=at))
    ledger.seal_pending(at)
    return laboratory


def held():
    services.write_pending(at=LATER)
    return tables.lines(engines.connect()).order_by(["leaf_index", "line"]).to_pyarrow().to_pylist()


def test_a_line_keeps_its_digits_and_stands_in_the_canonical_unit():
    laboratory = Laboratory()
    results = [
        result(1, "0.0050"),
        result(2, "5.0", "µg/L"),
        result(3, "<0.001"),
        result(4, "未检出"),
        result(5, "无异味", ""),
    ]
    sealed(laboratory.report(results=results), laboratory=laboratory)

    rows = held()

    assert [row["value_text"] for row in rows] == ["0.0050", "5.0", "<0.001", "未检出", "无异味"]
    assert [row["censor"] for row in rows] == ["", "", "<", "nd", "text"]
    assert [row["decimals"] for row in rows] == [4, 1, 3, None, None]
    assert [row["value"] for row in rows[:3]] == pytest.approx([0.005, 0.005, 0.001])
    assert rows[1]["step"] == pytest.approx(0.0001)
    assert {row["unit"] for row in rows[:4]} == {"mg/L"}
    assert {(row["method"], row["method_year"]) for row in rows} == {("GB/T 5750.6", 2023)}
    assert rows[0]["issued"] == date(2026, 2, 27)


def test_no_name_of_a_party_is_in_the_lake():
    laboratory = Laboratory()
    sealed(laboratory.report("R-1"), laboratory.report("R-2"), laboratory=laboratory)

    rows = held()

    assert len({row["client"] for row in rows}) == 1
    assert "珠江水务有限公司" not in str(rows)


def test_writing_twice_changes_nothing_and_each_report_is_there_once():
    laboratory = Laboratory()
    sealed(*(laboratory.report(f"R-{n}") for n in range(5)), laboratory=laboratory)
    assert services.write_pending(at=LATER) == 5
    before = list(LakeFile.objects.values_list("path", "sha256"))

    assert services.write_pending(at=LATER) == 0

    assert list(LakeFile.objects.values_list("path", "sha256")) == before
    assert len(held()) == ReportLine.objects.count()


def test_what_a_crash_left_unlisted_is_written_again_to_the_same_bytes(monkeypatch):
    laboratory = Laboratory()
    sealed(laboratory.report(), laboratory=laboratory)
    with monkeypatch.context() as broken:
        broken.setattr(writing.LakeFile.objects, "bulk_create", lambda made: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            services.write_pending(at=LATER)
    assert selectors.state().leaf_index == -1
    left = {path.name: folders.digest_of(path) for path in folders.folder().rglob("*.parquet")}

    rows = held()

    assert len(rows) == ReportLine.objects.count()
    assert {path.name: folders.digest_of(path) for path in folders.folder().rglob("*.parquet")} == left


def test_a_corrected_report_leaves_the_lake_when_its_correction_comes():
    laboratory = Laboratory()
    sealed(laboratory.report(results=[result(1, "0.005")]), laboratory=laboratory)
    assert [row["value_text"] for row in held()] == ["0.005"]
    correction = laboratory.report(
        version=2, results=[result(1, "0.006")], replaces={"version": 1, "kind": "correction", "reason": "抄录错误"}
    )
    sealed(correction, laboratory=laboratory, at=NOON + timedelta(hours=1))

    assert [row["value_text"] for row in held()] == ["0.006"]
    assert services.audit().ok


def test_a_correction_that_came_before_its_report_counts_all_the_same():
    laboratory = Laboratory()
    correction = laboratory.report(
        version=2, results=[result(1, "0.006")], replaces={"version": 1, "kind": "correction", "reason": "抄录错误"}
    )
    sealed(correction, laboratory=laboratory)
    assert len(held()) == 1
    sealed(laboratory.report(results=[result(1, "0.005")]), laboratory=laboratory, at=NOON + timedelta(hours=1))

    assert [row["value_text"] for row in held()] == ["0.006"]
    assert services.audit().ok


def test_merging_files_changes_no_row(monkeypatch):
    laboratory = Laboratory()
    for n in range(6):
        sealed(laboratory.report(f"R-{n}"), laboratory=laboratory, at=NOON + timedelta(minutes=n))
        services.write_pending(at=LATER)
    before = held()
    assert selectors.state().files == 6

    assert services.compact(at=LATER) == 5

    assert held() == before
    assert services.audit().ok
    old = datetime.now(UTC) + timedelta(hours=7)
    assert services.tidy(at=old) == 6
    assert held() == before


def test_who_listed_the_files_before_a_merge_reads_on(monkeypatch):
    laboratory = Laboratory()
    for n in range(6):
        sealed(laboratory.report(f"R-{n}"), laboratory=laboratory, at=NOON + timedelta(minutes=n))
        services.write_pending(at=LATER)
    listed, before = selectors.paths_of(Content.LINES), held()
    now = datetime.now(UTC)
    for path in listed:
        os.utime(path, ((now - timedelta(days=30)).timestamp(),) * 2)

    services.compact(at=now)
    assert services.tidy(at=now + timedelta(hours=5)) == 0
    assert sum(pq.read_table(path, partitioning=None).num_rows for path in listed) == len(before)
    assert services.tidy(at=now + timedelta(hours=7)) == 6


def test_an_audit_beside_a_writer_finds_no_false_difference(monkeypatch):
    laboratory = Laboratory()
    sealed(laboratory.report("R-0"), laboratory=laboratory)
    held()
    sealed(laboratory.report("R-1"), laboratory=laboratory, at=NOON + timedelta(hours=1))
    digest_of = folders.digest_of

    def writing_meanwhile(path):
        monkeypatch.setattr(folders, "digest_of", digest_of)
        services.write_pending(at=LATER)
        return digest_of(path)

    monkeypatch.setattr(folders, "digest_of", writing_meanwhile)
    assert services.audit().difference is None
    assert services.audit().leaves == 2


def test_files_that_a_restored_database_lists_in_vain_are_named_and_written_again():
    laboratory = Laboratory()
    sealed(*(laboratory.report(f"R-{n}") for n in range(3)), laboratory=laboratory)
    before = held()
    shutil.rmtree(folders.folder())
    assert selectors.missing() == LakeFile.objects.order_by("pk").first().path

    services.begin_anew(at=LATER)

    assert selectors.missing() == ""
    assert held() == before


def from_elsewhere(work):
    """Do the work as another process would: PostgreSQL's locks belong to a session, so in a thread with its own."""
    if connection.vendor != "postgresql":
        return work()

    def alone():
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=1) as other:
        return other.submit(alone).result()


def test_nobody_writes_or_merges_while_the_lake_is_rebuilt(monkeypatch):
    laboratory = Laboratory()
    sealed(laboratory.report(), laboratory=laboratory)
    held()
    tried, next_range = [], writing._next_range

    def disturbed(source, at):
        for other in (services.write_pending, services.compact, services.tidy, services.rebuild):
            with pytest.raises(LockBusy):
                from_elsewhere(partial(other, at=LATER))
            tried.append(other)
        return next_range(source, at)

    monkeypatch.setattr(writing, "_next_range", disturbed)
    services.rebuild(at=LATER)
    assert len(tried) == 8


def test_a_rebuilt_lake_is_the_same():
    laboratory = Laboratory()
    sealed(*(laboratory.report(f"R-{n}") for n in range(3)), laboratory=laboratory)
    before = held()

    services.rebuild(at=LATER)

    assert held() == before


def test_an_altered_file_is_named():
    laboratory = Laboratory()
    sealed(laboratory.report(), laboratory=laboratory)
    held()
    path = selectors.paths_of(Content.LINES)[0]
    path.write_bytes(path.read_bytes()[:-1] + b"x")

    audit = services.audit()

    assert not audit.ok
    assert audit.difference.what == "the file was altered"


def test_a_row_that_the_database_does_not_know_is_named():
    laboratory = Laboratory()
    sealed(laboratory.report(), laboratory=laboratory)
    held()
    file = LakeFile.objects.get(content="lines")
    path = folders.folder() / file.path
    table = pq.read_table(path, partitioning=None)
    place = table.schema.get_field_index("value_text")
    forged = table.set_column(place, table.schema.field(place), [["9.99"] * table.num_rows])
    file.bytes, file.sha256 = folders.write(forged, file.path)
    file.save()

    audit = services.audit()

    assert "value_text is '9.99'" in audit.difference.what


def test_a_month_alone_can_be_read():
    laboratory = Laboratory()
    dates = {"received": "2026-01-05", "started": "2026-01-06", "finished": "2026-01-07", "issued": "2026-01-08"}
    sealed(laboratory.report("R-1"), laboratory.report("R-2", dates=dates), laboratory=laboratory)
    services.write_pending(at=LATER)

    january = tables.lines(engines.connect(), ["2026-01"]).to_pyarrow().to_pylist()

    assert {row["number"] for row in january} == {"R-2"}
    assert selectors.state().months == ("2026-01", "2026-02")
