import pytest

from zhunsheng.platform.documents.waiting import finished


class Costly:
    """Something whose description costs too much to be made unasked, as a signature's is."""

    def __repr__(self):
        raise AssertionError("described")


def test_an_outcome_comes_back_without_being_described():
    made = Costly()

    async def work():
        return made

    assert finished(work()) is made


def test_what_goes_wrong_is_raised_as_it_is():
    async def work():
        raise OSError("no answer")

    with pytest.raises(OSError, match="no answer"):
        finished(work())
