"""What an entry of the law of licensing must look like, checked when it is loaded."""

from collections.abc import Collection, Mapping
from typing import Any, Final

from zhunsheng.admission.licensing.rules.routing import ALL_ROUTES, FACTS, TESTS, Effect
from zhunsheng.foundation.lawbook import Entry, LawbookError

LANGUAGES: Final = {"zh", "en"}
REVIEWS: Final = {"on_site", "documents", "remote", "none"}


def check_words(entry: Entry, words: Any) -> None:
    """Refuse words that are not given in both languages. Raises: LawbookError."""
    if not isinstance(words, Mapping) or set(words) != LANGUAGES or not all(words.values()):
        raise LawbookError(entry.id, "its words must be given in zh and en")


def check_route(entry: Entry, *, kinds: Collection[str]) -> None:
    """Refuse a route without code, order and words, or for an unknown kind. Raises: LawbookError."""
    values = entry.values
    if not isinstance(values.get("code"), str) or type(values.get("order")) is not int:
        raise LawbookError(entry.id, "a route has a code and an order")
    _known(entry, "kind", values.get("kinds", ()), kinds)
    _known(entry, "way of review", values.get("review", ()), REVIEWS)
    if type(values.get("verified_after")) is not bool:
        raise LawbookError(entry.id, "verified_after must be true or false")
    check_words(entry, values.get("message"))


def check_condition(entry: Entry, *, kinds: Collection[str], codes: Collection[str]) -> None:
    """Refuse a condition that nothing can match, that bars without words for it, or bars by grade without an article.

    Raises: LawbookError.
    """
    values = entry.values
    if values.get("effect") not in set(Effect) or type(values.get("order")) is not int:
        raise LawbookError(entry.id, "a condition has an order and a known effect")
    if not values.get("routes") or not values.get("when"):
        raise LawbookError(entry.id, "a condition names routes and when it holds")
    _known(entry, "route", values["routes"], {*codes, ALL_ROUTES})
    _known(entry, "kind", values.get("kinds", ()), kinds)
    check_words(entry, values.get("message"))
    for alternative in values["when"]:
        check_tests(entry, alternative, FACTS)
    asks_grade = any("grade" in alternative for alternative in values["when"])
    if asks_grade and values["effect"] != Effect.PROPOSES and not all(one.article for one in entry.basis):
        raise LawbookError(entry.id, "a grade may bar a route only where an article says so")
    if values["effect"] != Effect.PROPOSES:
        check_words(entry, values.get("barred"))
        check_words(entry, values.get("remedy"))


def check_tests(entry: Entry, tests: Mapping[str, Any], facts: Collection[str]) -> None:
    """Refuse tests of unknown facts or of an unknown kind. Raises: LawbookError."""
    _known(entry, "fact", tests, facts)
    for name, test in tests.items():
        if not isinstance(test, Mapping) or len(test) != 1 or not set(test) <= set(TESTS):
            raise LawbookError(entry.id, f"the test of {name} must be one of {sorted(TESTS)}")


def _known(entry: Entry, what: str, given: Collection[str], allowed: Collection[str]) -> None:
    unknown = set(given) - set(allowed)
    if unknown:
        raise LawbookError(entry.id, f"unknown {what}: {sorted(unknown)}")


def check_clock(entry: Entry, codes: Collection[Any]) -> None:
    """Refuse a limit that can't run, or a promise for no clock or in another unit. Raises: LawbookError."""
    values = entry.values
    if values.get("unit") not in {"workdays", "months", "years"}:
        raise LawbookError(entry.id, "the unit is workdays, months or years")
    if type(values.get("limit")) is not int or values["limit"] < 0:
        raise LawbookError(entry.id, "the limit is a whole number, zero or more")
    if "promises" in values:
        if values["promises"] not in codes:
            raise LawbookError(entry.id, "it promises what is no clock")
        return
    missing = {"code", "step", "routes", "starts", "ends", "stops_for", "warn", "on_silence", "message"} - set(values)
    if missing or entry.id != f"CLOCK-{values.get('code')}":
        raise LawbookError(entry.id, f"a clock is named by its code and says {sorted(missing)}")
    check_words(entry, values["message"])


PARTS: Final = {"lines", "sites", "people"}
CHECKS: Final = {"present", "answered", "material", "signed", "rows", "each"}


def check_material(entry: Entry, *, kinds: Collection[str], codes: Collection[str]) -> None:
    """Refuse a material for an unknown kind or route, or with a check that can't be made. Raises: LawbookError."""
    values = entry.values
    _known(entry, "kind", values.get("kinds", ()), kinds)
    _known(entry, "route", values.get("routes", ()), codes)
    check_words(entry, values.get("message"))
    check_words(entry, values.get("remedy"))
    check = values.get("check", {})
    named = CHECKS & set(check)
    if type(values.get("order")) is not int or len(named) != 1:
        raise LawbookError(entry.id, f"an order, and one check of {sorted(CHECKS)}")
    if named & {"rows", "each"} and check[named.pop()] not in PARTS:
        raise LawbookError(entry.id, f"rows are those of {sorted(PARTS)}")
    if "each" in check and not (check.get("has") or check.get("lacks")):
        raise LawbookError(entry.id, "it says what each row has or lacks")


def check_verification(entry: Entry, clocks: Collection[str], bars: Collection[str]) -> None:
    """Refuse rates outside 0 to 1, unknown clocks and bars, and outcomes that lead nowhere. Raises: LawbookError."""
    values = entry.values
    if set(values["rates"]) != {"A", "B", "C", "D", ""} or not all(
        0 <= float(one) <= 1 for one in values["rates"].values()
    ):
        raise LawbookError(entry.id, "a rate from 0 to 1 for each grade and for none")
    _known(entry, "clock", {values["clock"], values["rectify_clock"]}, clocks)
    if set(values["outcomes"]) != {"true", "basically_true", "untrue"}:
        raise LawbookError(entry.id, "outcomes are true, basically_true and untrue")
    for one in values["outcomes"].values():
        if one.get("next") not in {"close", "rectify", "revoke"} or not one.get("event"):
            raise LawbookError(entry.id, "an outcome says what comes next and which event it is")
        _known(entry, "bar", {one["bar"]} if one.get("bar") else (), bars)
    if not set(values["measures"].values()) <= {"revoke", "reduce", "none"}:
        raise LawbookError(entry.id, "a measure is revoke, reduce or none")
    if set(values.get("measure_words", ())) != {"revoke", "reduce", "none"}:
        raise LawbookError(entry.id, "each measure has the words in which the notice tells it")
    check_words(entry, values.get("message"))


def check_clause(entry: Entry) -> None:
    """Refuse a clause without number, order, words, words of a refusal, or known modes. Raises: LawbookError."""
    values = entry.values
    if not values.get("clause") or type(values.get("order")) is not int or values.get("key") not in {True, False, None}:
        raise LawbookError(entry.id, "a clause has its number and its order, and is key or not")
    if (values.get("key") is not None) != bool(values.get("key_basis")):
        raise LawbookError(
            entry.id, "key_basis says where it was read whether the clause is key, and stands with a mark"
        )
    check_words(entry, {name: values.get(name) for name in LANGUAGES})
    check_words(entry, values.get("refusal"))
    check_words(entry, values.get("section"))
    _known(entry, "mode", values.get("modes", ()), REVIEWS - {"none"})
