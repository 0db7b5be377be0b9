import pytest
from django.urls import reverse

from zhunsheng.admission.reviews.tests.factories import at_work, make_application

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("reader", ["officer", "manager"])
def test_an_applications_page_shows_how_its_review_stands(world, client, reader):
    review = at_work(world)
    client.force_login(getattr(world, reader))
    name = "licensing:file" if reader == "officer" else "licensing:application"
    page = client.get(reverse(name, args=[review.application.number])).content.decode()
    assert review.number in page
    assert "条款已核查 0 / 22" in page


def test_an_officer_opens_the_review_from_the_applications_page(world, client):
    application = make_application(world.laboratory, world.body, world.manager)
    client.force_login(world.officer)
    page = client.get(reverse("licensing:file", args=[application.number])).content.decode()
    assert f"/reviews/new/{application.number}/" in page
