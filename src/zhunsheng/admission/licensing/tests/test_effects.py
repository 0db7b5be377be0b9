"""What a decision brings about: register, certificate, day list, credit, verification; and renewal by silence."""

from datetime import date
from functools import partial
from io import BytesIO

import pytest
from pypdf import PdfReader

from zhunsheng.admission.certificates.models import Certificate, ListedDecision
from zhunsheng.admission.licensing.lifecycle import Stage
from zhunsheng.admission.licensing.models import (
    Application,
    ApplicationLine,
    Explanation,
    IssuedDocument,
    Verification,
)
from zhunsheng.admission.licensing.selectors.renewing import overdue_renewals
from zhunsheng.admission.licensing.services import acceptance, deciding, documents, renewing
from zhunsheng.admission.licensing.services.deciding import DecisionRefused
from zhunsheng.admission.licensing.tests.officers import (
    MONDAY,
    Bureau,
    day,
    filed,
    make_bureau,
    make_laboratory,
    registered,
)
from zhunsheng.admission.licensing.tests.test_deciding import CONCLUDED, examined, propose, reviewed
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.documents import files
from zhunsheng.platform.jobs import rows
from zhunsheng.registry.bodies.models import Body, ScopeLine
from zhunsheng.registry.bodies.selectors import scope_on
from zhunsheng.registry.bodies.tests.factories import make_certificate
from zhunsheng.registry.credit.models import CreditEvent

pytestmark = pytest.mark.django_db


def at_once(bureau: Bureau, **values) -> Application:
    """Bring an application without a review to its decision."""
    application = filed(**values)
    acceptance.accept(application_id=application.pk, by=bureau.handler, at=MONDAY)
    application.refresh_from_db()
    propose(application, bureau, at=MONDAY)
    deciding.decide(application_id=application.pk, by=bureau.decider, at=MONDAY)
    application.refresh_from_db()
    return application


def test_a_first_grant_enters_the_body_and_issues_its_certificate():
    bureau = make_bureau()
    application = reviewed(bureau, (True, False))
    examined(application, bureau)

    made = deciding.decide(application_id=application.pk, by=bureau.decider, at=CONCLUDED)

    application.refresh_from_db()
    body = Body.objects.get()
    assert application.body == body
    assert body.organisation_id == application.organisation_id
    certificate = Certificate.objects.get()
    assert made.certificate_number == certificate.number
    assert made.certificate_number.startswith("2619")  # issued in 2026 by Guangdong
    assert list(ScopeLine.objects.values_list("parameter_text", flat=True)) == ["参数1"]
    assert ListedDecision.objects.get().kind == "partly_granted"
    assert CreditEvent.objects.get().kind == "licence_granted"
    assert application.clocks.get(clock="T5").outcome == "met"
    assert not Verification.objects.exists()


def test_a_refusal_is_announced_and_stands_in_the_credit_file_of_a_known_body():
    bureau = make_bureau()
    application = reviewed(bureau, (False, False), kind="extension")
    examined(application, bureau)

    deciding.decide(application_id=application.pk, by=bureau.decider, at=CONCLUDED)

    assert ListedDecision.objects.get().kind == "refused"
    assert CreditEvent.objects.get().kind == "licence_refused"
    assert not Certificate.objects.exists()


@pytest.mark.parametrize(
    ("route", "kind"), [("commitment", "first"), ("self_declaration", "method_year"), ("change_filing", "name")]
)
def test_what_is_granted_on_trust_is_verified_afterwards(route, kind):
    bureau = make_bureau()

    application = at_once(bureau, route=route, kind=kind, lines=2 if kind == "first" else 0, new_name="新名称检测中心")

    assert application.stage == Stage.GRANTED
    assert Verification.objects.get().application == application


def test_a_body_that_gives_its_certificate_up_is_cancelled_by_decision():
    bureau = make_bureau()

    application = at_once(bureau, route="change_filing", kind="cancellation", lines=0, reasons="不再从事检验检测")

    assert application.stage == Stage.GRANTED
    assert ListedDecision.objects.get().kind == "cancelled"


def test_where_the_certificate_is_refused_nothing_is_decided():
    """A first grant without a single line makes no certificate: the whole decision is taken back."""
    bureau = make_bureau()
    application = filed(route="commitment", lines=0)
    acceptance.accept(application_id=application.pk, by=bureau.handler, at=MONDAY)
    application.refresh_from_db()
    propose(application, bureau, at=MONDAY)

    with pytest.raises(Exception, match="line"):
        deciding.decide(application_id=application.pk, by=bureau.decider, at=MONDAY)

    application.refresh_from_db()
    assert application.stage == Stage.EXAMINED
    assert not IssuedDocument.objects.filter(kind="granted").exists()
    assert not Body.objects.exists()


def undecided_renewal(bureau: Bureau, *, filed_at: str, ends: date) -> Application:
    house = make_laboratory()
    body = registered(house, day(filed_at), valid_to=ends)
    application = filed(house, at=day(filed_at), kind="renewal", body=body, lines=1)
    application.lines.update(act="keep", scope_line=ScopeLine.objects.get(accreditation__body=body))
    acceptance.accept(application_id=application.pk, by=bureau.handler, at=day(filed_at))
    return application


def test_a_renewal_that_ran_out_undecided_counts_as_granted_the_day_after():
    """Asked for on 10 November, three months and more before 12 February 2026; nothing was decided by then."""
    bureau = make_bureau()
    application = undecided_renewal(bureau, filed_at="2025-11-10", ends=date(2026, 2, 12))

    assert renewing.deem_renewals(at=day("2026-02-12")) == 0
    assert renewing.deem_renewals(at=day("2026-02-13")) == 1
    assert renewing.deem_renewals(at=day("2026-02-13")) == 0

    application.refresh_from_db()
    assert application.stage == Stage.GRANTED
    why = Explanation.objects.get(about="deemed_renewed")
    assert (why.rule, why.inputs["expires_on"]) == ("DECIDE-DEEMED-RENEWED", "2026-02-12")
    assert Certificate.objects.get().valid_from == date(2026, 2, 13)
    assert IssuedDocument.objects.get(kind="renewed").made_by is None
    assert not application.clocks.filter(ended_on=None).exists()


def test_a_renewal_asked_for_too_late_is_not_renewed_by_silence():
    bureau = make_bureau()
    undecided_renewal(bureau, filed_at="2025-11-20", ends=date(2026, 2, 12))

    assert renewing.deem_renewals(at=day("2026-02-20")) == 0


def test_renewals_that_silence_does_not_renew_starve_no_other(monkeypatch):
    """Asked for too late, they stay undecided for good; and one whose body has a later certificate is not overdue."""
    monkeypatch.setattr(rows, "chunks", partial(rows.chunks, size=2))
    bureau = make_bureau()
    for _number in range(3):
        undecided_renewal(bureau, filed_at="2025-11-20", ends=date(2026, 2, 12))
    renewed = undecided_renewal(bureau, filed_at="2025-11-10", ends=date(2026, 2, 12))
    assert renewed.body is not None
    make_certificate(renewed.body, "23191209999", valid_from=date(2025, 1, 1), valid_to=date(2031, 2, 12))
    last = undecided_renewal(bureau, filed_at="2025-11-10", ends=date(2026, 2, 12))

    assert set(overdue_renewals(date(2026, 2, 13))).isdisjoint({renewed})
    assert renewing.deem_renewals(at=day("2026-02-13")) == 1

    last.refresh_from_db()
    assert last.stage == Stage.GRANTED


def test_a_renewal_that_cannot_be_entered_keeps_no_other_from_its_right(monkeypatch):
    bureau = make_bureau()
    bad = undecided_renewal(bureau, filed_at="2025-11-10", ends=date(2026, 2, 12))
    good = undecided_renewal(bureau, filed_at="2025-11-10", ends=date(2026, 2, 12))
    seen = []
    issue = renewing.certificates.issue

    def refusing(**given):
        seen.append(given["grant"].application_number)
        if given["grant"].application_number == bad.number:
            raise RuntimeError("broken content")
        return issue(**given)

    monkeypatch.setattr(renewing.certificates, "issue", refusing)

    assert renewing.deem_renewals(at=day("2026-02-13")) == 1

    assert seen == [bad.number, good.number]
    assert set(Application.objects.values_list("number", "stage")) == {
        (bad.number, Stage.ACCEPTED), (good.number, Stage.GRANTED),
    }  # fmt: skip


def test_silence_renews_what_is_held_and_says_of_every_other_line_that_it_is_to_be_applied_for_anew():
    bureau = make_bureau()
    application = undecided_renewal(bureau, filed_at="2025-11-10", ends=date(2026, 2, 12))
    held = ScopeLine.objects.get()
    application.lines.update(act="replace")
    with recorded(bureau.handler, "test data"):
        ApplicationLine.objects.create(
            application=application, number=2, object_text="大米", parameter_text="镉", method_text="GB 5009.15-2023"
        )

    assert renewing.deem_renewals(at=day("2026-02-13")) == 1

    assert set(application.lines.values_list("outcome", flat=True)) == {"not_covered"}
    assert "2项" in application.lines.first().reason
    documents.make_letters()
    letter = files.read_by_digest(str(IssuedDocument.objects.get(kind="renewed").file_id))
    assert "另行申请" in "".join(page.extract_text() for page in PdfReader(BytesIO(letter)).pages)
    assert application.body is not None
    after = scope_on(application.body, date(2026, 2, 14))
    assert [(one.parameter_text, one.method_text) for one in after] == [(held.parameter_text, held.method_text)]


def test_what_the_law_has_renewed_is_not_refused_any_more():
    bureau = make_bureau()
    house = make_laboratory()
    body = registered(house, MONDAY, valid_to=date(2026, 6, 10))
    application = reviewed(bureau, (False,), laboratory=house, kind="renewal", body=body)
    examined(application, bureau)

    with pytest.raises(DecisionRefused):
        deciding.decide(application_id=application.pk, by=bureau.decider, at=day("2026-06-11"), late_why="系统故障")


def test_a_line_from_the_catalogue_takes_the_applications_domain_into_the_schedule():
    bureau = make_bureau()
    application = reviewed(bureau, kind="extension", domain="food")
    application.lines.update(domain="", category="")
    examined(application, bureau)

    deciding.decide(application_id=application.pk, by=bureau.decider, at=CONCLUDED)

    granted = ScopeLine.objects.filter(parameter_text__startswith="参数")
    assert set(granted.values_list("domain", "category")) == {("食品", "生活饮用水")}
