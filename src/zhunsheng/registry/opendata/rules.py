"""The three public answers, and their words in both languages. Not found is never said as an accusation."""

from typing import Final

VALID: Final = "valid_on_day"
NOT_VALID: Final = "known_not_valid"
OUTSIDE: Final = "outside_coverage"

_SCOPE = {
    "zh": "未在当日公布的能力附表中检索到，不代表已认定违法。",
    "en": "Not found in the schedule published on that day; that is no finding of a breach.",
}
WORDS: Final[dict[tuple[str, str], dict[str, str]]] = {
    (VALID, "active"): {"zh": "当日有效。", "en": "Valid on that day."},
    (NOT_VALID, "not_yet"): {"zh": "当日尚未生效。", "en": "Not valid yet on that day."},
    (NOT_VALID, "expired"): {"zh": "当日已过有效期。", "en": "Expired by that day."},
    (NOT_VALID, "suspended"): {"zh": "当日处于暂停状态。", "en": "Suspended on that day."},
    (NOT_VALID, "cancelled"): {"zh": "当日已注销。", "en": "Cancelled by that day."},
    (NOT_VALID, "revoked"): {"zh": "当日已撤销。", "en": "Revoked by that day."},
    (OUTSIDE, "unknown"): {
        "zh": "本名录未登记该编号，无法判断；不代表其不存在或无效。",
        "en": "This register doesn't hold the number, so it can't tell; that doesn't mean that it is void.",
    },
    (OUTSIDE, "no_certificate"): {
        "zh": "本名录登记了该机构，但没有其证书信息，无法判断。",
        "en": "This register knows the body but none of its certificates, so it can't tell.",
    },
    (OUTSIDE, "no_schedule"): {
        "zh": "本名录没有该机构的能力附表，无法判断。",
        "en": "This register holds no schedule of the body, so it can't tell.",
    },
    (OUTSIDE, "to_come"): {
        "zh": "所查日期尚未到来，无法判断。",
        "en": "The day asked about is still to come, so nobody can tell.",
    },
}


def words_for(answer: str, state: str) -> dict[str, str]:
    """Return an answer in words, Chinese and English; whatever a scope lacked, the same careful sentence."""
    return WORDS.get((answer, state), _SCOPE)
