"""An assessor reads what was recorded about themselves, and about nobody else."""

from datetime import date

import pytest
from django.urls import reverse

from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import Kind, Role
from zhunsheng.platform.accounts.tests.factories import NOON, TODAY, make_member, make_organisation
from zhunsheng.registry.bodies.models import Expert
from zhunsheng.registry.credit import services

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


def expert(code, division):
    """Return an assessor of the register with an account of their own."""
    account = make_member(Role.EXPERT, make_organisation(Kind.BODY, division="440100"))
    with recorded(None, "test data"):
        return Expert.objects.create(
            code=code, name=f"评审员{code}", rank="assessor", user=account, valid_from=date(2020, 1, 1),
            division=division,
        )  # fmt: skip


def test_an_assessor_sees_their_own_entries_with_source_and_nobody_elses(client):
    officer = make_member(Role.PROVINCE_OFFICER, make_organisation(division="440000"))
    province = officer.memberships.get().organisation.division
    one, other = (expert(code, province) for code in ("E-1", "E-2"))
    for who in (one, other):
        services.record_person_event(
            expert_id=who.pk, kind="commended", on=TODAY, source="省局认监处", reference=f"表扬{who.code}",
            words=f"{who.name}评审质量优秀", by=officer, at=NOON,
        )  # fmt: skip
    client.force_login(one.user, BACKEND)

    shown = client.get(reverse("credit:own-file")).content.decode()

    assert "评审员E-1评审质量优秀" in shown
    assert "省局认监处" in shown
    assert "E-2" not in shown
    assert client.get(reverse("credit:expert", args=[other.pk])).status_code == 404
    client.force_login(officer, BACKEND)
    assert client.get(reverse("credit:own-file")).status_code == 404


def test_an_account_that_nobody_linked_is_told_whom_to_ask(client):
    client.force_login(make_member(Role.EXPERT, make_organisation(Kind.BODY, division="440100")), BACKEND)

    assert "尚未与评审员、专家名录关联" in client.get(reverse("credit:own-file")).content.decode()
