import pytest

from zhunsheng.registry.catalogue import selectors


@pytest.fixture(autouse=True)
def forget():
    """Let no test see another's vocabulary."""
    selectors.forget_vocabulary()
