"""Signing in by password and second factor, and what must be done before anything else."""

import re
import time

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from django.urls import reverse

from zhunsheng.platform.accounts.models import Kind, Role, User
from zhunsheng.platform.accounts.services.members import reset_sign_in
from zhunsheng.platform.accounts.tests.factories import NOON, PASSWORD, make_member, make_organisation, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def demanding(settings):
    settings.ZHUNSHENG_MFA_REQUIRED = True
    cache.clear()


@pytest.fixture
def officer():
    return make_member(Role.CITY_OFFICER, user=make_user("officer", password=PASSWORD))


@pytest.fixture
def clerk():
    body = make_organisation(Kind.BODY, "440106")
    return make_member(
        Role.BODY_CLERK, body, user=make_user("clerk", password=PASSWORD, email="tianhewater@lab.example")
    )


def sign_in(client, username, password=PASSWORD):
    return client.post(reverse("account_login"), {"login": username, "password": password})


def confirm(client, password=PASSWORD):
    """Confirm the password again, as changes to one's own sign-in demand."""
    return client.post(reverse("account_reauthenticate"), {"password": password})


def set_up_app(client):
    """Set up an authenticator app and return its secret."""
    confirm(client)
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    return secret


def code_of(secret):
    return totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30))


def test_a_clerk_signs_in_by_password_and_works(client, clerk):
    answer = sign_in(client, "clerk")

    assert answer.status_code == 302
    assert client.get(reverse("accounts:me")).status_code == 200


@pytest.mark.parametrize("password", ["", "wrong-password", PASSWORD.upper()])
def test_a_wrong_password_signs_nobody_in_and_does_not_say_what_was_wrong(client, clerk, password):
    known, unknown = sign_in(client, "clerk", password), sign_in(client, "nobody", password)

    assert known.status_code == unknown.status_code == 200
    assert "_auth_user_id" not in client.session
    assert known.context["form"].errors == unknown.context["form"].errors


def test_many_wrong_passwords_lock_the_sign_in_even_for_the_right_one(client, clerk):
    for _ in range(6):
        sign_in(client, "clerk", "wrong-password")

    sign_in(client, "clerk")

    assert "_auth_user_id" not in client.session


def test_a_closed_account_does_not_sign_in(client, clerk):
    User.objects.filter(pk=clerk.pk).update(is_active=False)

    sign_in(client, "clerk")

    assert client.get(reverse("accounts:me")).status_code == 302


def test_closing_an_account_ends_its_open_sessions(client, clerk):
    client.force_login(clerk)
    User.objects.filter(pk=clerk.pk).update(is_active=False)

    answer = client.get(reverse("accounts:me"))

    assert answer["Location"].startswith(reverse("account_login"))


def test_nobody_opens_an_account_by_themselves(client):
    answer = client.post(
        reverse("account_signup"), {"username": "someone", "password1": PASSWORD, "password2": PASSWORD}
    )

    assert not User.objects.filter(username="someone").exists()
    assert b"account/signup_closed" not in answer.content


def test_where_the_setting_allows_it_people_open_accounts_without_any_role(client, settings):
    settings.ZHUNSHENG_SIGNUP_OPEN = True

    client.post(reverse("account_signup"), {"username": "someone", "password1": PASSWORD, "password2": PASSWORD})

    assert User.objects.get(username="someone").memberships.count() == 0


@pytest.mark.parametrize("role", [Role.CITY_OFFICER, Role.INSPECTOR, Role.AUDITOR, Role.SYSTEM_ADMINISTRATOR])
def test_officers_without_a_second_factor_are_sent_to_set_one_up(client, role):
    client.force_login(make_member(role))

    for name in ("accounts:me", "accounts:organisations"):
        answer = client.get(reverse(name))
        assert (answer.status_code, answer["Location"]) == (302, reverse("mfa_index"))
    assert client.get(reverse("mfa_index")).status_code == 200


def test_signatories_need_a_second_factor_and_clerks_do_not(client):
    body = make_organisation(Kind.BODY, "440106")
    client.force_login(make_member(Role.SIGNATORY, body))
    assert client.get(reverse("accounts:me")).status_code == 302

    client.force_login(make_member(Role.BODY_CLERK, body))
    assert client.get(reverse("accounts:me")).status_code == 200


def test_without_a_second_factor_the_api_answers_with_a_problem(client, officer):
    client.force_login(officer)

    answer = client.get("/api/v1/me")

    assert (answer.status_code, answer["Content-Type"]) == (403, "application/problem+json")
    assert answer.json()["rule"] == "sign-in-duty"


def test_where_the_setting_is_off_officers_work_by_password(client, officer, settings):
    settings.ZHUNSHENG_MFA_REQUIRED = False
    client.force_login(officer)

    assert client.get(reverse("accounts:organisations")).status_code == 200


def test_an_officer_sets_up_an_app_and_from_then_on_signs_in_with_its_code(client, officer):
    sign_in(client, "officer")
    assert client.get(reverse("mfa_activate_totp"))["Location"].startswith(reverse("account_reauthenticate"))
    confirm(client, "wrong-password")
    assert client.get(reverse("mfa_activate_totp")).status_code == 302

    secret = set_up_app(client)

    assert Authenticator.objects.filter(user=officer, type=Authenticator.Type.TOTP).exists()
    assert client.get(reverse("accounts:organisations")).status_code == 200

    client.logout()
    cache.clear()  # a code counts once; the clock has not moved on in this test
    answer = sign_in(client, "officer")
    assert answer["Location"] == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session
    assert client.get(reverse("accounts:organisations")).status_code == 302
    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert wrong.status_code == 200
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert client.session["_auth_user_id"] == str(officer.pk)
    assert client.get(reverse("accounts:organisations")).status_code == 200


def test_a_recovery_code_lets_in_once(client, officer):
    sign_in(client, "officer")
    set_up_app(client)
    code = Authenticator.objects.get(user=officer, type=Authenticator.Type.RECOVERY_CODES).wrap().get_unused_codes()[0]

    for allowed in (True, False):
        client.logout()
        cache.clear()
        sign_in(client, "officer")
        client.post(reverse("mfa_authenticate"), {"code": code})
        assert ("_auth_user_id" in client.session) is allowed


def test_the_secret_of_an_app_is_kept_encrypted(client, officer):
    sign_in(client, "officer")
    secret = set_up_app(client)

    stored = Authenticator.objects.get(user=officer, type=Authenticator.Type.TOTP)

    assert secret not in str(stored.data)
    assert get_adapter().decrypt(stored.data["secret"]) == secret


def test_a_first_password_must_be_changed_before_anything_else(client, clerk):
    User.objects.filter(pk=clerk.pk).update(password_temporary=True)
    sign_in(client, "clerk")
    change = reverse("account_change_password")
    assert client.get(reverse("accounts:me"))["Location"] == change

    new = "a-password-of-my-own"
    client.post(change, {"oldpassword": PASSWORD, "password1": new, "password2": new})

    assert not User.objects.get(pk=clerk.pk).password_temporary
    assert client.get(reverse("accounts:me")).status_code == 200


@pytest.mark.parametrize("weak", ["short-1", "1234567890123", "password12", "tianhewater1"])
def test_a_weak_password_is_refused(client, clerk, weak):
    client.force_login(clerk)

    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": weak, "password2": weak})

    assert User.objects.get(pk=clerk.pk).check_password(PASSWORD)


def test_a_sign_in_starts_a_new_session_so_that_a_planted_one_is_worthless(client, clerk):
    client.get(reverse("account_login"))
    session = client.session
    session["planted"] = True
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before

    sign_in(client, "clerk")

    assert client.session.session_key != before


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(client, clerk):
    cookie = sign_in(client, "clerk").cookies["sessionid"]

    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


@pytest.mark.parametrize("name", ["account_login", "account_signup", "account_logout", "account_reset_password"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_pages_around_signing_in_are_dressed_like_all_others(client, clerk, name, language):
    if name == "account_logout":
        client.force_login(clerk)

    page = client.get(reverse(name), headers={"accept-language": language})

    text = page.content.decode()
    assert page.status_code == 200
    assert 'id="main"' in text
    assert len(re.findall(r"<h1[ >]", text)) == 1
    assert "style=" not in text.split('id="main"')[1].split("</main>")[0]


@pytest.mark.parametrize(
    "name",
    [
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_list_webauthn",
        "account_change_password",
        "account_logout",
    ],
)
def test_the_pages_of_ones_own_sign_in_are_dressed_like_all_others(client, clerk, name):
    sign_in(client, "clerk")
    assert client.get(reverse("account_reauthenticate")).status_code == 200
    confirm(client)

    page = client.get(reverse(name))

    assert page.status_code == 200
    assert len(re.findall(r"<h1[ >]", page.content.decode())) == 1


def test_passwords_and_addresses_do_not_go_through_the_mail(client, clerk, mailoutbox):
    client.post(reverse("account_reset_password"), {"email": clerk.email})
    client.force_login(clerk)

    assert client.get(reverse("account_email"))["Location"] == reverse("accounts:me")
    assert mailoutbox == []


def test_signing_in_speaks_the_language_the_person_keeps(client, clerk):
    User.objects.filter(pk=clerk.pk).update(locale="en")

    sign_in(client, "clerk")

    assert "My account" in client.get(reverse("accounts:me")).content.decode()


def test_renewing_a_sign_in_ends_the_open_sessions_of_that_person(client, clerk):
    sign_in(client, "clerk")
    officer = make_member(Role.CITY_OFFICER, make_organisation(Kind.AUTHORITY, "440100"))

    reset_sign_in(user_id=clerk.pk, by=officer, at=NOON, why="手机遗失")

    assert client.get(reverse("accounts:me"))["Location"].startswith(reverse("account_login"))
    sign_in(client, "clerk")
    assert "_auth_user_id" not in client.session


def test_after_a_new_password_the_work_goes_on_and_a_short_one_is_refused_in_chinese(client, clerk):
    sign_in(client, clerk.username)
    address = reverse("account_change_password")
    chinese = {"headers": {"accept-language": "zh-Hans"}}

    short = client.post(address, {"oldpassword": PASSWORD, "password1": "kurz7!", "password2": "kurz7!"}, **chinese)
    assert "密码太短，至少应有 10 个字符。" in short.content.decode()

    new = "Neues-Wort-fuer-2026"
    changed = client.post(address, {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert changed.status_code == 302
    assert changed.url == "/home/"
