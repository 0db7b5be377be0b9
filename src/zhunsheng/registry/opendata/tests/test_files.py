"""The public files say what the database says, read by somebody else's reader; nothing personal can be published."""

import json
from datetime import UTC, date, datetime, timedelta

import duckdb
import pytest
from django.core.exceptions import ImproperlyConfigured

from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.accounts.sealed_field import EncryptedTextField
from zhunsheng.platform.accounts.tests.factories import make_division
from zhunsheng.registry.bodies import models as bodies
from zhunsheng.registry.bodies.tests.factories import load_catalogue, make_body, make_certificate, make_line, make_site
from zhunsheng.registry.catalogue.models import Method, MethodParameter, Parameter, StandardEdition
from zhunsheng.registry.opendata import files, services, store
from zhunsheng.registry.opendata.registers import PUBLIC, register_of, registers

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 4, tzinfo=UTC)
CMA = "231912050001"


@pytest.fixture(autouse=True)
def home(tmp_path, settings):
    settings.ZHUNSHENG_HOME = settings.ZHUNSHENG_FILES = tmp_path
    return tmp_path


@pytest.fixture
def register():
    load_catalogue()
    make_division("440106")
    body = make_body(CMA, cma=CMA, name="示范检测“甲”,有限公司", division_id="440106")
    certificate = make_certificate(body, CMA)
    make_line(certificate, valid_from=date(2023, 5, 1), site=make_site(body, "A"), limitation="0.01~10 mg/L")
    make_line(certificate, parameter_text="镉\n（Cd）", valid_from=date(2023, 5, 1), valid_to=date(2025, 12, 31))
    return body


def read(home, name, kind):
    publication = store.manifest()["publication"]
    path = home / "open-data" / publication / f"{name}.{kind}"
    how = f"read_csv('{path}', all_varchar=true, header=true)" if kind == "csv" else f"'{path}'"
    found = duckdb.sql(f"select * from {how}")
    return [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]


def test_another_reader_finds_in_parquet_what_the_database_holds(home, register):
    services.publish(at=AT)

    rows = read(home, "scope", "parquet")
    assert [row["line"] for row in rows] == list(bodies.ScopeLine.objects.order_by("pk").values_list("pk", flat=True))
    assert [row["parameter"] for row in rows] == list(
        bodies.ScopeLine.objects.order_by("pk").values_list("parameter_text", flat=True)
    )
    assert {(row["body"], row["certificate"]) for row in rows} == {(CMA, CMA)}
    assert [(row["site"], row["valid_from"], row["valid_to"]) for row in rows] == [
        ("A", date(2023, 5, 1), None),
        (None, date(2023, 5, 1), date(2025, 12, 31)),
    ]
    assert read(home, "bodies", "parquet")[0]["name"] == "示范检测“甲”,有限公司"
    assert {row["code"] for row in read(home, "parameters", "parquet")} == set(
        Parameter.objects.values_list("code", flat=True)
    )


def test_methods_are_published_with_what_they_determine(home, register):
    edition, parameter = StandardEdition.objects.all()[0], Parameter.objects.all()[0]
    with recorded(None, "test"):
        method = Method.objects.create(edition=edition, clause="4.1", technique="原子吸收法")
        MethodParameter.objects.create(
            method=method, parameter=parameter, quantified_from="0.0025", unit="mg/L", effective_from=date(2026, 1, 1)
        )
    services.publish(at=AT)

    (held,) = [row for row in read(home, "methods", "parquet") if row["clause"] == "4.1"]
    assert (held["edition"], held["technique"]) == (edition.code, "原子吸收法")
    (row,) = [row for row in read(home, "method-parameters", "csv") if row["method_id"] == str(held["method_id"])]
    assert (row["parameter"], row["quantified_from"], row["unit"]) == (parameter.code, "0.0025", "mg/L")
    assert (row["valid_from"], row["valid_to"]) == ("2026-01-01", None)


def test_csv_and_parquet_agree_row_by_row(home, register):
    services.publish(at=AT)

    for name in registers():
        columns, lines = read(home, name, "parquet"), read(home, name, "csv")
        assert len(columns) == len(lines)
        for one, two in zip(columns, lines, strict=True):
            texts = {key: None if value in (None, "") else str(value).lower() for key, value in one.items()}
            assert texts == {key: None if value in (None, "") else value.lower() for key, value in two.items()}


def test_the_manifest_has_the_digest_size_and_rows_of_every_file(home, register):
    import hashlib

    manifest = services.publish(at=AT)

    assert len(manifest["files"]) == 2 * len(registers())
    assert manifest["licence"] == "CC BY 4.0"
    for one in manifest["files"]:
        raw = (home / "open-data" / manifest["publication"] / one["file"]).read_bytes()
        assert (hashlib.sha256(raw).hexdigest(), len(raw)) == (one["sha256"], one["bytes"])
    rows = {one["name"]: one["rows"] for one in manifest["files"]}
    assert (rows["bodies"], rows["scope"], rows["sites"]) == (1, 2, 1)


def test_a_register_longer_than_a_row_group_keeps_order_and_count(home, register, monkeypatch):
    import pyarrow.parquet as pq

    from zhunsheng.registry.opendata import reading

    monkeypatch.setattr(files, "ROW_GROUP", 4)
    monkeypatch.setattr(reading.chunks_of, "__kwdefaults__", {"size": 3})
    line = bodies.ScopeLine.objects.first()
    for number in range(11):
        line.pk, line.parameter_text = None, f"参数{number}"
        with recorded(None, "test"):
            line.save()
    services.publish(at=AT)

    path = home / "open-data" / store.manifest()["publication"] / "scope.parquet"
    assert pq.ParquetFile(path).metadata.num_row_groups > 2
    assert [row["parameter"] for row in read(home, "scope", "parquet")][2:] == [f"参数{n}" for n in range(11)]


def test_a_publication_that_fails_leaves_the_one_before(home, register, monkeypatch):
    first = services.publish(at=AT)
    monkeypatch.setattr(files, "write", lambda *_args: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        services.publish(at=AT + timedelta(days=1))

    assert store.manifest() == first
    assert [path.name for path in (home / "open-data").iterdir() if path.is_dir()] == [first["publication"]]


def test_old_publications_are_cleared_away_but_the_one_before_stays(home, register):
    made = [services.publish(at=AT + timedelta(hours=hour))["publication"] for hour in range(4)]

    assert sorted(path.name for path in (home / "open-data").iterdir() if path.is_dir()) == made[-2:]


def test_the_duty_publishes_once_and_then_only_what_changed_when_it_is_old_enough(home, register, settings):
    assert services.publish_when_changed() > 0
    assert services.publish_when_changed() == 0
    make_body("231912050002", name="新机构")
    assert services.publish_when_changed() == 0  # within a day
    settings.ZHUNSHENG_OPEN_DATA_HOURS = 0
    assert services.publish_when_changed() > 0


PERSONAL = [bodies.Person, bodies.Signatory, bodies.Expert, bodies.Office, bodies.BodyKey, User]


@pytest.mark.parametrize("model", PERSONAL, ids=lambda model: model._meta.label)
def test_no_column_of_people_or_accounts_can_be_listed(model):
    for field in model._meta.concrete_fields:
        column = {"name": "x", "path": field.name, "type": "text", "key": True, "zh": "x", "en": "x"}
        given = {"name": "x", "model": model._meta.label, "title": {}, "about": {}, "columns": [column]}
        with pytest.raises(ImproperlyConfigured):
            register_of(given)


@pytest.mark.parametrize(
    ("model", "path"),
    [
        ("bodies.Body", "organisation__name"),
        ("bodies.Body", "organisation_id"),
        ("bodies.Body", "persons__name"),
        ("bodies.AccreditationPeriod", "reason"),
        ("bodies.Site", "body__organisation"),
        ("bodies.Site", "body__organisation__name"),
        ("bodies.Body", "history_user"),
    ],
)
def test_no_way_round_leads_to_what_is_not_public(model, path):
    column = {"name": "x", "path": path, "type": "text", "key": True, "zh": "x", "en": "x"}

    with pytest.raises(ImproperlyConfigured):
        register_of({"name": "x", "model": model, "title": {}, "about": {}, "columns": [column]})


def test_no_public_model_has_an_encrypted_column_and_an_encrypted_one_would_be_refused(monkeypatch):
    from zhunsheng.registry.opendata import registers as definition

    monkeypatch.setattr(definition, "PUBLIC", {**PUBLIC, "bodies.Person": frozenset()})
    column = {"name": "x", "path": "number_encrypted", "type": "text", "key": True, "zh": "x", "en": "x"}
    with pytest.raises(ImproperlyConfigured, match="encrypted"):
        register_of({"name": "x", "model": "bodies.Person", "title": {}, "about": {}, "columns": [column]})
    for one in registers().values():
        assert not any(isinstance(field, EncryptedTextField) for field in one.model._meta.concrete_fields)


def test_the_manifest_on_disk_is_what_was_returned(home, register):
    manifest = services.publish(at=AT)

    assert json.loads((home / "open-data" / manifest["publication"] / "manifest.json").read_text("utf-8")) == manifest
