"""The three kinds of items on a visit's sheet: an item checked, a finding, a signature; each reads, checks, writes."""

import base64
import io
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Max

from zhunsheng.foundation.merging import Held
from zhunsheng.oversight.visits import selectors
from zhunsheng.oversight.visits.lifecycle import Side, Verdict
from zhunsheng.oversight.visits.models import CheckItem, Finding, Signature, Visit
from zhunsheng.oversight.visits.services.steps import VisitRefused, day_of
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.documents import files, media
from zhunsheng.platform.documents.errors import FileRefused
from zhunsheng.platform.sheet_changes import Item
from zhunsheng.platform.sheet_items import Told, key_in, moment_in, shown, unknown

MOST_OF_A_SIGNATURE: Final = 300_000
_KEY = re.compile(r"check:([0-9]{1,12})|finding:([0-9a-f-]{36})|signature:(leader|second|body)")
_PNG = "data:image/png;base64,"


def item_for(visit: Visit, key: str) -> Item:
    """Return the item of a key. Raises: VisitRefused for one that this visit doesn't have."""
    found = _KEY.fullmatch(key)
    if found is None:
        raise unknown(VisitRefused)
    if found[2]:
        return FindingItem(visit, key_in(found[2], VisitRefused))
    if found[3]:
        return SignatureItem(visit, visit.signatures.select_related("by", "image").get(side=found[3]))
    row = visit.items.select_related("by").filter(pk=found[1]).first()
    if row is None:
        raise unknown(VisitRefused)
    return CheckedItem(visit, row)


def items_of(visit: Visit) -> dict[str, Item]:
    """Return every item that somebody has written on, by its key: constant queries, signatures' pictures aside."""
    written: dict[str, Item] = {}
    for row in visit.items.filter(version__gt=0).select_related("by"):
        written[f"check:{row.pk}"] = CheckedItem(visit, row)
    for one in visit.findings.select_related("by"):
        written[f"finding:{one.key}"] = FindingItem(visit, one.key, one)
    for signature in visit.signatures.filter(version__gt=0).select_related("by", "image"):
        written[f"signature:{signature.side}"] = SignatureItem(visit, signature)
    return written


def _refuse_when_signed(visit: Visit) -> None:
    if visit.signatures.filter(signed=True).exists():
        raise VisitRefused(
            "The record is being signed: nothing under a signature changes.",
            remedy="The leading inspector takes the signatures back first, or adds a supplement.", kept=True,
        )  # fmt: skip


class CheckedItem:
    """An item of the checklist: verdict and note."""

    def __init__(self, visit: Visit, row: CheckItem) -> None:
        self.visit, self.row = visit, row

    def held(self) -> Held:
        """Return version and values as they stand."""
        return Held(self.row.version, {"verdict": self.row.verdict, "note": self.row.note})

    def shown(self) -> dict[str, Any]:
        """Return version and values with who wrote them and when."""
        return shown(self.held(), self.row.by, self.row.at)

    def cleaned(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return the values that are taken. Raises: VisitRefused."""
        _refuse_when_signed(self.visit)
        told = Told(values, VisitRefused)
        return {"verdict": told.one_of("verdict", ["", *Verdict.values]), "note": told.text("note")}

    def write(self, values: Mapping[str, Any], by: User, at: datetime) -> None:
        """Write values that were cleaned; the version goes up by one."""
        self.row.verdict, self.row.note = values["verdict"], values["note"]
        self.row.version, self.row.by, self.row.at = self.row.version + 1, by, at
        self.row.save(update_fields=["verdict", "note", "version", "by", "at"])


class FindingItem:
    """A finding, which may come into being on a device without a network."""

    def __init__(self, visit: Visit, key: UUID, row: Finding | None = None) -> None:
        self.visit, self.key = visit, key
        self.row = row or Finding.objects.select_related("by").filter(key=key).first()
        if self.row is not None and self.row.visit_id != visit.pk:
            raise unknown(VisitRefused)

    def held(self) -> Held:
        """Return version and values as they stand; version 0 where it isn't written yet."""
        return Held(self.row.version, selectors.finding_values(self.row)) if self.row else Held(0, {})

    def shown(self) -> dict[str, Any]:
        """Return version and values with who wrote them and when."""
        return shown(self.held(), self.row.by if self.row else None, self.row.at if self.row else None)

    def cleaned(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return the values that are taken. Raises: VisitRefused for what lacks its fact."""
        _refuse_when_signed(self.visit)
        told = Told(values, VisitRefused)
        fact = told.text("fact")
        if not fact:
            raise VisitRefused("A finding needs its fact.", field="fact", remedy="Write what was seen, when and where.")
        codes = list(self.visit.items.values_list("code", flat=True))
        known = list(selectors.violation_titles(day_of(self.visit.opened_at)))
        return {
            "code": told.one_of("code", ["", *codes]),
            "fact": fact,
            "violation": told.one_of("violation", ["", *known]),
            "stands": told.one_of("stands", ["yes", "no"]),
        }

    def write(self, values: Mapping[str, Any], by: User, at: datetime) -> None:
        """Write values that were cleaned; the version goes up by one."""
        row = self.row
        if row is None:
            last = self.visit.findings.aggregate(last=Max("number"))["last"] or 0
            row = Finding(visit=self.visit, key=self.key, number=last + 1, version=0)
        row.code, row.fact, row.violation = values["code"], values["fact"], values["violation"]
        row.stands = values["stands"] == "yes"
        row.version, row.by, row.at = row.version + 1, by, at
        row.save()
        self.row = row


class SignatureItem:
    """A signature: drawn on the device, bound to the digest of what the sheet said there."""

    def __init__(self, visit: Visit, row: Signature) -> None:
        self.visit, self.row = visit, row

    def held(self) -> Held:
        """Return version and values as they stand."""
        return Held(self.row.version, selectors.signature_values(self.row))

    def shown(self) -> dict[str, Any]:
        """Return version and values with who wrote them and when."""
        return shown(self.held(), self.row.by, self.row.at)

    def cleaned(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return the values that are taken. Raises: VisitRefused for a signature under something else."""
        if self.row.signed:
            raise VisitRefused(
                "This side has signed.", field="signed",
                remedy="The leading inspector takes the signatures back before it signs anew.",
            )  # fmt: skip
        told = Told(values, VisitRefused)
        taken: dict[str, Any] = {
            name: told.text(name, most) for name, most in (("name", 60), ("post", 60), ("refusal", 300))
        }
        taken |= {"objection": told.text("objection"), "signed": told.ticked("signed")}
        if not taken["signed"]:
            return taken | {"image": "", "digest": "", "signed_at": ""}
        taken |= {name: told.text(name, 80) for name in ("digest", "signed_at")}
        taken["image"] = str(values.get("image") or "")
        self._check_hand(taken)
        told.moment("signed_at")
        self._check_sheet(taken["digest"])
        return taken

    def _check_hand(self, taken: Mapping[str, Any]) -> None:
        """Refuse a signature without name or hand, or with another hand than its side's. Raises: VisitRefused."""
        if not taken["name"] or (not taken["image"] and not taken["refusal"]):
            raise VisitRefused(
                "A signature needs a name and a hand.", field="image" if taken["name"] else "name",
                remedy="Enter the name and sign in the field.",
            )  # fmt: skip
        if taken["refusal"] and self.row.side != Side.BODY:
            raise VisitRefused(
                "Only the body may refuse to sign.", field="refusal", remedy="Both inspectors sign the record."
            )
        _picture(taken["image"])

    def _check_sheet(self, digest: str) -> None:
        """Refuse a signature under a sheet that isn't ready, or that says something else. Raises: VisitRefused."""
        if self.visit.changes.filter(outcome="conflict", resolved_at=None).exists():
            raise VisitRefused(
                "Two people wrote about one item.", field="signed", remedy="Decide which is to stand, then sign."
            )
        if self.visit.items.filter(verdict="").exists():
            raise VisitRefused("Not every item is judged.", field="signed", remedy="Judge each item, then sign.")
        if digest != selectors.digest_to_sign(self.visit):
            raise VisitRefused(
                "What was signed is not what the sheet says now.", field="digest",
                remedy="Let everything be sent, open the sheet again and sign what it says.",
            )  # fmt: skip

    def write(self, values: Mapping[str, Any], by: User, at: datetime) -> None:
        """Write values that were cleaned; the version goes up by one."""
        row = self.row
        row.name, row.post = values["name"], values["post"]
        row.objection, row.refusal = values["objection"], values["refusal"]
        row.signed, row.digest = values["signed"], values["digest"]
        picture = _picture(values["image"])
        row.image = files.store(picture, "image/png") if picture else None
        moment = moment_in(values["signed_at"]) if values["signed"] else None
        row.signed_at = moment.astimezone(UTC) if moment else None
        row.version, row.by, row.at = row.version + 1, by, at
        row.save()


def _picture(address: str) -> bytes:
    """Return the PNG of a data address; empty for none. Raises: VisitRefused."""
    if not address:
        return b""
    refused = VisitRefused("This is no drawn signature.", field="image", remedy="Sign in the field.")
    if not address.startswith(_PNG) or len(address) > MOST_OF_A_SIGNATURE:
        raise refused
    try:
        picture = base64.b64decode(address.removeprefix(_PNG), validate=True)
        if media.sniff(io.BytesIO(picture)) == media.PNG:
            return picture
    except (ValueError, FileRefused):
        raise refused from None
    raise refused
