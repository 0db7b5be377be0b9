"""The demo province comes in by the ordinary doors and can be toured."""

import json

import pytest
from django.utils import timezone

from zhunsheng.admission.certificates.models import Certificate, ListedDecision
from zhunsheng.admission.licensing.models import RouteBar
from zhunsheng.demo import examples, people
from zhunsheng.demo.certificates import NEW_BODIES
from zhunsheng.demo.commands import DIVISIONS, MAPS, load
from zhunsheng.demo.sizes import Extent
from zhunsheng.oversight.reports.format import read_report
from zhunsheng.oversight.reports.models import Finding, Report
from zhunsheng.platform.accounts.models import Role, User
from zhunsheng.platform.ledger import services as ledger
from zhunsheng.platform.ledger.models import Entry
from zhunsheng.registry.bodies.models import Body

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.slow,
    pytest.mark.skipif(not (DIVISIONS.is_dir() and MAPS.is_dir()), reason="assets are not built: make setup"),
]


@pytest.fixture
def province(settings, tmp_path):
    settings.ZHUNSHENG_HOME = tmp_path
    settings.ZHUNSHENG_FILES = tmp_path / "files"
    settings.ZHUNSHENG_DEMO = True
    load(Extent(bodies=20, reports=200), seed=3, folder=None)


def a_loaded_province_is_marked_checked_sealed_and_audited():
    granted = len(NEW_BODIES)
    assert (
        Body.objects.filter(generated=True).count() == Body.objects.count() == 21 + granted
    )  # one merged into another
    assert Report.objects.filter(generated=True).count() == Report.objects.count() > 100
    assert not Entry.objects.filter(leaf_index=None).exists()
    assert Finding.objects.filter(severity__gte=2).exists()
    assert ledger.audit().ok
    assert {login.role for login in people.all_logins()} >= set(Role) - {Role.EXPERT, Role.ENTERPRISE}
    assert all(
        User.objects.get(username=login.username).check_password(people.PASSWORD) for login in people.all_logins()
    )


def the_storys_laboratory_has_registered_client_reports_and_completed_some():
    registered = Report.objects.filter(held=False)

    assert registered.count() == 12
    assert {one.body for one in registered} == {examples.story_body()}
    assert registered.filter(completed_by__isnull=False).count() == 3
    assert registered.filter(findings__gt=0).count() == 0
    assert not Finding.objects.filter(rule__startswith="TWICE", report__completes__isnull=False).exists()


def certificates_of_every_standing_can_be_looked_at():
    versions = Certificate.objects.all()

    assert 6 <= versions.filter(stage="current").count() <= 10
    assert {"first", "extension", "name", "signatory"} <= set(versions.values_list("occasion", flat=True))
    kinds = set(ListedDecision.objects.values_list("kind", flat=True))
    assert kinds == {"granted", "changed", "suspended", "cancelled", "refused", "not_accepted"}


def bars_in_force_after_a_revocation_and_a_false_application_and_a_lifted_one_can_be_looked_at():
    bars = RouteBar.objects.all()

    assert set(bars.filter(lifted_at=None).values_list("condition", flat=True)) == {
        "fraud_revocation", "false_application",
    }  # fmt: skip
    assert bars.exclude(lifted_at=None).get().condition == "commitment_withdrawn"
    revoked = bars.get(condition="fraud_revocation")
    assert revoked.until is not None
    assert revoked.until.year == revoked.since.year + 3
    assert not bars.filter(organisation=examples.story_body().organisation).exists()


def the_offered_file_has_exactly_its_three_mistakes():
    from zhunsheng.oversight.reports.checks import check_many

    body = examples.story_body()
    assert body is not None
    document = examples.faulty_file(examples.clean_reports(body), "TRY-1")

    parsed = read_report(json.dumps(document, ensure_ascii=False).encode())
    (found,) = check_many([parsed], received_at=timezone.now(), attachments_sent=False)

    assert {one.rule for one in found} == {"INST-UNKNOWN", "DATE-ISSUED-EARLY", "VERDICT-SHOULD-FAIL"}


SIGHTS = (
    a_loaded_province_is_marked_checked_sealed_and_audited,
    the_storys_laboratory_has_registered_client_reports_and_completed_some,
    certificates_of_every_standing_can_be_looked_at,
    bars_in_force_after_a_revocation_and_a_false_application_and_a_lifted_one_can_be_looked_at,
    the_offered_file_has_exactly_its_three_mistakes,
)


def test_a_loaded_province_can_be_toured(province, subtests):
    for sight in SIGHTS:  # one province for all: it takes ten seconds to load
        with subtests.test(sight.__name__.replace("_", " ")):
            sight()
