"""What the pages of an application say of signatures that are there."""

import pytest
from django.urls import reverse

from zhunsheng.admission.licensing.models import Application
from zhunsheng.admission.licensing.tests.applicants import complete, make_applicant

pytestmark = pytest.mark.django_db


def test_a_signature_of_an_earlier_state_says_that_it_is_to_be_given_again(client):
    applicant = make_applicant(lines=2)
    made = complete(applicant, signed=True)
    client.force_login(applicant.clerk)
    pages = [reverse("licensing:application", args=[made.number])]
    pages += [reverse("licensing:application-part", args=[made.number, part]) for part in ("commitment", "check")]
    again = "须就现有内容重新签署"
    assert not any(again in client.get(one).content.decode() for one in pages)

    Application.objects.filter(pk=made.pk).update(reasons="另有一处更正")
    assert all(again in client.get(one).content.decode() for one in pages)
