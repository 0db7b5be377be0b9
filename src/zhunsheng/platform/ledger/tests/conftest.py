"""A log of its own for each test."""

import pkgutil
from datetime import UTC, datetime
from hashlib import sha256

import pytest
from django.db import transaction

from zhunsheng.platform.ledger import services

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def log(settings, tmp_path):
    """Return the log's folder."""
    settings.ZHUNSHENG_HOME = tmp_path
    settings.ZHUNSHENG_LOG_ORIGIN = "log.example/one"
    return tmp_path / "ledger"


@pytest.fixture
def digest():
    """Return the SHA-256 of a number."""
    return lambda number: sha256(str(number).encode()).hexdigest()


@pytest.fixture
def append(digest):
    """Append so many entries and return them."""

    def append(count, kind="thing.happened", first=0):
        new = [services.NewEntry(kind, digest(first + at), "CMA-2019", NOON) for at in range(count)]
        with transaction.atomic():
            return services.append_many(new)

    return append


@pytest.fixture
def now():
    """Return noon in UTC of a day."""
    return NOON


@pytest.fixture
def cut_at():
    """Let a function fail before or after it has done its work, as a power cut would."""

    def cut_at(patch, target, moment, error):
        module_path, name = target.rsplit(".", 1)
        owner = pkgutil.resolve_name(module_path)
        whole = getattr(owner, name)

        def cut(*args, **kwargs):
            if moment == "after":
                whole(*args, **kwargs)
            raise error

        patch.setattr(owner, name, cut)

    return cut_at
