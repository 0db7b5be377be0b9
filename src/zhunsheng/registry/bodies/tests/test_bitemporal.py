"""What held on a day, as known on a day: two renewals, a suspension, a correction recorded late; both times asked.

The story, with the day on which the register learned each part (in brackets):
granted 2014-05-01 to 2020-04-30 (2014-05-02); renewed late, 2020-06-01 to 2026-05-31 (2020-06-02): one month without;
renewed again to 2032-05-31 (2026-05-10); suspended 2021-03-01 to 2021-05-31 (2021-03-05), whose last day was corrected
to 2021-04-30 (2022-01-15); lead in water from the first day; cadmium added 2020-06-01 and given up after 2023-12-31
(learned only 2024-03-01); an arsenic line was entered by mistake (2020-06-02) and struck out (2024-03-01).
"""

from datetime import date, datetime

import pytest
from django.urls import reverse

from zhunsheng.platform.accounts.history import recorded
from zhunsheng.registry.bodies.models import Accreditation, AccreditationPeriod, ScopeLine
from zhunsheng.registry.bodies.selectors import body_as_of, certificate_in_force, end_of
from zhunsheng.registry.bodies.tests.factories import SHANGHAI, WHY, make_body

pytestmark = pytest.mark.django_db
NUMBER = "141912050001"


def keep(record, year, month, day, **values):
    """Save a record with these values as learned at nine o'clock of a day."""
    for name, value in values.items():
        setattr(record, name, value)
    record._history_date = datetime(year, month, day, 9, tzinfo=SHANGHAI)
    with recorded(None, WHY):
        record.save()
    return record


@pytest.fixture
def body():
    made = make_body(NUMBER, cma=NUMBER)
    made.history.update(history_date=datetime(2014, 5, 2, 9, tzinfo=SHANGHAI))
    held = Accreditation(body=made, number=NUMBER, valid_from=date(2014, 5, 1), valid_to=date(2020, 4, 30))
    keep(held, 2014, 5, 2)
    plain = {"body": made, "accreditation": held, "object_text": "生活饮用水", "method_text": "GB/T 5750.6-2023"}
    keep(ScopeLine(**plain, parameter_text="铅", valid_from=date(2014, 5, 1), valid_to=date(2020, 4, 30)), 2014, 5, 2)
    keep(held, 2020, 6, 2, valid_to=date(2026, 5, 31))
    gap = {"state": "expired", "valid_from": date(2020, 5, 1), "valid_to": date(2020, 5, 31)}
    keep(AccreditationPeriod(accreditation=held, **gap), 2020, 6, 2)
    lead = keep(ScopeLine(**plain, parameter_text="铅", valid_from=date(2020, 6, 1)), 2020, 6, 2)
    cadmium = keep(ScopeLine(**plain, parameter_text="镉", valid_from=date(2020, 6, 1)), 2020, 6, 2)
    arsenic = keep(ScopeLine(**plain, parameter_text="砷", valid_from=date(2020, 6, 1)), 2020, 6, 2)
    stop = {"state": "suspended", "valid_from": date(2021, 3, 1), "valid_to": date(2021, 5, 31)}
    suspension = keep(AccreditationPeriod(accreditation=held, **stop), 2021, 3, 5)
    keep(suspension, 2022, 1, 15, valid_to=date(2021, 4, 30))
    keep(cadmium, 2024, 3, 1, valid_to=date(2023, 12, 31))
    arsenic._history_date = datetime(2024, 3, 1, 9, tzinfo=SHANGHAI)
    with recorded(None, WHY):
        arsenic.delete()
    keep(held, 2026, 5, 10, valid_to=date(2032, 5, 31))
    keep(lead, 2026, 5, 10, valid_to=date(2032, 5, 31))
    return made


NOW = None
EARLY, BEFORE_FIX, AFTER_FIX, LATE = date(2017, 1, 1), date(2021, 6, 15), date(2022, 1, 15), date(2024, 3, 1)
ASKED = [
    # day, known on, standing, scope
    (date(2014, 4, 30), NOW, "none", ""),
    (date(2014, 5, 1), NOW, "active", "铅"),
    (date(2014, 5, 1), date(2014, 5, 1), "none", ""),
    (date(2014, 5, 1), date(2014, 5, 2), "active", "铅"),
    (date(2020, 4, 30), NOW, "active", "铅"),
    (date(2020, 5, 15), NOW, "expired", ""),
    (date(2020, 5, 15), EARLY, "expired", ""),
    (date(2020, 6, 1), NOW, "active", "铅镉"),
    (date(2020, 6, 1), EARLY, "expired", ""),
    (date(2020, 6, 1), BEFORE_FIX, "active", "砷铅镉"),
    (date(2021, 3, 1), NOW, "suspended", "铅镉"),
    (date(2021, 3, 1), date(2021, 3, 4), "active", "砷铅镉"),
    (date(2021, 3, 1), date(2021, 3, 5), "suspended", "砷铅镉"),
    (date(2021, 5, 1), NOW, "active", "铅镉"),
    (date(2021, 5, 1), BEFORE_FIX, "suspended", "砷铅镉"),
    (date(2021, 5, 1), AFTER_FIX, "active", "砷铅镉"),
    (date(2023, 12, 31), NOW, "active", "铅镉"),
    (date(2024, 1, 1), NOW, "active", "铅"),
    (date(2024, 1, 1), date(2024, 2, 28), "active", "砷铅镉"),
    (date(2024, 1, 1), LATE, "active", "铅"),
    (date(2026, 6, 1), NOW, "active", "铅"),
    (date(2026, 6, 1), LATE, "expired", "铅"),
    (date(2032, 5, 31), NOW, "active", "铅"),
    (date(2032, 6, 1), NOW, "expired", ""),
]


@pytest.mark.parametrize(("day", "known", "standing", "scope"), ASKED)
def test_the_register_answers_for_a_day_with_the_knowledge_of_a_day(body, client, day, known, standing, scope):
    held = body_as_of(body, day, known_at=end_of(known))

    assert (held.standing, sorted(line.parameter_text for line in held.scope)) == (standing, sorted(scope))
    assert (certificate_in_force(held) is not None) is (standing == "active")

    asked = {"on": day.isoformat()} | ({"known": known.isoformat()} if known else {})
    if held.body is not None:
        told = client.get(f"/api/v1/bodies/{NUMBER}/scope", asked).json()
        assert (told["standing"], sorted(one["parameter"] for one in told["items"])) == (standing, sorted(scope))
    page = client.get(reverse("bodies:body", args=[NUMBER]), asked)
    assert page.status_code == 200
    assert len(page.context["table"].rows) == len(scope)


def test_a_change_written_twice_in_one_moment_counts_once(body):
    moment = datetime(2027, 1, 1, 9, tzinfo=SHANGHAI)
    line = ScopeLine.objects.get(parameter_text="铅", valid_to=date(2032, 5, 31))
    for remark in ("first", "second"):
        line.remark, line._history_date = remark, moment
        with recorded(None, WHY):
            line.save()

    held = body_as_of(body, date(2027, 1, 1), known_at=moment)

    assert [one.remark for one in held.scope] == ["second"]


def test_what_the_page_asks_does_not_grow_with_the_scope(body, client, django_assert_max_num_queries):
    certificate = body.accreditations.get()
    with recorded(None, WHY):
        for place in range(30):
            ScopeLine.objects.create(
                body=body, accreditation=certificate, object_text="土壤", parameter_text=f"P{place}", method_text="M"
            )
    for asked, most in (({}, 8), ({"known": date(2024, 3, 1).isoformat(), "per_page": "50"}, 9)):
        with django_assert_max_num_queries(most):
            assert client.get(reverse("bodies:body", args=[NUMBER]), asked).status_code == 200


def test_the_timeline_tells_when_the_register_learned_of_the_correction(body, client):
    page = client.get(reverse("bodies:changes", args=[NUMBER])).content.decode()

    assert "2022-01-15" in page
    assert "2021-05-31 → 2021-04-30" in page
    assert WHY not in page
