"""Bars of routes: set by a decision and lifted with a reason, by who decides applications there."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from zhunsheng.admission.licensing.models import RouteBar
from zhunsheng.admission.licensing.selectors.routing import bars_of
from zhunsheng.admission.licensing.services import bars
from zhunsheng.admission.licensing.services.refusals import ApplicationRefused
from zhunsheng.admission.licensing.tests.officers import MONDAY, make_bureau, make_laboratory
from zhunsheng.foundation.identifiers import make_uscc
from zhunsheng.platform.accounts.models import Role
from zhunsheng.platform.accounts.policy import NotAllowed
from zhunsheng.platform.accounts.tests.factories import make_member

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def bureau():
    return make_bureau()


@pytest.fixture
def laboratory():
    made = make_laboratory()
    made.uscc = make_uscc("440100", made.pk).code
    made.save_without_historical_record()
    return made


def barred(laboratory, by, **changed):
    told = {"condition": "false_application", "since": MONDAY.date(), "reference": "粤市监决〔2026〕9号",
            "words": "申请材料虚假", "by": by, "at": MONDAY}  # fmt: skip
    return bars.set_bar(organisation_id=laboratory.pk, **{**told, **changed})


def test_a_false_application_bars_for_the_year_of_the_law_and_names_its_rule(bureau, laboratory):
    made = barred(laboratory, bureau.decider)

    assert (made.since, made.until) == (date(2026, 3, 2), date(2027, 3, 2))
    assert made.law.startswith("CLOCK-T8C ")
    assert bars_of(laboratory.pk, date(2027, 3, 2)) == {"false_application"}
    assert barred(laboratory, bureau.decider, words="重复录入") == made
    assert made.history.get().history_user == bureau.decider


def test_where_the_law_sets_no_term_the_condition_itself_is_the_rule(bureau, laboratory):
    made = barred(laboratory, bureau.decider, condition="untrue_declaration", months=12)

    assert made.until == date(2027, 3, 2)
    assert made.law.startswith("COND-")


@pytest.mark.parametrize("who", ["handler", "legal", "city"])
def test_nobody_but_who_decides_sets_or_lifts_a_bar(bureau, laboratory, who):
    made = barred(laboratory, bureau.decider)

    with pytest.raises(NotAllowed):
        barred(laboratory, getattr(bureau, who), reference="2")
    with pytest.raises(NotAllowed):
        bars.lift_bar(bar_id=made.pk, why="复议撤销", by=getattr(bureau, who), at=MONDAY)


@pytest.mark.parametrize(
    "changed", [{"condition": "rumour"}, {"reference": " "}, {"words": ""}, {"since": date(2026, 3, 3)}]
)
def test_a_bar_of_no_kind_without_decision_or_ahead_is_refused(bureau, laboratory, changed):
    with pytest.raises(ApplicationRefused):
        barred(laboratory, bureau.decider, **changed)


def test_a_lifted_bar_counts_no_more_and_stays_with_its_reason(bureau, laboratory):
    made = barred(laboratory, bureau.decider)
    with pytest.raises(ApplicationRefused):
        bars.lift_bar(bar_id=made.pk, why=" ", by=bureau.decider, at=MONDAY)

    lifted = bars.lift_bar(bar_id=made.pk, why="行政复议撤销原决定", by=bureau.decider, at=MONDAY)

    assert bars_of(laboratory.pk, MONDAY.date()) == frozenset()
    assert lifted.lifted_why == "行政复议撤销原决定"
    assert lifted.history.count() == 2
    with pytest.raises(ApplicationRefused):
        bars.lift_bar(bar_id=made.pk, why="再次", by=bureau.decider, at=MONDAY)


def test_the_deciding_officer_sets_and_lifts_on_the_pages(client, bureau, laboratory, django_assert_max_num_queries):
    client.force_login(bureau.decider, BACKEND)
    today = timezone.localdate().isoformat()
    given = {
        "applicant": laboratory.name,
        "condition": "false_application",
        "reference": "决9",
        "since": today,
        "words": "虚假材料",
    }
    page = reverse("licensing:bar-new")
    assert client.post(page, given | {"applicant": "91440101MA59TEST0X"}).status_code == 422
    assert client.post(page, given).status_code == 302

    with django_assert_max_num_queries(12):
        shown = client.get(reverse("licensing:bars")).content.decode()
    assert laboratory.name in shown
    assert "提供虚假申请材料未满一年" in shown
    made = RouteBar.objects.get()
    lift = reverse("licensing:bar-lift", args=[made.pk])
    assert lift in shown
    assert client.post(lift, {"why": "复议撤销"}).status_code == 302
    assert lift not in client.get(reverse("licensing:bars")).content.decode()


def test_the_applicant_of_a_bar_is_picked_by_name_or_code(client, bureau, laboratory):
    client.force_login(bureau.decider, BACKEND)
    label = f"{laboratory.name}（{laboratory.uscc}）"
    for typed in (laboratory.name[1:5], laboratory.uscc[:9].lower()):
        offered = client.get(reverse("licensing:bar-applicants"), {"applicant": typed}).content.decode()
        assert f'value="{label}"' in offered
    assert client.get(reverse("licensing:bar-applicants"), {"applicant": ""}).content.strip() == b""

    told = {
        "condition": "false_application", "since": timezone.localdate().isoformat(), "words": "虚假材料",
    }  # fmt: skip
    for place, typed in enumerate((label, laboratory.uscc, laboratory.name)):
        given = told | {"applicant": typed, "reference": f"决{place}"}
        assert client.post(reverse("licensing:bar-new"), given).status_code == 302
    assert set(RouteBar.objects.values_list("organisation_id", flat=True)) == {laboratory.pk}


def test_words_that_fit_several_applicants_bar_nobody_and_name_them(client, bureau, laboratory):
    other = make_laboratory()
    client.force_login(bureau.decider, BACKEND)
    common = "机构"
    told = {"condition": "false_application", "since": timezone.localdate().isoformat(), "words": "x", "reference": "1"}

    answer = client.post(reverse("licensing:bar-new"), told | {"applicant": common})

    assert answer.status_code == 422
    assert laboratory.name in answer.content.decode()
    assert other.name in answer.content.decode()
    assert not RouteBar.objects.exists()


def test_nobody_else_is_offered_applicants_to_bar(client, bureau, laboratory):
    client.force_login(make_member(Role.BODY_MANAGER, laboratory), BACKEND)

    assert client.get(reverse("licensing:bar-applicants"), {"applicant": "检"}).status_code == 404


def test_an_applicant_reads_the_own_bars_alone_and_lifts_none(client, bureau, laboratory):
    mine, other = barred(laboratory, bureau.decider), barred(make_laboratory(), bureau.decider)
    client.force_login(make_member(Role.BODY_MANAGER, laboratory), BACKEND)

    shown = client.get(reverse("licensing:bars")).content.decode()

    assert mine.organisation.name in shown
    assert "licensing/bars/new" not in shown
    assert client.get(reverse("licensing:bar-lift", args=[mine.pk])).status_code == 403
    assert client.get(reverse("licensing:bar-lift", args=[other.pk])).status_code == 404
    assert client.get(reverse("licensing:bar-new")).status_code == 403
