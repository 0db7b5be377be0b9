"""The browser is told to run nothing but our own files."""

import re

import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.urls("zhunsheng.web.tests.gallery")]


@pytest.fixture
def page(client):
    return client.get("/gallery/?day=x")


def test_the_policy_allows_no_inline_script_and_no_inline_style(page):
    policy = page["Content-Security-Policy"]

    assert "default-src 'self'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe-inline" not in policy
    assert "unsafe-eval" not in policy
    assert "frame-ancestors 'none'" in policy


def test_no_component_needs_what_the_policy_forbids(page):
    text = page.content.decode()

    scripts = re.findall(r"<script([^>]*)>", text)
    assert scripts
    assert all("src=" in attributes or 'type="application/json"' in attributes for attributes in scripts)
    assert not re.search(r"\son[a-z]+=", text)
    assert not re.search(r"<style|\sstyle=", text)


def test_nothing_is_loaded_from_elsewhere(page):
    assert not re.search(r'(?:src|href)="(?:https?:)?//', page.content.decode())


def test_the_other_protections_are_on(page):
    assert page["X-Content-Type-Options"] == "nosniff"
    assert page["X-Frame-Options"] == "DENY"
    assert page["Referrer-Policy"] == "same-origin"
