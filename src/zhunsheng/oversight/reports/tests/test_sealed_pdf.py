"""A body registers the certificate of its electronic seal; a PDF report that bears it ranks above a bare account."""

import hashlib
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from zhunsheng.oversight.reports.models import Assurance, Report
from zhunsheng.platform.accounts.models import Role
from zhunsheng.platform.accounts.tests.factories import make_member
from zhunsheng.platform.documents import files
from zhunsheng.platform.documents.tests.sealing import certified, sealed
from zhunsheng.registry.bodies import services
from zhunsheng.registry.bodies.models import SealCertificate
from zhunsheng.registry.bodies.services.seals import SealRefused

from .intake_factories import SLUG, Laboratory, as_bytes
from .test_pdf_uploads import paper

pytestmark = pytest.mark.django_db


@pytest.fixture
def laboratory():
    return Laboratory(SLUG)


@pytest.fixture(scope="module")
def key():
    return ec.generate_private_key(ec.SECP256R1())


@pytest.fixture(scope="module")
def certificate(key):
    return certified(key, "珠江检测有限公司电子印章")


@pytest.fixture(scope="module")
def sealed_paper(key, certificate):
    return sealed(paper(), key, certificate)


@pytest.fixture
def manager(laboratory):
    return make_member(Role.BODY_MANAGER, laboratory.body.organisation)


def register(laboratory, manager, certificate, at=None):
    return services.add_seal(
        body_id=laboratory.body.pk, content=certificate, by=manager, at=at or datetime.now(UTC), why="首次登记"
    )


def hand_in(laboratory, pdf, number="R-1"):
    """Hand in a report that lists a PDF as its attachment; return the level it was kept at."""
    kept = files.store(pdf, "application/pdf")
    attached = [{"sha256": kept.sha256, "media_type": "application/pdf", "bytes": len(pdf)}]
    (outcome,) = laboratory.submit(laboratory.report(number, attachments=attached))
    assert outcome.problem is None
    return Report.objects.get(number=number).assurance


def test_a_registered_seal_lifts_the_level(laboratory, manager, certificate, sealed_paper):
    assert hand_in(laboratory, sealed_paper, "R-1") == Assurance.ACCOUNT
    register(laboratory, manager, certificate)
    assert hand_in(laboratory, sealed_paper, "R-2") == Assurance.ESEAL


def test_signed_data_keeps_its_higher_level(laboratory, manager, certificate, sealed_paper):
    register(laboratory, manager, certificate)
    kept = files.store(sealed_paper, "application/pdf")
    attached = [{"sha256": kept.sha256, "media_type": "application/pdf", "bytes": len(sealed_paper)}]
    laboratory.submit(as_bytes(laboratory.signed(laboratory.report("R-3", attachments=attached))))
    assert Report.objects.get(number="R-3").assurance == Assurance.SIGNED


def test_a_seal_of_another_body_or_another_key_does_not_count(laboratory, manager, certificate, sealed_paper):
    other = Laboratory("231912050002")
    register(other, make_member(Role.BODY_MANAGER, other.body.organisation), certificate)
    assert hand_in(laboratory, sealed_paper, "R-1") == Assurance.ACCOUNT
    stranger = ec.generate_private_key(ec.SECP256R1())
    register(laboratory, manager, certified(stranger, "另一枚印章"))
    assert hand_in(laboratory, sealed_paper, "R-2") == Assurance.ACCOUNT


def test_a_changed_pdf_and_one_without_a_seal_do_not_count(laboratory, manager, certificate, sealed_paper):
    register(laboratory, manager, certificate)
    place = sealed_paper.index(b"/Type")
    changed = sealed_paper[:place] + b"/TypE" + sealed_paper[place + 5 :]
    assert hand_in(laboratory, changed, "R-1") == Assurance.ACCOUNT
    assert hand_in(laboratory, paper(), "R-2") == Assurance.ACCOUNT


def test_a_seal_set_after_withdrawal_does_not_count_an_earlier_one_does(laboratory, manager, certificate, key):
    register(laboratory, manager, certificate)
    before = sealed(paper(), key, certificate)
    at = datetime.now(UTC) + timedelta(seconds=2)
    services.revoke_seal(
        body_id=laboratory.body.pk, fingerprint=hashlib.sha256(certificate).hexdigest(), by=manager, at=at, why="更换"
    )
    assert hand_in(laboratory, before, "R-1") == Assurance.ESEAL
    SealCertificate.objects.update(revoked_at=datetime.now(UTC) - timedelta(days=1))
    assert hand_in(laboratory, before, "R-2") == Assurance.ACCOUNT


def test_registering_refuses_what_is_no_certificate_and_what_is_registered(laboratory, manager, certificate):
    with pytest.raises(SealRefused, match=r"no X\.509 certificate"):
        register(laboratory, manager, b"-----BEGIN PRIVATE KEY-----")
    seal = register(laboratory, manager, certificate)
    assert seal.fingerprint == hashlib.sha256(certificate).hexdigest()
    with pytest.raises(SealRefused, match="registered already"):
        register(laboratory, manager, certificate)
    with pytest.raises(SealRefused, match="run out"):
        register(laboratory, manager, certificate, at=datetime.now(UTC) + timedelta(days=4000))


def test_a_manager_registers_and_withdraws_on_the_page_and_others_may_not(client, laboratory, manager, certificate):
    address = reverse("bodies:seals", args=[SLUG])
    assert client.get(address).status_code == 302
    client.force_login(laboratory.user)
    assert client.get(address).status_code == 403
    client.force_login(manager)
    bad = client.post(address, {"certificate": SimpleUploadedFile("a.cer", b"x"), "why": "首次登记"})
    assert bad.status_code == 422
    good = client.post(address, {"certificate": SimpleUploadedFile("a.cer", certificate), "why": "首次登记"})
    assert good.status_code == 302
    seal = SealCertificate.objects.get()
    assert seal.holder in client.get(address).content.decode()
    revoke = reverse("bodies:revoke-seal", args=[SLUG, seal.fingerprint])
    assert client.post(revoke, {"why": "印章更换"}).status_code == 302
    assert client.post(reverse("bodies:revoke-seal", args=[SLUG, "0" * 64]), {"why": "x"}).status_code == 404
    seal.refresh_from_db()
    assert seal.revoked_reason == "印章更换"
    assert [one.history_change_reason for one in seal.history.order_by("history_id")] == ["首次登记", "印章更换"]


def test_the_confirmation_shows_the_seal_and_the_report_is_kept_with_it(
    client, laboratory, manager, certificate, sealed_paper
):
    client.force_login(laboratory.user)
    headers = {"accept-language": "zh-Hans"}
    file = SimpleUploadedFile("r.pdf", sealed_paper, "application/pdf")
    page = client.post(reverse("reports:submit"), {"file": file}, headers=headers)
    assert "珠江检测有限公司电子印章" in page.content.decode()
    assert "证书尚未登记" in page.content.decode()
    register(laboratory, manager, certificate)
    form = {"report": page.context["form"].initial["report"], "confirmed": "on"}
    done = client.post(reverse("reports:confirm"), form, headers=headers, follow=True)
    assert "电子印章" in done.content.decode()
    assert Report.objects.get(number="WT2026-0815").assurance == Assurance.ESEAL
