"""What codes of strata mean, in words."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils import timezone

from zhunsheng.oversight.inspections import lawbook
from zhunsheng.platform.accounts.models import Division


def stratum_titles(strata: Iterable[str], on: date) -> dict[str, str]:
    """Return Chinese words for the codes of strata, as they are sealed beside a draw: one query."""
    fields = {code: str(words["zh"]) for code, words in lawbook.fields(on).items()}
    return _titles(strata, fields, {one.code: one.name for one in _divisions(strata)})


def stratum_words(strata: Iterable[str], on: date) -> dict[str, str]:
    """Return words for the codes of strata in the reader's language: one query."""
    fields = {code: lawbook.said(words) for code, words in lawbook.fields(on).items()}
    return _titles(strata, fields, {one.code: one.local_name for one in _divisions(strata)})


def spoken(words: Sequence[str]) -> dict[str, str]:
    """Return for Chinese words of titles that are fields or divisions the reader's words: one query."""
    asked = {one for one in words if not one.isascii()}
    named = ((str(one["zh"]), lawbook.said(one)) for one in lawbook.fields(timezone.localdate()).values())
    fields = {chinese: said for chinese, said in named if chinese in asked}
    places = Division.objects.filter(name__in=asked - fields.keys())
    return {one.name: one.local_name for one in places} | fields


def _divisions(strata: Iterable[str]) -> list[Division]:
    codes = {part for one in strata for part in one.split("/") if len(part) == 6}
    return list(Division.objects.filter(pk__in=codes)) if codes else []


def _titles(strata: Iterable[str], fields: dict[str, str], places: dict[str, str]) -> dict[str, str]:
    known = fields | places
    return {one: " · ".join(known.get(part, part) for part in one.split("/")) for one in strata if one}
