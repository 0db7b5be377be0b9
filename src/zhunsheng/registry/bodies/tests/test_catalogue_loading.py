"""The province's steward loads the catalogue's tables from a page: checked first, then loaded, twice without effect."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from zhunsheng.platform.accounts.models import Role
from zhunsheng.platform.accounts.policy import NotAllowed
from zhunsheng.platform.accounts.tests.factories import NOON, make_member, make_organisation
from zhunsheng.registry.bodies import services
from zhunsheng.registry.bodies.models import ImportRun, RunState
from zhunsheng.registry.bodies.services.loading import progress_of
from zhunsheng.registry.bodies.tests.factories import load_catalogue
from zhunsheng.registry.catalogue.importers import IMPORTERS
from zhunsheng.registry.catalogue.models import Parameter, StandardEdition
from zhunsheng.registry.catalogue.selectors import Vocabulary

pytestmark = pytest.mark.django_db
TABLES = {
    "standards": "标准编号,标准名称\nGB 5749,生活饮用水卫生标准\n",
    "editions": "标准编号,标准名称,实施日期\nGB 5749-2022,生活饮用水卫生标准,2023-04-01\n",
    "parameters": "编码,参数名称,CAS号\nAS,砷,7440-38-2\n",
    "synonyms": "类型,编码,同义词\n参数,PB,总铅\n",
    "methods": "标准编号,条款,方法名称,参数名称\nHJ 700-2014,8,质谱法,铅\n",
    "limits": "标准编号,检测对象,参数名称,上限,单位\nHJ 700-2014,生活饮用水,铅,0.01,mg/L\n",
}


@pytest.fixture(autouse=True)
def _home(settings, tmp_path):
    settings.ZHUNSHENG_FILES = tmp_path / "files"
    load_catalogue()


@pytest.fixture
def steward(client):
    made = make_member(Role.PROVINCE_OFFICER, make_organisation(division="440000"))
    client.force_login(made)
    return made


def load(client, kind, text):
    """Check a table on the page and return the run after the worker has done it."""
    file = SimpleUploadedFile(f"{kind}.csv", text.encode())
    sent = client.post(reverse("bodies:loadings"), {"kind": kind, "why": "年度更新", "file": file})
    assert sent.status_code == 302, sent.content.decode()
    services.carry_out_waiting()
    return ImportRun.objects.order_by("-pk")[0]


@pytest.mark.parametrize("kind", TABLES)
def test_a_table_is_checked_then_loaded_and_a_second_time_changes_nothing(client, steward, kind):
    checked = load(client, kind, TABLES[kind])
    assert (checked.state, checked.created, checked.refused) == (RunState.DONE, 1, 0), checked.answer
    before = {one: StandardEdition.objects.count() for one in ("editions",)}

    client.post(reverse("bodies:load", args=[checked.pk]))
    services.carry_out_waiting()
    real = ImportRun.objects.order_by("-pk")[0]
    again = load(client, kind, TABLES[kind])

    assert (real.state, real.created) == (RunState.DONE, 1)
    assert (again.created, again.updated, again.unchanged) == (0, 0, 1)
    assert before["editions"] == StandardEdition.objects.count() - (kind == "editions")


def test_a_check_saves_nothing_and_names_row_column_reason_and_suggestion(client, steward):
    checked = load(client, "parameters", "编码,参数名称,CAS号\nAS,砷,7440-38-2\nHG,汞,7439-97-7\n")

    assert (checked.state, checked.refused, progress_of(checked.pk)) == (RunState.REFUSED, 1, 2)
    assert not Parameter.objects.filter(code="AS").exists()
    file = client.get(reverse("bodies:problems", args=[checked.pk]))
    rows = b"".join(file.streaming_content).decode("utf-8-sig").splitlines()
    assert rows[1] == "3,cas,7439-97-7,CAS 号的校验位与其余各位不符,请与来源核对。"

    client.post(reverse("bodies:load", args=[checked.pk]), {"keep_good": "1"})
    services.carry_out_waiting()
    assert Parameter.objects.filter(code="AS").exists()
    assert not Parameter.objects.filter(code="HG").exists()


def test_what_is_loaded_is_understood_at_once_and_has_its_reason(client, steward):
    checked = load(client, "synonyms", TABLES["synonyms"])
    client.post(reverse("bodies:load", args=[checked.pk]))
    services.carry_out_waiting()

    assert Vocabulary.current().parameter_id("总铅") == Parameter.objects.get(code="PB").pk
    kept = Parameter.objects.get(code="PB").synonyms.get(text="总铅").history.get()
    assert (kept.history_user, kept.history_change_reason) == (steward, "年度更新")


def test_every_table_of_the_catalogue_can_be_chosen_from_its_page(client, steward):
    page = client.get(reverse("bodies:loadings"), {"kind": "limits"}).content.decode()

    assert all(f'value="{kind}"' in page for kind in IMPORTERS)
    assert '<option value="limits" selected>' in page
    assert f"{reverse('bodies:loadings')}?kind=methods" in client.get(reverse("catalogue:methods")).content.decode()


def test_nobody_else_loads_the_catalogue_or_sees_its_loadings(client):
    steward = make_member(Role.PROVINCE_OFFICER, make_organisation(division="440000"))
    asked = services.ask_for_loading(
        kind="editions", content=TABLES["editions"].encode(), file_name="a.csv", dry_run=True, keep_good=False,
        by=steward, at=NOON, why="年度更新",
    )  # fmt: skip
    stranger = make_member(Role.BODY_MANAGER)
    client.force_login(stranger)

    assert client.get(reverse("bodies:loadings")).status_code == 403
    assert client.get(reverse("bodies:loading", args=[asked.pk])).status_code == 403
    assert "bodies/loadings" not in client.get(reverse("catalogue:methods")).content.decode()
    with pytest.raises(NotAllowed):
        services.ask_for_loading(
            kind="editions", content=b"a", file_name="a.csv", dry_run=True, keep_good=False, by=stranger, at=NOON,
            why="x",
        )  # fmt: skip
