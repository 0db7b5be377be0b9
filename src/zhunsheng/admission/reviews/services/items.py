"""The three kinds of items on a sheet: a clause, a line to confirm, a nonconformity; each reads, checks and writes."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Max

from zhunsheng.admission.licensing.models import ApplicationLine
from zhunsheng.admission.reviews.lifecycle import WAYS, Found, NonconformityState, Verdict, VerifyBy
from zhunsheng.admission.reviews.models import ChecklistItem, Nonconformity, ParameterConfirmation, Review
from zhunsheng.admission.reviews.rules.lines import numbers_in, numbers_text
from zhunsheng.admission.reviews.services.steps import ReviewRefused
from zhunsheng.foundation.merging import Held
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.sheet_changes import Item
from zhunsheng.platform.sheet_items import Told, key_in, shown, unknown

_KEY = re.compile(r"(clause|line):([0-9]{1,12})|nonconformity:([0-9a-f-]{36})")
CONFIRMED = {"": None, "yes": True, "no": False}


def item_for(review: Review, key: str) -> Item:
    """Return the item of a key. Raises: ReviewRefused for one that this review doesn't have."""
    found = _KEY.fullmatch(key)
    if found is None:
        raise unknown(ReviewRefused)
    if found[3]:
        return NonconformityItem(review, key_in(found[3], ReviewRefused))
    if found[1] == "clause":
        clause = review.checklist.select_related("by").filter(pk=found[2]).first()
        if clause is not None:
            return ClauseItem(clause)
    else:
        line = review.confirmations.select_related("by").filter(pk=found[2]).first()
        if line is not None:
            return LineItem(line)
    raise unknown(ReviewRefused)


def items_of(review: Review) -> dict[str, Item]:
    """Return every item that somebody has written on, by its key: constant queries."""
    written: dict[str, Item] = {}
    for clause in review.checklist.filter(version__gt=0).select_related("by"):
        written[f"clause:{clause.pk}"] = ClauseItem(clause)
    for line in review.confirmations.filter(version__gt=0).select_related("by"):
        written[f"line:{line.pk}"] = LineItem(line)
    for one in review.nonconformities.select_related("by").prefetch_related("lines"):
        written[f"nonconformity:{one.key}"] = NonconformityItem(review, one.key, one)
    return written


class ClauseItem:
    """A clause of the checklist: verdict and note."""

    def __init__(self, row: ChecklistItem) -> None:
        self.row = row

    def held(self) -> Held:
        """Return version and values as they stand."""
        return Held(self.row.version, {"verdict": self.row.verdict, "note": self.row.note})

    def shown(self) -> dict[str, Any]:
        """Return version and values with who wrote them and when."""
        return shown(self.held(), self.row.by, self.row.at)

    def cleaned(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return the values that are taken. Raises: ReviewRefused."""
        told = Told(values, ReviewRefused)
        return {"verdict": told.one_of("verdict", ["", *Verdict.values]), "note": told.text("note")}

    def write(self, values: Mapping[str, Any], by: User, at: datetime) -> None:
        """Write values that were cleaned; the version goes up by one."""
        self.row.verdict, self.row.note = values["verdict"], values["note"]
        self.row.version, self.row.by, self.row.at = self.row.version + 1, by, at
        self.row.save(update_fields=["verdict", "note", "version", "by", "at"])


class LineItem:
    """A line of table 7-2: the ways of confirming, whether it is confirmed, and a note."""

    def __init__(self, row: ParameterConfirmation) -> None:
        self.row = row

    def held(self) -> Held:
        """Return version and values as they stand."""
        confirmed = next(word for word, value in CONFIRMED.items() if value is self.row.confirmed)
        ways = {name: getattr(self.row, name) for name in WAYS}
        return Held(self.row.version, {**ways, "confirmed": confirmed, "note": self.row.note})

    def shown(self) -> dict[str, Any]:
        """Return version and values with who wrote them and when."""
        return shown(self.held(), self.row.by, self.row.at)

    def cleaned(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return the values that are taken. Raises: ReviewRefused."""
        told = Told(values, ReviewRefused)
        ways = {name: told.ticked(name) for name in WAYS}
        return {**ways, "confirmed": told.one_of("confirmed", list(CONFIRMED)), "note": told.text("note")}

    def write(self, values: Mapping[str, Any], by: User, at: datetime) -> None:
        """Write values that were cleaned; the version goes up by one."""
        for name in WAYS:
            setattr(self.row, name, values[name])
        self.row.confirmed, self.row.note = CONFIRMED[values["confirmed"]], values["note"]
        self.row.version, self.row.by, self.row.at = self.row.version + 1, by, at
        self.row.save(update_fields=[*WAYS, "confirmed", "note", "version", "by", "at"])


class NonconformityItem:
    """A nonconformity, which may come into being on a device without a network."""

    def __init__(self, review: Review, key: UUID, row: Nonconformity | None = None) -> None:
        self.review, self.key = review, key
        self.row = row or Nonconformity.objects.select_related("by").filter(key=key).first()
        if self.row is not None and self.row.review_id != review.pk:
            raise unknown(ReviewRefused)

    def held(self) -> Held:
        """Return version and values as they stand; version 0 where it isn't written yet."""
        if self.row is None:
            return Held(0, {})
        texts = {name: getattr(self.row, name) for name in ("clause", "fact", "basis", "found", "verify_by")}
        return Held(self.row.version, {**texts, "lines": numbers_text(one.number for one in self.row.lines.all())})

    def shown(self) -> dict[str, Any]:
        """Return version and values with who wrote them and when."""
        return shown(self.held(), self.row.by if self.row else None, self.row.at if self.row else None)

    def cleaned(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return the values that are taken. Raises: ReviewRefused for what lacks its fact or is no longer open."""
        if self.row is not None and (self.row.state != NonconformityState.OPEN or self.row.panel_at is not None):
            raise ReviewRefused(
                "The panel has confirmed this nonconformity.", remedy="Take it back and write another one."
            )
        clauses = list(self.review.checklist.values_list("clause", flat=True))
        told = Told(values, ReviewRefused)
        fact, basis = told.text("fact"), told.text("basis")
        if not fact or not basis:
            raise ReviewRefused(
                "A nonconformity needs its fact and its basis.", field="basis" if fact else "fact", remedy="Write both."
            )
        return {
            "clause": told.one_of("clause", clauses),
            "fact": fact,
            "basis": basis,
            "found": told.one_of("found", Found.values),
            "verify_by": told.one_of("verify_by", VerifyBy.values),
            "lines": numbers_text(one.number for one in self._lines(told.text("lines"))),
        }

    def write(self, values: Mapping[str, Any], by: User, at: datetime) -> None:
        """Write values that were cleaned; the version goes up by one."""
        row = self.row
        if row is None:
            last = self.review.nonconformities.aggregate(last=Max("number"))["last"] or 0
            row = Nonconformity(review=self.review, key=self.key, number=last + 1, version=0)
        for name in ("clause", "fact", "basis", "found", "verify_by"):
            setattr(row, name, values[name])
        row.version, row.by, row.at = row.version + 1, by, at
        row.save()
        row.lines.set(self._lines(values["lines"]))
        self.row = row

    def _lines(self, text: str) -> list[ApplicationLine]:
        numbers = numbers_in(text)
        found = list(self.review.application.lines.filter(number__in=numbers or []).order_by("number"))
        if numbers is None or len(found) != len(numbers):
            raise ReviewRefused(
                "The application has no such lines.", field="lines", remedy="Give line numbers, for example 3, 5-7."
            )
        return found
