"""A change's reason is told in the reader's language where the system wrote it, and as it was written by a person."""

import pytest
from django.utils import translation

from zhunsheng.platform.accounts.changes import reason_in_words


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "系统安装"), ("en", "Installation")])
def test_the_systems_own_reason_is_told_in_the_readers_language(language, words):
    with translation.override(language):
        assert reason_in_words("Installation") == words


def test_a_persons_words_stay_as_they_were_written_and_no_reason_is_nothing():
    with translation.override("zh-hans"):
        assert reason_in_words("经核对原始记录 / checked") == "经核对原始记录 / checked"
        assert reason_in_words("") == reason_in_words(None) == ""
