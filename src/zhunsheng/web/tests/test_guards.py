"""Bodies that are cut or never end, and addresses that no database can search for."""

import pytest

from zhunsheng.web import guards

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/bodies/%00/", "/v/%00", "/api/v1/bodies?q=%00", "/search/?q=%00"])
def test_a_nul_in_an_address_is_refused(client, address):
    """PostgreSQL's text holds no NUL: the question would end in an error of the server."""
    response = client.get(address)

    assert response.status_code == 422
    assert ("application/problem+json" in response["Content-Type"]) == address.startswith("/api/")


@pytest.mark.parametrize("address", ["/accounts/login/", "/reports/submit/", "/api/v1/token", "/api/v1/reports"])
def test_a_body_larger_than_any_page_takes_is_refused_before_it_is_read(client, address, settings):
    settings.ZHUNSHENG_LIMITS = {**settings.ZHUNSHENG_LIMITS, "file_bytes": 1000}

    response = client.generic("POST", address, b"x", CONTENT_LENGTH=str(1001 + guards.FORM_ALLOWANCE))

    assert response.status_code == 413


def test_a_batch_counts_its_own_bytes(client, settings):
    settings.ZHUNSHENG_LIMITS = {**settings.ZHUNSHENG_LIMITS, "file_bytes": 1000}

    response = client.generic(
        "POST", "/api/v1/reports/batch", b"x", "application/x-ndjson", CONTENT_LENGTH=str(2000 + guards.FORM_ALLOWANCE)
    )

    assert response.status_code == 401


class Cut:
    """A body whose sender went away."""

    def read(self, _size=-1, /):
        raise OSError("connection reset")

    readline = read


def test_a_body_that_is_cut_is_the_sender_s_fault(client):
    response = client.generic(
        "POST", "/api/v1/token", b"{}", "application/json", **{"wsgi.input": Cut(), "CONTENT_LENGTH": "64"}
    )

    assert response.status_code == 400
    assert response.json()["rule"] == "body-cut"
