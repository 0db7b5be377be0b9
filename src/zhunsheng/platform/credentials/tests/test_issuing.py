import json
from datetime import UTC, date, datetime, timedelta

import pytest

from zhunsheng.foundation.canonical import canonical_digest
from zhunsheng.foundation.credentials import codes
from zhunsheng.foundation.credentials.verification import verify
from zhunsheng.foundation.workflow import IllegalMove
from zhunsheng.platform.accounts import keyring
from zhunsheng.platform.accounts.history import MissingReason
from zhunsheng.platform.accounts.models import Role
from zhunsheng.platform.accounts.policy import NotAllowed
from zhunsheng.platform.accounts.tests.factories import make_member, make_organisation
from zhunsheng.platform.credentials import issuer, selectors, services
from zhunsheng.platform.credentials.lifecycle import CREDENTIAL, Status
from zhunsheng.platform.credentials.models import Credential, StatusChange, StatusList
from zhunsheng.platform.credentials.services import NoSuccessor, NotIssuable, set_status
from zhunsheng.platform.documents import files, identity, verifying
from zhunsheng.platform.documents.models import StoredFile
from zhunsheng.platform.ledger.models import Entry

from .factories import NOON, NUMBER, make_credential

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=30)


def vc_of(credential):
    return json.loads(bytes(credential.vc))


def lists():
    return [json.loads(bytes(each)) for one in StatusList.objects.all() for each in (one.revocation, one.suspension)]


def answer(credential, at=LATER, *, anew=True):
    if anew:
        services.publish_lists(at=at)
    found = verify(vc_of(credential), keys=issuer.public_keys(), at=at, lists=lists())
    return found.problem, found.status


def change(credential, status, *, at=LATER, by=None, why="决定书 2026-1"):
    return set_status(credential_id=credential.pk, status=status, why=why, by=by, at=at)


def test_an_issued_credential_is_signed_as_data_and_as_document_and_sealed():
    credential = make_credential()
    document = vc_of(credential)

    assert document["id"] == f"https://zhunsheng.example/api/v1/credentials/{credential.code}"
    assert document["issuer"] == "did:web:zhunsheng.example"
    assert document["type"] == ["VerifiableCredential", "CmaCertificate"]
    assert document["validFrom"] == "2026-03-01T16:00:00Z"  # midnight in China
    assert document["validUntil"] == "2032-03-01T15:59:59Z"
    assert document["credentialSubject"]["name"] == "广东珠江检测有限公司"
    assert credential.digest == canonical_digest(document)
    assert answer(credential) == ("", "good")
    signed = verifying.verify(files.read_by_digest(credential.pdf_id), identity.trust())
    assert signed.ok
    assert signed.signed_at == NOON
    assert dict(Entry.objects.values_list("kind", "subject")) == {
        "credential.issued": credential.digest,
        "credential.document": credential.pdf_id,
    }


def test_the_qr_picture_holds_offline_and_names_the_signed_data():
    credential = make_credential()
    found = codes.read_printed(credential.printed)

    assert credential.printed.startswith(f"https://zhunsheng.example/v/{credential.code}#")
    assert found.holds(issuer.public_keys()[found.facts.key])
    assert found.digest == credential.digest
    assert (found.facts.number, found.facts.ends) == (NUMBER, "2032-03-01")


def test_suspension_shows_at_once_and_can_be_lifted():
    credential, other = make_credential(), make_credential(number="260019124513")
    change(credential, Status.SUSPENDED)

    assert answer(credential) == ("suspended", "suspended")
    assert answer(other) == ("", "good")

    change(credential, Status.VALID, at=LATER + timedelta(days=1))
    assert answer(credential, LATER + timedelta(days=1)) == ("", "good")


@pytest.mark.parametrize("end", [Status.CANCELLED, Status.REVOKED])
def test_an_ended_credential_is_revoked_for_every_verifier(end):
    credential = change(make_credential(), end)

    assert answer(credential) == ("revoked", "revoked")
    assert list(credential.changes.values_list("status", "why")) == [("valid", ""), (end, "决定书 2026-1")]
    assert list(credential.history.values_list("status", flat=True)) == [end, "valid"]
    assert credential.history.first().history_change_reason == "决定书 2026-1"


def test_nothing_is_called_replaced_while_nothing_takes_its_place():
    credential = make_credential()
    before = Entry.objects.count()
    with pytest.raises(NoSuccessor):
        change(credential, Status.REPLACED)
    credential.refresh_from_db()
    assert (credential.status, Entry.objects.count()) == ("valid", before)


def test_one_issued_before_can_take_the_place_when_its_day_comes():
    first = make_credential()
    second = make_credential(number="260019124599")
    other = make_credential(number="260019124600", body_slug="other")
    for wrong in (first.pk, other.pk):
        with pytest.raises(NoSuccessor):
            services.replace(credential_id=first.pk, successor_id=wrong, why="换证", by=None, at=LATER)
    services.replace(credential_id=first.pk, successor_id=second.pk, why="换证", by=None, at=LATER)

    first.refresh_from_db()
    assert first.status == "replaced"
    assert selectors.successor_of(first) == second


def test_without_a_public_address_nothing_is_issued(settings):
    settings.ZHUNSHENG_ADDRESS, settings.ZHUNSHENG_LOCAL_CREDENTIALS = "", False
    with pytest.raises(NotIssuable, match="public address"):
        make_credential()
    settings.ZHUNSHENG_LOCAL_CREDENTIALS = True
    assert vc_of(make_credential())["issuer"] == "did:web:localhost%3A8000"


@pytest.mark.parametrize("status", list(Status))
def test_no_other_move_is_possible_than_the_table_allows(status):
    credential = make_credential()
    Credential.objects.filter(pk=credential.pk).update(status=status)
    before = Entry.objects.count()
    for wanted in Status:
        if (status, {"valid": "lift", "suspended": "suspend"}.get(wanted, "")) in CREDENTIAL.table:
            continue
        if any(CREDENTIAL.table.get((status, action)) == wanted for action in CREDENTIAL.actions(status)):
            continue
        with pytest.raises(IllegalMove):
            change(credential, wanted)
    assert Entry.objects.count() == before


def test_a_status_needs_a_reason_and_is_sealed():
    credential = make_credential()
    with pytest.raises(MissingReason):
        change(credential, Status.REVOKED, why=" ")
    change(credential, Status.REVOKED)

    entry = Entry.objects.get(kind="credential.status")
    assert entry.subject == canonical_digest(
        {
            "at": "2026-04-01T04:00:00Z",
            "code": credential.code,
            "digest": credential.digest,
            "status": "revoked",
            "why": "决定书 2026-1",
        }
    )
    assert StatusChange.objects.get(status="revoked").entry_id == entry.pk


def test_a_number_is_in_force_once_for_each_kind():
    first = make_credential()
    with pytest.raises(NotIssuable, match="in force"):
        make_credential()
    make_credential(kind="cma_schedule")
    second = make_credential(replaces_id=first.pk, why="变更", at=LATER)

    first.refresh_from_db()
    assert (first.status, second.status) == ("replaced", "valid")
    assert selectors.successor_of(first) == second
    assert answer(first)[0] == "revoked"


def test_what_is_refused_leaves_nothing_behind():
    officer = make_member(Role.COUNTY_OFFICER)
    for changes, error in (
        ({"valid_to": date(2020, 1, 1)}, NotIssuable),
        ({"number": " "}, NotIssuable),
        ({"kind": "Not A Kind"}, NotIssuable),
        ({"subject": {"n": float("nan")}}, NotIssuable),
        ({"by": officer}, NotAllowed),
        ({"template": make_credential.__globals__["TEMPLATE"].with_name("none.typ")}, FileNotFoundError),
    ):
        with pytest.raises(error):
            make_credential(**changes)
    assert not Credential.objects.exists()
    assert not Entry.objects.exists()
    assert not StoredFile.objects.exists()


def test_a_replacement_is_of_the_same_kind_and_body():
    first = make_credential()
    with pytest.raises(NotIssuable, match="same body"):
        make_credential(number="260019124599", body_slug="other", replaces_id=first.pk)
    first.refresh_from_db()
    assert first.status == "valid"


def test_officers_act_where_the_policy_lets_them():
    holder = make_organisation("body", "440300")
    credential = make_credential(organisation_id=holder.pk)
    there = make_member(Role.CITY_OFFICER, make_organisation(division="440300"))
    elsewhere = make_member(Role.CITY_OFFICER, make_organisation(division="440100"))
    with pytest.raises(NotAllowed):
        change(credential, Status.SUSPENDED, by=elsewhere)
    assert change(credential, Status.SUSPENDED, by=there).status == "suspended"


def test_on_a_day_the_credential_has_the_status_of_that_days_end():
    first = make_credential()
    change(first, Status.SUSPENDED, at=datetime(2026, 4, 1, 10, tzinfo=UTC))
    change(first, Status.VALID, at=datetime(2026, 4, 20, 10, tzinfo=UTC))
    second = make_credential(replaces_id=first.pk, at=datetime(2026, 5, 5, 2, tzinfo=UTC), valid_from=date(2026, 5, 5))

    def found(day):
        held = selectors.on_day(NUMBER, day)
        return held and (held.credential.pk, held.status, held.in_force)

    assert found(date(2026, 3, 1)) is None
    assert found(date(2026, 3, 31)) == (first.pk, "valid", True)
    assert found(date(2026, 4, 1)) == (first.pk, "suspended", False)
    assert found(date(2026, 4, 19)) == (first.pk, "suspended", False)
    assert found(date(2026, 4, 20)) == (first.pk, "valid", True)
    assert found(date(2026, 5, 5)) == (second.pk, "valid", True)
    assert found(date(2032, 3, 2)) is None
    assert selectors.on_day(NUMBER, date(2026, 5, 6), kind="cma_schedule") is None
    assert selectors.on_day("unknown", date(2026, 5, 6)) is None


def test_a_full_list_is_followed_by_the_next():
    first = make_credential()
    StatusList.objects.update(taken=StatusList.SIZE)
    second = make_credential(number="2")

    assert second.status_list_id != first.status_list_id
    assert second.list_index == 0
    change(second, Status.REVOKED)
    assert answer(first) == ("", "good")
    assert answer(second)[0] == "revoked"


def test_lists_are_signed_anew_before_they_run_out():
    credential = make_credential()
    now = NOON + timedelta(days=10)
    assert answer(credential, now, anew=False)[0] == "status-list"
    assert services.publish_lists(at=now) == 1
    assert services.publish_lists(at=now + timedelta(minutes=5)) == 0
    assert answer(credential, now, anew=False) == ("", "good")


def test_a_rotated_key_leaves_older_credentials_verifiable():
    old = make_credential()
    keyring.rotate(issuer.PURPOSE)
    new = make_credential(number="2")
    change(new, Status.SUSPENDED)

    assert vc_of(old)["proof"]["verificationMethod"].endswith("#0001")
    assert vc_of(new)["proof"]["verificationMethod"].endswith("#0002")
    assert answer(old) == ("", "good")
    assert answer(new)[0] == "suspended"
