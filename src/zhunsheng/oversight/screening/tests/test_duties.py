"""The room's duties lead to work that exists."""

from importlib import import_module

from zhunsheng.platform.jobs import duties


def test_every_duty_that_is_named_leads_to_a_function():
    named = {one.name: one.work for one in duties.registered() if isinstance(one.work, duties.Named)}

    assert {"screen-the-lake", "keep-up-with-alerts"} <= set(named)
    assert all(callable(getattr(import_module(work.module), work.function)) for work in named.values())
