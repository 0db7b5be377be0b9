"""The command makes the first administrator, loads divisions and renews keys."""

import json

import pytest
from django.db.utils import IntegrityError
from typer.testing import CliRunner

from zhunsheng.platform.accounts import keyring, policy, tokens
from zhunsheng.platform.accounts.commands import app
from zhunsheng.platform.accounts.models import Division, Role, User
from zhunsheng.platform.accounts.policy import Place
from zhunsheng.platform.accounts.tests.factories import make_division, make_member

pytestmark = pytest.mark.django_db


def run(*words):
    return CliRunner().invoke(app, list(words))


def test_the_first_administrator_gets_a_password_and_reaches_everywhere():
    make_division("440000")

    answer = run("administrator", "chief", "--authority", "广东省市场监督管理局", "--json")

    words = json.loads(answer.stdout)
    person = User.objects.get(username="chief")
    assert answer.exit_code == 0
    assert person.check_password(words["password"])
    assert person.password_temporary
    first = person.memberships.get()
    assert policy.allowed(person, "accounts.manage_members", Place("110101"), first.valid_from)
    assert first.history.get().history_change_reason == "Installation"


def test_a_second_first_administrator_is_refused():
    make_division("440000")
    run("administrator", "chief")

    answer = run("administrator", "intruder", "--json")

    assert (answer.exit_code, json.loads(answer.stdout)["error"]) == (1, "administrator-exists")
    assert not User.objects.filter(username="intruder").exists()


def test_an_administrator_without_divisions_is_told_to_load_them():
    answer = run("administrator", "chief", "--json")

    assert (answer.exit_code, json.loads(answer.stdout)["error"]) == (1, "unknown-division")


def test_a_taken_name_is_refused():
    make_division("440000")
    make_member(Role.BODY_CLERK, user=User.objects.create(username="Chief"))

    assert run("administrator", "chief", "--json").exit_code == 1


def test_divisions_are_loaded_from_a_folder(shared):
    answer = run("divisions", str(shared / "data" / "cn_divisions"), "--json")

    assert (answer.exit_code, json.loads(answer.stdout)["created"]) == (0, Division.objects.count())


def test_a_folder_without_divisions_is_a_problem(tmp_path):
    assert run("divisions", str(tmp_path)).exit_code == 1


def test_a_new_key_is_used_from_then_on(settings, tmp_path):
    settings.ZHUNSHENG_HOME = tmp_path
    keyring.load(tokens.PURPOSE)

    assert json.loads(run("rotate-key", "tokens", "--json").stdout) == {"purpose": "tokens", "key": "0002"}
    assert [name for name, _ in keyring.load(tokens.PURPOSE)] == ["0002", "0001"]


def test_a_key_that_must_not_be_renewed_is_bad_use():
    assert run("rotate-key", "personal-index").exit_code == 2


def test_the_page_of_permissions_shows_every_action_with_its_reach():
    page = policy.permissions_page()

    rows = {line.split("`")[1]: line for line in page.splitlines() if line.startswith("|") and "`" in line}
    assert set(rows) == set(policy.grants())
    header = next(line for line in page.splitlines() if line.startswith("| Action"))
    columns = [cell.strip() for cell in header.split("|")]
    cells = [cell.strip() for cell in rows["accounts.manage_members"].split("|")]
    found = dict(zip(columns, cells, strict=True))
    by_role = {
        role: next(value for name, value in found.items() if str(role.label) in name)
        for role in (Role.AUDITOR, Role.CITY_OFFICER)
    }
    assert by_role == {Role.AUDITOR: "", Role.CITY_OFFICER: "D"}


def test_a_person_with_roles_cannot_be_deleted_because_records_name_them():
    person = make_member()

    with pytest.raises(IntegrityError):
        person.delete()
