"""What the on-the-spot record (现场检查笔录) says, as it is sealed and printed."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from zhunsheng.oversight.visits.models import Photo, Signature, Visit
from zhunsheng.oversight.visits.selectors.sheets import digest_to_sign
from zhunsheng.oversight.visits.selectors.violations import violation_titles


def record_content(visit: Visit) -> dict[str, Any]:
    """Return the record of a visit: who, where, when, what was checked and found, and who signed what."""
    titles = violation_titles(timezone.localdate(visit.opened_at))
    return {
        "visit": visit.number,
        "task": visit.task.number,
        "plan": visit.task.plan.number,
        "mode": visit.mode,
        "body": {"name": visit.body.name, "uscc": visit.body.uscc, "cma": visit.body.cma},
        "place": visit.place,
        "days": [visit.first_day.isoformat(), visit.last_day.isoformat()],
        "began": told(visit.started_at),
        "identified": {"at": told(visit.seen_at), "by": visit.seen_by},
        "inspectors": [
            {"name": one.name, "code": one.code, "card": one.card_no}
            for one in (visit.task.leader, visit.task.second)
            if one is not None
        ],
        "checklist": visit.checklist,
        "items": [
            [one.code, one.clause, one.words.get("zh", ""), one.verdict, one.note]
            for one in visit.items.order_by("place")
        ],
        "findings": [
            [str(one.number), one.code, one.fact, dict(titles.get(one.violation, {})).get("zh", ""), one.stands]
            for one in visit.findings.order_by("number")
        ],
        "photos": [
            [one.file.sha256, one.name, told(one.taken_at), _place(one), list(one.marks)]
            for one in visit.photos.select_related("file").order_by("taken_at", "pk")
        ],
        "signed": digest_to_sign(visit),
        "signatures": [_signature(one) for one in visit.signatures.select_related("image").order_by("pk")],
    }


def _signature(one: Signature) -> dict[str, str]:
    return {
        "side": one.side, "name": one.name, "post": one.post, "objection": one.objection, "refusal": one.refusal,
        "image": one.image.sha256 if one.image else "", "at": told(one.signed_at),
    }  # fmt: skip


def told(moment: datetime | None) -> str:
    """Return a moment at the installation's place; empty for none."""
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M:%S") if moment else ""


def _place(photo: Photo) -> str:
    """Return where a photograph was taken, with the distance to the nearest registered site where that is known."""
    if photo.lat is None or photo.lon is None:
        return ""
    away = f"（距登记场所 {photo.metres_away} 米）" if photo.metres_away is not None else ""
    return f"{photo.lat:.6f}, {photo.lon:.6f}{away}"
