"""Programs get short-lived tokens for their secret; a stopped client's tokens are void at once."""

import base64
import json
from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone
from joserfc import jwt
from joserfc.jwk import OctKey

from zhunsheng.platform.accounts import keyring, policy, tokens
from zhunsheng.platform.accounts.history import MissingReason
from zhunsheng.platform.accounts.models import ApiClient, Kind, Role
from zhunsheng.platform.accounts.policy import NotAllowed, Place
from zhunsheng.platform.accounts.services import clients as services
from zhunsheng.platform.accounts.services.clients import BadClient, ClientStopped, NoClientsHere
from zhunsheng.platform.accounts.tests.factories import make_member, make_organisation, make_user

pytestmark = pytest.mark.django_db
WHY = "实验室信息系统对接"


@pytest.fixture(autouse=True)
def own_home(settings, tmp_path):
    settings.ZHUNSHENG_HOME = tmp_path
    cache.clear()


@pytest.fixture
def now():
    return timezone.now().replace(microsecond=0)


@pytest.fixture
def body():
    return make_organisation(Kind.BODY, "440106")


@pytest.fixture
def manager(body):
    return make_member(Role.BODY_MANAGER, body)


@pytest.fixture
def made(body, manager, now):
    return services.create_api_client(organisation=body, name="LIMS", by=manager, at=now, why=WHY)


def forged(made, key=None, name="0001", **changed):
    """Return a token with these claims changed, signed with the ring's newest key unless another is given."""
    now = int(timezone.now().timestamp())
    claims = {
        "iss": tokens.issuer(),
        "aud": tokens.AUDIENCE,
        "sub": made.client.client_id,
        "gen": 1,
        "iat": now,
        "exp": now + 900,
    }
    secret = key or dict(keyring.load(tokens.PURPOSE))[name]
    return jwt.encode({"alg": "HS256", "kid": name}, claims | changed, OctKey.import_key(secret, {"kid": name}))


def test_the_secret_is_kept_only_as_an_argon2_hash(made):
    stored = ApiClient.objects.get(pk=made.client.pk)

    assert stored.secret_hash.startswith("argon2$argon2id$")
    assert made.secret not in repr(ApiClient.objects.filter(pk=stored.pk).values())
    assert not hasattr(stored.history.get(), "secret_hash")


def test_the_clients_account_has_no_password_and_acts_for_its_body_alone(made, body, now):
    user = made.client.user

    assert not user.has_usable_password()
    assert [(one.organisation, one.role) for one in user.memberships.all()] == [(body, Role.BODY_CLERK)]
    assert policy.allowed(user, "accounts.view_organisations", Place("440106", body.pk), timezone.localdate(now))
    assert not policy.allowed(
        user, "accounts.view_organisations", Place("440106", body.pk + 1), timezone.localdate(now)
    )


def test_only_the_manager_creates_clients(body, now):
    for person in (
        make_member(Role.BODY_CLERK, body),
        make_member(Role.CITY_OFFICER, make_organisation()),
        make_user(),
    ):
        with pytest.raises(NotAllowed):
            services.create_api_client(organisation=body, name="LIMS", by=person, at=now, why=WHY)


def test_a_client_needs_a_reason_and_an_organisation_that_may_have_one(manager, body, now):
    with pytest.raises(MissingReason):
        services.create_api_client(organisation=body, name="LIMS", by=manager, at=now, why="")
    administrator = make_member(Role.SYSTEM_ADMINISTRATOR)
    with pytest.raises(NoClientsHere):
        services.create_api_client(organisation=make_organisation(), name="x", by=administrator, at=now, why=WHY)


def test_a_token_works_for_its_fifteen_minutes_and_not_a_second_longer(made, now):
    token = tokens.issue(made.client, at=now)

    assert token.seconds == 900
    assert tokens.read(token.text, at=now + timedelta(seconds=899)) == made.client
    with pytest.raises(tokens.BadToken, match="expired"):
        tokens.read(token.text, at=now + timedelta(seconds=900))


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"aud": "another-api"}, "audience"),
        ({"aud": None}, "audience"),
        ({"iss": "elsewhere.example/log"}, "issuer"),
        ({"exp": None}, "times"),
        ({"exp": "9999999999"}, "times"),
        ({"sub": "zc_unknown"}, "revoked"),
        ({"gen": 0}, "revoked"),
        ({"iat": 9_999_999_999, "exp": 9_999_999_999}, "future"),
    ],
)
def test_a_token_with_one_wrong_claim_is_refused_for_that_claim(made, changed, reason, now):
    with pytest.raises(tokens.BadToken, match=reason):
        tokens.read(forged(made, **changed), at=now)


def test_a_token_altered_in_any_place_is_refused(made, now):
    text = tokens.issue(made.client, at=now).text
    head, claims, signature = text.split(".")
    data = json.loads(base64.urlsafe_b64decode(claims + "=="))
    data["sub"] = "zc_other"
    altered = base64.urlsafe_b64encode(json.dumps(data).encode()).rstrip(b"=").decode()
    none = base64.urlsafe_b64encode(b'{"alg":"none"}').rstrip(b"=").decode()

    for bad in (f"{head}.{altered}.{signature}", f"{none}.{claims}.", text[:-4] + "AAAA", "x", "", "a.b.c", "é.b.c"):
        with pytest.raises(tokens.BadToken, match="not signed here"):
            tokens.read(bad, at=now)


def test_a_token_signed_with_another_key_is_refused(made, now):
    with pytest.raises(tokens.BadToken, match="not signed here"):
        tokens.read(forged(made, key=b"k" * 32), at=now)


def test_tokens_outlive_a_rotation_of_the_installations_key(made, now):
    before = tokens.issue(made.client, at=now).text

    assert keyring.rotate(tokens.PURPOSE) == "0002"

    assert tokens.read(before, at=now) == made.client
    assert tokens.read(tokens.issue(made.client, at=now).text, at=now) == made.client


def test_stopping_a_client_voids_its_tokens_at_once(made, manager, now):
    text = tokens.issue(made.client, at=now).text

    services.deactivate_api_client(client_id=made.client.pk, by=manager, at=now, why="停用")

    with pytest.raises(tokens.BadToken, match="revoked"):
        tokens.read(text, at=now)
    with pytest.raises(BadClient):
        services.hand_out_token(client_id=made.client.client_id, secret=made.secret, address="10.0.0.1", at=now)
    with pytest.raises(ClientStopped):
        services.rotate_secret(client_id=made.client.pk, by=manager, at=now, why="停用")


def test_a_new_secret_voids_the_old_one_and_its_tokens(made, manager, now):
    text = tokens.issue(made.client, at=now).text

    renewed = services.rotate_secret(client_id=made.client.pk, by=manager, at=now, why="定期更换")

    assert renewed.secret != made.secret
    with pytest.raises(tokens.BadToken, match="revoked"):
        tokens.read(text, at=now)
    with pytest.raises(BadClient):
        services.hand_out_token(client_id=made.client.client_id, secret=made.secret, address="10.0.0.1", at=now)
    assert services.hand_out_token(
        client_id=made.client.client_id, secret=renewed.secret, address="10.0.0.1", at=now
    ).text
    row = renewed.client.history.first()
    assert (row.history_user, row.history_change_reason, row.prev_record.generation) == (manager, "定期更换", 1)


def test_another_bodys_manager_cannot_touch_a_client(made, now):
    stranger = make_member(Role.BODY_MANAGER, make_organisation(Kind.BODY, "440106"))

    for act in (services.rotate_secret, services.deactivate_api_client):
        with pytest.raises(NotAllowed):
            act(client_id=made.client.pk, by=stranger, at=now, why=WHY)


def fetch(client, made, **changed):
    given = {"client_id": made.client.client_id, "client_secret": made.secret, "grant_type": "client_credentials"}
    return client.post("/api/v1/token", given | changed)


def test_a_program_fetches_a_token_by_form_json_or_basic_and_is_known_by_it(made, client):
    basic = base64.b64encode(f"{made.client.client_id}:{made.secret}".encode()).decode()
    answers = [
        fetch(client, made),
        client.post(
            "/api/v1/token",
            json.dumps({"client_id": made.client.client_id, "client_secret": made.secret}),
            content_type="application/json",
        ),
        client.post("/api/v1/token", {"grant_type": "client_credentials"}, headers={"authorization": f"Basic {basic}"}),
    ]

    for answer in answers:
        assert answer.status_code == 200, answer.content
        assert answer["Cache-Control"] == "no-store"
        data = answer.json()
        assert (data["token_type"], data["expires_in"]) == ("Bearer", 900)
        me = client.get("/api/v1/me", headers={"authorization": f"Bearer {data['access_token']}"})
        assert me.json()["client"] == made.client.client_id
    assert ApiClient.objects.get(pk=made.client.pk).last_token_at is not None


@pytest.mark.parametrize(
    ("changed", "status", "error"),
    [
        ({"client_secret": "wrong"}, 401, "invalid_client"),
        ({"client_id": "zc_unknown"}, 401, "invalid_client"),
        ({"client_secret": ""}, 400, "invalid_request"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
    ],
)
def test_a_wrong_request_for_a_token_is_refused_in_the_protocols_words(made, client, changed, status, error):
    answer = fetch(client, made, **changed)

    assert (answer.status_code, answer.json()["error"]) == (status, error)


@pytest.mark.parametrize("content", [b"{", b"[1]", b'{"client_id": 1, "client_secret": 2}', b"\xff", b"[" * 9000])
def test_a_malformed_body_is_refused(client, content):
    answer = client.post("/api/v1/token", content, content_type="application/json")

    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")


def test_guessing_is_slowed_down_by_client_and_address(made, client, settings, monkeypatch):
    noon = datetime(2026, 3, 2, 4, 0, 10, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: noon)
    settings.ZHUNSHENG_TOKEN_PER_MINUTE = 2
    answers = [fetch(client, made, client_secret="wrong").status_code for _ in range(3)]

    last = fetch(client, made)

    assert answers == [401, 401, 429]
    assert (last.status_code, last["Retry-After"]) == (429, "50")
    elsewhere = client.post(
        "/api/v1/token",
        {"client_id": made.client.client_id, "client_secret": made.secret},
        REMOTE_ADDR="10.9.9.9",
    )
    assert elsewhere.status_code == 200


def test_a_call_without_or_with_a_bad_token_is_401_with_a_problem(client):
    assert client.get("/api/v1/me").status_code == 401
    answer = client.get("/api/v1/me", headers={"authorization": "Bearer nonsense"})
    assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")
    assert answer.json()["rule"] == "bad-token"


def test_a_signed_in_person_may_call_the_api_too(manager, client):
    client.force_login(manager)

    assert client.get("/api/v1/me").json()["name"] == str(manager)


def test_authenticating_by_token_takes_one_query(made, now, django_assert_num_queries):
    text = tokens.issue(made.client, at=now).text

    with django_assert_num_queries(1):
        assert tokens.read(text, at=now).user.is_active


def test_trying_many_client_numbers_from_one_address_is_slowed_down_too(client, settings, monkeypatch):
    noon = datetime(2026, 3, 2, 4, 0, 10, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: noon)
    settings.ZHUNSHENG_TOKEN_PER_MINUTE = 1
    answers = [
        client.post("/api/v1/token", {"client_id": f"zc_{number}", "client_secret": "x"}).status_code
        for number in range(6)
    ]

    assert answers == [401] * 5 + [429]


def test_behind_a_proxy_the_readers_own_address_is_counted(made, client, settings, monkeypatch):
    noon = datetime(2026, 3, 2, 4, 0, 10, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: noon)
    settings.ZHUNSHENG_TOKEN_PER_MINUTE, settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1, 1

    def ask(address):
        given = {"client_id": made.client.client_id, "client_secret": made.secret}
        return client.post("/api/v1/token", given, headers={"x-forwarded-for": f"6.6.6.6, {address}"}).status_code

    assert [ask("10.1.1.1"), ask("10.1.1.1"), ask("10.2.2.2")] == [200, 429, 200]


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["client_id", "client_secret"])
def test_half_a_character_in_a_request_for_a_token_is_refused(client, name):
    """RFC 8259, 8.2: JSON can name a lone surrogate, which no database and no hash can take."""
    given = {"client_id": "x", "client_secret": "y", name: "\\ud800"}
    body = "{" + ",".join(f'"{key}":"{value}"' for key, value in given.items()) + "}"

    response = client.generic("POST", "/api/v1/token", body.encode(), "application/json")

    assert response.status_code == 400
