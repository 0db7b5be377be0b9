"""Reads of notices; every list begins with what the reader may see."""

import hashlib
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet

from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.notices.lifecycle import MailStage, Stage
from zhunsheng.platform.notices.models import Delivery, Feed, Notice, Reading
from zhunsheng.platform.notices.permissions import Can

MOST_COUNTED = 99


def inbox_of(user: User, on: date) -> QuerySet[Delivery]:
    """Return what was sent to this person's organisations, newest first, with `unread` for this person."""
    own = policy.reach_of(user, Can.READ, on).organisation_ids
    read = Reading.objects.filter(delivery=OuterRef("pk"), user_id=user.pk)
    return (
        Delivery.objects.filter(organisation_id__in=own, sent_at__isnull=False)
        .select_related("notice__sender", "organisation")
        .annotate(unread=~Exists(read))
        .order_by("-sent_at", "-pk")
    )


def unread_count(user: User, on: date) -> int:
    """Return how many notices this person has not opened, counted up to MOST_COUNTED + 1."""
    return unread_only(inbox_of(user, on)).order_by()[: MOST_COUNTED + 1].count()


def unread_only(inbox: QuerySet[Any]) -> QuerySet[Any]:
    """Keep what the inbox's reader has not opened."""
    return inbox.filter(unread=True)


def notices_visible_to(user: User, on: date) -> QuerySet[Notice]:
    """Return the notices that this person's organisations answer for, newest first, with how many they went to."""
    own = policy.reach_of(user, Can.SEND, on).organisation_ids
    return (
        Notice.objects.filter(sender_id__in=own)
        .select_related("sender", "written_by", "sent_by")
        .annotate(receivers=Count("deliveries"))
        .order_by("-written_at", "-pk")
    )


def notice_by_origin(origin: str) -> Notice | None:
    """Return the latest notice about one matter."""
    return Notice.objects.filter(origin=origin).order_by("-pk").first()


def deliveries_of(notice: Notice) -> QuerySet[Delivery]:
    """Return a notice's deliveries with `read` (how many people opened each), by organisation."""
    return (
        Delivery.objects.filter(notice=notice)
        .select_related("organisation__division")
        .annotate(read=Count("readings"))
        .order_by("organisation__division_id", "organisation__name")
    )


def mail_due(now: datetime, most: int) -> list[int]:
    """Return the deliveries whose mail is due, oldest first."""
    waiting = Delivery.objects.filter(mail_stage=MailStage.WAITING, sent_at__isnull=False, mail_next_at__lte=now)
    return list(waiting.order_by("mail_next_at").values_list("pk", flat=True)[:most])


def feed_of(token: str) -> Feed | None:
    """Return the feed of this secret."""
    digest = hashlib.sha256(token.encode()).hexdigest()
    return Feed.objects.select_related("organisation").filter(digest=digest).first()


def sent_to(organisation_id: int, most: int = 50) -> QuerySet[Delivery]:
    """Return the newest notices to an organisation."""
    found = Delivery.objects.filter(organisation_id=organisation_id, notice__stage=Stage.SENT)
    return found.select_related("notice").order_by("-sent_at", "-pk")[:most]
