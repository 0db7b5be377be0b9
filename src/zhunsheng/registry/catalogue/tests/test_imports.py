"""Tables come in whole or not at all, and every refused line says where, why and what to do."""

import csv
import json
import zipfile
from datetime import UTC, date, datetime

import openpyxl
import pytest
from django.utils.translation import override
from typer.testing import CliRunner

from zhunsheng.platform.accounts.policy import NotAllowed
from zhunsheng.platform.accounts.roles import Role
from zhunsheng.platform.accounts.tests.factories import make_member
from zhunsheng.registry.catalogue import selectors
from zhunsheng.registry.catalogue.commands import app
from zhunsheng.registry.catalogue.importing.running import MissingColumns, UnknownKind
from zhunsheng.registry.catalogue.importing.sheets import UnreadableTable
from zhunsheng.registry.catalogue.models import Limit, Parameter, Standard, StandardEdition, TestObject
from zhunsheng.registry.catalogue.selectors import Vocabulary
from zhunsheng.registry.catalogue.services import import_rows, import_table

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)
PARAMETERS = "编码,参数名称,英文名称,CAS号,单位\nPB,铅,lead,7439-92-1,mg/L\nCD,镉,cadmium,7440-43-9,mg/L\n"


def load(path, kind, **options):
    return import_table(kind=kind, path=path, by=None, at=NOON, why="test", **options)


@pytest.fixture
def table(tmp_path):
    def write(text, name="table.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        return path

    return write


def test_a_table_comes_in_with_history_and_a_new_revision(table):
    before = selectors.revision_mark()

    outcome = load(table(PARAMETERS), "parameters")

    assert (outcome.read, outcome.created, outcome.saved) == (2, 2, True)
    assert Parameter.objects.get(code="PB").cas == "7439-92-1"
    versions = Parameter.history.values_list("history_change_reason", "history_date", "history_type")
    assert set(versions) == {("test", NOON, "+")}
    assert selectors.revision_mark() != before


def test_the_same_table_twice_changes_nothing(table):
    load(table(PARAMETERS), "parameters")
    mark = selectors.revision_mark()

    outcome = load(table(PARAMETERS), "parameters")

    assert (outcome.created, outcome.updated, outcome.unchanged) == (0, 0, 2)
    assert (Parameter.history.count(), selectors.revision_mark()) == (2, mark)


def test_a_changed_line_updates_its_row_and_keeps_the_old_version(table):
    load(table(PARAMETERS), "parameters")

    outcome = load(table(PARAMETERS.replace("mg/L", "μg/L", 1)), "parameters")

    assert (outcome.updated, outcome.unchanged) == (1, 1)
    assert list(Parameter.history.filter(code="PB").order_by("history_id").values_list("unit", flat=True)) == [
        "mg/L",
        "μg/L",
    ]


def test_a_dry_run_counts_and_saves_nothing(table):
    outcome = load(table(PARAMETERS), "parameters", dry_run=True)

    assert (outcome.created, outcome.saved, outcome.dry_run) == (2, False, True)
    assert not Parameter.objects.exists()
    assert not Parameter.history.exists()


def test_one_bad_line_refuses_the_file_and_keep_good_saves_the_rest(table):
    broken = PARAMETERS + "HG,汞,mercury,7439-97-7,mg/L\nPB,铅,lead,,mg/L\n,砷,arsenic,,\n"

    outcome = load(table(broken), "parameters")

    assert [(one.line, one.field, one.value) for one in outcome.problems] == [
        (4, "cas", "7439-97-7"),
        (5, "code", "PB"),
        (6, "code", ""),
    ]
    assert not Parameter.objects.exists()
    kept = load(table(broken), "parameters", keep_good=True)
    assert (kept.created, len(kept.problems)) == (2, 3)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_is_read_in_the_encodings_that_offices_use(table, encoding):
    assert load(table(PARAMETERS, encoding=encoding), "parameters").created == 2


def test_a_workbook_with_a_heading_above_the_titles_numbers_and_dates_is_read(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["标准目录", None, None])
    book.active.append(["标准编号", "状态", "实施日期", "代替标准"])
    book.active.append(["GB 5749—2022", "现行", datetime(2023, 4, 1), None])
    book.active.append([None, None, None])
    book.active.append(["ＧＢ 5749-2006", "废止", "2007年7月1日", None])
    book.save(tmp_path / "editions.xlsx")

    outcome = load(tmp_path / "editions.xlsx", "editions")

    assert outcome.problems == []
    assert dict(StandardEdition.objects.values_list("code", "effective_from")) == {
        "GB 5749-2022": date(2023, 4, 1),
        "GB 5749-2006": date(2007, 7, 1),
    }
    assert Standard.objects.get().base_code == "GB 5749"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("table.xlsx", b"PK\x03\x04 this is no workbook"),
        ("table.xlsx", b""),
        ("table.pdf", b"%PDF-1.7"),
        ("table.csv", b"\xff\xfe\x00\x01\x00"),
    ],
)
def test_what_is_no_table_is_refused_as_a_whole(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)

    with pytest.raises(UnreadableTable):
        load(tmp_path / name, "parameters")


def test_a_workbook_that_would_burst_is_refused_before_it_is_opened(tmp_path, settings):
    settings.ZHUNSHENG_LIMITS = settings.ZHUNSHENG_LIMITS | {"archive_bytes": 1_000_000}
    with zipfile.ZipFile(tmp_path / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 2_000_000)

    with pytest.raises(UnreadableTable, match="unpacks"):
        load(tmp_path / "bomb.xlsx", "parameters")


def test_a_file_beyond_the_limit_is_refused_unread(table, settings):
    settings.ZHUNSHENG_LIMITS = settings.ZHUNSHENG_LIMITS | {"file_bytes": 10}

    with pytest.raises(UnreadableTable, match="larger than 10"):
        load(table(PARAMETERS), "parameters")


def test_missing_columns_are_named(table):
    with pytest.raises(MissingColumns, match=r"参数名称 \(name\)"):
        load(table("编码,单位\nPB,mg/L\n"), "parameters")


def test_an_unknown_kind_names_the_known_ones(table):
    with pytest.raises(UnknownKind) as refused:
        load(table(PARAMETERS), "elements")

    assert "parameters" in refused.value.remedy


def test_only_who_may_change_the_catalogue_imports(table):
    with pytest.raises(NotAllowed):
        import_table(kind="parameters", path=table(PARAMETERS), by=make_member(), at=NOON, why="test")
    officer = make_member(Role.SYSTEM_ADMINISTRATOR)

    assert import_table(kind="parameters", path=table(PARAMETERS), by=officer, at=NOON, why="test").created == 2


def test_an_edition_may_be_replaced_by_one_that_comes_later_in_the_table():
    rows = [
        {"code": "GB 5749-2006", "status": "被代替", "replaced_by": "GB 5749-2022"},
        {"code": "GB 5749-2022", "status": "现行", "effective_from": "2023-04-01"},
    ]
    outcome = import_rows(kind="editions", rows=rows, by=None, at=NOON, why="test")

    assert (outcome.created, outcome.updated) == (2, 0)
    assert Vocabulary.current().edition("GB5749—2006").replaced_by_code == "GB 5749-2022"
    again = import_rows(kind="editions", rows=rows, by=None, at=NOON, why="test")
    assert (again.created, again.updated, again.unchanged) == (0, 0, 2)


def test_an_unknown_successor_and_a_reversed_period_are_named():
    rows = [
        {"code": "GB 1-2000", "status": "被代替", "replaced_by": "GB 1-2010"},
        {"code": "GB 2-2000", "status": "现行", "effective_from": "2001-01-01", "effective_to": "2000-01-01"},
        {"code": "GB 3", "status": "现行"},
        {"code": "GB 4-2000", "status": "有时有效"},
    ]
    problems = import_rows(kind="editions", rows=rows, by=None, at=NOON, why="test").problems

    assert [(one.line, one.field) for one in problems] == [
        (1, "replaced_by"),
        (2, "effective_to"),
        (3, "code"),
        (4, "status"),
    ]


def test_objects_form_a_tree_and_never_a_circle():
    rows = [{"code": "W-D", "name": "生活饮用水", "parent": "W"}, {"code": "W", "name": "水"}]
    import_rows(kind="objects", rows=rows, by=None, at=NOON, why="test")
    words = Vocabulary.current()
    drink = words.object_id("生活饮用水")
    assert drink is not None
    assert words.object_ancestors(drink) == (words.object_id("水"),)

    circle = [{"code": "W", "name": "水", "parent": "W-D"}]
    problems = import_rows(kind="objects", rows=circle, by=None, at=NOON, why="test").problems

    assert [one.field for one in problems] == ["parent"]
    assert TestObject.objects.get(code="W").parent is None


def test_a_synonym_means_one_thing_only(table):
    load(table(PARAMETERS), "parameters")
    first = [{"kind": "参数", "of": "PB", "text": "铅（Pb）"}]
    import_rows(kind="synonyms", rows=first, by=None, at=NOON, why="test")

    wrong = [{"kind": "参数", "of": "CD", "text": "铅 (PB)"}, {"kind": "参数", "of": "XX", "text": "某"}]
    problems = import_rows(kind="synonyms", rows=wrong, by=None, at=NOON, why="test").problems

    assert [(one.line, one.field) for one in problems] == [(1, "text"), (2, "of")]
    words = Vocabulary.current()
    assert words.parameter_id("铅(pb)") == words.parameter_id("Lead") == words.parameter_id("PB")


def test_limits_keep_their_digits_and_the_nearest_object_comes_first(table):
    load(table(PARAMETERS), "parameters")
    objects = [{"code": "W", "name": "水"}, {"code": "W-D", "name": "饮用水", "parent": "W"}]
    import_rows(kind="objects", rows=objects, by=None, at=NOON, why="test")
    editions = [{"code": "GB 5749-2022", "status": "现行"}]
    import_rows(kind="editions", rows=editions, by=None, at=NOON, why="test")
    common = {"edition": "GB 5749-2022", "parameter": "铅", "unit": "mg/L"}
    rows = [
        common | {"maximum": "0.05"},
        common | {"object": "水", "maximum": "0.020"},
        common | {"object": "饮用水", "maximum": "0.010", "effective_from": "2023-04-01"},
        common | {"object": "饮用水", "maximum": "0.010", "effective_from": "2023-04-02", "parameter": "无此参数"},
        common | {"parameter": "镉"},
    ]
    outcome = import_rows(kind="limits", rows=rows, by=None, at=NOON, why="test", keep_good=True)

    assert [(one.line, one.field) for one in outcome.problems] == [(4, "parameter"), (5, "maximum")]
    assert Limit.objects.count() == 3
    words = Vocabulary.current()
    lead, drink = words.parameter_id("铅"), words.object_id("饮用水")
    assert lead is not None
    found = words.limits("GB 5749-2022", lead, drink, date(2023, 4, 1))
    assert [one.maximum for one in found] == ["0.010", "0.020", "0.05"]
    earlier = words.limits("GB 5749-2022", lead, drink, date(2023, 3, 31))
    assert [one.maximum for one in earlier] == ["0.020", "0.05"]


def test_the_command_writes_an_error_file_that_no_spreadsheet_runs(table, tmp_path):
    path = table("编码,参数名称,CAS号\nPB,铅,=1+1\n")
    errors = tmp_path / "errors.csv"

    done = CliRunner().invoke(app, ["import", "parameters", str(path), "--errors", str(errors), "--json"])

    assert done.exit_code == 1
    assert json.loads(done.stdout)["saved"] is False
    with errors.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["line", "field", "value", "rule", "remedy"]
    assert (rows[0]["line"], rows[0]["field"], rows[0]["value"]) == ("2", "cas", "'=1+1")
    assert rows[0]["rule"]
    assert rows[0]["remedy"]


def test_the_command_exits_0_when_done_and_2_on_bad_use(table, tmp_path):
    runner = CliRunner()

    assert runner.invoke(app, ["import", "parameters", str(table(PARAMETERS))]).exit_code == 0
    assert runner.invoke(app, ["import", "parameters", str(tmp_path / "absent.csv")]).exit_code == 2
    assert runner.invoke(app, ["import", "nothing", str(table(PARAMETERS)), "--json"]).exit_code == 2


def test_the_command_speaks_the_readers_language_of_cells_and_files_and_cuts_no_words(table):
    """7439-97-7 is mercury with a wrong check digit: the CAS number of mercury is 7439-97-6."""
    runner = CliRunner()
    wrong_cell = runner.invoke(app, ["import", "parameters", str(table("编码,参数名称,CAS号\nHG,汞,7439-97-7\n"))])
    wrong_file = table("编码\nHG\n")
    lacking = runner.invoke(app, ["import", "parameters", str(wrong_file), "--json"])

    with override("en"):
        english = runner.invoke(app, ["import", "parameters", str(wrong_file), "--json"])

    assert "共 1 行" in wrong_cell.stdout
    assert "校验" in wrong_cell.stdout
    assert "check digit" not in wrong_cell.stdout
    assert "…" not in wrong_cell.stdout
    assert "参数名称" in json.loads(lacking.stdout)["message"]
    assert json.loads(lacking.stdout)["message"].startswith("表中缺少")
    assert json.loads(english.stdout)["message"].startswith("The table lacks")


def test_the_command_says_what_the_catalogue_understands_by_a_name(table):
    load(table(PARAMETERS), "parameters")
    runner = CliRunner()

    known = runner.invoke(app, ["look-up", "Lead", "--json"])
    assert (known.exit_code, json.loads(known.stdout)["parameter"]) == (0, "PB")
    assert runner.invoke(app, ["look-up", "某项目"]).exit_code == 1
