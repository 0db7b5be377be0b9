"""Refusals: a page for people, a message for htmx, an RFC 9457 problem for machines."""

import pytest
from django.test import Client

from zhunsheng.foundation.errors import DomainError
from zhunsheng.web.problems import status_of

pytestmark = [pytest.mark.django_db, pytest.mark.urls("zhunsheng.web.tests.gallery")]


def test_a_person_reads_the_sentence_and_the_remedy_escaped(client):
    response = client.get("/en/refuse/")

    text = response.content.decode()
    assert response.status_code == 409
    assert "Report &lt;b&gt;7&lt;/b&gt; is already there." in text
    assert "Send a correction instead." in text


def test_htmx_gets_the_message_alone_and_where_to_put_it(client):
    response = client.get("/en/refuse/", headers={"HX-Request": "true"})

    assert response["HX-Retarget"] == "#messages"
    assert "<html" not in response.content.decode()
    assert "Report &lt;b&gt;7&lt;/b&gt; is already there." in response.content.decode()


def test_a_machine_gets_a_problem_document_with_field_rule_and_remedy(client):
    response = client.get("/api/v1/refuse/")

    assert response["Content-Type"] == "application/problem+json"
    assert response.json() == {
        "type": "urn:zhunsheng:problem:illegal-move",
        "title": "Conflict",
        "status": 409,
        "detail": "Report <b>7</b> is already there.",
        "rule": "illegal-move",
        "field": "number",
        "remedy": "Send a correction instead.",
    }


def test_an_error_of_our_own_making_is_not_dressed_up_as_a_refusal(client):
    client.raise_request_exception = False

    assert client.get("/broken/").status_code == 500


def test_an_error_that_knows_its_status_keeps_it():
    error = DomainError("No.", code="whatever")
    assert status_of(error) == 422

    error.status = 404
    assert status_of(error) == 404


@pytest.mark.parametrize("path", ["/no/such/page/", "/en/no/such/page/"])
def test_a_missing_page_says_what_to_do(client, path):
    response = client.get(path)

    assert response.status_code == 404
    assert response.content.decode().count("<li>") >= 3


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/en/suspicious/", 400, "The request could not be read"),
        ("/en/denied/", 403, "Not allowed"),
        ("/en/no/such/", 404, "Nothing here that you may see"),
        ("/en/broken/", 500, "The server failed"),
    ],
)
def test_every_error_page_is_ours_and_leads_on(client, path, status, words):
    client.raise_request_exception = False

    response = client.get(path)

    assert response.status_code == status
    assert words in response.content.decode()
    assert "/static/dist/app.css" in response.content.decode()


@pytest.mark.parametrize(
    ("path", "status", "rule"),
    [
        ("/api/v1/suspicious/", 400, "bad-request"),
        ("/api/v1/no/such/", 404, "not-found"),
        ("/api/v1/broken/", 500, "failed"),
    ],
)
def test_a_machine_never_gets_an_error_page(client, path, status, rule):
    client.raise_request_exception = False

    response = client.get(path)

    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["rule"] == rule


def test_an_expired_form_says_so():
    response = Client(enforce_csrf_checks=True).post("/en/gallery/post/")

    assert response.status_code == 403
    assert "This form has expired" in response.content.decode()


@pytest.mark.django_db(transaction=False)
def test_the_server_error_page_needs_no_query(client, django_assert_num_queries):
    client.raise_request_exception = False

    with django_assert_num_queries(0):
        client.get("/broken/")
