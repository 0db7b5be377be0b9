import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch):
    """Hash passwords by the same algorithm at its least cost: tests sign in hundreds of times."""
    for name, value in {"time_cost": 1, "memory_cost": 8, "parallelism": 1}.items():
        monkeypatch.setattr(Argon2PasswordHasher, name, value)
